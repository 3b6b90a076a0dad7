import Layers
import Tensors
import Text

/// Where dropout is applied, and how much; 0 for none.
public struct DropoutRates: Codable, Hashable, Sendable {
  /// Values of word vectors, encoder states, states between layers, and what the output layer reads.
  public var states: Float = 0
  /// Values of word vectors, where they have a rate of their own.
  public var inputs: Float?
  /// Values of states between layers, where they have a rate of their own.
  public var layers: Float?
  /// Values of the encoder's states that attention reads, where they have a rate of their own.
  public var encoded: Float?
  /// Values of what the output layer reads, where they have a rate of their own.
  public var outputs: Float?
  /// Values of context and state, which the attentional state is made of.
  public var readout: Float = 0
  /// Values of the states that recurrent products read, the same at each step (Gal and Ghahramani 2016).
  public var recurrent: Float = 0
  /// Whole words of the source, each by itself.
  public var sourceWords: Float = 0
  /// Whole words of the target that the decoder reads; it must then look at the source instead.
  public var targetWords: Float = 0

  /// No dropout.
  public init() {}

  /// The rate of the values of word vectors.
  var inputRate: Float { inputs ?? states }
  /// The rate between layers.
  var layerRate: Float { layers ?? states }
  /// The rate of the encoder's states.
  var encodedRate: Float { encoded ?? states }
  /// The rate of what the output layer reads.
  var outputRate: Float { outputs ?? states }

  /// Whether any rate is more than 0.
  var hasAny: Bool {
    [inputRate, layerRate, encodedRate, outputRate, readout, recurrent, sourceWords, targetWords].contains {
      $0 > 0
    }
  }

  private enum CodingKeys: String, CodingKey {
    case states, inputs, layers, encoded, outputs, readout, recurrent, sourceWords, targetWords
  }

  /// Reads rates; those that an older file does not have are the defaults.
  public init(from decoder: any Swift.Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    states = try fields.decodeIfPresent(Float.self, forKey: .states) ?? 0
    inputs = try fields.decodeIfPresent(Float.self, forKey: .inputs)
    layers = try fields.decodeIfPresent(Float.self, forKey: .layers)
    encoded = try fields.decodeIfPresent(Float.self, forKey: .encoded)
    outputs = try fields.decodeIfPresent(Float.self, forKey: .outputs)
    readout = try fields.decodeIfPresent(Float.self, forKey: .readout) ?? 0
    recurrent = try fields.decodeIfPresent(Float.self, forKey: .recurrent) ?? 0
    sourceWords = try fields.decodeIfPresent(Float.self, forKey: .sourceWords) ?? 0
    targetWords = try fields.decodeIfPresent(Float.self, forKey: .targetWords) ?? 0
  }
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
  public convenience init(_ configuration: ModelConfiguration, seed: UInt64) throws {
    try self.init(configuration, ParameterFactory(store: ParameterStore(), seed: seed))
  }

  /// A model whose parameters have no values yet.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)``.
  convenience init(withoutValues configuration: ModelConfiguration) throws {
    try self.init(configuration, ParameterFactory(withoutValues: ParameterStore()))
  }

  private init(_ configuration: ModelConfiguration, _ factory: ParameterFactory) throws {
    try configuration.validate()
    self.configuration = configuration
    store = factory.store
    var factory = factory
    let shared =
      configuration.tiedEmbeddings == .all ? Decoder.output(configuration, factory: &factory) : nil
    encoder = Encoder(configuration, tiedTo: shared, factory: &factory)
    bridge = Bridge(configuration, factory: &factory)
    decoder = Decoder(configuration, output: shared, factory: &factory)
  }

  /// A copy for translation: weights of products are packed in the given format, and only what is read by itself has
  /// values. This model is only read, so that it may be trained on afterwards and any number of copies be made at once.
  ///
  /// - Precondition: all parameters have values.
  func packed(_ format: WeightFormat) throws -> Seq2SeqModel {
    let copy = try Seq2SeqModel(withoutValues: configuration)
    copy.pack(self, format)
    return copy
  }

  /// Takes the parameters of another model of the same shape, packed for translation.
  ///
  /// - Precondition: all parameters of the other have values.
  func pack(_ other: Seq2SeqModel, _ format: WeightFormat) {
    for (parameter, source) in zip(store.parameters, other.store.parameters) {
      if parameter.needsValues {
        let values = UnsafeBufferPointer(start: source.values, count: source.count)
        _ = parameter.room().update(fromContentsOf: values)
        parameter.valuesChanged()
      }
      if parameter.isProductWeight { parameter.pack(source.values, format) }
    }
  }

  /// Reads the source and writes the given target.
  func force(_ batch: SentenceBatch, dropout: DropoutRates, _ tape: Tape) -> ForcedRun {
    let encoded = encoder(batch.source, dropout: dropout, tape)
    let memory = decoder.memory(of: encoded, tape)
    var state = decoder.firstState(bridge(encoded, tape), memory: memory, tape)
    let run = decoder.run(
      ids: batch.targetInputs, steps: batch.targetSteps, memory: memory, dropout: dropout, tape)
    var forced = ForcedRun(outputs: run.outputs)
    for step in 0..<batch.targetSteps {
      let result = run.step(step, state)
      if let weights = result.weights { forced.looks.append((weights, state.coverage)) }
      state = result.state
    }
    return forced
  }
}

/// What came of reading a source and writing a given target.
struct ForcedRun {
  /// What the output layer reads, `[T * B, H]`.
  let outputs: Tensor
  /// Each step's attention weights `[B, S]`, with the coverage that they were computed with; none without attention.
  var looks: [(weights: Tensor, coverage: Tensor?)] = []
}
