import GRDB

extension CorpusDatabase {
  /// Pairs by their numbers, in the order of `ids`.
  ///
  /// - Throws: ``StorageError/notFound(path:item:)`` when there is no such pair.
  public func texts(ids: [Int64]) throws -> [SentencePair] {
    try file.read { db in
      let statement = try db.cachedStatement(sql: Self.selectPairs + " WHERE id = ?")
      return try ids.map { id in
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
          throw StorageError.notFound(path: path, item: "pair number \(id)")
        }
        return Self.pair(row)
      }
    }
  }
}
