import COneDNN
import CVectorMath

/// The right-hand side of products in bf16, in the layout that oneDNN wants on this processor.
final class BF16Matrix {
  /// Inputs, `K`.
  let rows: Int
  /// Outputs, `N`.
  let columns: Int
  /// Whether the layout is the usual one, which kernels of our own write. oneDNN's own take three times as long for it, and
  /// a training lays all its weights out anew after each update.
  let isPaired: Bool
  private let isTransposed: Bool
  private let packed: UnsafeMutablePointer<UInt16>

  /// Room for a `[rows, columns]` matrix; ``fill(_:)`` gives it values.
  ///
  /// - Parameter transposed: the values that it will be filled with are stored `[columns, rows]`.
  init(rows: Int, columns: Int, transposed: Bool) {
    self.rows = rows
    self.columns = columns
    isTransposed = transposed
    let bytes = onednn_bf16_packed_size(Int64(rows), Int64(columns))
    precondition(bytes > 0, "oneDNN has no layout for a bf16 matrix [\(rows), \(columns)]")
    packed = LargeMemory.allocate(UInt16.self, (bytes + 1) / 2)
    packed.initialize(repeating: 0, count: (bytes + 1) / 2)
    isPaired =
      onednn_bf16_is_paired(
        Int64(rows), Int64(columns), Int64(VM_BF16_COLUMNS), Int64(VM_BF16_ROWS)) != 0
  }

  deinit { packed.deallocate() }

  /// Rounds the values and lays them out.
  func fill(_ values: UnsafePointer<Float>) {
    guard !isPaired else {
      let (stored, width) = isTransposed ? (columns, rows) : (rows, columns)
      vm.pack_bf16(isTransposed ? nil : packed, isTransposed ? packed : nil, values, stored, width, 0, stored)
      return
    }
    let status = onednn_bf16_pack(Int64(rows), Int64(columns), isTransposed ? 1 : 0, values, packed)
    precondition(status == 0, "oneDNN refused to lay out [\(rows), \(columns)] with status \(status)")
  }

  /// Rows that are laid out at a time.
  static let step = Int(VM_BF16_STEP)

  /// Lays some rows of a matrix `[rows, columns]` out for products with it and with its transpose.
  ///
  /// - Parameters:
  ///   - matrices: its copies for either, as far as there are any, of the usual layout.
  ///   - range: begins and, but for the matrix's own end, ends with a multiple of ``step``.
  static func fill(
    _ matrices: (forward: BF16Matrix?, backward: BF16Matrix?), _ values: UnsafePointer<Float>, rows: Int,
    columns: Int, range: Range<Int>
  ) {
    vm.pack_bf16(
      matrices.forward?.packed, matrices.backward?.packed, values, rows, columns, range.lowerBound,
      range.count)
  }

  /// `c[m, columns] (+)= a[m, rows] * self`.
  ///
  /// The rows are taken in a few sizes, because oneDNN makes code for each: a new size costs milliseconds.
  func multiply(
    _ a: UnsafePointer<UInt16>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    var done = 0
    while done < m {
      let left = m - done
      let taken = [256, 128, 64, 32].first { $0 <= left } ?? left
      BF16Product.compute(
        onednn_bf16_shape(
          m: Int64(taken), n: Int64(columns), k: Int64(rows), lda: Int64(rows), ldb: 0, ldc: Int64(columns),
          transpose_a: 0, packed_b: 1, accumulate: accumulate ? 1 : 0), a + done * rows, packed,
        c + done * columns)
      done += taken
    }
  }
}

/// Matrix products of bf16 factors, computed by oneDNN.
enum BF16Product {
  static func compute(
    _ shape: onednn_bf16_shape, _ a: UnsafePointer<UInt16>, _ b: UnsafePointer<UInt16>,
    _ c: UnsafeMutablePointer<Float>
  ) {
    guard shape.m > 0, shape.n > 0 else { return }
    let status = withUnsafePointer(to: shape) { onednn_bf16_product($0, a, b, c) }
    precondition(
      status == 0,
      "oneDNN refused a bf16 product [\(shape.m), \(shape.k)] x [\(shape.k), \(shape.n)] with status \(status)"
    )
  }

  /// Sums over rows run over a multiple of this many: factors have so many rows, zeros at the end. oneDNN makes code for
  /// each number of rows, so few different ones are wanted.
  static let rowMultiple = 32

  /// `count` rounded up to a multiple of ``rowMultiple``.
  static func padded(_ count: Int) -> Int { (count + rowMultiple - 1) / rowMultiple * rowMultiple }

  /// The columns that a gradient of weights is computed at a time: so many of its rows stay in the second-level cache.
  private static let tile = 256

  /// `dw[k, n] (+)= x[m, k]ᵀ dy[m, n]`, in tiles of columns.
  ///
  /// - Precondition: both factors have rows of zeros up to ``padded(_:)`` rows.
  static func weightGradient(
    _ x: UnsafePointer<UInt16>, _ dy: UnsafePointer<UInt16>, m: Int, k: Int, n: Int,
    into dw: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    let width = n > 4 * tile ? tile : n
    for first in stride(from: 0, to: n, by: width) {
      compute(
        onednn_bf16_shape(
          m: Int64(k), n: Int64(min(width, n - first)), k: Int64(padded(m)), lda: Int64(k), ldb: Int64(n),
          ldc: Int64(n),
          transpose_a: 1, packed_b: 0, accumulate: accumulate ? 1 : 0), x, dy + first, dw + first)
    }
  }
}
