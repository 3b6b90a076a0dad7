/// White space as sacreBLEU sees it: what Python's `str.isspace` is true of.
///
/// That is Unicode's White_Space and the four information separators U+001C to U+001F.
public enum Whitespace {
  /// Whether a scalar is white space.
  public static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      return true
    default:
      return false
    }
  }

  /// A line without the white space at its end.
  public static func trimmingEnd(of line: String) -> String {
    guard let last = line.unicodeScalars.last, contains(last) else { return line }
    var scalars = line.unicodeScalars
    while let last = scalars.last, contains(last) { scalars.removeLast() }
    return String(scalars)
  }

  /// The length in bytes of the white space that starts at an index of UTF-8 text; 0 where there is none.
  static func length(in bytes: [UInt8], at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return (first >= 0x09 && first <= 0x0D) || (first >= 0x1C && first <= 0x20) ? 1 : 0 }
    if first == 0xC2 {
      let second = bytes[index + 1]
      return second == 0x85 || second == 0xA0 ? 2 : 0
    }
    guard first == 0xE1 || first == 0xE2 || first == 0xE3 else { return 0 }
    let value =
      UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
    return Unicode.Scalar(value).map(contains) == true ? 3 : 0
  }

  /// The words of UTF-8 text: what lies between white space, as ranges of bytes.
  static func words(in bytes: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    words.reserveCapacity(bytes.count / 4)
    var start = 0
    var index = 0
    while index < bytes.count {
      // Of ASCII, only what is up to the space can be white; of other bytes only four begin white space.
      let byte = bytes[index]
      if byte > 0x20 && byte < 0xC2 || byte > 0xE3 {
        index += 1
        continue
      }
      let space = length(in: bytes, at: index)
      if space == 0 {
        index += 1
        continue
      }
      if index > start { words.append(start..<index) }
      index += space
      start = index
    }
    if index > start { words.append(start..<index) }
    return words
  }

  /// UTF-8 text without white space at its end.
  static func trimEnd(_ bytes: inout [UInt8]) {
    while !bytes.isEmpty {
      var start = bytes.count - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      guard length(in: bytes, at: start) == bytes.count - start else { return }
      bytes.removeSubrange(start...)
    }
  }

  /// UTF-8 text without white space at its beginning.
  static func trimStart(_ bytes: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      let space = length(in: bytes, at: start)
      if space == 0 { break }
      start += space
    }
    if start > 0 { bytes.removeSubrange(..<start) }
  }
}
