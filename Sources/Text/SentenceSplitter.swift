/// Parts text into sentences.
///
/// The ends are those of ICU (UAX #29, section 5) without some that are none: behind an abbreviation that CLDR knows for
/// the language, an initial (`J. Morgan`), a title of two letters (`Dr. Brown`), and the number of a day where that has a
/// full stop (`3. Mai`); before a word in lower case, whatever stands between (rule SB8, which ICU has for full stops
/// alone); and inside of addresses, tags and other protected text, braces and literals.
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
    hasOrdinals = Self.languagesOfOrdinals.contains(LanguageCode.primary(of: language))
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
    let ends = text.withUTF8Bytes { bytes in
      let ends = iterator.ends(in: bytes)
      return ends.count > 1 ? Self.outside(Self.wholes(of: bytes), ends.dropLast()) : []
    }
    guard !ends.isEmpty else { return [text[...]] }
    let scalars = text.unicodeScalars
    var sentences: [Substring] = []
    var (start, seen) = (text.startIndex, text.startIndex)
    var (saysSomething, quotations) = (false, 0)
    var (end, offset) = (text.startIndex, 0)
    for place in ends {
      end = text.utf8.index(end, offsetBy: place - offset)
      offset = place
      guard end > seen else { continue }
      for scalar in scalars[seen..<end] { quotations += scalar == "«" ? 1 : scalar == "»" ? -1 : 0 }
      var behind = end
      if end < text.endIndex, scalars[end] == "»", quotations > 0 {
        // A quotation's mark that stands by itself, as in French: `« Oui. » Il dort.`
        quotations -= 1
        behind = scalars[end...].dropFirst().firstIndex { !$0.properties.isWhitespace } ?? text.endIndex
      }
      saysSomething = saysSomething || Self.saysSomething(text[seen..<behind])
      seen = behind
      guard behind < text.endIndex, saysSomething, isEnd(of: text[start..<behind]),
        !Self.goesOn(text[behind...])
      else { continue }
      sentences.append(text[start..<behind])
      (start, saysSomething, quotations) = (behind, false, 0)
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
    let isUnspaced = unspacedLanguages.contains(LanguageCode.primary(of: language))
    return parts.filter { !$0.isEmpty }.joined(separator: isUnspaced ? "" : " ")
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

  /// Whether a text begins, behind whatever is no letter, with one in lower case.
  private static func goesOn(_ text: Substring) -> Bool {
    // More than a few marks belong to no word.
    for scalar in text.unicodeScalars.prefix(16) {
      // Georgian is written in what Unicode has as lower case; UAX #29 has it as neither.
      let isGeorgian = ("\u{10D0}"..."\u{10FF}").contains(scalar)
      if scalar.properties.isAlphabetic { return scalar.properties.isLowercase && !isGeorgian }
      if scalar.properties.numericType != nil || ".!?…".unicodeScalars.contains(scalar) { return false }
    }
    return false
  }

  /// What is one thing, whatever it holds, in its order: protected text, braces that are closed again, and literals of
  /// Markdown and reStructuredText.
  private static func wholes(of bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard bytes.contains(where: { "`:.@%{<&".utf8.contains($0) }) else { return [] }
    var found = ProtectedScanner(bytes: bytes, classes: Set.all.subtracting([.number])).spans().map(\.range)
    var (braces, ticks): ([Int], [Int: Int]) = ([], [:])
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): braces.append(index)
      case UInt8(ascii: "}"):
        if let open = braces.popLast(), braces.isEmpty { found.append(open..<index + 1) }
      case UInt8(ascii: "`"):
        let end = bytes[index...].firstIndex { $0 != UInt8(ascii: "`") } ?? bytes.count
        // As many marks end a literal as begin it.
        if let open = ticks.removeValue(forKey: end - index) {
          found.append(open..<end)
          ticks.removeAll()
        } else {
          ticks[end - index] = index
        }
        index = end
        continue
      default: break
      }
      index += 1
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The ends that are inside of none of these.
  private static func outside(_ wholes: [Range<Int>], _ ends: ArraySlice<Int>) -> [Int] {
    var (next, reach) = (0, 0)
    return ends.filter { end in
      while next < wholes.count, wholes[next].lowerBound < end {
        reach = max(reach, wholes[next].upperBound)
        next += 1
      }
      return end >= reach
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let inner = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let end = inner.lastIndex { !$0.properties.isWhitespace }.map { inner.index(after: $0) }
    return String(inner[..<(end ?? inner.endIndex)])
  }
}
