/// Which words translate which, learned from sentence pairs alone: IBM Model 1 (Brown et al. 1993, section 4.1).
///
/// `t(f | e)` starts uniform and is re-estimated by expectation and maximisation (eq. 13 to 17): each target word shares
/// itself out among the source words of its sentence, and a word that means nothing in particular.
public struct LexicalTable: Sendable {
  /// The likely translations of each source word, likeliest first.
  public let translations: [[Entry]]

  /// A translation with its probability.
  public struct Entry: Hashable, Sendable {
    /// The target word.
    public let target: Int32
    /// `t(target | source)`.
    public let probability: Float
  }

  /// Learns a table.
  ///
  /// Takes time and memory in proportion to the sum, over the pairs, of the product of their lengths.
  ///
  /// - Parameters:
  ///   - pairs: word numbers from 0; words outside the vocabularies are an error.
  ///   - sourceCount: words of the source vocabulary.
  ///   - targetCount: words of the target vocabulary.
  ///   - iterations: rounds of expectation and maximisation.
  ///   - limit: translations kept for a word, at most.
  ///   - threshold: translations less likely than this are not kept.
  public init(
    pairs: [(source: [Int32], target: [Int32])], sourceCount: Int, targetCount: Int, iterations: Int = 5,
    limit: Int = 100, threshold: Float = 1e-4
  ) {
    let links = Cooccurrences(pairs: pairs, sourceCount: sourceCount, targetCount: targetCount)
    var probabilities = [Float](repeating: 1, count: links.targets.count)
    var counts = [Float](repeating: 0, count: links.targets.count)
    for _ in 0..<iterations {
      for place in counts.indices { counts[place] = 0 }
      var offset = 0
      for pair in pairs {
        let (sources, targets) = (pair.source.count + 1, pair.target.count)
        for target in 0..<targets {
          var total: Float = 0
          for source in 0..<sources {
            total += probabilities[Int(links.places[offset + source * targets + target])]
          }
          let share = total > 0 ? 1 / total : 0
          for source in 0..<sources {
            let place = Int(links.places[offset + source * targets + target])
            counts[place] += probabilities[place] * share
          }
        }
        offset += sources * targets
      }
      for source in 0...sourceCount {
        let range = links.starts[source]..<links.starts[source + 1]
        let total = range.reduce(Float(0)) { $0 + counts[$1] }
        for place in range { probabilities[place] = total > 0 ? counts[place] / total : 0 }
      }
    }
    translations = (0..<sourceCount).map { source in
      (links.starts[source]..<links.starts[source + 1])
        .map { Entry(target: links.targets[$0], probability: probabilities[$0]) }
        .filter { $0.probability >= threshold }
        .sorted { ($0.probability, -$0.target) > ($1.probability, -$1.target) }
        .prefix(limit).map { $0 }
    }
  }
}
