/// How BLEU cuts raw text into words, under the names that sacreBLEU gives these tokenisers.
///
/// They belong to the metric: scores are comparable only where everybody cuts alike, whatever tokeniser a
/// translation system uses.
public enum ScoringTokenizer: String, CaseIterable, Hashable, Sendable {
  /// White space alone separates words.
  case none
  /// The tokeniser of NIST's mteval-v13a, for Western languages: the default.
  case mteval13a = "13a"
  /// The international tokeniser of mteval-v14: every punctuation mark and symbol of Unicode is a word,
  /// unless it stands between digits.
  case intl
  /// Every Chinese character is a word, the rest is cut nearly as in `13a`.
  case zh
  /// Every character (Unicode scalar) is a word.
  case char

  /// The words of a line.
  public func tokenize(_ line: String) -> [String] {
    let cut = tokenizeBytes(Array(line.utf8))
    return cut.words.map { String(decoding: cut.bytes[$0], as: UTF8.self) }
  }

  /// The words of a line in UTF-8, of which the white space at the end is left out first.
  func tokenizeBytes(_ line: [UInt8]) -> TokenizedLine {
    if self == .mteval13a, let words = MTEval13a.words(in: line) {
      return TokenizedLine(bytes: line, words: words)
    }
    var bytes = line
    Whitespace.trimEnd(&bytes)
    switch self {
    case .none:
      return TokenizedLine(bytes: bytes, words: Whitespace.words(in: bytes))
    case .mteval13a:
      let cut = MTEval13a.tokenize(bytes)
      return TokenizedLine(bytes: cut, words: Whitespace.words(in: cut))
    case .intl:
      let cut = InternationalTokenizer.tokenize(bytes)
      return TokenizedLine(bytes: cut, words: Whitespace.words(in: cut))
    case .zh:
      let cut = ChineseTokenizer.tokenize(bytes)
      return TokenizedLine(bytes: cut, words: Whitespace.words(in: cut))
    case .char:
      return TokenizedLine(bytes: bytes, words: characters(of: bytes))
    }
  }

  private func characters(of bytes: [UInt8]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      if Whitespace.length(in: bytes, at: start) == 0 { result.append(start..<end) }
      start = end
    }
    return result
  }
}

/// A line cut into words.
struct TokenizedLine {
  /// The text, UTF-8.
  let bytes: [UInt8]
  /// Where the words lie in it.
  let words: [Range<Int>]
}
