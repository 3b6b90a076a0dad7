/// Text as a terminal or a drawing shows it.
enum DisplayText {
  /// Text whose control characters (line ends, escape sequences, changes of writing direction) are replaced,
  /// so that no word can take over the terminal or the line it stands on.
  static func harmless(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069:
        result.append("\u{FFFD}")
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// How many columns of a terminal text takes: 2 for a wide character of East Asia or an emoji, 0 for a
  /// mark that combines with what is before it, 1 for others (after Unicode Standard Annex 11).
  static func width(of text: String) -> Int {
    text.reduce(0) { $0 + width(of: $1) }
  }

  private static func width(of character: Character) -> Int {
    character.unicodeScalars.map(width(of:)).max() ?? 0
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x200B...0x200F, 0xFE00...0xFE0F:
      return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x17000...0x18D08, 0x1AFF0...0x1B2FB, 0x20000...0x3FFFD:
      return 2
    case _ where scalar.properties.isEmojiPresentation: return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: return 0
      default: return 1
      }
    }
  }

  /// Text followed by as many spaces as fill a number of columns.
  static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(of: text)))
  }

  /// Columns of the longest word that a drawing has room for.
  private static let longestLabel = 24

  /// A word as it stands in a drawing: harmless, and cut where it is too long.
  static func shortened(_ word: String) -> String {
    let word = harmless(word)
    guard width(of: word) > longestLabel else { return word }
    var kept = ""
    var columns = 0
    for character in word {
      columns += width(of: character)
      if columns > longestLabel - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Text for the content or an attribute of XML or HTML.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      default:
        // XML has no place for other control characters, not even escaped.
        let isControl = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
