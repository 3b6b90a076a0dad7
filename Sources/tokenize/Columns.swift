import Console

/// How many columns a terminal takes for a text, and texts of a given width.
extension String {
  /// The columns of a terminal that the text takes: two for each wide East Asian character and emoji, none for
  /// marks.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The text and spaces, up to a number of columns.
  func padded(to width: Int, right: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - columns))
    return right ? spaces + self : self + spaces
  }

  /// The text, or as much of it as fits before a `…`, without controls.
  func cut(to width: Int) -> String {
    let clean = Tool.harmless(String(map { $0.isNewline || $0 == "\t" ? " " : $0 }))
    guard clean.columns > width else { return clean }
    var used = 0
    let head = clean.prefix { character in
      used += character.columns
      return used < width
    }
    return head + "…"
  }
}

extension Character {
  /// 0, 1 or 2 columns, by the blocks that Unicode's East Asian Width gives as wide (UAX #11).
  fileprivate var columns: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0xFEFF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension Int {
  /// The number with commas between thousands: `161,248`.
  var grouped: String {
    let digits = String(magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (self < 0 ? "-" : "") + result
  }
}
