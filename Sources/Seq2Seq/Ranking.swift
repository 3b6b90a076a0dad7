/// How much of what a model can do besides counts when hypotheses are ranked. What it cannot do does not count.
///
/// Which weights are right differs from one language to another, and between trainings: they are found on the dev split
/// when a training ends (``RankingTuner``), and stored in the model file.
public struct Ranking: Hashable, Sendable {
  /// Weight of the score from right to left, for models of both orders.
  public var orderWeight: Float
  /// Weight of the mean log-probability of the source, read back out of a hypothesis, for models of both directions.
  public var directionWeight: Float

  /// The usual weights, for models that have none of their own.
  public init(orderWeight: Float = 0.5, directionWeight: Float = 0.2) {
    self.orderWeight = orderWeight
    self.directionWeight = directionWeight
  }

  /// Of several models together: the mean of their weights.
  static func mean(_ rankings: [Ranking]) -> Ranking {
    let count = Float(max(rankings.count, 1))
    return Ranking(
      orderWeight: rankings.reduce(0) { $0 + $1.orderWeight } / count,
      directionWeight: rankings.reduce(0) { $0 + $1.directionWeight } / count)
  }
}

/// Which weights hypotheses are ranked with.
public enum RankingRule: Hashable, Sendable {
  /// Those of the model.
  case ofModel
  /// These.
  case weights(Ranking)
  /// None: hypotheses are ranked by the score of the search that found them.
  case off
}

/// What a hypothesis is ranked by.
public struct RankingScores: Hashable, Sendable {
  /// `log p(y | x) / |y|^α`, from left to right.
  public var forward: Float
  /// `log p(ỹ | x) / |y|^α`, from right to left; nil without it.
  public var backward: Float?
  /// `log p(x | y) / |x|`; nil without it.
  public var readBack: Float?

  /// The scores of a hypothesis.
  public init(forward: Float, backward: Float? = nil, readBack: Float? = nil) {
    self.forward = forward
    self.backward = backward
    self.readBack = readBack
  }

  /// The weighted sum of what is there.
  public func total(_ ranking: Ranking) -> Float {
    forward + (backward.map { ranking.orderWeight * $0 } ?? 0)
      + (readBack.map { ranking.directionWeight * $0 } ?? 0)
  }
}
