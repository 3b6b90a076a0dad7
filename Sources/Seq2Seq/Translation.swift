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
  /// Which source word each target word was written from: attention, pieces joined to words. Both sides are words as
  /// a person reads them. `nil` for blank lines and models without attention.
  public let alignment: AlignmentMatrix?
  /// Placeholders, tags, entities and addresses of the source that the translation lacks, in their order. Nothing is
  /// put in where the model wrote nothing: whoever fills in a translation looks here first.
  public var lostTokens: [String] = []
  /// What ``score`` was made of, where it is more than that of one search of a sentence in one piece.
  public internal(set) var rankingScores: RankingScores? = nil
}
