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

/// One LSTM over a whole sequence in one direction (Hochreiter and Schmidhuber 1997). The forget gate's bias starts at
/// 1 (Jozefowicz et al. 2015).
public struct LSTMLayer {
  /// Values of a state, `H`.
  public let hidden: Int
  let inputWeight: Parameter
  let recurrentWeight: Parameter
  let bias: Parameter

  /// A layer from `inputs` to `hidden` values.
  public init(_ name: String, inputs: Int, hidden: Int, factory: inout ParameterFactory) {
    self.hidden = hidden
    inputWeight = factory.weight("\(name).input", inputs: inputs, outputs: 4 * hidden, .glorotBlocks(4))
    recurrentWeight = factory.weight(
      "\(name).recurrent", inputs: hidden, outputs: 4 * hidden, .glorotBlocks(4))
    bias = factory.gateBias("\(name).bias", hidden: hidden)
  }

  /// Reads the sequence.
  ///
  /// - Parameters:
  ///   - x: `[S * B, I]`, time-major.
  ///   - mask: which steps are words. Other steps carry the state, so padding changes nothing.
  /// - Returns: the hidden states `[S * B, H]`, and the state after the last word read.
  public func callAsFunction(_ x: Tensor, mask: StepMask, direction: Direction, _ tape: Tape) -> (
    outputs: Tensor, last: LSTMState
  ) {
    let rows = mask.lengths.count
    precondition(x.rows == mask.steps * rows, "\(x.rows) rows for \(mask.steps) steps of \(rows)")
    // All input projections in one product; the recurrent products are added to them in place.
    let gates = tape.product(x, inputWeight, bias: bias)
    let recurrent = RepeatedProduct(
      tape, steps: mask.steps, rows: rows, weight: recurrentWeight, addingTo: gates)
    let outputs = tape.make(rows: x.rows, columns: hidden)
    var state = LSTMState(
      hidden: tape.zeros(rows: rows, columns: hidden), cell: tape.zeros(rows: rows, columns: hidden))
    for place in 0..<mask.steps {
      let step = direction == .forward ? place : mask.steps - 1 - place
      state = tape.lstmStep(
        gates: recurrent(step, state.hidden), state: state, active: mask.active(step),
        output: outputs.slice(from: step * rows, count: rows))
    }
    return (outputs, state)
  }
}
