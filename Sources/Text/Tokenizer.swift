/// Parts normalised text into tokens from which the text can be built again, byte for byte.
///
/// - Letters, marks and digits form a word. A number keeps `.`, `,` and `:` between its digits (3.14, 10:30).
/// - Every other character is a token of its own, with the marks that follow it; an emoji sequence is one.
/// - An apostrophe between letters belongs to a side that depends on the language: French `l'￭ homme`,
///   English `don ￭'t`.
/// - A no-break space before `; : ! ? »` or after `«` is a part of that token; any other is a token.
/// - Runs of scripts that write no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are parted by ICU.
/// - Addresses, placeholders, tags, entities and numbers stay whole, see ``ProtectedClass``.
/// - `￭` on a side of a token says that no space stood there, see ``Joiner``.
/// - With ``LetterCase/feature``, words are in lower case with symbols beside them, see ``CaseMarkup``.
///
/// Tokens hold no white space but no-break spaces; ``line(of:)`` and ``tokens(inLine:)`` turn a sentence
/// into a line of tokens and back.
///
/// ```swift
/// let tokenizer = Tokenizer(language: "fr")
/// tokenizer.tokenize("L'homme est-il là ?")  // ["L'￭", "homme", "est", "￭-￭", "il", "là", "?"]
/// ```
public struct Tokenizer: Sendable {
  /// The language's code as given: "fr", "en-GB".
  public let language: String
  /// What is done with capital letters.
  public let letterCase: LetterCase
  /// What stays whole.
  public let protected: Set<ProtectedClass>

  private let apostrophe: ApostropheRule
  private let markup: CaseMarkup?

  /// A tokeniser for a language, given by its code of ISO 639. Languages without rules of their own are
  /// treated like English.
  public init(language: String, lowercase: Bool = false) {
    self.init(language: language, letterCase: lowercase ? .lower : .keep)
  }

  /// A tokeniser for a language that does the given with capital letters and keeps the given text whole.
  public init(language: String, letterCase: LetterCase, protected: Set<ProtectedClass> = .all) {
    self.language = language
    self.letterCase = letterCase
    self.protected = protected
    apostrophe = ApostropheRule(language: language)
    markup = letterCase == .feature ? CaseMarkup(language: language, protected: protected) : nil
  }

  /// Whether text is put in lower case first.
  public var lowercase: Bool { letterCase == .lower }

  /// The tokens of normalised text, with joiners. Of other text the tokens are right too, but
  /// ``detokenize(_:)`` gives it back with its white space normalised.
  public func tokenize(_ normalised: String) -> [String] {
    let tokens = words(of: normalised)
    guard let markup else { return tokens }
    var result: [String] = []
    for token in markup.marked(tokens) {
      if let before = token.before { result.append(before.rawValue) }
      result.append(token.text)
      if let after = token.after { result.append(after.rawValue) }
    }
    return result
  }

  /// The tokens before their case is marked.
  func words(of normalised: String) -> [String] {
    if lowercase { return scan(lowercased(normalised)) }
    return scan(normalised)
  }

  private func scan(_ text: String) -> [String] {
    text.withUTF8Bytes { bytes in
      CharacterClass.withTable { table in
        var scanner = TokenScanner(
          bytes: bytes, table: table, apostrophe: apostrophe, protected: spans(in: bytes),
          escapesBrackets: !protected.isEmpty || letterCase == .feature)
        return scanner.scan()
      }
    }
  }

  private func spans(in bytes: UnsafeBufferPointer<UInt8>) -> [ProtectedScanner.Span] {
    protected.isEmpty ? [] : ProtectedScanner(bytes: bytes, classes: protected).spans()
  }

  /// The text in lower case, all but what is protected: `{Name}` is not `{name}`.
  private func lowercased(_ text: String) -> String {
    text.withUTF8Bytes { bytes in
      let spans = spans(in: bytes)
      if spans.isEmpty { return Lowercase.text(text, language: language) }
      func part(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
      }
      var result = ""
      var index = 0
      for span in spans {
        result += Lowercase.text(part(index..<span.range.lowerBound), language: language) + part(span.range)
        index = span.range.upperBound
      }
      return result + Lowercase.text(part(index..<bytes.count), language: language)
    }
  }

  /// The text of tokens, whatever they are: stray joiners are dropped.
  public func detokenize(_ tokens: [String]) -> String {
    Self.text(of: markup?.restored(tokens) ?? tokens)
  }

  /// The text of tokens whose case has been restored.
  static func text(of tokens: [String]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(tokens.reduce(0) { $0 + $1.utf8.count + 1 })
    var glued = true  // no space before the first token
    for token in tokens where !token.isEmpty {
      token.withUTF8Bytes { bytes in
        if !glued && !Joiner.isMark(bytes, at: 0) { output.append(0x20) }
        Joiner.appendSurface(of: bytes, to: &output)
        glued = Joiner.isMark(bytes, at: bytes.count - 3)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A token's text without joiners, to show it or to compare it.
  public static func surface(of token: String) -> String {
    token.withUTF8Bytes { bytes in
      if !bytes.contains(Joiner.markBytes.0) { return token }
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      Joiner.appendSurface(of: bytes, to: &output)
      return String(decoding: output, as: UTF8.self)
    }
  }

  /// The tokens as one line of text, with a space between each two.
  public static func line(of tokens: [String]) -> String {
    tokens.joined(separator: " ")
  }

  /// Appends the UTF-8 of ``line(of:)`` to bytes.
  public static func append(_ tokens: [String], to bytes: inout [UInt8]) {
    var isFirst = true
    for token in tokens {
      if !isFirst { bytes.append(0x20) }
      isFirst = false
      token.withUTF8Bytes { bytes.append(contentsOf: $0) }
    }
  }

  /// The tokens of a line that ``line(of:)`` made. A token may begin with a combining mark, which to
  /// `String.split` is one character with the space before it; this parts at the scalar.
  public static func tokens(inLine line: String) -> [String] {
    line.utf8.split(separator: 0x20).map { String($0)! }
  }
}

/// Lower case of text in normal form C.
enum Lowercase {
  static func text(_ text: String, language: String) -> String {
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let primary = LanguageCode.primary(of: language)
    // In Turkic languages even ASCII has a rule of its own: I is the capital of ı.
    if isASCII && !isTurkic(primary) { return text.lowercased() }
    return ICUText.lowercased(text, language: primary)
  }

  /// Whether a language has a dotless i.
  static func isTurkic(_ primary: String) -> Bool { ["tr", "tur", "az", "aze"].contains(primary) }
}
