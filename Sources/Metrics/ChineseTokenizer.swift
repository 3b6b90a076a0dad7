/// sacreBLEU's tokeniser for Chinese: each Chinese character is a word, then the rules of mteval-v13a.
enum ChineseTokenizer {
  static func tokenize(_ line: [UInt8]) -> [UInt8] {
    var trimmed = line
    Whitespace.trimStart(&trimmed)
    var spaced = String.UnicodeScalarView()
    for scalar in String(decoding: trimmed, as: UTF8.self).unicodeScalars {
      if isChinese(scalar.value) {
        spaced.append(" ")
        spaced.append(scalar)
        spaced.append(" ")
      } else {
        spaced.append(scalar)
      }
    }
    return MTEval13a.separatePunctuation(Array(String(spaced).utf8))
  }

  /// The ranges that sacreBLEU calls Chinese.
  ///
  /// U+2001 to U+2A6D is not what its authors wrote down (they name Extension B, U+20000 to U+2A6D6) but
  /// what their bounds compare as: an escape of four digits followed by one more character. So general
  /// punctuation, arrows and mathematical symbols are cut off too, and Extension B is not.
  private static func isChinese(_ value: UInt32) -> Bool {
    switch value {
    case 0x2001...0x2A6D, 0x2E80...0x2EFF, 0x2F00...0x2FDF, 0x2FF0...0x303F, 0x3100...0x312F,
      0x31A0...0x31BF, 0x31C0...0x31EF, 0x3200...0x33FF, 0x3400...0x4DB5, 0x4E00...0x9FBB,
      0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9, 0xFE10...0xFE1F, 0xFE30...0xFE4F,
      0xFF00...0xFFEF:
      return true
    default:
      return false
    }
  }
}
