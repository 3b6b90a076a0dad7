/// Writes words in lower case and keeps, in symbols beside them, what it takes to put the capitals back.
///
/// - `⦅C⦆` before a word: its first letter is a capital.
/// - `⦅U⦆` before a word and `⦅/U⦆` after one: all letters between them are capitals.
///
/// A word whose capitals follow neither pattern (`iPhone`), or that the language's case mapping does not
/// give back exactly (`ǅ`), stays as it is, and so do protected tokens. Restoring therefore gives the
/// tokens back, byte for byte. The idea is that of the case markup of OpenNMT's tokeniser.
///
/// ```swift
/// let markup = CaseMarkup(language: "en", protected: [])
/// markup.marked(["Hello", "NEW", "YORK"])  // ⦅C⦆ hello ⦅U⦆ new york ⦅/U⦆
/// ```
public struct CaseMarkup: Sendable {
  /// A symbol that says something about case.
  public enum Marker: String, CaseIterable, Sendable {
    /// The next word begins with a capital.
    case capital = "⦅C⦆"
    /// The next word and those after it are capitals.
    case begin = "⦅U⦆"
    /// The word before was the last in capitals.
    case end = "⦅/U⦆"
  }

  /// A token in lower case, with the symbols beside it.
  public struct MarkedToken: Hashable, Sendable {
    /// The symbol before it.
    public var before: Marker?
    /// The token, with joiners.
    public let text: String
    /// The symbol after it.
    public var after: Marker?
  }

  /// What is known of a token by itself.
  private struct Shape: Sendable {
    let lower: String
    /// `lower` with a capital at its beginning is the token.
    var isCapital = false
    /// `lower` in capitals is the token, which is true of tokens without letters too.
    var isUpper = false
    /// The token has capitals and is more than one of them.
    var isStrictUpper: Bool { isUpper && !isCapital && hasCapitals }
    var hasCapitals = false
  }

  private let language: String
  private let protected: Set<ProtectedClass>
  private let cache = WordCache<Shape>()

  /// A markup by the case mapping of a language.
  public init(language: String, protected: Set<ProtectedClass>) {
    self.language = LanguageCode.primary(of: language)
    self.protected = protected
  }

  /// The tokens of a sentence in lower case, with symbols.
  public func marked(_ tokens: [String]) -> [MarkedToken] {
    let shapes = cache.values(of: tokens, compute: shape)
    var result = zip(tokens, shapes).map { token, shape in
      shape.hasCapitals && shape.isCapital
        ? MarkedToken(before: .capital, text: shape.lower) : MarkedToken(text: token)
    }
    var index = 0
    while index < shapes.count {
      guard shapes[index].isStrictUpper else {
        index += 1
        continue
      }
      // From the first word in capitals to the last one that only words in capitals and tokens without
      // letters part from it.
      var last = index
      var next = index + 1
      while next < shapes.count, shapes[next].isUpper {
        if shapes[next].isStrictUpper { last = next }
        next += 1
      }
      for place in index...last { result[place] = MarkedToken(text: shapes[place].lower) }
      result[index].before = .begin
      result[last].after = .end
      index = next
    }
    return result
  }

  /// Puts capitals back, a token at a time.
  struct Restorer {
    private let language: String
    private var capitalIsNext = false
    private var isInRegion = false

    init(_ markup: CaseMarkup) { language = markup.language }

    mutating func take(_ marker: Marker) {
      switch marker {
      case .capital: capitalIsNext = true
      case .begin: isInRegion = true
      case .end: isInRegion = false
      }
    }

    /// The token as it is to be read; nothing is done to one that is `fixed`, such as a copy.
    mutating func restored(_ token: String, fixed: Bool = false) -> String {
      defer { capitalIsNext = false }
      if fixed { return token }
      if isInRegion { return CaseMapping.upper(token, language: language) }
      return capitalIsNext ? CaseMapping.capitalized(token, language: language) : token
    }
  }

  /// Puts capitals back into a sentence's tokens, among which symbols stand as tokens of their own.
  func restored(_ tokens: [String]) -> [String] {
    var restorer = Restorer(self)
    var result: [String] = []
    for token in tokens {
      if let marker = Marker(token) { restorer.take(marker) } else { result.append(restorer.restored(token)) }
    }
    return result
  }

  private func shape(of token: String) -> Shape {
    let kind = ProtectedClass(token: token, among: protected)
    let isProtected = kind != nil && kind != .number  // capitals don't change a number
    if isProtected || token.unicodeScalars.contains(Joiner.escape) { return Shape(lower: token) }
    let lower = Lowercase.text(token, language: language)
    let upper = CaseMapping.upper(lower, language: language)
    var shape = Shape(lower: lower)
    shape.hasCapitals = !lower.isSame(as: token)
    shape.isUpper = upper.isSame(as: token)
    shape.isCapital = CaseMapping.capitalized(lower, language: language).isSame(as: token)
    return shape
  }
}

extension CaseMarkup.Marker {
  /// The symbol that a token is, if it is one.
  init?(_ token: String) {
    guard token.utf8.first == 0xE2 else { return nil }
    self.init(rawValue: token)
  }
}

/// Upper case of tokens.
enum CaseMapping {
  /// The text in upper case by the rules of a language.
  static func upper(_ text: String, language: String) -> String {
    let isTurkic = Lowercase.isTurkic(language)
    if !isTurkic && text.utf8.allSatisfy({ $0 < 0x80 }) { return text.uppercased() }
    return ICUText.uppercased(text, language: language)
  }

  /// The text with its first letter in upper case.
  static func capitalized(_ text: String, language: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0.properties.isCased }) else { return text }
    let next = scalars.index(after: first)
    let letter = upper(String(scalars[first]), language: language)
    return String(scalars[..<first]) + letter + String(scalars[next...])
  }
}
