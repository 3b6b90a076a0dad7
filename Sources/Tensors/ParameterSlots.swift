/// A value for each value of each parameter, as a gradient or a moment, in memory that does not move.
///
/// All of it is one piece: an update reads and writes it from one end to the other, which large pages make faster.
public final class ParameterSlots: @unchecked Sendable {
  /// Where the values of each parameter stand, by its index.
  public let values: [UnsafeMutablePointer<Float>]
  private let counts: [Int]
  private let memory: UnsafeMutablePointer<Float>

  /// Zeros.
  public convenience init(_ store: ParameterStore) {
    self.init(roomFor: store)
    for (pointer, count) in zip(values, counts) { pointer.initialize(repeating: 0, count: count) }
  }

  /// Room for values, of which nothing is known at first.
  init(roomFor store: ParameterStore) {
    counts = store.parameters.map(\.count)
    let line = 64 / MemoryLayout<Float>.stride
    var (starts, total) = ([Int](), 0)
    for count in counts {
      starts.append(total)
      total += (count + line - 1) / line * line
    }
    let memory = LargeMemory.allocate(Float.self, total)
    self.memory = memory
    values = starts.map { memory + $0 }
  }

  deinit { memory.deallocate() }

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
