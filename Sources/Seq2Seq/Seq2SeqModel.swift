import Layers
import Tensors
import Text

/// Where dropout is applied, and how much; 0 for none.
public struct DropoutRates: Codable, Hashable, Sendable {
  /// Values of word vectors, encoder states, states between layers, and what the output layer reads.
  public var states: Float = 0
  /// Whole words of the source.
  public var sourceWords: Float = 0
  /// Whole words of the target that the decoder reads; it must then look at the source instead.
  public var targetWords: Float = 0

  /// No dropout.
  public init() {}
}

/// A sequence-to-sequence model: encoder, bridge, decoder and their parameters.
///
/// The model itself does not change while it is used; any number of tapes may run it side by side.
public final class Seq2SeqModel: @unchecked Sendable {
  /// Its shape.
  public let configuration: ModelConfiguration
  /// Its parameters, in the order of the model file.
  public let store: ParameterStore
  let encoder: Encoder
  let bridge: Bridge
  let decoder: Decoder

  /// A model with fresh parameters, which depend on `seed` alone.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)``.
  public init(_ configuration: ModelConfiguration, seed: UInt64) throws {
    try configuration.validate()
    self.configuration = configuration
    store = ParameterStore()
    var factory = ParameterFactory(store: store, seed: seed)
    encoder = Encoder(configuration, factory: &factory)
    bridge = try Bridge(configuration, factory: &factory)
    decoder = try Decoder(configuration, factory: &factory)
  }

  /// What shapes the loss besides the model.
  public struct LossOptions: Hashable, Sendable {
    /// Dropout rates.
    public var dropout = DropoutRates()
    /// Label smoothing.
    public var smoothing: Float = 0
    /// Factor of the gradient.
    public var scale: Float = 1

    /// No dropout, no smoothing.
    public init() {}
  }

  /// The loss of a batch under teacher forcing. While the tape records, gradients follow with ``Tape/backward()``.
  public func loss(_ batch: SentenceBatch, _ options: LossOptions, _ tape: Tape) -> LossSum {
    let (run, _) = force(batch, dropout: options.dropout, tape)
    let rows = batch.wordRows
    let words = tape.dropout(tape.gatherRows(run.outputs, rows), rate: options.dropout.states)
    return tape.crossEntropy(
      hidden: words, weight: decoder.output.weight, bias: decoder.output.bias!,
      targets: rows.map { batch.targetOutputs[$0] }, smoothing: options.smoothing, scale: options.scale)
  }

  /// Reads the source and writes the given target.
  ///
  /// - Returns: the run with its outputs, and each step's attention weights `[B, S]` (none without attention).
  func force(_ batch: SentenceBatch, dropout: DropoutRates, _ tape: Tape) -> (
    run: DecoderRun, weights: [UnsafeMutablePointer<Float>]
  ) {
    let encoded = encoder(batch.source, dropout: dropout, tape)
    let memory = decoder.memory(of: encoded, tape)
    var state = decoder.firstState(bridge(encoded, tape), tape)
    let run = decoder.run(
      ids: batch.targetInputs, steps: batch.targetSteps, memory: memory, dropout: dropout, tape)
    var weights: [UnsafeMutablePointer<Float>] = []
    for step in 0..<batch.targetSteps {
      let result = run.step(step, state)
      state = result.state
      if let row = result.weights { weights.append(row) }
    }
    return (run, weights)
  }
}
