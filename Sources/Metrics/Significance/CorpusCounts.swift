/// What a metric counted in each segment of a system's output: enough to score any choice of segments.
public struct CorpusCounts: Sendable {
  /// The metric that counted.
  public let metric: any CorpusMetric
  /// The score of the whole corpus.
  public let score: any MetricScore
  /// How many segments there are.
  public let segmentCount: Int
  /// The counts of all segments, `segmentCount` rows of ``width``.
  let rows: [Double]
  /// How many counts a segment has.
  let width: Int

  /// Counts each segment.
  ///
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public init(_ metric: some CorpusMetric, hypotheses: [String], references: [[String]]) throws {
    let segments = try metric.segmentStatistics(hypotheses: hypotheses, references: references)
    var sum = metric.emptyStatistics
    for segment in segments { sum += segment }
    self.metric = metric
    score = metric.score(of: sum)
    segmentCount = segments.count
    width = sum.counts.count
    rows = segments.flatMap(\.counts)
  }

  /// The sums of all counts.
  var totals: [Double] {
    var sums = [Double](repeating: 0, count: width)
    for start in stride(from: 0, to: rows.count, by: width) {
      for column in 0..<width { sums[column] += rows[start + column] }
    }
    return sums
  }

  /// The score of some of the segments.
  func score(of segments: [Int]) -> Double {
    var sums = [Double](repeating: 0, count: width)
    for segment in segments {
      for column in 0..<width { sums[column] += rows[segment * width + column] }
    }
    return metric.value(of: sums)
  }
}

extension CorpusMetric {
  /// The score of summed counts.
  func value(of counts: [Double]) -> Double { score(of: Statistics(counts: counts)).value }
}
