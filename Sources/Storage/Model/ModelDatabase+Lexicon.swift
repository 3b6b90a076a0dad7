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
  /// - Throws: ``StorageError/damagedBlob(path:item:detail:)`` when one can't be unpacked, or has an id that is none of
  ///   the vocabulary.
  public func lexicon(isReverse: Bool = false) throws -> [[TokenID]]? {
    let table = Self.lexiconTable(isReverse: isReverse)
    let counts = vocabulary.symbolCounts
    let (sourceCount, targetCount) = isReverse ? (counts.target, counts.source) : counts
    return try file.read { db in
      guard try db.tableExists(table),
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") == true
      else { return nil }
      var lexicon = [[TokenID]](repeating: [], count: sourceCount)
      var last = 0
      let rows = try Row.fetchCursor(db, sql: "SELECT source_id, target_count, target_ids FROM \(table)")
      while let row = try rows.next() {
        let source: Int = row[0]
        func damage(_ detail: String) -> StorageError {
          .damagedBlob(path: path, item: "the translations of word \(source)", detail: detail)
        }
        guard lexicon.indices.contains(source) else {
          throw damage("the vocabulary has \(sourceCount) words")
        }
        guard let ids = TokenPacking.unpack(row[2], sourceLength: 0, targetLength: row[1]) else {
          throw damage("they are not of the length noted")
        }
        guard ids.target.allSatisfy({ $0 >= 0 && $0 < targetCount }) else {
          throw damage("one is not in the vocabulary of \(targetCount) words")
        }
        lexicon[source] = ids.target
        last = max(last, source)
      }
      return Array(lexicon.prefix(last + 1))
    }
  }

  private static func lexiconTable(isReverse: Bool) -> String { isReverse ? "reverse_lexicon" : "lexicon" }
}
