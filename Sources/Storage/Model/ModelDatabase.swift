import Foundation
import GRDB

/// A model in one SQLite file: configuration, vocabulary, the best and the last checkpoint, and the history.
///
/// ```swift
/// let model = try ModelDatabase(opening: "demo.model.sqlite")
/// let tensors = try model.tensors(.best)
/// ```
///
/// The file needs no other file. A checkpoint is one transaction: after a crash at any moment the file opens
/// and holds the last whole checkpoint. All methods may be called from any thread.
public final class ModelDatabase: Sendable {
  /// Where the file is.
  public let path: String
  /// The model's configuration: JSON, the very bytes that were stored.
  public let configuration: Data
  /// The language that is translated from, as `en`.
  public let sourceLanguage: String
  /// The language that is translated to, as `fr`.
  public let targetLanguage: String
  /// All that turns text into token ids and back.
  public let vocabulary: VocabularyRecord

  let file: DatabaseFile

  /// Makes a model file without a checkpoint. It appears whole or not at all.
  ///
  /// - Parameters:
  ///   - configuration: JSON; for a model of `Seq2Seq`, what `StoredConfiguration.json()` gives.
  ///   - replacing: whether a file at `path` makes way; otherwise it is an error.
  /// - Throws: ``StorageError``.
  public init(
    creating path: String, configuration: Data, sourceLanguage: String, targetLanguage: String,
    vocabulary: VocabularyRecord, replacing: Bool = false
  ) throws {
    guard let text = String(validating: configuration, as: UTF8.self) else {
      throw StorageError.invalidValue("the model's configuration is not UTF-8, so it can't be JSON")
    }
    guard replacing || !FileManager.default.fileExists(atPath: path) else {
      throw StorageError.fileExists(path: path)
    }
    try Self.publish(path) { draft in
      try Self.write(to: draft, text, sourceLanguage, targetLanguage, vocabulary)
    }
    self.path = path
    self.configuration = configuration
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    self.vocabulary = vocabulary
    file = try Self.open(path, readOnly: false)
  }

  /// Opens a model file.
  ///
  /// - Parameter readOnly: nothing will be written; works where the file can't be written to.
  /// - Throws: ``StorageError``: when the file is missing, no model, damaged, or of a newer format.
  public init(opening path: String, readOnly: Bool = true) throws {
    self.path = path
    file = try Self.open(path, readOnly: readOnly)
    let (row, vocabulary) = try file.read { db in
      (
        try Row.fetchOne(db, sql: "SELECT configuration, source_language, target_language FROM model"),
        try VocabularyRecord.latest(db, path: path)
      )
    }
    guard let row else { throw StorageError.notFound(path: path, item: "model configuration") }
    guard let vocabulary else { throw StorageError.notFound(path: path, item: "vocabulary") }
    configuration = Data((row[0] as String).utf8)
    sourceLanguage = row[1]
    targetLanguage = row[2]
    self.vocabulary = vocabulary.record
  }

  private static func open(_ path: String, readOnly: Bool) throws -> DatabaseFile {
    try DatabaseFile(
      opening: path, kind: .model, format: ModelSchema.format, migrator: ModelSchema.migrator,
      readOnly: readOnly)
  }

  /// Makes a file beside `path` and puts it in its place when it is whole.
  static func publish(_ path: String, _ write: (_ draft: String) throws -> Void) throws {
    // A link stays a link, even where what it names is not there yet.
    var path = path
    for _ in 0..<40 {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
      path =
        URL(fileURLWithPath: target, relativeTo: URL(fileURLWithPath: path).deletingLastPathComponent()).path
    }
    let draft = "\(path).\(UInt32.random(in: 0...UInt32.max)).tmp"
    defer { for suffix in ["", "-wal", "-shm"] { unlink(draft + suffix) } }
    try write(draft)
    // A log of the old file must never be taken for one of the new file.
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    guard rename(draft, path) == 0 else {
      throw StorageError.database(path: path, detail: String(cString: strerror(errno)))
    }
  }

  /// Writes a model file.
  ///
  /// - Parameter fill: stores more in the same transaction.
  static func write(
    to path: String, _ configuration: String, _ source: String, _ target: String,
    _ vocabulary: VocabularyRecord, _ fill: (Database) throws -> Void = { _ in }
  ) throws {
    let file = try DatabaseFile(
      creatingOrOpening: path, kind: .model, format: ModelSchema.format, migrator: ModelSchema.migrator)
    try file.write { db in
      try db.execute(
        sql: """
          INSERT INTO model (id, source_language, target_language, configuration, tool_version)
          VALUES (1, ?, ?, ?, ?)
          """,
        arguments: [source, target, configuration, StorageVersion.current])
      _ = try vocabulary.insert(db)
      try fill(db)
    }
    try file.close()
  }
}
