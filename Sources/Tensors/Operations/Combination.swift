extension Tape {
  /// `x + y`, element by element.
  ///
  /// - Parameter output: where the result goes; a new tensor where absent.
  public func add(_ x: Tensor, _ y: Tensor, output: Tensor? = nil) -> Tensor {
    precondition(
      x.rows == y.rows && x.columns == y.columns,
      "[\(x.rows), \(x.columns)] + [\(y.rows), \(y.columns)]")
    let sum = output ?? make(rows: x.rows, columns: x.columns)
    sum.values.update(from: x.values, count: x.count)
    timed(.elementwise) {
      vm.add(sum.values, y.values, y.count)
    }
    record { [self] in
      timed(.elementwise) {
        vm.add(x.gradient!, sum.gradient!, sum.count)
      }
      timed(.elementwise) {
        vm.add(y.gradient!, sum.gradient!, sum.count)
      }
    }
    return sum
  }

  /// `t ⊙ y + (1 - t) ⊙ x` with `t = σ(gate)` (Srivastava et al. 2015, eq. 3).
  ///
  /// - Parameters:
  ///   - gate: pre-activations, overwritten by the activations. This operation is their only user.
  ///   - y: what a layer has made of `x`, of the same shape.
  ///   - output: where the result goes; a new tensor where absent.
  public func highway(gate: Tensor, _ y: Tensor, _ x: Tensor, output: Tensor? = nil) -> Tensor {
    precondition(
      x.rows == y.rows && x.columns == y.columns && gate.count == x.count,
      "a highway from [\(x.rows), \(x.columns)] to [\(y.rows), \(y.columns)]")
    let mixed = output ?? make(rows: x.rows, columns: x.columns)
    timed(.elementwise) {
      vm.highway_forward(gate.values, y.values, x.values, mixed.values, x.count)
    }
    record { [self] in
      timed(.elementwise) {
        vm.highway_backward(
          gate.values, y.values, x.values, mixed.gradient!, gate.gradient!, y.gradient!, x.gradient!, x.count)
      }
    }
    return mixed
  }

  /// A mask of inverted dropout for a state, to be used at every step of a sequence (Gal and Ghahramani 2016):
  /// `[rows, columns]` of 0 with probability `rate`, else `1 / (1 - rate)`. `nil` when dropout is off.
  public func dropoutMask(rows: Int, columns: Int, rate: Float) -> UnsafePointer<Float>? {
    precondition(rate >= 0 && rate < 1, "dropout rate \(rate) outside 0..<1")
    guard rate > 0, let seed = nextDropoutSeed() else { return nil }
    let mask = arena.allocate(Float.self, rows * columns)
    mask.update(repeating: 1, count: rows * columns)
    timed(.elementwise) {
      vm.dropout(mask, mask, rows * columns, rate, seed, 0)
    }
    return UnsafePointer(mask)
  }

  /// `x ⊙ mask`; `x` itself where there is no mask.
  public func masked(_ x: Tensor, _ mask: UnsafePointer<Float>?) -> Tensor {
    guard let mask else { return x }
    let y = zeros(rows: x.rows, columns: x.columns)
    timed(.elementwise) {
      vm.multiply_add(y.values, x.values, mask, x.count)
    }
    record { [self] in timed(.elementwise) { vm.multiply_add(x.gradient!, y.gradient!, mask, x.count) } }
    return y
  }
}
