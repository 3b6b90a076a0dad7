import CVectorMath

/// A factor of products: its values, and where the tape computes in bf16 the same rounded, with rows of zeros after the
/// last up to ``BF16Product/padded(_:)`` rows.
struct Operand {
  let rows: Int
  let columns: Int
  let values: UnsafePointer<Float>
  let half: UnsafePointer<UInt16>?
}

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
    let input = operand(x.values, rows: x.rows, columns: x.columns)
    multiply(input, weight, into: y.values, accumulate: false)
    if let bias {
      precondition(bias.count == weight.columns, "bias of \(bias.count) for \(weight.columns) outputs")
      timed(.elementwise) { vm.add_bias(y.values, bias.values, y.rows, y.columns) }
    }
    record { [self] in
      let gradient = operand(y.gradient!, rows: y.rows, columns: y.columns)
      addWeightGradient(input, gradient, weight)
      if let bias { addBiasGradient(y.gradient!, rows: y.rows, bias) }
      addInputGradient(gradient, weight, into: x.gradient!, accumulate: true)
    }
    return y
  }

  /// The values as a factor of products; in bf16 with a rounded copy, which lives as long as the batch.
  func operand(_ values: UnsafePointer<Float>, rows: Int, columns: Int) -> Operand {
    guard usesHalf else { return Operand(rows: rows, columns: columns, values: values, half: nil) }
    let half = allocateHalf(rows: rows, columns: columns)
    timed(.rounding) { vm.to_bf16(half, values, rows * columns) }
    return Operand(rows: rows, columns: columns, values: values, half: half)
  }

  /// Room for a rounded factor, the rows past its end cleared.
  func allocateHalf(rows: Int, columns: Int) -> UnsafeMutablePointer<UInt16> {
    let padded = BF16Product.padded(rows)
    let half = arena.allocate(UInt16.self, padded * columns)
    (half + rows * columns).update(repeating: 0, count: (padded - rows) * columns)
    return half
  }

  /// `y (+)= x W`.
  func multiply(
    _ x: Operand, _ weight: Parameter, into y: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ operation: Profile.Operation = .product
  ) {
    precondition(
      x.columns == weight.rows,
      "[\(x.rows), \(x.columns)] x \(weight.name) [\(weight.rows), \(weight.columns)]")
    timed(operation, operations: work(x.rows, weight)) {
      if isRowIndependent {
        guard let packed = weight.packed else { preconditionFailure("\(weight.name) is not packed") }
        packed.multiply(x.values, rows: x.rows, into: y, accumulate: accumulate, arena)
      } else if let half = x.half {
        weight.bf16.multiply(half, rows: x.rows, into: y, accumulate: accumulate)
      } else {
        MatrixProduct.compute(
          x.values, weight.values, into: y, m: x.rows, n: weight.columns, k: weight.rows,
          accumulate: accumulate)
      }
    }
  }

  /// `dx (+)= dy Wᵀ`.
  func addInputGradient(
    _ dy: Operand, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ operation: Profile.Operation = .inputGradient
  ) {
    timed(operation, operations: work(dy.rows, weight)) {
      if let half = dy.half {
        weight.bf16Transposed.multiply(half, rows: dy.rows, into: dx, accumulate: accumulate)
      } else if let transposed = weight.transposed {
        MatrixProduct.compute(
          dy.values, transposed, into: dx, m: dy.rows, n: weight.rows, k: weight.columns,
          accumulate: accumulate)
      } else {
        MatrixProduct.compute(
          dy.values, weight.values, transposeB: true, into: dx, m: dy.rows, n: weight.rows, k: weight.columns,
          accumulate: accumulate)
      }
    }
  }

  /// `dW += xᵀ dy`.
  func addWeightGradient(
    _ x: Operand, _ dy: Operand, _ weight: Parameter, _ operation: Profile.Operation = .weightGradient
  ) {
    // Of no rows there is nothing to add, and oneDNN has no sum over none.
    guard x.rows > 0 else { return }
    let (destination, accumulate) = gradients!.destination(weight)
    timed(operation, operations: work(x.rows, weight)) {
      if let x16 = x.half, let dy16 = dy.half {
        BF16Product.weightGradient(
          x16, dy16, m: x.rows, k: weight.rows, n: weight.columns, into: destination, accumulate: accumulate)
      } else {
        MatrixProduct.compute(
          x.values, transposeA: true, dy.values, into: destination, m: weight.rows, n: weight.columns,
          k: x.rows,
          accumulate: accumulate)
      }
    }
  }

  func addBiasGradient(_ dy: UnsafePointer<Float>, rows: Int, _ bias: Parameter) {
    timed(.elementwise) { vm.sum_rows(gradients!.accumulator(bias), dy, rows, bias.count) }
  }

  /// The arithmetic of a product of `rows` rows with a weight.
  private func work(_ rows: Int, _ weight: Parameter) -> Double { 2 * Double(rows) * Double(weight.count) }
}
