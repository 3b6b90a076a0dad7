import Tensors
import Text

/// What a model holds of a given target.
struct ScoredTarget {
  /// In nats, `</s>` included.
  let logProbability: Float
  /// Ids, `</s>` counted.
  let length: Int
  /// As in ``Hypothesis/attention``.
  let attention: [[Float]]

  /// ``logProbability`` over ``length`` to the length penalty.
  func score(lengthPenalty: Float) -> Float { logProbability / lengthNorm(length, lengthPenalty) }
}

extension BeamSearcher {
  /// A word of targets that begin alike, and all that follow it in one of them.
  private final class Prefix {
    let id: TokenID
    var next: [Prefix] = []
    var logProbability: Float = 0
    var attention: [Float] = []

    init(_ id: TokenID) { self.id = id }

    /// The one that follows with this word.
    func next(_ id: TokenID) -> Prefix {
      if let known = next.first(where: { $0.id == id }) { return known }
      let new = Prefix(id)
      next.append(new)
      return new
    }
  }

  /// Scores given targets of sentences, to the bit as a search would score them if it found them. Hypotheses of a beam
  /// differ in few words: what several begin with is computed once.
  ///
  /// - Parameter targets: those of each sentence, each in the order in which it is read, without `</s>`.
  func score(
    _ targets: [[[TokenID]]], of sentences: [[TokenID]], mode: TranslationMode, shortlist: Shortlist? = nil
  ) -> [[ScoredTarget]] {
    let used = targets.indices.filter { !targets[$0].isEmpty }
    guard !used.isEmpty else { return targets.map { _ in [] } }
    let candidates = shortlist.map { list in used.map { list.ids(for: sentences[$0]) } }
    let roots = used.map { _ in Prefix(mode.start) }
    // The way through each target, `</s>` at its end.
    let paths = zip(used, roots).map { sentence, root in
      targets[sentence].map { target in
        (mode.ordered(target) + [Vocabulary.endOfSentence]).reduce(into: []) { path, id in
          path.append((path.last ?? root).next(id))
        }
      }
    }
    var open = roots.map { [$0] }
    grow(used.map { sentences[$0] }, width: targets.map(\.count).max()!, candidates: candidates, mode) {
      rows in
      var grown: [(from: Int, prefix: Prefix)] = []
      for (row, prefix) in zip(rows.range, open[rows.sentence]) {
        let values = rows.logits(row)
        let normalizer = LogitRow.logSumExp(UnsafeBufferPointer(values))
        let attention = scorer.attention(row: row, sentence: rows.sentence)
        for next in prefix.next {
          let column = candidates.map { $0[rows.sentence].place(of: next.id) } ?? Int(next.id)
          next.logProbability = prefix.logProbability + (column.map { values[$0] } ?? -.infinity) - normalizer
          next.attention = attention
          if next.id != Vocabulary.endOfSentence { grown.append((row, next)) }
        }
      }
      open[rows.sentence] = grown.map(\.prefix)
      return grown.map { (from: $0.from, id: $0.prefix.id) }
    }
    var results = targets.map { _ in [ScoredTarget]() }
    for (sentence, paths) in zip(used, paths) {
      results[sentence] = paths.map { path in
        let end = path[path.count - 1]
        let read = mode.ordered(Array(path.dropLast())) + [end]
        return ScoredTarget(
          logProbability: end.logProbability, length: path.count,
          attention: end.attention.isEmpty ? [] : read.map(\.attention))
      }
    }
    return results
  }
}

extension [TokenID] {
  /// Where an id stands among ascending ones, if it does.
  fileprivate func place(of id: TokenID) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == id ? low : nil
  }
}
