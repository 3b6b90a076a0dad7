import Foundation
import Layers
import Reference
import Seq2Seq
import Text

/// The whole model in plain f64, a sentence at a time, so that there is no padding to go wrong.
struct ReferenceModel {
  /// What the decoder carries from word to word.
  struct State {
    var layers: [Reference.State]
    var fed: Matrix?
    var coverage: [Double]
  }

  /// A source sentence, read.
  struct Source {
    let states: Matrix
    let keys: Matrix?
    let start: State
  }

  let configuration: ModelConfiguration
  var parameters: [String: Matrix]
  /// Masks of dropout for a sentence by the names of what they are of; what has none is not dropped.
  var masks: [String: Matrix] = [:]

  init(_ model: Seq2SeqModel) {
    configuration = model.configuration
    parameters = Dictionary(
      uniqueKeysWithValues: model.store.parameters.map {
        ($0.name, Matrix(rows: $0.rows, columns: $0.columns, floats: $0.array))
      })
  }

  private subscript(name: String) -> Matrix { parameters[name]! }

  private func masked(_ x: Matrix, _ name: String) -> Matrix { masks[name].map(x.times) ?? x }

  private func zeros(_ kind: CellKind, _ width: Int) -> Reference.State {
    let zeros = Matrix(rows: 1, columns: width)
    return Reference.State(hidden: zeros, cell: kind == .lstm ? zeros : nil)
  }

  /// One direction of one layer.
  private func read(_ name: String, _ x: Matrix, backward: Bool) -> (outputs: Matrix, last: Reference.State) {
    let kind = configuration.encoderCell
    let width = self["\(name).recurrent"].rows
    var state = zeros(kind, width)
    var outputs = Matrix(rows: x.rows, columns: width)
    for step in backward ? Array((0..<x.rows).reversed()) : Array(0..<x.rows) {
      state.hidden = masked(state.hidden, name)
      state = Reference.cellStep(name, kind: kind.rawValue, x: x.row(step), state, parameters)
      for j in 0..<width { outputs[step, j] = state.hidden[0, j] }
    }
    return (outputs, state)
  }

  /// The vector of a word, from its table or from the output layer that it is tied to, where there is such a word.
  private func vector(_ table: String, _ id: TokenID) -> Matrix {
    let written = configuration.targetVocabulary
    guard configuration.tiedEmbeddings == .all, table == "encoder.embedding", Int(id) >= written else {
      let own = configuration.tiedEmbeddings == .all ? nil : parameters[table]
      return own?.row(Int(id)) ?? self["decoder.output.weight"].transposed.row(Int(id))
    }
    return self[table].row(Int(id) - written)
  }

  /// Reads ids without `</s>`.
  func encode(_ ids: [TokenID]) -> Source {
    var x = Matrix.stacked((ids + [Vocabulary.endOfSentence]).map { vector("encoder.embedding", $0) })
    x = masked(masked(x, "source words"), "source values")
    var last: [Reference.State] = []
    for level in 0..<configuration.encoderDepth {
      let below = masked(x, "encoder.\(level)")
      var results = [read("encoder.\(level).forward", below, backward: false)]
      if configuration.isBidirectional {
        results.append(read("encoder.\(level).backward", below, backward: true))
      }
      x = Reference.connect(
        "encoder.\(level)", kind: configuration.encoderConnection.rawValue, x,
        .beside(results.map(\.outputs)), parameters)
      let cells = results.compactMap(\.last.cell)
      last.append(
        Reference.State(
          hidden: .beside(results.map(\.last.hidden)), cell: cells.isEmpty ? nil : .beside(cells)))
    }
    x = masked(x, "encoded")
    let hasCell = configuration.decoderCell == .lstm
    let layers = (0..<configuration.decoderDepth).map { level -> Reference.State in
      let state = last[max(0, last.count - configuration.decoderDepth + level)]
      let memory = state.cell ?? state.hidden
      switch configuration.bridge {
      case .last: return Reference.State(hidden: state.hidden, cell: hasCell ? memory : nil)
      case .zero: return zeros(configuration.decoderCell, configuration.hidden)
      case .linear:
        func map(_ x: Matrix, _ name: String) -> Matrix {
          (x * self["bridge.\(level).\(name).weight"] + self["bridge.\(level).\(name).bias"]).map { tanh($0) }
        }
        return Reference.State(hidden: map(state.hidden, "hidden"), cell: hasCell ? map(memory, "cell") : nil)
      }
    }
    let fed = configuration.feedsInput ? Matrix(rows: 1, columns: configuration.hidden) : nil
    return Source(
      states: x, keys: parameters["attention.key"].map { x * $0 },
      start: State(layers: layers, fed: fed, coverage: [Double](repeating: 0, count: x.rows)))
  }

  private func attend(_ query: Matrix, _ source: Source, _ coverage: [Double]) -> (
    context: Matrix, weights: [Double]
  )? {
    guard configuration.attention != .none else { return nil }
    var keys = source.keys ?? source.states
    if let cover = parameters["attention.coverage"] {
      keys = .stacked((0..<keys.rows).map { s in keys.row(s) + cover.map { $0 * coverage[s] } })
    }
    return Reference.attend(
      query: parameters["attention.query"].map { query * $0 } ?? query, keys: keys, values: source.states,
      v: parameters["attention.v"])
  }

  /// One step of the decoder, at a place of the sentence.
  func step(_ id: TokenID, _ state: State, _ source: Source, place: Int = 0) -> (
    state: State, logits: [Double], weights: [Double]?
  ) {
    var next = state
    let isBefore = configuration.attentionTiming == .before
    var attended = isBefore ? attend(state.layers.last!.hidden, source, state.coverage) : nil
    var below = isBefore ? attended?.context : state.fed
    for level in 0..<configuration.decoderDepth {
      let name = "decoder.\(level)"
      var before = state.layers[level]
      before.hidden = masked(before.hidden, name)
      let word = masked(
        masked(vector("decoder.embedding", id), "target word \(place)"), "target values \(place)")
      next.layers[level] = Reference.cellStep(
        name, kind: configuration.decoderCell.rawValue, inputName: "word", x: level == 0 ? word : nil,
        fed: below.map { masked($0, "\(name) \(place)") }, before, parameters)
      let made = next.layers[level].hidden
      below =
        level == 0
        ? made
        : Reference.connect(name, kind: configuration.decoderConnection.rawValue, below!, made, parameters)
    }
    var output = below!
    if !isBefore { attended = attend(output, source, state.coverage) }
    if let attended {
      let context = masked(attended.context, "context \(place)")
      output = (Matrix.beside([context, masked(output, "state \(place)")]) * self["decoder.readout.weight"])
        .map { tanh($0) }
      if configuration.feedsInput { next.fed = output }
      next.coverage = zip(state.coverage, attended.weights).map { $0 + $1 }
    }
    output = masked(output, "output \(place)")
    if let projection = parameters["decoder.output.projection.weight"] { output = output * projection }
    let logits = output * self["decoder.output.weight"] + self["decoder.output.bias"]
    return (next, logits.values, attended?.weights)
  }

  /// The loss of pairs, summed over their words.
  ///
  /// - Parameters:
  ///   - links: what attention should look at, of each pair.
  ///   - inputs: what the decoder reads of each pair, where it is not the target.
  /// - Returns: besides the loss, the cross-entropy of attention against the links, and its overlap with its coverage.
  func loss(
    _ pairs: [(source: [TokenID], target: [TokenID])], smoothing: Double, links: [[PieceLink]] = [],
    inputs: [[TokenID]] = []
  ) -> (smoothed: Double, negativeLogLikelihood: Double, guided: Double, overlap: Double) {
    var sum = (smoothed: 0.0, negativeLogLikelihood: 0.0, guided: 0.0, overlap: 0.0)
    for (index, pair) in pairs.enumerated() {
      let source = encode(pair.source)
      var state = source.start
      var before = Vocabulary.beginOfSentence
      for (place, id) in (pair.target + [Vocabulary.endOfSentence]).enumerated() {
        let result = step(before, state, source, place: place)
        let loss = Reference.crossEntropy(result.logits, target: Int(id), smoothing: smoothing)
        sum.smoothed += loss.smoothed
        sum.negativeLogLikelihood += loss.negativeLogLikelihood
        if let weights = result.weights {
          for link in links.isEmpty ? [] : links[index] where link.target == place {
            sum.guided -= Double(link.share) * log(weights[link.source])
          }
          sum.overlap += zip(weights, state.coverage).reduce(0) { $0 + min($1.0, $1.1) }
        }
        state = result.state
        before = inputs.isEmpty || place >= pair.target.count ? id : inputs[index][place]
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
