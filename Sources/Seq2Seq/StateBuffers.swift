import Layers
import Tensors

/// Two sets of decoder states that take turns, so that the arena can be wound back each step.
struct StateBuffers {
  private let sets: [DecoderState]

  /// - Parameter memory: what is attended to; its steps are the width of the coverage.
  init(_ tape: Tape, rows: Int, _ model: Seq2SeqModel, memory: AttentionMemory?) {
    let configuration = model.configuration
    func make(_ columns: Int) -> Tensor { tape.zeros(rows: rows, columns: columns) }
    sets = (0..<2).map { _ in
      DecoderState(
        layers: (0..<configuration.decoderDepth).map { _ in
          RecurrentState(configuration.decoderCell, rows: rows, hidden: configuration.hidden, tape)
        },
        fed: configuration.feedsInput ? make(configuration.hidden) : nil,
        coverage: configuration.coverage ? memory.map { make($0.steps) } : nil)
    }
  }

  /// Copies the given rows of a state out of the arena's temporary part.
  func gather(_ state: DecoderState, rows: [Int], step: Int) -> DecoderState {
    let target = sets[step % 2]
    func copy(_ source: Tensor, _ destination: Tensor) -> Tensor {
      for (place, row) in rows.enumerated() {
        (destination.values + place * source.columns).update(
          from: source.values + row * source.columns, count: source.columns)
      }
      return destination.slice(from: 0, count: rows.count)
    }
    return DecoderState(
      layers: zip(state.layers, target.layers).map { source, place in
        RecurrentState(
          hidden: copy(source.hidden, place.hidden), cell: source.cell.map { copy($0, place.cell!) })
      },
      fed: state.fed.map { copy($0, target.fed!) },
      coverage: state.coverage.map { copy($0, target.coverage!) })
  }
}
