import Foundation
import GRDB

/// Sentence pairs in one SQLite file, which the `sqlite3` shell can read too.
///
/// ```swift
/// let corpus = try CorpusDatabase(
///   creatingOrOpening: "demo.corpus.sqlite", sourceLanguage: "en", targetLanguage: "fr")
/// try corpus.importAligned(sourcePath: "train.en", targetPath: "train.fr", split: .train)
/// try corpus.forEachPair(split: .train) { print($0.source, $0.target) }
/// ```
///
/// The file is in WAL mode: other processes read while one writes. All methods may be called from any thread.
public final class CorpusDatabase: Sendable {
  /// Where the file is.
  public let path: String
  /// The language of the sources, as `en`.
  public let sourceLanguage: String
  /// The language of the targets, as `fr`.
  public let targetLanguage: String

  let file: DatabaseFile

  /// Opens the corpus at `path`, or makes an empty one.
  ///
  /// One that holds nothing yet, as after an import that failed, is of no languages: it takes those that it is opened
  /// with.
  ///
  /// - Throws: ``StorageError``: when the file is no corpus, is of a newer format, or holds other languages.
  public init(creatingOrOpening path: String, sourceLanguage: String, targetLanguage: String) throws {
    for language in [sourceLanguage, targetLanguage] where language.isEmpty {
      throw StorageError.invalidValue("a corpus needs the names of two languages")
    }
    file = try DatabaseFile(
      creatingOrOpening: path, kind: .corpus, format: CorpusSchema.format, migrator: CorpusSchema.migrator)
    try file.write { db in
      try db.execute(
        sql: """
          INSERT INTO corpus (id, source_language, target_language, tool_version) VALUES (1, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE
            SET source_language = excluded.source_language, target_language = excluded.target_language
            WHERE NOT EXISTS (SELECT 1 FROM sentence_pair) AND NOT EXISTS (SELECT 1 FROM vocabulary)
          """,
        arguments: [sourceLanguage, targetLanguage, StorageVersion.current])
    }
    self.path = path
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    try file.read { try checkLanguages($0) }
  }

  /// Opens the corpus at `path`, which must be there.
  ///
  /// - Parameter readOnly: nothing will be written; works where the file can't be written to.
  /// - Throws: ``StorageError``: when the file is missing, no corpus, or of a newer format.
  public init(opening path: String, readOnly: Bool = false) throws {
    file = try DatabaseFile(
      opening: path, kind: .corpus, format: CorpusSchema.format, migrator: CorpusSchema.migrator,
      readOnly: readOnly)
    self.path = path
    (sourceLanguage, targetLanguage) = try file.read { try CorpusDatabase.languages($0, path: path) }
  }

  private static func languages(_ db: Database, path: String) throws -> (String, String) {
    guard let row = try Row.fetchOne(db, sql: "SELECT source_language, target_language FROM corpus") else {
      throw StorageError.notFound(path: path, item: "description of its languages")
    }
    return (row[0], row[1])
  }

  /// Makes sure that the file is of the languages that this value says: as long as it held nothing, another one could
  /// give it others.
  func checkLanguages(_ db: Database) throws {
    let (source, target) = try Self.languages(db, path: path)
    guard source == sourceLanguage, target == targetLanguage else {
      throw StorageError.languageMismatch(
        path: path, expected: "\(sourceLanguage)-\(targetLanguage)", found: "\(source)-\(target)")
    }
  }

  /// What people should know about the corpus: its licence and where it is from.
  ///
  /// - Throws: ``StorageError``.
  public func description() throws -> (licence: String, source: String, createdAt: String) {
    try file.read { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT licence, source, created_at FROM corpus") else {
        throw StorageError.notFound(path: path, item: "description of itself")
      }
      return (row[0], row[1], row[2])
    }
  }

  /// Notes the licence of the corpus and where it is from; nil leaves what is there.
  ///
  /// - Throws: ``StorageError``.
  public func describe(licence: String? = nil, source: String? = nil) throws {
    try file.write { db in
      try db.execute(
        sql: "UPDATE corpus SET licence = coalesce(?, licence), source = coalesce(?, source)",
        arguments: [licence, source])
    }
  }

  // MARK: - Pairs

  /// How many pairs a split holds.
  ///
  /// - Throws: ``StorageError``.
  public func count(split: Split) throws -> Int {
    try file.read { try Self.count(split: split, $0) }
  }

  static func count(split: Split, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM sentence_pair WHERE split = ?", arguments: [split.rawValue]) ?? 0
  }

  /// Calls `body` with each pair of a split in the order of import, reading from the file as it goes.
  ///
  /// - Precondition: `body` writes nothing into this corpus. It may read.
  /// - Throws: ``StorageError``, or what `body` throws.
  public func forEachPair(split: Split, _ body: (SentencePair) throws -> Void) throws {
    try file.read { db in
      let rows = try Row.fetchCursor(
        db, sql: Self.selectPairs + " WHERE split = ? ORDER BY id", arguments: [split.rawValue])
      while let row = try rows.next() { try body(Self.pair(row)) }
    }
  }

  /// The first pairs of a split in the order of import.
  ///
  /// - Parameter limit: at most so many; nil is all.
  /// - Throws: ``StorageError``.
  public func pairs(split: Split, limit: Int? = nil) throws -> [SentencePair] {
    try file.read { db in
      try Row.fetchAll(
        db, sql: Self.selectPairs + " WHERE split = ? ORDER BY id LIMIT ?",
        arguments: [split.rawValue, limit.map { max($0, 0) } ?? -1]
      ).map(Self.pair)
    }
  }

  /// Pairs drawn at random from the whole of a split, in the order of import: the same ones for the same seed.
  ///
  /// - Throws: ``StorageError``.
  public func sample(split: Split, count: Int, seed: UInt64 = 1) throws -> [SentencePair] {
    try file.read { db in
      guard count > 0 else { return [] }
      var ids = try Int64.fetchAll(
        db, sql: "SELECT id FROM sentence_pair WHERE split = ? ORDER BY id", arguments: [split.rawValue])
      let wanted = min(count, ids.count)
      var generator = SampleGenerator(state: seed)
      for index in 0..<wanted { ids.swapAt(index, .random(in: index..<ids.count, using: &generator)) }
      let statement = try db.cachedStatement(sql: Self.selectPairs + " WHERE id = ?")
      return try ids.prefix(wanted).sorted().compactMap { id in
        try Row.fetchOne(statement, arguments: [id]).map(Self.pair)
      }
    }
  }

  static let selectPairs = "SELECT id, source, target, origin, line FROM sentence_pair"

  static func pair(_ row: Row) -> SentencePair {
    SentencePair(id: row[0], source: row[1], target: row[2], origin: row[3], line: row[4])
  }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
private struct SampleGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
