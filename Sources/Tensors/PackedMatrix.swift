import CVectorMath

/// The right-hand side of a product, in panels of 32 columns, for products whose rows do not depend on each other.
///
/// Each element of the result is one sum over `k` in order, whatever the number of rows. So a sentence gets the same
/// bits alone and in any batch, which a general product, free to choose its blocking by size, does not promise.
public final class PackedMatrix: @unchecked Sendable {
  /// Inputs.
  public let rows: Int
  /// Outputs.
  public let columns: Int
  private let panels: UnsafeMutablePointer<Float>

  /// Packs a row-major `[rows, columns]` matrix.
  public init(_ values: UnsafePointer<Float>, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    let width = Int(VM_PANEL)
    let panelCount = (columns + width - 1) / width
    panels = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, panelCount * width * rows) * MemoryLayout<Float>.stride, alignment: 64
    ).bindMemory(to: Float.self, capacity: panelCount * width * rows)
    panels.initialize(repeating: 0, count: panelCount * width * rows)
    for panel in 0..<panelCount {
      let first = panel * width
      let taken = min(width, columns - first)
      for row in 0..<rows {
        (panels + (panel * rows + row) * width).update(from: values + row * columns + first, count: taken)
      }
    }
  }

  deinit { panels.deallocate() }

  /// `c[m, columns] (+)= a[m, rows] * self`.
  public func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    vm.packed_product(a, rows, panels, c, columns, m, columns, rows, accumulate ? 1 : 0)
  }
}
