import Foundation

extension Matrix {
  /// The product element by element.
  public func times(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows && columns == other.columns)
    return Matrix(rows: rows, columns: columns, zip(values, other.values).map { $0 * $1 })
  }

  /// The difference.
  public static func - (left: Matrix, right: Matrix) -> Matrix { left + right.map { -$0 } }
}

extension Reference {
  /// A cell's state; only an LSTM has a cell beside what it shows.
  public struct State: Sendable {
    /// `[1, H]`.
    public var hidden: Matrix
    /// `[1, H]`.
    public var cell: Matrix?

    /// A state from its parts.
    public init(hidden: Matrix, cell: Matrix? = nil) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  /// Rows with mean 0 and variance 1, scaled and shifted.
  public static func layerNorm(_ x: Matrix, gain: Matrix, shift: Matrix? = nil) -> Matrix {
    var y = x
    for row in 0..<x.rows {
      let values = x.row(row).values
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      for (column, value) in values.enumerated() {
        y[row, column] =
          (value - mean) / (variance + 1e-5).squareRoot() * gain.values[column]
          + (shift?.values[column] ?? 0)
      }
    }
    return y
  }

  /// A product of a cell: `x W + [fed; h] U + b`, with each term normalised where there are gains.
  private static func projection(
    _ name: String, _ inputName: String, _ x: Matrix?, _ fed: Matrix?, _ hidden: Matrix,
    _ p: [String: Matrix]
  ) -> Matrix {
    var recurrent = Matrix.beside((fed.map { [$0] } ?? []) + [hidden]) * p["\(name).recurrent"]!
    if let gain = p["\(name).recurrent.gain"] { recurrent = layerNorm(recurrent, gain: gain) }
    guard let x else { return recurrent + p["\(name).bias"]! }
    var input = x * p["\(name).\(inputName)"]!
    if let gain = p["\(name).\(inputName).gain"] { input = layerNorm(input, gain: gain) }
    return input + recurrent + p["\(name).bias"]!
  }

  /// One step of a cell, for one sentence; the names of its parameters tell what it is.
  ///
  /// - Parameters:
  ///   - x: what is known for all steps beforehand.
  ///   - fed: what comes from other layers at this step.
  public static func cellStep(
    _ name: String, kind: String, inputName: String = "input", x: Matrix?, fed: Matrix? = nil, _ state: State,
    _ p: [String: Matrix]
  ) -> State {
    let sum = projection(name, inputName, x, fed, state.hidden, p)
    switch kind {
    case "elman": return State(hidden: sum.map { tanh($0) })
    case "gru":
      let width = state.hidden.columns
      let reset = sum[columns: 0..<width].map(sigmoid)
      let update = sum[columns: width..<2 * width].map(sigmoid)
      let candidate = projection(
        "\(name).candidate", inputName, x, fed, reset.times(state.hidden), p
      ).map { tanh($0) }
      return State(hidden: update.times(state.hidden) + update.map { 1 - $0 }.times(candidate))
    default:
      guard let gain = p["\(name).cell.gain"] else {
        let next = lstmStep(gates: sum, hidden: state.hidden, cell: state.cell!)
        return State(hidden: next.hidden, cell: next.cell)
      }
      let width = state.hidden.columns
      func gate(_ index: Int) -> Matrix { sum[columns: index * width..<(index + 1) * width] }
      let cell =
        gate(1).map(sigmoid).times(state.cell!) + gate(0).map(sigmoid).times(gate(2).map { tanh($0) })
      let normal = layerNorm(cell, gain: gain, shift: p["\(name).cell.shift"]!)
      return State(hidden: gate(3).map(sigmoid).times(normal.map { tanh($0) }), cell: cell)
    }
  }

  /// What a layer gives on, given what it reads: itself, the sum, the two beside each other, or a mixture.
  public static func connect(
    _ name: String, kind: String, _ x: Matrix, _ y: Matrix, _ p: [String: Matrix]
  ) -> Matrix {
    switch kind {
    case "dense": return .beside([x, y])
    case "residual": return x.columns == y.columns ? x + y : y
    case "highway":
      guard let weight = p["\(name).highway.weight"] else { return y }
      let gate = (x * weight + p["\(name).highway.bias"]!).map(sigmoid)
      return gate.times(y) + gate.map { 1 - $0 }.times(x)
    default: return y
    }
  }

  /// Two label-smoothed cross-entropies and the divergences between the two predictions (R-Drop).
  public static func pairedCrossEntropy(
    _ first: [Double], _ second: [Double], target: Int, smoothing: Double, consistency: Double
  ) -> Double {
    let p = softmax(first)
    let q = softmax(second)
    let divergence = zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * log($1.0 / $1.1) }
    return 0.5
      * (crossEntropy(first, target: target, smoothing: smoothing).smoothed
        + crossEntropy(second, target: target, smoothing: smoothing).smoothed) + 0.25 * consistency
      * divergence
  }
}
