import CVectorMath
import Foundation
import Reference
import Tensors
import Testing

@Suite("Elementwise and row kernels")
struct ElementwiseKernelTests {
  @Test("add and scale", arguments: KernelSet.all)
  func addAndScale(_ set: KernelSet) {
    var generator = SplitMix64(seed: 1)
    for n in KernelSet.sizes {
      let (a, b) = (random(n, &generator), random(n, &generator))
      var sum = a
      set.kernels.add(&sum, b, n)
      #expect(sum == zip(a, b).map { $0 + $1 })
      var scaled = a
      set.kernels.scale(&scaled, -1.75, n)
      #expect(scaled == a.map { $0 * -1.75 })
    }
  }

  @Test("tanh is right to a few units in the last place everywhere", arguments: KernelSet.all)
  func tanhAccuracy(_ set: KernelSet) {
    var x = (-4_000...4_000).map { Float($0) / 200 }
    x += (1...60).flatMap {
      [
        Float(sign: .plus, exponent: -$0, significand: 1.37),
        -Float(sign: .plus, exponent: -$0, significand: 1.37),
      ]
    }
    x += [
      0, 0.1, -0.1, Float(0.1).nextDown, 9.99, 10, 88, 1e4, -1e4, .greatestFiniteMagnitude, .infinity,
      -.infinity,
    ]
    var y = [Float](repeating: 9, count: x.count)
    set.kernels.tanh_forward(&y, x, x.count)
    for (input, found) in zip(x, y) {
      let expected = tanh(Double(input))
      #expect(
        abs(Double(found) - expected) <= 1.5e-6 * abs(expected), "tanh(\(input)) is \(found), not \(expected)"
      )
      #expect(abs(found) <= 1)
    }
  }

  @Test("tanh backward adds", arguments: KernelSet.all)
  func tanhBackward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 2)
    for n in KernelSet.sizes {
      let (y, dy, before) = (random(n, &generator), random(n, &generator), random(n, &generator))
      var dx = before
      set.kernels.tanh_backward(&dx, y, dy, n)
      let expected = (0..<n).map { Double(before[$0]) + Double(dy[$0]) * (1 - Double(y[$0]) * Double(y[$0])) }
      #expect(GradientCheck.error(dx, expected) < 1e-6)
    }
  }

  @Test("Biases are added to rows, rows are summed, and matrices transposed", arguments: KernelSet.all)
  func rows(_ set: KernelSet) {
    var generator = SplitMix64(seed: 3)
    for rows in [1, 2, 7, 16, 17, 40] {
      for columns in [1, 3, 16, 31, 33, 70] {
        let matrix = Matrix.random(rows, columns, using: &generator)
        let bias = Matrix.random(1, columns, using: &generator)
        var biased = matrix.floats
        set.kernels.add_bias(&biased, bias.floats, rows, columns)
        #expect(GradientCheck.error(biased, matrix + bias) < 1e-6)

        var sums = bias.floats
        set.kernels.sum_rows(&sums, matrix.floats, rows, columns)
        let ones = Matrix(rows: 1, columns: rows, [Double](repeating: 1, count: rows))
        #expect(GradientCheck.error(sums, bias + ones * matrix) < 1e-5)

        var transposed = [Float](repeating: 9, count: rows * columns)
        set.kernels.transpose(&transposed, matrix.floats, rows, columns)
        #expect(transposed == matrix.transposed.floats)
      }
    }
  }

  @Test(
    "Dropout drops at its rate, keeps the mean, and its mask is a function of the seed",
    arguments: KernelSet.all)
  func dropout(_ set: KernelSet) {
    let n = 100_000
    let ones = [Float](repeating: 1, count: n)
    func mask(_ rate: Float, _ seed: UInt64, _ kernels: vm_kernels) -> [Float] {
      var y = [Float](repeating: 9, count: n)
      kernels.dropout(&y, ones, n, rate, seed, 0)
      return y
    }
    for rate: Float in [0.1, 0.3, 0.5, 0.9] {
      let y = mask(rate, 77, set.kernels)
      #expect(y.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
      let dropped = Double(y.count { $0 == 0 }) / Double(n)
      // Five standard deviations of a binomial.
      let margin = 5 * (Double(rate) * (1 - Double(rate)) / Double(n)).squareRoot()
      #expect(abs(dropped - Double(rate)) < margin, "\(dropped) dropped at rate \(rate)")
      let mean = y.reduce(0) { $0 + Double($1) } / Double(n)
      #expect(abs(mean - 1) < margin / (1 - Double(rate)))

      #expect(y == mask(rate, 77, KernelSet.all[0].kernels), "another mask than the baseline's")
      let both = zip(y, mask(rate, 78, set.kernels)).count { $0 == 0 && $1 == 0 }
      #expect(abs(Double(both) / Double(n) - Double(rate * rate)) < margin, "masks of two seeds go together")
      let neighbours = zip(y, y.dropFirst()).count { $0 == 0 && $1 == 0 }
      #expect(abs(Double(neighbours) / Double(n) - Double(rate * rate)) < margin, "neighbours go together")
    }
  }

  @Test("Dropout's backward pass draws the same mask and adds", arguments: KernelSet.all)
  func dropoutBackward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 4)
    for n in KernelSet.sizes {
      let (x, dy, before) = (random(n, &generator, in: 0.5...1), random(n, &generator), random(n, &generator))
      var (y, dx) = (x, before)
      set.kernels.dropout(&y, x, n, 0.4, 5, 0)
      set.kernels.dropout(&dx, dy, n, 0.4, 5, 1)
      for i in 0..<n {
        let expected = y[i] == 0 ? before[i] : before[i] + dy[i] / 0.6
        #expect(abs(dx[i] - expected) < 1e-6)
      }
    }
  }
}
