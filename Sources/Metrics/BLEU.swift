import Foundation

/// BLEU (Papineni et al. 2002): how many word n-grams of a translation its references have too.
///
/// Scores and signatures are those of sacreBLEU 2.6.0.
///
/// ```swift
/// let bleu = BLEU()
/// let score = try bleu.corpusScore(hypotheses: translations, references: [humanTranslations])
/// print(score.text(signature: bleu.signature(referenceCount: 1).text()))
/// ```
public struct BLEU: CorpusMetric, Hashable {
  /// What becomes of an order of which no n-gram matches (Chen and Cherry 2014).
  public enum Smoothing: Hashable, Sendable {
    /// The score is 0.
    case none
    /// A small number stands for the zero (method 1); 0.1 by default.
    case floor(Double = 0.1)
    /// A number is added to matches and totals of every order above 1 (method 2); 1 by default.
    case addK(Double = 1)
    /// The k-th order without a match counts 1/2^k matches (method 3, as in mteval-v13a).
    case exponential
  }

  /// How text is cut into words.
  public let tokenizer: ScoringTokenizer
  /// Whether case is ignored.
  public let lowercase: Bool
  /// What becomes of orders without a match.
  public let smoothing: Smoothing
  /// Whether orders that a short text cannot have are left out: for single sentences it should be true.
  public let effectiveOrder: Bool
  /// The longest n-gram that counts.
  public let maximumOrder: Int

  /// Creates the metric; without arguments, as everybody reports it.
  ///
  /// - Parameters:
  ///   - tokenizer: how text is cut into words.
  ///   - lowercase: whether case is ignored.
  ///   - smoothing: what becomes of orders without a match.
  ///   - effectiveOrder: whether orders that a short text cannot have are left out.
  ///   - maximumOrder: the longest n-gram that counts, at least 1.
  public init(
    tokenizer: ScoringTokenizer = .mteval13a, lowercase: Bool = false,
    smoothing: Smoothing = .exponential, effectiveOrder: Bool = false, maximumOrder: Int = 4
  ) {
    precondition(maximumOrder >= 1, "BLEU needs n-grams of at least order 1, not \(maximumOrder)")
    self.tokenizer = tokenizer
    self.lowercase = lowercase
    self.smoothing = smoothing
    self.effectiveOrder = effectiveOrder
    self.maximumOrder = maximumOrder
  }

  /// The counts of an empty corpus.
  public var emptyStatistics: BLEUStatistics { BLEUStatistics(order: maximumOrder) }

  /// Counts each segment: lengths, n-grams, and those of them that a reference has.
  ///
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public func segmentStatistics(
    hypotheses: [String], references: [[String]]
  ) throws -> [BLEUStatistics] {
    try checkShape(hypotheses: hypotheses, references: references)
    // A thousand segments are counted before another thread gets going.
    return inParallel(hypotheses.count, smallest: 2048) { segments in
      var counter = NgramCounter()
      return segments.map { segmentStatistics(hypotheses, references, $0, &counter) }
    }
  }

  private func segmentStatistics(
    _ hypotheses: [String], _ references: [[String]], _ segment: Int, _ counter: inout NgramCounter
  ) -> BLEUStatistics {
    counter.startSegment()
    let hypothesis = counter.wordNumbers(cut(hypotheses[segment]))
    var statistics = emptyStatistics
    statistics.hypothesisLength = hypothesis.count
    var closest: Int?
    for stream in references {
      let reference = counter.wordNumbers(cut(stream[segment]))
      counter.addReference(counter.ngrams(of: reference, order: maximumOrder, areWords: true))
      closest = closer(to: hypothesis.count, closest, reference.count)
    }
    statistics.referenceLength = closest ?? 0
    let ngrams = counter.ngrams(of: hypothesis, order: maximumOrder, areWords: true)
    statistics.totals = ngrams.counts
    statistics.matches = counter.matches(ngrams)
    return statistics
  }

  private func cut(_ line: String) -> TokenizedLine {
    tokenizer.tokenizeBytes(Array((lowercase ? lowercased(line) : line).utf8))
  }

  /// The reference length closer to the hypothesis's; of two as close, the shorter.
  private func closer(to length: Int, _ known: Int?, _ new: Int) -> Int {
    guard let known else { return new }
    let (knownDistance, newDistance) = (abs(length - known), abs(length - new))
    if newDistance == knownDistance { return min(known, new) }
    return newDistance < knownDistance ? new : known
  }

  /// The score of counts that were added up over any number of segments.
  public func score(of statistics: BLEUStatistics) -> BLEUScore {
    let penalty = brevityPenalty(
      hypothesis: statistics.hypothesisLength, reference: statistics.referenceLength)
    let (precisions, order) = precisions(
      matches: statistics.matches.map(Double.init), totals: statistics.totals.map(Double.init))
    return BLEUScore(
      value: penalty * geometricMean(precisions, order: order), precisions: precisions,
      brevityPenalty: penalty, hypothesisLength: statistics.hypothesisLength,
      referenceLength: statistics.referenceLength, matches: statistics.matches, totals: statistics.totals)
  }

  /// The score of a sample: precisions in single precision, their mean in double precision.
  public func sampledScore(of sums: [Float]) -> SampledScore {
    let penalty = brevityPenalty(hypothesis: Int(sums[0]), reference: Int(sums[1]))
    let (precisions, order) = precisions(
      matches: Array(sums[2..<(2 + maximumOrder)]), totals: Array(sums[(2 + maximumOrder)...]))
    return .double(penalty * geometricMean(precisions.map(Double.init), order: order))
  }

  /// The score of a randomisation test, where sacreBLEU adds k to whole numbers and drops the rest.
  public func randomizedScore(of sums: [Double]) -> Double {
    var metric = self
    if case .addK(let k) = smoothing { metric = BLEU(smoothing: .addK(k.rounded(.down)), like: self) }
    return metric.score(of: BLEUStatistics(counts: sums)).value
  }

  private init(smoothing: Smoothing, like other: BLEU) {
    self.init(
      tokenizer: other.tokenizer, lowercase: other.lowercase, smoothing: smoothing,
      effectiveOrder: other.effectiveOrder, maximumOrder: other.maximumOrder)
  }

  private func brevityPenalty(hypothesis: Int, reference: Int) -> Double {
    guard hypothesis < reference else { return 1 }
    return hypothesis > 0 ? exp(1 - Double(reference) / Double(hypothesis)) : 0
  }

  /// The precision of each order in percent, and how many orders count; 0 of them where nothing matches.
  private func precisions<Value: BinaryFloatingPoint>(
    matches: [Value], totals: [Value]
  ) -> ([Value], order: Int) {
    var precisions = [Value](repeating: 0, count: maximumOrder)
    guard matches.contains(where: { $0 > 0 }) else { return (precisions, 0) }
    var order = maximumOrder
    var halvings: Value = 1
    for n in 0..<maximumOrder {
      var (matches, total) = (matches[n], totals[n])
      if case .addK(let k) = smoothing, n > 0 {
        matches += Value(k)
        total += Value(k)
      }
      if total == 0 { break }
      if effectiveOrder { order = n + 1 }
      if matches > 0 {
        precisions[n] = 100 * matches / total
        continue
      }
      switch smoothing {
      case .exponential:
        halvings *= 2
        precisions[n] = 100 / (halvings * total)
      case .floor(let value):
        precisions[n] = Value(100 * value) / total
      case .none, .addK:
        break
      }
    }
    return (precisions, order)
  }

  private func geometricMean(_ precisions: [Double], order: Int) -> Double {
    guard order > 0 else { return 0 }
    let logarithms = precisions[..<order].reduce(0) { $0 + ($1 == 0 ? -9_999_999_999 : log($1)) }
    return exp(logarithms / Double(order))
  }

  /// sacreBLEU's signature of these settings.
  public func signature(referenceCount: Int) -> MetricSignature {
    let smoothingName: String
    switch smoothing {
    case .none: smoothingName = "none"
    case .floor(let value): smoothingName = String(format: "floor[%.2f]", value)
    case .addK(let value): smoothingName = String(format: "add-k[%.2f]", value)
    case .exponential: smoothingName = "exp"
    }
    return MetricSignature(
      referenceCount: referenceCount,
      settings: [
        .init(name: "case", shortName: "c", value: lowercase ? "lc" : "mixed"),
        .init(name: "eff", shortName: "e", value: effectiveOrder ? "yes" : "no"),
        .init(name: "tok", shortName: "tok", value: tokenizer.rawValue),
        .init(name: "smooth", shortName: "s", value: smoothingName),
      ])
  }
}
