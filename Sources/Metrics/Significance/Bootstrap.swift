/// Scores of samples of a corpus: as many segments as it has, drawn with replacement (Koehn 2004).
///
/// ```swift
/// let counts = try CorpusCounts(BLEU(), hypotheses: translations, references: [references])
/// let interval = Bootstrap().interval(of: counts)
/// print(interval.mean, interval.halfWidth)  // BLEU = 38.4 ± 0.9
/// ```
///
/// Samples are those that sacreBLEU draws with the same seed, and so are means and intervals.
public struct Bootstrap: Hashable, Sendable {
  /// Where a score lies with a probability of 95 %.
  public struct Interval: Hashable, Sendable {
    /// The mean of the samples' scores.
    public let mean: Double
    /// The score is at most this far from the mean.
    public let halfWidth: Double
  }

  /// How many samples are drawn.
  public let samples: Int
  /// What the random numbers follow from.
  public let seed: UInt64

  /// Creates a bootstrap; without arguments, with sacreBLEU's settings.
  public init(samples: Int = 1_000, seed: UInt64 = 12_345) {
    precondition(samples >= 1, "a bootstrap needs at least one sample, not \(samples)")
    self.samples = samples
    self.seed = seed
  }

  /// The interval of one corpus's score.
  public func interval(of corpus: CorpusCounts) -> Interval {
    let scores = scores(of: [corpus])[0]
    return Interval(mean: scores.exactMean, halfWidth: scores.halfWidth)
  }

  /// The scores of the same samples of several corpora, which must have as many segments.
  func scores(of corpora: [CorpusCounts]) -> [SampledScores] {
    let segments = corpora[0].segmentCount
    precondition(
      corpora.allSatisfy { $0.segmentCount == segments }, "corpora of different sizes have no common samples")
    let tables = corpora.map(SampleTable.init)
    // Random numbers come one after the other; a block of them is used side by side.
    let blockSize = max(1, min(samples, 4_000_000 / segments))
    var random = PCG64(seed: seed)
    var scores = [[SampledScore]](repeating: [], count: corpora.count)
    for start in stride(from: 0, to: samples, by: blockSize) {
      let count = min(blockSize, samples - start)
      let chosen = (0..<(count * segments)).map { _ in random.next(below: UInt32(segments)) }
      for (corpus, table) in tables.enumerated() {
        let metric = corpora[corpus].metric
        scores[corpus] += inParallel(count, smallest: 16) { share in
          share.map { sample in
            metric.sampledScore(of: table.sums(of: chosen[(sample * segments)..<((sample + 1) * segments)]))
          }
        }
      }
    }
    return scores.map(SampledScores.init)
  }
}

/// Counts in single precision, rows filled up to whole vectors.
private struct SampleTable: Sendable {
  private let vectors: [SIMD8<Float>]
  private let width: Int
  private let vectorsPerRow: Int

  init(_ corpus: CorpusCounts) {
    let width = corpus.width
    let vectorsPerRow = (width + 7) / 8
    vectors = (0..<(corpus.segmentCount * vectorsPerRow)).map { index in
      let (row, vector) = index.quotientAndRemainder(dividingBy: vectorsPerRow)
      var result = SIMD8<Float>.zero
      for lane in 0..<min(8, width - 8 * vector) {
        result[lane] = Float(corpus.rows[row * width + 8 * vector + lane])
      }
      return result
    }
    self.width = width
    self.vectorsPerRow = vectorsPerRow
  }

  /// The sums of the chosen rows, added up in their order.
  func sums(of chosen: ArraySlice<UInt32>) -> [Float] {
    var sums = [Float](repeating: 0, count: width)
    vectors.withUnsafeBufferPointer { vectors in
      chosen.withUnsafeBufferPointer { chosen in
        for vector in 0..<vectorsPerRow {
          var sum = SIMD8<Float>.zero
          for row in chosen { sum += vectors[Int(row) * vectorsPerRow + vector] }
          for lane in 0..<min(8, width - 8 * vector) { sums[8 * vector + lane] = sum[lane] }
        }
      }
    }
    return sums
  }
}
