import GRDB

extension CorpusDatabase {
  /// What was left out of a split, in the order of import.
  ///
  /// - Parameter rule: only what broke this one; nil is all.
  /// - Throws: ``StorageError``.
  public func rejectedPairs(split: Split, rule: RejectionRule? = nil) throws -> [RejectedPair] {
    var pairs: [RejectedPair] = []
    try forEachRejected(split: split, rule: rule) { pairs.append($0) }
    return pairs
  }

  /// Calls `body` with what was left out of a split, in the order of import, reading from the file as it goes.
  ///
  /// - Parameter rule: only what broke this one; nil is all.
  /// - Precondition: `body` writes nothing into this corpus. It may read.
  /// - Throws: ``StorageError``, or what `body` throws.
  public func forEachRejected(
    split: Split, rule: RejectionRule? = nil, _ body: (RejectedPair) throws -> Void
  ) throws {
    try file.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT origin, line, rule, reason, source, target FROM (\(try Self.rejectedTable(db)))
          WHERE split = ?1 AND (?2 IS NULL OR rule = ?2) ORDER BY id
          """,
        arguments: [split.rawValue, rule?.rawValue])
      while let row = try rows.next() {
        try body(
          RejectedPair(
            split: split, origin: row[0], line: row[1], rule: try self.rule(row[2]), reason: row[3],
            source: row[4], target: row[5]))
      }
    }
  }

  /// How many were left out, by split and rule, the most frequent rule of each split first.
  ///
  /// - Throws: ``StorageError``.
  public func rejectionCounts() throws -> [RejectionCount] {
    try file.read { db in
      // SQLite takes the columns beside min() from the row that has it.
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT split, rule, count(*) AS number, min(id), origin, line FROM (\(try Self.rejectedTable(db)))
          GROUP BY split, rule ORDER BY split, number DESC, rule
          """)
      return try rows.compactMap { row in
        guard let split = Split(rawValue: row[0]) else { return nil }
        let (origin, line): (String, Int) = (row[4], row[5])
        return RejectionCount(
          split: split, rule: try rule(row[1]), count: row[2], firstPlace: "\(origin):\(line)")
      }
    }
  }

  /// The imports that the splits came from, the oldest first. A file of the first format has noted none.
  ///
  /// - Throws: ``StorageError``.
  public func imports() throws -> [ImportRecord] {
    try file.read { try imports($0) }
  }

  func imports(_ db: Database) throws -> [ImportRecord] {
    guard try db.tableExists("import") else { return [] }
    return try Row.fetchAll(db, sql: "SELECT * FROM import ORDER BY id").map { row in
      let (split, mode): (String, String) = (row["split"], row["mode"])
      guard let split = Split(rawValue: split), let mode = ImportMode(rawValue: mode) else {
        throw StorageError.corrupted(path: path, detail: "an import of the kind \(split) \(mode)")
      }
      return ImportRecord(
        split: split, mode: mode, origins: try JSONText.decode(row["origins"], path: path),
        cleaning: try JSONText.decode(row["cleaning"], path: path), candidates: row["candidates"],
        taken: row["taken"], toolVersion: row["tool_version"], createdAt: row["created_at"])
    }
  }

  private func rule(_ name: String) throws -> RejectionRule {
    guard let rule = RejectionRule(rawValue: name) else {
      throw StorageError.corrupted(path: path, detail: "the rule \"\(name)\" is not known")
    }
    return rule
  }

  /// The table as the newest format has it, also in an older file that is only read.
  private static func rejectedTable(_ db: Database) throws -> String {
    let columns = try db.columns(in: "rejected").map(\.name)
    guard !columns.contains("rule") else { return "SELECT * FROM rejected" }
    return """
      SELECT id, split, origin, line, \(CorpusSchema.ruleOfFirstFormat) AS rule, reason,
        '' AS source, '' AS target
      FROM rejected
      """
  }
}
