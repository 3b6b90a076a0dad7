extension Tape {
  /// `y = x W + b`.
  ///
  /// - Parameters:
  ///   - x: `[M, K]`.
  ///   - weight: `[K, N]`.
  ///   - bias: `[1, N]`.
  /// - Returns: `[M, N]`.
  public func product(_ x: Tensor, _ weight: Parameter, bias: Parameter? = nil) -> Tensor {
    let y = make(rows: x.rows, columns: weight.columns)
    multiply(x, weight, into: y.values, accumulate: false)
    if let bias {
      precondition(bias.count == weight.columns, "bias of \(bias.count) for \(weight.columns) outputs")
      vm.add_bias(y.values, bias.values, y.rows, y.columns)
    }
    record { [self] in
      addWeightGradient(x.values, y.gradient!, rows: x.rows, weight)
      if let bias { addBiasGradient(y.gradient!, rows: y.rows, bias) }
      MatrixProduct.compute(
        y.gradient!, weight.values, transposeB: true, into: x.gradient!, m: x.rows, n: x.columns,
        k: y.columns,
        accumulate: true)
    }
    return y
  }

  func multiply(_ x: Tensor, _ weight: Parameter, into y: UnsafeMutablePointer<Float>, accumulate: Bool) {
    precondition(
      x.columns == weight.rows,
      "[\(x.rows), \(x.columns)] x \(weight.name) [\(weight.rows), \(weight.columns)]")
    if isRowIndependent {
      guard let packed = weight.packed else { preconditionFailure("\(weight.name) is not packed") }
      packed.multiply(x.values, rows: x.rows, into: y, accumulate: accumulate)
    } else {
      MatrixProduct.compute(
        x.values, weight.values, into: y, m: x.rows, n: weight.columns, k: weight.rows, accumulate: accumulate
      )
    }
  }

  /// `dW += x^T dy`.
  func addWeightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, rows: Int, _ weight: Parameter
  ) {
    let (destination, accumulate) = gradients!.destination(weight)
    MatrixProduct.compute(
      x, transposeA: true, dy, into: destination, m: weight.rows, n: weight.columns, k: rows,
      accumulate: accumulate)
  }

  func addBiasGradient(_ dy: UnsafePointer<Float>, rows: Int, _ bias: Parameter) {
    vm.sum_rows(gradients!.accumulator(bias), dy, rows, bias.count)
  }
}
