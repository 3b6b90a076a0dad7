import Tensors

/// What a layer of a stack gives to the next.
public enum LayerConnection: String, Codable, Sendable, CaseIterable {
  /// Its outputs.
  case none
  /// Its inputs and its outputs, side by side (Huang et al. 2017). Word vectors reach the attention unmixed, which
  /// keeps it on the word that is meant.
  case dense
}

/// Recurrent layers on top of each other, each reading both ways when bidirectional (Schuster and Paliwal 1997).
public struct RecurrentStack {
  /// Values of an output of the top layer: `H`, `2 H` when bidirectional, and what dense connections add.
  public let outputWidth: Int
  /// Values of a layer's last state: `H`, or `2 H` when bidirectional.
  public let stateWidth: Int
  /// The number of layers.
  public var depth: Int { layers.count }
  private let layers: [[(direction: Direction, layer: LSTMLayer)]]
  private let connection: LayerConnection

  /// - Parameter hidden: values of a state a direction.
  public init(
    _ name: String, inputs: Int, hidden: Int, depth: Int, isBidirectional: Bool,
    connection: LayerConnection = .none, factory: inout ParameterFactory
  ) {
    let directions: [Direction] = isBidirectional ? [.forward, .backward] : [.forward]
    stateWidth = hidden * directions.count
    self.connection = connection
    var width = inputs
    var layers: [[(Direction, LSTMLayer)]] = []
    for level in 0..<depth {
      var pair: [(Direction, LSTMLayer)] = []
      for direction in directions {
        pair.append(
          (
            direction,
            LSTMLayer(
              "\(name).\(level).\(direction.rawValue)", inputs: width, hidden: hidden, factory: &factory)
          ))
      }
      layers.append(pair)
      width = stateWidth + (connection == .dense ? width : 0)
    }
    outputWidth = width
    self.layers = layers
  }

  /// - Parameters:
  ///   - x: `[S * B, I]`, time-major.
  ///   - dropout: rate between the layers.
  /// - Returns: the top layer's outputs `[S * B, outputWidth]`, and each layer's last states, the directions side by
  ///   side, `[B, stateWidth]`.
  public func callAsFunction(_ x: Tensor, mask: StepMask, dropout: Float, _ tape: Tape) -> (
    outputs: Tensor, last: [LSTMState]
  ) {
    var input = x
    var last: [LSTMState] = []
    for (level, directions) in layers.enumerated() {
      if level > 0 { input = tape.dropout(input, rate: dropout) }
      let results = directions.map { $0.layer(input, mask: mask, direction: $0.direction, tape) }
      let parts = (connection == .dense ? [input] : []) + results.map(\.outputs)
      input = parts.count == 1 ? parts[0] : tape.concatenate(parts)
      last.append(
        results.count == 1
          ? results[0].last
          : LSTMState(
            hidden: tape.concatenate(results.map(\.last.hidden)),
            cell: tape.concatenate(results.map(\.last.cell))))
    }
    return (input, last)
  }
}
