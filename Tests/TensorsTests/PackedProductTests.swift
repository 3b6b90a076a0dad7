import CVectorMath
import Reference
import Tensors
import Testing

@Suite("Packed product")
struct PackedProductTests {
  /// The panels that `packed_product` reads, laid out here anew from its description.
  private func panels(_ b: Matrix) -> [Float] {
    let width = Int(VM_PANEL)
    return (0..<(b.columns + width - 1) / width).flatMap { panel in
      (0..<b.rows).flatMap { k in
        (panel * width..<(panel + 1) * width).map { $0 < b.columns ? Float(b[k, $0]) : 0 }
      }
    }
  }

  @Test("It multiplies, with any strides, and adds where asked", arguments: KernelSet.all)
  func values(_ set: KernelSet) {
    var generator = SplitMix64(seed: 10)
    for (m, n, k) in [
      (1, 1, 1), (2, 31, 5), (3, 32, 7), (8, 33, 64), (9, 95, 1), (17, 64, 33), (70, 129, 51),
    ] {
      let (a, b) = (Matrix.random(m, k, using: &generator), Matrix.random(k, n, using: &generator))
      let (lda, ldc) = (k + 3, n + 5)
      var spread = [Float](repeating: .nan, count: m * lda)
      for i in 0..<m { for j in 0..<k { spread[i * lda + j] = Float(a[i, j]) } }
      var c = [Float](repeating: 7, count: m * ldc)
      set.kernels.packed_product(spread, lda, panels(b), &c, ldc, m, n, k, 0)
      let expected = a * b
      let found = (0..<m).flatMap { Array(c[$0 * ldc..<$0 * ldc + n]) }
      #expect(GradientCheck.error(found, expected) < 1e-5, "[\(m), \(k)] x [\(k), \(n)]")
      for row in 0..<m {
        #expect(c[row * ldc + n..<(row + 1) * ldc].allSatisfy { $0 == 7 }, "wrote past a row")
      }

      set.kernels.packed_product(spread, lda, panels(b), &c, ldc, m, n, k, 1)
      let twice = (0..<m).flatMap { Array(c[$0 * ldc..<$0 * ldc + n]) }
      #expect(GradientCheck.error(twice, expected.map { 2 * $0 }) < 1e-5)
    }
  }

  @Test(
    "A row's result is the same to the bit whatever the number of rows and its place",
    arguments: KernelSet.all)
  func rowIndependence(_ set: KernelSet) {
    var generator = SplitMix64(seed: 11)
    for (n, k) in [(1, 3), (33, 17), (77, 129)] {
      let b = panels(Matrix.random(k, n, using: &generator))
      let a = random(70 * k, &generator)
      let base = random(n, &generator)
      /// Rows `first..<first + m` of the product, added to `base` or not.
      func product(_ first: Int, _ m: Int, accumulate: Bool) -> [Float] {
        var c = (0..<m).flatMap { _ in base }
        a.withUnsafeBufferPointer {
          set.kernels.packed_product($0.baseAddress! + first * k, k, b, &c, n, m, n, k, accumulate ? 1 : 0)
        }
        return c
      }
      for accumulate in [false, true] {
        let alone = (0..<70).map { product($0, 1, accumulate: accumulate).map(\.bitPattern) }
        for m in 1...70 {
          let first = 70 - m
          let together = product(first, m, accumulate: accumulate).map(\.bitPattern)
          #expect(together == Array(alone[first...].joined()), "\(m) rows of [\(k), \(n)]")
        }
      }
    }
  }

  @Test("PackedMatrix agrees with the plain product")
  func packedMatrix() {
    var generator = SplitMix64(seed: 12)
    for (m, n, k) in [(1, 1, 1), (5, 32, 3), (13, 100, 21)] {
      let (a, b) = (Matrix.random(m, k, using: &generator), Matrix.random(k, n, using: &generator))
      let packed = PackedMatrix(b.floats, rows: k, columns: n)
      #expect(packed.rows == k && packed.columns == n)
      var c = [Float](repeating: 1, count: m * n)
      packed.multiply(a.floats, rows: m, into: &c, accumulate: true)
      #expect(GradientCheck.error(c, (a * b).map { $0 + 1 }) < 1e-5)
      packed.multiply(a.floats, rows: m, into: &c)
      #expect(GradientCheck.error(c, a * b) < 1e-5)
    }
  }
}
