/// Writes a keyword and its text as gettext does: on one line if that has no more than 79 columns, else below an empty
/// string, cut after each line break of the text and, where a line is longer, between words.
struct POWriter {
  /// The columns of a line, quotes included.
  static let pageWidth = 79

  /// The lines of a field, without their ends.
  func lines(keyword: String, text: String) -> [String] {
    let parts = escapedParts(text)
    let whole = parts.joined()
    if parts.count <= 1, width(keyword) + 3 + width(whole) <= Self.pageWidth {
      return ["\(keyword) \"\(whole)\""]
    }
    return ["\(keyword) \"\""] + parts.flatMap(wrap).map { "\"\($0)\"" }
  }

  /// The text with escapes, cut after line breaks.
  private func escapedParts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n":
        parts.append(part + "\\n")
        part = ""
      case "\t": part += "\\t"
      case "\r": part += "\\r"
      case "\u{07}": part += "\\a"
      case "\u{08}": part += "\\b"
      case "\u{0B}": part += "\\v"
      case "\u{0C}": part += "\\f"
      case "\"": part += "\\\""
      case "\\": part += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let octal = String(scalar.value, radix: 8)
        part += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      default: part.unicodeScalars.append(scalar)
      }
    }
    if !part.isEmpty { parts.append(part) }
    return parts
  }

  /// Cuts so that each line fits, as far as words allow.
  private func wrap(_ part: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for word in words(part) {
      let wordWidth = width(word)
      // Spaces at the end of a line count, for they stand before the closing quote.
      if lineWidth > 0, lineWidth + wordWidth > Self.pageWidth - 2 {
        lines.append(line)
        (line, lineWidth) = ("", 0)
      }
      line += word
      lineWidth += wordWidth
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// The text cut wherever a line may end.
  private func words(_ text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      word.append(scalar)
      guard index + 1 < scalars.count, mayEndLine(scalars, after: index) else { continue }
      words.append(String(word))
      word = String.UnicodeScalarView()
    }
    words.append(String(word))
    return words
  }

  /// Whether a line may end behind a character: after spaces, and inside a word after a hyphen, a slash or a
  /// punctuation mark that no digit follows. It never begins with a mark that ends something, not even after a space
  /// (Unicode Standard Annex #14, rules LB13, LB14, LB21, LB25, as the libunistring of gettext applies them).
  private func mayEndLine(_ scalars: [Unicode.Scalar], after index: Int) -> Bool {
    let (last, next) = (scalars[index], scalars[index + 1])
    if next == " " || Self.endings.contains(next) { return false }
    if last == " " {
      let before = scalars[..<index].last { $0 != " " }
      return before.map { !Self.openings.contains($0) } ?? true
    }
    guard Self.infixes.contains(last) else { return false }
    let isQuoteOrDigit = next == "'" || next == "\"" || next == "\\" || next.properties.numericType != nil
    return !isQuoteOrDigit && next != "-" && next.value != 0xA0 && next.value != 0x202F
  }

  private static let endings: Set<Unicode.Scalar> = [":", ".", ",", ";", "!", "?", "/", ")", "]", "}"]
  private static let openings: Set<Unicode.Scalar> = ["(", "[", "{"]
  private static let infixes: Set<Unicode.Scalar> = [":", ".", ",", ";", "!", "?", "/", "-", "|", "\u{2013}"]

  /// Columns of a terminal: two for wide East Asian characters, none for combining marks (UAX #11, UAX #44).
  private func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  private func columns(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
