import Layers
import Tensors

/// What the encoder knows of a batch.
public struct EncodedBatch {
  /// The top layer's states, `[S * B, D]`, time-major.
  public let states: Tensor
  /// Each layer's last states, `[B, D]`.
  public let last: [LSTMState]
  /// Words of each sentence.
  public let lengths: [Int]
}

/// Reads the source sentence (Bahdanau et al. 2015, section 3.2, with LSTM cells).
public struct Encoder {
  private let embedding: Embedding
  private let stack: RecurrentStack

  init(_ configuration: ModelConfiguration, factory: inout ParameterFactory) {
    embedding = Embedding(
      "encoder.embedding", words: configuration.sourceVocabulary, width: configuration.embedding,
      factory: &factory)
    stack = RecurrentStack(
      "encoder", inputs: configuration.embedding, hidden: configuration.encoderHidden,
      depth: configuration.encoderDepth, isBidirectional: configuration.isBidirectional,
      connection: configuration.encoderConnection, factory: &factory)
  }

  func callAsFunction(_ batch: SourceBatch, dropout: DropoutRates, _ tape: Tape) -> EncodedBatch {
    let mask = StepMask(lengths: batch.lengths, steps: batch.steps, tape)
    let vectors = tape.dropoutRows(embedding(batch.ids, tape), rate: dropout.sourceWords)
    let words = tape.dropout(vectors, rate: dropout.states)
    let (outputs, last) = stack(words, mask: mask, dropout: dropout.states, tape)
    return EncodedBatch(
      states: tape.dropout(outputs, rate: dropout.states), last: last, lengths: batch.lengths)
  }
}
