/// Scores of two systems whose outputs were exchanged by the toss of a coin in each segment (Riezler and
/// Maxwell 2005).
struct ApproximateRandomization {
  let trials: Int
  let seed: UInt64

  /// How likely a difference as large as the two systems' is when who wrote what says nothing.
  func pValue(of system: CorpusCounts, against baseline: CorpusCounts) -> Double {
    let segments = system.segmentCount
    precondition(
      segments == baseline.segmentCount,
      "systems of \(segments) and \(baseline.segmentCount) segments can't be exchanged segment by segment")
    let metric = system.metric
    let table = DifferenceTable(baseline, system)
    let (systemTotals, baselineTotals) = (system.totals, baseline.totals)
    let difference = abs(baseline.score.value - system.score.value)
    let blockSize = max(1, min(trials, 64_000_000 / segments))
    var coins = Coins(seed: seed)
    var exceeding = 0
    for start in stride(from: 0, to: trials, by: blockSize) {
      let count = min(blockSize, trials - start)
      let tosses = (0..<count).map { _ in coins.toss(segments) }
      exceeding += inParallel(count, smallest: 64) { share in
        share.map { trial in
          let moved = table.sums(where: tosses[trial])
          let first = metric.randomizedScore(of: zip(systemTotals, moved).map(+))
          let second = metric.randomizedScore(of: zip(baselineTotals, moved).map(-))
          return abs(first - second) > difference ? 1 : 0
        }
      }.reduce(0, +)
    }
    return Double(exceeding + 1) / Double(trials + 1)
  }
}

/// Tosses of a coin, as NumPy's `Generator.integers(2, dtype=bool)` makes them: 32 of each 32 random bits,
/// the lowest first, whatever row they fall in.
private struct Coins {
  private var random: PCG64
  private var bits: UInt32 = 0
  private var left = 0

  init(seed: UInt64) { random = PCG64(seed: seed) }

  /// As many tosses as asked for, in the bits of words, the lowest first.
  mutating func toss(_ count: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for index in 0..<count {
      if left == 0 {
        bits = random.next32()
        left = 32
      }
      words[index >> 6] |= UInt64(bits & 1) << UInt64(index & 63)
      bits >>= 1
      left -= 1
    }
    return words
  }
}

/// How much more of everything the baseline has than the system, rows filled up to whole vectors.
private struct DifferenceTable: Sendable {
  private let vectors: [SIMD8<Double>]
  private let width: Int
  private let vectorsPerRow: Int

  init(_ baseline: CorpusCounts, _ system: CorpusCounts) {
    let width = system.width
    let vectorsPerRow = (width + 7) / 8
    vectors = (0..<(system.segmentCount * vectorsPerRow)).map { index in
      let (row, vector) = index.quotientAndRemainder(dividingBy: vectorsPerRow)
      var result = SIMD8<Double>.zero
      for lane in 0..<min(8, width - 8 * vector) {
        let place = row * width + 8 * vector + lane
        result[lane] = baseline.rows[place] - system.rows[place]
      }
      return result
    }
    self.width = width
    self.vectorsPerRow = vectorsPerRow
  }

  /// The sums of the rows whose bit is set.
  func sums(where tosses: [UInt64]) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    vectors.withUnsafeBufferPointer { vectors in
      for vector in 0..<vectorsPerRow {
        var sum = SIMD8<Double>.zero
        for (index, word) in tosses.enumerated() {
          var bits = word
          while bits != 0 {
            sum += vectors[(index * 64 + bits.trailingZeroBitCount) * vectorsPerRow + vector]
            bits &= bits - 1
          }
        }
        for lane in 0..<min(8, width - 8 * vector) { sums[8 * vector + lane] = sum[lane] }
      }
    }
    return sums
  }
}
