import Dispatch

/// Word alignments of sentence pairs, learnt from these pairs alone: a hidden Markov model in each direction (Vogel, Ney
/// and Tillmann 1996), and the links that both believe in (Liang, Taskar and Klein 2006, section 3).
///
/// What it learns depends on the pairs and nothing else.
public struct WordAligner: Sendable {
  /// The product of both directions' probabilities that a link needs.
  private static let threshold: Float = 0.1

  private let forward: HiddenMarkovAlignment
  private let backward: HiddenMarkovAlignment

  /// Learns from pairs of sentences, the two directions side by side.
  ///
  /// Takes time in proportion to the sum over the pairs of `S * T * (S + T)`, and memory to that of `S * T`.
  ///
  /// - Parameters:
  ///   - pairs: word numbers from 0; words outside the vocabularies are an error.
  ///   - sourceCount: words of the source vocabulary.
  ///   - targetCount: words of the target vocabulary.
  public init(pairs: [(source: [Int32], target: [Int32])], sourceCount: Int, targetCount: Int) {
    let turned = pairs.map { (source: $0.target, target: $0.source) }
    var models = [HiddenMarkovAlignment?](repeating: nil, count: 2)
    models.withUnsafeMutableBufferPointer { models in
      nonisolated(unsafe) let models = models
      DispatchQueue.concurrentPerform(iterations: 2) { direction in
        models[direction] =
          direction == 0
          ? HiddenMarkovAlignment(pairs: pairs, sourceCount: sourceCount, targetCount: targetCount)
          : HiddenMarkovAlignment(pairs: turned, sourceCount: targetCount, targetCount: sourceCount)
      }
    }
    (forward, backward) = (models[0]!, models[1]!)
  }

  /// The links of a pair, sorted; words that were not learnt have few.
  public func links(source: [Int32], target: [Int32]) -> [AlignmentLink] {
    let there = forward.posteriors(source: source, target: target)
    let back = backward.posteriors(source: target, target: source)
    var links: [AlignmentLink] = []
    for place in source.indices {
      for other in target.indices
      where there[other * source.count + place] * back[place * target.count + other] > Self.threshold {
        links.append(AlignmentLink(source: place, target: other))
      }
    }
    return links
  }
}
