/// What chrF counts in a segment or a corpus, for each order: character n-grams first, then words.
public struct CHRFStatistics: MetricStatistics, Hashable {
  /// N-grams of the hypotheses.
  public var hypotheses: [Int]
  /// N-grams of the references.
  public var references: [Int]
  /// N-grams that both have.
  public var matches: [Int]

  init(order: Int) {
    hypotheses = Array(repeating: 0, count: order)
    references = hypotheses
    matches = hypotheses
  }

  /// For each order the n-grams of the hypotheses, of the references, and those that both have.
  public var counts: [Double] {
    matches.indices.flatMap { [Double(hypotheses[$0]), Double(references[$0]), Double(matches[$0])] }
  }

  /// The statistics with these counts.
  public init(counts: [Double]) {
    precondition(counts.count % 3 == 0, "chrF counts three numbers an order, not \(counts.count) in all")
    let orders = stride(from: 0, to: counts.count, by: 3)
    hypotheses = orders.map { Int(counts[$0]) }
    references = orders.map { Int(counts[$0 + 1]) }
    matches = orders.map { Int(counts[$0 + 2]) }
  }

  /// Adds the counts of another segment or corpus, taken by the same metric.
  public static func += (sum: inout CHRFStatistics, other: CHRFStatistics) {
    precondition(
      sum.matches.count == other.matches.count,
      "counts of \(sum.matches.count) and \(other.matches.count) orders do not add up")
    for order in sum.matches.indices {
      sum.hypotheses[order] += other.hypotheses[order]
      sum.references[order] += other.references[order]
      sum.matches[order] += other.matches[order]
    }
  }
}

/// A chrF score.
public struct CHRFScore: MetricScore, Hashable, CustomStringConvertible {
  /// The score, from 0 to 100.
  public let value: Double
  /// How many times as much recall weighs as precision.
  public let beta: Int
  /// The longest word n-gram that counted.
  public let wordOrder: Int

  /// `chrF2`, with a `+` for each order of word n-grams.
  public var name: String { "chrF\(beta)" + String(repeating: "+", count: wordOrder) }

  /// Empty: the score says all.
  public var details: String { "" }

  /// Name and score.
  public var description: String { "\(name) = \(number(width: 2))" }
}
