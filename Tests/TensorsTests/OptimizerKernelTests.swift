import CVectorMath
import Foundation
import Reference
import Tensors
import Testing

@Suite("Optimiser kernels")
struct OptimizerKernelTests {
  @Test("Sums of squares keep their precision over a million values", arguments: KernelSet.all)
  func sumOfSquares(_ set: KernelSet) {
    var generator = SplitMix64(seed: 8)
    for n in KernelSet.sizes + [4_095, 4_097, 1_000_003] {
      let x = random(n, &generator)
      let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(abs(set.kernels.sum_of_squares(x, n) - expected) < 1e-6 * expected)
    }
    #expect(set.kernels.sum_of_squares([], 0) == 0)
  }

  @Test("Adam is algorithm 1 of its paper", arguments: KernelSet.all)
  func adam(_ set: KernelSet) {
    var generator = SplitMix64(seed: 9)
    for n in KernelSet.sizes {
      let (p, g, m) = (random(n, &generator), random(n, &generator), random(n, &generator))
      let v = random(n, &generator, in: 0...1)
      var (parameter, first, second) = (p, m, v)
      set.kernels.adam(&parameter, &first, &second, g, n, 0.5, 0.01, 0.9, 0.99, 1e-8, 0.1, 1.7, 3.1)
      var expected: (p: [Double], m: [Double], v: [Double]) = ([], [], [])
      for i in 0..<n {
        let gradient = Double(g[i]) * 0.5
        expected.m.append(0.9 * Double(m[i]) + 0.1 * gradient)
        expected.v.append(0.99 * Double(v[i]) + 0.01 * gradient * gradient)
        let root = (expected.v[i] * 3.1).squareRoot() + 1e-8
        let step: Double = expected.m[i] * 1.7 / root + 0.1 * Double(p[i])
        expected.p.append(Double(p[i]) - 0.01 * step)
      }
      #expect(GradientCheck.error(first, expected.m) < 1e-6)
      #expect(GradientCheck.error(second, expected.v) < 1e-6)
      #expect(GradientCheck.error(parameter, expected.p) < 1e-6)
    }
  }

  @Test("Bias corrections follow the step")
  func corrections() {
    for step in [1, 2, 3, 10, 1_000, 1_000_000] {
      let constants = OptimizerKernels.AdamStep(
        step: step, learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 0, weightDecay: 0, gradientScale: 1)
      let first = 1 / (1 - pow(Double(Float(0.9)), Double(step)))
      let second = 1 / (1 - pow(Double(Float(0.999)), Double(step)))
      #expect(abs(Double(constants.firstCorrection) - first) < 1e-6 * first)
      #expect(abs(Double(constants.secondCorrection) - second) < 1e-6 * second)
    }
  }
}
