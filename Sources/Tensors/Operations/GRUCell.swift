extension Tape {
  /// The gates of a gated recurrent unit (Cho et al. 2014, eq. 5 and 6): `r = σ(reset)`, `z = σ(update)`; and what
  /// its candidate reads, `r ⊙ h`.
  ///
  /// - Parameters:
  ///   - gates: pre-activations `[B, 2H]`, reset and update; overwritten by the activations. This operation and
  ///     ``gruStep(gates:candidate:hidden:active:output:)`` are their only users.
  ///   - hidden: the state before, `[B, H]`.
  /// - Returns: `r ⊙ h`, `[B, H]`.
  public func gruReset(gates: Tensor, hidden: Tensor) -> Tensor {
    precondition(
      gates.rows == hidden.rows && gates.columns == 2 * hidden.columns,
      "gates [\(gates.rows), \(gates.columns)] for a state [\(hidden.rows), \(hidden.columns)]")
    let (rows, width) = (hidden.rows, hidden.columns)
    let kept = make(rows: rows, columns: width)
    timed(.cell) {
      vm.gru_gates_forward(gates.values, hidden.values, kept.values, rows, width)
    }
    record { [self] in
      timed(.cell) {
        vm.gru_gates_backward(
          gates.values, hidden.values, kept.gradient!, gates.gradient!, hidden.gradient!, rows, width)
      }
    }
    return kept
  }

  /// The new state of a gated recurrent unit (Cho et al. 2014, eq. 7): `h' = z h + (1 - z) tanh(candidate)`.
  ///
  /// - Parameters:
  ///   - gates: what ``gruReset(gates:hidden:)`` has left, `[B, 2H]`.
  ///   - candidate: pre-activations `[B, H]`; overwritten by the activations. The step is their only user.
  ///   - hidden: the state before, `[B, H]`.
  ///   - active: `[B]`; rows with 0 carry their state. `nil`: all are active.
  ///   - output: where the state goes, `[B, H]`; a new tensor where absent.
  public func gruStep(
    gates: Tensor, candidate: Tensor, hidden: Tensor, active: UnsafePointer<UInt8>? = nil,
    output: Tensor? = nil
  ) -> Tensor {
    precondition(
      candidate.rows == hidden.rows && candidate.columns == hidden.columns,
      "candidate [\(candidate.rows), \(candidate.columns)] for a state [\(hidden.rows), \(hidden.columns)]")
    let (rows, width) = (hidden.rows, hidden.columns)
    let next = output ?? make(rows: rows, columns: width)
    timed(.cell) {
      vm.gru_forward(gates.values, candidate.values, hidden.values, active, next.values, rows, width)
    }
    record { [self] in
      timed(.cell) {
        vm.gru_backward(
          gates.values, candidate.values, hidden.values, active, next.gradient!, gates.gradient!,
          candidate.gradient!, hidden.gradient!, rows, width)
      }
    }
    return next
  }
}
