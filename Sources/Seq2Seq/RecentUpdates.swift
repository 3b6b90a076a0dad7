import Tensors

/// Loss and speed of training, averaged over the last fifty updates or so.
public struct RecentUpdates: Codable, Hashable, Sendable {
  /// What an older update counts, for each update since.
  private static let keep = 0.98
  private var likelihood = 0.0
  private var words = 0.0
  // Of this run alone: what a clock says is not part of the state of a training.
  private var timedWords = 0.0
  private var seconds = 0.0

  private enum CodingKeys: String, CodingKey {
    case likelihood, words
  }

  /// Negative log-likelihood a target word, in nats; 0 before the first update.
  public var loss: Double { words > 0 ? likelihood / words : 0 }

  /// Target words a second.
  public var wordsPerSecond: Double { seconds > 0 ? timedWords / seconds : 0 }

  mutating func add(_ sum: LossSum, seconds spent: Double) {
    likelihood = likelihood * Self.keep + sum.negativeLogLikelihood
    words = words * Self.keep + Double(sum.words)
    timedWords = timedWords * Self.keep + Double(sum.words)
    seconds = seconds * Self.keep + spent
  }
}
