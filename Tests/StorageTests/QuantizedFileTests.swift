import Foundation
import Storage
import Testing

/// Model files with weights in 8 bits, and files of the format before them.
@Suite struct QuantizedFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("m.sqlite")
  }

  private static func integers(_ name: String, rows: Int, columns: Int) -> StoredTensor {
    StoredTensor(
      name: name, shape: [rows, columns],
      content: .int8(
        (0..<rows * columns).map { Int8(truncatingIfNeeded: $0 * 37) },
        scales: (0..<columns).map { 0.25 + Float($0) * 0.123 }))
  }

  private static let floats = StoredTensor(name: "bias", shape: [1, 3], values: [1, -2, .infinity])

  /// A model with one checkpoint, history and a lexicon.
  private func makeModel() throws -> ModelDatabase {
    let model = try ModelDatabase(
      creating: path, configuration: Data(#"{"layers": 2,  "name": "é"}"#.utf8), sourceLanguage: "en",
      targetLanguage: "fr", vocabulary: .sample())
    let row = HistoryRow(
      step: 100, epoch: 1, loss: 4.5, learningRate: 0.001, wordsPerSecond: 9100, gradientNorm: 1.25,
      validation: 12.5, validationLoss: 4.75, seconds: 60)
    try model.saveLexicon([[], [5, 4], [], [6]])
    try model.saveLexicon([[7], [], [4]], isReverse: true)
    try model.save(
      CheckpointRecord(
        step: 100, epoch: 3, scores: ["bleu": 12.5], isBest: true, tensors: [Self.floats],
        optimizerState: [StoredTensor(name: "m", shape: [1], values: [1])], trainingState: Data("{}".utf8),
        history: [row]))
    return model
  }

  @Test func integersAndScalesComeBackBitForBit() throws {
    let model = try makeModel()
    #expect(try !model.isQuantized)
    // More than a chunk; scales of more than a chunk; nothing.
    let tensors = [
      Self.integers("large", rows: 1025, columns: 1025), Self.floats,
      Self.integers("wide", rows: 2, columns: 300_000), Self.integers("empty", rows: 0, columns: 3),
    ]
    let small = folder.path("small.sqlite")
    try model.writeForTranslation(tensors, of: model.checkpoint(.best), to: small)
    let back = try ModelDatabase(opening: small)
    #expect(try back.isQuantized)
    #expect(try back.tensors(.best) == tensors)
    #expect(back.configuration == model.configuration && back.vocabulary == model.vocabulary)
    #expect(back.sourceLanguage == "en" && back.targetLanguage == "fr")
    #expect(try back.lexicon() == model.lexicon() && back.history() == model.history())
    #expect(try back.lexicon(isReverse: true) == [[7], [], [4]])
    let (found, original) = (try back.checkpoint(.best), try model.checkpoint(.best))
    #expect(found.step == 100 && found.epoch == 3 && found.scores == ["bleu": 12.5] && found.isBest)
    #expect(found.createdAt == original.createdAt)
    #expect(try storageError { _ = try back.resumeState() } == .notFound(path: small, item: "training state"))
    #expect(try folder.names.allSatisfy { !$0.hasSuffix(".tmp") })
    // For people with a sqlite3 shell.
    let parameters = 1025 * 1025 + 3 + 600_000
    #expect(try runSQL("SELECT parameters FROM checkpoint_overview", on: small) == [["\(parameters)"]])
    #expect(
      try runSQL("SELECT name, type FROM tensor_overview WHERE name <> 'wide'", on: small)
        == [["large", "int8"], ["bias", "f32"], ["empty", "int8"]])
    #expect(try runSQL("SELECT count(*) FROM optimizer_state", on: small) == [["0"]])
  }

  @Test func integersStandForNumbers() {
    let tensor = StoredTensor(name: "w", shape: [2, 2], content: .int8([1, 2, -3, 127], scales: [0.5, 2]))
    #expect(tensor.values == [0.5, 4, -1.5, 254] && tensor.type == .int8)
  }

  @Test func aDamagedScaleOrIntegerIsFound() throws {
    let model = try makeModel()
    let tensor = Self.integers("weight", rows: 500, columns: 100)
    let small = folder.path("small.sqlite")
    try model.writeForTranslation([tensor], of: model.checkpoint(.best), to: small)
    let whole = try folder.bytes(of: "small.sqlite")
    let scales: [Float] = (0..<3).map { 0.25 + Float($0) * 0.123 }
    let scaleBytes = scales.flatMap { value in withUnsafeBytes(of: value.bitPattern) { Array($0) } }
    let integerBytes = (0..<12).map { UInt8(truncatingIfNeeded: $0 * 37) }
    for needle in [scaleBytes, integerBytes] {
      var bytes = whole
      let place = try #require(Data(bytes).range(of: Data(needle))).lowerBound
      bytes[place + 2] ^= 0x40
      try folder.write(bytes, to: "broken.sqlite")
      let broken = folder.path("broken.sqlite")
      #expect(
        try storageError { _ = try ModelDatabase(opening: broken).tensors(.best) }
          == .damagedBlob(
            path: broken, item: "tensor weight", detail: "the checksum of chunk 0 is wrong"))
    }
  }

  @Test func rowsThatAreNotWholeAreSaidToBeDamaged() throws {
    let model = try makeModel()
    let tensors = [Self.integers("weight", rows: 1200, columns: 1000)]
    let small = folder.path("small.sqlite")
    try model.writeForTranslation(tensors, of: model.checkpoint(.best), to: small)
    let whole = try folder.bytes(of: "small.sqlite")
    for (sql, detail) in [
      ("DELETE FROM tensor WHERE chunk = 0", "chunk 0 is missing"),
      ("DELETE FROM tensor WHERE chunk = 1", "do not fit the shape [1200, 1000]"),
      ("UPDATE tensor SET shape = '[1000,1200]'", "do not fit the shape [1000, 1200]"),
      ("UPDATE tensor SET shape = '[1204000]'", "do not fit the shape [1204000]"),
      ("UPDATE tensor SET shape = '[-1,-1204000]'", "do not fit the shape"),
      ("UPDATE tensor SET shape = '[4611686018427387904,4]'", "do not fit the shape"),
      ("UPDATE tensor SET shape = '[0,9223372036854775807]'", "do not fit the shape"),
      ("UPDATE tensor SET type = 'f32'", "do not fit the shape"),
      ("UPDATE tensor SET data = 'text' WHERE chunk = 1", "do not fit the shape"),
      ("UPDATE checkpoint SET tensor_count = 2", "1 of 2 are there"),
    ] {
      try folder.write(whole, to: "broken.sqlite")
      let broken = folder.path("broken.sqlite")
      _ = try runSQL(sql, on: broken)
      let error = try storageError { _ = try ModelDatabase(opening: broken).tensors(.best) }
      guard case .damagedBlob(path: broken, _, let found) = error else {
        Issue.record("\(sql): \(error)")
        continue
      }
      #expect(found.contains(detail), "\(sql): \(found)")
    }
  }

  @Test func onlyAFileOfItsKindMakesWay() throws {
    let model = try makeModel()
    let best = try model.checkpoint(.best)
    let small = folder.path("small.sqlite")
    let tensors = [Self.integers("weight", rows: 4, columns: 2)]
    try model.writeForTranslation(tensors, of: best, to: small)
    let other = [Self.integers("weight", rows: 8, columns: 2)]
    try model.writeForTranslation(other, of: best, to: small)
    #expect(try ModelDatabase(opening: small).tensors(.best) == other)

    let before = try folder.bytes(of: "m.sqlite")
    #expect(
      try storageError { try model.writeForTranslation(tensors, of: best, to: path) }
        == .fileExists(path: path))
    let text = try folder.write("a text", to: "notes.txt")
    #expect(
      try storageError { try model.writeForTranslation(tensors, of: best, to: text) }
        == .fileExists(path: text))
    #expect(
      try folder.bytes(of: "m.sqlite") == before && folder.bytes(of: "notes.txt") == Array("a text".utf8))

    // What can't be stored leaves the file that was there, and nothing else.
    for content in [
      StoredTensor.Content.int8([1, 2, 3, 4], scales: [1]), .int8([1], scales: [1, 1]), .f32([1]),
    ] {
      let wrong = StoredTensor(name: "weight", shape: [2, 2], content: content)
      #expect(throws: StorageError.self) { try model.writeForTranslation([wrong], of: best, to: small) }
    }
    #expect(try ModelDatabase(opening: small).tensors(.best) == other)
    #expect(try folder.names.allSatisfy { !$0.contains(".tmp") })
    // Moments are floats.
    #expect(throws: StorageError.self) {
      try model.save(
        CheckpointRecord(
          step: 101, epoch: 3, scores: [:], isBest: false, tensors: [Self.floats], optimizerState: tensors,
          trainingState: Data("{}".utf8), history: []))
    }
  }

  @Test func theRankingGoesWithIt() throws {
    let model = try makeModel()
    #expect(try model.ranking() == nil)
    let small = folder.path("small.sqlite")
    let best = try model.checkpoint(.best)
    try model.writeForTranslation([Self.integers("weight", rows: 4, columns: 2)], of: best, to: small)
    #expect(try ModelDatabase(opening: small).ranking() == nil)
    for json in [#"{"order":0.25}"#, #"{"order":1}"#] {
      try model.saveRanking(Data(json.utf8))
      #expect(try model.ranking() == Data(json.utf8))
    }
    try model.writeForTranslation([Self.integers("weight", rows: 4, columns: 2)], of: best, to: small)
    #expect(try ModelDatabase(opening: small).ranking() == Data(#"{"order":1}"#.utf8))
    #expect(throws: StorageError.self) { try model.saveRanking(Data([0xFF])) }
    #expect(try model.ranking() == Data(#"{"order":1}"#.utf8))
  }

  @Test func howManySentencesALineHasGoesWithIt() throws {
    let model = try makeModel()
    #expect(try model.sentencesPerLine() == nil)
    let small = folder.path("small.sqlite")
    let best = try model.checkpoint(.best)
    let tensors = [Self.integers("weight", rows: 4, columns: 2)]
    try model.writeForTranslation(tensors, of: best, to: small)
    #expect(try ModelDatabase(opening: small).sentencesPerLine() == nil)
    for count in [3, 1] {
      try model.saveSentencesPerLine(count)
      #expect(try model.sentencesPerLine() == count)
    }
    #expect(throws: StorageError.self) { try model.saveSentencesPerLine(0) }
    #expect(try model.sentencesPerLine() == 1)
    try model.writeForTranslation(tensors, of: best, to: small)
    #expect(try ModelDatabase(opening: small).sentencesPerLine() == 1)
  }

  /// Makes of a file of this format one of format 2, as an earlier version left it.
  private static let downgrade = """
    DROP VIEW tensor_overview;
    DROP VIEW checkpoint_overview;
    ALTER TABLE tensor RENAME TO newer;
    CREATE TABLE tensor (
      id INTEGER PRIMARY KEY,
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      name TEXT NOT NULL,
      shape TEXT NOT NULL,
      type TEXT NOT NULL CHECK (type IN ('f32')),
      checksum INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (checkpoint_id, position, chunk)
    );
    INSERT INTO tensor SELECT * FROM newer;
    DROP TABLE newer;
    CREATE VIEW tensor_overview AS SELECT name FROM tensor;
    CREATE VIEW checkpoint_overview AS SELECT id FROM checkpoint;
    ALTER TABLE history DROP COLUMN seconds;
    ALTER TABLE model DROP COLUMN ranking;
    ALTER TABLE model DROP COLUMN sentences_per_line;
    DROP TABLE reverse_lexicon;
    DELETE FROM grdb_migrations WHERE identifier > 'model-2';
    PRAGMA user_version = 2;
    """

  @Test func aFileOfAnEarlierFormatIsReadAsItIsAndBroughtUpWhenItIsWrittenTo() throws {
    let tensors = try makeModel().tensors(.best)
    _ = try runSQL(Self.downgrade, on: path)
    #expect(try ModelDatabase(opening: path).tensors(.best) == tensors)
    #expect(try !ModelDatabase(opening: path).isQuantized)
    #expect(try ModelDatabase(opening: path).history().map(\.seconds.isNaN) == [true])
    #expect(try ModelDatabase(opening: path).ranking() == nil)
    #expect(try ModelDatabase(opening: path).sentencesPerLine() == nil)
    #expect(try ModelDatabase(opening: path).lexicon()?.count == 4)
    #expect(try ModelDatabase(opening: path).lexicon(isReverse: true) == nil)
    #expect(try runSQL("PRAGMA user_version", on: path) == [["2"]], "reading leaves a file as it is")

    let model = try ModelDatabase(opening: path, readOnly: false)
    #expect(try runSQL("PRAGMA user_version", on: path) == [["7"]])
    #expect(try model.ranking() == nil && model.sentencesPerLine() == nil)
    try model.saveRanking(Data("{}".utf8))
    #expect(try model.ranking() == Data("{}".utf8))
    #expect(try model.history().map(\.seconds.isNaN) == [true])
    #expect(try model.tensors(.best) == tensors && model.resumeState()?.optimizerState.count == 1)
    #expect(try runSQL("SELECT parameters FROM checkpoint_overview", on: path) == [["3"]])
    #expect(try runSQL("PRAGMA foreign_key_check", on: path).isEmpty)
    try model.save(
      CheckpointRecord(
        step: 101, epoch: 3, scores: [:], isBest: false, tensors: tensors, optimizerState: [],
        trainingState: Data("{}".utf8), history: []))
    #expect(try model.checkpoints().map(\.step) == [100, 101])
  }
}
