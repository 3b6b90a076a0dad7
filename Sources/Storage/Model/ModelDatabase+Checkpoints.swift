import Foundation
import GRDB

extension ModelDatabase {
  /// Stores a checkpoint in one transaction. It becomes the last; the best so far stays too; others go.
  ///
  /// - Throws: ``StorageError``, with the file as it was.
  public func save(_ checkpoint: CheckpointRecord) throws {
    guard let state = String(validating: checkpoint.trainingState, as: UTF8.self) else {
      throw StorageError.invalidValue("the training state is not UTF-8, so it can't be JSON")
    }
    try file.write { db in
      if checkpoint.isBest { try db.execute(sql: "UPDATE checkpoint SET is_best = 0") }
      try db.execute(sql: "DELETE FROM checkpoint WHERE is_best = 0")
      try db.execute(sql: "DELETE FROM optimizer_state")
      try db.execute(sql: "DELETE FROM training_state")
      try db.execute(
        sql: """
          INSERT INTO checkpoint (step, epoch, scores, is_best, tensor_count, optimizer_count)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          checkpoint.step, checkpoint.epoch, try JSONText.encode(checkpoint.scores), checkpoint.isBest,
          checkpoint.tensors.count, checkpoint.optimizerState.count,
        ])
      let id = db.lastInsertedRowID
      try TensorTable.parameters.insert(checkpoint.tensors, checkpoint: id, db)
      try TensorTable.optimizer.insert(checkpoint.optimizerState, checkpoint: id, db)
      try db.execute(
        sql: "INSERT INTO training_state (checkpoint_id, state) VALUES (?, ?)", arguments: [id, state])
      for row in checkpoint.history { try Self.insert(row, db) }
    }
    try file.fold()
  }

  /// The checkpoints that the file holds, the last one last.
  ///
  /// - Throws: ``StorageError``.
  public func checkpoints() throws -> [CheckpointSummary] {
    try file.read { try Self.checkpoints($0, path: path) }
  }

  /// The parameters of a checkpoint, each checked against its checksum.
  ///
  /// - Throws: ``StorageError/notFound(path:item:)`` before the first checkpoint,
  ///   ``StorageError/damagedBlob(path:item:detail:)``.
  public func tensors(_ which: CheckpointChoice = .best) throws -> [StoredTensor] {
    let collector = TensorCollector()
    try readTensors(which, into: collector)
    return collector.tensors
  }

  /// Reads the parameters of a checkpoint into their places, in the order in which they were stored, each checked
  /// against its checksum.
  ///
  /// - Throws: as ``tensors(_:)``, and what the receiver throws.
  public func readTensors(_ which: CheckpointChoice = .best, into receiver: some TensorReceiver) throws {
    try file.read { db in
      let chosen = try Self.chosen(which, db, path: path)
      let count = try Self.count("tensor_count", of: chosen.id, db)
      try TensorTable.parameters.read(checkpoint: chosen.id, count: count, path: path, db, into: receiver)
    }
  }

  /// What is needed, beside the last checkpoint's parameters, to go on training; nil before the first
  /// checkpoint.
  ///
  /// - Throws: ``StorageError/damagedBlob(path:item:detail:)``.
  public func resumeState() throws -> (
    checkpoint: CheckpointSummary, optimizerState: [StoredTensor], trainingState: Data
  )? {
    try file.read { db in
      guard let last = try Self.checkpoints(db, path: path).last else { return nil }
      let count = try Self.count("optimizer_count", of: last.id, db)
      let moments = try TensorTable.optimizer.tensors(checkpoint: last.id, count: count, path: path, db)
      let state = try String.fetchOne(
        db, sql: "SELECT state FROM training_state WHERE checkpoint_id = ?", arguments: [last.id])
      guard let state else { throw StorageError.notFound(path: path, item: "training state") }
      return (last, moments, Data(state.utf8))
    }
  }

  /// How training went so far, in the order of time.
  ///
  /// - Throws: ``StorageError``.
  public func history() throws -> [HistoryRow] {
    try file.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM history ORDER BY id").map { row in
        HistoryRow(
          step: row["step"], epoch: row["epoch"], loss: row["loss"] ?? .nan,
          learningRate: row["learning_rate"] ?? .nan, wordsPerSecond: row["words_per_second"] ?? .nan,
          gradientNorm: row["gradient_norm"] ?? .nan, validation: row["validation_bleu"],
          validationLoss: row["validation_loss"], seconds: row["seconds"] ?? .nan)
      }
    }
  }

  /// The checkpoint that a choice means.
  ///
  /// - Throws: ``StorageError/notFound(path:item:)`` before the first checkpoint.
  public func checkpoint(_ which: CheckpointChoice) throws -> CheckpointSummary {
    try file.read { try Self.chosen(which, $0, path: path) }
  }

  private static func chosen(_ which: CheckpointChoice, _ db: Database, path: String) throws
    -> CheckpointSummary
  {
    let all = try checkpoints(db, path: path)
    let best = which == .best ? all.last(where: \.isBest) : nil
    guard let chosen = best ?? all.last else {
      throw StorageError.notFound(path: path, item: "checkpoint yet. Train the model first")
    }
    return chosen
  }

  static func insert(_ row: HistoryRow, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO history (step, epoch, loss, learning_rate, words_per_second, gradient_norm,
          validation_bleu, validation_loss, seconds)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      row.step, row.epoch, finite(row.loss), finite(row.learningRate), finite(row.wordsPerSecond),
      finite(row.gradientNorm), finite(row.validation), finite(row.validationLoss),
      finite(row.seconds),
    ])
  }

  private static func finite(_ value: Double?) -> Double? {
    value.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func count(_ column: String, of checkpoint: Int64, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT \(column) FROM checkpoint WHERE id = ?", arguments: [checkpoint]) ?? 0
  }

  private static func checkpoints(_ db: Database, path: String) throws -> [CheckpointSummary] {
    let rows = try Row.fetchAll(db, sql: "SELECT * FROM checkpoint ORDER BY id")
    return try rows.enumerated().map { index, row in
      CheckpointSummary(
        id: row["id"], step: row["step"], epoch: row["epoch"],
        scores: try JSONText.decode(row["scores"], path: path), isBest: row["is_best"],
        isLast: index == rows.count - 1, createdAt: row["created_at"])
    }
  }
}
