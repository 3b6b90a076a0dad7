extension Tape {
  /// Rows of a table, one an id.
  ///
  /// - Parameters:
  ///   - ids: `[M]`, each below the table's rows.
  ///   - table: `[V, E]`.
  /// - Returns: `[M, E]`.
  public func embedding(_ ids: [Int32], _ table: Parameter) -> Tensor {
    let y = make(rows: ids.count, columns: table.columns)
    timed(.embedding) {
      for (row, id) in ids.enumerated() {
        precondition(id >= 0 && Int(id) < table.rows, "id \(id) in \(table.name) of \(table.rows) rows")
        (y.values + row * y.columns).update(from: table.values + Int(id) * y.columns, count: y.columns)
      }
    }
    record { [self] in
      timed(.embedding) { gradients!.add(y.gradient!, toRows: ids, of: table) }
    }
    return y
  }

  /// The rows of `x` at `indices`, in their order.
  public func gatherRows(_ x: Tensor, _ indices: [Int]) -> Tensor {
    let y = make(rows: indices.count, columns: x.columns)
    timed(.elementwise) {
      for (row, index) in indices.enumerated() {
        precondition(index >= 0 && index < x.rows, "row \(index) of \(x.rows)")
        (y.values + row * y.columns).update(from: x.values + index * x.columns, count: x.columns)
      }
    }
    record { [self] in
      timed(.elementwise) {
        for (row, index) in indices.enumerated() {
          vm.add(x.gradient! + index * x.columns, y.gradient! + row * y.columns, y.columns)
        }
      }
    }
    return y
  }
}
