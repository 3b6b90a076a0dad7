import Tensors

/// Losses that workers write, each its own.
final class ShareLosses: @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<LossSum>

  init(count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: LossSum())
  }

  deinit { values.deallocate() }

  subscript(index: Int) -> LossSum {
    get { values[index] }
    set { values[index] = newValue }
  }

  var sum: LossSum {
    var total = LossSum()
    for value in values { total += value }
    return total
  }
}
