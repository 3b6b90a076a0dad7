import Tensors

/// Recurrent layers on top of each other, each reading both ways when bidirectional (Schuster and Paliwal 1997).
public struct RecurrentStack {
  /// Values of an output of the top layer: `H`, `2 H` when bidirectional, and what dense connections add.
  public let outputWidth: Int
  /// Values of a layer's last state: `H`, or `2 H` when bidirectional.
  public let stateWidth: Int
  /// The number of layers.
  public var depth: Int { layers.count }
  private let layers: [(directions: [(direction: Direction, layer: RecurrentLayer)], connection: Connection)]

  /// - Parameter hidden: values of a state a direction.
  public init(
    _ name: String, kind: CellKind = .lstm, inputs: Int, hidden: Int, depth: Int, isBidirectional: Bool,
    connection: LayerConnection = .none, isNormalized: Bool = false, factory: inout ParameterFactory
  ) {
    let directions: [Direction] = isBidirectional ? [.forward, .backward] : [.forward]
    stateWidth = hidden * directions.count
    var width = inputs
    var layers: [([(Direction, RecurrentLayer)], Connection)] = []
    for level in 0..<depth {
      let pair = directions.map { direction in
        (
          direction,
          RecurrentLayer(
            "\(name).\(level).\(direction.rawValue)", kind: kind, inputs: width, hidden: hidden,
            isNormalized: isNormalized, factory: &factory)
        )
      }
      let connected = Connection(
        "\(name).\(level)", connection, inputs: width, outputs: stateWidth, factory: &factory)
      layers.append((pair, connected))
      width = connected.width
    }
    outputWidth = width
    self.layers = layers
  }

  /// - Parameters:
  ///   - x: `[S * B, I]`, time-major.
  ///   - dropout: rate of what a layer reads of the one below (Zaremba et al. 2014). Connections carry the values without
  ///     it: what passes several layers would else be dropped again at each.
  ///   - recurrentDropout: rate of dropout of the states, with one mask for all steps.
  /// - Returns: the top layer's outputs `[S * B, outputWidth]`, and each layer's last states, the directions side by
  ///   side, `[B, stateWidth]`.
  public func callAsFunction(
    _ x: Tensor, mask: StepMask, dropout: Float, recurrentDropout: Float = 0, _ tape: Tape
  ) -> (outputs: Tensor, last: [RecurrentState]) {
    var input = x
    var last: [RecurrentState] = []
    for (level, layer) in layers.enumerated() {
      let read = level == 0 ? input : tape.dropout(input, rate: dropout)
      let results = layer.directions.map {
        $0.layer(read, mask: mask, direction: $0.direction, recurrentDropout: recurrentDropout, tape)
      }
      input = layer.connection(input, results.map(\.outputs), tape)
      last.append(results.count == 1 ? results[0].last : beside(results.map(\.last), tape))
    }
    return (input, last)
  }

  private func beside(_ states: [RecurrentState], _ tape: Tape) -> RecurrentState {
    let cells = states.compactMap(\.cell)
    return RecurrentState(
      hidden: tape.concatenate(states.map(\.hidden)), cell: cells.isEmpty ? nil : tape.concatenate(cells))
  }
}
