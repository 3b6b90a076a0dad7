import Tensors

/// What happens at a step of a recurrent layer, of the input `x` and the state before, `h`.
public enum CellKind: String, Codable, Sendable, CaseIterable {
  /// `h' = tanh(W x + U h + b)` (Elman 1990).
  case elman
  /// The gated recurrent unit as it was first published (Cho et al. 2014, eq. 5 to 8): the reset gate acts before the
  /// recurrent product, and `z` is what is kept.
  /// ```
  /// r = σ(W_r x + U_r h + b_r)        z = σ(W_z x + U_z h + b_z)
  /// h' = z ⊙ h + (1 - z) ⊙ tanh(W x + U (r ⊙ h) + b)
  /// ```
  case gru
  /// Long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers et al. 2000), whose bias starts
  /// at 1 (Jozefowicz et al. 2015).
  /// ```
  /// i, f, o = σ(W_{i,f,o} x + U_{i,f,o} h + b_{i,f,o})        g = tanh(W_g x + U_g h + b_g)
  /// c' = f ⊙ c + i ⊙ g        h' = o ⊙ tanh(c')
  /// ```
  case lstm
}

/// What a recurrent layer carries from step to step, each `[B, H]`.
public struct RecurrentState {
  /// What it shows.
  public var hidden: Tensor
  /// What an LSTM keeps beside; `nil` for the other cells.
  public var cell: Tensor?

  /// A state from its parts.
  public init(hidden: Tensor, cell: Tensor? = nil) {
    self.hidden = hidden
    self.cell = cell
  }

  /// Zeros.
  public init(_ kind: CellKind, rows: Int, hidden: Int, _ tape: Tape) {
    self.hidden = tape.zeros(rows: rows, columns: hidden)
    cell = kind == .lstm ? tape.zeros(rows: rows, columns: hidden) : nil
  }
}

/// The parameters of a recurrent cell.
///
/// With layer normalisation (Ba et al. 2016) each product has mean 0 and variance 1 over its outputs, and a gain; so has
/// the cell state of an LSTM before it is shown. With `N` for that, and one bias for the shifts of both products:
/// ```
/// LSTM   i, f, o, g from N(W x) + N(U h) + b,  h' = o ⊙ tanh(N(c') + b')      (eq. 20 to 22)
/// GRU    r, z from N(W x) + N(U h) + b,  h̃ = tanh(N(W x) + N(U (r ⊙ h)) + b)  (in the paper r ⊙ N(U h))
/// Elman  h' = tanh(N(W x) + N(U h) + b)
/// ```
/// What other layers give at each step is beside `h` in the product with `U`, and normalised with it.
public struct RecurrentCell {
  /// What it computes.
  public let kind: CellKind
  /// Values of a state, `H`.
  public let hidden: Int
  private let gates: CellProjection
  private let candidate: CellProjection?
  private let gain: Parameter?
  private let shift: Parameter?

  /// - Parameters:
  ///   - inputName: the name of the weights of `x`.
  ///   - inputs: values of `x`, what is known for all steps beforehand; 0 for none.
  ///   - fed: values of what other layers give at each step, beside the state in the recurrent product.
  public init(
    _ name: String, kind: CellKind, inputName: String = "input", inputs: Int, fed: Int = 0, hidden: Int,
    isNormalized: Bool = false, factory: inout ParameterFactory
  ) {
    self.kind = kind
    self.hidden = hidden
    let blocks = kind == .lstm ? 4 : kind == .gru ? 2 : 1
    gates = CellProjection(
      name, inputName: inputName, inputs: inputs, recurrent: fed + hidden, hidden: hidden, blocks: blocks,
      forgets: kind == .lstm, isNormalized: isNormalized, factory: &factory)
    candidate =
      kind == .gru
      ? CellProjection(
        "\(name).candidate", inputName: inputName, inputs: inputs, recurrent: fed + hidden, hidden: hidden,
        blocks: 1, forgets: false, isNormalized: isNormalized, factory: &factory) : nil
    let hasCell = kind == .lstm && isNormalized
    gain = hasCell ? factory.make("\(name).cell.gain", rows: 1, columns: hidden, .constant(1)) : nil
    shift = hasCell ? factory.make("\(name).cell.shift", rows: 1, columns: hidden, .constant(0)) : nil
  }

  /// Prepares a run over a batch.
  ///
  /// - Parameters:
  ///   - x: `[steps * rows, I]`; its products for all steps are one product.
  ///   - places: where many rows read the same, the row of `x` that each reads, `[steps * rows]`; `x` then has one row
  ///     for each that differs.
  ///   - dropout: rate of the recurrent dropout: the values of `h` that the products read are dropped with the same
  ///     mask at each step (Gal and Ghahramani 2016).
  public func run(
    _ x: Tensor?, places: [Int]? = nil, steps: Int, rows: Int, dropout: Float = 0, _ tape: Tape
  ) -> CellRun {
    CellRun(
      tape: tape, kind: kind, gates: gates.run(x, places, steps: steps, rows: rows, tape),
      candidate: candidate?.run(x, places, steps: steps, rows: rows, tape),
      normalization: gain.map { ($0, shift!) },
      mask: tape.dropoutMask(rows: rows, columns: hidden, rate: dropout))
  }
}

/// A cell at work on one batch.
public struct CellRun {
  let tape: Tape
  let kind: CellKind
  let gates: CellProjectionRun
  let candidate: CellProjectionRun?
  let normalization: (gain: Parameter, shift: Parameter)?
  let mask: UnsafePointer<Float>?

  /// The next state.
  ///
  /// - Parameters:
  ///   - fed: what other layers give at this step, `[B, F]`.
  ///   - active: `[B]`; rows with 0 are past their sentence's end and carry their state. `nil`: all are active.
  ///   - output: where the hidden state goes, `[B, H]`.
  public func step(
    _ step: Int, fed: Tensor? = nil, _ state: RecurrentState, active: UnsafePointer<UInt8>? = nil,
    output: Tensor? = nil
  ) -> RecurrentState {
    let read = tape.masked(state.hidden, mask)
    switch kind {
    case .elman:
      return RecurrentState(
        hidden: tape.elmanStep(
          sum: gates(step, fed, read), hidden: state.hidden, active: active, output: output))
    case .gru:
      let sum = gates(step, fed, read)
      let kept = tape.gruReset(gates: sum, hidden: read)
      return RecurrentState(
        hidden: tape.gruStep(
          gates: sum, candidate: candidate!(step, fed, kept), hidden: state.hidden, active: active,
          output: output))
    case .lstm:
      let before = LSTMState(hidden: state.hidden, cell: state.cell!)
      let next: LSTMState
      if let normalization {
        next = tape.normalizedLSTMStep(
          product: gates.product(step, fed, read), gain: gates.gain!, base: gates.base(step),
          shift: gates.shift,
          cell: normalization, state: before, active: active, output: output)
      } else {
        next = tape.lstmStep(gates: gates(step, fed, read), state: before, active: active, output: output)
      }
      return RecurrentState(hidden: next.hidden, cell: next.cell)
    }
  }
}

/// The products of one set of gates: `W x + U [fed; h] + b`.
private struct CellProjection {
  private let input: (weight: Parameter, gain: Parameter?)?
  private let recurrent: (weight: Parameter, gain: Parameter?)
  private let bias: Parameter

  init(
    _ name: String, inputName: String, inputs: Int, recurrent width: Int, hidden: Int, blocks: Int,
    forgets: Bool, isNormalized: Bool, factory: inout ParameterFactory
  ) {
    let outputs = blocks * hidden
    func gain(_ part: String, _ factory: inout ParameterFactory) -> Parameter? {
      isNormalized ? factory.make("\(name).\(part).gain", rows: 1, columns: outputs, .constant(1)) : nil
    }
    if inputs > 0 {
      let weight = factory.weight(
        "\(name).\(inputName)", inputs: inputs, outputs: outputs, .glorotBlocks(blocks))
      input = (weight, gain(inputName, &factory))
    } else {
      input = nil
    }
    let weight = factory.weight("\(name).recurrent", inputs: width, outputs: outputs, .glorotBlocks(blocks))
    recurrent = (weight, gain("recurrent", &factory))
    bias =
      forgets
      ? factory.gateBias("\(name).bias", hidden: hidden)
      : factory.make("\(name).bias", rows: 1, columns: outputs, .constant(0))
  }

  func run(_ x: Tensor?, _ places: [Int]?, steps: Int, rows: Int, _ tape: Tape) -> CellProjectionRun {
    let isNormalized = recurrent.gain != nil
    var base: Tensor?
    if let x, let input {
      let count = places?.count ?? x.rows
      precondition(count == steps * rows, "\(count) rows for \(steps) steps of \(rows)")
      base = tape.product(x, input.weight, bias: isNormalized ? nil : bias)
      if let gain = input.gain { base = tape.layerNorm(base!, gain: gain, shift: bias) }
      if let places { base = tape.gatherRows(base!, places) }
    }
    precondition((base == nil) == (input == nil), "an input where none is expected, or none where one is")
    return CellProjectionRun(
      tape: tape, rows: rows,
      products: RepeatedProduct(
        tape, steps: steps, rows: rows, weight: recurrent.weight, addingTo: isNormalized ? nil : base,
        bias: isNormalized || base != nil ? nil : bias),
      gain: recurrent.gain, bases: isNormalized ? base : nil, shift: isNormalized && base == nil ? bias : nil)
  }
}

/// The same at work on one batch.
struct CellProjectionRun {
  let tape: Tape
  let rows: Int
  private let products: RepeatedProduct
  /// Of the normalised product; nil without normalisation.
  let gain: Parameter?
  private let bases: Tensor?
  /// What is added to the normalised product where there is no input.
  let shift: Parameter?

  init(
    tape: Tape, rows: Int, products: RepeatedProduct, gain: Parameter?, bases: Tensor?, shift: Parameter?
  ) {
    self.tape = tape
    self.rows = rows
    self.products = products
    self.gain = gain
    self.bases = bases
    self.shift = shift
  }

  /// The product alone, `[B, N]`, which only the caller uses; with normalisation, before it.
  func product(_ step: Int, _ fed: Tensor?, _ hidden: Tensor) -> Tensor {
    fed.map { products(step, $0, hidden) } ?? products(step, hidden)
  }

  /// With normalisation, what the input adds at a step, `[B, N]`.
  func base(_ step: Int) -> Tensor? { bases?.slice(from: step * rows, count: rows) }

  /// `[B, N]`, which only the caller uses.
  func callAsFunction(_ step: Int, _ fed: Tensor?, _ hidden: Tensor) -> Tensor {
    let sum = product(step, fed, hidden)
    guard let gain else { return sum }
    let normal = tape.layerNorm(sum, gain: gain, shift: shift)
    return base(step).map { tape.add(normal, $0) } ?? normal
  }
}
