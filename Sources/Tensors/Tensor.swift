/// A matrix of 32-bit floats in an ``Arena``, row-major, with room for its gradient when a ``Tape`` records.
///
/// Sequences are time-major: row `t * B + b` of a `[T * B, H]` tensor is step `t` of sentence `b`. The value is a
/// view; it lives until its arena is reset.
public struct Tensor {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// `rows * columns` values.
  public let values: UnsafeMutablePointer<Float>
  /// The gradient of the loss with respect to the values; `nil` when nothing is recorded.
  public let gradient: UnsafeMutablePointer<Float>?

  /// The number of values.
  public var count: Int { rows * columns }

  init(
    rows: Int, columns: Int, values: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>?
  ) {
    self.rows = rows
    self.columns = columns
    self.values = values
    self.gradient = gradient
  }

  /// Rows `start ..< start + count` of the same memory.
  public func slice(from start: Int, count: Int) -> Tensor {
    precondition(
      start >= 0 && start + count <= rows, "rows \(start)..<\(start + count) of a tensor with \(rows) rows")
    return Tensor(
      rows: count, columns: columns, values: values + start * columns,
      gradient: gradient.map { $0 + start * columns })
  }

  /// The values of one row.
  public func row(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    precondition(index >= 0 && index < rows, "row \(index) of a tensor with \(rows) rows")
    return UnsafeMutableBufferPointer(start: values + index * columns, count: columns)
  }

  /// A copy of all values.
  public var array: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

  /// A copy of the gradient; empty when nothing is recorded.
  public var gradientArray: [Float] {
    gradient.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  }
}
