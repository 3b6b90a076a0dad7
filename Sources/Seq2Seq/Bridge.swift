import Layers
import Tensors

/// Makes the decoder's first states from the encoder's last ones.
struct Bridge {
  private let kind: BridgeKind
  private let hidden: Int
  private let maps: [(hidden: Linear, cell: Linear)]
  private let depth: Int

  init(_ configuration: ModelConfiguration, factory: inout ParameterFactory) throws {
    kind = configuration.bridge
    hidden = configuration.hidden
    depth = configuration.decoderDepth
    if kind == .last, configuration.encoderStateWidth != configuration.hidden {
      throw Seq2SeqError.configuration(
        "bridge last needs equal widths, but the encoder gives \(configuration.encoderStateWidth) values and the "
          + "decoder has \(configuration.hidden); use --bridge linear")
    }
    guard kind == .linear else {
      maps = []
      return
    }
    var maps: [(Linear, Linear)] = []
    for level in 0..<depth {
      maps.append(
        (
          Linear(
            "bridge.\(level).hidden", inputs: configuration.encoderStateWidth, outputs: hidden,
            factory: &factory),
          Linear(
            "bridge.\(level).cell", inputs: configuration.encoderStateWidth, outputs: hidden,
            factory: &factory)
        ))
    }
    self.maps = maps
  }

  /// The tops are paired: the decoder's top layer starts from the encoder's. Decoder layers without a partner start
  /// from the encoder's lowest layer that has one.
  ///
  /// - Returns: a state `[B, H]` for each decoder layer.
  func callAsFunction(_ encoded: EncodedBatch, _ tape: Tape) -> [LSTMState] {
    (0..<depth).map { level in
      let last = encoded.last[max(0, encoded.last.count - depth + level)]
      switch kind {
      case .last: return last
      case .linear:
        return LSTMState(
          hidden: tape.tanh(maps[level].hidden(last.hidden, tape)),
          cell: tape.tanh(maps[level].cell(last.cell, tape)))
      case .zero:
        let rows = encoded.lengths.count
        return LSTMState(
          hidden: tape.zeros(rows: rows, columns: hidden), cell: tape.zeros(rows: rows, columns: hidden))
      }
    }
  }
}
