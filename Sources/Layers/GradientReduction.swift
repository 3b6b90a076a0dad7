import Tensors

/// The reduction of the workers' gradients: the seam where an all-reduce over machines would go.
final class GradientReduction: Sendable {
  /// Values that one worker treats at a time.
  private static let chunk = 1 << 15

  /// Values of one parameter that lie together.
  struct Piece: Sendable {
    let parameter: Int
    let start: Int
    let count: Int
  }

  private let pieces: [Piece]

  init(_ store: ParameterStore) {
    pieces = store.parameters.flatMap { parameter in
      stride(from: 0, to: parameter.count, by: Self.chunk).map {
        Piece(parameter: parameter.index, start: $0, count: min(Self.chunk, parameter.count - $0))
      }
    }
  }

  /// Adds the gradients up in the memory of the first that has one.
  ///
  /// - Returns: the norm, and the sum of each parameter's gradients; `nil` where no worker has one.
  func sum(_ gradients: [GradientBuffer], of store: ParameterStore, pool: WorkerPool) -> (
    norm: Float, gradients: [UnsafeMutablePointer<Float>?]
  ) {
    let sources = store.parameters.map { parameter in gradients.compactMap { $0.gradient(parameter) } }
    let total = SharedSums(count: pieces.count)
    nonisolated(unsafe) let shared = sources
    let workers = pool.count
    pool.run { [pieces] worker in
      for place in stride(from: worker, to: pieces.count, by: workers) {
        let piece = pieces[place]
        guard let target = shared[piece.parameter].first else { continue }
        for other in shared[piece.parameter].dropFirst() {
          OptimizerKernels.add(target + piece.start, other + piece.start, piece.count)
        }
        total.values[place] = OptimizerKernels.sumOfSquares(target + piece.start, piece.count)
      }
    }
    return (Float(total.sum.squareRoot()), sources.map(\.first))
  }

  /// Does something with each piece, the workers side by side.
  func forEach(_ pool: WorkerPool, _ body: @escaping @Sendable (Piece) -> Void) {
    let workers = pool.count
    pool.run { [pieces] worker in
      for place in stride(from: worker, to: pieces.count, by: workers) { body(pieces[place]) }
    }
  }
}

/// A value for each value of each parameter, in memory that does not move.
public final class ParameterSlots: @unchecked Sendable {
  /// The values, by the index of the parameter.
  public let values: [UnsafeMutablePointer<Float>]
  private let counts: [Int]

  /// Zeros.
  public init(_ store: ParameterStore) {
    counts = store.parameters.map(\.count)
    values = counts.map {
      let pointer = UnsafeMutablePointer<Float>.allocate(capacity: $0)
      pointer.initialize(repeating: 0, count: $0)
      return pointer
    }
  }

  deinit {
    for pointer in values { pointer.deallocate() }
  }

  /// A copy of the values for one parameter.
  public func array(_ index: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: values[index], count: counts[index]))
  }

  /// Overwrites the values for one parameter; the count must be the parameter's.
  public func assign(_ source: [Float], _ index: Int) {
    precondition(source.count == counts[index], "\(source.count) values for \(counts[index])")
    values[index].update(from: source, count: source.count)
  }
}

/// A sum in parts, each written by one worker.
private final class SharedSums: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Double>

  init(count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: 0)
  }

  deinit { values.deallocate() }

  var sum: Double { values.reduce(0, +) }
}
