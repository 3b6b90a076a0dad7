/// A matrix of 64-bit floats, row-major: slow, plain, and easy to believe.
public struct Matrix: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// `rows * columns` values.
  public var values: [Double]

  /// A matrix of the given values.
  public init(rows: Int, columns: Int, _ values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Zeros.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, [Double](repeating: 0, count: rows * columns))
  }

  /// The given 32-bit values, exactly.
  public init(rows: Int, columns: Int, floats: [Float]) {
    self.init(rows: rows, columns: columns, floats.map(Double.init))
  }

  /// Uniform numbers in `-range...range` that 32-bit floats hold exactly.
  public static func random(
    _ rows: Int, _ columns: Int, range: Float = 1, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      floats: (0..<rows * columns).map { _ in Float.random(in: -range...range, using: &generator) })
  }

  /// The values as 32-bit floats.
  public var floats: [Float] { values.map(Float.init) }

  /// One value.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Row `index` as a matrix of one row.
  public func row(_ index: Int) -> Matrix { self[rows: index..<index + 1] }

  /// Some rows that follow each other.
  public subscript(rows range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      Array(values[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// Some columns that follow each other.
  public subscript(columns range: Range<Int>) -> Matrix {
    Matrix(
      rows: rows, columns: range.count,
      (0..<rows).flatMap { values[$0 * columns + range.lowerBound..<$0 * columns + range.upperBound] })
  }

  /// Each value through `transform`.
  public func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, values.map(transform))
  }

  /// The transposed matrix.
  public var transposed: Matrix {
    Matrix(
      rows: columns, columns: rows, (0..<columns).flatMap { j in (0..<rows).map { i in self[i, j] } })
  }

  /// The matrix product.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columns == right.rows, "[\(left.rows), \(left.columns)] x [\(right.rows), \(right.columns)]")
    var result = Matrix(rows: left.rows, columns: right.columns)
    for i in 0..<left.rows {
      for k in 0..<left.columns {
        let factor = left[i, k]
        for j in 0..<right.columns { result.values[i * right.columns + j] += factor * right[k, j] }
      }
    }
    return result
  }

  /// The sum; a right-hand side of one row is added to each row.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.columns && (left.rows == right.rows || right.rows == 1))
    var sum = left
    for index in sum.values.indices { sum.values[index] += right.values[index % right.values.count] }
    return sum
  }

  /// `Σ a_ij b_ij`.
  public func inner(_ other: Matrix) -> Double {
    precondition(rows == other.rows && columns == other.columns)
    return zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Matrices of as many rows, side by side.
  public static func beside(_ parts: [Matrix]) -> Matrix {
    Matrix(
      rows: parts[0].rows, columns: parts.reduce(0) { $0 + $1.columns },
      (0..<parts[0].rows).flatMap { row in parts.flatMap { $0.row(row).values } })
  }

  /// Matrices of as many columns, on top of each other.
  public static func stacked(_ parts: [Matrix]) -> Matrix {
    Matrix(
      rows: parts.reduce(0) { $0 + $1.rows }, columns: parts[0].columns, parts.flatMap(\.values))
  }
}
