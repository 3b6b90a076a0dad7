/// A translation unit of a TMX file: one text in several languages.
struct TMXUnit {
  /// A part of a segment.
  enum Piece {
    /// Text between tags.
    case text(String)
    /// An inline element with what is in it, or a tag of one whose text counts; with its place in the file.
    case code(Range<Int>)
  }

  /// The text in one language (`tuv`).
  struct Variant {
    /// Its language, where one is given.
    var language: String?
    /// The attribute that gives it: `xml:lang`, or `lang` as before TMX 1.4.
    var languageAttribute = "xml:lang"
    /// The parts of its segment, or nil where there is no `seg`.
    var pieces: [Piece]?
    /// Where the element is in the file, and where its end tag is.
    var place = 0..<0
    var endTag = 0..<0
    /// Where the tags of its segment are; the same twice for an empty-element tag.
    var segmentStart = 0..<0
    var segmentEnd = 0..<0

    /// The text without codes.
    var text: String {
      (pieces ?? []).reduce(into: "") { text, piece in
        if case .text(let part) = piece { text += part }
      }
    }

    /// Whether there is nothing to read in it.
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
  }

  /// The line that the element begins on.
  let line: Int
  /// Its texts, in the order of the file.
  var variants: [Variant] = []

  /// The variant to translate from, and all that are its translations.
  ///
  /// A variant whose language is exactly the one asked for comes before one of another region. A variant is taken for
  /// the side that it serves better, so that `en` to `en-GB` works. Of several sources the first counts; targets of
  /// equal rank are alternatives, and all of them count.
  func match(source: String, target: String) -> (source: Int?, targets: [Int]) {
    let levels = variants.map { variant in
      (
        variant.language.flatMap { LanguageMatch(requested: source, found: $0) },
        variant.language.flatMap { LanguageMatch(requested: target, found: $0) }
      )
    }
    let sources = levels.indices.filter { serves(levels[$0].0, better: levels[$0].1) }
    let bestSource = sources.compactMap { levels[$0].0 }.min()
    let chosen = sources.first { levels[$0].0 == bestSource }
    let targets = levels.indices.filter { $0 != chosen && serves(levels[$0].1, better: levels[$0].0) }
    let bestTarget = targets.compactMap { levels[$0].1 }.min()
    return (chosen, targets.filter { levels[$0].1 == bestTarget })
  }

  private func serves(_ match: LanguageMatch?, better other: LanguageMatch?) -> Bool {
    guard let match else { return false }
    return other.map { match <= $0 } ?? true
  }
}
