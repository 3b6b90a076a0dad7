/// Whether systems differ from a baseline by more than chance.
///
/// ```swift
/// let baseline = try CorpusCounts(BLEU(), hypotheses: old, references: [references])
/// let system = try CorpusCounts(BLEU(), hypotheses: new, references: [references])
/// let results = PairedTest(.bootstrap).results(baseline: baseline, systems: [system])
/// print(results[1].pValue ?? 1)  // 0.0259...
/// ```
///
/// Scores, means, intervals and p-values are those of sacreBLEU 2.6.0 with the same seed.
public struct PairedTest: Hashable, Sendable {
  /// How chance is imitated.
  public enum Method: String, Hashable, Sendable {
    /// Samples of the segments, drawn with replacement (Koehn 2004).
    case bootstrap = "bs"
    /// Outputs of the two systems exchanged by the toss of a coin (Riezler and Maxwell 2005).
    case randomization = "ar"

    /// How many samples or trials are made unless somebody says otherwise.
    public var defaultSamples: Int { self == .bootstrap ? 1_000 : 10_000 }
  }

  /// One system's score.
  public struct Result: Hashable, Sendable {
    /// The score of the whole corpus.
    public let score: Double
    /// How likely a difference to the baseline as large as this is by chance; nil for the baseline.
    public let pValue: Double?
    /// The mean over the samples and how far the score may be from it; nil for randomisation.
    public let interval: Bootstrap.Interval?
  }

  /// How chance is imitated.
  public let method: Method
  /// How many samples or trials are made.
  public let samples: Int
  /// What the random numbers follow from.
  public let seed: UInt64

  /// Creates a test; with the method alone, with sacreBLEU's settings.
  ///
  /// - Parameters:
  ///   - method: how chance is imitated.
  ///   - samples: how many samples or trials are made; nil for the method's usual number.
  ///   - seed: what the random numbers follow from.
  public init(_ method: Method, samples: Int? = nil, seed: UInt64 = 12_345) {
    let samples = samples ?? method.defaultSamples
    precondition(samples >= 1, "a test needs at least one sample, not \(samples)")
    self.method = method
    self.samples = samples
    self.seed = seed
  }

  /// The results of the baseline and of each system, in this order.
  ///
  /// - Precondition: all were counted by the same metric against the same references.
  public func results(baseline: CorpusCounts, systems: [CorpusCounts]) -> [Result] {
    switch method {
    case .bootstrap:
      let all = [baseline] + systems
      let scores = Bootstrap(samples: samples, seed: seed).scores(of: all)
      return all.indices.map { index in
        let difference = abs(baseline.score.value - all[index].score.value)
        return Result(
          score: all[index].score.value,
          pValue: index == 0 ? nil : scores[index].pValue(against: scores[0], difference: difference),
          interval: .init(mean: scores[index].mean, halfWidth: scores[index].halfWidth))
      }
    case .randomization:
      let test = ApproximateRandomization(trials: samples, seed: seed)
      return [Result(score: baseline.score.value, pValue: nil, interval: nil)]
        + systems.map { system in
          Result(
            score: system.score.value, pValue: test.pValue(of: system, against: baseline), interval: nil)
        }
    }
  }
}
