import Foundation
import Reference
import Seq2Seq
import Text

/// The whole model in plain f64, a sentence at a time, so that there is no padding to go wrong.
struct ReferenceModel {
  /// What the decoder carries from word to word.
  struct State {
    var layers: [(hidden: Matrix, cell: Matrix)]
    var fed: Matrix?
  }

  /// A source sentence, read.
  struct Source {
    let states: Matrix
    let keys: Matrix?
    let start: State
  }

  let configuration: ModelConfiguration
  var parameters: [String: Matrix]

  init(_ model: Seq2SeqModel) {
    configuration = model.configuration
    parameters = Dictionary(
      uniqueKeysWithValues: model.store.parameters.map {
        ($0.name, Matrix(rows: $0.rows, columns: $0.columns, floats: $0.array))
      })
  }

  private subscript(name: String) -> Matrix { parameters[name]! }

  /// One direction of one layer.
  private func read(_ name: String, _ x: Matrix, backward: Bool) -> (outputs: Matrix, last: (Matrix, Matrix))
  {
    let width = self["\(name).recurrent"].rows
    var state = (hidden: Matrix(rows: 1, columns: width), cell: Matrix(rows: 1, columns: width))
    var outputs = Matrix(rows: x.rows, columns: width)
    for step in backward ? Array((0..<x.rows).reversed()) : Array(0..<x.rows) {
      let gates =
        x.row(step) * self["\(name).input"] + state.hidden * self["\(name).recurrent"] + self["\(name).bias"]
      state = Reference.lstmStep(gates: gates, hidden: state.hidden, cell: state.cell)
      for j in 0..<width { outputs[step, j] = state.hidden[0, j] }
    }
    return (outputs, state)
  }

  /// Reads ids without `</s>`.
  func encode(_ ids: [TokenID]) -> Source {
    var x = Matrix.stacked((ids + [Vocabulary.endOfSentence]).map { self["encoder.embedding"].row(Int($0)) })
    var last: [(hidden: Matrix, cell: Matrix)] = []
    for level in 0..<configuration.encoderDepth {
      var results = [read("encoder.\(level).forward", x, backward: false)]
      if configuration.isBidirectional {
        results.append(read("encoder.\(level).backward", x, backward: true))
      }
      let isDense = configuration.encoderConnection == .dense
      x = .beside((isDense ? [x] : []) + results.map(\.outputs))
      last.append((.beside(results.map(\.last.0)), .beside(results.map(\.last.1))))
    }
    let layers: [(hidden: Matrix, cell: Matrix)] = (0..<configuration.decoderDepth).map { level in
      let state = last[max(0, last.count - configuration.decoderDepth + level)]
      switch configuration.bridge {
      case .last: return state
      case .zero:
        let zeros = Matrix(rows: 1, columns: configuration.hidden)
        return (zeros, zeros)
      case .linear:
        func map(_ x: Matrix, _ name: String) -> Matrix {
          (x * self["bridge.\(level).\(name).weight"] + self["bridge.\(level).\(name).bias"]).map { tanh($0) }
        }
        return (map(state.hidden, "hidden"), map(state.cell, "cell"))
      }
    }
    let fed = configuration.feedsInput ? Matrix(rows: 1, columns: configuration.hidden) : nil
    return Source(
      states: x, keys: parameters["attention.key"].map { x * $0 }, start: State(layers: layers, fed: fed))
  }

  private func attend(_ query: Matrix, _ source: Source) -> (context: Matrix, weights: [Double])? {
    guard configuration.attention != .none else { return nil }
    return Reference.attend(
      query: parameters["attention.query"].map { query * $0 } ?? query, keys: source.keys ?? source.states,
      values: source.states, v: parameters["attention.v"])
  }

  /// One step of the decoder.
  func step(_ id: TokenID, _ state: State, _ source: Source) -> (
    state: State, logits: [Double], weights: [Double]?
  ) {
    var next = state
    let isBefore = configuration.attentionTiming == .before
    var attended = isBefore ? attend(state.layers.last!.hidden, source) : nil
    for level in 0..<configuration.decoderDepth {
      let before = state.layers[level]
      var parts = [before.hidden]
      if level > 0 {
        parts.insert(next.layers[level - 1].hidden, at: 0)
      } else if let extra = isBefore ? attended?.context : state.fed {
        parts.insert(extra, at: 0)
      }
      var gates = Matrix.beside(parts) * self["decoder.\(level).recurrent"] + self["decoder.\(level).bias"]
      if level == 0 { gates = gates + self["decoder.embedding"].row(Int(id)) * self["decoder.0.word"] }
      next.layers[level] = Reference.lstmStep(gates: gates, hidden: before.hidden, cell: before.cell)
    }
    var output = next.layers.last!.hidden
    if !isBefore { attended = attend(output, source) }
    if let attended {
      output = (Matrix.beside([attended.context, output]) * self["decoder.readout.weight"]).map { tanh($0) }
      if configuration.feedsInput { next.fed = output }
    }
    let logits = output * self["decoder.output.weight"] + self["decoder.output.bias"]
    return (next, logits.values, attended?.weights)
  }

  /// The loss of pairs, summed over their words.
  func loss(_ pairs: [(source: [TokenID], target: [TokenID])], smoothing: Double) -> (
    smoothed: Double, negativeLogLikelihood: Double
  ) {
    var sum = (smoothed: 0.0, negativeLogLikelihood: 0.0)
    for pair in pairs {
      let source = encode(pair.source)
      var state = source.start
      var before = Vocabulary.beginOfSentence
      for id in pair.target + [Vocabulary.endOfSentence] {
        let result = step(before, state, source)
        let loss = Reference.crossEntropy(result.logits, target: Int(id), smoothing: smoothing)
        sum.smoothed += loss.smoothed
        sum.negativeLogLikelihood += loss.negativeLogLikelihood
        (state, before) = (result.state, id)
      }
    }
    return sum
  }

  /// Takes the likeliest word each step.
  ///
  /// - Returns: the ids, and the least lead that a chosen word had over the next one.
  func greedy(_ ids: [TokenID], maximumLength: Int) -> (ids: [TokenID], margin: Double) {
    let source = encode(ids)
    var state = source.start
    var found: [TokenID] = []
    var before = Vocabulary.beginOfSentence
    var margin = Double.infinity
    while found.count <= maximumLength {
      let result = step(before, state, source)
      let allowed = result.logits.indices.filter {
        $0 != Int(Vocabulary.padding) && $0 != Int(Vocabulary.beginOfSentence)
      }
      let order = allowed.sorted { result.logits[$0] > result.logits[$1] }
      margin = min(margin, result.logits[order[0]] - result.logits[order[1]])
      (state, before) = (result.state, TokenID(order[0]))
      if before == Vocabulary.endOfSentence { break }
      found.append(before)
    }
    return (found, margin)
  }
}
