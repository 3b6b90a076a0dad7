/// The marks that make tokenisation reversible.
///
/// A token carries `￭` (U+FFED) on the side where no space stood: "Hello, John!" is
/// `Hello ￭, John ￭!`. Where the text itself holds `￭`, the token says `￮j`, and where it holds
/// `￮` (U+FFEE), the token says `￮￮`, so that a `￭` in a token is always a mark. In the same way `⦅` and
/// `⦆`, between which the names of symbols stand, are written `￮(` and `￮)` where such symbols are in use,
/// and the space inside a protected tag `￮_`.
public enum Joiner {
  /// `￭`, U+FFED HALFWIDTH BLACK SQUARE.
  public static let mark: Unicode.Scalar = "\u{FFED}"

  /// `￮`, U+FFEE HALFWIDTH WHITE CIRCLE, which begins the name of a sign that tokens can't hold.
  static let escape: Unicode.Scalar = "\u{FFEE}"

  /// The bytes of `￭` in UTF-8. Those of `￮` differ in the last one.
  static let markBytes: (UInt8, UInt8, UInt8) = (0xEF, 0xBF, 0xAD)
  static let escapeLastByte: UInt8 = 0xAE

  /// Whether the three bytes of `￭` stand at an index.
  @inline(__always)
  static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    index >= 0 && index + 3 <= bytes.count && bytes[index] == markBytes.0
      && bytes[index + 1] == markBytes.1 && bytes[index + 2] == markBytes.2
  }

  /// Whether the three bytes of `￮` stand at an index.
  @inline(__always)
  static func isEscape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    index + 3 <= bytes.count && bytes[index] == markBytes.0 && bytes[index + 1] == markBytes.1
      && bytes[index + 2] == escapeLastByte
  }

  @inline(__always)
  static func appendMark(to bytes: inout [UInt8]) {
    bytes.append(markBytes.0)
    bytes.append(markBytes.1)
    bytes.append(markBytes.2)
  }

  /// `⦅` and `⦆`, U+2985 and U+2986: the first two bytes are the same.
  static let openBracket: Unicode.Scalar = "\u{2985}"
  static let closeBracket: Unicode.Scalar = "\u{2986}"
  private static let bracketBytes: (UInt8, UInt8, UInt8, UInt8) = (0xE2, 0xA6, 0x85, 0x86)

  /// What a token says after `￮`, for each sign that it can't hold.
  private enum Name {
    static let mark = UInt8(ascii: "j")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")
    static let space = UInt8(ascii: "_")
  }

  /// Appends text in which the signs may stand for themselves.
  ///
  /// - Parameter brackets: whether `⦅` and `⦆` are signs.
  static func appendEscaped(
    _ text: UnsafeBufferPointer<UInt8>, brackets: Bool = false, to bytes: inout [UInt8]
  ) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == 0x20 {
        appendEscapeSign(to: &bytes)
        bytes.append(Name.space)
        index += 1
      } else if byte == markBytes.0, isMark(text, at: index) {
        appendEscapeSign(to: &bytes)
        bytes.append(Name.mark)
        index += 3
      } else if byte == markBytes.0, isEscape(text, at: index) {
        appendEscapeSign(to: &bytes)
        appendEscapeSign(to: &bytes)
        index += 3
      } else if brackets, byte == bracketBytes.0, let name = bracketName(text, at: index) {
        appendEscapeSign(to: &bytes)
        bytes.append(name)
        index += 3
      } else {
        bytes.append(byte)
        index += 1
      }
    }
  }

  private static func bracketName(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
    guard index + 3 <= text.count, text[index + 1] == bracketBytes.1 else { return nil }
    if text[index + 2] == bracketBytes.2 { return Name.open }
    return text[index + 2] == bracketBytes.3 ? Name.close : nil
  }

  /// Whether text holds something that a token writes by name.
  static func needsEscape(_ text: UnsafeBufferPointer<UInt8>, brackets: Bool) -> Bool {
    for (index, byte) in text.enumerated() {
      if byte == 0x20 { return true }
      if byte == markBytes.0, isMark(text, at: index) || isEscape(text, at: index) { return true }
      if brackets, byte == bracketBytes.0, bracketName(text, at: index) != nil { return true }
    }
    return false
  }

  /// Appends the text of a token: marks dropped, names of signs replaced by the signs.
  static func appendSurface(of token: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var index = 0
    while index < token.count {
      if token[index] != markBytes.0 {
        bytes.append(token[index])
        index += 1
      } else if isMark(token, at: index) {
        index += 3
      } else if isEscape(token, at: index) {
        index += 3
        switch index < token.count ? token[index] : 0 {
        case Name.mark: appendMark(to: &bytes)
        case Name.open: bytes += [bracketBytes.0, bracketBytes.1, bracketBytes.2]
        case Name.close: bytes += [bracketBytes.0, bracketBytes.1, bracketBytes.3]
        case Name.space: bytes.append(0x20)
        default:
          appendEscapeSign(to: &bytes)
          if isEscape(token, at: index) { index += 3 }
          continue
        }
        index += 1
      } else {
        bytes.append(token[index])
        index += 1
      }
    }
  }

  private static func appendEscapeSign(to bytes: inout [UInt8]) {
    bytes.append(markBytes.0)
    bytes.append(markBytes.1)
    bytes.append(escapeLastByte)
  }
}
