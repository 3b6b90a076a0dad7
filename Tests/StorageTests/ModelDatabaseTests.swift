import Foundation
import Storage
import Testing

@Suite struct ModelDatabaseTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("m.sqlite")
  }

  private func makeModel() throws -> ModelDatabase {
    try ModelDatabase(
      creating: path, configuration: Data(#"{"layers": 2,  "name": "é"}"#.utf8), sourceLanguage: "en",
      targetLanguage: "fr", vocabulary: .sample())
  }

  private func tensor(_ name: String, _ shape: [Int], seed: Float) -> StoredTensor {
    StoredTensor(name: name, shape: shape, values: (0..<shape.reduce(1, *)).map { seed + Float($0) * 0.25 })
  }

  private func checkpoint(
    step: Int, isBest: Bool, tensors: [StoredTensor]? = nil, history: [HistoryRow] = []
  ) -> CheckpointRecord {
    let seed = Float(step)
    return CheckpointRecord(
      step: step, epoch: step / 100, scores: ["bleu": Double(step) / 10], isBest: isBest,
      tensors: tensors ?? [tensor("w", [3, 4], seed: seed), tensor("b", [4], seed: -seed)],
      optimizerState: [tensor("w.m", [3, 4], seed: seed + 1)],
      trainingState: Data(#"{"step":\#(step)}"#.utf8),
      history: history)
  }

  @Test func opensWhatItMade() throws {
    _ = try makeModel()
    let model = try ModelDatabase(opening: path)
    #expect(model.configuration == Data(#"{"layers": 2,  "name": "é"}"#.utf8))
    #expect(model.sourceLanguage == "en")
    #expect(model.targetLanguage == "fr")
    #expect(model.vocabulary == (try VocabularyRecord.sample()))
    #expect(try model.checkpoints().isEmpty)
    #expect(try model.history().isEmpty)
    #expect(try model.resumeState() == nil)
    #expect(
      try storageError { _ = try model.tensors(.best) }
        == .notFound(path: path, item: "checkpoint yet. Train the model first"))
  }

  @Test func keepsALexicon() throws {
    let model = try makeModel()
    #expect(try model.lexicon() == nil)
    let lexicon: [[Int32]] = [[], [7, 4, 6], [], [5]]
    try model.saveLexicon(lexicon)
    #expect(try ModelDatabase(opening: path).lexicon() == lexicon)
    try model.saveLexicon([[1], [2, 3]])
    #expect(try model.lexicon() == [[1], [2, 3]])
    #expect(throws: StorageError.self) { try model.saveLexicon([[7], [-1]]) }
    #expect(try model.lexicon() == [[1], [2, 3]], "a lexicon that can't be stored leaves the old one")
    #expect(try model.lexicon(isReverse: true) == nil)
    try model.saveLexicon([[], [6]], isReverse: true)
    #expect(try model.lexicon(isReverse: true) == [[], [6]])
    #expect(try model.lexicon() == [[1], [2, 3]])
  }

  @Test(
    "A lexicon with words that the vocabulary does not have is damaged",
    arguments: [[[], [7, 8]], Array(repeating: [], count: 8) + [[4]]])
  func refusesAnImpossibleLexicon(lexicon: [[Int32]]) throws {
    let model = try makeModel()
    try model.saveLexicon(lexicon)
    guard case .damagedBlob(path, _, _) = try storageError({ _ = try model.lexicon() }) else {
      Issue.record("another error")
      return
    }
  }

  @Test func doesNotOverwriteUnlessTold() throws {
    do { try makeModel().save(checkpoint(step: 1, isBest: true)) }
    #expect(try storageError { _ = try makeModel() } == .fileExists(path: path))
    let new = try ModelDatabase(
      creating: path, configuration: Data("{}".utf8), sourceLanguage: "de", targetLanguage: "fr",
      vocabulary: .sample(), replacing: true)
    #expect(try new.checkpoints().isEmpty)
    #expect(try ModelDatabase(opening: path).sourceLanguage == "de")
    let bad = Data([0x7B, 0xFF])
    #expect(throws: StorageError.self) {
      try ModelDatabase(
        creating: folder.path("bad"), configuration: bad, sourceLanguage: "a", targetLanguage: "b",
        vocabulary: .sample())
    }
    #expect(try folder.names.allSatisfy { $0.hasPrefix("m.sqlite") && !$0.hasSuffix(".tmp") })
  }

  @Test func tensorsComeBackBitForBit() throws {
    let model = try makeModel()
    let odd: [Float] = [.nan, .infinity, -0.0, .leastNonzeroMagnitude, 1 / 3]
    let tensors = [
      tensor("large", [3, 174_763], seed: 0.5),  // one value more than two chunks
      tensor("exact", [262_144], seed: 2),  // one whole chunk
      StoredTensor(name: "odd", shape: [5], values: odd),
      StoredTensor(name: "scalar", shape: [], values: [7]),
      StoredTensor(name: "empty", shape: [0, 4], values: []),
    ]
    try model.save(checkpoint(step: 1, isBest: false, tensors: tensors))
    let back = try ModelDatabase(opening: path).tensors(.best)
    #expect(back.map(\.name) == tensors.map(\.name))
    #expect(back.map(\.shape) == tensors.map(\.shape))
    for (left, right) in zip(back, tensors) {
      #expect(left.values.map(\.bitPattern) == right.values.map(\.bitPattern))
    }
  }

  @Test func keepsTheBestAndTheLast() throws {
    let model = try makeModel()
    for (step, isBest) in [(100, false), (200, true), (300, false), (400, false)] {
      try model.save(checkpoint(step: step, isBest: isBest))
    }
    #expect(try model.checkpoints().map(\.step) == [200, 400])
    #expect(try model.checkpoints().map(\.isBest) == [true, false])
    #expect(try model.checkpoints().map(\.isLast) == [false, true])
    #expect(try model.checkpoints()[1].scores == ["bleu": 40])
    #expect(try model.tensors(.best).first?.values.first == 200)
    #expect(try model.tensors(.last).first?.values.first == 400)
    try model.save(checkpoint(step: 500, isBest: true))
    #expect(try model.checkpoints().map(\.step) == [500])
    #expect(try model.tensors(.best) == model.tensors(.last))
    try model.save(checkpoint(step: 600, isBest: false))
    #expect(try model.checkpoints().map(\.step) == [500, 600])
  }

  @Test func resumesFromTheLast() throws {
    let model = try makeModel()
    try model.save(checkpoint(step: 100, isBest: true))
    try model.save(checkpoint(step: 200, isBest: false))
    let state = try #require(try ModelDatabase(opening: path).resumeState())
    #expect(state.checkpoint.step == 200)
    #expect(state.checkpoint.epoch == 2)
    #expect(state.optimizerState == [tensor("w.m", [3, 4], seed: 201)])
    #expect(state.trainingState == Data(#"{"step":200}"#.utf8))
  }

  @Test func historyGrows() throws {
    let model = try makeModel()
    let first = HistoryRow(
      step: 50, epoch: 1, loss: 5.5, learningRate: 0.001, wordsPerSecond: 9000, gradientNorm: 1.5,
      seconds: 61.5)
    let second = HistoryRow(
      step: 100, epoch: 1, loss: 4.5, learningRate: 0.001, wordsPerSecond: 9100, gradientNorm: 1.25,
      validation: 12.5, validationLoss: 4.75, seconds: 120)
    var third = second
    third.loss = .nan
    try model.save(checkpoint(step: 100, isBest: true, history: [first, second]))
    try model.save(checkpoint(step: 150, isBest: false, history: [third]))
    let back = try ModelDatabase(opening: path).history()
    #expect(Array(back.prefix(2)) == [first, second])
    #expect(back.count == 3)
    #expect(back[2].loss.isNaN)
    #expect(back[2].validation == 12.5)
  }

  @Test func scoresMayBeNotFinite() throws {
    let model = try makeModel()
    var record = checkpoint(step: 1, isBest: true)
    record.scores = ["loss": .infinity, "bleu": .nan]
    try model.save(record)
    let scores = try model.checkpoints()[0].scores
    #expect(scores["loss"] == .infinity)
    #expect(scores["bleu"]?.isNaN == true)
  }

  // MARK: - When things go wrong

  @Test func aCheckpointThatFailsLeavesTheLastWholeOne() throws {
    let model = try makeModel()
    try model.save(checkpoint(step: 100, isBest: true))
    let wrong = StoredTensor(name: "b", shape: [4], values: [1, 2, 3])
    let error = try storageError {
      try model.save(checkpoint(step: 200, isBest: true, tensors: [tensor("w", [3, 4], seed: 200), wrong]))
    }
    #expect(error == .invalidValue("b has 3 values, which do not fit its shape [4]"))
    #expect(throws: StorageError.self) {
      let twice = [tensor("w", [1], seed: 0), tensor("w", [1], seed: 0)]
      try model.save(checkpoint(step: 200, isBest: true, tensors: twice))
    }
    for model in [model, try ModelDatabase(opening: path)] {
      #expect(try model.checkpoints().map(\.step) == [100])
      #expect(try model.tensors(.last) == checkpoint(step: 100, isBest: true).tensors)
      #expect(try model.resumeState()?.optimizerState == checkpoint(step: 100, isBest: true).optimizerState)
    }
  }

  @Test func theFileAloneIsWholeAfterEachCheckpoint() throws {
    let model = try makeModel()
    try model.save(checkpoint(step: 100, isBest: true))
    // As a process that was killed leaves it: the connection is still open, and only the file is copied.
    let copy = try folder.write(folder.bytes(of: "m.sqlite"), to: "copy.sqlite")
    #expect(try ModelDatabase(opening: copy).tensors(.best) == model.tensors(.best))
  }

  @Test func aDamagedTensorIsFoundAndNeverGivenOut() throws {
    let values = (0..<1000).map { Float($0) + 0.123 }
    do {
      let model = try makeModel()
      try model.save(
        checkpoint(
          step: 1, isBest: true,
          tensors: [
            tensor("good", [4], seed: 0), StoredTensor(name: "encoder.weight", shape: [1000], values: values),
          ]))
    }
    var bytes = try folder.bytes(of: "m.sqlite")
    let needle = values[500..<503].flatMap { value in withUnsafeBytes(of: value.bitPattern) { Array($0) } }
    let place = try #require(
      bytes.indices.dropLast(needle.count).first { Array(bytes[$0..<$0 + needle.count]) == needle })
    bytes[place + 5] ^= 0x10
    try folder.write(bytes, to: "m.sqlite")
    let error = try storageError { _ = try ModelDatabase(opening: path).tensors(.best) }
    #expect(
      error
        == .damagedBlob(
          path: path, item: "tensor encoder.weight", detail: "the checksum of chunk 0 is wrong"))
    #expect(error.errorCode == 65)
  }

  @Test func aReaderSeesTheStateOfItsMoment() throws {
    let model = try makeModel()
    try model.save(checkpoint(step: 100, isBest: true))
    let reader = try ModelDatabase(opening: path)
    #expect(try reader.checkpoints().map(\.step) == [100])
    try model.save(checkpoint(step: 200, isBest: true))
    #expect(try reader.checkpoints().map(\.step) == [200])
    #expect(try reader.tensors(.best).first?.values.first == 200)
    #expect(
      try storageError { try reader.save(checkpoint(step: 300, isBest: true)) }
        == .database(path: path, detail: "it was opened for reading only"))
  }
}
