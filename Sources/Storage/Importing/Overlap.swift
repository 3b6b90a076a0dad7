import GRDB

/// What may not be trained on: the pairs of dev and test, and the sources that were held out of `train`.
struct HeldPairs {
  private let pairs: PairLookup
  private let sources: PairLookup

  init(_ db: Database) throws {
    let held = "split IN ('dev', 'test')"
    pairs = try PairLookup(db, where: held)
    sources = try PairLookup(db, by: .source, where: "\(held) AND held_out")
  }

  /// Why a pair may not stand in `train`, or nil.
  ///
  /// - Parameter hash: the hash of the pair.
  func verdict(source: String, target: String, hash: UInt64) throws -> PairCleaner.Verdict? {
    if let place = try pairs.place(source: source, target: target, hash: hash) {
      return PairCleaner.Verdict(rule: .overlap, reason: "it stands in \(place.name)")
    }
    if let place = try sources.place(source: source, target: target) {
      return PairCleaner.Verdict(rule: .overlap, reason: "its source is held out in \(place.name)")
    }
    return nil
  }
}

extension CorpusDatabase {
  /// Gives `train` back what was left out of it as overlap and is held by no dev or test pair any more.
  ///
  /// A pair that was in `train` takes the place that it had; others come last. A pair that is in `train` already comes
  /// back only if its import took duplicates.
  ///
  /// - Returns: how many pairs came back.
  func returnOverlap(_ db: Database) throws -> Int {
    let held = try HeldPairs(db)
    var rules: [String: Set<RejectionRule>] = [:]
    for record in try imports(db) where record.split == .train {
      for origin in record.origins { rules[origin] = record.cleaning.rules }
    }
    let standard = Cleaning.standard(for: .train).rules
    let select = try db.makeStatement(sql: "SELECT source, target, origin FROM rejected WHERE id = ?")
    let change = try db.makeStatement(sql: "UPDATE rejected SET rule = ?, reason = ? WHERE id = ?")
    let restore = try db.makeStatement(
      sql: """
        INSERT INTO sentence_pair (id, split, source, target, origin, line)
        SELECT pair_id, split, source, target, origin, line FROM rejected WHERE id = ?
        """)
    let delete = try db.makeStatement(sql: "DELETE FROM rejected WHERE id = ?")
    let ids = try Int64.fetchAll(
      db,
      sql: """
        SELECT id FROM rejected WHERE split = 'train' AND rule = 'overlap' ORDER BY pair_id IS NULL, pair_id, id
        """)
    var train: PairLookup?
    var count = 0
    for id in ids {
      guard let row = try Row.fetchOne(select, arguments: [id]) else { continue }
      let (source, target, origin): (String, String, String) = (row[0], row[1], row[2])
      let hash = PairIndex.hash(source: source, target: target)
      var verdict = try held.verdict(source: source, target: target, hash: hash)
      if verdict == nil, rules[origin, default: standard].contains(.duplicate) {
        if train == nil { train = try PairLookup(db, where: "split = 'train'") }
        verdict = try train?.place(source: source, target: target, hash: hash).map {
          PairCleaner.Verdict(rule: .duplicate, reason: "the same as \($0.name)")
        }
      }
      if let verdict {
        try change.execute(arguments: [verdict.rule.rawValue, verdict.reason, id])
        continue
      }
      try restore.execute(arguments: [id])
      train?.insert(hash, id: db.lastInsertedRowID)
      try delete.execute(arguments: [id])
      count += 1
    }
    return count
  }
}
