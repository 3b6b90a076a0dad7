import Tensors

/// Recurrent layers on top of each other, each reading both ways when bidirectional (Schuster and Paliwal 1997).
public struct RecurrentStack {
  /// Values of an output: `H`, or `2 H` when bidirectional.
  public let outputWidth: Int
  /// The number of layers.
  public var depth: Int { layers.count }
  private let layers: [[(direction: Direction, layer: LSTMLayer)]]

  /// - Parameter hidden: values of a state a direction.
  public init(
    _ name: String, inputs: Int, hidden: Int, depth: Int, isBidirectional: Bool, factory: inout ParameterFactory
  ) {
    let directions: [Direction] = isBidirectional ? [.forward, .backward] : [.forward]
    outputWidth = hidden * directions.count
    var width = inputs
    var layers: [[(Direction, LSTMLayer)]] = []
    for level in 0..<depth {
      var pair: [(Direction, LSTMLayer)] = []
      for direction in directions {
        pair.append(
          (
            direction,
            LSTMLayer("\(name).\(level).\(direction.rawValue)", inputs: width, hidden: hidden, factory: &factory)
          ))
      }
      layers.append(pair)
      width = outputWidth
    }
    self.layers = layers
  }

  /// - Parameters:
  ///   - x: `[S * B, I]`, time-major.
  ///   - dropout: rate between the layers.
  /// - Returns: the top layer's outputs `[S * B, outputWidth]`, and each layer's last states, the directions side by
  ///   side, `[B, outputWidth]`.
  public func callAsFunction(_ x: Tensor, mask: StepMask, dropout: Float, _ tape: Tape) -> (
    outputs: Tensor, last: [LSTMState]
  ) {
    var input = x
    var last: [LSTMState] = []
    for (level, directions) in layers.enumerated() {
      if level > 0 { input = tape.dropout(input, rate: dropout) }
      let results = directions.map { $0.layer(input, mask: mask, direction: $0.direction, tape) }
      input = results.count == 1 ? results[0].outputs : tape.concatenate(results.map(\.outputs))
      last.append(
        results.count == 1
          ? results[0].last
          : LSTMState(
            hidden: tape.concatenate(results.map(\.last.hidden)), cell: tape.concatenate(results.map(\.last.cell))))
    }
    return (input, last)
  }
}
