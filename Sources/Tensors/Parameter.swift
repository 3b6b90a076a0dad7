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
  /// `rows * columns` values, row-major.
  public let values: UnsafeMutablePointer<Float>

  /// The number of values.
  public var count: Int { rows * columns }

  /// `[columns, rows]`: kept beside the values for products of few rows with the transposed matrix.
  private(set) var transposed: UnsafeMutablePointer<Float>?
  /// The values laid out for row-independent products.
  private(set) var packed: (any PackedWeights)?
  private var half: (forward: BF16Matrix?, backward: BF16Matrix?)
  private let lock = NSLock()

  init(name: String, rows: Int, columns: Int, index: Int) {
    self.name = name
    self.rows = rows
    self.columns = columns
    self.index = index
    values = .allocate(capacity: rows * columns)
    values.initialize(repeating: 0, count: rows * columns)
  }

  deinit {
    values.deallocate()
    transposed?.deallocate()
  }

  /// A copy of the values.
  public var array: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

  /// Overwrites the values. The count must be the parameter's.
  public func assign(_ source: [Float]) {
    precondition(source.count == count, "\(source.count) values for \(name) [\(rows), \(columns)]")
    source.withUnsafeBufferPointer { values.update(from: $0.baseAddress!, count: count) }
    for refresh in refreshments { refresh() }
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

  /// What it takes to bring the copies up to date after the values changed, each a piece of work by itself.
  var refreshments: [() -> Void] {
    var work: [() -> Void] = []
    if let transposed { work.append { [self] in vm.transpose(transposed, values, rows, columns) } }
    if let forward = half.forward { work.append { [self] in forward.fill(values) } }
    if let backward = half.backward { work.append { [self] in backward.fill(values) } }
    return work
  }

  func pack(_ format: WeightFormat) {
    packed =
      switch format {
      case .f32: PackedMatrix(values, rows: rows, columns: columns)
      case .bf16: BF16PackedMatrix(values, rows: rows, columns: columns)
      case .int8: QuantizedMatrix(values, rows: rows, columns: columns)
      }
  }
  func unpack() { packed = nil }
}

/// All parameters of a model, in the order in which its layers made them.
public final class ParameterStore: @unchecked Sendable {
  /// The parameters, each at its `index`.
  public private(set) var parameters: [Parameter] = []
  private var productWeights: [Parameter] = []

  /// An empty store.
  public init() {}

  /// The number of learned values.
  public var count: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Adds a parameter of zeros.
  ///
  /// - Parameter isProductWeight: it stands on the right of matrix products, and is packed for translation.
  public func add(_ name: String, rows: Int, columns: Int, isProductWeight: Bool = false) -> Parameter {
    precondition(!parameters.contains { $0.name == name }, "two parameters named \(name)")
    let parameter = Parameter(name: name, rows: rows, columns: columns, index: parameters.count)
    parameters.append(parameter)
    if isProductWeight { productWeights.append(parameter) }
    return parameter
  }

  /// Lays the weights of products out for row-independent products. Needed once after loading, and again after the
  /// values change.
  public func pack(_ format: WeightFormat = .f32) {
    for parameter in productWeights { parameter.pack(format) }
  }

  /// Gives the packed copies back.
  public func unpack() {
    for parameter in productWeights { parameter.unpack() }
  }

  /// Brings the copies that products read (transposed, or in bf16) up to date after an update; `worker` of `workers`
  /// does its share.
  public func refreshCopies(worker: Int, of workers: Int) {
    // The largest first, each to the worker with the least to do.
    let work = productWeights.flatMap { parameter in parameter.refreshments.map { (parameter.count, $0) } }
      .enumerated().sorted { ($0.element.0, -$0.offset) > ($1.element.0, -$1.offset) }
    var loads = [Int](repeating: 0, count: workers)
    for (_, (size, refresh)) in work {
      let least = loads.indices.min { loads[$0] < loads[$1] }!
      loads[least] += size
      if least == worker { refresh() }
    }
  }
}
