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

  /// One LSTM step whose product and cell state are normalised (Ba et al. 2016, eq. 20 to 22), `LN` without a shift:
  /// `i, f, g, o = base + gain ⊙ LN(product)`, `c' = σ(f) c + σ(i) tanh(g)`, `h' = σ(o) tanh(cell.gain ⊙ LN(c') +
  /// cell.shift)`.
  ///
  /// - Parameters:
  ///   - product: `[B, 4H]` in the order input, forget, candidate, output. The step is its only user.
  ///   - gain: `[1, 4H]`.
  ///   - base: what the product is added to, `[B, 4H]`.
  ///   - shift: `[1, 4H]`, in the place of `base` where that is absent.
  ///   - normalization: gain and shift of the cell state, `[1, H]`.
  ///   - state: the state before.
  ///   - active: `[B]`; rows with 0 are past their sentence's end and carry their state. `nil`: all are active.
  ///   - output: where the hidden state goes, `[B, H]`; a new tensor where absent.
  public func normalizedLSTMStep(
    product: Tensor, gain: Parameter, base: Tensor?, shift: Parameter?,
    cell normalization: (gain: Parameter, shift: Parameter), state: LSTMState,
    active: UnsafePointer<UInt8>? = nil, output: Tensor? = nil
  ) -> LSTMState {
    let before = state
    let (rows, width) = (before.hidden.rows, before.hidden.columns)
    precondition(
      product.rows == rows && product.columns == 4 * width && gain.count == 4 * width
        && base?.count ?? product.count == product.count && (base == nil) == (shift != nil)
        && shift?.count ?? gain.count == gain.count,
      "a product [\(product.rows), \(product.columns)] for a state [\(rows), \(width)]")
    let hidden = output ?? make(rows: rows, columns: width)
    let cell = make(rows: rows, columns: width)
    let gates = arena.allocate(Float.self, product.count)
    let statistics = arena.allocate(Float.self, 4 * rows)
    timed(.cell) {
      vm.normal_lstm_forward(
        product.values, base?.values, gain.values, shift?.values, normalization.gain.values,
        normalization.shift.values, before.cell.values, before.hidden.values, active, gates, cell.values,
        hidden.values, statistics, rows, width)
    }
    record { [self] in
      timed(.cell) {
        let gradients = gradients!
        vm.normal_lstm_backward(
          product.values, gates, gain.values, statistics, normalization.gain.values,
          normalization.shift.values, cell.values, before.cell.values, active, hidden.gradient!,
          cell.gradient!, product.gradient!, base?.gradient, gradients.accumulator(gain),
          shift.map { gradients.accumulator($0) }, gradients.accumulator(normalization.gain),
          gradients.accumulator(normalization.shift), before.cell.gradient!, before.hidden.gradient!, rows,
          width)
      }
    }
    return LSTMState(hidden: hidden, cell: cell)
  }
}
