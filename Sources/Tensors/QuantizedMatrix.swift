import CVectorMath

/// The right-hand side of a product in 8-bit integers, for products whose rows do not depend on each other.
///
/// Each column has its scale, `max|w| / 127`; the rows on the left are quantised as they come, each with its own scale
/// (Wu et al. 2016, section 6; per-channel scales: Krishnamoorthi 2018). What is summed is integers, and rounding to them
/// is done without fused products, so a row's result is the same bits in any batch and with any instruction set.
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
    groups = (rows + 3) / 4
    (panels, scales) = Self.allocate(groups: groups, columns: columns)
    vm.quantize_columns(panels, scales, values, rows, columns)
  }

  /// Lays out what was quantised before.
  ///
  /// - Parameters:
  ///   - values: `[rows, columns]`, row-major.
  ///   - scales: `[columns]`.
  init(quantized values: UnsafePointer<Int8>, scales: UnsafePointer<Float>, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    groups = (rows + 3) / 4
    (panels, self.scales) = Self.allocate(groups: groups, columns: columns)
    self.scales.update(from: scales, count: columns)
    vm.arrange_int8(panels, values, rows, columns)
  }

  /// The integers, row-major, and the scale of each column.
  var content: (values: [Int8], scales: [Float]) {
    let width = Int(VM_PANEL)
    var values = [Int8](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let group = column / width * groups * width + row / 4 * width + column % width
        values[row * columns + column] = Int8(truncatingIfNeeded: Int(panels[4 * group + row % 4]) - 128)
      }
    }
    return (values, Array(UnsafeBufferPointer(start: scales, count: columns)))
  }

  /// Some columns of another matrix.
  private init(_ whole: QuantizedMatrix, columns chosen: [Int32]) {
    rows = whole.rows
    columns = chosen.count
    groups = whole.groups
    (panels, scales) = Self.allocate(groups: groups, columns: columns)
    let width = Int(VM_PANEL)
    for (place, column) in chosen.enumerated() {
      precondition(column >= 0 && column < whole.columns, "column \(column) of \(whole.columns)")
      scales[place] = whole.scales[Int(column)]
    }
    // Four values of a column stand together; a panel is written from its beginning to its end.
    let from = UnsafeRawPointer(whole.panels)
    withUnsafeTemporaryAllocation(of: UnsafeRawPointer.self, capacity: width) { sources in
      for first in stride(from: 0, to: columns, by: width) {
        let taken = min(width, columns - first)
        for place in 0..<taken {
          let column = Int(chosen[first + place])
          sources[place] = from + 4 * (column / width * groups * width + column % width)
        }
        var target = UnsafeMutableRawPointer(panels) + 4 * first * groups
        for offset in stride(from: 0, to: 4 * width * groups, by: 4 * width) {
          for place in 0..<taken {
            target.storeBytes(
              of: sources[place].load(fromByteOffset: offset, as: UInt32.self), toByteOffset: 4 * place,
              as: UInt32.self)
          }
          target += 4 * width
        }
      }
    }
  }

  private static func allocate(groups: Int, columns: Int) -> (
    UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<Float>
  ) {
    let width = Int(VM_PANEL)
    let padded = (columns + width - 1) / width * width
    let (count, panel) = (padded * groups * 4, width * groups * 4)
    let panels = LargeMemory.allocate(UInt8.self, count)
    // What no column stands in, at the end of the last panel's rows.
    if columns % width != 0 { (panels + count - panel).initialize(repeating: 128, count: panel) }
    let scales = UnsafeMutablePointer<Float>.allocate(capacity: max(1, padded))
    scales.initialize(repeating: 0, count: max(1, padded))
    return (panels, scales)
  }

  deinit {
    panels.deallocate()
    scales.deallocate()
  }

  func selecting(_ columns: [Int32]) -> any PackedWeights { QuantizedMatrix(self, columns: columns) }

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
