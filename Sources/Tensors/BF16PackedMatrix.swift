import CVectorMath

/// The right-hand side of a product in bf16, for products whose rows do not depend on each other.
///
/// The rows on the left are rounded as they come; sums are in f32 and run over `k` in order, a pair at a time, whatever
/// the number of rows. (``BF16Matrix`` is what training multiplies with: faster for many rows, without that promise.)
final class BF16PackedMatrix: PackedWeights, @unchecked Sendable {
  let rows: Int
  let columns: Int
  private let pairs: Int
  private let panels: UnsafeMutablePointer<UInt16>

  /// Rounds a row-major `[rows, columns]` matrix.
  init(_ values: UnsafePointer<Float>, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    pairs = (rows + 1) / 2
    panels = Self.allocate(pairs: pairs, columns: columns)
    let width = Int(VM_PANEL)
    let rounded = UnsafeMutablePointer<UInt16>.allocate(capacity: max(1, columns))
    defer { rounded.deallocate() }
    for row in 0..<rows {
      vm.to_bf16(rounded, values + row * columns, columns)
      for column in 0..<columns {
        panels[(column / width * pairs + row / 2) * 2 * width + 2 * (column % width) + row % 2] =
          rounded[column]
      }
    }
  }

  /// Some columns of another matrix.
  private init(_ whole: BF16PackedMatrix, columns chosen: [Int32]) {
    rows = whole.rows
    columns = chosen.count
    pairs = whole.pairs
    panels = Self.allocate(pairs: pairs, columns: columns)
    let width = Int(VM_PANEL)
    for (place, column) in chosen.enumerated() {
      precondition(column >= 0 && column < whole.columns, "column \(column) of \(whole.columns)")
      let from = whole.panels + 2 * (Int(column) / width * pairs * width + Int(column) % width)
      let to = panels + 2 * (place / width * pairs * width + place % width)
      for pair in 0..<pairs { (to + 2 * width * pair).update(from: from + 2 * width * pair, count: 2) }
    }
  }

  private static func allocate(pairs: Int, columns: Int) -> UnsafeMutablePointer<UInt16> {
    let width = Int(VM_PANEL)
    let count = (columns + width - 1) / width * width * pairs * 2
    let panels = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 2, alignment: 64)
      .bindMemory(to: UInt16.self, capacity: max(1, count))
    panels.initialize(repeating: 0, count: max(1, count))
    return panels
  }

  deinit { panels.deallocate() }

  func selecting(_ columns: [Int32]) -> any PackedWeights { BF16PackedMatrix(self, columns: columns) }

  func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ arena: Arena
  ) {
    let mark = arena.mark()
    let width = 2 * pairs
    let rounded = arena.allocate(UInt16.self, m * width)
    if width == rows {
      vm.to_bf16(rounded, a, m * rows)
    } else {
      for row in 0..<m {
        vm.to_bf16(rounded + row * width, a + row * rows, rows)
        rounded[row * width + rows] = 0
      }
    }
    vm.bf16_product(rounded, width, panels, c, columns, m, columns, pairs, accumulate ? 1 : 0)
    arena.release(to: mark)
  }
}
