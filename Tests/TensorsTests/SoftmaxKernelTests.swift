import CVectorMath
import Foundation
import Reference
import Tensors
import Testing

@Suite("Softmax kernels")
struct SoftmaxKernelTests {
  @Test("exp, seen through a softmax of two, is right over its whole range", arguments: KernelSet.all)
  func exponential(_ set: KernelSet) {
    for step in 0...860 {
      let x = -Float(step) / 10
      var (logits, nll): ([Float], Double) = ([x, 0], 0)
      _ = set.kernels.cross_entropy(&logits, 2, 1, 0, 1, &nll)
      let expected = exp(Double(x)) / (1 + exp(Double(x)))
      #expect(
        abs(Double(logits[0]) - expected) < 1e-6 * expected, "exp(\(x)): \(logits[0]) in place of \(expected)"
      )
    }
  }

  /// Ranges of logits, from the usual to the absurd.
  static let ranges: [Float] = [0, 1, 10, 80, 1e4]

  @Test("Cross-entropy: loss, likelihood and gradient", arguments: KernelSet.all)
  func crossEntropy(_ set: KernelSet) {
    var generator = SplitMix64(seed: 5)
    for n in KernelSet.sizes + [4_001] {
      for range in Self.ranges {
        for smoothing: Float in [0, 0.1] {
          let logits = random(n, &generator, in: -range...range)
          let target = generator.below(n)
          var (gradient, nll) = (logits, 0.0)
          let loss = set.kernels.cross_entropy(&gradient, n, target, smoothing, 0.25, &nll)
          let x = logits.map(Double.init)
          let expected = Reference.crossEntropy(x, target: target, smoothing: Double(smoothing))
          let tolerance = 2e-6 * Double(max(1, range))
          #expect(abs(loss - expected.smoothed) < tolerance)
          #expect(abs(nll - expected.negativeLogLikelihood) < tolerance)
          var slope = Reference.softmax(x).map { 0.25 * ($0 - Double(smoothing) / Double(n)) }
          slope[target] -= 0.25 * (1 - Double(smoothing))
          #expect(GradientCheck.error(gradient, slope) < 5e-6, "\(n) logits in ±\(range)")
        }
      }
    }
  }

  @Test("log-sum-exp, also of huge, equal and excluded values", arguments: KernelSet.all)
  func logSumExp(_ set: KernelSet) {
    var generator = SplitMix64(seed: 6)
    for n in KernelSet.sizes {
      for range in Self.ranges {
        let x = random(n, &generator, in: -range...range)
        let expected = Reference.logSumExp(x.map(Double.init))
        #expect(abs(Double(set.kernels.log_sum_exp(x, n)) - expected) < 1e-6 * max(1, Double(range)))
      }
    }
    #expect(set.kernels.log_sum_exp([-3e38], 1) == -3e38)
    #expect(abs(set.kernels.log_sum_exp([-.infinity, 2, -.infinity, 2], 4) - 2 - log(2)) < 1e-6)
  }

  @Test("top-k sorts, and of equal values takes the first", arguments: KernelSet.all)
  func topK(_ set: KernelSet) {
    var generator = SplitMix64(seed: 7)
    for n in KernelSet.sizes + [1_000] {
      for k in Set([1, 2, 6, n / 2, n]) where (1...n).contains(k) {
        // Few distinct values, so that most are ties.
        for kinds in [1, 3, 50, 1_000_000] {
          var x = (0..<n).map { _ in Float(generator.below(kinds)) - 20 }
          if n > 4 { x[generator.below(n)] = -.infinity }
          var (indices, best) = ([Int32](repeating: -1, count: k), [Float](repeating: 9, count: k))
          set.kernels.top_k(x, n, k, &indices, &best)
          let expected = x.indices.sorted { (-x[$0], $0) < (-x[$1], $1) }.prefix(k)
          #expect(indices.map(Int.init) == Array(expected))
          #expect(best == expected.map { x[$0] })
        }
      }
    }
  }

  @Test("The public wrappers give what the kernels give, and k may exceed the count")
  func wrappers() {
    let x: [Float] = [3, 1, 3, -2]
    x.withUnsafeBufferPointer { values in
      #expect(LogitRow.top(9, of: values).map(\.index) == [0, 2, 1, 3])
      #expect(LogitRow.top(2, of: values).map(\.value) == [3, 3])
      #expect(LogitRow.top(0, of: values).isEmpty)
      #expect(abs(Double(LogitRow.logSumExp(values)) - Reference.logSumExp([3, 1, 3, -2])) < 1e-6)
    }
  }
}
