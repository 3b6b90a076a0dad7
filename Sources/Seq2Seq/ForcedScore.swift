import Foundation

/// How likely a model holds a given translation to be, piece by piece.
public struct ForcedScore: Hashable, Sendable {
  /// A subword, or the end of the sentence.
  public struct Piece: Hashable, Sendable {
    /// As in the vocabulary; `</s>` for the end.
    public let text: String
    /// `log p(piece | source, pieces before)` in nats.
    public let logProbability: Float
    /// Whether the vocabulary lacks it: then the probability is that of any unknown piece.
    public let isUnknown: Bool
  }

  /// The pieces, `</s>` last.
  public let pieces: [Piece]
  /// Words of the translation, cut by the model's tokeniser.
  public let wordCount: Int

  /// `log p(translation | source)` in nats.
  public var logProbability: Double { pieces.reduce(0) { $0 + Double($1.logProbability) } }

  /// What the log-probability is divided by: the words and the end of the sentence, which has to be foreseen
  /// too.
  public var eventCount: Int { wordCount + 1 }
}
