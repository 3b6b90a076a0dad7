/// Numbers for strings, in the order in which they first came, and for pairs of such numbers.
struct SymbolTable: Sendable {
  private(set) var symbols: [String] = []
  private var ids: [ExactKey: Int32] = [:]

  /// A table without a symbol, with room for so many.
  init(capacity: Int = 0) {
    symbols.reserveCapacity(capacity)
    ids.reserveCapacity(capacity)
  }

  /// The number of a symbol, a new one if it was not seen before.
  mutating func intern(_ symbol: String) -> Int32 {
    let key = ExactKey(symbol)
    if let id = ids[key] { return id }
    let id = Int32(symbols.count)
    symbols.append(symbol)
    ids[key] = id
    return id
  }

  /// The number of a symbol, if it was seen.
  func id(of symbol: String) -> Int32? { ids[ExactKey(symbol)] }

  /// Two numbers as one key.
  @inline(__always)
  static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }
}
