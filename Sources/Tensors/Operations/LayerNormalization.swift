extension Tape {
  /// Rows brought to mean 0 and variance 1, then scaled and shifted (Ba et al. 2016, eq. 4):
  /// `y = gain ⊙ (x - μ) / √(σ² + 10⁻⁵) + shift`.
  ///
  /// - Parameters:
  ///   - x: `[M, N]`.
  ///   - gain: `[1, N]`.
  ///   - shift: `[1, N]`; none where absent.
  /// - Returns: `[M, N]`.
  public func layerNorm(_ x: Tensor, gain: Parameter, shift: Parameter? = nil) -> Tensor {
    precondition(
      gain.count == x.columns && shift?.count ?? x.columns == x.columns,
      "a gain of \(gain.count) for \(x.columns) columns")
    let y = make(rows: x.rows, columns: x.columns)
    let statistics = arena.allocate(Float.self, 2 * x.rows)
    timed(.cell) {
      vm.layer_norm_forward(x.values, gain.values, shift?.values, y.values, statistics, x.rows, x.columns)
    }
    record { [self] in
      timed(.cell) {
        vm.layer_norm_backward(
          x.values, gain.values, statistics, y.gradient!, x.gradient!, gradients!.accumulator(gain),
          shift.map { gradients!.accumulator($0) }, x.rows, x.columns)
      }
    }
    return y
  }

  /// The first half of an ``lstmStep(gates:state:active:output:)``: the new cell state `c' = σ(f) c + σ(i) tanh(g)`.
  ///
  /// - Parameter gates: pre-activations `[B, 4H]` in the order input, forget, candidate, output; overwritten by the
  ///   activations. The two halves are their only users.
  public func lstmCell(gates: Tensor, cell: Tensor, active: UnsafePointer<UInt8>? = nil) -> Tensor {
    precondition(
      gates.rows == cell.rows && gates.columns == 4 * cell.columns,
      "gates [\(gates.rows), \(gates.columns)] for a state [\(cell.rows), \(cell.columns)]")
    let (rows, width) = (cell.rows, cell.columns)
    let next = make(rows: rows, columns: width)
    timed(.cell) {
      vm.lstm_cell_forward(gates.values, cell.values, active, next.values, rows, width)
    }
    record { [self] in
      timed(.cell) {
        vm.lstm_cell_backward(
          gates.values, cell.values, active, next.gradient!, gates.gradient!, cell.gradient!, rows, width)
      }
    }
    return next
  }

  /// The second half: `h' = σ(o) tanh(n)`, where `n` is the normalised cell state (Ba et al. 2016, eq. 22).
  ///
  /// - Parameters:
  ///   - gates: what ``lstmCell(gates:cell:active:)`` has left.
  ///   - normal: `[B, H]`.
  ///   - hidden: the hidden state before, which rows that are not active carry.
  ///   - output: where the state goes, `[B, H]`; a new tensor where absent.
  public func lstmOutput(
    gates: Tensor, normal: Tensor, hidden: Tensor, active: UnsafePointer<UInt8>? = nil, output: Tensor? = nil
  ) -> Tensor {
    let (rows, width) = (hidden.rows, hidden.columns)
    let next = output ?? make(rows: rows, columns: width)
    timed(.cell) {
      vm.lstm_output_forward(gates.values, normal.values, hidden.values, active, next.values, rows, width)
    }
    record { [self] in
      timed(.cell) {
        vm.lstm_output_backward(
          gates.values, normal.values, active, next.gradient!, gates.gradient!, normal.gradient!,
          hidden.gradient!, rows, width)
      }
    }
    return next
  }
}
