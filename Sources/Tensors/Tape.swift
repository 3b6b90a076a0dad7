/// Records operations as they run, and runs their backward passes in the opposite order.
///
/// Operations are methods of the tape, one file each under `Operations/`, forward beside backward. They are coarse (a
/// whole product, a cell step, an attention step), so the tape's own cost does not show. A tape without a gradient
/// buffer records nothing and serves translation. A tape belongs to one worker.
public final class Tape: @unchecked Sendable {
  /// Where activations live; reset by ``reset(dropoutSeed:keepsGradients:)``.
  public let arena: Arena
  /// Where parameter gradients go; `nil` when nothing is recorded.
  public let gradients: GradientBuffer?
  /// Whether products are row-independent: a row's result depends on that row alone, to the bit.
  public let isRowIndependent: Bool

  /// The numbers that products are computed with; row-independent ones have those that the weights were packed in.
  public let precision: Precision
  /// Where the time of operations is added up, if anywhere.
  public var profile: Profile?

  private var nodes: [() -> Void] = []
  private var dropoutSeed: UInt64?
  private var dropoutCount: UInt64 = 0

  /// A tape for training.
  ///
  /// - Precondition: the processor supports `precision`.
  public init(
    recordingInto gradients: GradientBuffer, precision: Precision = .f32, arena: Arena = Arena()
  ) {
    precondition(precision.isSupported, "this processor has no \(precision) products")
    self.arena = arena
    self.precision = precision
    self.gradients = gradients
    isRowIndependent = false
  }

  /// A tape that records nothing.
  ///
  /// - Parameters:
  ///   - rowIndependent: use packed weights (``ParameterStore/pack(_:)`` must have been called).
  ///   - precision: that of products, where these are not row-independent.
  public init(rowIndependent: Bool, precision: Precision = .f32, arena: Arena = Arena()) {
    precondition(!rowIndependent || precision == .f32, "packed weights have a format of their own")
    precondition(precision.isSupported, "this processor has no \(precision) products")
    self.arena = arena
    gradients = nil
    self.precision = precision
    isRowIndependent = rowIndependent
  }

  /// Whether factors of products are rounded to bf16.
  var usesHalf: Bool { precision == .bf16 }

  /// Whether operations are recorded.
  public var isRecording: Bool { gradients != nil }

  /// Forgets the last batch: its activations, gradients and nodes.
  ///
  /// - Parameters:
  ///   - dropoutSeed: the seed of this batch's dropout masks; `nil` switches dropout off.
  ///   - keepsGradients: the gradients of the parameters stay, and those of the next batch are added to them.
  public func reset(dropoutSeed: UInt64? = nil, keepsGradients: Bool = false) {
    nodes.removeAll(keepingCapacity: true)
    arena.reset()
    if !keepsGradients { gradients?.reset() }
    self.dropoutSeed = dropoutSeed
    dropoutCount = 0
  }

  /// Runs the backward passes, last recorded first.
  public func backward() {
    for node in nodes.reversed() { node() }
    nodes.removeAll(keepingCapacity: true)
  }

  /// A tensor with unset values and, while recording, a gradient of zeros.
  public func make(rows: Int, columns: Int) -> Tensor {
    let values = arena.allocate(Float.self, rows * columns)
    guard isRecording else { return Tensor(rows: rows, columns: columns, values: values, gradient: nil) }
    let gradient = arena.allocate(Float.self, rows * columns)
    gradient.update(repeating: 0, count: rows * columns)
    return Tensor(rows: rows, columns: columns, values: values, gradient: gradient)
  }

  /// A tensor of zeros.
  public func zeros(rows: Int, columns: Int) -> Tensor {
    let tensor = make(rows: rows, columns: columns)
    tensor.values.update(repeating: 0, count: tensor.count)
    return tensor
  }

  /// A tensor with the given values.
  public func tensor(_ values: [Float], rows: Int, columns: Int) -> Tensor {
    precondition(values.count == rows * columns, "\(values.count) values for [\(rows), \(columns)]")
    let tensor = make(rows: rows, columns: columns)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { tensor.values.update(from: base, count: source.count) }
    }
    return tensor
  }

  /// Copies numbers into the arena, where the nodes of this batch can keep pointing at them.
  public func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let pointer = arena.allocate(Element.self, elements.count)
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.initialize(from: base, count: source.count) }
    }
    return UnsafePointer(pointer)
  }

  func record(_ backward: @escaping () -> Void) {
    if isRecording { nodes.append(backward) }
  }

  /// The seed of the next dropout mask, or `nil` when dropout is off.
  func nextDropoutSeed() -> UInt64? {
    guard let dropoutSeed else { return nil }
    dropoutCount += 1
    return SplitMix64.seed(dropoutSeed, dropoutCount)
  }
}
