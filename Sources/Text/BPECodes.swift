/// The merges of byte pair encoding for words (Sennrich, Haddow and Birch 2016), learned and applied with
/// the results of subword-nmt 0.3.8 and in its file format, version 0.2.
///
/// A word is a sequence of scalars, the last of which carries `</w>`. The merges are applied in the order
/// in which they were learned. All pieces but a word's last are written with `@@` at their end. The
/// tokens of ``Tokenizer`` never end in `@@` (each `@` is a token of its own), so that among its pieces
/// `@@` at the end always means that the word goes on.
///
/// ```swift
/// let codes = BPECodes.learn(wordCounts: ["lower": 2, "lowest": 5], merges: 10)
/// codes.segment("lowering")  // ["lowe@@", "r@@", "i@@", "n@@", "g"]
/// ```
public struct BPECodes: Hashable, Sendable {
  /// Two symbols that become one.
  public struct Merge: Hashable, Sendable {
    /// The symbol on the left.
    public let first: String
    /// The symbol on the right, with `</w>` at the end of a word.
    public let second: String
  }

  /// What ends each piece of a word but the last.
  public static let separator = "@@"
  /// What ends the last scalar of a word in the merges.
  static let endOfWord = "</w>"
  /// The first line of a file of codes.
  static let header = "#version: 0.2"

  /// The merges in the order in which they were learned.
  public let merges: [Merge]

  let segmenter: BPESegmenter
  private let cache = WordCache<[String]>()

  /// Codes of the given merges. Without any, words are parted into their scalars.
  init(merges: [Merge]) {
    self.merges = merges
    self.segmenter = BPESegmenter(merges: merges)
  }

  /// Codes without a merge, which part words into their scalars.
  public static let characters = BPECodes(merges: [])

  /// The codes that a file's text holds, see ``text``.
  public init(parsing text: String) throws {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    let header = lines.first.flatMap { String($0) } ?? ""
    guard Self.isHeader(header) else { throw TextError.codesVersion(firstLine: header) }
    let merges = try lines.enumerated().dropFirst().map { index, line in
      let symbols = Self.trimmed(line).split(separator: 0x20, omittingEmptySubsequences: false)
      guard symbols.count == 2, !symbols[0].isEmpty, !symbols[1].isEmpty else {
        throw TextError.codesLine(line: index + 1, content: String(line)!)
      }
      return Merge(first: String(symbols[0])!, second: String(symbols[1])!)
    }
    self.init(merges: merges)
  }

  /// The codes as a file's text: the line `#version: 0.2`, then a merge a line, its two symbols with a
  /// space between.
  public var text: String {
    ([Self.header] + merges.map { "\($0.first) \($0.second)" }).map { $0 + "\n" }.joined()
  }

  /// The pieces of a word, all but the last with `@@` at their end. Pieces are remembered, up to a limit.
  public func segment(_ word: String) -> [String] {
    cache.value(of: word) { segmenter.pieces(of: $0) }
  }

  /// The pieces of a word, those that a vocabulary does not hold taken apart again until it does, or until
  /// they are scalars: subword-nmt's `apply-bpe --vocabulary`.
  public func segment(_ word: String, within vocabulary: Vocabulary) -> [String] {
    segmenter.pieces(of: word, within: vocabulary)
  }

  /// Codes are equal when their merges are.
  public static func == (left: BPECodes, right: BPECodes) -> Bool { left.merges == right.merges }

  /// Feeds the merges to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(merges) }

  private static func isHeader(_ line: String) -> Bool {
    // subword-nmt reads "0.2", "0.2.0" and so on as the same version.
    let words = line.split(whereSeparator: { $0 == " " || $0.isNewline })
    guard words.count == 2, words[0] == "#version:" else { return false }
    return words[1] == "0.2"
      || words[1].hasPrefix("0.2.") && words[1].dropFirst(4).allSatisfy { ".0".contains($0) }
  }

  /// A line without spaces and carriage returns at its ends.
  private static func trimmed(_ line: Substring.UTF8View) -> Substring.UTF8View {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0D }
    var line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }
}
