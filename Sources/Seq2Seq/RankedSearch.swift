import Foundation
import Tensors
import Text

/// How much of what a model can do besides counts when hypotheses are ranked. What it cannot do does not count.
public struct Ranking: Hashable, Sendable {
  /// Weight of the score from right to left, for models of both orders.
  public var orderWeight: Float = 0.75
  /// Weight of the mean log-probability of the source, read back out of a hypothesis, for models of both directions.
  public var directionWeight: Float = 0.2

  /// The usual weights.
  public init() {}
}

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
  private let models: [Seq2SeqModel]
  private let direction: TranslationDirection
  private let searcher: BeamSearcher
  private let tape = Tape(rowIndependent: true)
  private let hasOrders: Bool
  private let hasDirections: Bool
  /// Where the time is added up, if anywhere.
  public var profile: Profile? {
    get { tape.profile }
    set { (searcher.profile, tape.profile) = (newValue, newValue) }
  }

  /// - Precondition: the models' parameters are packed (``ParameterStore/pack(_:)``), they have the same vocabularies, and
  ///   they translate in this direction.
  public init(_ models: [Seq2SeqModel], direction: TranslationDirection = .forward) {
    self.models = models
    self.direction = direction
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
    var backwards: Float?
    var score: Float = 0
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
    guard let ranking = options.ranking, options.beamSize > 1, hasOrders || hasDirections, !sentences.isEmpty
    else { return searcher.search(sentences, options, mode: mode, shortlist: shortlist) }
    var whole = options
    whole.bestCount = options.beamSize
    let found = searcher.search(sentences, whole, mode: mode, shortlist: shortlist)
    var candidates = found.map { $0.map { Candidate(ids: $0.ids, hypothesis: $0, score: $0.score) } }
    if hasOrders, ranking.orderWeight != 0 {
      let other = TranslationMode(direction, .rightToLeft)
      for (sentence, list) in searcher.search(sentences, whole, mode: other, shortlist: shortlist)
        .enumerated()
      {
        for hypothesis in list {
          if let place = candidates[sentence].firstIndex(where: { $0.ids == hypothesis.ids }) {
            candidates[sentence][place].backwards = hypothesis.score
          } else {
            candidates[sentence].append(Candidate(ids: hypothesis.ids, backwards: hypothesis.score))
          }
        }
      }
      scoreBothOrders(&candidates, of: sentences, options)
      for sentence in candidates.indices {
        for place in candidates[sentence].indices {
          let candidate = candidates[sentence][place]
          candidates[sentence][place].score =
            candidate.hypothesis!.score + ranking.orderWeight * candidate.backwards!
        }
      }
    }
    if hasDirections, ranking.directionWeight != 0 {
      let worth = readBack(candidates.map { $0.map(\.ids) }, to: sentences)
      for sentence in candidates.indices {
        for place in candidates[sentence].indices {
          candidates[sentence][place].score += ranking.directionWeight * worth[sentence][place]
        }
      }
    }
    return candidates.map { best(of: $0, options.bestCount) }
  }

  /// Gives each candidate the score of the order that it was not found in.
  private func scoreBothOrders(
    _ candidates: inout [[Candidate]], of sentences: [[TokenID]], _ options: SearchOptions
  ) {
    for order in WordOrder.allCases {
      let places = candidates.enumerated().flatMap { sentence, list in
        list.indices.filter {
          order == .leftToRight ? list[$0].hypothesis == nil : list[$0].backwards == nil
        }.map { (sentence: sentence, place: $0) }
      }
      let targets = places.map { (source: $0.sentence, ids: candidates[$0.sentence][$0.place].ids) }
      let forced = force(sentences, targets, TranslationMode(direction, order))
      for ((sentence, place), result) in zip(places, forced) {
        let logProbability = result.logProbabilities.reduce(0, +)
        let score =
          logProbability
          / Foundation.pow(Float(result.logProbabilities.count), options.lengthPenalty)
        switch order {
        case .leftToRight:
          candidates[sentence][place].hypothesis = Hypothesis(
            ids: candidates[sentence][place].ids, logProbability: logProbability, score: score,
            attention: result.attention)
        case .rightToLeft: candidates[sentence][place].backwards = score
        }
      }
    }
  }

  /// The mean log-probability of an id of each source, `</s>` included, given each hypothesis.
  private func readBack(_ lists: [[[TokenID]]], to sentences: [[TokenID]]) -> [[Float]] {
    let hypotheses = lists.flatMap { $0 }
    let targets = lists.enumerated().flatMap { sentence, list in list.map { _ in sentences[sentence] } }
    let forced = force(
      hypotheses, targets.enumerated().map { (source: $0.offset, ids: $0.element) },
      TranslationMode(direction.opposite))
    var means = forced.map { $0.logProbabilities.reduce(0, +) / Float($0.logProbabilities.count) }[...]
    return lists.map { list in
      defer { means = means.dropFirst(list.count) }
      return Array(means.prefix(list.count))
    }
  }

  /// The best, best first; of equal ones those that were found from left to right, in their order.
  private func best(of candidates: [Candidate], _ count: Int) -> [Hypothesis] {
    candidates.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
      .prefix(count).map { _, candidate in
        Hypothesis(
          ids: candidate.ids, logProbability: candidate.hypothesis!.logProbability, score: candidate.score,
          attention: candidate.hypothesis!.attention)
      }
  }

  /// Rows that are forced together, at most.
  private static let forcedRows = 160

  private func force(
    _ sources: [[TokenID]], _ targets: [(source: Int, ids: [TokenID])], _ mode: TranslationMode
  ) -> [ForcedDecoding] {
    stride(from: 0, to: targets.count, by: Self.forcedRows).flatMap { start in
      let part = Array(targets[start..<min(start + Self.forcedRows, targets.count)])
      // Of the sources only those that these targets have.
      let used = Set(part.map(\.source)).sorted()
      let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($0.element, $0.offset) })
      let own = part.map { (source: places[$0.source]!, ids: $0.ids) }
      return ForcedDecoding.mean(
        of: models.map { $0.forceDecode(used.map { sources[$0] }, targets: own, mode: mode, tape) })
    }
  }
}
