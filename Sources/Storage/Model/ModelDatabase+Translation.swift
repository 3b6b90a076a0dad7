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

  /// Writes a model file for translation alone: this model's configuration, vocabulary, lexicon and history, and one
  /// checkpoint with the given parameters; nothing that training needs. It appears whole or not at all.
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
    let (lexicon, history) = (try lexicon(), try history())
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
        if let lexicon { try Self.replaceLexicon(lexicon, db) }
        for row in history { try Self.insert(row, db) }
      }
    }
  }
}
