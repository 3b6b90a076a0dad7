/// Counts the tokens of raw text: what codes and vocabularies are learned from.
///
/// ```swift
/// var counter = TokenCounter(configuration: TextConfiguration(language: "fr"))
/// for line in lines { counter.add(line) }
/// let codes = BPECodes.learn(wordCounts: counter.counts, merges: 8000)
/// let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: .bpe, codes: codes))
/// ```
public struct TokenCounter: Sendable {
  private let normalizer: Normalizer
  private let tokenizer: Tokenizer
  private var exactCounts: [ExactKey: Int] = [:]

  /// The number of sentences counted.
  public private(set) var sentences = 0

  /// A counter that reads text as a codec of this configuration does.
  public init(configuration: TextConfiguration) {
    normalizer = configuration.normalizer
    tokenizer = Tokenizer(language: configuration.language, lowercase: configuration.lowercase)
  }

  /// Counts the tokens of a raw sentence.
  public mutating func add(_ raw: String) {
    sentences += 1
    for token in tokenizer.tokenize(normalizer(raw)) { exactCounts[ExactKey(token), default: 0] += 1 }
  }

  /// Adds what another counter has counted.
  public mutating func merge(_ other: TokenCounter) {
    sentences += other.sentences
    exactCounts.merge(other.exactCounts, uniquingKeysWith: +)
  }

  /// How often each token was seen.
  public var counts: [String: Int] {
    var result: [String: Int] = [:]
    result.reserveCapacity(exactCounts.count)
    for (token, count) in exactCounts { result[token.string, default: 0] += count }
    return result
  }

  /// How often each symbol was seen when tokens are parted into these units.
  ///
  /// Every character that was seen is among them, both inside and at the end of a token, if need be with
  /// the count 0 (all its places were merged into longer pieces): with all of these symbols in a
  /// vocabulary, only characters that were never seen are unknown.
  public func symbolCounts(kind: SubwordKind, codes: BPECodes?) -> [String: Int] {
    let codes = kind == .bpe ? codes ?? .characters : .characters
    if kind == .word { return counts }
    var result: [ExactKey: Int] = [:]
    for (token, count) in exactCounts {
      for scalar in token.string.unicodeScalars {
        result[ExactKey(String(scalar)), default: 0] += 0
        result[ExactKey(String(scalar) + BPECodes.separator), default: 0] += 0
      }
      for piece in codes.segmenter.pieces(of: token.string) { result[ExactKey(piece), default: 0] += count }
    }
    var symbols: [String: Int] = [:]
    for (piece, count) in result { symbols[piece.string, default: 0] += count }
    return symbols
  }
}
