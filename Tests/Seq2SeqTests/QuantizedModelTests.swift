import Foundation
import Layers
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Models packed as they are loaded, and stored in 8 bits")
struct QuantizedModelTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Stores a model, and returns where.
  private func store(_ model: Seq2SeqModel, _ name: String = "model.sqlite") throws -> String {
    let stored = StoredConfiguration(model: model.configuration, training: TrainingConfiguration())
    let file = try ModelDatabase(
      creating: folder.path(name), configuration: stored.json(), sourceLanguage: "en", targetLanguage: "en",
      vocabulary: TinyLanguage.record(for: model.configuration))
    let words = min(model.configuration.sourceVocabulary, model.configuration.targetVocabulary)
    try file.saveLexicon((0..<words).map { [TokenID($0)] })
    try file.save(
      CheckpointRecord(
        step: 1, epoch: 1, scores: [:], isBest: true,
        tensors: model.store.parameters.map {
          StoredTensor(name: $0.name, shape: [$0.rows, $0.columns], values: $0.array)
        }, optimizerState: [], trainingState: Data("{}".utf8), history: []))
    return folder.path(name)
  }

  private func load(_ path: String, _ format: WeightFormat?) throws -> Seq2SeqModel {
    try Seq2SeqModel.load(from: ModelDatabase(opening: path), path: path, packing: format).model
  }

  private func bits(_ model: Seq2SeqModel) -> [[UInt32]] {
    var generator = SplitMix64(seed: 121)
    let sentences = (0..<6).map {
      RandomModel.sentence(1 + $0, vocabulary: model.configuration.sourceVocabulary, &generator)
    }
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (3, 3)
    return BeamSearcher(model).search(sentences, options).joined().map { hypothesis in
      hypothesis.ids.map { UInt32(bitPattern: $0) } + [hypothesis.logProbability.bitPattern]
        + hypothesis.attention.flatMap { $0.map(\.bitPattern) }
    }
  }

  @Test("A model of any shape translates to the same bytes loaded, packed, and from a file in 8 bits")
  func allShapes() throws {
    for (index, shape) in RandomModel.configurations.enumerated() {
      let model = try RandomModel.make(shape, seed: 122 + UInt64(index))
      let (path, small) = (try store(model, "\(index).sqlite"), folder.path("\(index).small.sqlite"))
      let plain = bits(model)
      let loaded = try load(path, .f32)
      #expect(bits(loaded) == plain, "\(shape.summary)")
      for parameter in loaded.store.parameters {
        #expect(parameter.hasValues == parameter.needsValues, "\(parameter.name) of \(shape.summary)")
      }
      // Word vectors that are tied are read by themselves, whatever else is done with them.
      let tied = loaded.store.parameters.first { $0.name == "decoder.output.weight" }
      #expect(tied?.hasValues == (shape.tiedEmbeddings != .none))

      model.store.pack(.int8)
      let rounded = bits(model)
      #expect(try bits(load(path, .int8)) == rounded)
      try ModelQuantization.write(contentsOf: path, to: small)
      #expect(try bits(load(small, .int8)) == rounded, "\(shape.summary)")

      // All values, for training: nothing is packed.
      let whole = try load(path, nil)
      #expect(whole.store.parameters.map(\.array) == model.store.parameters.map(\.array))
    }
  }

  @Test("A translator takes a file as it is, and says how")
  func translator() throws {
    let (path, small) = (try store(Reverser.model), folder.path("small.sqlite"))
    try ModelQuantization.write(contentsOf: path, to: small)
    func make(_ paths: [String], _ weights: WeightFormat? = nil) throws -> Translator {
      try Translator(contentsOf: paths.map { URL(fileURLWithPath: $0) }, weights: weights, shortlist: 5)
    }
    let texts = ["a b c d", "h", "e e f"]
    #expect(try make([path]).weights == [.f32] && make([small]).weights == [.int8])
    let expected = try make([path], .int8).translate(texts)
    #expect(
      try make([small]).translate(texts) == expected && make([small], .int8).translate(texts) == expected)
    #expect(try make([small]).translate("a b c d").text == "d c b a")
    let pairs = zip(texts, expected).map { (source: $0, target: $1.text) }
    #expect(try make([small]).align(pairs) == make([path], .int8).align(pairs))

    // Each model of an ensemble has the weights of its file.
    let mixed = try make([path, small])
    #expect(mixed.weights == [.f32, .int8] && mixed.translate("a b c d").text == "d c b a")
    #expect(throws: Seq2SeqError.quantized(path: small)) { try make([path, small], .f32) }
    #expect(Seq2SeqError.quantized(path: small).errorCode == 78)
  }

  @Test("What is in 8 bits is not trained")
  func training() throws {
    let fixture = try CorpusFixture()
    let (path, small) = (
      try store(Seq2SeqModel(CorpusFixture.shape, seed: 7)), fixture.folder.path("small.sqlite")
    )
    try ModelQuantization.write(contentsOf: path, to: small)
    #expect(throws: Seq2SeqError.quantized(path: small)) { try load(small, nil) }
    #expect(throws: Seq2SeqError.quantized(path: small)) {
      try fixture.train("small.sqlite", CorpusFixture.configuration)
    }
  }

  @Test("A model's own file, a file in 8 bits, and other models are not written over")
  func refusals() throws {
    let (path, small) = (try store(Reverser.model), folder.path("small.sqlite"))
    try ModelQuantization.write(contentsOf: path, to: small)
    let link = folder.path("link.sqlite")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for other in [path, link] {
      #expect(throws: Seq2SeqError.self) { try ModelQuantization.write(contentsOf: path, to: other) }
    }
    #expect(throws: Seq2SeqError.self) {
      try ModelQuantization.write(contentsOf: small, to: folder.path("smaller.sqlite"))
    }
    let second = try store(Reverser.model, "second.sqlite")
    #expect(throws: StorageError.fileExists(path: second)) {
      try ModelQuantization.write(contentsOf: path, to: second)
    }
    // But a file of its kind makes way.
    try ModelQuantization.write(contentsOf: second, to: small)
    #expect(try load(path, nil).store.parameters[0].array == Reverser.model.store.parameters[0].array)
  }

  @Test("A tensor in 8 bits where values are needed is refused")
  func misplaced() throws {
    let path = try store(Reverser.model)
    let file = try ModelDatabase(opening: path)
    let tensors = try file.tensors().map { tensor in
      guard tensor.name == "encoder.embedding" else { return tensor }
      let (rows, columns) = (tensor.shape[0], tensor.shape[1])
      return StoredTensor(
        name: tensor.name, shape: tensor.shape,
        content: .int8(
          [Int8](repeating: 1, count: rows * columns), scales: [Float](repeating: 1, count: columns)))
    }
    let odd = folder.path("odd.sqlite")
    try file.writeForTranslation(tensors, of: file.checkpoint(.best), to: odd)
    do {
      _ = try load(odd, .int8)
      Issue.record("it was loaded")
    } catch let error as Seq2SeqError {
      #expect(error.errorCode == 65 && error.localizedDescription.contains("encoder.embedding is in 8 bits"))
    }
  }
}
