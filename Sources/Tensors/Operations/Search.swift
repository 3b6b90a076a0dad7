/// Kernels that search uses on rows of logits. None is recorded.
public enum LogitRow {
  /// `log Σ exp(x)`.
  public static func logSumExp(_ logits: UnsafeBufferPointer<Float>) -> Float {
    vm.log_sum_exp(logits.baseAddress!, logits.count)
  }

  /// The `k` largest values with their places, largest first; of equal ones the first.
  public static func top(_ k: Int, of values: UnsafeBufferPointer<Float>) -> [(index: Int, value: Float)] {
    let taken = min(k, values.count)
    guard taken > 0 else { return [] }
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: taken) { indices in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: taken) { best in
        vm.top_k(values.baseAddress!, values.count, taken, indices.baseAddress!, best.baseAddress!)
        return (0..<taken).map { (Int(indices[$0]), best[$0]) }
      }
    }
  }
}
