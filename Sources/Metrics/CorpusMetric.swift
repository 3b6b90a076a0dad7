/// Counts that a metric takes from one segment, and that add up over a corpus.
public protocol MetricStatistics: Sendable {
  /// The counts in a fixed order, as many for each segment: what a resampling test adds up.
  var counts: [Double] { get }

  /// The statistics with these counts.
  init(counts: [Double])

  /// Adds the counts of another segment or corpus.
  static func += (sum: inout Self, other: Self)
}

/// A metric that scores a corpus from the sum of what it counted in each segment.
///
/// The counts are kept apart from the score, so that a resampling test can add up other samples of the
/// same segments without reading the text again.
public protocol CorpusMetric: Sendable {
  /// What is counted in a segment.
  associatedtype Statistics: MetricStatistics
  /// What comes out.
  associatedtype Score: MetricScore

  /// The counts of an empty corpus.
  var emptyStatistics: Statistics { get }

  /// Counts each segment.
  ///
  /// - Parameters:
  ///   - hypotheses: the translations, one a segment, raw text.
  ///   - references: one or more streams of reference translations, each as long as `hypotheses`.
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  func segmentStatistics(hypotheses: [String], references: [[String]]) throws -> [Statistics]

  /// The score of counts that were added up over any number of segments.
  func score(of statistics: Statistics) -> Score

  /// The score of a sample of segments, computed as sacreBLEU does in a bootstrap test.
  ///
  /// - Parameter sums: the ``MetricStatistics/counts`` of the sample, added up in single precision.
  func sampledScore(of sums: [Float]) -> SampledScore

  /// The score of the segments that a randomisation test chose, computed as sacreBLEU does there.
  ///
  /// - Parameter sums: the ``MetricStatistics/counts`` of the choice, added up.
  func randomizedScore(of sums: [Double]) -> Double

  /// What a reader needs to compute the same score again, in sacreBLEU's form.
  func signature(referenceCount: Int) -> MetricSignature
}

extension CorpusMetric {
  /// The score of the sums, in double precision.
  public func sampledScore(of sums: [Float]) -> SampledScore {
    .double(score(of: Statistics(counts: sums.map(Double.init))).value)
  }

  /// The score of the sums.
  public func randomizedScore(of sums: [Double]) -> Double {
    score(of: Statistics(counts: sums)).value
  }

  /// The score of a whole corpus.
  ///
  /// ```swift
  /// let score = try BLEU().corpusScore(hypotheses: ["le chat dort"], references: [["le chat dort"]])
  /// print(score.value)  // 0.0: a sentence of three words has no 4-gram
  /// ```
  ///
  /// - Parameters:
  ///   - hypotheses: the translations, one a segment, raw text.
  ///   - references: one or more streams of reference translations, each as long as `hypotheses`.
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public func corpusScore(hypotheses: [String], references: [[String]]) throws -> Score {
    var sum = emptyStatistics
    for segment in try segmentStatistics(hypotheses: hypotheses, references: references) {
      sum += segment
    }
    return score(of: sum)
  }

  /// The score of each segment by itself.
  ///
  /// - Parameters:
  ///   - hypotheses: the translations, one a segment, raw text.
  ///   - references: one or more streams of reference translations, each as long as `hypotheses`.
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public func sentenceScores(hypotheses: [String], references: [[String]]) throws -> [Score] {
    try segmentStatistics(hypotheses: hypotheses, references: references).map(score(of:))
  }

  /// The score of one sentence against one or more references.
  ///
  /// - Throws: ``MetricsError/noReferences`` when `references` is empty.
  public func sentenceScore(hypothesis: String, references: [String]) throws -> Score {
    try sentenceScores(hypotheses: [hypothesis], references: references.map { [$0] })[0]
  }
}

/// Checks the shape of a corpus at the door of a metric.
func checkShape(hypotheses: [String], references: [[String]]) throws {
  guard !references.isEmpty else { throw MetricsError.noReferences }
  for (stream, lines) in references.enumerated() where lines.count != hypotheses.count {
    throw MetricsError.unequalCounts(
      hypotheses: hypotheses.count, references: lines.count, stream: stream)
  }
  guard !hypotheses.isEmpty else { throw MetricsError.emptyCorpus }
}
