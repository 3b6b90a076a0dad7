import Alignment
import Text

/// A translated sentence, with the reasons for it.
public struct Translation: Sendable, Hashable {
  /// The text as it came in.
  public let source: String
  /// The translation.
  public let text: String
  /// `log p(translation | source)` in nats, summed over its words.
  public let logProbability: Float
  /// What translations of one source are ranked by.
  public let score: Float
  /// What it was written from; `nil` where ``alignment`` is.
  let attention: WordAttention?
  /// Placeholders, tags, entities and addresses of the source that the translation lacks, in their order. Nothing is
  /// put in where the model wrote nothing: whoever fills in a translation looks here first.
  public var lostTokens: [String] = []
  /// What ``score`` was made of, where it is more than that of one search of a sentence in one piece.
  public internal(set) var rankingScores: RankingScores? = nil

  /// Which source word each target word was written from: attention, pieces joined to words. Both sides are words as
  /// a person reads them. `nil` for lines that were not translated (blank ones, and those without a letter or digit, which
  /// are copied) and models without attention.
  ///
  /// It is made each time that it is asked for, and has a weight for each word of the one side with each of the other:
  /// ask for ``alignmentSize`` first where a line may be a whole book.
  public var alignment: AlignmentMatrix? { attention?.matrix }

  /// How many words of the source and of the translation ``alignment`` has at most; `nil` where there is none.
  public var alignmentSize: (source: Int, target: Int)? {
    attention.map { ($0.source.tokens.count, $0.tokens.count) }
  }
}

/// What each piece of a translation looked at, in as much space as the search took for it.
struct WordAttention: Hashable, Sendable {
  /// The source.
  let source: EncodedSentence
  /// The tokens of the translation.
  let tokens: [String]
  /// For each piece of the translation the place of its token.
  let tokenIndex: [Int]
  /// What each of these pieces looked at.
  let rows: [SourceWeights]

  /// From pieces to words. What stands in no text, such as a symbol that nothing was left to be copied for, is no word.
  var matrix: AlignmentMatrix? {
    var words: [String] = []
    let places = tokens.map { token -> Int in
      let word = Tokenizer.surface(of: token)
      guard !word.isEmpty else { return -1 }
      words.append(word)
      return words.count - 1
    }
    guard !words.isEmpty, !source.ids.isEmpty, rows.count >= tokenIndex.count else { return nil }
    return AlignmentMatrix(
      pieces: rows.prefix(tokenIndex.count).map { ($0.first, $0.weights) }, sourceGroups: source.tokenIndex,
      targetGroups: tokenIndex.map { places[$0] }, sourceTokens: source.tokens.map(Tokenizer.surface(of:)),
      targetTokens: words)
  }
}

extension WordAttention {
  /// That of sentences one behind the other.
  init(_ sources: [EncodedSentence], _ targets: [(decoded: DecodedSentence, rows: [SourceWeights])]) {
    source = sources.count == 1 ? sources[0] : EncodedSentence(joining: sources)
    var (tokens, tokenIndex, rows, first) = ([String](), [Int](), [SourceWeights](), 0)
    for (source, target) in zip(sources, targets) {
      tokenIndex += target.decoded.tokenIndex.map { $0 + tokens.count }
      tokens += target.decoded.tokens
      rows += target.rows.prefix(target.decoded.tokenIndex.count)
        .map { SourceWeights($0.weights, from: first + $0.first) }
      first += source.ids.count
    }
    (self.tokens, self.tokenIndex, self.rows) = (tokens, tokenIndex, rows)
  }
}
