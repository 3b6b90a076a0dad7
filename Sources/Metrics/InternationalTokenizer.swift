/// The international tokeniser of mteval-v14, by Unicode's general categories.
///
/// The categories are those of the Swift runtime's Unicode version; characters that are newer than it count
/// as neither number, punctuation nor symbol.
enum InternationalTokenizer {
  private enum Kind { case number, punctuation, symbol, other }

  static func tokenize(_ line: [UInt8]) -> [UInt8] {
    let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
    let afterNonNumber = rewritePairs(scalars) { first, second in
      kind(first) != .number && kind(second) == .punctuation ? .second : nil
    }
    let beforeNonNumber = rewritePairs(afterNonNumber) { first, second in
      kind(first) == .punctuation && kind(second) != .number ? .first : nil
    }
    var result = String.UnicodeScalarView()
    for scalar in beforeNonNumber {
      if kind(scalar) == .symbol {
        result.append(" ")
        result.append(scalar)
        result.append(" ")
      } else {
        result.append(scalar)
      }
    }
    return Array(String(result).utf8)
  }

  /// Which of two neighbours gets a space on both sides.
  private enum Separated { case first, second }

  /// Rewrites pairs of neighbours from left to right; a scalar that was part of a pair starts no other one.
  private static func rewritePairs(
    _ text: [Unicode.Scalar], _ separated: (Unicode.Scalar, Unicode.Scalar) -> Separated?
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count + text.count / 4)
    var index = 0
    while index < text.count {
      guard index + 1 < text.count, let side = separated(text[index], text[index + 1]) else {
        result.append(text[index])
        index += 1
        continue
      }
      switch side {
      case .second: result += [text[index], " ", text[index + 1], " "]
      case .first: result += [" ", text[index], " ", text[index + 1]]
      }
      index += 2
    }
    return result
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x30...0x39: return .number
    case 0x41...0x5A, 0x61...0x7A, 0x00...0x20: return .other
    default: break
    }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber:
      return .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return .symbol
    default:
      return .other
    }
  }
}
