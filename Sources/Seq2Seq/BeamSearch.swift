import Foundation
import Layers
import Tensors
import Text

/// How translations are searched for.
public struct SearchOptions: Hashable, Sendable {
  /// Hypotheses kept a step; 1 is greedy search.
  public var beamSize = 5
  /// Finished hypotheses are ranked by log-probability over length to this power (Marian's `--normalize`).
  public var lengthPenalty: Float = 1
  /// Translations returned a sentence, at most ``beamSize``.
  public var bestCount = 1
  /// How hypotheses are ranked in the end, by what the models can do besides; `nil`: by their score alone.
  public var ranking: Ranking? = Ranking()
  /// A translation has at most this many words for each word of the source, and ten more.
  public var maximumLengthFactor: Float = 3

  /// Beam 5, one translation.
  public init() {}
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
}

/// Beam search over a batch (Sutskever et al. 2014, section 3.2).
///
/// Each sentence has its own beam, and products are row-independent: what else is in the batch changes no bit. A
/// finished hypothesis keeps its place in the beam, which has fewer that grow from then on; a sentence leaves the batch
/// when none does. One searcher serves one thread.
public final class BeamSearcher {
  /// Rows of logits that are computed together, at most, but for a beam of more.
  private static let outputRows = 32
  private let scorer: any StepScorer
  /// Where the time of searches is added up, if anywhere.
  public var profile: Profile? {
    get { scorer.profile }
    set { scorer.profile = newValue }
  }

  /// - Precondition: the model's parameters are packed (``ParameterStore/pack(_:)``).
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
    /// Growing hypotheses, with the row of the batch each stands in.
    var growing: [(node: Node?, row: Int)]
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
    guard !sentences.isEmpty else { return [] }
    let candidates = shortlist.map { list in sentences.map { list.ids(for: $0) } }
    scorer.begin(sentences, beamSize: options.beamSize, candidates: candidates)
    var results = [[Hypothesis]](repeating: [], count: sentences.count)
    var beams = sentences.enumerated().map { index, sentence in
      Beam(
        sentence: index,
        maximumLength: Int(Float(sentence.count) * options.maximumLengthFactor) + 10,
        growing: [(nil, index)], candidates: candidates?[index])
    }
    while !beams.isEmpty {
      let rows = beams.flatMap { beam in beam.growing.map { (beam.sentence, $0.node) } }
      scorer.step(rows.map { $0.1?.id ?? mode.start }, sentences: rows.map(\.0))
      var parents: [Int] = []
      var open: [Beam] = []
      var first = 0
      var logits: (values: Tensor, first: Int)?
      for (place, var beam) in beams.enumerated() {
        let rowCount = beam.growing.count
        if beam.candidates != nil {
          logits = (scorer.logits(from: first, count: rowCount, candidatesOf: beam.sentence), first)
        } else if first >= (logits.map { $0.first + $0.values.rows } ?? 0) {
          // The logits of some beams at a time, which stay in the cache until they are looked at.
          var count = rowCount
          for next in beams[(place + 1)...] {
            guard count + next.growing.count <= Self.outputRows else { break }
            count += next.growing.count
          }
          logits = (scorer.logits(from: first, count: count, candidatesOf: nil), first)
        }
        let start = profile == nil ? 0 : Profile.now
        expand(
          &beam, rows: first..<(first + rowCount), logits: logits!.values, firstLogits: logits!.first,
          options)
        profile?.add(.search, since: start)
        first += rowCount
        if beam.growing.isEmpty || beam.finished.count >= options.beamSize {
          results[beam.sentence] = best(of: beam, options, mode)
        } else {
          for place in beam.growing.indices {
            parents.append(beam.growing[place].row)
            beam.growing[place].row = parents.count - 1
          }
          open.append(beam)
        }
      }
      beams = open
      guard !beams.isEmpty else { break }
      scorer.keep(parents)
    }
    return results
  }

  /// One step of one beam: its best continuations, finished ones apart.
  private func expand(
    _ beam: inout Beam, rows: Range<Int>, logits: Tensor, firstLogits: Int, _ options: SearchOptions
  ) {
    let size = options.beamSize
    var candidates: [(place: Int, id: TokenID, logProbability: Float)] = []
    for (place, row) in rows.enumerated() {
      let values = logits.row(row - firstLogits)
      let normalizer = LogitRow.logSumExp(UnsafeBufferPointer(values))
      if beam.candidates == nil {
        // Never written, but with their share of the probability, as when a given translation is scored.
        values[Int(Vocabulary.padding)] = -.infinity
        values[Int(Vocabulary.beginOfSentence)] = -.infinity
      }
      let before = beam.growing[place].node?.logProbability ?? 0
      for (index, value) in LogitRow.top(size + 1, of: UnsafeBufferPointer(values)) {
        let id = beam.candidates?[index] ?? TokenID(index)
        candidates.append((place, id, before + value - normalizer))
      }
    }
    // Stable: of equal candidates the one from the better hypothesis, then the smaller id, comes first.
    candidates.sort {
      ($0.logProbability, -$0.place, -Int($0.id)) > ($1.logProbability, -$1.place, -Int($1.id))
    }
    var next: [(node: Node?, row: Int)] = []
    for (rank, candidate) in candidates.enumerated() {
      guard next.count + beam.finished.count < size else { break }
      let parent = beam.growing[candidate.place].node
      let isEnd = candidate.id == Vocabulary.endOfSentence
      if isEnd, rank >= size { continue }
      let row = rows.lowerBound + candidate.place
      let node = Node(
        id: candidate.id, previous: parent, attention: scorer.attention(row: row, sentence: beam.sentence),
        logProbability: candidate.logProbability)
      if isEnd || node.length > beam.maximumLength {
        beam.finished.append((node, score(node, options)))
      } else {
        next.append((node, row))
      }
    }
    beam.growing = next
  }

  private func score(_ node: Node, _ options: SearchOptions) -> Float {
    node.logProbability / Foundation.pow(Float(node.length), options.lengthPenalty)
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
        logProbability: finished.node.logProbability, score: finished.score, attention: attention)
    }
  }
}
