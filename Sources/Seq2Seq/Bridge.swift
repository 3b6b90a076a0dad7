import Layers
import Tensors

/// Makes the decoder's first states from the encoder's last ones.
struct Bridge {
  private let kind: BridgeKind
  private let cell: CellKind
  private let hidden: Int
  private let maps: [(hidden: Linear, cell: Linear?)]
  private let depth: Int

  init(_ configuration: ModelConfiguration, factory: inout ParameterFactory) {
    kind = configuration.bridge
    cell = configuration.decoderCell
    hidden = configuration.hidden
    depth = configuration.decoderDepth
    guard kind == .linear else {
      maps = []
      return
    }
    func map(_ name: String, _ factory: inout ParameterFactory) -> Linear {
      Linear(
        "bridge.\(name)", inputs: configuration.encoderStateWidth, outputs: configuration.hidden,
        factory: &factory)
    }
    var maps: [(Linear, Linear?)] = []
    for level in 0..<depth {
      let hidden = map("\(level).hidden", &factory)
      maps.append((hidden, cell == .lstm ? map("\(level).cell", &factory) : nil))
    }
    self.maps = maps
  }

  /// The tops are paired: the decoder's top layer starts from the encoder's. Decoder layers without a partner start
  /// from the encoder's lowest layer that has one. What an encoder without an LSTM's cell state has in its place is
  /// its hidden state.
  ///
  /// - Returns: a state `[B, H]` for each decoder layer.
  func callAsFunction(_ encoded: EncodedBatch, _ tape: Tape) -> [RecurrentState] {
    (0..<depth).map { level in
      let last = encoded.last[max(0, encoded.last.count - depth + level)]
      let memory = last.cell ?? last.hidden
      switch kind {
      case .last: return RecurrentState(hidden: last.hidden, cell: cell == .lstm ? memory : nil)
      case .linear:
        return RecurrentState(
          hidden: tape.tanh(maps[level].hidden(last.hidden, tape)),
          cell: maps[level].cell.map { tape.tanh($0(memory, tape)) })
      case .zero: return RecurrentState(cell, rows: encoded.lengths.count, hidden: hidden, tape)
      }
    }
  }
}
