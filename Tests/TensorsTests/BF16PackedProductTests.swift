import CVectorMath
import Reference
import Tensors
import Testing

@Suite("Row-independent products in bf16")
struct BF16PackedProductTests {
  /// The upper half of an f32, rounded to the nearest, ties to even.
  private func rounded(_ value: Double) -> (bits: UInt16, value: Double) {
    let bits = Float(value).bitPattern
    let upper = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    return (upper, Double(Float(bitPattern: UInt32(upper) << 16)))
  }

  /// The panels that `bf16_product` reads, laid out here anew from its description.
  private func panels(_ b: Matrix) -> [UInt16] {
    let width = Int(VM_PANEL)
    let pairs = (b.rows + 1) / 2
    var panels = [UInt16](repeating: 0, count: (b.columns + width - 1) / width * pairs * width * 2)
    for row in 0..<b.rows {
      for column in 0..<b.columns {
        let pair = (column / width * pairs + row / 2) * width + column % width
        panels[2 * pair + row % 2] = rounded(b[row, column]).bits
      }
    }
    return panels
  }

  private func product(
    _ set: KernelSet, _ a: Matrix, _ b: Matrix, into c: [Float], accumulate: Bool, rows: Range<Int>? = nil
  ) -> [Float] {
    let pairs = (b.rows + 1) / 2
    let taken = rows ?? 0..<a.rows
    let left = taken.flatMap { row in
      (0..<2 * pairs).map { $0 < a.columns ? rounded(a[row, $0]).bits : 0 }
    }
    var result = c
    set.kernels.bf16_product(
      left, 2 * pairs, panels(b), &result, b.columns, taken.count, b.columns, pairs, accumulate ? 1 : 0)
    return result
  }

  private func expected(_ a: Matrix, _ b: Matrix) -> Matrix {
    a.map { rounded($0).value } * b.map { rounded($0).value }
  }

  @Test("It is the product of the rounded factors, and near that of the factors", arguments: KernelSet.all)
  func values(_ set: KernelSet) {
    var generator = SplitMix64(seed: 30)
    for (m, n, k) in [
      (1, 1, 1), (2, 31, 5), (3, 32, 7), (8, 33, 64), (9, 95, 2), (5, 64, 130), (21, 100, 51), (7, 32, 9),
    ] {
      let (a, b) = (Matrix.random(m, k, using: &generator), Matrix.random(k, n, using: &generator))
      let found = product(set, a, b, into: [Float](repeating: 0, count: m * n), accumulate: false)
      #expect(GradientCheck.error(found, expected(a, b)) < 1e-5, "[\(m), \(k)] x [\(k), \(n)]")
      #expect(GradientCheck.error(found, a * b) < 0.02)
      let twice = product(set, a, b, into: found, accumulate: true)
      #expect(GradientCheck.error(twice, expected(a, b).map { 2 * $0 }) < 1e-5)
    }
  }

  @Test("Large numbers, zeros, and what is not finite", arguments: KernelSet.all)
  func extremes(_ set: KernelSet) {
    var generator = SplitMix64(seed: 31)
    var (a, b) = (Matrix.random(5, 9, using: &generator), Matrix.random(9, 40, using: &generator))
    for k in 0..<9 {
      a[1, k] = 0
      a[2, k] *= 1e30
      b[k, 3] = 0
    }
    let zeros = [Float](repeating: 0, count: 200)
    let found = product(set, a, b, into: zeros, accumulate: false)
    let right = expected(a, b)
    for row in 0..<5 {
      let most = (0..<40).reduce(0) { max($0, abs(right[row, $1])) }
      for column in 0..<40 {
        #expect(abs(Double(found[row * 40 + column]) - right[row, column]) <= 1e-5 * most)
      }
    }
    a[0, 4] = .infinity
    a[4, 2] = .nan
    b[4, 3] = 1
    let broken = product(set, a, b, into: zeros, accumulate: false)
    #expect(broken[0..<40].allSatisfy { !$0.isFinite } && broken[160...].allSatisfy { $0.isNaN })
    #expect(broken[40..<43] == found[40..<43] && broken[44..<80] == found[44..<80])
  }

  @Test("A row's result is the same to the bit whatever the number of rows", arguments: KernelSet.all)
  func rowIndependence(_ set: KernelSet) {
    var generator = SplitMix64(seed: 32)
    let (a, b) = (Matrix.random(40, 37, using: &generator), Matrix.random(37, 45, using: &generator))
    let whole = product(set, a, b, into: [Float](repeating: 0, count: 40 * 45), accumulate: false)
    for m in 1...40 {
      let part = product(
        set, a, b, into: [Float](repeating: 0, count: m * 45), accumulate: false, rows: 40 - m..<40)
      #expect(part.map(\.bitPattern) == whole[((40 - m) * 45)...].map(\.bitPattern))
    }
  }

  @Test("A tape multiplies with rounded weights, of all columns and of some", arguments: [36, 37])
  func tape(inputs: Int) {
    var generator = SplitMix64(seed: 33)
    let store = ParameterStore()
    let weight = store.add("weight", rows: inputs, columns: 45, isProductWeight: true)
    let (x, w) = (
      Matrix.random(9, inputs, using: &generator), Matrix.random(inputs, 45, using: &generator)
    )
    weight.assign(w.floats)
    store.pack(.bf16)
    let tape = Tape(rowIndependent: true)
    let y = tape.product(tape.tensor(x.floats, rows: 9, columns: inputs), weight)
    #expect(GradientCheck.error(y.array, expected(x, w)) < 1e-5)
    let ids: [Int32] = [3, 44, 0, 31, 32]
    let some = SelectedOutputs(ids, weight: weight, bias: nil)(
      tape.tensor(x.floats, rows: 9, columns: inputs), tape)
    #expect(some.array == (0..<9).flatMap { row in ids.map { y.array[row * 45 + Int($0)] } })
  }
}
