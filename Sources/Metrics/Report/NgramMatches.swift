/// Which words of a translation stand in a reference, and in how long a run.
struct NgramMatches {
  /// A piece of a sentence: a word with the length of the longest n-gram around it that a reference has, or
  /// what lies between words.
  struct Span: Hashable {
    let text: String
    /// 1 to the longest order for a word; 0 for a word that no reference has; nil between words.
    let order: Int?
  }

  /// The translation in pieces, which joined together are its text.
  let spans: [Span]

  /// - Parameters:
  ///   - hypothesis: the translation, raw text.
  ///   - references: its references, raw text.
  ///   - tokenizer: cuts into words.
  ///   - lowercase: whether words that differ in case are the same.
  ///   - order: the longest n-gram that is looked for.
  init(
    _ hypothesis: String, references: [String], tokenizer: ScoringTokenizer, lowercase: Bool = false,
    order: Int = 4
  ) {
    let words = tokenizer.words(hypothesis, lowercase: lowercase)
    let referenceWords = references.map { tokenizer.words($0, lowercase: lowercase) }
    var orders = [Int](repeating: 0, count: words.count)
    // An n-gram counts as often as a reference has it, as in BLEU.
    for n in 1...order {
      var left: [ArraySlice<ExactWord>: Int] = [:]
      for reference in referenceWords {
        var counts: [ArraySlice<ExactWord>: Int] = [:]
        for ngram in Self.ngrams(of: reference, n) { counts[ngram, default: 0] += 1 }
        left.merge(counts) { max($0, $1) }
      }
      for ngram in Self.ngrams(of: words, n) {
        guard let count = left[ngram], count > 0 else { continue }
        left[ngram] = count - 1
        for place in ngram.indices { orders[place] = n }
      }
    }
    spans = Self.spans(hypothesis, tokenizer.tokenize(hypothesis), orders)
  }

  private static func ngrams(of words: [ExactWord], _ n: Int) -> [ArraySlice<ExactWord>] {
    guard words.count >= n else { return [] }
    return (0...(words.count - n)).map { words[$0..<($0 + n)] }
  }

  /// Finds the words in the text again; where the tokeniser rewrote it, the words stand for it.
  private static func spans(_ text: String, _ words: [String], _ orders: [Int]) -> [Span] {
    let scalars = Array(text.unicodeScalars)
    var spans: [Span] = []
    var place = 0
    for (word, order) in zip(words, orders) {
      var start = place
      while start < scalars.count, Whitespace.contains(scalars[start]) { start += 1 }
      let wanted = Array(word.unicodeScalars)
      guard scalars[start...].starts(with: wanted) else {
        return zip(words, orders).flatMap { [Span(text: $0, order: $1), Span(text: " ", order: nil)] }
      }
      if start > place { spans.append(Span(text: string(scalars[place..<start]), order: nil)) }
      spans.append(Span(text: word, order: order))
      place = start + wanted.count
    }
    return spans
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
