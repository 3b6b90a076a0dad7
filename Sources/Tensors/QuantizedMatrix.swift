import CVectorMath

/// The right-hand side of a product in 8-bit integers, for products whose rows do not depend on each other.
///
/// Each column has its scale, `max|w| / 127`; the rows on the left are quantised as they come, each with its own scale
/// (Wu et al. 2016, section 6; per-channel scales: Krishnamoorthi 2018). What is summed is integers, so a row's result
/// is the same bits in any batch and with any instruction set.
final class QuantizedMatrix: PackedWeights, @unchecked Sendable {
  let rows: Int
  let columns: Int
  private let groups: Int
  private let panels: UnsafeMutablePointer<UInt8>
  private let scales: UnsafeMutablePointer<Float>

  /// Quantises a row-major `[rows, columns]` matrix.
  init(_ values: UnsafePointer<Float>, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    let width = Int(VM_PANEL)
    groups = (rows + 3) / 4
    let panelCount = (columns + width - 1) / width
    let count = max(1, panelCount * width * groups * 4)
    panels = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
      .bindMemory(to: UInt8.self, capacity: count)
    scales = .allocate(capacity: max(1, panelCount * width))
    vm.quantize_columns(panels, scales, values, rows, columns)
  }

  deinit {
    panels.deallocate()
    scales.deallocate()
  }

  func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ arena: Arena
  ) {
    let mark = arena.mark()
    let quantized = arena.allocate(Int8.self, m * groups * 4)
    let rowScales = arena.allocate(Float.self, m)
    let offsets = arena.allocate(Int32.self, m)
    vm.quantize_rows(quantized, rowScales, offsets, a, m, rows, groups * 4)
    vm.int8_product(
      quantized, groups * 4, rowScales, offsets, panels, scales, c, columns, m, columns, groups,
      accumulate ? 1 : 0)
    arena.release(to: mark)
  }
}
