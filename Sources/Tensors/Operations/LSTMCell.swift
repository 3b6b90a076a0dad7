/// The state of an LSTM: what it shows and what it keeps, each `[B, H]`.
public struct LSTMState {
  /// The hidden state, `h`.
  public var hidden: Tensor
  /// The cell state, `c`.
  public var cell: Tensor

  /// A state from its two halves.
  public init(hidden: Tensor, cell: Tensor) {
    self.hidden = hidden
    self.cell = cell
  }
}

extension Tape {
  /// One LSTM step (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000):
  /// `c' = σ(f) c + σ(i) tanh(g)`, `h' = σ(o) tanh(c')`.
  ///
  /// - Parameters:
  ///   - gates: pre-activations `[B, 4H]` in the order input, forget, candidate, output; overwritten by the
  ///     activations. The step is their only user.
  ///   - state: the state before.
  ///   - active: `[B]`; rows with 0 are past their sentence's end and carry their state. `nil`: all are active.
  ///   - output: where the hidden state goes, `[B, H]`; a new tensor where absent.
  public func lstmStep(
    gates: Tensor, state: LSTMState, active: UnsafePointer<UInt8>? = nil, output: Tensor? = nil
  ) -> LSTMState {
    let before = state
    let (rows, width) = (before.hidden.rows, before.hidden.columns)
    precondition(
      gates.rows == rows && gates.columns == 4 * width,
      "gates [\(gates.rows), \(gates.columns)] for a state [\(rows), \(width)]")
    let hidden = output ?? make(rows: rows, columns: width)
    let cell = make(rows: rows, columns: width)
    timed(.cell) {
      vm.lstm_forward(
        gates.values, before.hidden.values, before.cell.values, active, hidden.values, cell.values, rows,
        width)
    }
    record { [self] in
      timed(.cell) {
        vm.lstm_backward(
          gates.values, before.cell.values, cell.values, active, hidden.gradient!, cell.gradient!,
          gates.gradient!, before.hidden.gradient!, before.cell.gradient!, rows, width)
      }
    }
    return LSTMState(hidden: hidden, cell: cell)
  }
}
