import Foundation
import Seq2Seq
import Storage
import Testing

@Suite("Models in files")
struct CheckpointTests {
  private static let shape = CorpusFixture.shape

  /// A model file with one checkpoint, whose tensors `change` may spoil.
  private func file(
    in folder: TemporaryFolder, configuration: Data? = nil,
    _ change: (inout [StoredTensor]) -> Void = { _ in }
  ) throws -> ModelDatabase {
    let path = folder.path("\(UUID().uuidString).sqlite")
    let stored = StoredConfiguration(model: Self.shape, training: TrainingConfiguration())
    let file = try ModelDatabase(
      creating: path, configuration: configuration ?? stored.json(), sourceLanguage: "en",
      targetLanguage: "en",
      vocabulary: TinyLanguage.record)
    let model = try Seq2SeqModel(Self.shape, seed: 7)
    var tensors = model.store.parameters.map {
      StoredTensor(name: $0.name, shape: [$0.rows, $0.columns], values: $0.array)
    }
    change(&tensors)
    try file.save(
      CheckpointRecord(
        step: 1, epoch: 1, scores: [:], isBest: true, tensors: tensors, optimizerState: [],
        trainingState: Data("{}".utf8), history: []))
    return file
  }

  /// The message of the error that loading brings.
  private func refusal(
    configuration: Data? = nil, _ change: (inout [StoredTensor]) -> Void = { _ in }
  ) throws -> String {
    let folder = try TemporaryFolder()
    let file = try file(in: folder, configuration: configuration, change)
    do {
      _ = try Seq2SeqModel.load(from: file, path: "some.sqlite")
      return "loaded"
    } catch let error as Seq2SeqError {
      guard case .model(path: "some.sqlite", _) = error else { return "\(error)" }
      return error.localizedDescription
    }
  }

  @Test("A model comes back as it was stored")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    // The order in the file does not matter: names do.
    let (model, configuration) = try Seq2SeqModel.load(from: file(in: folder) { $0.reverse() }, path: "x")
    #expect(configuration.model == Self.shape)
    let expected = try Seq2SeqModel(Self.shape, seed: 7)
    #expect(model.store.parameters.map(\.array) == expected.store.parameters.map(\.array))
  }

  @Test("Files that do not fit together are refused, with the tensor's name")
  func refusals() throws {
    #expect(try refusal() == "loaded")
    #expect(try refusal { $0.removeLast() }.contains("decoder.output.bias is missing"))
    #expect(try refusal { $0[0].shape = [1, $0[0].values.count] }.contains("encoder.embedding is [1, 96]"))
    #expect(
      try refusal { $0.append(StoredTensor(name: "left", shape: [1], values: [1])) }.contains(
        "left has no place"))
    #expect(try refusal(configuration: Data("{\"model\": 3}".utf8)).contains("configuration cannot be read"))
    #expect(try refusal(configuration: Data("no JSON".utf8)).contains("configuration cannot be read"))
  }

  @Test("A file without a checkpoint, and a path without a file, are refused by the storage")
  func nothingThere() throws {
    let folder = try TemporaryFolder()
    let stored = StoredConfiguration(model: Self.shape, training: TrainingConfiguration())
    let path = folder.path("new.sqlite")
    let file = try ModelDatabase(
      creating: path, configuration: stored.json(), sourceLanguage: "en", targetLanguage: "en",
      vocabulary: TinyLanguage.record)
    #expect(throws: StorageError.self) { try Seq2SeqModel.load(from: file, path: path) }
    #expect(throws: StorageError.self) { try Translator(contentsOf: URL(fileURLWithPath: path)) }
    #expect(throws: StorageError.self) {
      try Translator(contentsOf: folder.url.appendingPathComponent("none"))
    }
  }

  @Test("A shape that is impossible, or does not fit the vocabulary, is refused, not built")
  func otherShapes() throws {
    func stored(_ change: (inout ModelConfiguration) -> Void) throws -> Data {
      var shape = Self.shape
      change(&shape)
      return try StoredConfiguration(model: shape, training: TrainingConfiguration()).json()
    }
    #expect(try refusal(configuration: stored { $0.hidden = 15 }).contains("dim-rnn 15 is odd"))
    #expect(try refusal(configuration: stored { $0.targetVocabulary += 1 }).contains("vocabulary"))
  }

  @Test("A training whose optimiser state is gone is not resumed in silence")
  func missingMoments() throws {
    let fixture = try CorpusFixture()
    let folder = fixture.folder
    let file = try file(in: folder)
    #expect(throws: (any Error).self) {
      _ = try Trainer(
        model: Seq2SeqModel(Self.shape, seed: 1), configuration: CorpusFixture.configuration,
        corpus: fixture.corpus,
        vocabularyID: fixture.vocabularyID, file: file, path: file.path, scorer: CorpusFixture.scorer)
    }
  }
}
