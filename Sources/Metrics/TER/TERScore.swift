/// What TER counts in a segment or a corpus.
public struct TERStatistics: MetricStatistics, Hashable {
  /// Insertions, deletions, substitutions and shifts; of several references, those to the nearest.
  public var edits: Int
  /// How many words the references have; of several, their mean.
  public var referenceLength: Double

  init(edits: Int, referenceLength: Double) {
    self.edits = edits
    self.referenceLength = referenceLength
  }

  /// Edits and reference length.
  public var counts: [Double] { [Double(edits), referenceLength] }

  /// The statistics with these counts.
  public init(counts: [Double]) {
    precondition(counts.count == 2, "TER counts two things, not \(counts.count)")
    self.init(edits: Int(counts[0]), referenceLength: counts[1])
  }

  /// Adds the counts of another segment or corpus, taken by the same metric.
  public static func += (sum: inout TERStatistics, other: TERStatistics) {
    sum.edits += other.edits
    sum.referenceLength += other.referenceLength
  }
}

/// A TER score.
public struct TERScore: MetricScore, Hashable, CustomStringConvertible {
  /// Edits for every hundred words of the references; more than 100 is possible.
  public let value: Double
  /// Insertions, deletions, substitutions and shifts.
  public let edits: Int
  /// How many words the references have; of several, their mean.
  public let referenceLength: Double

  /// `TER`.
  public var name: String { "TER" }

  /// Empty: the score says all.
  public var details: String { "" }

  /// Name and score.
  public var description: String { "\(name) = \(number(width: 2))" }
}
