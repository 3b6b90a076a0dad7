import Layers
import Tensors

/// What the encoder knows of a batch.
struct EncodedBatch {
  /// The top layer's outputs, `[S * B, D]`, time-major.
  let states: Tensor
  /// Each layer's last states: those of its directions side by side, `[B, H]` of the encoder.
  let last: [RecurrentState]
  /// Words of each sentence.
  let lengths: [Int]
}

/// Reads the source sentence (Bahdanau et al. 2015, section 3.2, with any of the cells).
struct Encoder {
  private let embedding: Embedding
  private let stack: RecurrentStack

  /// - Parameter output: the output layer whose columns are the vectors of the words that it writes; `nil` where the
  ///   encoder has its own for all.
  init(_ configuration: ModelConfiguration, tiedTo output: OutputLayer?, factory: inout ParameterFactory) {
    embedding =
      output.map {
        Embedding(
          "encoder.embedding", words: configuration.sourceVocabulary, tiedTo: $0.weight, factory: &factory)
      }
      ?? Embedding(
        "encoder.embedding", words: configuration.sourceVocabulary, width: configuration.embedding,
        factory: &factory)
    stack = RecurrentStack(
      "encoder", kind: configuration.encoderCell, inputs: configuration.embedding,
      hidden: configuration.encoderHidden, depth: configuration.encoderDepth,
      isBidirectional: configuration.isBidirectional, connection: configuration.encoderConnection,
      isNormalized: configuration.isNormalized, factory: &factory)
  }

  func callAsFunction(_ batch: SourceBatch, dropout: DropoutRates, _ tape: Tape) -> EncodedBatch {
    let mask = StepMask(lengths: batch.lengths, steps: batch.steps, tape)
    let vectors = tape.dropoutRows(embedding(batch.ids, tape), rate: dropout.sourceWords)
    let words = tape.dropout(vectors, rate: dropout.inputRate)
    let (outputs, last) = stack(
      words, mask: mask, dropout: dropout.layerRate, recurrentDropout: dropout.recurrent, tape)
    return EncodedBatch(
      states: tape.dropout(outputs, rate: dropout.encodedRate), last: last, lengths: batch.lengths)
  }
}
