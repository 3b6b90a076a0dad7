import Layers
import Reference
import Tensors
import Testing

@Suite("Attention, affine map and word vectors")
struct AttentionLayerTests {
  @Test(
    "Each kind over two steps, sentences of unlike length", arguments: [AttentionKind.dot, .general, .mlp])
  func kinds(kind: AttentionKind) {
    let lengths = [3, 1, 4]
    let memoryWidth = kind == .dot ? 5 : 3
    var generator = SplitMix64(seed: 11)
    let inputs = [
      Matrix.random(12, memoryWidth, using: &generator), .random(3, 5, using: &generator),
      .random(3, 5, using: &generator),
    ]
    LayerCheck(inputs: inputs) { factory in
      let attention = Attention(
        "a", kind: kind, memoryWidth: memoryWidth, queryWidth: 5, hidden: 6, factory: &factory)
      return { tape, x in
        let memory = attention.memory(of: x[0], lengths: lengths, tape)
        let session = attention.session(tape, memory: memory, steps: 2, rows: 3)
        return [session(0, x[1]).context, session(1, x[2]).context]
      }
    } reference: { x, p in
      x[1...].map { queries in
        .stacked(
          lengths.enumerated().map { sentence, length in
            let states = x[0].sentence(sentence, of: 3, length: length)
            let query = queries.row(sentence)
            return Reference.attend(
              query: p["a.query"].map { query * $0 } ?? query, keys: p["a.key"].map { states * $0 } ?? states,
              values: states, v: p["a.v"]
            ).context
          })
      }
    }.expect()
  }

  @Test("Contexts and weights, at once, and in parts with coverage", arguments: [false, true])
  func coverage(coversSource: Bool) {
    let lengths = [3, 1, 4]
    var generator = SplitMix64(seed: 15)
    let inputs =
      [Matrix.random(12, 3, using: &generator)] + (0..<2).map { _ in .random(3, 5, using: &generator) }
    LayerCheck(inputs: inputs) { factory in
      let attention = Attention(
        "a", kind: .mlp, memoryWidth: 3, queryWidth: 5, hidden: 6, coversSource: coversSource,
        factory: &factory)
      return { tape, x in
        let memory = attention.memory(of: x[0], lengths: lengths, tape)
        let session = attention.session(tape, memory: memory, steps: 2, rows: 3)
        var coverage = coversSource ? tape.zeros(rows: 3, columns: 4) : nil
        return [x[1], x[2]].enumerated().flatMap { step, query in
          let result = session(step, query, coverage: coverage)
          coverage = result.coverage
          return [result.context, result.weights]
        }
      }
    } reference: { x, p in
      var coverage = Matrix(rows: 3, columns: 4)
      return x[1...].flatMap { queries -> [Matrix] in
        var contexts: [Matrix] = []
        var all = Matrix(rows: 3, columns: 4)
        for (sentence, length) in lengths.enumerated() {
          let states = x[0].sentence(sentence, of: 3, length: length)
          var keys = states * p["a.key"]!
          if let cover = p["a.coverage"] {
            keys = .stacked((0..<length).map { s in keys.row(s) + cover.map { $0 * coverage[sentence, s] } })
          }
          let result = Reference.attend(
            query: queries.row(sentence) * p["a.query"]!, keys: keys, values: states, v: p["a.v"])
          contexts.append(result.context)
          for (s, weight) in result.weights.enumerated() { all[sentence, s] = weight }
        }
        coverage = coverage + all
        return [.stacked(contexts), all]
      }
    }.expect()
  }

  @Test("Word vectors that are an output layer's columns, with a projection where the widths differ")
  func tied() {
    var generator = SplitMix64(seed: 16)
    let inputs = [Matrix.random(6, 4, using: &generator)]
    for width in [4, 3] {
      LayerCheck(inputs: inputs) { factory in
        let output = OutputLayer("out", inputs: 4, words: 5, tiedWidth: width, factory: &factory)
        let words = Embedding(tiedTo: output.weight)
        let more = Embedding("more", words: 7, tiedTo: output.weight, factory: &factory)
        _ = Embedding("none", words: 5, tiedTo: output.weight, factory: &factory)
        #expect((output.projection == nil) == (width == 4))
        #expect(factory.store.parameters.filter { $0.name == "more" }.map(\.rows) == [2])
        #expect(!factory.store.parameters.contains { $0.name == "none" })
        return { tape, x in [output(x[0], tape), words([4, 1, 4], tape), more([5, 6, 4], tape)] }
      } reference: { x, p in
        let weight = p["out.weight"]!
        let hidden = p["out.projection.weight"].map { x[0] * $0 } ?? x[0]
        return [
          hidden * weight + p["out.bias"]!, .stacked([4, 1, 4].map { weight.transposed.row($0) }),
          .stacked([p["more"]!.row(0), p["more"]!.row(1), weight.transposed.row(4)]),
        ]
      }.expect()
    }
  }

  @Test("Linear, with and without bias, at once and a step at a time")
  func linear() {
    var generator = SplitMix64(seed: 12)
    let inputs = [Matrix.random(6, 4, using: &generator)]
    LayerCheck(inputs: inputs) { factory in
      let map = Linear("map", inputs: 4, outputs: 3, factory: &factory)
      let plain = Linear("plain", inputs: 4, outputs: 2, hasBias: false, factory: &factory)
      #expect(plain.bias == nil)
      return { tape, x in
        let repeated = map.repeated(tape, steps: 2, rows: 3)
        let steps = (0..<2).map { repeated($0, x[0].slice(from: $0 * 3, count: 3)) }
        return [map(x[0], tape), plain(x[0], tape)] + steps
      }
    } reference: { x, p in
      let whole = x[0] * p["map.weight"]! + p["map.bias"]!
      return [whole, x[0] * p["plain.weight"]!, whole[rows: 0..<3], whole[rows: 3..<6]]
    }.expect()
  }

  @Test("Embedding")
  func embedding() {
    LayerCheck(inputs: []) { factory in
      let words = Embedding("words", words: 5, width: 3, factory: &factory)
      return { tape, _ in [words([4, 1, 4], tape)] }
    } reference: { _, p in
      [.stacked([4, 1, 4].map { p["words"]!.row($0) })]
    }.expect()
  }

  @Test("The check refuses a layer that is not its reference")
  func canFail() {
    var generator = SplitMix64(seed: 13)
    let check = LayerCheck(inputs: [Matrix.random(2, 3, using: &generator)]) { factory in
      let map = Linear("map", inputs: 3, outputs: 2, factory: &factory)
      return { tape, x in [map(x[0], tape)] }
    } reference: { x, p in
      [x[0] * p["map.weight"]!.map { $0 * 1.001 } + p["map.bias"]!]
    }
    #expect(check.forwardError > 1e-4)
    #expect(check.gradientErrors["input 0"]! > 1e-4)
    #expect(check.gradientErrors["map.bias"]! < 1e-6)
  }
}
