/// A score of a sample, in the precision in which sacreBLEU has it.
///
/// sacreBLEU adds counts up in single precision and goes on in it where NumPy does, so two samples may have
/// the same score there although they differ in double precision. p-values and intervals are equal only if
/// that is repeated.
public enum SampledScore: Hashable, Sendable {
  /// Computed in single precision.
  case single(Float)
  /// Computed in double precision.
  case double(Double)

  /// The score.
  public var value: Double {
    switch self {
    case .single(let value): Double(value)
    case .double(let value): value
    }
  }
}

/// Scores of many samples of one corpus.
struct SampledScores {
  let values: [Double]
  /// Whether all of them, and so NumPy's array of them, are in single precision.
  let isSingle: Bool

  init(_ scores: [SampledScore]) {
    values = scores.map(\.value)
    isSingle = scores.allSatisfy { if case .single = $0 { true } else { false } }
  }

  /// Half the width of the interval that holds 95 of 100 samples.
  var halfWidth: Double {
    let sorted = values.sorted()
    let outside = sorted.count / 40
    let (lower, upper) = (sorted[outside], sorted[sorted.count - 1 - outside])
    return isSingle ? Double(0.5 * (Float(upper) - Float(lower))) : 0.5 * (upper - lower)
  }

  /// The mean as NumPy has it of the sorted scores.
  var mean: Double {
    let sorted = values.sorted()
    return isSingle ? Double(numpyMean(sorted.map { Float($0) })) : numpyMean(sorted)
  }

  /// The mean without rounding on the way, as Python's `statistics` has it.
  var exactMean: Double {
    let mean = roundedOnceMean(values)
    return isSingle ? Double(Float(mean)) : mean
  }

  /// The two-sided p-value of a difference between two corpora under these samples of both: how often the
  /// difference of a sample is farther from its mean than that of the corpora is from 0 (Koehn 2004).
  func pValue(against baseline: SampledScores, difference: Double) -> Double {
    func exceeding<Value: BinaryFloatingPoint>(_ type: Value.Type) -> Int {
      let differences = zip(values, baseline.values).map { abs(Value($0) - Value($1)) }
      let mean = numpyMean(differences)
      return differences.count { $0 - mean > Value(difference) }
    }
    let count = isSingle && baseline.isSingle ? exceeding(Float.self) : exceeding(Double.self)
    return Double(count + 1) / Double(values.count + 1)
  }
}

/// NumPy's `mean` of a contiguous array: the pairwise sum over the count.
private func numpyMean<Value: BinaryFloatingPoint>(_ values: [Value]) -> Value {
  values.withUnsafeBufferPointer { pairwiseSum($0[...]) } / Value(values.count)
}

/// The sum of pieces of at most 128 in eight lanes, pieces added up in a tree (Higham 1993; NumPy's
/// `add.reduce`).
private func pairwiseSum<Value: BinaryFloatingPoint>(_ values: Slice<UnsafeBufferPointer<Value>>) -> Value {
  let count = values.count
  if count < 8 { return values.reduce(0, +) }
  if count > 128 {
    let middle = values.startIndex + (count / 2 - count / 2 % 8)
    return pairwiseSum(values[..<middle]) + pairwiseSum(values[middle...])
  }
  var lanes = (0..<8).map { values[values.startIndex + $0] }
  var index = values.startIndex + 8
  while index + 8 <= values.endIndex {
    for lane in 0..<8 { lanes[lane] += values[index + lane] }
    index += 8
  }
  var sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
  sum += (lanes[4] + lanes[5]) + (lanes[6] + lanes[7])
  while index < values.endIndex {
    sum += values[index]
    index += 1
  }
  return sum
}

/// The mean with one rounding at the end: the sum is kept in two doubles (Knuth's TwoSum).
private func roundedOnceMean(_ values: [Double]) -> Double {
  var (high, low) = (0.0, 0.0)
  for value in values {
    let sum = high + value
    let shadow = sum - high
    low += (high - (sum - shadow)) + (value - shadow)
    high = sum
  }
  let count = Double(values.count)
  let quotient = high / count
  // What the division left over, exactly, and what the sum had beside `high`.
  let rest = high.addingProduct(-quotient, count) + low
  return quotient + rest / count
}
