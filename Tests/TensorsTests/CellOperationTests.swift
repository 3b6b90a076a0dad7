import Reference
import Tensors
import Testing

@Suite("Cell, attention and loss against central differences in f64")
struct CellOperationTests {
  private var generator = SplitMix64(seed: 22)

  private mutating func matrix(_ rows: Int, _ columns: Int, range: Float = 1) -> Matrix {
    .random(rows, columns, range: range, using: &generator)
  }

  @Test("lstmStep, two steps, with sentences that end before the last one")
  mutating func lstmStep() {
    let (rows, width) = (4, 3)
    let masks: [[Bool]?] = [nil, [true, false, true, true], [false, false, true, true]]
    for (first, second) in [(masks[0], masks[0]), (masks[1], masks[2]), (masks[2], masks[1])] {
      let inputs = [
        matrix(rows, 4 * width, range: 2), matrix(rows, 4 * width, range: 2), matrix(rows, width),
        matrix(rows, width, range: 2),
      ]
      OperationCheck(inputs: inputs) { tape, x, _ in
        func flags(_ mask: [Bool]?) -> UnsafePointer<UInt8>? { mask.map { tape.keep($0.map { $0 ? 1 : 0 }) } }
        let all = tape.zeros(rows: 2 * rows, columns: width)
        let start = LSTMState(hidden: x[2], cell: x[3])
        let one = tape.lstmStep(
          gates: x[0], state: start, active: flags(first), output: all.slice(from: 0, count: rows))
        let two = tape.lstmStep(
          gates: x[1], state: one, active: flags(second), output: all.slice(from: rows, count: rows))
        return [all, one.cell, two.cell]
      } reference: { x, _ in
        let one = Reference.lstmStep(gates: x[0], hidden: x[2], cell: x[3], active: first)
        let two = Reference.lstmStep(gates: x[1], hidden: one.hidden, cell: one.cell, active: second)
        return [.stacked([one.hidden, two.hidden]), one.cell, two.cell]
      }.expect()
    }
  }

  /// Attention of queries over sentences of a padded batch, sentence by sentence.
  private func attend(
    queries: Matrix, keys: Matrix, values: Matrix, v: Matrix?, lengths: [Int], sentences: [Int]
  ) -> Matrix {
    .stacked(
      sentences.enumerated().map { row, sentence in
        func own(_ all: Matrix) -> Matrix {
          .stacked((0..<lengths[sentence]).map { all.row($0 * lengths.count + sentence) })
        }
        return Reference.attend(query: queries.row(row), keys: own(keys), values: own(values), v: v).context
      })
  }

  @Test(
    "attend: dot and mlp, keys apart from values or the same, sentences of unlike length",
    arguments: [false, true])
  mutating func attention(mlp: Bool) {
    let (lengths, width) = ([3, 1, 5], 4)
    for sentences in [nil, [2, 2, 0, 1, 2]] {
      for shared in [false, true] {
        let rows = sentences?.count ?? lengths.count
        let inputs = [matrix(rows, width), matrix(15, width)] + (shared ? [] : [matrix(15, 3)])
        OperationCheck(inputs: inputs, parameters: mlp ? [matrix(1, width)] : []) { tape, x, p in
          let memory = AttentionMemory(keys: x[1], values: shared ? x[1] : x[2], lengths: lengths)
          return [
            tape.attend(mlp ? .mlp(p[0]) : .dot, query: x[0], memory: memory, sentences: sentences).context
          ]
        } reference: { x, p in
          [
            attend(
              queries: x[0], keys: x[1], values: shared ? x[1] : x[2], v: p.first, lengths: lengths,
              sentences: sentences ?? [0, 1, 2])
          ]
        }.expect()
      }
    }
  }

  @Test("Attention weights sum to one, and are zero past a sentence's end")
  mutating func attentionWeights() {
    let tape = Tape(rowIndependent: false)
    let keys = matrix(15, 4)
    let memory = tape.tensor(keys.floats, rows: 15, columns: 4)
    let query = tape.tensor(matrix(3, 4).floats, rows: 3, columns: 4)
    let lengths = [3, 1, 5]
    let (_, weights) = tape.attend(
      .dot, query: query, memory: AttentionMemory(keys: memory, values: memory, lengths: lengths))
    for row in 0..<3 {
      let own = (0..<5).map { weights.array[row * 5 + $0] }
      #expect(abs(own.reduce(0, +) - 1) < 1e-6)
      #expect(own[lengths[row]...].allSatisfy { $0 == 0 })
      #expect(own[..<lengths[row]].allSatisfy { $0 > 0 })
    }
  }

  @Test("crossEntropy: loss, and gradients of hidden, weight and bias, in one chunk and in several")
  mutating func crossEntropy() {
    for (rows, width, words, smoothing) in [
      (1, 1, 2, Float(0)), (9, 5, 11, 0), (7, 4, 6, 0.1), (1_100, 2, 3, 0.2),
    ] {
      let scale: Float = 0.125
      let matrices = [matrix(rows, width), matrix(width, words), matrix(1, words)]
      let targets = (0..<rows).map { _ in Int32(generator.below(words)) }
      func losses(_ x: [Matrix]) -> (smoothed: Double, negativeLogLikelihood: Double) {
        let logits = x[0] * x[1] + x[2]
        return targets.enumerated().reduce((0, 0)) { sum, target in
          let loss = Reference.crossEntropy(
            logits.row(target.0).values, target: Int(target.1), smoothing: Double(smoothing))
          return (sum.0 + loss.smoothed, sum.1 + loss.negativeLogLikelihood)
        }
      }
      let store = ParameterStore()
      let weight = store.add("weight", rows: width, columns: words, isProductWeight: true)
      let bias = store.add("bias", rows: 1, columns: words)
      weight.assign(matrices[1].floats)
      bias.assign(matrices[2].floats)
      let gradients = GradientBuffer(store)
      let tape = Tape(recordingInto: gradients)
      let hidden = tape.tensor(matrices[0].floats, rows: rows, columns: width)
      let sum = tape.crossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: targets, smoothing: smoothing, scale: scale)
      tape.backward()
      let expected = losses(matrices)
      #expect(sum.words == rows)
      #expect(abs(sum.smoothed - expected.smoothed) < 1e-5 * max(1, expected.smoothed))
      #expect(
        abs(sum.negativeLogLikelihood - expected.negativeLogLikelihood)
          < 1e-5 * max(1, expected.negativeLogLikelihood))

      // Of the hidden rows a few stand for all: each needs two passes over all rows.
      let kept = rows > 100 ? [0, 511, 512, 1_023, 1_024, rows - 1] : Array(0..<rows)
      let slopes = GradientCheck.numeric([
        .stacked(kept.map { matrices[0].row($0) }), matrices[1], matrices[2],
      ]) { x in
        var all = matrices[0]
        for (place, row) in kept.enumerated() { for j in 0..<width { all[row, j] = x[0][place, j] } }
        return losses([all, x[1], x[2]]).smoothed * Double(scale)
      }
      let dHidden = kept.flatMap { row in (0..<width).map { hidden.gradient![row * width + $0] } }
      #expect(GradientCheck.error(dHidden, slopes[0]) < 1e-5)
      for (parameter, slope) in zip([weight, bias], slopes[1...]) {
        let found = Array(UnsafeBufferPointer(start: gradients.gradient(parameter)!, count: parameter.count))
        #expect(GradientCheck.error(found, slope) < 1e-5)
      }

      // A tape that does not record finds the same loss.
      let plain = Tape(rowIndependent: false)
      let again = plain.crossEntropy(
        hidden: plain.tensor(matrices[0].floats, rows: rows, columns: width), weight: weight, bias: bias,
        targets: targets, smoothing: smoothing, scale: scale)
      #expect(abs(again.smoothed - sum.smoothed) < 1e-5 * max(1, sum.smoothed))
    }
  }

  @Test("LossSum adds up")
  func lossSum() {
    var sum = LossSum()
    var one = LossSum()
    (one.smoothed, one.negativeLogLikelihood, one.words) = (2, 1.5, 3)
    sum += one
    sum += one
    #expect(sum.smoothed == 4 && sum.negativeLogLikelihood == 3 && sum.words == 6)
  }
}
