import Foundation
import GRDBSQLite
import Storage
import Testing
import Text

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appendingPathComponent(name)))
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}

/// The error that `body` throws, as this room's own.
func storageError(_ body: () throws -> Void) throws -> StorageError {
  let error = #expect(throws: StorageError.self) { try body() }
  return try #require(error)
}

/// Runs SQL on a file, behind the back of the room.
func runSQL(_ sql: String, on path: String) throws -> [[String]] {
  var connection: OpaquePointer?
  defer { sqlite3_close(connection) }
  try #require(sqlite3_open(path, &connection) == SQLITE_OK)
  var statement: OpaquePointer?
  var rows: [[String]] = []
  var rest = sql
  while !rest.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty {
    rest = try rest.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(connection, text, -1, &statement, &tail)
      try #require(status == SQLITE_OK, "\(String(cString: sqlite3_errmsg(connection)))")
      return String(cString: tail!)
    }
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { String(cString: sqlite3_column_text(statement, $0)) })
    }
    try #require(sqlite3_finalize(statement) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(connection)))")
  }
  return rows
}

extension VocabularyRecord {
  /// A small one, with an accent and a joiner in it.
  static func sample(name: String = "en-fr") throws -> VocabularyRecord {
    let codes = BPECodes.learn(wordCounts: ["lower": 4, "lowest": 5, "été￭": 3], merges: 5)
    let vocabulary = try Vocabulary(symbols: ["lowe@@", "r", "st", "été￭"], counts: [9, 4, 5, 3])
    return VocabularyRecord(
      name: name, sourceConfiguration: TextConfiguration(language: "en"),
      targetConfiguration: TextConfiguration(language: "fr", lowercase: true), sourceCodes: codes.text,
      targetCodes: codes.text, sourceVocabulary: vocabulary.text, targetVocabulary: vocabulary.text,
      isShared: true)
  }
}
