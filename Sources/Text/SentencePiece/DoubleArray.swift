/// A trie in the form of a double array (Aoe 1989), with the units of the library Darts-clone: 32 bits each,
/// of which some say whether a key ends there, some the label and some where the children are.
struct DoubleArray: Sendable {
  private let units: [UInt32]

  /// A trie from its bytes, the lower ones of each unit first.
  init(bytes: ArraySlice<UInt8>) {
    units = stride(from: bytes.startIndex, to: bytes.endIndex - 3, by: 4).map { index in
      UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
        | UInt32(bytes[index + 3]) << 24
    }
  }

  /// The longest key that the text at an index begins with: its length and value.
  func longestPrefix(of text: UnsafeBufferPointer<UInt8>, at start: Int) -> (length: Int, value: Int)? {
    guard !units.isEmpty else { return nil }
    var found: (length: Int, value: Int)?
    var node = Self.offset(units[0])
    for index in start..<text.count {
      node ^= Int(text[index])
      guard node < units.count, Self.label(units[node]) == UInt32(text[index]) else { break }
      let unit = units[node]
      node ^= Self.offset(unit)
      if unit >> 8 & 1 == 1, node < units.count {
        found = (index + 1 - start, Int(units[node] & 0x7FFF_FFFF))
      }
    }
    return found
  }

  private static func label(_ unit: UInt32) -> UInt32 { unit & 0x8000_00FF }

  private static func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & (1 << 9)) >> 6)) }
}
