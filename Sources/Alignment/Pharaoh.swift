/// The text form of alignments that Pharaoh, Moses and the WPT shared tasks use: `0-0 1-2 2p1`.
///
/// A line holds the links of a sentence, in any order: source place, `-` (a sure link) or `p` (a possible
/// one), target place. Moses counts from 0, the WPT 2003 gold alignments from 1.
public enum Pharaoh {
  /// The links of one sentence.
  public struct Sentence: Hashable, Sendable {
    /// Links that any good alignment must have.
    public var sure: Set<AlignmentLink>
    /// Links that a good alignment may have; sure links are not repeated here.
    public var possible: Set<AlignmentLink>

    /// Creates a sentence's links.
    public init(sure: Set<AlignmentLink> = [], possible: Set<AlignmentLink> = []) {
      self.sure = sure
      self.possible = possible.subtracting(sure)
    }

    /// All links, sure or possible.
    public var all: Set<AlignmentLink> { sure.union(possible) }
  }

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: links between white space; an empty line is a sentence without links.
  ///   - number: the number of the line, from 1, for messages.
  ///   - oneBased: whether places are counted from 1 in the text. Links always count from 0.
  /// - Throws: ``AlignmentError/malformedLink(_:line:)`` and
  ///   ``AlignmentError/placeOutOfRange(_:line:first:)``.
  public static func parse(
    line: String, number: Int = 1, oneBased: Bool = false
  ) throws -> Sentence {
    let first = oneBased ? 1 : 0
    var sure: Set<AlignmentLink> = []
    var possible: Set<AlignmentLink> = []
    for word in line.split(whereSeparator: \.isWhitespace) {
      guard let mark = word.firstIndex(where: { $0 == "-" || $0 == "p" }),
        let source = place(word[..<mark]), let target = place(word[word.index(after: mark)...])
      else { throw AlignmentError.malformedLink(String(word), line: number) }
      guard source >= first, target >= first else {
        throw AlignmentError.placeOutOfRange(String(word), line: number, first: first)
      }
      let link = AlignmentLink(source: source - first, target: target - first)
      if word[mark] == "-" { sure.insert(link) } else { possible.insert(link) }
    }
    return Sentence(sure: sure, possible: possible)
  }

  /// Writes links in the order of source words: `0-0 1-2`.
  ///
  /// - Parameter oneBased: whether places are counted from 1 in the text.
  public static func format(_ links: some Sequence<AlignmentLink>, oneBased: Bool = false) -> String {
    format(Sentence(sure: Set(links)), oneBased: oneBased)
  }

  /// Writes sure and possible links in the order of source words: `0-0 1p1 1-2`.
  ///
  /// - Parameter oneBased: whether places are counted from 1 in the text.
  public static func format(_ sentence: Sentence, oneBased: Bool = false) -> String {
    let first = oneBased ? 1 : 0
    return sentence.all.sorted().map { link in
      let mark = sentence.sure.contains(link) ? "-" : "p"
      return "\(link.source + first)\(mark)\(link.target + first)"
    }.joined(separator: " ")
  }

  /// A place: decimal digits alone.
  private static func place(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Int(text)
  }
}
