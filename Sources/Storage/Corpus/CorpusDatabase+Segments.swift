import Foundation
import GRDB
import Text

extension CorpusDatabase {
  /// Stores a vocabulary in the place of the one of the same name, and the token ids of all pairs under it,
  /// in one transaction. The newest vocabulary keeps its number where it is stored again as it is, so that who reads
  /// under it goes on.
  ///
  /// - Parameter encode: gives the token ids of a pair of a split, without `</s>`.
  /// - Returns: the vocabulary's number, which the readers take.
  /// - Throws: ``StorageError``, or what `encode` throws; then nothing is changed.
  @discardableResult
  public func saveVocabulary(
    _ record: VocabularyRecord,
    encode: (Split, SentencePair) throws -> (source: [TokenID], target: [TokenID])
  ) throws -> Int64 {
    try file.write { db in
      let id: Int64
      if let newest = try VocabularyRecord.latest(db, path: path), newest.record == record {
        id = newest.id
      } else {
        try db.execute(sql: "DELETE FROM vocabulary WHERE name = ?", arguments: [record.name])
        id = try record.insert(db)
      }
      for split in Split.allCases {
        try Self.writeSegments(vocabulary: id, split: split, db) { try encode(split, $0) }
      }
      return id
    }
  }

  /// The vocabulary that was stored last, or nil.
  ///
  /// - Throws: ``StorageError``.
  public func vocabulary() throws -> VocabularyRecord? {
    try file.read { try VocabularyRecord.latest($0, path: path)?.record }
  }

  /// The vocabulary that was stored last with its number, both of one moment, or nil.
  ///
  /// - Throws: ``StorageError``.
  public func newestVocabulary() throws -> (id: Int64, record: VocabularyRecord)? {
    try file.read { try VocabularyRecord.latest($0, path: path) }
  }

  /// The number of the vocabulary that was stored last, or nil.
  ///
  /// - Throws: ``StorageError``.
  public func vocabularyID() throws -> Int64? {
    try file.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM vocabulary") }
  }

  private static func writeSegments(
    vocabulary id: Int64, split: Split, _ db: Database,
    encode: (SentencePair) throws -> (source: [TokenID], target: [TokenID])
  ) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO segment (pair_id, vocabulary_id, source_length, target_length, ids)
        VALUES (?, ?, ?, ?, ?)
        """)
    let rows = try Row.fetchCursor(
      db, sql: selectPairs + " WHERE split = ? ORDER BY id", arguments: [split.rawValue])
    while let row = try rows.next() {
      let pair = pair(row)
      let (source, target) = try encode(pair)
      try insert.execute(arguments: [
        pair.id, id, source.count, target.count, try TokenPacking.pack(source: source, target: target),
      ])
    }
  }

  /// The lengths of all pairs of a split that have segments, in the order of import: 16 bytes a pair.
  ///
  /// - Throws: ``StorageError``.
  public func segmentLengths(vocabulary: Int64, split: Split) throws -> [SegmentLength] {
    try file.read { db in
      var lengths: [SegmentLength] = []
      lengths.reserveCapacity(try Self.count(split: split, db))
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT p.id, s.source_length, s.target_length
          FROM sentence_pair p JOIN segment s ON s.pair_id = p.id AND s.vocabulary_id = ?
          WHERE p.split = ? ORDER BY p.id
          """,
        arguments: [vocabulary, split.rawValue])
      while let row = try rows.next() {
        lengths.append(SegmentLength(id: row[0], source: row[1], target: row[2]))
      }
      return lengths
    }
  }

  /// The token ids of pairs, in the order of `ids`.
  ///
  /// - Throws: ``StorageError/notFound(path:item:)`` when one has none,
  ///   ``StorageError/damagedBlob(path:item:detail:)`` when one can't be unpacked.
  public func segments(vocabulary: Int64, ids: [Int64]) throws -> [Segment] {
    try file.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT source_length, target_length, ids FROM segment WHERE pair_id = ? AND vocabulary_id = ?
          """)
      return try ids.map { id in
        let rows = try Row.fetchCursor(statement, arguments: [id, vocabulary])
        guard let row = try rows.next() else {
          throw StorageError.notFound(
            path: path, item: "tokens of pair \(id) under vocabulary \(vocabulary)"
          )
        }
        let unpacked = try row.withUnsafeData(atIndex: 2) { data in
          TokenPacking.unpack(data ?? Data(), sourceLength: row[0], targetLength: row[1])
        }
        guard let unpacked else {
          throw StorageError.damagedBlob(
            path: path, item: "the tokens of pair \(id)", detail: "they are not of the length noted")
        }
        return Segment(id: id, source: unpacked.source, target: unpacked.target)
      }
    }
  }

  /// How many pairs of a split have no segments under a vocabulary, as after an import.
  ///
  /// - Throws: ``StorageError``.
  public func countWithoutSegments(vocabulary: Int64, split: Split) throws -> Int {
    try file.read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM sentence_pair p WHERE p.split = ? AND NOT EXISTS
            (SELECT 1 FROM segment s WHERE s.pair_id = p.id AND s.vocabulary_id = ?)
          """,
        arguments: [split.rawValue, vocabulary]) ?? 0
    }
  }
}
