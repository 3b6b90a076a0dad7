import Foundation
import Reference
import Tensors
import Testing

/// Runs operations on a tape, and their plain f64 versions, on the same numbers.
///
/// The loss is a sum of the outputs under random weights, so the gradient of each output is not uniform.
struct OperationCheck {
  /// Largest difference between outputs, over the largest output.
  private(set) var forwardError = 0.0
  /// Largest difference between gradients and central differences, for each input and then each parameter.
  private(set) var gradientErrors: [Double] = []
  /// The gradients that the tape found, and the central differences.
  private(set) var gradients: [(found: [Float], expected: Matrix)] = []

  init(
    inputs: [Matrix], parameters: [Matrix] = [], dropoutSeed: UInt64? = nil, seed: UInt64 = 99,
    tape operations: (Tape, [Tensor], [Parameter]) -> [Tensor],
    reference: ([Matrix], [Matrix]) -> [Matrix]
  ) {
    let store = ParameterStore()
    let leaves = parameters.enumerated().map { index, matrix in
      let parameter = store.add(
        "p\(index)", rows: matrix.rows, columns: matrix.columns, isProductWeight: true)
      parameter.assign(matrix.floats)
      return parameter
    }
    let buffer = GradientBuffer(store)
    let tape = Tape(recordingInto: buffer)
    tape.reset(dropoutSeed: dropoutSeed)
    let tensors = inputs.map { tape.tensor($0.floats, rows: $0.rows, columns: $0.columns) }
    let outputs = operations(tape, tensors, leaves)
    let expected = reference(inputs, parameters)
    precondition(outputs.count == expected.count)
    var generator = SplitMix64(seed: seed)
    let weights = expected.map { Matrix.random($0.rows, $0.columns, using: &generator) }
    for ((output, plain), weight) in zip(zip(outputs, expected), weights) {
      precondition(output.rows == plain.rows && output.columns == plain.columns)
      forwardError = max(forwardError, GradientCheck.error(output.array, plain))
      for (index, value) in weight.floats.enumerated() { output.gradient![index] += value }
    }
    tape.backward()
    let slopes = GradientCheck.numeric(inputs + parameters) { x in
      zip(reference(Array(x[..<inputs.count]), Array(x[inputs.count...])), weights).reduce(0) {
        $0 + $1.0.inner($1.1)
      }
    }
    let found =
      tensors.map(\.gradientArray)
      + leaves.map { leaf in
        buffer.gradient(leaf).map { Array(UnsafeBufferPointer(start: $0, count: leaf.count)) }
          ?? [Float](repeating: 0, count: leaf.count)
      }
    gradients = Array(zip(found, slopes))
    gradientErrors = gradients.map { GradientCheck.error($0.found, $0.expected) }
  }

  /// Records an issue where an error reaches the tolerance.
  func expect(_ tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(forwardError < tolerance, sourceLocation: sourceLocation)
    for (index, error) in gradientErrors.enumerated() {
      #expect(error < tolerance, "gradient \(index)", sourceLocation: sourceLocation)
    }
  }
}

@Suite("Operations against central differences in f64")
struct OperationTests {
  private var generator = SplitMix64(seed: 21)

  private mutating func matrix(_ rows: Int, _ columns: Int, range: Float = 1) -> Matrix {
    .random(rows, columns, range: range, using: &generator)
  }

  @Test("A gradient that is wrong in one value by a thousandth of the largest is refused")
  mutating func canFail() {
    let check = OperationCheck(inputs: [matrix(3, 4)], parameters: [matrix(4, 5)]) { tape, x, p in
      [tape.product(x[0], p[0])]
    } reference: { x, p in
      [x[0] * p[0]]
    }
    check.expect()
    for (found, expected) in check.gradients {
      let largest = expected.values.reduce(0) { max($0, abs($1)) }
      for index in found.indices {
        var wrong = found
        wrong[index] += Float(largest) * 1e-3
        #expect(GradientCheck.error(wrong, expected) > 9e-4)
        wrong[index] = .nan
        #expect(GradientCheck.error(wrong, expected) == .infinity)
      }
    }
    let wrongForm = OperationCheck(inputs: [matrix(3, 4)]) { tape, x, _ in
      [tape.tanh(x[0])]
    } reference: { x, _ in
      [x[0].map { Reference.sigmoid(2 * $0) * 2 - 1.001 }]
    }
    #expect(wrongForm.forwardError > 1e-4)
  }

  @Test("product, with and without bias, and used twice")
  mutating func product() {
    for (m, k, n) in [(1, 1, 1), (3, 4, 5), (17, 9, 33)] {
      OperationCheck(inputs: [matrix(m, k)], parameters: [matrix(k, n), matrix(1, n)]) { tape, x, p in
        [tape.product(x[0], p[0], bias: p[1]), tape.product(x[0], p[0])]
      } reference: { x, p in
        [x[0] * p[0] + p[1], x[0] * p[0]]
      }.expect()
    }
  }

  /// An Elman network of `steps` steps: `h_t = tanh([x_t, h_{t-1}] W + base_t)`.
  private mutating func elman(steps: Int, rows: Int, base: Bool, bias: Bool) -> OperationCheck {
    let (inputs, hidden) = (3, 4)
    var given = [matrix(rows, hidden)] + (0..<steps).map { _ in matrix(rows, inputs) }
    if base { given.append(matrix(steps * rows, hidden)) }
    let parameters = [matrix(inputs + hidden, hidden)] + (bias ? [matrix(1, hidden)] : [])
    return OperationCheck(inputs: given, parameters: parameters) { tape, x, p in
      let repeated = RepeatedProduct(
        tape, steps: steps, rows: rows, weight: p[0], addingTo: base ? x[steps + 1] : nil,
        bias: bias ? p[1] : nil)
      var states = [x[0]]
      for step in 0..<steps { states.append(tape.tanh(repeated(step, x[step + 1], states[step]))) }
      return Array(states.dropFirst())
    } reference: { x, p in
      var states = [x[0]]
      for step in 0..<steps {
        var sum = Matrix.beside([x[step + 1], states[step]]) * p[0]
        if base { sum = sum + x[steps + 1][rows: step * rows..<(step + 1) * rows] }
        if bias { sum = sum + p[1] }
        states.append(sum.map { tanh($0) })
      }
      return Array(states.dropFirst())
    }
  }

  @Test("RepeatedProduct in a recurrence: over a base, with a bias, with neither")
  mutating func repeatedProduct() {
    elman(steps: 4, rows: 2, base: true, bias: false).expect()
    elman(steps: 4, rows: 3, base: false, bias: true).expect()
    elman(steps: 1, rows: 1, base: false, bias: false).expect()
  }

  @Test("embedding and gatherRows, with rows taken more than once and not at all")
  mutating func rowsByIndex() {
    let ids: [Int32] = [4, 0, 4, 4, 2]
    OperationCheck(inputs: [], parameters: [matrix(6, 3)]) { tape, _, p in
      [tape.embedding(ids, p[0])]
    } reference: { _, p in
      [.stacked(ids.map { p[0].row(Int($0)) })]
    }.expect(1e-6)
    OperationCheck(inputs: [matrix(6, 3)]) { tape, x, _ in
      [tape.gatherRows(x[0], ids.map(Int.init))]
    } reference: { x, _ in
      [.stacked(ids.map { x[0].row(Int($0)) })]
    }.expect(1e-6)
  }

  @Test("tanh, also into a slice of another tensor")
  mutating func hyperbolicTangent() {
    OperationCheck(inputs: [matrix(5, 7, range: 3), matrix(2, 4)]) { tape, x, _ in
      let whole = tape.zeros(rows: 6, columns: 4)
      _ = tape.tanh(x[1], output: whole.slice(from: 3, count: 2))
      return [tape.tanh(x[0]), whole]
    } reference: { x, _ in
      let tangent = x.map { $0.map { tanh($0) } }
      return [tangent[0], .stacked([Matrix(rows: 3, columns: 4), tangent[1], Matrix(rows: 1, columns: 4)])]
    }.expect(2e-5)
  }

  @Test("concatenate")
  mutating func concatenate() {
    OperationCheck(inputs: [matrix(4, 1), matrix(4, 5), matrix(4, 2)]) { tape, x, _ in
      [tape.concatenate([x[0], x[1], x[0], x[2]])]
    } reference: { x, _ in
      [.beside([x[0], x[1], x[0], x[2]])]
    }.expect(1e-6)
  }

  @Test("dropoutRows drops whole rows, at its rate, and the backward pass the same ones")
  mutating func dropoutRows() {
    let (rows, rate) = (4_000, Float(0.3))
    func drop(seed: UInt64?, keepingFirst kept: Int = 0) -> [Float] {
      let tape = Tape(rowIndependent: false)
      tape.reset(dropoutSeed: seed)
      let ones = tape.tensor([Float](repeating: 1, count: rows * 3), rows: rows, columns: 3)
      return tape.dropoutRows(ones, rate: rate, keepingFirst: kept).array
    }
    let factors = drop(seed: 5)
    for row in 0..<rows {
      let values = Set(factors[row * 3..<row * 3 + 3])
      #expect(values == [0] || values == [1 / (1 - rate)])
    }
    let dropped = Double(factors.count { $0 == 0 }) / Double(rows * 3)
    #expect(abs(dropped - 0.3) < 0.04)
    #expect(drop(seed: 5) == factors && drop(seed: 6) != factors)
    #expect(drop(seed: nil).allSatisfy { $0 == 1 })
    let kept = drop(seed: 5, keepingFirst: 1_000)
    #expect(kept[..<3_000].allSatisfy { $0 == 1 } && kept[3_000...].contains(0))
    OperationCheck(inputs: [matrix(40, 3)], dropoutSeed: 5) { tape, x, _ in
      [tape.dropoutRows(x[0], rate: rate)]
    } reference: { x, _ in
      [Matrix(rows: 40, columns: 3, zip(x[0].values, factors).map { $0 * Double($1) })]
    }.expect(1e-6)
  }

  @Test("dropout: the backward pass uses the forward pass's mask, and each call has its own")
  mutating func dropout() {
    let x = matrix(20, 30)
    /// The factor of each value, read off a forward pass with the same seed.
    func masks(_ rate: Float, seed: UInt64?) -> [[Float]] {
      let tape = Tape(rowIndependent: false)
      tape.reset(dropoutSeed: seed)
      let ones = tape.tensor([Float](repeating: 1, count: 600), rows: 20, columns: 30)
      return (0..<2).map { _ in tape.dropout(ones, rate: rate).array }
    }
    let drawn = masks(0.4, seed: 5)
    #expect(drawn[0] != drawn[1])
    #expect(drawn == masks(0.4, seed: 5))
    #expect(drawn != masks(0.4, seed: 6))
    #expect(masks(0, seed: 5).allSatisfy { $0.allSatisfy { $0 == 1 } })
    #expect(masks(0.4, seed: nil).allSatisfy { $0.allSatisfy { $0 == 1 } })
    OperationCheck(inputs: [x], dropoutSeed: 5) { tape, x, _ in
      [tape.dropout(x[0], rate: 0.4), tape.dropout(x[0], rate: 0.4)]
    } reference: { x, _ in
      drawn.map { mask in
        Matrix(rows: 20, columns: 30, zip(x[0].values, mask).map { $0 * Double($1) })
      }
    }.expect(1e-6)
  }
}
