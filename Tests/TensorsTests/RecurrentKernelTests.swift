import CVectorMath
import Foundation
import Reference
import Tensors
import Testing

@Suite("LSTM kernels")
struct RecurrentKernelTests {
  /// Some rows active, some not; `nil` for all.
  private func masks(_ rows: Int) -> [[Bool]?] {
    [nil, (0..<rows).map { $0 % 3 != 1 }, [Bool](repeating: false, count: rows)]
  }

  private func withFlags<Result>(_ mask: [Bool]?, _ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
    guard let mask else { return body(nil) }
    return mask.map { UInt8($0 ? 1 : 0) }.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  @Test("Forward, with masks and with gates far in saturation", arguments: KernelSet.all)
  func forward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 13)
    for rows in [1, 4] {
      for width in [1, 2, 7, 16, 17, 33, 65] {
        for range: Float in [2, 200] {
          for mask in masks(rows) {
            let gates = Matrix.random(rows, 4 * width, range: range, using: &generator)
            let hidden = Matrix.random(rows, width, using: &generator)
            let cell = Matrix.random(rows, width, range: 3, using: &generator)
            var activations = gates.floats
            var h = [Float](repeating: 9, count: rows * width)
            var c = h
            withFlags(mask) {
              set.kernels.lstm_forward(&activations, hidden.floats, cell.floats, $0, &h, &c, rows, width)
            }
            let expected = Reference.lstmStep(gates: gates, hidden: hidden, cell: cell, active: mask)
            #expect(GradientCheck.error(h, expected.hidden) < 2e-6)
            #expect(GradientCheck.error(c, expected.cell) < 2e-6)
            for b in 0..<rows where !(mask?[b] ?? true) {
              let range = b * width..<(b + 1) * width
              #expect(Array(h[range]) == hidden.row(b).floats && Array(c[range]) == cell.row(b).floats)
            }
          }
        }
      }
    }
  }

  @Test("Backward is the slope of forward", arguments: KernelSet.all)
  func backward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 14)
    for (rows, width) in [(1, 1), (3, 5), (4, 17)] {
      for mask in masks(rows) {
        let gates = Matrix.random(rows, 4 * width, range: 2, using: &generator)
        let hidden = Matrix.random(rows, width, using: &generator)
        let cell = Matrix.random(rows, width, range: 2, using: &generator)
        let dh = Matrix.random(rows, width, using: &generator)
        let dc = Matrix.random(rows, width, using: &generator)
        let slopes = GradientCheck.numeric([gates, hidden, cell]) { x in
          let next = Reference.lstmStep(gates: x[0], hidden: x[1], cell: x[2], active: mask)
          return next.hidden.inner(dh) + next.cell.inner(dc)
        }
        var activations = gates.floats
        var (h, c) = (dh.floats, dh.floats)
        var dGates = [Float](repeating: .nan, count: gates.values.count)
        // What is there already must be added to.
        var (dHidden, dCell) = (
          [Float](repeating: 1, count: rows * width), [Float](repeating: -2, count: rows * width)
        )
        withFlags(mask) {
          set.kernels.lstm_forward(&activations, hidden.floats, cell.floats, $0, &h, &c, rows, width)
          set.kernels.lstm_backward(
            activations, cell.floats, c, $0, dh.floats, dc.floats, &dGates, &dHidden, &dCell, rows, width)
        }
        #expect(GradientCheck.error(dGates, slopes[0]) < 1e-5)
        #expect(GradientCheck.error(dHidden.map { $0 - 1 }, slopes[1]) < 1e-5)
        #expect(GradientCheck.error(dCell.map { $0 + 2 }, slopes[2]) < 1e-5)
      }
    }
  }
}
