import Layers
import Reference
import Tensors
import Testing

@Suite("Recurrent layers")
struct RecurrentLayerTests {
  private static let lengths = [3, 1, 4]
  private static let steps = 4

  /// The rows of a `[S * B, D]` tensor that are words, sentence by sentence.
  private static let wordRows = lengths.enumerated().flatMap { sentence, length in
    (0..<length).map { $0 * lengths.count + sentence }
  }

  private func input(_ width: Int, seed: UInt64) -> Matrix {
    var generator = SplitMix64(seed: seed)
    return .random(Self.steps * Self.lengths.count, width, using: &generator)
  }

  @Test("LSTMLayer, each way, over sentences of unlike length", arguments: [Direction.forward, .backward])
  func layer(direction: Direction) {
    LayerCheck(inputs: [input(3, seed: 1)]) { factory in
      let layer = LSTMLayer("lstm", inputs: 3, hidden: 4, factory: &factory)
      #expect(layer.hidden == 4)
      return { tape, x in
        let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
        let (outputs, last) = layer(x[0], mask: mask, direction: direction, tape)
        return [tape.gatherRows(outputs, Self.wordRows), last.hidden, last.cell]
      }
    } reference: { x, p in
      let results = Self.lengths.enumerated().map { sentence, length in
        ReferenceLayers.lstm(
          x[0].sentence(sentence, of: 3, length: length), "lstm", p, backward: direction == .backward)
      }
      return [
        .stacked(results.map(\.outputs)), .stacked(results.map(\.hidden)), .stacked(results.map(\.cell)),
      ]
    }.expect()
  }

  @Test("RecurrentStack, of one and two layers, one way and both", arguments: [1, 2], [false, true])
  func stack(depth: Int, isBidirectional: Bool) {
    let directions = isBidirectional ? ["forward", "backward"] : ["forward"]
    LayerCheck(inputs: [input(2, seed: 2)]) { factory in
      let stack = RecurrentStack(
        "stack", inputs: 2, hidden: 3, depth: depth, isBidirectional: isBidirectional, factory: &factory)
      #expect(stack.depth == depth && stack.outputWidth == 3 * directions.count)
      return { tape, x in
        let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
        let (outputs, last) = stack(x[0], mask: mask, dropout: 0.5, tape)
        return [tape.gatherRows(outputs, Self.wordRows)] + last.flatMap { [$0.hidden, $0.cell] }
      }
    } reference: { x, p in
      let results = Self.lengths.enumerated().map { sentence, length in
        ReferenceLayers.stack(
          x[0].sentence(sentence, of: 3, length: length), "stack", depth: depth, directions: directions, p)
      }
      return [.stacked(results.map(\.outputs))]
        + (0..<depth).flatMap { level in
          [.stacked(results.map { $0.last[level].hidden }), .stacked(results.map { $0.last[level].cell })]
        }
    }.expect()
  }

  @Test("Padding and neighbours change no bit of a sentence's states")
  func padding() {
    let store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: 5)
    let stack = RecurrentStack(
      "stack", inputs: 9, hidden: 17, depth: 2, isBidirectional: true, factory: &factory)
    store.pack()
    var generator = SplitMix64(seed: 6)
    let lengths = [4, 1, 9, 6, 9, 2, 3]
    let sentences = lengths.map { Matrix.random($0, 9, using: &generator) }
    /// Outputs of the words, and last states, of each sentence of a batch of `steps` steps.
    func run(_ chosen: [Int], steps: Int, padding: Float) -> [[UInt32]] {
      let tape = Tape(rowIndependent: true)
      var x = [Float](repeating: padding, count: steps * chosen.count * 9)
      for (row, sentence) in chosen.enumerated() {
        for step in 0..<lengths[sentence] {
          for j in 0..<9 { x[(step * chosen.count + row) * 9 + j] = Float(sentences[sentence][step, j]) }
        }
      }
      let mask = StepMask(lengths: chosen.map { lengths[$0] }, steps: steps, tape)
      let (outputs, last) = stack(
        tape.tensor(x, rows: steps * chosen.count, columns: 9), mask: mask, dropout: 0, tape)
      return chosen.indices.map { row in
        let words = (0..<lengths[chosen[row]]).flatMap { Array(outputs.row($0 * chosen.count + row)) }
        return (words + last.flatMap { Array($0.hidden.row(row)) + Array($0.cell.row(row)) }).map(
          \.bitPattern)
      }
    }
    let alone = lengths.indices.map { run([$0], steps: lengths[$0], padding: 0)[0] }
    #expect(run(Array(lengths.indices), steps: 9, padding: 0) == alone)
    #expect(run([6, 2, 0], steps: 20, padding: 1e6) == [alone[6], alone[2], alone[0]])
    #expect(alone[0] != alone[3])
  }

  @Test("Dropout stands between the layers alone")
  func dropout() {
    func outputs(depth: Int, rate: Float, seed: UInt64) -> [Float] {
      let store = ParameterStore()
      var factory = ParameterFactory(store: store, seed: 5)
      let stack = RecurrentStack(
        "stack", inputs: 2, hidden: 8, depth: depth, isBidirectional: false, factory: &factory)
      let tape = Tape(rowIndependent: false)
      tape.reset(dropoutSeed: seed)
      let x = input(2, seed: 3)
      let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
      return stack(
        tape.tensor(x.floats, rows: x.rows, columns: 2), mask: mask, dropout: rate, tape
      ).outputs.array
    }
    #expect(outputs(depth: 1, rate: 0.5, seed: 1) == outputs(depth: 1, rate: 0, seed: 1))
    #expect(outputs(depth: 2, rate: 0.5, seed: 1) != outputs(depth: 2, rate: 0, seed: 1))
    #expect(outputs(depth: 2, rate: 0.5, seed: 1) == outputs(depth: 2, rate: 0.5, seed: 1))
    #expect(outputs(depth: 2, rate: 0.5, seed: 1) != outputs(depth: 2, rate: 0.5, seed: 2))
  }
}
