/// The marks that make tokenisation reversible.
///
/// A token carries `￭` (U+FFED) on the side where no space stood: "Hello, John!" is
/// `Hello ￭, John ￭!`. Where the text itself holds `￭`, the token says `￮j`, and where it holds
/// `￮` (U+FFEE), the token says `￮￮`, so that a `￭` in a token is always a mark.
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

  /// Appends text in which `￭` and `￮` may stand for themselves.
  static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let isMark = isMark(text, at: index)
      if isMark || isEscape(text, at: index) {
        appendEscapeSign(to: &bytes)
        if isMark { bytes.append(UInt8(ascii: "j")) } else { appendEscapeSign(to: &bytes) }
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
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
        if index + 3 < token.count, token[index + 3] == UInt8(ascii: "j") {
          appendMark(to: &bytes)
          index += 4
        } else {
          appendEscapeSign(to: &bytes)
          index += isEscape(token, at: index + 3) ? 6 : 3
        }
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
