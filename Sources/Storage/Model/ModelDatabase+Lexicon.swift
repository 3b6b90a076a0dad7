import Foundation
import GRDB
import Text

extension ModelDatabase {
  /// Stores the likely translations of each source id, in place of those that were there.
  ///
  /// - Parameters:
  ///   - lexicon: for each source id target ids, likeliest first.
  ///   - isReverse: whether the source is the language that the model translates to, for the way back.
  /// - Throws: ``StorageError``; then nothing is changed.
  public func saveLexicon(_ lexicon: [[TokenID]], isReverse: Bool = false) throws {
    try file.write { try Self.replaceLexicon(lexicon, isReverse: isReverse, $0) }
  }

  static func replaceLexicon(_ lexicon: [[TokenID]], isReverse: Bool, _ db: Database) throws {
    let table = lexiconTable(isReverse: isReverse)
    try db.execute(sql: "DELETE FROM \(table)")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO \(table) (source_id, target_count, target_ids) VALUES (?, ?, ?)")
    for (source, targets) in lexicon.enumerated() where !targets.isEmpty {
      try insert.execute(arguments: [
        source, targets.count, try TokenPacking.pack(source: [], target: targets),
      ])
    }
  }

  /// The likely translations of each source id, likeliest first; `nil` when the file has none, as one that an older
  /// version made.
  ///
  /// - Parameter isReverse: whether the source is the language that the model translates to, for the way back.
  /// - Throws: ``StorageError/damagedBlob(path:item:detail:)`` when one can't be unpacked.
  public func lexicon(isReverse: Bool = false) throws -> [[TokenID]]? {
    let table = Self.lexiconTable(isReverse: isReverse)
    return try file.read { db in
      guard try db.tableExists(table),
        let last = try Int.fetchOne(db, sql: "SELECT max(source_id) FROM \(table)")
      else { return nil }
      var lexicon = [[TokenID]](repeating: [], count: last + 1)
      let rows = try Row.fetchCursor(db, sql: "SELECT source_id, target_count, target_ids FROM \(table)")
      while let row = try rows.next() {
        let source: Int = row[0]
        guard source >= 0,
          let ids = TokenPacking.unpack(row[2], sourceLength: 0, targetLength: row[1])
        else {
          throw StorageError.damagedBlob(
            path: path, item: "the translations of word \(source)", detail: "they are not of the length noted"
          )
        }
        lexicon[source] = ids.target
      }
      return lexicon
    }
  }

  private static func lexiconTable(isReverse: Bool) -> String { isReverse ? "reverse_lexicon" : "lexicon" }
}
