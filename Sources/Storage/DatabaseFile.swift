import Foundation
import GRDB

/// What a file of this project holds, as its `PRAGMA application_id` says.
enum FileKind: Int32, Sendable {
  /// Sentence pairs: "PSLC".
  case corpus = 0x5053_4C43
  /// A model and its checkpoints: "PSLM".
  case model = 0x5053_4C4D

  var name: String {
    switch self {
    case .corpus: "corpus"
    case .model: "model"
    }
  }
}

/// An open SQLite file whose kind and format have been checked, and whose errors name it.
final class DatabaseFile: Sendable {
  let path: String
  private let connection: any DatabaseWriter
  private let isReadOnly: Bool

  /// Makes a new file, or opens the one that is there, for writing.
  init(creatingOrOpening path: String, kind: FileKind, format: Int, migrator: DatabaseMigrator) throws {
    self.path = path
    isReadOnly = false
    if FileManager.default.fileExists(atPath: path) {
      try Self.check(path, kind: kind, format: format, acceptsEmpty: true)
    }
    connection = try Self.openForWriting(path, migrator: migrator)
  }

  /// Opens a file that must be there.
  init(opening path: String, kind: FileKind, format: Int, migrator: DatabaseMigrator, readOnly: Bool) throws {
    self.path = path
    isReadOnly = readOnly
    try Self.check(path, kind: kind, format: format, acceptsEmpty: false)
    if readOnly {
      connection = try Self.naming(path) { try Self.openForReading(path) }
    } else {
      connection = try Self.openForWriting(path, migrator: migrator)
    }
  }

  /// Runs `body` on a view of the database that does not change meanwhile.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    // A caller may be in the middle of another read, such as of all pairs.
    try Self.naming(path) {
      try connection.unsafeReentrantRead { db in
        guard !db.isInsideTransaction else { return try body(db) }
        var result: T?
        try db.inTransaction(.deferred) {
          result = try db.readOnly { try body(db) }
          return .commit
        }
        return result!
      }
    }
  }

  /// Runs `body` in one transaction: all of it is stored, or, when it throws, none.
  func write<T>(_ body: (Database) throws -> T) throws -> T {
    guard !isReadOnly else {
      throw StorageError.database(path: path, detail: "it was opened for reading only")
    }
    return try Self.naming(path) { try connection.write(body) }
  }

  /// Brings what stands in the write-ahead log into the file itself, so that a copy of the file alone is
  /// whole. Where a reader of another process holds the log, or the device has no space for both, it stays there until
  /// the next time: nothing is lost.
  func fold() throws {
    try Self.naming(path) {
      try connection.writeWithoutTransaction { db in
        do {
          try db.checkpoint(.truncate)
        } catch let error as DatabaseError
          where [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR]
          .contains(error.resultCode.primaryResultCode)
        {
          return
        }
      }
    }
  }

  /// Ends the connection; the file can't be used through this value afterwards.
  func close() throws {
    try Self.naming(path) { try connection.close() }
  }

  // MARK: - Opening

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    return configuration
  }

  private static func openForWriting(_ path: String, migrator: DatabaseMigrator) throws -> DatabasePool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StorageError.database(path: path, detail: "its folder could not be made. Check the permissions")
    }
    return try naming(path) {
      let pool = try DatabasePool(path: path, configuration: configuration)
      try migrator.migrate(pool)
      return pool
    }
  }

  /// A connection that writes no rows. Where the folder is writable it is still opened for writing, because
  /// only such a connection can tidy its write-ahead log away; elsewhere, as on a read-only medium, the file
  /// is taken to be unchanging.
  private static func openForReading(_ path: String) throws -> DatabaseQueue {
    var configuration = configuration
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if access(path, W_OK) == 0 && access(folder, W_OK) == 0 {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    configuration.readonly = true
    let log = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
    // A file that somebody else is writing has an index of its log beside it.
    let isOpen =
      FileManager.default.fileExists(atPath: path + "-wal")
      && FileManager.default.fileExists(atPath: path + "-shm")
    if log > 0 || isOpen { return try DatabaseQueue(path: path, configuration: configuration) }
    var address = URLComponents()
    address.scheme = "file"
    address.path = URL(fileURLWithPath: path).path
    address.queryItems = [URLQueryItem(name: "immutable", value: "1")]
    return try DatabaseQueue(path: address.string ?? path, configuration: configuration)
  }

  /// Looks at a file without changing it, and says what is wrong with it.
  private static func check(_ path: String, kind: FileKind, format: Int, acceptsEmpty: Bool) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw StorageError.missingFile(path: path, reason: String(cString: strerror(ENOENT)))
    }
    guard !isFolder.boolValue else {
      throw StorageError.missingFile(path: path, reason: String(cString: strerror(EISDIR)))
    }
    guard access(path, R_OK) == 0 else {
      throw StorageError.missingFile(path: path, reason: String(cString: strerror(errno)))
    }
    let (application, version, tables) = try naming(path) {
      try openForReading(path).read { db in
        (
          try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
          try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
          // The list of migrations is there before the first of them, where making the file was interrupted.
          try Int.fetchOne(
            db,
            sql: """
              SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
              """) ?? 0
        )
      }
    }
    if acceptsEmpty && application == 0 && tables == 0 { return }
    guard application == kind.rawValue else {
      let found = FileKind(rawValue: application).map { "a \($0.name) database" }
      let other = tables == 0 ? "an empty file" : "a database of another program"
      throw StorageError.wrongKind(path: path, expected: kind.name, found: found ?? other)
    }
    guard version <= format else {
      throw StorageError.newerFormat(path: path, found: version, supported: format)
    }
  }

  /// Runs `body`, and turns SQLite's errors into ones that name the file.
  private static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      let detail = error.message ?? "SQLite error \(error.resultCode.rawValue)"
      switch error.resultCode.primaryResultCode {
      case .SQLITE_NOTADB: throw StorageError.notADatabase(path: path)
      case .SQLITE_CORRUPT: throw StorageError.corrupted(path: path, detail: detail)
      case .SQLITE_CANTOPEN:
        throw StorageError.database(
          path: path, detail: "can't be opened or made. Check that its folder exists and is writable")
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        throw StorageError.database(
          path: path, detail: "another process is writing to it. Wait for it to end, then try again")
      case .SQLITE_FULL:
        throw StorageError.database(
          path: path, detail: "no space is left on the device. Nothing was changed; free some and try again")
      case .SQLITE_READONLY:
        throw StorageError.database(path: path, detail: "it is read-only. Check the permissions")
      default: throw StorageError.database(path: path, detail: detail)
      }
    }
  }
}
