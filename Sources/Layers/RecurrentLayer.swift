import Tensors

/// Which way a recurrent layer reads a sentence.
public enum Direction: String, Sendable {
  /// From the first word to the last.
  case forward
  /// From the last word to the first.
  case backward
}

/// Which positions of a padded batch are words: `lengths[b]` of the `S` steps of sentence `b`.
public struct StepMask {
  /// Words of each of the `B` sentences.
  public let lengths: [Int]
  /// The number of steps, `S`.
  public let steps: Int
  private let flags: UnsafePointer<UInt8>

  /// Lays the flags out in the tape's arena.
  public init(lengths: [Int], steps: Int, _ tape: Tape) {
    precondition(lengths.allSatisfy { $0 >= 1 && $0 <= steps }, "a length outside 1...\(steps)")
    self.lengths = lengths
    self.steps = steps
    flags = tape.keep((0..<steps).flatMap { step in lengths.map { UInt8(step < $0 ? 1 : 0) } })
  }

  /// `[B]`: 1 where step `step` is a word of the sentence.
  public func active(_ step: Int) -> UnsafePointer<UInt8> { flags + step * lengths.count }
}

/// One recurrent cell over a whole sequence in one direction.
public struct RecurrentLayer {
  /// Values of a state, `H`.
  public var hidden: Int { cell.hidden }
  private let cell: RecurrentCell

  /// A layer from `inputs` to `hidden` values.
  public init(
    _ name: String, kind: CellKind = .lstm, inputs: Int, hidden: Int, isNormalized: Bool = false,
    factory: inout ParameterFactory
  ) {
    cell = RecurrentCell(
      name, kind: kind, inputs: inputs, hidden: hidden, isNormalized: isNormalized, factory: &factory)
  }

  /// Reads the sequence.
  ///
  /// - Parameters:
  ///   - x: `[S * B, I]`, time-major.
  ///   - mask: which steps are words. Other steps carry the state, so padding changes nothing.
  ///   - recurrentDropout: rate of dropout of the state, with one mask for all steps.
  /// - Returns: the hidden states `[S * B, H]`, and the state after the last word read.
  public func callAsFunction(
    _ x: Tensor, mask: StepMask, direction: Direction, recurrentDropout: Float = 0, _ tape: Tape
  ) -> (outputs: Tensor, last: RecurrentState) {
    let rows = mask.lengths.count
    precondition(x.rows == mask.steps * rows, "\(x.rows) rows for \(mask.steps) steps of \(rows)")
    // All input projections in one product; the recurrent products are added to them in place.
    let run = cell.run(x, steps: mask.steps, rows: rows, dropout: recurrentDropout, tape)
    let outputs = tape.make(rows: x.rows, columns: hidden)
    var state = RecurrentState(cell.kind, rows: rows, hidden: hidden, tape)
    for place in 0..<mask.steps {
      let step = direction == .forward ? place : mask.steps - 1 - place
      state = run.step(
        step, state, active: mask.active(step), output: outputs.slice(from: step * rows, count: rows))
    }
    return (outputs, state)
  }
}
