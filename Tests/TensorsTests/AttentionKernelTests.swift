import CVectorMath
import Reference
import Tensors
import Testing

@Suite("Attention kernels")
struct AttentionKernelTests {
  /// One query over sentence `row` of a batch whose other sentences, and whose padding, are not numbers.
  private struct Setting {
    let query: Matrix
    let v: Matrix?
    let keys: Matrix
    let values: Matrix
    let row = 1
    let rows = 3

    init(width: Int, depth: Int, length: Int, range: Float, mlp: Bool, _ generator: inout SplitMix64) {
      query = .random(1, width, range: range, using: &generator)
      v = mlp ? .random(1, width, range: range, using: &generator) : nil
      keys = .random(length, width, range: range, using: &generator)
      values = .random(length, depth, using: &generator)
    }

    /// `[S, B, D]` with this sentence in its place.
    func laidOut(_ matrix: Matrix, elsewhere: Float) -> [Float] {
      var all = [Float](repeating: elsewhere, count: (matrix.rows + 2) * rows * matrix.columns)
      for s in 0..<matrix.rows {
        for j in 0..<matrix.columns { all[(s * rows + row) * matrix.columns + j] = Float(matrix[s, j]) }
      }
      return all
    }

    /// This sentence out of `[S, B, D]`.
    func own(_ all: [Float], _ shape: Matrix) -> [Float] {
      (0..<shape.rows).flatMap { s in
        (0..<shape.columns).map { all[(s * rows + row) * shape.columns + $0] }
      }
    }
  }

  private func settings(_ generator: inout SplitMix64, ranges: [Float]) -> [Setting] {
    var all: [Setting] = []
    for (width, depth, length) in [(1, 1, 1), (3, 5, 1), (7, 33, 2), (16, 16, 9), (33, 8, 17), (64, 31, 40)] {
      for range in ranges {
        for mlp in [false, true] {
          all.append(Setting(width: width, depth: depth, length: length, range: range, mlp: mlp, &generator))
        }
      }
    }
    return all
  }

  private func memory(
    _ values: Floats, _ gradient: Floats?, _ setting: Setting, _ width: Int
  ) -> vm_memory {
    vm_memory(
      values: values.pointer, gradient: gradient?.pointer, step_stride: setting.rows * width,
      row_stride: width,
      width: Int32(width))
  }

  @Test(
    "Weights and contexts; large scores too; nothing past the end or of other sentences is read",
    arguments: KernelSet.all)
  func forward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 15)
    for setting in settings(&generator, ranges: [0.5, 30]) {
      let keys = Floats(setting.laidOut(setting.keys, elsewhere: .nan))
      let values = Floats(setting.laidOut(setting.values, elsewhere: .nan))
      var keyMemory = memory(keys, nil, setting, setting.keys.columns)
      var valueMemory = memory(values, nil, setting, setting.values.columns)
      let length = setting.keys.rows
      var weights = [Float](repeating: 9, count: length + 1)
      var context = [Float](repeating: 9, count: setting.values.columns)
      if let v = setting.v {
        set.kernels.mlp_attention(
          setting.query.floats, v.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
      } else {
        set.kernels.dot_attention(
          setting.query.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
      }
      let expected = Reference.attend(
        query: setting.query, keys: setting.keys, values: setting.values, v: setting.v)
      // Scores near 10^4 have rounding errors near 10^-3, which is what a weight's relative error then is.
      let largest = setting.query.values.reduce(0) { max($0, abs($1)) }
      let tolerance = largest > 1 ? 5e-3 : 1e-5
      #expect(GradientCheck.error(Array(weights[..<length]), expected.weights) < tolerance)
      #expect(GradientCheck.error(context, expected.context) < tolerance)
      #expect(weights[length] == 9)
      #expect(abs(weights[..<length].reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test("Backward is the slope of forward, and adds", arguments: KernelSet.all)
  func backward(_ set: KernelSet) {
    var generator = SplitMix64(seed: 16)
    for setting in settings(&generator, ranges: [0.7]) where setting.keys.values.count < 1_000 {
      let dContext = Matrix.random(1, setting.values.columns, using: &generator)
      let inputs = [setting.query, setting.keys, setting.values] + (setting.v.map { [$0] } ?? [])
      let slopes = GradientCheck.numeric(inputs) { x in
        Reference.attend(query: x[0], keys: x[1], values: x[2], v: x.count > 3 ? x[3] : nil).context.inner(
          dContext)
      }
      let keys = Floats(setting.laidOut(setting.keys, elsewhere: .nan))
      let values = Floats(setting.laidOut(setting.values, elsewhere: .nan))
      let dKeys = Floats([Float](repeating: 1, count: keys.count))
      let dValues = Floats([Float](repeating: 1, count: values.count))
      var keyMemory = memory(keys, dKeys, setting, setting.keys.columns)
      var valueMemory = memory(values, dValues, setting, setting.values.columns)
      let length = setting.keys.rows
      var weights = [Float](repeating: 9, count: length)
      var scratch = weights
      var context = [Float](repeating: 9, count: setting.values.columns)
      var dQuery = [Float](repeating: 1, count: setting.query.columns)
      var dV = dQuery
      if let v = setting.v {
        set.kernels.mlp_attention(
          setting.query.floats, v.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
        set.kernels.mlp_attention_backward(
          setting.query.floats, &dQuery, v.floats, &dV, &keyMemory, &valueMemory, setting.row, length,
          weights,
          dContext.floats, &scratch)
        #expect(GradientCheck.error(dV.map { $0 - 1 }, slopes[3]) < 2e-5)
      } else {
        set.kernels.dot_attention(
          setting.query.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
        set.kernels.dot_attention_backward(
          setting.query.floats, &dQuery, &keyMemory, &valueMemory, setting.row, length, weights,
          dContext.floats,
          &scratch)
      }
      #expect(GradientCheck.error(dQuery.map { $0 - 1 }, slopes[0]) < 2e-5)
      #expect(GradientCheck.error(setting.own(dKeys.array, setting.keys).map { $0 - 1 }, slopes[1]) < 2e-5)
      #expect(
        GradientCheck.error(setting.own(dValues.array, setting.values).map { $0 - 1 }, slopes[2]) < 2e-5)
      let touched = dKeys.array.count { $0 != 1 }
      #expect(touched <= setting.keys.values.count, "wrote to another sentence's gradient")
    }
  }
}
