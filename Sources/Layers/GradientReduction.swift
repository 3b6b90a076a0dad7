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
  /// - Returns: the norm of the sum, and the sum.
  func sum(_ gradients: [GradientBuffer], of store: ParameterStore, pool: WorkerPool) -> (
    norm: Float, sum: GradientSum
  ) {
    let sources = store.parameters.map { SourceGradients($0, gradients) }
    let total = SharedSums(count: pieces.count)
    nonisolated(unsafe) let shared = sources
    let workers = pool.count
    pool.run { [pieces] worker in
      for place in stride(from: worker, to: pieces.count, by: workers) {
        let piece = pieces[place]
        total.values[place] = shared[piece.parameter].add(from: piece.start, count: piece.count)
      }
    }
    return (Float(total.sum.squareRoot()), GradientSum(sources))
  }

  /// Does something with each run of values of which the sum is known, the workers side by side: `body` gets the index
  /// of the parameter, where in it the run begins, how many values it has, and their gradient. Parameters that no
  /// worker has a gradient of are left out.
  func forEach(
    _ pool: WorkerPool, _ sum: GradientSum,
    _ body: @escaping @Sendable (Int, Int, Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    let workers = pool.count
    nonisolated(unsafe) let sources = sum.sources
    pool.run { [pieces] worker in
      let zeros = UnsafeMutablePointer<Float>.allocate(capacity: Self.chunk)
      zeros.initialize(repeating: 0, count: Self.chunk)
      defer { zeros.deallocate() }
      for place in stride(from: worker, to: pieces.count, by: workers) {
        let piece = pieces[place]
        sources[piece.parameter].forEachRun(from: piece.start, count: piece.count, zeros: zeros) {
          body(piece.parameter, $0, $1, $2)
        }
      }
    }
  }
}

/// The sum of the workers' gradients.
struct GradientSum {
  fileprivate let sources: [SourceGradients]

  fileprivate init(_ sources: [SourceGradients]) { self.sources = sources }
}

/// The workers' gradients of one parameter, all whole or all in rows.
private struct SourceGradients {
  private let columns: Int
  private let pointers: [UnsafeMutablePointer<Float>]
  /// The marked rows of each worker; none where the gradients are whole.
  private let marks: [GradientRows]

  init(_ parameter: Parameter, _ gradients: [GradientBuffer]) {
    columns = parameter.columns
    let sparse = gradients.compactMap { $0.rows(parameter) }
    // One that is whole makes all others so; one that is not there says nothing.
    let isSparse = !sparse.isEmpty && gradients.allSatisfy { $0.rows(parameter) != nil || !$0.has(parameter) }
    marks = isSparse ? sparse.map(\.marks) : []
    pointers = isSparse ? sparse.map(\.pointer) : gradients.compactMap { $0.gradient(parameter) }
  }

  /// Adds up values that lie together.
  ///
  /// - Returns: the sum of the sums' squares.
  func add(from start: Int, count: Int) -> Double {
    guard let target = pointers.first else { return 0 }
    guard !marks.isEmpty else {
      for other in pointers.dropFirst() { OptimizerKernels.add(target + start, other + start, count) }
      return OptimizerKernels.sumOfSquares(target + start, count)
    }
    var squares = 0.0
    forEachRow(from: start, count: count) { row, start, count in
      var isThere = marks[0].contains(row)
      for (other, marks) in zip(pointers, marks).dropFirst() where marks.contains(row) {
        if isThere {
          OptimizerKernels.add(target + start, other + start, count)
        } else {
          (target + start).update(from: other + start, count: count)
          isThere = true
        }
      }
      if isThere { squares += OptimizerKernels.sumOfSquares(target + start, count) }
    }
    return squares
  }

  /// The runs of the sum.
  ///
  /// - Parameter zeros: what stands for the gradient of rows that have none, `count` values at least.
  func forEachRun(
    from start: Int, count: Int, zeros: UnsafeMutablePointer<Float>,
    _ body: (Int, Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    guard let sum = pointers.first else { return }
    guard !marks.isEmpty else { return body(start, count, sum + start) }
    var empty = 0
    forEachRow(from: start, count: count) { row, start, count in
      guard marks.contains(where: { $0.contains(row) }) else {
        empty += count
        return
      }
      if empty > 0 { body(start - empty, empty, zeros) }
      empty = 0
      body(start, count, sum + start)
    }
    if empty > 0 { body(start + count - empty, empty, zeros) }
  }

  /// The rows, or parts of rows, of values that lie together.
  private func forEachRow(
    from start: Int, count: Int, _ body: (_ row: Int, _ start: Int, _ count: Int) -> Void
  ) {
    var place = start
    while place < start + count {
      let row = place / columns
      let end = min((row + 1) * columns, start + count)
      body(row, place, end - place)
      place = end
    }
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
