import CVectorMath
import Reference
import Tensors
import Testing

@Suite("Products in 8-bit integers")
struct QuantizedProductTests {
  /// The product of the quantised factors, by the definition: each row of `a` and each column of `b` rounded to 255
  /// levels.
  private func expected(_ a: Matrix, _ b: Matrix) -> Matrix {
    func levels(_ values: [Double]) -> [Double] {
      let most = Float(values.reduce(0) { max($0, abs($1)) })
      return values.map { most > 0 ? Double((Float($0) * (127 / most)).rounded(.toNearestOrEven)) : 0 }
    }
    func scale(_ values: [Double]) -> Double { Double(Float(values.reduce(0) { max($0, abs($1)) }) / 127) }
    let columns = (0..<b.columns).map { column in (0..<b.rows).map { b[$0, column] } }
    let quantizedColumns = columns.map(levels)
    var result = Matrix(rows: a.rows, columns: b.columns)
    for row in 0..<a.rows {
      let values = a.row(row).values
      let quantized = levels(values)
      for (column, other) in quantizedColumns.enumerated() {
        let sum = zip(quantized, other).reduce(0) { $0 + $1.0 * $1.1 }
        result[row, column] = sum * scale(values) * scale(columns[column])
      }
    }
    return result
  }

  private func product(
    _ set: KernelSet, _ a: Matrix, _ b: Matrix, into c: [Float], accumulate: Bool, rows: Range<Int>? = nil
  ) -> [Float] {
    let (groups, width) = ((b.rows + 3) / 4, Int(VM_PANEL))
    let panels = (b.columns + width - 1) / width
    var packed = [UInt8](repeating: 7, count: panels * width * groups * 4)
    var scales = [Float](repeating: 7, count: panels * width)
    set.kernels.quantize_columns(&packed, &scales, b.floats, b.rows, b.columns)
    let taken = a[rows: rows ?? 0..<a.rows]
    var quantized = [Int8](repeating: 7, count: taken.rows * groups * 4)
    var rowScales = [Float](repeating: 7, count: taken.rows)
    var offsets = [Int32](repeating: 7, count: taken.rows)
    set.kernels.quantize_rows(
      &quantized, &rowScales, &offsets, taken.floats, taken.rows, a.columns, groups * 4)
    var result = c
    set.kernels.int8_product(
      quantized, groups * 4, rowScales, offsets, packed, scales, &result, b.columns, taken.rows, b.columns,
      groups,
      accumulate ? 1 : 0)
    return result
  }

  @Test("It is the product of the rounded factors, and near that of the factors", arguments: KernelSet.all)
  func values(_ set: KernelSet) {
    var generator = SplitMix64(seed: 20)
    for (m, n, k) in [
      (1, 1, 1), (2, 31, 5), (3, 32, 7), (8, 33, 64), (9, 95, 2), (5, 64, 130), (21, 100, 51),
    ] {
      let (a, b) = (Matrix.random(m, k, using: &generator), Matrix.random(k, n, using: &generator))
      let rounded = expected(a, b)
      let zeros = [Float](repeating: 0, count: m * n)
      let found = product(set, a, b, into: zeros, accumulate: false)
      #expect(GradientCheck.error(found, rounded) < 1e-5, "[\(m), \(k)] x [\(k), \(n)]")
      #expect(GradientCheck.error(found, a * b) < 0.05)
      let twice = product(set, a, b, into: found, accumulate: true)
      #expect(GradientCheck.error(twice, rounded.map { 2 * $0 }) < 1e-5)
    }
  }

  @Test("Rows and columns of zeros, large and tiny numbers, and what is not finite", arguments: KernelSet.all)
  func extremes(_ set: KernelSet) {
    var generator = SplitMix64(seed: 21)
    var (a, b) = (Matrix.random(6, 9, using: &generator), Matrix.random(9, 40, using: &generator))
    for k in 0..<9 {
      a[1, k] = 0
      a[2, k] *= 1e30
      a[3, k] *= 1e-30
      b[k, 3] = 0
      b[k, 35] *= 1e6
    }
    // All at the end of the range: the largest sums there are.
    for k in 0..<9 { (a[4, k], b[k, 7]) = (-5, -3) }
    let found = product(set, a, b, into: [Float](repeating: 0, count: 240), accumulate: false)
    let rounded = expected(a, b)
    for row in 0..<6 {
      let line = Array(found[row * 40..<(row + 1) * 40])
      for (column, value) in line.enumerated() {
        let right = rounded[row, column]
        #expect(abs(Double(value) - right) <= 1e-5 * abs(right), "row \(row), column \(column)")
      }
    }
    a[0, 4] = .infinity
    a[5, 2] = .nan
    let broken = product(set, a, b, into: [Float](repeating: 0, count: 240), accumulate: false)
    #expect(broken[0..<40].allSatisfy { $0.isNaN })
    #expect(Array(broken[40..<200]) == Array(found[40..<200]))
    #expect(broken[200..<240].allSatisfy { $0.isNaN })
    // Nor do weights that are not finite pass for others.
    (a[0, 4], a[5, 2]) = (1, 1)
    (b[2, 9], b[3, 39]) = (.nan, -.infinity)
    let weights = product(set, a, b, into: [Float](repeating: 0, count: 240), accumulate: false)
    #expect((0..<240).allSatisfy { weights[$0].isNaN == [9, 39].contains($0 % 40) })
  }

  @Test("A row's result is the same to the bit whatever the number of rows", arguments: KernelSet.all)
  func rowIndependence(_ set: KernelSet) {
    var generator = SplitMix64(seed: 22)
    let (a, b) = (Matrix.random(40, 37, using: &generator), Matrix.random(37, 45, using: &generator))
    let whole = product(set, a, b, into: [Float](repeating: 0, count: 40 * 45), accumulate: false)
    for m in 1...40 {
      let part = product(
        set, a, b, into: [Float](repeating: 0, count: m * 45), accumulate: false, rows: 40 - m..<40)
      #expect(part.map(\.bitPattern) == whole[((40 - m) * 45)...].map(\.bitPattern))
    }
  }

  @Test("A tape multiplies with the weights that were packed, in 32 bits and in 8")
  func tape() {
    var generator = SplitMix64(seed: 23)
    let store = ParameterStore()
    let weight = store.add("weight", rows: 37, columns: 45, isProductWeight: true)
    let (x, w) = (Matrix.random(9, 37, using: &generator), Matrix.random(37, 45, using: &generator))
    weight.assign(w.floats)
    let tape = Tape(rowIndependent: true)
    var errors: [Double] = []
    for format in [WeightFormat.f32, .int8] {
      store.pack(format)
      tape.reset()
      let y = tape.product(tape.tensor(x.floats, rows: 9, columns: 37), weight)
      errors.append(GradientCheck.error(y.array, format == .f32 ? x * w : expected(x, w)))
    }
    #expect(errors.allSatisfy { $0 < 1e-5 })
  }
}
