/// The gradients of all parameters from one worker's share of a batch.
///
/// The gradient of a table of word vectors has as many rows as the batch has different words, and zeros besides: such a
/// gradient is kept in rows (``rows(_:)``) for as long as all that writes to it writes rows. Others are whole.
public final class GradientBuffer: @unchecked Sendable {
  private let parameters: [Parameter]
  private let slots: ParameterSlots
  private let pointers: [UnsafeMutablePointer<Float>]
  private var isWritten: [Bool]
  private var rowMarks: [GradientRows?]

  /// Room for the gradient of each parameter of the store.
  public init(_ store: ParameterStore) {
    parameters = store.parameters
    slots = ParameterSlots(roomFor: store)
    pointers = slots.values
    isWritten = parameters.map { _ in false }
    rowMarks = parameters.map { _ in nil }
  }

  /// Forgets the gradients; nothing is cleared, the next write of each overwrites.
  public func reset() {
    for index in isWritten.indices {
      isWritten[index] = false
      rowMarks[index]?.clear()
    }
  }

  /// Where to write a whole gradient, and whether it must be added to what stands there.
  func destination(_ parameter: Parameter) -> (pointer: UnsafeMutablePointer<Float>, accumulate: Bool) {
    if isWritten[parameter.index] { makeWhole(parameter) }
    let accumulate = isWritten[parameter.index]
    isWritten[parameter.index] = true
    return (pointers[parameter.index], accumulate)
  }

  /// Where to add parts of a gradient, cleared at its first use in a batch.
  func accumulator(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
    let (pointer, accumulate) = destination(parameter)
    if !accumulate { pointer.update(repeating: 0, count: parameter.count) }
    return pointer
  }

  /// Adds to rows of a gradient, row `i` of `source` to row `rows[i]`.
  ///
  /// - Parameter source: `[rows.count, columns]`.
  func add(_ source: UnsafePointer<Float>, toRows rows: [Int32], of parameter: Parameter) {
    guard !rows.isEmpty else { return }
    let (index, columns) = (parameter.index, parameter.columns)
    let target = pointers[index]
    let isWhole = isWritten[index] && rowMarks[index]?.isEmpty ?? true
    isWritten[index] = true
    guard !isWhole else {
      for (place, row) in rows.enumerated() {
        vm.add(target + Int(row) * columns, source + place * columns, columns)
      }
      return
    }
    let marks = rowMarks[index] ?? GradientRows(count: parameter.rows)
    rowMarks[index] = marks
    for (place, row) in rows.enumerated() {
      let (to, from) = (target + Int(row) * columns, source + place * columns)
      if marks.mark(row) { to.update(from: from, count: columns) } else { vm.add(to, from, columns) }
    }
  }

  /// Whether an operation wrote a gradient of a parameter since ``reset()``.
  public func has(_ parameter: Parameter) -> Bool { isWritten[parameter.index] }

  /// The whole gradient of a parameter, or `nil` if no operation wrote one since ``reset()``.
  public func gradient(_ parameter: Parameter) -> UnsafeMutablePointer<Float>? {
    guard isWritten[parameter.index] else { return nil }
    makeWhole(parameter)
    return pointers[parameter.index]
  }

  /// The rows of a gradient that is kept in rows, and where it stands; `nil` if it is whole or not written. Other rows
  /// than these hold nothing that means anything.
  public func rows(_ parameter: Parameter) -> (marks: GradientRows, pointer: UnsafeMutablePointer<Float>)? {
    guard isWritten[parameter.index], let marks = rowMarks[parameter.index], !marks.isEmpty else {
      return nil
    }
    return (marks, pointers[parameter.index])
  }

  /// Gives the rows that nothing was written to their zeros.
  private func makeWhole(_ parameter: Parameter) {
    guard let marks = rowMarks[parameter.index], !marks.isEmpty else { return }
    for row in 0..<parameter.rows where !marks.contains(row) {
      (pointers[parameter.index] + row * parameter.columns).update(repeating: 0, count: parameter.columns)
    }
    marks.clear()
  }
}

/// Rows of a gradient that something was written to.
public final class GradientRows {
  /// The rows, in the order in which they were first written to.
  public private(set) var written: [Int32] = []
  private var marks: [Bool]

  init(count: Int) { marks = [Bool](repeating: false, count: count) }

  /// Whether there are none.
  public var isEmpty: Bool { written.isEmpty }

  /// Whether something was written to a row.
  public func contains(_ row: Int) -> Bool { marks[row] }

  /// Marks a row.
  ///
  /// - Returns: whether it was not marked before.
  public func mark(_ row: Int32) -> Bool {
    guard !marks[Int(row)] else { return false }
    marks[Int(row)] = true
    written.append(row)
    return true
  }

  func clear() {
    for row in written { marks[Int(row)] = false }
    written.removeAll(keepingCapacity: true)
  }
}
