/// What the tokeniser must know of a Unicode scalar.
enum CharacterClass: UInt8 {
  /// White space that parts words.
  case space
  /// U+00A0 or U+202F, which is text.
  case noBreakSpace
  /// A letter or a number that is no decimal digit.
  case letter
  /// A letter of a script that does not part words.
  case unspacedLetter
  /// A decimal digit.
  case digit
  /// What belongs to the scalar before it: marks, joiners, variation selectors (rule WB4 of UAX #29).
  case mark
  /// `'` or `’`.
  case apostrophe
  /// `.`, `,` or `:`, which may stand inside a number.
  case numberSeparator
  /// The joiner or the escape sign of `Joiner`, in the text itself.
  case reserved
  /// A regional indicator; two of them are a flag.
  case regionalIndicator
  /// Everything else, a token of its own.
  case symbol

  /// Whether the scalar makes words.
  var isWord: Bool {
    switch self {
    case .letter, .unspacedLetter, .digit: true
    default: false
    }
  }
}

extension CharacterClass {
  /// The classes of the scalars up to U+FFFF, filled at first use (about a millisecond).
  private static let basicPlane: [CharacterClass] = (0..<0x10000).map { value in
    Unicode.Scalar(UInt32(value)).map(classify) ?? .symbol
  }

  /// Calls the body with the table of the classes of U+0000 to U+FFFF.
  @inline(__always)
  static func withTable<Result>(_ body: (UnsafeBufferPointer<CharacterClass>) -> Result) -> Result {
    basicPlane.withUnsafeBufferPointer(body)
  }

  /// The class of a scalar by Unicode's properties.
  static func classify(_ scalar: Unicode.Scalar) -> CharacterClass {
    switch scalar.value {
    case 0x27, 0x2019: return .apostrophe
    case 0x2C, 0x2E, 0x3A: return .numberSeparator
    case 0xA0, 0x202F: return .noBreakSpace
    case 0x200B: return .symbol  // zero width space: parts words where it is used
    case Joiner.mark.value, Joiner.escape.value: return .reserved
    case 0x1F1E6...0x1F1FF: return .regionalIndicator
    case 0x1F3FB...0x1F3FF: return .mark  // skin tones
    default: break
    }
    if scalar.properties.isWhitespace { return .space }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber:
      return isUnspaced(scalar.value) ? .unspacedLetter : .letter
    case .decimalNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    default: return .symbol
    }
  }

  /// Blocks of the scripts for which ICU has dictionaries of words.
  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF,  // Thai, Lao
      0x1000...0x109F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,  // Myanmar
      0x1780...0x17FF,  // Khmer
      0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3038...0x303C,  // ideographic signs
      0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F,  // Hiragana, Katakana
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
