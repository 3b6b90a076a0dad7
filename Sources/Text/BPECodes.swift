/// The merges of byte pair encoding for words (Sennrich, Haddow and Birch 2016), learned and applied with
/// the results of subword-nmt 0.3.8 and in its file format, version 0.2. Files of version 0.1, where the
/// end of a word is a symbol of its own, are read and applied too.
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

  /// The version of a file, which says how the end of a word is written in the merges.
  public enum Version: String, Hashable, Sendable {
    /// `</w>` is a symbol by itself. Such files begin with their first merge.
    case v01 = "0.1"
    /// `</w>` is part of a word's last symbol.
    case v02 = "0.2"
  }

  /// The merges in the order in which they were learned.
  public let merges: [Merge]

  /// The version of the file that they came from; 0.2 if they were learned here.
  public let version: Version

  let segmenter: BPESegmenter
  private let cache = WordCache<[String]>()

  /// Codes of the given merges. Without any, words are parted into their scalars.
  init(merges: [Merge], version: Version = .v02) {
    self.merges = merges
    self.version = version
    self.segmenter = BPESegmenter(merges: merges, version: version)
  }

  /// Codes without a merge, which part words into their scalars.
  public static let characters = BPECodes(merges: [])

  /// The codes that a file's text holds, see ``text``.
  ///
  /// - Throws: ``TextError`` where it is no such text, with the line where there is one.
  public init(parsing text: String) throws {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let first = lines.first.flatMap({ String($0) }), !first.isEmpty else {
      throw TextError.codesVersion(firstLine: "")
    }
    let version = try Self.version(ofFirstLine: first)
    let merges = try lines.enumerated().dropFirst(first.hasPrefix("#version:") ? 1 : 0).map { index, line in
      let symbols = Self.trimmed(line).split(separator: 0x20, omittingEmptySubsequences: false)
      guard symbols.count == 2, !symbols[0].isEmpty, !symbols[1].isEmpty else {
        throw TextError.codesLine(line: index + 1, content: String(line)!)
      }
      return Merge(first: String(symbols[0])!, second: String(symbols[1])!)
    }
    self.init(merges: merges, version: version)
  }

  /// The codes as a file's text: the line `#version: 0.2`, unless they are of version 0.1, then a merge a
  /// line, its two symbols with a space between.
  public var text: String {
    ((version == .v02 ? ["#version: 0.2"] : []) + merges.map { "\($0.first) \($0.second)" }).map { $0 + "\n" }
      .joined()
  }

  /// The pieces of a word, all but the last with `@@` at their end. Pieces are remembered, up to a limit.
  public func segment(_ word: String) -> [String] {
    cache.value(of: word) { segmenter.pieces(of: $0) }
  }

  /// The pieces of the words of a sentence, in order, as ``segment(_:)-(String)`` parts each.
  public func segment(_ words: [String]) -> [String] {
    cache.values(of: words) { segmenter.pieces(of: $0) }.flatMap(\.self)
  }

  /// The pieces of a word, those that a vocabulary does not hold taken apart again until it does, or until
  /// they are scalars: subword-nmt's `apply-bpe --vocabulary`.
  public func segment(_ word: String, within vocabulary: Vocabulary) -> [String] {
    segmenter.pieces(of: word, within: vocabulary)
  }

  /// The pieces of a word, each merge left out with the given probability each time that it could be made
  /// (BPE-dropout, Provilkov, Emelianenko and Voita 2020).
  ///
  /// For the same random numbers the pieces are those of subword-nmt's `apply-bpe --dropout`: in each round
  /// each pair of neighbours, from left to right, draws one number of 53 bits in [0, 1) and takes part if it
  /// is greater than `dropout`. The time is up to the square of the word's length.
  public func segment(
    _ word: String, within vocabulary: Vocabulary? = nil, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [String] {
    segmenter.pieces(of: word, within: vocabulary, dropout: dropout, using: &generator)
  }

  /// The tokens of pieces: what ends in `@@` goes on in the next one.
  public static func joined(_ pieces: [String]) -> [String] {
    var tokens: [String] = []
    var goesOn = false
    for piece in pieces {
      // By bytes: a character may join with what stands before it.
      let ends = !piece.utf8.reversed().starts(with: separator.utf8.reversed())
      let text = ends ? piece : String(piece.utf8.dropLast(separator.utf8.count))!
      if goesOn { tokens[tokens.count - 1] += text } else { tokens.append(text) }
      goesOn = !ends
    }
    return tokens
  }

  /// Codes are equal when their merges and their version are.
  public static func == (left: BPECodes, right: BPECodes) -> Bool {
    left.version == right.version && left.merges == right.merges
  }

  /// Feeds the merges to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(merges) }

  /// subword-nmt reads "0.2", "0.2.0" and so on as the same version, and a file that does not say it as 0.1.
  private static func version(ofFirstLine line: String) throws -> Version {
    guard line.hasPrefix("#version:") else { return .v01 }
    let words = line.split(whereSeparator: { $0 == " " || $0.isNewline })
    for (name, version) in [("0.1", Version.v01), ("0.2", .v02)] where words.count == 2 {
      let rest = words[1].dropFirst(name.count)
      if words[1].hasPrefix(name), rest.isEmpty || rest.first == "." && rest.allSatisfy({ ".0".contains($0) })
      {
        return version
      }
    }
    throw TextError.codesVersion(firstLine: line)
  }

  /// A line without spaces and carriage returns at its ends.
  private static func trimmed(_ line: Substring.UTF8View) -> Substring.UTF8View {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0D }
    var line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }
}
