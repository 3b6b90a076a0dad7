import GRDB

/// Pairs of a table, found by their texts.
struct PairLookup {
  /// Which texts are compared.
  enum Key {
    case pair
    case source
  }

  /// Where a pair stands.
  struct Place {
    let id: Int64
    /// As `dev, dev.en:17`.
    let name: String
  }

  private let key: Key
  private let select: Statement
  private var index = PairIndex()

  /// The rows of a table for which a condition in SQL holds: of equal ones the first, for many that were equal would make
  /// each look a long one.
  init(
    _ db: Database, by key: Key = .pair, in table: String = "sentence_pair", where condition: String,
    arguments: StatementArguments = []
  ) throws {
    self.key = key
    select = try db.makeStatement(
      sql: "SELECT source, target, split, origin, line FROM \(table) WHERE id = ?")
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT id, source, target FROM \(table) WHERE \(condition) ORDER BY id", arguments: arguments)
    while let row = try rows.next() {
      let (source, target): (String, String) = (row[1], row[2])
      let hash = self.hash(source: source, target: target)
      if try place(source: source, target: target, hash: hash) == nil { index.insert(hash, id: row[0]) }
    }
  }

  /// Adds a row of the table by the hash of its pair.
  mutating func insert(_ hash: UInt64, id: Int64) { index.insert(hash, id: id) }

  /// Where a pair stands, or nil.
  ///
  /// - Parameter hash: the hash of what is compared, where it is known.
  func place(source: String, target: String, hash: UInt64? = nil) throws -> Place? {
    guard index.count > 0 else { return nil }
    var place: Place?
    _ = try index.first(hash ?? self.hash(source: source, target: target)) { id in
      guard let row = try Row.fetchOne(select, arguments: [id]) else { return false }
      let (otherSource, otherTarget): (String, String) = (row[0], row[1])
      guard otherSource.utf8.elementsEqual(source.utf8) else { return false }
      guard key == .source || otherTarget.utf8.elementsEqual(target.utf8) else { return false }
      let (split, origin, line): (String, String, Int) = (row[2], row[3], row[4])
      place = Place(id: id, name: "\(split), \(origin):\(line)")
      return true
    }
    return place
  }

  private func hash(source: String, target: String) -> UInt64 {
    PairIndex.hash(source: source, target: key == .source ? "" : target)
  }
}
