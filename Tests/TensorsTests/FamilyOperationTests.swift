import Foundation
import Reference
import Tensors
import Testing

@Suite("Cells, connections, attention in parts and losses against central differences in f64")
struct FamilyOperationTests {
  private var generator = SplitMix64(seed: 31)

  private mutating func matrix(_ rows: Int, _ columns: Int, range: Float = 1) -> Matrix {
    .random(rows, columns, range: range, using: &generator)
  }

  private func flags(_ mask: [Bool]?, _ tape: Tape) -> UnsafePointer<UInt8>? {
    mask.map { tape.keep($0.map { $0 ? 1 : 0 }) }
  }

  /// Rows of `one` where the mask says so, else of `other`.
  private func choose(_ mask: [Bool]?, _ one: Matrix, _ other: Matrix) -> Matrix {
    .stacked((0..<one.rows).map { mask?[$0] ?? true ? one.row($0) : other.row($0) })
  }

  @Test("elmanStep and gruStep, two steps, with sentences that end", arguments: [false, true])
  mutating func cells(isGated: Bool) {
    let (rows, width) = (3, 4)
    for masks in [[nil, nil], [[true, false, true], [false, false, true]]] as [[[Bool]?]] {
      let inputs = [
        matrix(rows, width), matrix(rows, width, range: 2), matrix(rows, width, range: 2),
        matrix(rows, 2 * width, range: 2), matrix(rows, 2 * width, range: 2),
      ]
      OperationCheck(inputs: inputs) { tape, x, _ in
        var state = x[0]
        var kept: [Tensor] = []
        for step in 0..<2 {
          let active = flags(masks[step], tape)
          if isGated {
            kept.append(tape.gruReset(gates: x[3 + step], hidden: state))
            state = tape.gruStep(gates: x[3 + step], candidate: x[1 + step], hidden: state, active: active)
          } else {
            // Gates stand unused, so that both cells have the same inputs.
            kept.append(tape.tanh(x[3 + step]))
            state = tape.elmanStep(sum: x[1 + step], hidden: state, active: active)
          }
        }
        return [state] + kept
      } reference: { x, _ in
        var state = x[0]
        var kept: [Matrix] = []
        for step in 0..<2 {
          let candidate = x[1 + step].map { tanh($0) }
          var next = candidate
          if isGated {
            let reset = x[3 + step][columns: 0..<width].map(Reference.sigmoid)
            let update = x[3 + step][columns: width..<2 * width].map(Reference.sigmoid)
            kept.append(reset.times(state))
            next = update.times(state) + update.map { 1 - $0 }.times(candidate)
          } else {
            kept.append(x[3 + step].map { tanh($0) })
          }
          state = choose(masks[step], next, state)
        }
        return [state] + kept
      }.expect()
    }
  }

  @Test("normalizedLSTMStep, two steps, with a base and with a shift", arguments: [false, true])
  mutating func normalisedLSTM(hasBase: Bool) {
    for masks in [[nil, nil], [[true, false, true], [false, false, true]]] as [[[Bool]?]] {
      let inputs = [
        matrix(3, 4), matrix(3, 4), matrix(3, 16, range: 2), matrix(3, 16, range: 2), matrix(3, 16),
        matrix(3, 16),
      ]
      let parameters = [matrix(1, 16), matrix(1, 16), matrix(1, 4), matrix(1, 4)]
      OperationCheck(inputs: inputs, parameters: parameters) { tape, x, p in
        var state = LSTMState(hidden: x[0], cell: x[1])
        // What is not used has no gradient, in the reference either.
        for step in 0..<2 {
          state = tape.normalizedLSTMStep(
            product: x[2 + step], gain: p[0], base: hasBase ? x[4 + step] : nil, shift: hasBase ? nil : p[1],
            cell: (p[2], p[3]), state: state, active: flags(masks[step], tape))
        }
        return [state.cell, state.hidden]
      } reference: { x, p in
        var (hidden, cell) = (x[0], x[1])
        for step in 0..<2 {
          let gates =
            hasBase
            ? Reference.layerNorm(x[2 + step], gain: p[0]) + x[4 + step]
            : Reference.layerNorm(x[2 + step], gain: p[0], shift: p[1])
          func gate(_ index: Int) -> Matrix { gates[columns: index * 4..<(index + 1) * 4] }
          let next =
            gate(1).map(Reference.sigmoid).times(cell)
            + gate(0).map(Reference.sigmoid).times(gate(2).map { tanh($0) })
          let shown = Reference.layerNorm(next, gain: p[2], shift: p[3]).map { tanh($0) }
          hidden = choose(masks[step], gate(3).map(Reference.sigmoid).times(shown), hidden)
          cell = choose(masks[step], next, cell)
        }
        return [cell, hidden]
      }.expect()
    }
  }

  @Test("layerNorm, with and without a shift")
  mutating func layerNorm() {
    OperationCheck(inputs: [matrix(3, 37, range: 3)], parameters: [matrix(1, 37), matrix(1, 37)]) {
      tape, x, p in
      [tape.layerNorm(x[0], gain: p[0], shift: p[1]), tape.layerNorm(x[0], gain: p[1])]
    } reference: { x, p in
      [Reference.layerNorm(x[0], gain: p[0], shift: p[1]), Reference.layerNorm(x[0], gain: p[1])]
    }.expect()
  }

  @Test("add, highway, and columns of a matrix as word vectors")
  mutating func combinations() {
    let ids: [Int32] = [4, 0, 4, 2]
    OperationCheck(
      inputs: [matrix(3, 5), matrix(3, 5), matrix(3, 5, range: 2)], parameters: [matrix(6, 5)]
    ) { tape, x, p in
      [tape.add(x[0], x[1]), tape.highway(gate: x[2], x[0], x[1]), tape.embeddingColumns(ids, p[0])]
    } reference: { x, p in
      let gate = x[2].map(Reference.sigmoid)
      return [
        x[0] + x[1], gate.times(x[0]) + gate.map { 1 - $0 }.times(x[1]),
        .stacked(ids.map { p[0].transposed.row(Int($0)) }),
      ]
    }.expect()
  }

  @Test("Columns of one matrix as the vectors of the first words, and rows of another as those of the rest")
  mutating func tiedAndOtherWords() {
    let ids: [Int32] = [4, 7, 0, 5, 7, 2]
    OperationCheck(inputs: [], parameters: [matrix(3, 5), matrix(3, 3)]) { tape, _, p in
      [tape.embeddingColumns(ids, p[0], others: p[1]), tape.embeddingColumns([1, 1], p[0], others: p[1])]
    } reference: { _, p in
      [ids, [1, 1]].map { ids in
        .stacked(ids.map { $0 < 5 ? p[0].transposed.row(Int($0)) : p[1].row(Int($0) - 5) })
      }
    }.expect()
  }

  @Test("A mask is the same at each step, has two values, and is absent when dropout is off")
  mutating func masks() throws {
    let x = matrix(40, 50)
    let tape = Tape(rowIndependent: false)
    #expect(tape.dropoutMask(rows: 3, columns: 3, rate: 0.5) == nil)
    tape.reset(dropoutSeed: 5)
    #expect(tape.dropoutMask(rows: 3, columns: 3, rate: 0) == nil)
    let mask = try #require(tape.dropoutMask(rows: 40, columns: 50, rate: 0.25))
    let other = try #require(tape.dropoutMask(rows: 40, columns: 50, rate: 0.25))
    let values = (0..<2_000).map { mask[$0] }
    #expect(Set(values) == [0, 1 / 0.75] && values != (0..<2_000).map { other[$0] })
    #expect(abs(Double(values.count { $0 == 0 }) / 2_000 - 0.25) < 0.05)
    OperationCheck(inputs: [x], dropoutSeed: 5) { tape, x, _ in
      let mask = tape.dropoutMask(rows: 40, columns: 50, rate: 0.25)
      return [tape.masked(x[0], mask), tape.masked(tape.tanh(x[0]), mask)]
    } reference: { x, _ in
      let plain = Matrix(rows: 40, columns: 50, floats: values)
      return [x[0].times(plain), x[0].map { tanh($0) }.times(plain)]
    }.expect()
  }

  /// Attention by the papers, a row at a time: weights `[R, S]` and contexts.
  private func attend(
    _ query: Matrix, _ keys: Matrix, _ values: Matrix, v: Matrix?, coverage: Matrix?, cover: Matrix?,
    lengths: [Int], sentences: [Int]
  ) -> (weights: Matrix, context: Matrix) {
    let steps = keys.rows / lengths.count
    var weights = Matrix(rows: query.rows, columns: steps)
    var contexts: [Matrix] = []
    for (row, sentence) in sentences.enumerated() {
      let scores = (0..<lengths[sentence]).map { s -> Double in
        let key = keys.row(s * lengths.count + sentence)
        guard let v else { return query.row(row).inner(key) }
        var sum = query.row(row) + key
        if let coverage, let cover { sum = sum + cover.map { $0 * coverage[row, s] } }
        return v.inner(sum.map { tanh($0) })
      }
      var context = Matrix(rows: 1, columns: values.columns)
      for (s, weight) in Reference.softmax(scores).enumerated() {
        weights[row, s] = weight
        context = context + values.row(s * lengths.count + sentence).map { $0 * weight }
      }
      contexts.append(context)
    }
    return (weights, .stacked(contexts))
  }

  @Test("Attention in parts: dot, mlp, and mlp with coverage over two steps", arguments: [0, 1, 2])
  mutating func attention(kind: Int) {
    let lengths = [3, 1, 4]
    for sentences in [nil, [2, 2, 0, 1]] as [[Int]?] {
      let rows = sentences?.count ?? 3
      let inputs = [matrix(rows, 5), matrix(rows, 5), matrix(12, 5), matrix(12, 3)]
      OperationCheck(
        inputs: inputs,
        parameters: kind == 0 ? [] : kind == 1 ? [matrix(1, 5)] : [matrix(1, 5), matrix(1, 5)]
      ) {
        tape, x, p in
        let memory = AttentionMemory(keys: x[2], values: x[3], lengths: lengths)
        let score: AttentionScore = kind == 0 ? .dot : .mlp(p[0])
        var sum = tape.zeros(rows: rows, columns: 4)
        var results: [Tensor] = []
        for step in 0..<2 {
          let scores = tape.attentionScores(
            score, query: x[step], memory: memory, coverage: kind == 2 ? (sum, p[1]) : nil,
            sentences: sentences)
          let weights = tape.attentionWeights(scores, memory: memory, sentences: sentences)
          sum = tape.add(sum, weights)
          results += [weights, tape.attentionContext(weights, memory: memory, sentences: sentences)]
        }
        return results
      } reference: { x, p in
        var sum = Matrix(rows: rows, columns: 4)
        return (0..<2).flatMap { step -> [Matrix] in
          let result = attend(
            x[step], x[2], x[3], v: kind == 0 ? nil : p[0], coverage: kind == 2 ? sum : nil,
            cover: kind == 2 ? p[1] : nil, lengths: lengths, sentences: sentences ?? [0, 1, 2])
          sum = sum + result.weights
          return [result.weights, result.context]
        }
      }.expect()
    }
  }

  @Test("In parts and at once, attention is the same")
  mutating func partsAndWhole() {
    let (keys, query) = (matrix(12, 5), matrix(3, 5))
    let store = ParameterStore()
    let v = store.add("v", rows: 1, columns: 5)
    v.assign(matrix(1, 5).floats)
    let tape = Tape(rowIndependent: false)
    let states = tape.tensor(keys.floats, rows: 12, columns: 5)
    let memory = AttentionMemory(keys: states, values: states, lengths: [3, 1, 4])
    let queries = tape.tensor(query.floats, rows: 3, columns: 5)
    for score in [AttentionScore.dot, .mlp(v)] {
      let whole = tape.attend(score, query: queries, memory: memory)
      let weights = tape.attentionWeights(
        tape.attentionScores(score, query: queries, memory: memory), memory: memory)
      let context = tape.attentionContext(weights, memory: memory)
      #expect(weights.array == whole.weights.array)
      #expect(context.array == whole.context.array)
    }
  }

  @Test("Losses on weights: the value, and the gradient through a softmax")
  mutating func losses() {
    let lengths = [3, 1, 4]
    let guides = [
      AlignmentGuide(row: 0, source: 2, share: 0.5), .init(row: 0, source: 0, share: 0.5),
      .init(row: 2, source: 1, share: 1),
    ]
    let (scores, coverage) = (matrix(3, 4), matrix(3, 4).map { abs($0) })
    func plain(_ x: [Matrix]) -> (alignment: Double, coverage: Double) {
      var sum = (alignment: 0.0, coverage: 0.0)
      for row in 0..<3 {
        let weights = Reference.softmax(Array(x[0].row(row).values[..<lengths[row]]))
        for guide in guides where guide.row == row {
          sum.alignment -= Double(guide.share) * log(weights[Int(guide.source)])
        }
        if row != 1 {
          for (s, weight) in weights.enumerated() { sum.coverage += min(weight, x[1][row, s]) }
        }
      }
      return sum
    }
    let tape = Tape(recordingInto: GradientBuffer(ParameterStore()))
    let (x, c) = (
      tape.tensor(scores.floats, rows: 3, columns: 4), tape.tensor(coverage.floats, rows: 3, columns: 4)
    )
    let states = tape.zeros(rows: 12, columns: 2)
    let memory = AttentionMemory(keys: states, values: states, lengths: lengths)
    let weights = tape.attentionWeights(x, memory: memory)
    let expected = plain([scores, coverage])
    #expect(abs(tape.alignmentLoss(weights, guides, scale: 2) - expected.alignment) < 1e-6)
    // The row of the sentence of one word is left out: it is padding here.
    #expect(abs(tape.coverageLoss(weights, coverage: c, rows: [0, 2], scale: 3) - expected.coverage) < 1e-6)
    tape.backward()
    let slopes = GradientCheck.numeric([scores, coverage]) {
      let sum = plain($0)
      return 2 * sum.alignment + 3 * sum.coverage
    }
    #expect(GradientCheck.error(x.gradientArray, slopes[0]) < 1e-5)
    // Past a sentence's end the weight is 0, so the smaller one is not the coverage.
    #expect(GradientCheck.error(c.gradientArray, slopes[1]) < 1e-5)
  }

  @Test("pairedCrossEntropy, more rows than a chunk holds", arguments: [3, 300])
  mutating func paired(count: Int) {
    let (width, words) = (3, 7)
    let (hidden, weight, bias) = (matrix(2 * count, width), matrix(width, words), matrix(1, words))
    let targets = (0..<count).map { _ in Int32(generator.below(words)) }
    let store = ParameterStore()
    let parameters = [weight, bias].enumerated().map { index, matrix in
      let parameter = store.add("p\(index)", rows: matrix.rows, columns: matrix.columns)
      parameter.assign(matrix.floats)
      return parameter
    }
    let buffer = GradientBuffer(store)
    let tape = Tape(recordingInto: buffer)
    let x = tape.tensor(hidden.floats, rows: 2 * count, columns: width)
    let sum = tape.pairedCrossEntropy(
      hidden: x, weight: parameters[0], bias: parameters[1], targets: targets, smoothing: 0.2, consistency: 5,
      scale: 0.5)
    func plain(_ x: [Matrix]) -> Double {
      let logits = x[0] * x[1] + x[2]
      return (0..<count).reduce(0) { total, row in
        total
          + Reference.pairedCrossEntropy(
            logits.row(row).values, logits.row(count + row).values, target: Int(targets[row]), smoothing: 0.2,
            consistency: 5)
      }
    }
    let expected = plain([hidden, weight, bias])
    #expect(sum.words == count && sum.added > 0)
    #expect(abs(sum.smoothed + sum.added - expected) < 1e-5 * expected)
    tape.backward()
    let slopes = GradientCheck.numeric(count > 100 ? [hidden[rows: 0..<0]] : [hidden]) { moved in
      0.5 * plain([moved[0].rows == 0 ? hidden : moved[0], weight, bias])
    }
    if count <= 100 { #expect(GradientCheck.error(x.gradientArray, slopes[0]) < 1e-5) }
    let leaves = GradientCheck.numeric([weight, bias]) { 0.5 * plain([hidden] + $0) }
    for (parameter, slope) in zip(parameters, leaves) {
      let found = UnsafeBufferPointer(start: buffer.gradient(parameter)!, count: parameter.count)
      #expect(GradientCheck.error(Array(found), slope) < 1e-5)
    }
  }

  @Test("Guided attention has its gradient, however far off it is")
  func farGuides() {
    for gap: Float in [0, 10, 40, 80] {
      let tape = Tape(recordingInto: GradientBuffer(ParameterStore()))
      let x = tape.tensor([gap, 0], rows: 1, columns: 2)
      let states = tape.zeros(rows: 2, columns: 2)
      let weights = tape.attentionWeights(
        x, memory: AttentionMemory(keys: states, values: states, lengths: [2]))
      _ = tape.alignmentLoss(weights, [AlignmentGuide(row: 0, source: 1, share: 1)], scale: 0.5)
      tape.backward()
      // d/dx of -log softmax(x)[1], times the scale.
      let other = Double(1 / (1 + exp(-gap)))
      #expect(abs(Double(x.gradientArray[0]) - 0.5 * other) < 1e-5, "\(gap): \(x.gradientArray)")
      #expect(abs(Double(x.gradientArray[1]) + 0.5 * other) < 1e-5, "\(gap): \(x.gradientArray)")
    }
  }
}
