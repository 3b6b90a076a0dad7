extension Tape {
  /// One step of a simple recurrent network (Elman 1990): `h' = tanh(a)`.
  ///
  /// - Parameters:
  ///   - sum: pre-activations `[B, H]`; overwritten by the activations. The step is their only user.
  ///   - hidden: the state before, `[B, H]`.
  ///   - active: `[B]`; rows with 0 carry their state. `nil`: all are active.
  ///   - output: where the state goes, `[B, H]`; a new tensor where absent.
  public func elmanStep(
    sum: Tensor, hidden: Tensor, active: UnsafePointer<UInt8>? = nil, output: Tensor? = nil
  ) -> Tensor {
    precondition(
      sum.rows == hidden.rows && sum.columns == hidden.columns,
      "a sum [\(sum.rows), \(sum.columns)] for a state [\(hidden.rows), \(hidden.columns)]")
    let (rows, width) = (hidden.rows, hidden.columns)
    let next = output ?? make(rows: rows, columns: width)
    timed(.cell) {
      vm.elman_forward(sum.values, hidden.values, active, next.values, rows, width)
    }
    record { [self] in
      timed(.cell) {
        vm.elman_backward(
          sum.values, active, next.gradient!, sum.gradient!, hidden.gradient!, rows, width)
      }
    }
    return next
  }
}
