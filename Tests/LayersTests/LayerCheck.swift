import Layers
import Reference
import Tensors
import Testing

/// Runs a layer on a tape, and its plain f64 version, on the same parameters and inputs.
struct LayerCheck {
  /// Largest difference between outputs, over the largest output.
  let forwardError: Double
  /// Largest difference between gradients and central differences: of inputs by place, of parameters by name.
  let gradientErrors: [String: Double]

  /// - Parameters:
  ///   - layer: makes the layer, whose parameters are then drawn anew, biases too, and gives a way to run it.
  ///   - reference: the same from inputs and parameters by name.
  ///   - dropoutSeed: the seed of the masks that the layer draws, if any.
  init(
    inputs: [Matrix], seed: UInt64 = 7, dropoutSeed: UInt64? = nil,
    layer: (inout ParameterFactory) -> (Tape, [Tensor]) -> [Tensor],
    reference: ([Matrix], [String: Matrix]) -> [Matrix]
  ) {
    let store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: seed)
    let run = layer(&factory)
    var generator = SplitMix64(seed: seed)
    let parameters = store.parameters.map { parameter in
      Initializer.uniform(0.9).fill(parameter, using: &generator)
      return Matrix(rows: parameter.rows, columns: parameter.columns, floats: parameter.array)
    }
    let names = store.parameters.map(\.name)
    func plain(_ all: [Matrix]) -> [Matrix] {
      reference(
        Array(all[..<inputs.count]), Dictionary(uniqueKeysWithValues: zip(names, all[inputs.count...])))
    }

    let buffer = GradientBuffer(store)
    let tape = Tape(recordingInto: buffer)
    tape.reset(dropoutSeed: dropoutSeed)
    let tensors = inputs.map { tape.tensor($0.floats, rows: $0.rows, columns: $0.columns) }
    let outputs = run(tape, tensors)
    let expected = plain(inputs + parameters)
    precondition(outputs.count == expected.count, "\(outputs.count) outputs, \(expected.count) expected")
    let weights = expected.map { Matrix.random($0.rows, $0.columns, using: &generator) }
    forwardError = zip(outputs, expected).map { GradientCheck.error($0.array, $1) }.max()!
    for (output, weight) in zip(outputs, weights) {
      for (index, value) in weight.floats.enumerated() { output.gradient![index] += value }
    }
    tape.backward()
    let slopes = GradientCheck.numeric(inputs + parameters) { all in
      zip(plain(all), weights).reduce(0) { $0 + $1.0.inner($1.1) }
    }
    var errors: [String: Double] = [:]
    for (index, tensor) in tensors.enumerated() {
      errors["input \(index)"] = GradientCheck.error(tensor.gradientArray, slopes[index])
    }
    for (parameter, slope) in zip(store.parameters, slopes[inputs.count...]) {
      let found = buffer.gradient(parameter).map {
        Array(UnsafeBufferPointer(start: $0, count: parameter.count))
      }
      errors[parameter.name] = found.map { GradientCheck.error($0, slope) } ?? .infinity
    }
    gradientErrors = errors
  }

  /// Records an issue where an error reaches the tolerance.
  func expect(_ tolerance: Double = 2e-5, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(forwardError < tolerance, sourceLocation: sourceLocation)
    for (name, error) in gradientErrors {
      #expect(error < tolerance, "gradient of \(name)", sourceLocation: sourceLocation)
    }
  }
}

/// Recurrent layers in plain f64, a sentence at a time.
enum ReferenceLayers {
  /// One direction of one layer over one sentence `[S, I]`.
  static func read(
    _ x: Matrix, _ name: String, kind: CellKind, _ p: [String: Matrix], backward: Bool
  ) -> (outputs: Matrix, last: Reference.State) {
    let width = p["\(name).recurrent"]!.rows
    let zeros = Matrix(rows: 1, columns: width)
    var state = Reference.State(hidden: zeros, cell: kind == .lstm ? zeros : nil)
    var outputs = [Matrix](repeating: zeros, count: x.rows)
    for place in 0..<x.rows {
      let step = backward ? x.rows - 1 - place : place
      state = Reference.cellStep(name, kind: kind.rawValue, x: x.row(step), state, p)
      outputs[step] = state.hidden
    }
    return (.stacked(outputs), state)
  }

  /// A stack over one sentence.
  ///
  /// - Parameter masks: of dropout, of what each layer but the first reads.
  static func stack(
    _ x: Matrix, _ name: String, kind: CellKind = .lstm, depth: Int, directions: [String],
    connection: LayerConnection, masks: [Matrix] = [], _ p: [String: Matrix]
  ) -> (outputs: Matrix, last: [Reference.State]) {
    var input = x
    var last: [Reference.State] = []
    for level in 0..<depth {
      let fed = level == 0 || masks.isEmpty ? input : input.times(masks[level - 1])
      let results = directions.map {
        read(fed, "\(name).\(level).\($0)", kind: kind, p, backward: $0 == "backward")
      }
      input = Reference.connect(
        "\(name).\(level)", kind: connection.rawValue, input, .beside(results.map(\.outputs)), p)
      let cells = results.compactMap(\.last.cell)
      last.append(
        Reference.State(
          hidden: .beside(results.map(\.last.hidden)), cell: cells.isEmpty ? nil : .beside(cells)))
    }
    return (input, last)
  }
}

extension Matrix {
  /// Sentence `index` of `count` in a padded, time-major `[S * B, D]`.
  func sentence(_ index: Int, of count: Int, length: Int) -> Matrix {
    .stacked((0..<length).map { row($0 * count + index) })
  }
}
