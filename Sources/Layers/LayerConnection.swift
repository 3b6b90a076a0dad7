import Tensors

/// What a layer of a stack gives to the next, of what it reads, `x`, and what it makes of it, `y`.
public enum LayerConnection: String, Codable, Sendable, CaseIterable {
  /// `y`.
  case none
  /// `[x; y]`, side by side (Huang et al. 2017). Word vectors reach the attention unmixed, which keeps it on the word
  /// that is meant.
  case dense
  /// `x + y` (He et al. 2016) where the two are of one width, as between all layers but the first.
  case residual
  /// `t ⊙ y + (1 - t) ⊙ x` with `t = σ(W x + b)` (Srivastava et al. 2015, eq. 3), where the two are of one width. The
  /// bias starts at -1, so that a new layer lets most of `x` through.
  case highway
}

/// A connection around one layer.
public struct Connection {
  /// Values that it gives on.
  public let width: Int
  private let kind: LayerConnection
  private let gate: Linear?

  /// - Parameters:
  ///   - name: the layer's name.
  ///   - inputs: values of `x`.
  ///   - outputs: values of `y`.
  public init(
    _ name: String, _ kind: LayerConnection, inputs: Int, outputs: Int, factory: inout ParameterFactory
  ) {
    // A sum of things of unlike width is none.
    self.kind = kind == .dense || inputs == outputs ? kind : .none
    width = kind == .dense ? inputs + outputs : outputs
    guard self.kind == .highway else {
      gate = nil
      return
    }
    gate = Linear("\(name).highway", inputs: inputs, outputs: outputs, firstBias: -1, factory: &factory)
  }

  /// Whether `y` itself is given on.
  public var isPlain: Bool { kind == .none }

  /// Connects all steps at once.
  ///
  /// - Parameters:
  ///   - x: `[M, I]`.
  ///   - y: `[M, H]`, in parts side by side.
  public func callAsFunction(_ x: Tensor, _ y: [Tensor], _ tape: Tape) -> Tensor {
    let parts = kind == .dense ? [x] + y : y
    let whole = parts.count == 1 ? parts[0] : tape.concatenate(parts)
    switch kind {
    case .none, .dense: return whole
    case .residual: return tape.add(whole, x)
    case .highway: return tape.highway(gate: gate!(x, tape), whole, x)
    }
  }

  /// Prepares connections a step at a time.
  ///
  /// - Precondition: the connection is `residual` or `highway`.
  public func run(steps: Int, rows: Int, _ tape: Tape) -> ConnectionRun {
    precondition(kind == .residual || kind == .highway, "no connection to run: \(kind)")
    return ConnectionRun(tape: tape, gate: gate?.repeated(tape, steps: steps, rows: rows))
  }
}

/// A connection at work on one batch, a step at a time.
public struct ConnectionRun {
  let tape: Tape
  /// That of a highway.
  let gate: RepeatedProduct?

  /// - Parameter output: where the result goes, if it has a place.
  public func callAsFunction(_ step: Int, _ x: Tensor, _ y: Tensor, output: Tensor? = nil) -> Tensor {
    if let gate { return tape.highway(gate: gate(step, x), y, x, output: output) }
    return tape.add(y, x, output: output)
  }
}
