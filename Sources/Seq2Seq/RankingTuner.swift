import Storage

/// What was found when the weights of a ranking were looked for.
public struct TunedRanking: Sendable {
  /// The weights.
  public let ranking: Ranking
  /// Which of them the model has a use for.
  public let hasOrders: Bool, hasDirections: Bool
  /// The score of the dev split's translations when the best from left to right is taken.
  public let scoreWithout: Double
  /// Their score when they are ranked.
  public let score: Double
  /// Seconds that it took.
  public let seconds: Double
}

/// Finds the weights with which the best hypotheses of dev sentences score best.
///
/// As minimum error rate training does (Och 2003), it searches once, keeps all hypotheses with what each is ranked by,
/// and scores what other weights would choose; one weight or two need no line search, but a grid. The score of a corpus
/// is a jagged function of a weight, so that a peak may be chance: what is compared is the mean over neighbouring weights,
/// and of those that are as good as the best but for chance the nearest to the usual one is taken, as the rule of one
/// standard error takes the simplest (Breiman et al. 1984).
public struct RankingTuner {
  /// The greatest weight that is tried.
  private static let greatest = 2
  /// Points of the score that are put down to chance. The standard error of what one weight adds to BLEU over another is
  /// 0.12 to 0.29, over samples of the thousand dev sentences of Multi30k.
  private static let chance = 0.3

  /// A sentence's hypotheses, those that the search held for the better before the others.
  public struct Hypotheses: Sendable {
    /// What each is ranked by; nil for the only translation of a sentence that leaves nothing to choose.
    let scores: [RankingScores?]
    let texts: [String]

    /// - Precondition: there are as many of both, and at least one.
    public init(scores: [RankingScores?], texts: [String]) {
      precondition(scores.count == texts.count && !texts.isEmpty)
      self.scores = scores
      self.texts = texts
    }
  }

  private let sentences: [Hypotheses]
  private let references: [String]
  private let scorer: Validator.Scorer

  /// Searches for translations of dev sentences, all of them by all that the models can do.
  public init(_ translator: Translator, _ pairs: [SentencePair], scorer: @escaping Validator.Scorer) {
    var options = SearchOptions()
    // Any weight but 0, for what has no weight is not looked at.
    options.ranking = .weights(Ranking(orderWeight: 1, directionWeight: 1))
    let found = translator.translateAll(pairs.map(\.source), options, isWide: true)!
    self.init(
      found.map { Hypotheses(scores: $0.map(\.rankingScores), texts: $0.map(\.text)) },
      references: pairs.map(\.target), scorer: scorer)
  }

  /// - Parameter scorer: scores one translation of each sentence against the references; higher is better.
  public init(_ sentences: [Hypotheses], references: [String], scorer: @escaping Validator.Scorer) {
    self.sentences = sentences
    self.references = references
    self.scorer = scorer
  }

  /// The score of the best translations by these weights.
  ///
  /// - Throws: what the scorer throws.
  public func score(_ ranking: Ranking) throws -> Double {
    let texts = sentences.map { list in
      var best = 0
      var most = -Float.infinity
      for (place, scores) in list.scores.enumerated() {
        guard let total = scores?.total(ranking), total > most else { continue }
        (best, most) = (place, total)
      }
      return list.texts[best]
    }
    return try scorer(texts, references)
  }

  /// The weights nearest to the usual ones whose neighbourhood scores as well as the best, but for chance.
  ///
  /// - Parameters:
  ///   - hasOrders: whether there is a weight of the other order to look for; without it, that is 0.
  ///   - hasDirections: the same for the other direction.
  /// - Throws: what the scorer throws.
  public func tune(hasOrders: Bool, hasDirections: Bool) throws -> Ranking {
    // Steps from 0 to 1: two weights are looked for together.
    let steps = hasOrders && hasDirections ? 10 : 20
    func weights(_ isSought: Bool) -> [Float] {
      isSought ? (0...Self.greatest * steps).map { Float($0) / Float(steps) } : [0]
    }
    let (orders, directions) = (weights(hasOrders), weights(hasDirections))
    let scores = try orders.map { order in
      try directions.map { try score(Ranking(orderWeight: order, directionWeight: $0)) }
    }
    var tried: [(mean: Double, ranking: Ranking)] = []
    for (row, order) in orders.enumerated() {
      for (column, direction) in directions.enumerated() {
        let near = scores[max(row - 1, 0)...min(row + 1, orders.count - 1)]
          .flatMap { $0[max(column - 1, 0)...min(column + 1, directions.count - 1)] }
        let ranking = Ranking(orderWeight: order, directionWeight: direction)
        tried.append((near.reduce(0, +) / Double(near.count), ranking))
      }
    }
    let usual = Ranking()
    func distance(_ ranking: Ranking) -> Float {
      abs(ranking.orderWeight - usual.orderWeight) + abs(ranking.directionWeight - usual.directionWeight)
    }
    let enough = tried.reduce(-Double.infinity) { max($0, $1.mean) } - Self.chance
    let best = tried.filter { $0.mean >= enough }
      .min { (distance($0.ranking), -$0.mean) < (distance($1.ranking), -$1.mean) }
    return best?.ranking ?? usual
  }
}
