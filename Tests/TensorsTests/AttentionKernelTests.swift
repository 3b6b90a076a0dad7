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
    var memory = vm_memory()
    memory.values = UnsafePointer(values.pointer)
    memory.gradient = gradient?.pointer
    (memory.step_stride, memory.row_stride) = (setting.rows * width, width)
    (memory.gradient_step_stride, memory.gradient_row_stride) = (setting.rows * width, width)
    memory.width = Int32(width)
    return memory
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
      let dWeights = Matrix.random(1, setting.keys.rows, using: &generator)
      let inputs = [setting.query, setting.keys, setting.values] + (setting.v.map { [$0] } ?? [])
      let slopes = GradientCheck.numeric(inputs) { x in
        let result = Reference.attend(query: x[0], keys: x[1], values: x[2], v: x.count > 3 ? x[3] : nil)
        return zip(result.weights, dWeights.values).reduce(result.context.inner(dContext)) {
          $0 + $1.0 * $1.1
        }
      }
      let keys = Floats(setting.laidOut(setting.keys, elsewhere: .nan))
      let values = Floats(setting.laidOut(setting.values, elsewhere: .nan))
      let dKeys = Floats([Float](repeating: 1, count: keys.count))
      let dValues = Floats([Float](repeating: 1, count: values.count))
      var keyMemory = memory(keys, dKeys, setting, setting.keys.columns)
      var valueMemory = memory(values, dValues, setting, setting.values.columns)
      let length = setting.keys.rows
      var weights = [Float](repeating: 9, count: length)
      var dScores = dWeights.floats
      var context = [Float](repeating: 9, count: setting.values.columns)
      var dQuery = [Float](repeating: 1, count: setting.query.columns)
      var dV = dQuery
      if let v = setting.v {
        set.kernels.mlp_attention(
          setting.query.floats, v.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
        set.kernels.mlp_attention_backward(
          setting.query.floats, &dQuery, v.floats, &dV, &keyMemory, &valueMemory, setting.row, length,
          weights,
          dContext.floats, &dScores)
        #expect(GradientCheck.error(dV.map { $0 - 1 }, slopes[3]) < 2e-5)
      } else {
        set.kernels.dot_attention(
          setting.query.floats, &keyMemory, &valueMemory, setting.row, length, &weights, &context)
        set.kernels.dot_attention_backward(
          &dQuery, &keyMemory, &valueMemory, setting.row, length, weights, dContext.floats, &dScores)
        add(set, [setting.query.floats], [dScores], to: dKeys, setting, setting.keys)
      }
      add(set, [dContext.floats], [weights], to: dValues, setting, setting.values)
      #expect(GradientCheck.error(dQuery.map { $0 - 1 }, slopes[0]) < 2e-5)
      #expect(GradientCheck.error(setting.own(dKeys.array, setting.keys).map { $0 - 1 }, slopes[1]) < 2e-5)
      #expect(
        GradientCheck.error(setting.own(dValues.array, setting.values).map { $0 - 1 }, slopes[2]) < 2e-5)
      let touched = dKeys.array.count { $0 != 1 }
      #expect(touched <= setting.keys.values.count, "wrote to another sentence's gradient")
    }
  }

  /// The sentence's share of a gradient, `[S, B, D]`.
  private func add(
    _ set: KernelSet, _ rows: [[Float]], _ weights: [[Float]], to gradient: Floats, _ setting: Setting,
    _ shape: Matrix
  ) {
    let (x, w) = (rows.map { Floats($0) }, weights.map { Floats($0) })
    let (columns, place) = (shape.columns, gradient.pointer + setting.row * shape.columns)
    withExtendedLifetime((x, w)) {
      set.kernels.add_weighted_rows(
        place, setting.rows * columns, shape.rows, columns, x.map { UnsafePointer($0.pointer) },
        w.map { UnsafePointer($0.pointer) }, rows.count)
    }
  }

  @Test("Sums of rows under weights, of all sizes, are added", arguments: KernelSet.all)
  func weightedRows(_ set: KernelSet) {
    var generator = SplitMix64(seed: 17)
    for (length, width, count) in [(1, 1, 1), (2, 31, 3), (9, 32, 1), (11, 33, 20), (17, 100, 5), (3, 64, 0)]
    {
      let weights = Matrix.random(count, length, using: &generator)
      let rows = Matrix.random(count, width, using: &generator)
      let target = Floats([Float](repeating: 1, count: length * (width + 2)))
      let (w, x) = (Floats(weights.floats), Floats(rows.floats))
      withExtendedLifetime((w, x)) {
        set.kernels.add_weighted_rows(
          target.pointer, width + 2, length, width, (0..<count).map { UnsafePointer(x.pointer + $0 * width) },
          (0..<count).map { UnsafePointer(w.pointer + $0 * length) }, count)
      }
      for s in 0..<length {
        for j in 0..<width {
          let expected = 1 + (0..<count).reduce(0) { $0 + weights[$1, s] * rows[$1, j] }
          #expect(abs(Double(target.array[s * (width + 2) + j]) - expected) < 1e-5)
        }
        #expect(target.array[s * (width + 2) + width] == 1, "wrote past a row")
      }
    }
  }

  @Test("A memory in bf16 gives what its rounded values give in f32", arguments: KernelSet.all)
  func memoryInBF16(_ set: KernelSet) {
    var generator = SplitMix64(seed: 18)
    for setting in settings(&generator, ranges: [0.7]) {
      let length = setting.keys.rows
      var found: [[[Float]]] = []
      for isBF16 in [false, true] {
        var kept: [(floats: Floats, gradient: Floats, halves: Values<UInt16>)] = []
        for matrix in [setting.keys, setting.values] {
          var half = [UInt16](repeating: 0, count: matrix.values.count)
          set.kernels.to_bf16(&half, matrix.floats, half.count)
          var rounded = matrix
          for i in 0..<half.count { rounded.values[i] = Double(Float(bitPattern: UInt32(half[i]) << 16)) }
          let values = Floats(setting.laidOut(rounded, elsewhere: .nan))
          // The sentence's row of three, each as long as the sentence.
          let others = half.map { _ in UInt16(0x7FC0) }
          kept.append((values, Floats(values.array.map { _ in 0 }), Values(others + half + others)))
        }
        let memories = zip(kept, [setting.keys, setting.values]).map { kept, matrix in
          var view = memory(kept.floats, kept.gradient, setting, matrix.columns)
          guard isBF16 else { return view }
          view.values = nil
          view.bf16 = UnsafePointer(kept.halves.pointer)
          (view.step_stride, view.row_stride) = (matrix.columns, matrix.values.count)
          return view
        }
        found.append(withExtendedLifetime(kept) { results(set, setting, memories, length) })
      }
      for (f32, bf16) in zip(found[0], found[1]) {
        #expect(GradientCheck.error(bf16, f32.map { Double($0) }) < 1e-6)
      }
    }
  }

  /// Weights, context, gradients of scores and of the query.
  private func results(
    _ set: KernelSet, _ setting: Setting, _ memories: [vm_memory], _ length: Int
  ) -> [[Float]] {
    var (keys, values) = (memories[0], memories[1])
    var weights = [Float](repeating: 0, count: length)
    var dScores = weights
    var context = [Float](repeating: 0, count: setting.values.columns)
    var dQuery = [Float](repeating: 0, count: setting.query.columns)
    let dContext = setting.values.floats.prefix(setting.values.columns).map { $0 + 0.5 }
    if let v = setting.v {
      var dV = dQuery
      set.kernels.mlp_attention(
        setting.query.floats, v.floats, &keys, &values, setting.row, length, &weights, &context)
      set.kernels.mlp_attention_backward(
        setting.query.floats, &dQuery, v.floats, &dV, &keys, &values, setting.row, length, weights, dContext,
        &dScores)
      return [weights, context, dScores, dQuery, dV]
    }
    set.kernels.dot_attention(
      setting.query.floats, &keys, &values, setting.row, length, &weights, &context)
    set.kernels.dot_attention_backward(
      &dQuery, &keys, &values, setting.row, length, weights, dContext, &dScores)
    return [weights, context, dScores, dQuery]
  }
}
