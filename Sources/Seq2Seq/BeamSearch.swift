import Foundation
import Layers
import Tensors
import Text

/// How translations are searched for.
public struct SearchOptions: Hashable, Sendable {
  /// Hypotheses kept a step, up to ``largestBeamSize``; 1 is greedy search.
  public var beamSize = 5
  /// Time and memory grow with the beam.
  public static let largestBeamSize = 1_000
  /// Finished hypotheses are ranked by log-probability over length to this power (Marian's `--normalize`), which is from 0
  /// to ``largestLengthPenalty``.
  public var lengthPenalty: Float = 1
  /// With more than this length alone would decide.
  public static let largestLengthPenalty: Float = 10
  /// Translations returned a sentence, ``beamSize`` at most, as far as the search found as many.
  public var bestCount = 1
  /// How a ``Translator`` ranks hypotheses in the end, where its models can do more than translate from left to right.
  public var ranking = RankingRule.ofModel
  /// What a ``Translator`` does with texts of several sentences.
  public var splitting = SentenceSplitting.asTrained
  /// A translation has at most this many words for each word of the source, and eleven more; from 0 to
  /// ``largestLengthFactor``.
  public var maximumLengthFactor: Float = 3
  /// The greatest ``maximumLengthFactor``.
  public static let largestLengthFactor: Float = 50

  /// Beam 5, one translation.
  public init() {}

  /// Makes sure that a search can be made, as for options that come from outside.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)`` with what is out of its range.
  public func validate() throws {
    func check(_ condition: Bool, _ message: @autoclosure () -> String) throws {
      guard condition else { throw Seq2SeqError.configuration(message()) }
    }
    try check(
      (1...Self.largestBeamSize).contains(beamSize),
      "a beam is from 1 to \(Self.largestBeamSize), not \(beamSize)")
    try check(bestCount > 0, "\(bestCount) translations of a text were asked for; ask for 1 or more")
    try check(
      (0...Self.largestLengthPenalty).contains(lengthPenalty),
      "a length penalty is from 0 to \(Self.largestLengthPenalty), not \(lengthPenalty)")
    try check(
      (0...Self.largestLengthFactor).contains(maximumLengthFactor),
      "the greatest length is from 0 to \(Self.largestLengthFactor) times that of the source, not \(maximumLengthFactor)"
    )
  }

  /// Whether a search can be made.
  var isPossible: Bool { (try? validate()) != nil }
}

/// What is done with a text of several sentences.
///
/// A model that has learnt from single sentences leaves out what stands behind the end of the first. One that has learnt
/// from longer texts knows by the first sentence what a pronoun of the second stands for.
public enum SentenceSplitting: Hashable, Sendable {
  /// One of more sentences than the lines had that the model has learnt from is parted into texts of so many; where that
  /// is not known, it is translated as it is.
  case asTrained
  /// Each sentence is translated by itself.
  case always
  /// It is translated as it is.
  case never
}

/// A translation as ids, with what led to it.
public struct Hypothesis: Sendable {
  /// Ids without `<s>` and `</s>`.
  public let ids: [TokenID]
  /// `log p(target | source)` in nats, `</s>` included.
  public let logProbability: Float
  /// What hypotheses are ranked by: ``logProbability`` over length to the length penalty, and what a ``Ranking`` adds.
  public let score: Float
  /// Attention weights of each id over the source words and `</s>`, then a last row for `</s>`; empty without
  /// attention.
  public let attention: [[Float]]
  /// Whether it came to its `</s>`; else it was cut at the greatest length, and ``logProbability`` is that of a beginning.
  public internal(set) var isComplete = true
  /// What ``score`` was made of, where it is more than that of one search.
  public internal(set) var rankingScores: RankingScores? = nil
}

/// What a log-probability is divided by, `length` to the power `penalty` (Marian's `--normalize`).
func lengthNorm(_ length: Int, _ penalty: Float) -> Float { Foundation.pow(Float(length), penalty) }

/// Beam search over a batch (Sutskever et al. 2014, section 3.2).
///
/// Each sentence has its own beam, and products are row-independent: what else is in the batch changes no bit. A
/// finished hypothesis keeps its place in the beam, which has fewer that grow from then on; a sentence leaves the batch
/// when none does. One searcher serves one thread.
public final class BeamSearcher {
  let scorer: any StepScorer
  /// Where the time of searches is added up, if anywhere.
  public var profile: Profile? {
    get { scorer.profile }
    set { scorer.profile = newValue }
  }

  /// - Precondition: the model's parameters are packed (`ParameterStore.pack(_:)`).
  public init(_ model: Seq2SeqModel) { scorer = ModelScorer(model) }

  /// Searches with the mean of the probabilities of several models.
  ///
  /// - Precondition: the models' parameters are packed, and they have the same vocabularies.
  public init(_ models: [Seq2SeqModel]) {
    scorer = models.count == 1 ? ModelScorer(models[0]) : EnsembleScorer(models)
  }

  /// A hypothesis while it grows: its last word, and a link to the words before.
  private final class Node {
    let id: TokenID
    let previous: Node?
    let attention: [Float]
    let logProbability: Float
    let length: Int

    init(id: TokenID, previous: Node?, attention: [Float], logProbability: Float) {
      self.id = id
      self.previous = previous
      self.attention = attention
      self.logProbability = logProbability
      length = (previous?.length ?? 0) + 1
    }
  }

  /// The beam of one sentence.
  private struct Beam {
    let sentence: Int
    let maximumLength: Int
    /// Growing hypotheses, in the order of their rows.
    var growing: [Node?] = [nil]
    var finished: [(node: Node, score: Float)] = []
    /// The words that come into question, a column of logits each; `nil`: all.
    let candidates: [TokenID]?
  }

  /// Translates sentences.
  ///
  /// - Parameters:
  ///   - sentences: ids without `</s>`; each at least one id.
  ///   - mode: what is written; in each mode the results are in the order in which a translation is read.
  ///   - shortlist: tells the words that come into question for a sentence; `nil`: all.
  /// - Returns: for each sentence its best hypotheses, best first.
  public func search(
    _ sentences: [[TokenID]], _ options: SearchOptions, mode: TranslationMode = TranslationMode(),
    shortlist: Shortlist? = nil
  ) -> [[Hypothesis]] {
    precondition(options.isPossible, "a search with \(options)")
    guard !sentences.isEmpty else { return [] }
    let candidates = shortlist.map { list in sentences.map { list.ids(for: $0) } }
    var beams = sentences.indices.map { index in
      Beam(
        sentence: index,
        maximumLength: Int(Float(sentences[index].count) * options.maximumLengthFactor) + 10,
        candidates: candidates?[index])
    }
    grow(sentences, width: options.beamSize, candidates: candidates, mode) { rows in
      expand(&beams[rows.sentence], rows, options)
    }
    return beams.map { best(of: $0, options, mode) }
  }

  /// The rows of a sentence in one step.
  struct Rows {
    let sentence: Int
    /// Which rows of the step.
    let range: Range<Int>
    /// Logits of these rows, and perhaps of others.
    fileprivate let values: Tensor
    fileprivate let first: Int

    /// The logits of a row of the step.
    func logits(_ row: Int) -> UnsafeMutableBufferPointer<Float> { values.row(row - first) }
  }

  /// Lets all sentences grow, a word a step, until none does any more.
  ///
  /// - Parameters:
  ///   - width: rows of a sentence, at most.
  ///   - candidates: for each sentence the words that come into question, ascending; `nil`: all.
  ///   - next: called for each sentence in each step; returns the rows that it goes on with, each with the row that it
  ///     comes from and its last word.
  func grow(
    _ sentences: [[TokenID]], width: Int, candidates: [[TokenID]]?, _ mode: TranslationMode,
    next: (Rows) -> [(from: Int, id: TokenID)]
  ) {
    scorer.begin(sentences, beamSize: width, candidates: candidates)
    var open = sentences.indices.map { (sentence: $0, ids: [mode.start]) }
    while true {
      scorer.step(open.flatMap(\.ids), sentences: open.flatMap { own in own.ids.map { _ in own.sentence } })
      var parents: [Int] = []
      var grown: [(sentence: Int, ids: [TokenID])] = []
      var first = 0
      var logits: (values: Tensor, first: Int)?
      for (place, own) in open.enumerated() {
        if candidates != nil {
          logits = (scorer.logits(from: first, count: own.ids.count, candidatesOf: own.sentence), first)
        } else if first >= (logits.map { $0.first + $0.values.rows } ?? 0) {
          // The logits of some sentences at a time, which stay in the cache until they are looked at.
          var count = own.ids.count
          for other in open[(place + 1)...] {
            guard count + other.ids.count <= OutputLayer.rowsTogether else { break }
            count += other.ids.count
          }
          logits = (scorer.logits(from: first, count: count, candidatesOf: nil), first)
        }
        let start = profile == nil ? 0 : Profile.now
        let rows = next(
          Rows(
            sentence: own.sentence, range: first..<(first + own.ids.count), values: logits!.values,
            first: logits!.first))
        profile?.add(.search, since: start)
        first += own.ids.count
        if !rows.isEmpty {
          parents += rows.map(\.from)
          grown.append((own.sentence, rows.map(\.id)))
        }
      }
      open = grown
      guard !open.isEmpty else { return }
      scorer.keep(parents)
    }
  }

  /// One step of one beam: its best continuations, finished ones apart.
  ///
  /// - Returns: the row that each that grows comes from, and its last word.
  private func expand(
    _ beam: inout Beam, _ rows: Rows, _ options: SearchOptions
  ) -> [(from: Int, id: TokenID)] {
    let size = options.beamSize
    var candidates: [(place: Int, id: TokenID, logProbability: Float)] = []
    for (place, row) in rows.range.enumerated() {
      let values = rows.logits(row)
      let normalizer = LogitRow.logSumExp(UnsafeBufferPointer(values))
      if beam.candidates == nil {
        // Never written, but with their share of the probability, as when a given translation is scored.
        values[Int(Vocabulary.padding)] = -.infinity
        values[Int(Vocabulary.beginOfSentence)] = -.infinity
      }
      let before = beam.growing[place]?.logProbability ?? 0
      for (index, value) in LogitRow.top(size, of: UnsafeBufferPointer(values)) {
        let id = beam.candidates?[index] ?? TokenID(index)
        candidates.append((place, id, before + value - normalizer))
      }
    }
    // Stable: of equal candidates the one from the better hypothesis, then the smaller id, comes first.
    candidates.sort {
      ($0.logProbability, -$0.place, -Int($0.id)) > ($1.logProbability, -$1.place, -Int($1.id))
    }
    var next: [(node: Node, row: Int)] = []
    for candidate in candidates {
      guard next.count + beam.finished.count < size else { break }
      // Where fewer words can follow than the beam is wide, those that never do stay out.
      guard candidate.logProbability != -.infinity else { break }
      let parent = beam.growing[candidate.place]
      let isEnd = candidate.id == Vocabulary.endOfSentence
      let row = rows.range.lowerBound + candidate.place
      let node = Node(
        id: candidate.id, previous: parent, attention: scorer.attention(row: row, sentence: beam.sentence),
        logProbability: candidate.logProbability)
      if isEnd || node.length > beam.maximumLength {
        beam.finished.append((node, score(node, options)))
      } else {
        next.append((node, row))
      }
    }
    beam.growing = next.map(\.node)
    return next.map { (from: $0.row, id: $0.node.id) }
  }

  private func score(_ node: Node, _ options: SearchOptions) -> Float {
    node.logProbability / lengthNorm(node.length, options.lengthPenalty)
  }

  private func best(of beam: Beam, _ options: SearchOptions, _ mode: TranslationMode) -> [Hypothesis] {
    let ranked = beam.finished.enumerated().sorted {
      ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset)
    }
    return ranked.prefix(options.bestCount).map { _, finished in
      var nodes: [Node] = []
      var node: Node? = finished.node
      while let current = node {
        nodes.append(current)
        node = current.previous
      }
      nodes.reverse()
      let isEnded = finished.node.id == Vocabulary.endOfSentence
      let words = mode.ordered(Array(isEnded ? nodes.dropLast() : nodes[...]))
      let end = isEnded ? [nodes[nodes.count - 1]] : []
      let attention = nodes[0].attention.isEmpty ? [] : (words + end).map(\.attention)
      return Hypothesis(
        ids: words.map(\.id),
        logProbability: finished.node.logProbability, score: finished.score, attention: attention,
        isComplete: isEnded)
    }
  }
}
