import Foundation

/// What BLEU counts in a segment or a corpus.
public struct BLEUStatistics: MetricStatistics, Hashable {
  /// How many words the hypotheses have.
  public var hypothesisLength: Int
  /// How many words the references have; of several, the ones closest in length.
  public var referenceLength: Int
  /// For each order, n-grams of the hypotheses that a reference has too.
  public var matches: [Int]
  /// For each order, n-grams of the hypotheses.
  public var totals: [Int]

  init(order: Int) {
    hypothesisLength = 0
    referenceLength = 0
    matches = Array(repeating: 0, count: order)
    totals = Array(repeating: 0, count: order)
  }

  /// Both lengths, the matches of each order, the totals of each order.
  public var counts: [Double] {
    ([hypothesisLength, referenceLength] + matches + totals).map(Double.init)
  }

  /// The statistics with these counts.
  public init(counts: [Double]) {
    precondition(
      counts.count >= 4 && counts.count % 2 == 0,
      "BLEU counts two lengths and two numbers an order, not \(counts)")
    let order = (counts.count - 2) / 2
    hypothesisLength = Int(counts[0])
    referenceLength = Int(counts[1])
    matches = counts[2..<(2 + order)].map { Int($0) }
    totals = counts[(2 + order)...].map { Int($0) }
  }

  /// Adds the counts of another segment or corpus, taken by the same metric.
  public static func += (sum: inout BLEUStatistics, other: BLEUStatistics) {
    precondition(
      sum.matches.count == other.matches.count,
      "counts up to order \(sum.matches.count) and \(other.matches.count) do not add up")
    sum.hypothesisLength += other.hypothesisLength
    sum.referenceLength += other.referenceLength
    for n in sum.matches.indices {
      sum.matches[n] += other.matches[n]
      sum.totals[n] += other.totals[n]
    }
  }
}

/// A BLEU score and what it is made of.
public struct BLEUScore: MetricScore, Hashable, CustomStringConvertible {
  /// The score, from 0 to 100.
  public let value: Double
  /// The (smoothed) precision of each order, in percent.
  public let precisions: [Double]
  /// The factor for translations that are shorter than their references, at most 1.
  public let brevityPenalty: Double
  /// How many words the hypotheses have.
  public let hypothesisLength: Int
  /// How many words the references have.
  public let referenceLength: Int
  /// For each order, n-grams of the hypotheses that a reference has too, before smoothing.
  public let matches: [Int]
  /// For each order, n-grams of the hypotheses.
  public let totals: [Int]

  /// `BLEU`.
  public var name: String { "BLEU" }

  /// The hypotheses' length as a share of the references'; 0 where the references are empty.
  public var lengthRatio: Double {
    referenceLength == 0 ? 0 : Double(hypothesisLength) / Double(referenceLength)
  }

  /// `67.1/45.0/33.3/25.0 (BP = 1.000 ratio = 1.011 hyp_len = 91 ref_len = 90)`.
  public var details: String {
    precisions.map { String(format: "%.1f", $0) }.joined(separator: "/")
      + String(format: " (BP = %.3f ratio = %.3f ", brevityPenalty, lengthRatio)
      + "hyp_len = \(hypothesisLength) ref_len = \(referenceLength))"
  }

  /// Score and details on one line.
  public var description: String { "\(name) = \(number(width: 2)) \(details)" }
}
