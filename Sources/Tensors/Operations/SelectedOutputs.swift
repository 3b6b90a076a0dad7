import CVectorMath

/// Some of the outputs of an affine map, as those of the words that come into question for a sentence.
public final class SelectedOutputs {
  /// The outputs, in the order of the columns of results.
  public let ids: [Int32]
  private let weights: any PackedWeights
  private let biases: [Float]

  /// - Precondition: the weight is packed (``ParameterStore/pack(_:)``).
  public init(_ ids: [Int32], weight: Parameter, bias: Parameter?) {
    guard let packed = weight.packed else { preconditionFailure("\(weight.name) is not packed") }
    self.ids = ids
    weights = packed.selecting(ids)
    biases = ids.map { bias?.values[Int($0)] ?? 0 }
  }

  /// - Parameter x: `[M, K]`.
  /// - Returns: `[M, ids.count]`; nothing is recorded.
  public func callAsFunction(_ x: Tensor, _ tape: Tape) -> Tensor {
    precondition(x.columns == weights.rows, "[\(x.rows), \(x.columns)] x [\(weights.rows), \(ids.count)]")
    let y = tape.make(rows: x.rows, columns: ids.count)
    tape.timed(.product, operations: 2 * Double(x.rows) * Double(x.columns) * Double(ids.count)) {
      weights.multiply(x.values, rows: x.rows, into: y.values, accumulate: false, tape.arena)
    }
    vm.add_bias(y.values, biases, y.rows, y.columns)
    return y
  }
}

extension Tape {
  /// Some columns of a tensor `[M, N]`, in their order: `[M, columns.count]`. Nothing is recorded.
  public func gatherColumns(_ x: Tensor, _ columns: [Int32]) -> Tensor {
    precondition(columns.allSatisfy { $0 >= 0 && Int($0) < x.columns }, "a column outside the \(x.columns)")
    let y = make(rows: x.rows, columns: columns.count)
    timed(.elementwise) {
      for row in 0..<x.rows {
        let (from, to) = (x.values + row * x.columns, y.values + row * y.columns)
        for (place, column) in columns.enumerated() { to[place] = from[Int(column)] }
      }
    }
    return y
  }
}
