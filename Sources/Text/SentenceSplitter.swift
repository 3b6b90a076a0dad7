/// Parts text into sentences.
///
/// The ends are those of ICU (UAX #29, section 5) without some that are none: behind an abbreviation that CLDR knows for
/// the language, an initial (`J. Morgan`), a title of two letters (`Dr. Brown`), and the number of a day where that has a
/// full stop (`3. Mai`).
public struct SentenceSplitter: Sendable {
  /// Languages that write a full stop behind ordinal numbers (CLDR's patterns of dates).
  private static let languagesOfOrdinals: Set<String> = [
    "bs", "cs", "da", "de", "et", "fi", "fo", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl",
    "sr",
  ]
  /// Languages that have no space between sentences.
  private static let unspacedLanguages: Set<String> = ["ja", "yue", "zh"]
  private let iterator: BreakIterator
  private let hasOrdinals: Bool

  /// A splitter for a language (`en`).
  public init(language: String) {
    iterator = .sentences(language: language)
    hasOrdinals = Self.languagesOfOrdinals.contains(Self.base(language))
  }

  /// The parts of a text, of so many sentences at most, without the space around them; one, the text as it is, where
  /// there is nothing to part. There are as few as can be, and they have like numbers of sentences.
  ///
  /// - Precondition: `size` is positive.
  public func parts(of text: String, sentences size: Int = 1) -> [String] {
    precondition(size > 0, "parts of \(size) sentences")
    let sentences = sentences(of: text)
    guard sentences.count > size else { return [text] }
    let count = (sentences.count + size - 1) / size
    return (0..<count).map { part in
      let own = sentences[part * sentences.count / count..<(part + 1) * sentences.count / count]
      return Self.trimmed(text[own.first!.startIndex..<own.last!.endIndex])
    }
  }

  /// The sentences of a text, which together are all of it.
  ///
  /// What has fewer than two letters, such as the number of an entry in a list or a smiley, is a part of the sentence that
  /// follows, or at the end of the one before.
  public func sentences(of text: String) -> [Substring] {
    var ends = text.withUTF8Bytes { iterator.ends(in: $0) }.map {
      text.utf8.index(text.startIndex, offsetBy: $0)
    }
    guard ends.count > 1 else { return [text[...]] }
    ends.removeLast()
    var sentences: [Substring] = []
    var (start, seen) = (text.startIndex, text.startIndex)
    var saysSomething = false
    for end in ends where end > seen {
      let end = Self.movedBehindQuote(end, in: text[start...])
      saysSomething = saysSomething || Self.saysSomething(text[seen..<end])
      seen = end
      guard end < text.endIndex, saysSomething, isEnd(of: text[start..<end]) else { continue }
      sentences.append(text[start..<end])
      (start, saysSomething) = (end, false)
    }
    if let last = sentences.last, !Self.saysSomething(text[start...]) {
      sentences[sentences.count - 1] = text[last.startIndex...]
    } else {
      sentences.append(text[start...])
    }
    return sentences
  }

  /// Parts of a text one behind the other, with a space between them where it has spaces.
  public static func joined(_ parts: [String], language: String) -> String {
    let isUnspaced = unspacedLanguages.contains(base(language))
    return parts.filter { !$0.isEmpty }.joined(separator: isUnspaced ? "" : " ")
  }

  private static func base(_ language: String) -> String {
    String(language.prefix { $0 != "-" && $0 != "_" })
  }

  private static func saysSomething(_ text: Substring) -> Bool {
    text.unicodeScalars.lazy.filter(\.properties.isAlphabetic).prefix(2).reduce(0) { count, _ in count + 1 }
      == 2
  }

  /// Whether what comes before the last full stop is more than an initial, a title or an ordinal number.
  private func isEnd(of sentence: Substring) -> Bool {
    let scalars = sentence.unicodeScalars.reversed().drop { $0.properties.isWhitespace }
    guard scalars.first == "." else { return true }
    let word = scalars.dropFirst().prefix { $0.properties.isAlphabetic || $0.properties.numericType != nil }
      .prefix(3)
    switch word.count {
    case 1:
      return !(word.first!.properties.isAlphabetic || hasOrdinals)
    case 2:
      let (last, first) = (word.first!.properties, word.dropFirst().first!.properties)
      if last.numericType != nil, first.numericType != nil { return !hasOrdinals }
      return !(first.isUppercase && last.isLowercase)
    default:
      return true
    }
  }

  /// Behind the quotation mark that ends a quotation, where that stands by itself, as in French: `« Oui. » Il dort.`
  private static func movedBehindQuote(_ end: String.Index, in text: Substring) -> String.Index {
    let scalars = text.unicodeScalars
    guard end < text.endIndex, scalars[end] == "»" else { return end }
    let open = scalars[..<end].reduce(0) { $0 + ($1 == "«" ? 1 : $1 == "»" ? -1 : 0) }
    guard open > 0 else { return end }
    return scalars[end...].dropFirst().firstIndex { !$0.properties.isWhitespace } ?? text.endIndex
  }

  private static func trimmed(_ text: Substring) -> String {
    let inner = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let end = inner.lastIndex { !$0.properties.isWhitespace }.map { inner.index(after: $0) }
    return String(inner[..<(end ?? inner.endIndex)])
  }
}
