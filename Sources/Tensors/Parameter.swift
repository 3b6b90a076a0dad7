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
  /// The values in panels, for row-independent products.
  private(set) var packed: PackedMatrix?
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
    refreshTransposed()
  }

  /// Makes the transposed copy where there is none; workers may come at once.
  func keepTransposed() {
    lock.withLock {
      guard transposed == nil else { return }
      transposed = .allocate(capacity: count)
      refreshTransposed()
    }
  }

  func refreshTransposed() {
    guard let transposed else { return }
    vm.transpose(transposed, values, rows, columns)
  }

  func pack() { packed = PackedMatrix(values, rows: rows, columns: columns) }
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
  public func pack() {
    for parameter in productWeights { parameter.pack() }
  }

  /// Gives the packed copies back.
  public func unpack() {
    for parameter in productWeights { parameter.unpack() }
  }

  /// Brings the transposed copies up to date after an update; `worker` of `workers` does its share.
  public func refreshTransposed(worker: Int, of workers: Int) {
    for (place, parameter) in productWeights.enumerated() where place % workers == worker {
      parameter.refreshTransposed()
    }
  }
}

/// The gradients of all parameters from one worker's share of a batch.
public final class GradientBuffer: @unchecked Sendable {
  private let pointers: [UnsafeMutablePointer<Float>]
  private let counts: [Int]
  private var isWritten: [Bool]

  /// Room for the gradient of each parameter of the store.
  public init(_ store: ParameterStore) {
    counts = store.parameters.map(\.count)
    pointers = counts.map { .allocate(capacity: $0) }
    isWritten = counts.map { _ in false }
  }

  deinit {
    for pointer in pointers { pointer.deallocate() }
  }

  /// Forgets the gradients; nothing is cleared, the next write of each overwrites.
  public func reset() {
    for index in isWritten.indices { isWritten[index] = false }
  }

  /// Where to write a whole gradient, and whether it must be added to what stands there.
  func destination(_ parameter: Parameter) -> (pointer: UnsafeMutablePointer<Float>, accumulate: Bool) {
    let accumulate = isWritten[parameter.index]
    isWritten[parameter.index] = true
    return (pointers[parameter.index], accumulate)
  }

  /// Where to add parts of a gradient, cleared at its first use in a batch.
  func accumulator(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
    let (pointer, accumulate) = destination(parameter)
    if !accumulate { pointer.update(repeating: 0, count: counts[parameter.index]) }
    return pointer
  }

  /// The gradient of a parameter, or `nil` if no operation wrote one since ``reset()``.
  public func gradient(_ parameter: Parameter) -> UnsafeMutablePointer<Float>? {
    isWritten[parameter.index] ? pointers[parameter.index] : nil
  }
}
