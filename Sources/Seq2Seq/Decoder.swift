import Layers
import Tensors
import Text

/// What a decoder carries from word to word.
public struct DecoderState {
  /// A state `[R, H]` for each layer.
  public var layers: [LSTMState]
  /// The attentional state of the step before, `[R, H]`; `nil` without input feeding.
  public var fed: Tensor?
}

/// One step's result.
public struct DecoderStep {
  /// The state after it.
  public let state: DecoderState
  /// What the output layer reads, `[R, H]`.
  public let output: Tensor
  /// Attention weights `[R, S]`; `nil` without attention.
  public let weights: UnsafeMutablePointer<Float>?
}

/// Writes the target sentence, a word a step.
///
/// With attention `after` the step (Luong et al. 2015):
/// ```
/// h_t = LSTM([y_{t-1}; h̃_{t-1}], h_{t-1})        input feeding, section 3.3
/// c_t = attention(h_t)
/// h̃_t = tanh(W [c_t; h_t])                       eq. 5
/// ```
/// With attention `before` (Bahdanau et al. 2015): `c_t = attention(h_{t-1})`, `h_t = LSTM([y_{t-1}; c_t], h_{t-1})`,
/// and `h̃_t` as above. Without attention `h̃_t = h_t`. In each case `p(y_t) = softmax(V h̃_t + b)`.
public struct Decoder {
  private let configuration: ModelConfiguration
  private let embedding: Embedding
  private let wordWeight: Parameter
  private let recurrent: [Parameter]
  private let biases: [Parameter]
  private let attention: Attention
  private let readout: Linear?
  let output: Linear

  init(_ configuration: ModelConfiguration, factory: inout ParameterFactory) throws {
    self.configuration = configuration
    let (hidden, memory) = (configuration.hidden, configuration.encoderWidth)
    if configuration.attention == .dot, hidden != memory {
      throw Seq2SeqError.configuration(
        "dot attention needs equal widths, but the encoder gives \(memory) values and the decoder has \(hidden); "
          + "use --attention general")
    }
    embedding = Embedding(
      "decoder.embedding", words: configuration.targetVocabulary, width: configuration.embedding,
      factory: &factory)
    wordWeight = factory.weight(
      "decoder.0.word", inputs: configuration.embedding, outputs: 4 * hidden, .glorotBlocks(4))
    let attends = configuration.attention != .none
    let fed =
      configuration.feedsInput ? hidden : attends && configuration.attentionTiming == .before ? memory : 0
    var recurrent: [Parameter] = []
    var biases: [Parameter] = []
    for level in 0..<configuration.decoderDepth {
      recurrent.append(
        factory.weight(
          "decoder.\(level).recurrent", inputs: (level == 0 ? fed : hidden) + hidden, outputs: 4 * hidden,
          .glorotBlocks(4)))
      biases.append(factory.gateBias("decoder.\(level).bias", hidden: hidden))
    }
    self.recurrent = recurrent
    self.biases = biases
    attention = Attention(
      "attention", kind: configuration.attention, memoryWidth: memory, queryWidth: hidden, hidden: hidden,
      factory: &factory)
    readout =
      attends
      ? Linear("decoder.readout", inputs: memory + hidden, outputs: hidden, hasBias: false, factory: &factory)
      : nil
    output = Linear(
      "decoder.output", inputs: hidden, outputs: configuration.targetVocabulary, factory: &factory)
  }

  /// Projects the encoder's states once for a batch; `nil` without attention.
  func memory(of encoded: EncodedBatch, _ tape: Tape) -> AttentionMemory? {
    configuration.attention == .none
      ? nil : attention.memory(of: encoded.states, lengths: encoded.lengths, tape)
  }

  func firstState(_ layers: [LSTMState], _ tape: Tape) -> DecoderState {
    DecoderState(
      layers: layers,
      fed: configuration.feedsInput
        ? tape.zeros(rows: layers[0].hidden.rows, columns: configuration.hidden) : nil)
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
    let vectors = tape.dropoutRows(embedding(ids, tape), rate: dropout.targetWords)
    let words = tape.dropout(vectors, rate: dropout.states)
    let gates = tape.product(words, wordWeight, bias: biases[0])
    return DecoderRun(
      tape: tape, rows: rows, dropout: dropout.states, timing: configuration.attentionTiming,
      feedsInput: configuration.feedsInput,
      layers: recurrent.enumerated().map { level, weight in
        RepeatedProduct(
          tape, steps: steps, rows: rows, weight: weight, addingTo: level == 0 ? gates : nil,
          bias: level == 0 ? nil : biases[level])
      },
      attention: memory.map {
        attention.session(tape, memory: $0, steps: steps, rows: rows, sentences: sentences)
      },
      readout: readout.map { $0.repeated(tape, steps: steps, rows: rows) },
      outputs: tape.make(rows: steps * rows, columns: configuration.hidden))
  }
}

/// A decoder at work on one batch.
struct DecoderRun {
  let tape: Tape
  let rows: Int
  let dropout: Float
  let timing: AttentionTiming
  let feedsInput: Bool
  let layers: [RepeatedProduct]
  let attention: AttentionSession?
  let readout: RepeatedProduct?
  /// What the output layer reads, `[steps * rows, H]`.
  let outputs: Tensor

  func step(_ step: Int, _ state: DecoderState) -> DecoderStep {
    var next = state
    var attended: (context: Tensor, weights: UnsafeMutablePointer<Float>)?
    let target = outputs.slice(from: step * rows, count: rows)

    if timing == .before { attended = attention?(step, state.layers[state.layers.count - 1].hidden) }
    for (level, product) in layers.enumerated() {
      let before = state.layers[level]
      let gates: Tensor
      if level > 0 {
        gates = product(step, tape.dropout(next.layers[level - 1].hidden, rate: dropout), before.hidden)
      } else if let fed = timing == .before ? attended?.context : state.fed {
        gates = product(step, fed, before.hidden)
      } else {
        gates = product(step, before.hidden)
      }
      let isOutput = readout == nil && level == layers.count - 1
      next.layers[level] = tape.lstmStep(gates: gates, state: before, output: isOutput ? target : nil)
    }
    let top = next.layers[layers.count - 1].hidden
    if timing == .after { attended = attention?(step, top) }
    guard let attended, let readout else { return DecoderStep(state: next, output: target, weights: nil) }
    let output = tape.tanh(readout(step, attended.context, top), output: target)
    if feedsInput { next.fed = output }
    return DecoderStep(state: next, output: output, weights: attended.weights)
  }
}
