import Tensors
import Text

/// A beam search whose hypotheses are ranked by more than their score.
///
/// What is written from left to right cannot take into account what comes later, nor what is written from right to left
/// what comes before. A model of both orders searches in both, and what either finds is scored in both (Liu et al. 2016):
/// the first words and the last are right then. And a search asks what is likely after the source, and likes what is short
/// and says little; a model of both directions also asks how likely the source is, given what was written (Li et al.
/// 2016; Yee et al. 2019). With `x` the source, `y` a hypothesis and `ỹ` the same from right to left, the score is
/// ```
/// log p(y | x) / |y|^α + λ₁ log p(ỹ | x) / |y|^α + λ₂ log p(x | y) / |x|
/// ```
/// where lengths count `</s>`. Greedy search has nothing to rank. One searcher serves one thread.
public final class RankedSearcher {
  private let direction: TranslationDirection
  private let ranking: Ranking?
  private let searcher: BeamSearcher
  private let hasOrders: Bool
  private let hasDirections: Bool
  /// Where the time is added up, if anywhere.
  public var profile: Profile? {
    get { searcher.profile }
    set { searcher.profile = newValue }
  }

  /// - Parameter ranking: the weights; nil: hypotheses are those of a ``BeamSearcher``.
  /// - Precondition: the models' parameters are packed (`ParameterStore.pack(_:)`), they have the same vocabularies, and
  ///   they translate in this direction.
  public init(
    _ models: [Seq2SeqModel], direction: TranslationDirection = .forward, ranking: Ranking? = Ranking()
  ) {
    self.direction = direction
    self.ranking = ranking
    searcher = BeamSearcher(models)
    hasOrders = models.allSatisfy(\.configuration.bothOrders)
    hasDirections = models.allSatisfy(\.configuration.bothDirections)
  }

  /// A hypothesis and its scores.
  private struct Candidate {
    let ids: [TokenID]
    /// From left to right.
    var hypothesis: Hypothesis?
    /// From right to left.
    var backward: Float?
    var readBack: Float?
  }

  /// Translates sentences.
  ///
  /// - Parameters:
  ///   - sentences: ids without `</s>`; each at least one id.
  ///   - shortlist: tells the words that come into question for a sentence; `nil`: all.
  /// - Returns: for each sentence its best hypotheses, best first. Log-probabilities and attention are those from left to
  ///   right.
  public func search(
    _ sentences: [[TokenID]], _ options: SearchOptions, shortlist: Shortlist? = nil
  ) -> [[Hypothesis]] {
    let mode = TranslationMode(direction)
    guard let ranking, options.beamSize > 1, hasOrders || hasDirections, !sentences.isEmpty
    else { return searcher.search(sentences, options, mode: mode, shortlist: shortlist) }
    var whole = options
    whole.bestCount = options.beamSize
    let found = searcher.search(sentences, whole, mode: mode, shortlist: shortlist)
    var candidates = found.map { $0.map { Candidate(ids: $0.ids, hypothesis: $0) } }
    if hasOrders, ranking.orderWeight != 0 {
      let other = TranslationMode(direction, .rightToLeft)
      for (sentence, list) in searcher.search(sentences, whole, mode: other, shortlist: shortlist)
        .enumerated()
      {
        for hypothesis in list {
          if let place = candidates[sentence].firstIndex(where: { $0.ids == hypothesis.ids }) {
            candidates[sentence][place].backward = hypothesis.score
          } else {
            candidates[sentence].append(Candidate(ids: hypothesis.ids, backward: hypothesis.score))
          }
        }
      }
      scoreBothOrders(&candidates, of: sentences, options, shortlist: shortlist)
    }
    if hasDirections, ranking.directionWeight != 0 {
      let worth = readBack(candidates.map { $0.map(\.ids) }, to: sentences)
      for sentence in candidates.indices {
        for place in candidates[sentence].indices {
          candidates[sentence][place].readBack = worth[sentence][place]
        }
      }
    }
    return candidates.map { best(of: $0, ranking, options.bestCount) }
  }

  /// Gives each candidate the score of the order that it was not found in.
  private func scoreBothOrders(
    _ candidates: inout [[Candidate]], of sentences: [[TokenID]], _ options: SearchOptions,
    shortlist: Shortlist?
  ) {
    for order in WordOrder.allCases {
      let places = candidates.map { list in
        list.indices.filter {
          order == .leftToRight ? list[$0].hypothesis == nil : list[$0].backward == nil
        }
      }
      let targets = zip(places, candidates).map { places, list in places.map { list[$0].ids } }
      let scored = searcher.score(
        targets, of: sentences, mode: TranslationMode(direction, order), shortlist: shortlist)
      for (sentence, (places, results)) in zip(places, scored).enumerated() {
        for (place, result) in zip(places, results) {
          let score = result.score(lengthPenalty: options.lengthPenalty)
          switch order {
          case .leftToRight:
            candidates[sentence][place].hypothesis = Hypothesis(
              ids: candidates[sentence][place].ids, logProbability: result.logProbability, score: score,
              attention: result.attention)
          case .rightToLeft: candidates[sentence][place].backward = score
          }
        }
      }
    }
  }

  /// Sources that are read together, at most.
  private static let sourcesTogether = 160

  /// The mean log-probability of an id of each source, `</s>` included, given each hypothesis.
  private func readBack(_ lists: [[[TokenID]]], to sentences: [[TokenID]]) -> [[Float]] {
    let pairs = zip(lists, sentences).flatMap { list, sentence in list.map { (from: $0, to: sentence) } }
    var means: [Float] = []
    for start in stride(from: 0, to: pairs.count, by: Self.sourcesTogether) {
      let part = pairs[start..<min(start + Self.sourcesTogether, pairs.count)]
      let scored = searcher.score(
        part.map { [$0.to] }, of: part.map(\.from), mode: TranslationMode(direction.opposite))
      means += scored.map { $0[0].logProbability / Float($0[0].length) }
    }
    var rest = means[...]
    return lists.map { list in
      defer { rest = rest.dropFirst(list.count) }
      return Array(rest.prefix(list.count))
    }
  }

  /// The best, best first; of equal ones those that were found from left to right, in their order.
  private func best(of candidates: [Candidate], _ ranking: Ranking, _ count: Int) -> [Hypothesis] {
    let hypotheses = candidates.map { candidate in
      let found = candidate.hypothesis!
      let scores = RankingScores(
        forward: found.score, backward: candidate.backward, readBack: candidate.readBack)
      return Hypothesis(
        ids: candidate.ids, logProbability: found.logProbability, score: scores.total(ranking),
        attention: found.attention, isComplete: found.isComplete, rankingScores: scores)
    }
    return hypotheses.enumerated()
      .sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
      .prefix(count).map(\.element)
  }
}
