/// The tokeniser of mteval-v13a, on UTF-8 bytes.
///
/// Every character that its rules name is ASCII, and the bytes of other characters never look like ASCII:
/// so bytes give what characters would.
enum MTEval13a {
  /// The words of a line, found in one pass and without rewriting anything; nil for the few lines where the
  /// rules say more than is looked at here: ``tokenize(_:)`` does all lines.
  ///
  /// A symbol is a word, as is a point or comma unless it stands between digits, and a hyphen after a digit.
  /// That is what the passes of the rules come to, unless points or commas touch each other. Entities,
  /// `<skipped>` and line breaks need rewriting first.
  static func words(in line: [UInt8]) -> [Range<Int>]? {
    let kinds = kinds
    var words: [Range<Int>] = []
    words.reserveCapacity(line.count / 4 + 1)
    var start = 0
    var index = 0
    while index < line.count {
      var length = 1
      var isWord = true
      switch kinds[Int(line[index])] {
      case .ordinary:
        index += 1
        continue
      case .rewritten: return nil
      case .space: isWord = false
      case .symbol: break
      case .pointOrComma:
        let next = index + 1 < line.count ? line[index + 1] : space
        if isPointOrComma(next) { return nil }
        if isDigit(next), index > 0, isDigit(line[index - 1]) {
          index += 1
          continue
        }
      case .hyphen:
        guard index > 0, isDigit(line[index - 1]) else {
          index += 1
          continue
        }
      case .maybeSpace:
        length = Whitespace.length(in: line, at: index)
        isWord = false
        if length == 0 {
          index += 1
          continue
        }
      }
      if index > start { words.append(start..<index) }
      if isWord { words.append(index..<(index + 1)) }
      index += length
      start = index
    }
    if index > start { words.append(start..<index) }
    return words
  }

  /// What a byte means to ``words(in:)``.
  private enum Kind: UInt8 {
    case ordinary, space, symbol, pointOrComma, hyphen
    /// White space may begin with it.
    case maybeSpace
    /// The line may have to be rewritten before it is cut.
    case rewritten
  }

  private static let kinds: [Kind] = (0...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "\n"): return .rewritten
    case 0x09...0x0D, 0x1C...0x20: return .space
    case 0xC2, 0xE1...0xE3: return .maybeSpace
    case UInt8(ascii: "-"): return .hyphen
    default:
      if isPointOrComma(byte) { return .pointOrComma }
      return isSymbol(byte) ? .symbol : .ordinary
    }
  }

  /// A line with spaces between its words, by the rules.
  static func tokenize(_ line: [UInt8]) -> [UInt8] {
    var text = line
    let marks = marks(in: text)
    if marks.hasAngle { replace("<skipped>", by: "", in: &text) }
    if marks.hasNewline {
      replace("-\n", by: "", in: &text)
      replace("\n", by: " ", in: &text)
    }
    if marks.hasAmpersand {
      replace("&quot;", by: "\"", in: &text)
      replace("&amp;", by: "&", in: &text)
      replace("&lt;", by: "<", in: &text)
      replace("&gt;", by: ">", in: &text)
    }
    text.insert(space, at: 0)
    text.append(space)
    return separatePunctuation(text)
  }

  /// Which rewritings a line may need: most need none.
  private static func marks(
    in text: [UInt8]
  ) -> (hasAngle: Bool, hasNewline: Bool, hasAmpersand: Bool) {
    var marks = (hasAngle: false, hasNewline: false, hasAmpersand: false)
    for byte in text {
      if byte == UInt8(ascii: "<") { marks.hasAngle = true }
      if byte == UInt8(ascii: "\n") { marks.hasNewline = true }
      if byte == UInt8(ascii: "&") { marks.hasAmpersand = true }
    }
    return marks
  }

  /// The rules for Western languages, one pass each as in mteval, for a later rule sees the spaces of an
  /// earlier one.
  static func separatePunctuation(_ text: [UInt8]) -> [UInt8] {
    var symbols: [UInt8] = []
    symbols.reserveCapacity(text.count * 2)
    for byte in text {
      if isSymbol(byte) {
        symbols.append(space)
        symbols.append(byte)
        symbols.append(space)
      } else {
        symbols.append(byte)
      }
    }
    guard symbols.contains(where: { isPointOrComma($0) || $0 == UInt8(ascii: "-") }) else { return symbols }
    let afterNonDigit = rewritePairs(symbols) { first, second in
      !isDigit(first) && isPointOrComma(second) ? .around(second: true) : nil
    }
    let beforeNonDigit = rewritePairs(afterNonDigit) { first, second in
      isPointOrComma(first) && !isDigit(second) ? .around(second: false) : nil
    }
    guard beforeNonDigit.contains(UInt8(ascii: "-")) else { return beforeNonDigit }
    return rewritePairs(beforeNonDigit) { first, second in
      isDigit(first) && second == UInt8(ascii: "-") ? .around(second: true) : nil
    }
  }

  private static let space = UInt8(ascii: " ")

  /// Which byte of a pair gets a space on both sides.
  private enum Rewriting { case around(second: Bool) }

  /// Rewrites pairs of neighbours from left to right; a byte that was part of a pair starts no other one.
  private static func rewritePairs(
    _ text: [UInt8], _ rewriting: (UInt8, UInt8) -> Rewriting?
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 4)
    var index = 0
    while index < text.count {
      guard index + 1 < text.count, case .around(let second)? = rewriting(text[index], text[index + 1]) else {
        result.append(text[index])
        index += 1
        continue
      }
      if second {
        result.append(text[index])
        result.append(space)
        result.append(text[index + 1])
        result.append(space)
      } else {
        result.append(space)
        result.append(text[index])
        result.append(space)
        result.append(text[index + 1])
      }
      index += 2
    }
    return result
  }

  /// ASCII punctuation and the space, less apostrophe, comma, hyphen and point.
  private static func isSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    default: return false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isPointOrComma(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x2C }

  /// Replaces each occurrence of an ASCII pattern.
  private static func replace(_ pattern: StaticString, by replacement: StaticString, in text: inout [UInt8]) {
    let count = pattern.utf8CodeUnitCount
    guard text.count >= count else { return }
    let bytes = UnsafeBufferPointer(start: pattern.utf8Start, count: count)
    let new = UnsafeBufferPointer(
      start: replacement.utf8Start, count: replacement.utf8CodeUnitCount)
    guard text.contains(bytes[0]) else { return }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if index + count <= text.count, text[index..<(index + count)].elementsEqual(bytes) {
        result.append(contentsOf: new)
        index += count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    text = result
  }
}
