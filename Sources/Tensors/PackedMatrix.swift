import CVectorMath

/// Weights laid out for products whose rows do not depend on each other: a row of the result has the same bits alone and
/// in any batch.
protocol PackedWeights: AnyObject, Sendable {
  /// Inputs.
  var rows: Int { get }
  /// Outputs.
  var columns: Int { get }
  /// `c[m, columns] (+)= a[m, rows] * self`.
  func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ arena: Arena)
  /// Some columns alone, in the given order.
  func selecting(_ columns: [Int32]) -> any PackedWeights
}

/// How the weights of translation are kept.
public enum WeightFormat: String, Codable, Sendable, CaseIterable {
  /// 32-bit floats: the reference.
  case f32
  /// 16-bit floats, activations too; sums in f32.
  case bf16
  /// 8-bit integers with a scale for each output; activations are quantised row by row.
  case int8

  /// Whether this processor has instructions for it, without which it works but is slow.
  public var isFast: Bool {
    switch self {
    case .f32: true
    case .bf16: Processor.kernelName == "avx512bf16"
    case .int8: ["avx512vnni", "avx512bf16"].contains(Processor.kernelName)
    }
  }

  /// The fastest on this processor.
  public static var fastest: WeightFormat { WeightFormat.int8.isFast ? .int8 : .f32 }
}

/// The right-hand side of a product, in panels of 32 columns, for products whose rows do not depend on each other.
///
/// Each element of the result is one sum over `k` in order, whatever the number of rows. So a sentence gets the same
/// bits alone and in any batch, which a general product, free to choose its blocking by size, does not promise.
public final class PackedMatrix: PackedWeights, @unchecked Sendable {
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
    panels = Self.allocate(rows: rows, columns: columns)
    for panel in 0..<panelCount {
      let first = panel * width
      let taken = min(width, columns - first)
      for row in 0..<rows {
        (panels + (panel * rows + row) * width).update(from: values + row * columns + first, count: taken)
      }
    }
  }

  /// Some columns of another matrix.
  private init(_ whole: PackedMatrix, columns chosen: [Int32]) {
    rows = whole.rows
    columns = chosen.count
    let width = Int(VM_PANEL)
    panels = Self.allocate(rows: rows, columns: columns)
    for (place, column) in chosen.enumerated() {
      precondition(column >= 0 && column < whole.columns, "column \(column) of \(whole.columns)")
      let from = whole.panels + Int(column) / width * rows * width + Int(column) % width
      let to = panels + place / width * rows * width + place % width
      for row in 0..<rows { to[row * width] = from[row * width] }
    }
  }

  private static func allocate(rows: Int, columns: Int) -> UnsafeMutablePointer<Float> {
    let width = Int(VM_PANEL)
    let count = (columns + width - 1) / width * width * rows
    let panels = LargeMemory.allocate(Float.self, count)
    // What no column stands in, at the end of the last panel's rows.
    if columns % width != 0 { (panels + count - width * rows).initialize(repeating: 0, count: width * rows) }
    return panels
  }

  deinit { panels.deallocate() }

  func selecting(_ columns: [Int32]) -> any PackedWeights { PackedMatrix(self, columns: columns) }

  /// `c[m, columns] (+)= a[m, rows] * self`.
  public func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    vm.packed_product(a, rows, panels, c, columns, m, columns, rows, accumulate ? 1 : 0)
  }

  func multiply(
    _ a: UnsafePointer<Float>, rows m: Int, into c: UnsafeMutablePointer<Float>, accumulate: Bool,
    _ arena: Arena
  ) {
    multiply(a, rows: m, into: c, accumulate: accumulate)
  }
}
