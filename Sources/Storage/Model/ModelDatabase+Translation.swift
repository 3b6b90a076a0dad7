import Foundation
import GRDB
import Text

extension ModelDatabase {
  /// Whether weights are stored in 8 bits, for translation alone.
  public var isQuantized: Bool {
    get throws {
      try file.read { db in
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM tensor WHERE type = 'int8')") ?? false
      }
    }
  }

  /// With what weights hypotheses are ranked: JSON, the very bytes that were stored; `nil` when there are none.
  ///
  /// - Throws: ``StorageError``.
  public func ranking() throws -> Data? {
    try field("ranking", as: String.self).map { Data($0.utf8) }
  }

  /// How many sentences a line had at most where the model learnt, but for rare ones; `nil` when that is not known.
  ///
  /// - Throws: ``StorageError``.
  public func sentencesPerLine() throws -> Int? { try field("sentences_per_line", as: Int.self) }

  /// Stores how many sentences a line had where the model learnt.
  ///
  /// - Throws: ``StorageError``, for a number that is not positive too; then nothing is changed.
  public func saveSentencesPerLine(_ count: Int) throws {
    try file.write { try Self.replaceSentencesPerLine(count, $0) }
  }

  /// What the model's row holds in a column that came with a later format.
  private func field<Value: DatabaseValueConvertible>(_ name: String, as type: Value.Type) throws -> Value? {
    try file.read { db in
      // A file that an older version made has no such column while it is only read.
      guard try db.columns(in: "model").contains(where: { $0.name == name }) else { return nil }
      return try Value.fetchOne(db, sql: "SELECT \(name) FROM model")
    }
  }

  private static func replaceSentencesPerLine(_ count: Int?, _ db: Database) throws {
    try db.execute(sql: "UPDATE model SET sentences_per_line = ?", arguments: [count])
  }

  /// Stores with what weights hypotheses are ranked, in place of those that were there.
  ///
  /// - Parameter ranking: JSON; `nil`: none.
  /// - Throws: ``StorageError``; then nothing is changed.
  public func saveRanking(_ ranking: Data?) throws {
    try file.write { try Self.replaceRanking(ranking, $0) }
  }

  private static func replaceRanking(_ json: Data?, _ db: Database) throws {
    let ranking = try json.map { json in
      guard let text = String(validating: json, as: UTF8.self) else {
        throw StorageError.invalidValue("the weights of the ranking are not UTF-8, so they can't be JSON")
      }
      return text
    }
    try db.execute(sql: "UPDATE model SET ranking = ?", arguments: [ranking])
  }

  /// Writes a model file for translation alone: this model's configuration, vocabulary, lexica, ranking, history and
  /// number of sentences a line, and one checkpoint with the given parameters; nothing that training needs. It appears whole or not at all.
  ///
  /// What is at `path` makes way if it is such a file too. Anything else may have cost days to train, and stays.
  ///
  /// - Parameters:
  ///   - tensors: the parameters, in any ``TensorType``.
  ///   - checkpoint: whose they are.
  /// - Throws: ``StorageError``, with ``StorageError/fileExists(path:)`` where something else is at `path`.
  public func writeForTranslation(
    _ tensors: [StoredTensor], of checkpoint: CheckpointSummary, to path: String
  ) throws {
    if FileManager.default.fileExists(atPath: path) {
      guard let old = try? ModelDatabase(opening: path), (try? old.isQuantized) == true else {
        throw StorageError.fileExists(path: path)
      }
    }
    let lexica = try [false, true].map { ($0, try lexicon(isReverse: $0)) }
    let (ranking, sentences, history) = (try ranking(), try sentencesPerLine(), try history())
    try Self.publish(path) { draft in
      try Self.write(
        to: draft, String(decoding: configuration, as: UTF8.self), sourceLanguage, targetLanguage, vocabulary
      ) { db in
        try db.execute(
          sql: """
            INSERT INTO checkpoint (step, epoch, scores, is_best, tensor_count, optimizer_count, created_at)
            VALUES (?, ?, ?, 1, ?, 0, ?)
            """,
          arguments: [
            checkpoint.step, checkpoint.epoch, try JSONText.encode(checkpoint.scores), tensors.count,
            checkpoint.createdAt,
          ])
        try TensorTable.parameters.insert(tensors, checkpoint: db.lastInsertedRowID, db)
        for case (let isReverse, let lexicon?) in lexica {
          try Self.replaceLexicon(lexicon, isReverse: isReverse, db)
        }
        try Self.replaceRanking(ranking, db)
        try Self.replaceSentencesPerLine(sentences, db)
        for row in history { try Self.insert(row, db) }
      }
    }
  }
}
