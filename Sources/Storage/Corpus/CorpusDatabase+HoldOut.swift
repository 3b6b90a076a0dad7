import GRDB

extension CorpusDatabase {
  /// Takes pairs out of the train split, for a dev and a test split that hold none yet.
  ///
  /// Which pairs is decided by their sources alone, those with the smallest hashes: the same text gives the same splits,
  /// in whichever order it came, and a corpus that has grown mostly those of before. Pairs of one source stay together,
  /// so that no source that is held out is trained on, and a split may get a few pairs more than it was to have. From
  /// then on ``RejectionRule/overlap`` leaves such sources out of `train`. Token ids of these pairs are dropped, for
  /// they were made to learn from.
  ///
  /// - Returns: how many pairs each split holds now.
  /// - Throws: ``StorageError/cannotHoldOut(path:detail:)`` when a split has pairs already, or more than half of all
  ///   would be held out; then nothing is changed.
  @discardableResult
  public func holdOut(dev: Int, test: Int) throws -> [Split: Int] {
    try file.write { db in
      let wanted = [(Split.dev, dev), (.test, test)].filter { $1 > 0 }
      let count = try Self.count(split: .train, db)
      for (split, _) in wanted {
        let there = try Self.count(split: split, db)
        guard there == 0 else {
          throw StorageError.cannotHoldOut(
            path: path, detail: "it holds \(there) \(split.rawValue) pairs already")
        }
      }
      for number in [dev, test] where number < 0 {
        throw StorageError.cannotHoldOut(path: path, detail: "\(number) is no number of pairs")
      }
      guard dev <= count / 2, test <= count / 2 - dev else {
        throw StorageError.cannotHoldOut(
          path: path, detail: "\(dev) and \(test) pairs are more than half of the \(count) to train on")
      }
      var pairs: [(hash: UInt64, id: Int64)] = []
      pairs.reserveCapacity(count)
      let rows = try Row.fetchCursor(db, sql: "SELECT id, source FROM sentence_pair WHERE split = 'train'")
      while let row = try rows.next() { pairs.append((PairIndex.hash(source: row[1], target: ""), row[0])) }
      pairs.sort { $0 < $1 }
      let move = try db.makeStatement(sql: "UPDATE sentence_pair SET split = ?, held_out = 1 WHERE id = ?")
      let forget = try db.makeStatement(sql: "DELETE FROM segment WHERE pair_id = ?")
      var place = 0
      for (split, number) in wanted {
        let end = place + number
        while place < count, place < end || place > 0 && pairs[place].hash == pairs[place - 1].hash {
          try move.execute(arguments: [split.rawValue, pairs[place].id])
          try forget.execute(arguments: [pairs[place].id])
          place += 1
        }
      }
      guard place <= count / 2 else {
        throw StorageError.cannotHoldOut(
          path: path,
          detail: "so many of the \(count) pairs to train on have the same source that \(place) would go")
      }
      return try Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0, try Self.count(split: $0, db)) })
    }
  }
}
