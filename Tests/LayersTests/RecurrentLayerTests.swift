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

  /// Each cell, plain and normalised.
  private static let cells = CellKind.allCases.flatMap { [($0, false), ($0, true)] }

  @Test(
    "RecurrentLayer, each cell, each way, over sentences of unlike length",
    arguments: [Direction.forward, .backward], cells)
  func layer(direction: Direction, cell: (kind: CellKind, isNormalized: Bool)) {
    LayerCheck(inputs: [input(3, seed: 1)]) { factory in
      let layer = RecurrentLayer(
        "cell", kind: cell.kind, inputs: 3, hidden: 4, isNormalized: cell.isNormalized, factory: &factory)
      #expect(layer.hidden == 4)
      return { tape, x in
        let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
        let (outputs, last) = layer(x[0], mask: mask, direction: direction, tape)
        #expect((last.cell == nil) == (cell.kind != .lstm))
        return [tape.gatherRows(outputs, Self.wordRows), last.hidden] + (last.cell.map { [$0] } ?? [])
      }
    } reference: { x, p in
      let results = Self.lengths.enumerated().map { sentence, length in
        ReferenceLayers.read(
          x[0].sentence(sentence, of: 3, length: length), "cell", kind: cell.kind, p,
          backward: direction == .backward)
      }
      let cells = results.compactMap(\.last.cell)
      return [.stacked(results.map(\.outputs)), .stacked(results.map(\.last.hidden))]
        + (cells.isEmpty ? [] : [.stacked(cells)])
    }.expect(cell.isNormalized ? 1e-4 : 2e-5)
  }

  @Test("A cell that is fed by other layers, with and without an input of its own", arguments: cells)
  func fedCell(cell: (kind: CellKind, isNormalized: Bool)) {
    var generator = SplitMix64(seed: 14)
    let inputs = [Matrix.random(4, 3, using: &generator), .random(4, 2, using: &generator)]
    for width in [3, 0] {
      LayerCheck(inputs: width > 0 ? inputs : [inputs[1]]) { factory in
        let made = RecurrentCell(
          "cell", kind: cell.kind, inputName: "word", inputs: width, fed: 2, hidden: 4,
          isNormalized: cell.isNormalized, factory: &factory)
        return { tape, x in
          let run = made.run(width > 0 ? x[0] : nil, steps: 2, rows: 2, tape)
          var state = RecurrentState(cell.kind, rows: 2, hidden: 4, tape)
          for step in 0..<2 { state = run.step(step, fed: x.last!.slice(from: step * 2, count: 2), state) }
          return [state.hidden]
        }
      } reference: { x, p in
        let states = (0..<2).map { row in
          let zeros = Matrix(rows: 1, columns: 4)
          var state = Reference.State(hidden: zeros, cell: cell.kind == .lstm ? zeros : nil)
          for step in 0..<2 {
            state = Reference.cellStep(
              "cell", kind: cell.kind.rawValue, inputName: "word",
              x: width > 0 ? x[0].row(step * 2 + row) : nil, fed: x.last!.row(step * 2 + row), state, p)
          }
          return state.hidden
        }
        return [.stacked(states)]
      }.expect(cell.isNormalized ? 1e-4 : 2e-5)
    }
  }

  @Test(
    "RecurrentStack, of one and three layers, one way and both, with each connection", arguments: [1, 3],
    LayerConnection.allCases.flatMap { [(false, $0), (true, $0)] })
  func stack(depth: Int, shape: (isBidirectional: Bool, connection: LayerConnection)) {
    let directions = shape.isBidirectional ? ["forward", "backward"] : ["forward"]
    let isDense = shape.connection == .dense
    LayerCheck(inputs: [input(2, seed: 2)]) { factory in
      let stack = RecurrentStack(
        "stack", inputs: 2, hidden: 3, depth: depth, isBidirectional: shape.isBidirectional,
        connection: shape.connection, factory: &factory)
      let width = 3 * directions.count
      #expect(stack.depth == depth && stack.stateWidth == width)
      #expect(stack.outputWidth == (isDense ? 2 + depth * width : width))
      return { tape, x in
        let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
        let (outputs, last) = stack(x[0], mask: mask, dropout: 0.5, tape)
        return [tape.gatherRows(outputs, Self.wordRows)] + last.flatMap { [$0.hidden, $0.cell!] }
      }
    } reference: { x, p in
      let results = Self.lengths.enumerated().map { sentence, length in
        ReferenceLayers.stack(
          x[0].sentence(sentence, of: 3, length: length), "stack", depth: depth, directions: directions,
          connection: shape.connection, p)
      }
      return [.stacked(results.map(\.outputs))]
        + (0..<depth).flatMap { level in
          [.stacked(results.map { $0.last[level].hidden }), .stacked(results.map { $0.last[level].cell! })]
        }
    }.expect(5e-5)
  }

  @Test(
    "Dropout between the layers is of what a layer reads; what its connection carries on has none of it",
    arguments: LayerConnection.allCases)
  func layerDropout(connection: LayerConnection) {
    let (depth, rate, seed) = (3, Float(0.4), UInt64(11))
    // The masks, drawn as the stack draws them: one for each layer but the first.
    let tape = Tape(rowIndependent: false)
    tape.reset(dropoutSeed: seed)
    let rows = Self.steps * Self.lengths.count
    let masks = (1..<depth).map { level in
      let width = connection == .dense ? 2 + level * 3 : 3
      let mask = tape.dropoutMask(rows: rows, columns: width, rate: rate)!
      return Matrix(rows: rows, columns: width, floats: (0..<rows * width).map { mask[$0] })
    }
    LayerCheck(inputs: [input(2, seed: 2)], dropoutSeed: seed) { factory in
      let stack = RecurrentStack(
        "stack", inputs: 2, hidden: 3, depth: depth, isBidirectional: false, connection: connection,
        factory: &factory)
      return { tape, x in
        let mask = StepMask(lengths: Self.lengths, steps: Self.steps, tape)
        return [tape.gatherRows(stack(x[0], mask: mask, dropout: rate, tape).outputs, Self.wordRows)]
      }
    } reference: { x, p in
      let results = Self.lengths.enumerated().map { sentence, length in
        ReferenceLayers.stack(
          x[0].sentence(sentence, of: 3, length: length), "stack", depth: depth, directions: ["forward"],
          connection: connection, masks: masks.map { $0.sentence(sentence, of: 3, length: length) }, p)
      }
      return [.stacked(results.map(\.outputs))]
    }.expect(5e-5)
  }

  @Test("The bias of a highway lets most of the input through at first, and the first layer has none")
  func highwayBias() throws {
    let store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: 1)
    _ = RecurrentStack(
      "stack", inputs: 2, hidden: 3, depth: 2, isBidirectional: true, connection: .highway, factory: &factory)
    let biases = store.parameters.filter { $0.name.hasSuffix("highway.bias") }
    #expect(biases.map(\.name) == ["stack.1.highway.bias"])
    #expect(biases[0].array == [Float](repeating: -1, count: 6))
  }

  @Test(
    "Padding and neighbours change no bit of a sentence's states", arguments: cells,
    [LayerConnection.none, .highway])
  func padding(cell: (kind: CellKind, isNormalized: Bool), connection: LayerConnection) {
    let store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: 5)
    let stack = RecurrentStack(
      "stack", kind: cell.kind, inputs: 9, hidden: 17, depth: 2, isBidirectional: true,
      connection: connection,
      isNormalized: cell.isNormalized, factory: &factory)
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
        return
          (words + last.flatMap { Array($0.hidden.row(row)) + ($0.cell.map { Array($0.row(row)) } ?? []) })
          .map(
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

  @Test(
    "Recurrent dropout has one mask for all steps of a sentence, and none where it is off",
    arguments: CellKind.allCases)
  func recurrentDropout(kind: CellKind) throws {
    let store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: 5)
    let (rows, hidden) = (3, 4)
    let cell = RecurrentCell("cell", kind: kind, inputs: 2, hidden: hidden, factory: &factory)
    let tape = Tape(rowIndependent: false)
    let x = input(2, seed: 3)
    func states(_ rate: Float, seed: UInt64?) -> [[Float]] {
      tape.reset(dropoutSeed: seed)
      let run = cell.run(
        tape.tensor(x.floats, rows: x.rows, columns: 2), steps: 4, rows: rows, dropout: rate, tape)
      var state = RecurrentState(kind, rows: rows, hidden: hidden, tape)
      return (0..<4).map { step in
        state = run.step(step, state)
        return state.hidden.array
      }
    }
    #expect(states(0, seed: 1) == states(0.5, seed: nil))
    let found = states(0.5, seed: 7)
    #expect(found == states(0.5, seed: 7) && found != states(0.5, seed: 8))
    #expect(found[0] == states(0, seed: 7)[0] && found[1] != states(0, seed: 7)[1])
    // The same by hand: what the products read of the state is masked, what is carried is not.
    tape.reset(dropoutSeed: 7)
    let mask = try #require(tape.dropoutMask(rows: rows, columns: hidden, rate: 0.5))
    let p = Dictionary(
      uniqueKeysWithValues: store.parameters.map {
        ($0.name, Matrix(rows: $0.rows, columns: $0.columns, floats: $0.array))
      })
    for row in 0..<rows {
      let zeros = Matrix(rows: 1, columns: hidden)
      var state = Reference.State(hidden: zeros, cell: kind == .lstm ? zeros : nil)
      let kept = Matrix(rows: 1, columns: hidden, floats: (0..<hidden).map { mask[row * hidden + $0] })
      for step in 0..<4 {
        var masked = state
        masked.hidden = state.hidden.times(kept)
        var next = Reference.cellStep("cell", kind: kind.rawValue, x: x.row(step * rows + row), masked, p)
        if kind == .gru {
          // h' = z h + …, with the state itself: z is what the masked state's step kept of it.
          let sum =
            x.row(step * rows + row) * p["cell.input"]! + masked.hidden * p["cell.recurrent"]! + p[
              "cell.bias"]!
          let update = sum[columns: hidden..<2 * hidden].map(Reference.sigmoid)
          next.hidden = next.hidden + update.times(state.hidden - masked.hidden)
        }
        state = next
        #expect(
          GradientCheck.error(Array(found[step][row * hidden..<(row + 1) * hidden]), state.hidden) < 1e-5)
      }
    }
  }
}
