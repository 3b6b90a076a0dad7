import Layers
import Tensors
import Text

/// What a decoder carries from word to word.
struct DecoderState {
  /// A state `[R, H]` for each layer.
  var layers: [RecurrentState]
  /// The attentional state of the step before, `[R, H]`; `nil` without input feeding.
  var fed: Tensor?
  /// The sums of the attention weights so far, `[R, S]`; `nil` without coverage.
  var coverage: Tensor?
}

/// One step's result.
struct DecoderStep {
  /// The state after it.
  let state: DecoderState
  /// What the output layer reads, `[R, H]`.
  let output: Tensor
  /// Attention weights `[R, S]`, which a loss may depend on; `nil` without attention.
  let weights: Tensor?
}

/// Writes the target sentence, a word a step.
///
/// With attention `after` the step (Luong et al. 2015):
/// ```
/// h_t = cell([y_{t-1}; h̃_{t-1}], h_{t-1})        input feeding, section 3.3
/// c_t = attention(h_t)
/// h̃_t = tanh(W [c_t; h_t])                       eq. 5
/// ```
/// With attention `before` (Bahdanau et al. 2015): `c_t = attention(h_{t-1})`, `h_t = cell([y_{t-1}; c_t], h_{t-1})`,
/// and `h̃_t` as above. Without attention `h̃_t = h_t`. In each case `p(y_t) = softmax(V h̃_t + b)`. Where layers are
/// connected, what the top one gives on stands for `h_t` in what comes after the step.
struct Decoder {
  private let configuration: ModelConfiguration
  private let embedding: Embedding
  private let layers: [(cell: RecurrentCell, connection: Connection)]
  private let attention: Attention
  private let readout: Linear?
  let output: OutputLayer

  /// - Parameter shared: an output layer that was made before, for the encoder's sake.
  init(_ configuration: ModelConfiguration, output shared: OutputLayer?, factory: inout ParameterFactory) {
    self.configuration = configuration
    let (hidden, memory) = (configuration.hidden, configuration.encoderWidth)
    let tied =
      configuration.tiedEmbeddings == .target ? Self.output(configuration, factory: &factory) : shared
    embedding =
      tied.map { Embedding(tiedTo: $0.weight) }
      ?? Embedding(
        "decoder.embedding", words: configuration.targetVocabulary, width: configuration.embedding,
        factory: &factory)
    let attends = configuration.attention != .none
    let fed =
      configuration.feedsInput ? hidden : attends && configuration.attentionTiming == .before ? memory : 0
    var layers: [(RecurrentCell, Connection)] = []
    for level in 0..<configuration.decoderDepth {
      let cell = RecurrentCell(
        "decoder.\(level)", kind: configuration.decoderCell, inputName: "word",
        inputs: level == 0 ? configuration.embedding : 0, fed: level == 0 ? fed : hidden, hidden: hidden,
        isNormalized: configuration.isNormalized, factory: &factory)
      let connection = Connection(
        "decoder.\(level)", level == 0 ? .none : configuration.decoderConnection, inputs: hidden,
        outputs: hidden, factory: &factory)
      layers.append((cell, connection))
    }
    self.layers = layers
    attention = Attention(
      "attention", kind: configuration.attention, memoryWidth: memory, queryWidth: hidden, hidden: hidden,
      coversSource: configuration.coverage, factory: &factory)
    readout =
      attends
      ? Linear("decoder.readout", inputs: memory + hidden, outputs: hidden, hasBias: false, factory: &factory)
      : nil
    output = tied ?? Self.output(configuration, factory: &factory)
  }

  /// The output layer of a model.
  static func output(_ configuration: ModelConfiguration, factory: inout ParameterFactory) -> OutputLayer {
    OutputLayer(
      "decoder.output", inputs: configuration.hidden, words: configuration.targetVocabulary,
      tiedWidth: configuration.tiedEmbeddings == .none ? nil : configuration.embedding, factory: &factory)
  }

  /// Projects the encoder's states once for a batch; `nil` without attention.
  func memory(of encoded: EncodedBatch, _ tape: Tape) -> AttentionMemory? {
    configuration.attention == .none
      ? nil : attention.memory(of: encoded.states, lengths: encoded.lengths, tape)
  }

  func firstState(_ layers: [RecurrentState], memory: AttentionMemory?, _ tape: Tape) -> DecoderState {
    let rows = layers[0].hidden.rows
    return DecoderState(
      layers: layers,
      fed: configuration.feedsInput ? tape.zeros(rows: rows, columns: configuration.hidden) : nil,
      coverage: configuration.coverage ? memory.map { tape.zeros(rows: rows, columns: $0.steps) } : nil)
  }

  /// Prepares `steps` steps of `rows` sentences or hypotheses.
  ///
  /// - Parameters:
  ///   - ids: the words read, `[steps * rows]`.
  ///   - sentences: which sentence of the memory each row translates; `nil`: row `r` sentence `r`.
  func run(
    ids: [TokenID], steps: Int, memory: AttentionMemory?, sentences: [Int]? = nil, dropout: DropoutRates,
    _ tape: Tape
  ) -> DecoderRun {
    let rows = ids.count / steps
    // Hypotheses of a step often have the same word; without dropout it is read once.
    let distinct = tape.isRecording ? nil : DistinctWords(ids)
    // The first word of a sentence is no word, but tells the mode: in which order to write, say.
    let vectors = tape.dropoutRows(
      embedding(distinct?.ids ?? ids, tape), rate: dropout.targetWords, keepingFirst: rows)
    let words = tape.dropout(vectors, rate: dropout.inputRate)
    return DecoderRun(
      tape: tape, rows: rows, layerDropout: dropout.layerRate, readoutDropout: dropout.readout,
      timing: configuration.attentionTiming,
      feedsInput: configuration.feedsInput,
      layers: layers.enumerated().map { level, layer in
        layer.cell.run(
          level == 0 ? words : nil, places: level == 0 ? distinct?.places : nil, steps: steps, rows: rows,
          dropout: dropout.recurrent, tape)
      },
      connections: layers.map {
        $0.connection.isPlain ? nil : $0.connection.run(steps: steps, rows: rows, tape)
      },
      attention: memory.map {
        attention.session(tape, memory: $0, steps: steps, rows: rows, sentences: sentences)
      },
      readout: readout.map { $0.repeated(tape, steps: steps, rows: rows) },
      outputs: tape.make(rows: steps * rows, columns: configuration.hidden))
  }
}

/// The words of a list, each once.
private struct DistinctWords {
  private(set) var ids: [TokenID] = []
  /// For each word of the list its place in ``ids``.
  let places: [Int]

  init(_ list: [TokenID]) {
    var found: [TokenID: Int] = [:]
    var places: [Int] = []
    places.reserveCapacity(list.count)
    for id in list {
      let place = found[id] ?? ids.count
      if place == ids.count {
        found[id] = place
        ids.append(id)
      }
      places.append(place)
    }
    self.places = places
  }
}

/// A decoder at work on one batch.
struct DecoderRun {
  let tape: Tape
  let rows: Int
  let layerDropout: Float
  let readoutDropout: Float
  let timing: AttentionTiming
  let feedsInput: Bool
  let layers: [CellRun]
  let connections: [ConnectionRun?]
  let attention: AttentionSession?
  let readout: RepeatedProduct?
  /// What the output layer reads, `[steps * rows, H]`.
  let outputs: Tensor

  func step(_ step: Int, _ state: DecoderState) -> DecoderStep {
    var next = state
    var attended: Attended?
    let target = outputs.slice(from: step * rows, count: rows)
    let last = layers.count - 1

    if timing == .before {
      attended = attention?(step, state.layers[last].hidden, coverage: state.coverage)
    }
    var fed = timing == .before ? attended?.context : state.fed
    for (level, cell) in layers.enumerated() {
      let below = fed
      if level > 0 { fed = tape.dropout(fed!, rate: layerDropout) }
      // Without a readout the top layer writes where the output layer reads.
      let place = readout == nil && level == last ? target : nil
      let connection = connections[level]
      next.layers[level] = cell.step(
        step, fed: fed, state.layers[level], output: connection == nil ? place : nil)
      let made = next.layers[level].hidden
      fed = connection.map { $0(step, below!, made, output: place) } ?? made
    }
    let top = fed!
    if timing == .after { attended = attention?(step, top, coverage: state.coverage) }
    guard let attended, let readout else {
      return DecoderStep(state: next, output: target, weights: nil)
    }
    let (context, state) = (
      tape.dropout(attended.context, rate: readoutDropout), tape.dropout(top, rate: readoutDropout)
    )
    let output = tape.tanh(readout(step, context, state), output: target)
    if feedsInput { next.fed = output }
    next.coverage = attended.coverage
    return DecoderStep(state: next, output: output, weights: attended.weights)
  }
}
