extension LogitRow {
  /// `log (1/n Σ softmax(x_i))` of `n` rows of logits, in the place of the first.
  public static func meanLogProbabilities(_ rows: [UnsafeMutableBufferPointer<Float>]) {
    let count = rows[0].count
    precondition(rows.allSatisfy { $0.count == count }, "rows of unlike length")
    for (place, row) in rows.enumerated() {
      vm.add_probabilities(
        rows[0].baseAddress!, row.baseAddress!, logSumExp(UnsafeBufferPointer(row)), 1 / Float(rows.count),
        count,
        place > 0 ? 1 : 0)
    }
    vm.log_forward(rows[0].baseAddress!, count)
  }
}
