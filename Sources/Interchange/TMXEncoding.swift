/// The encoding of an XML document, as far as it takes to find tags in its bytes and to write text among them.
enum TMXEncoding {
  /// An encoding in which ASCII is ASCII.
  case narrow(Charset)
  /// UTF-16, with the byte order.
  case utf16(isBigEndian: Bool)

  /// What the first bytes tell: a byte order mark, the XML declaration, else UTF-8 (XML 1.0, appendix F).
  ///
  /// - Throws: ``InterchangeError/encoding(file:line:encoding:reason:)``.
  init(firstBytes bytes: [UInt8], file: String) throws {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) {
      self = .utf16(isBigEndian: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) {
      self = .utf16(isBigEndian: true)
    } else {
      let name = Self.declared(bytes)
      guard let charset = name.map(Charset.init(named:)) ?? .utf8 else {
        throw InterchangeError.encoding(
          file: file, line: 1, encoding: name ?? "", reason: "nothing can be written in this encoding")
      }
      self = .narrow(charset)
    }
  }

  /// Whether so few first bytes may leave the encoding open.
  static func needsMore(than bytes: [UInt8]) -> Bool {
    var head = bytes[...]
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
    let beginning = Array("<?xml".utf8)
    guard head.count >= beginning.count else { return bytes.count < 4 || beginning.starts(with: head) }
    return head.starts(with: beginning) && head.count < 1_000 && !head.contains(0x3E)
  }

  /// The encoding that the XML declaration names.
  private static func declared(_ bytes: [UInt8]) -> String? {
    var head = bytes.prefix(1_000)
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
    guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: 0x3E) else { return nil }
    let declaration = String(decoding: head[..<end], as: UTF8.self)
    guard let match = declaration.firstMatch(of: /encoding\s*=\s*(?:"([^"]*)"|'([^']*)')/) else { return nil }
    return (match.1 ?? match.2).map(String.init)
  }

  /// The bytes of a character.
  var unitSize: Int {
    if case .utf16 = self { 2 } else { 1 }
  }

  /// Whether the ASCII character stands at a place, which is a whole number of units from the beginning.
  func has(_ character: UInt8, in bytes: ArraySlice<UInt8>, at index: Int) -> Bool {
    switch self {
    case .narrow: bytes[index] == character
    case .utf16(let isBigEndian):
      index + 1 < bytes.endIndex && bytes[isBigEndian ? index + 1 : index] == character
        && bytes[isBigEndian ? index : index + 1] == 0
    }
  }

  /// A piece of markup or text in this encoding. Characters that it lacks become numeric references.
  func encode(_ text: String) -> [UInt8] {
    switch self {
    case .utf16(let isBigEndian):
      return text.utf16.flatMap { unit in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        return isBigEndian ? [high, low] : [low, high]
      }
    case .narrow(let charset):
      if let bytes = charset.encode(text) { return bytes }
      return text.unicodeScalars.flatMap { scalar in
        charset.encode(String(scalar)) ?? Array("&#\(scalar.value);".utf8)
      }
    }
  }

  /// Text with what XML takes for markup as references.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\r": escaped += "&#13;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether XML 1.0 can hold each character.
  static func canHold(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
      default: false
      }
    }
  }
}
