import Foundation
import GRDB
import Text

/// All that is needed to turn text of both languages into token ids and back, as it stands in a database.
public struct VocabularyRecord: Codable, Sendable, Hashable {
  /// The name that it was built under, as `en-fr`.
  public var name: String
  /// How the source side is normalised, tokenised and split.
  public var sourceConfiguration: TextConfiguration
  /// How the target side is normalised, tokenised and split.
  public var targetConfiguration: TextConfiguration
  /// The source side's codes file, where its words are split by BPE, or its SentencePiece model as text.
  public var sourceCodes: String?
  /// The target side's codes file, where its words are split by BPE, or its SentencePiece model as text.
  public var targetCodes: String?
  /// The source side's vocabulary file.
  public var sourceVocabulary: String
  /// The target side's vocabulary file.
  public var targetVocabulary: String
  /// Whether an id is the same symbol on both sides, so that embeddings may be tied. The symbols of the target are then
  /// the first of the source, or all: what was never seen in the target need not be written.
  public var isShared: Bool

  /// A record from its parts.
  public init(
    name: String, sourceConfiguration: TextConfiguration, targetConfiguration: TextConfiguration,
    sourceCodes: String?, targetCodes: String?, sourceVocabulary: String, targetVocabulary: String,
    isShared: Bool
  ) {
    self.name = name
    self.sourceConfiguration = sourceConfiguration
    self.targetConfiguration = targetConfiguration
    self.sourceCodes = sourceCodes
    self.targetCodes = targetCodes
    self.sourceVocabulary = sourceVocabulary
    self.targetVocabulary = targetVocabulary
    self.isShared = isShared
  }

  /// The codecs of both sides, ready to use.
  ///
  /// - Throws: the errors of `Text` when a codes or vocabulary file is not well formed.
  public func codecs() throws -> (source: TextCodec, target: TextCodec) {
    let source = try TextCodec(
      configuration: sourceConfiguration, storedCodes: sourceCodes,
      vocabulary: try Vocabulary(parsing: sourceVocabulary))
    // What both sides have in common is read once.
    let vocabulary =
      isSame(sourceVocabulary, targetVocabulary)
      ? source.vocabulary : try Vocabulary(parsing: targetVocabulary)
    guard sourceConfiguration.kind == targetConfiguration.kind, isSame(sourceCodes, targetCodes) else {
      let target = try TextCodec(
        configuration: targetConfiguration, storedCodes: targetCodes, vocabulary: vocabulary)
      return (source, target)
    }
    let target = TextCodec(
      configuration: targetConfiguration, codes: source.codes, sentencePiece: source.sentencePiece,
      vocabulary: vocabulary)
    return (source, target)
  }

  /// How many symbols each side has, the four special ones included.
  public var symbolCounts: (source: Int, target: Int) {
    func count(_ text: String) -> Int {
      let unended = text.isEmpty || text.utf8.last == 0x0A ? 0 : 1
      return Vocabulary.specialSymbols.count + text.utf8.count { $0 == 0x0A } + unended
    }
    return (count(sourceVocabulary), count(targetVocabulary))
  }

  /// The same with all symbols on both sides, for a model that is to write the source language too. Ids stay what they
  /// are.
  ///
  /// - Precondition: it is shared.
  public var writingAll: VocabularyRecord {
    precondition(isShared, "the ids of \(name) mean other symbols on the other side")
    var record = self
    record.targetVocabulary = sourceVocabulary
    return record
  }

  /// Whether two texts are the same bytes.
  private func isSame(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one.utf8.elementsEqual(other.utf8)
  }
}

// MARK: - In a database

extension VocabularyRecord {
  /// The table `vocabulary`, which corpus and model files share.
  static let tableDefinition = """
    CREATE TABLE vocabulary (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      source_configuration TEXT NOT NULL,
      target_configuration TEXT NOT NULL,
      source_codes TEXT,
      target_codes TEXT,
      source_vocabulary TEXT NOT NULL,
      target_vocabulary TEXT NOT NULL,
      is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    );
    """

  /// Adds this record and returns its number.
  func insert(_ db: Database) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO vocabulary (name, source_configuration, target_configuration, source_codes, target_codes,
          source_vocabulary, target_vocabulary, is_shared)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        name, try JSONText.encode(sourceConfiguration), try JSONText.encode(targetConfiguration), sourceCodes,
        targetCodes, sourceVocabulary, targetVocabulary, isShared,
      ])
    return db.lastInsertedRowID
  }

  /// The record that was added last, and its number.
  static func latest(_ db: Database, path: String) throws -> (id: Int64, record: VocabularyRecord)? {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM vocabulary ORDER BY id DESC LIMIT 1") else {
      return nil
    }
    let record = VocabularyRecord(
      name: row["name"],
      sourceConfiguration: try JSONText.decode(row["source_configuration"], path: path),
      targetConfiguration: try JSONText.decode(row["target_configuration"], path: path),
      sourceCodes: row["source_codes"], targetCodes: row["target_codes"],
      sourceVocabulary: row["source_vocabulary"], targetVocabulary: row["target_vocabulary"],
      isShared: row["is_shared"])
    return (row["id"], record)
  }
}

/// Values that stand in a text column as JSON, with their keys in order.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<T: Decodable>(_ text: String, path: String) throws -> T {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(T.self, from: Data(text.utf8))
    } catch {
      throw StorageError.corrupted(
        path: path, detail: "a \(T.self) can't be read from \"\(text.prefix(80))\"")
    }
  }
}
