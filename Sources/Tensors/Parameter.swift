import CVectorMath
import Foundation

/// A learned matrix: a leaf of the tape. Vectors have one row.
///
/// The memory belongs to the parameter and outlives every arena. Workers read it side by side; only an optimiser
/// writes it, between batches.
public final class Parameter: @unchecked Sendable {
  /// The name in the model file, for example `encoder.0.forward.recurrent`.
  public let name: String
  /// The number of rows; inputs of a product.
  public let rows: Int
  /// The number of columns; outputs of a product.
  public let columns: Int
  /// Place in its ``ParameterStore``.
  public let index: Int
  /// Whether it stands on the right of matrix products, and is packed for translation.
  public let isProductWeight: Bool
  /// Whether something reads the values themselves, so that a packed copy does not do instead: a bias, a table, and
  /// weights whose columns are word vectors.
  public private(set) var needsValues: Bool
  private var stored: UnsafeMutablePointer<Float>?

  /// `rows * columns` values, row-major.
  ///
  /// - Precondition: it has values: it was drawn, assigned, or loaded otherwise than packed alone.
  public var values: UnsafeMutablePointer<Float> {
    guard let stored else {
      preconditionFailure("\(name) has no values: it was loaded for translation, packed alone")
    }
    return stored
  }

  /// Whether there are values beside a packed copy.
  public var hasValues: Bool { stored != nil }

  /// The number of values.
  public var count: Int { rows * columns }

  /// `[columns, rows]`: kept beside the values for products of few rows with the transposed matrix.
  private(set) var transposed: UnsafeMutablePointer<Float>?
  /// The values laid out for row-independent products.
  private(set) var packed: (any PackedWeights)?
  private var half: (forward: BF16Matrix?, backward: BF16Matrix?)
  private let lock = NSLock()

  init(name: String, rows: Int, columns: Int, index: Int, isProductWeight: Bool) {
    self.name = name
    self.rows = rows
    self.columns = columns
    self.index = index
    self.isProductWeight = isProductWeight
    needsValues = !isProductWeight
  }

  deinit {
    stored?.deallocate()
    transposed?.deallocate()
  }

  /// Says that the values themselves are read as well, as those of tied word vectors.
  public func keepValues() { needsValues = true }

  /// Room for all values, made where there is none yet. Whoever asks writes them all, then calls ``valuesChanged()``.
  public func room() -> UnsafeMutableBufferPointer<Float> {
    let room = stored ?? LargeMemory.allocate(Float.self, count)
    stored = room
    return UnsafeMutableBufferPointer(start: room, count: count)
  }

  /// Brings the copies that products read up to date.
  public func valuesChanged() {
    for refreshment in refreshments { refreshment.body() }
  }

  /// A copy of the values.
  public var array: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

  /// Overwrites the values. The count must be the parameter's.
  public func assign(_ source: [Float]) {
    precondition(source.count == count, "\(source.count) values for \(name) [\(rows), \(columns)]")
    _ = room().update(fromContentsOf: source)
    valuesChanged()
  }

  /// Makes the transposed copy where there is none; workers may come at once.
  func keepTransposed() {
    lock.withLock {
      guard transposed == nil else { return }
      let copy = UnsafeMutablePointer<Float>.allocate(capacity: count)
      vm.transpose(copy, values, rows, columns)
      transposed = copy
    }
  }

  /// `[rows, columns]` rounded for products in bf16, made at its first use; workers may come at once.
  var bf16: BF16Matrix {
    lock.withLock {
      if let made = half.forward { return made }
      let made = BF16Matrix(rows: rows, columns: columns, transposed: false)
      made.fill(values)
      half.forward = made
      return made
    }
  }

  /// `[columns, rows]` rounded for products in bf16, made at its first use; workers may come at once.
  var bf16Transposed: BF16Matrix {
    lock.withLock {
      if let made = half.backward { return made }
      let made = BF16Matrix(rows: columns, columns: rows, transposed: true)
      made.fill(values)
      half.backward = made
      return made
    }
  }

  /// Values of which copies are made at a time, about.
  private static let refreshedAtOnce = 1 << 15

  /// A piece of the work of bringing the copies up to date, and how many values it reads.
  typealias Refreshment = (size: Int, body: () -> Void)

  /// What it takes to bring the copies up to date after the values changed, each a piece of work by itself.
  var refreshments: [Refreshment] {
    var work: [Refreshment] = []
    if let transposed { work.append((count, { [self] in vm.transpose(transposed, values, rows, columns) })) }
    var paired = half
    if let forward = half.forward, !forward.isPaired {
      work.append((count, { [self] in forward.fill(values) }))
      paired.forward = nil
    }
    if let backward = half.backward, !backward.isPaired {
      work.append((count, { [self] in backward.fill(values) }))
      paired.backward = nil
    }
    guard paired.forward != nil || paired.backward != nil else { return work }
    let step = max(1, Self.refreshedAtOnce / columns / BF16Matrix.step) * BF16Matrix.step
    for first in stride(from: 0, to: rows, by: step) {
      let range = first..<min(first + step, rows)
      work.append(
        (
          range.count * columns,
          { [self] in BF16Matrix.fill(paired, values, rows: rows, columns: columns, range: range) }
        ))
    }
    return work
  }

  /// Lays the values out for row-independent products.
  func pack(_ format: WeightFormat) { pack(values, format) }

  /// Lays values out for row-independent products without keeping them, as weights that translation alone needs.
  ///
  /// - Parameter source: `rows * columns` values, row-major.
  public func pack(_ source: UnsafePointer<Float>, _ format: WeightFormat) {
    packed =
      switch format {
      case .f32: PackedMatrix(source, rows: rows, columns: columns)
      case .bf16: BF16PackedMatrix(source, rows: rows, columns: columns)
      case .int8: QuantizedMatrix(source, rows: rows, columns: columns)
      }
  }

  /// Takes weights that were quantised before, for translation alone.
  ///
  /// - Parameters:
  ///   - quantized: `[rows, columns]`, row-major.
  ///   - scales: `[columns]`.
  public func pack(quantized: UnsafePointer<Int8>, scales: UnsafePointer<Float>) {
    packed = QuantizedMatrix(quantized: quantized, scales: scales, rows: rows, columns: columns)
  }

  /// The integers `[rows, columns]`, row-major, and the scale of each column, where it is packed in 8 bits.
  public var quantized: (values: [Int8], scales: [Float])? { (packed as? QuantizedMatrix)?.content }
}

/// All parameters of a model, in the order in which its layers made them.
public final class ParameterStore: @unchecked Sendable {
  /// The parameters, each at its `index`.
  public private(set) var parameters: [Parameter] = []
  private var productWeights: [Parameter] { parameters.filter(\.isProductWeight) }
  private var names: Set<String> = []

  /// An empty store.
  public init() {}

  /// The number of learned values.
  public var count: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Adds a parameter of zeros.
  ///
  /// - Parameters:
  ///   - isProductWeight: it stands on the right of matrix products, and is packed for translation.
  ///   - hasValues: `false` for one without values, which are still to come.
  public func add(
    _ name: String, rows: Int, columns: Int, isProductWeight: Bool = false, hasValues: Bool = true
  ) -> Parameter {
    precondition(names.insert(name).inserted, "two parameters named \(name)")
    let parameter = Parameter(
      name: name, rows: rows, columns: columns, index: parameters.count, isProductWeight: isProductWeight)
    if hasValues { parameter.room().initialize(repeating: 0) }
    parameters.append(parameter)
    return parameter
  }

  /// Lays the weights of products out for row-independent products. Needed once after loading, and again after the
  /// values change.
  public func pack(_ format: WeightFormat = .f32) {
    for parameter in productWeights { parameter.pack(format) }
  }

  /// Brings the copies that products read (transposed, or in bf16) up to date after an update; `worker` of `workers`
  /// does its share.
  public func refreshCopies(worker: Int, of workers: Int) {
    // The largest first, each to the worker with the least to do.
    let work = productWeights.flatMap(\.refreshments).enumerated().sorted {
      ($0.element.size, -$0.offset) > ($1.element.size, -$1.offset)
    }
    var loads = [Int](repeating: 0, count: workers)
    for (_, refreshment) in work {
      let least = loads.indices.min { loads[$0] < loads[$1] }!
      loads[least] += refreshment.size
      if least == worker { refreshment.body() }
    }
  }
}
