import Layers

/// When the decoder looks at the source.
public enum AttentionTiming: String, Codable, Sendable, CaseIterable {
  /// Before the recurrent step, with the state of the step before (Bahdanau et al. 2015).
  case before
  /// After the recurrent step, with its new state (Luong et al. 2015).
  case after
}

/// How the decoder's first state comes from the encoder's last states.
public enum BridgeKind: String, Codable, Sendable, CaseIterable {
  /// The encoder's last state itself; the widths must be equal.
  case last
  /// `tanh(W h + b)` (Bahdanau et al. 2015, appendix A.2.2).
  case linear
  /// Zeros.
  case zero
}

/// The shape of a model: all that must be known to lay out its parameters.
///
/// Stored as JSON in the model file, under the names of the command-line flags.
public struct ModelConfiguration: Codable, Hashable, Sendable {
  /// Words of the source vocabulary.
  public var sourceVocabulary: Int
  /// Words of the target vocabulary.
  public var targetVocabulary: Int
  /// Width of word vectors, `E`.
  public var embedding = 256
  /// Width of a decoder state, and of both directions of an encoder state together, `H`.
  public var hidden = 512
  /// Recurrent layers of the encoder.
  public var encoderDepth = 1
  /// Recurrent layers of the decoder.
  public var decoderDepth = 1
  /// Whether the encoder reads both ways.
  public var isBidirectional = true
  /// What a layer of the encoder gives on.
  public var encoderConnection = LayerConnection.none
  /// How states are compared.
  public var attention = AttentionKind.general
  /// When the decoder attends.
  public var attentionTiming = AttentionTiming.after
  /// Whether the attentional state is fed to the next step (Luong et al. 2015, section 3.3).
  public var inputFeeding = true
  /// How the decoder starts.
  public var bridge = BridgeKind.linear

  enum CodingKeys: String, CodingKey {
    case sourceVocabulary = "source-vocabulary"
    case targetVocabulary = "target-vocabulary"
    case embedding = "dim-emb"
    case hidden = "dim-rnn"
    case encoderDepth = "enc-depth"
    case decoderDepth = "dec-depth"
    case isBidirectional = "bidirectional"
    case encoderConnection = "enc-connection"
    case attention
    case attentionTiming = "attention-timing"
    case inputFeeding = "input-feeding"
    case bridge
  }

  /// The defaults, for vocabularies of the given sizes.
  public init(sourceVocabulary: Int, targetVocabulary: Int) {
    self.sourceVocabulary = sourceVocabulary
    self.targetVocabulary = targetVocabulary
  }

  /// Width of an encoder state a direction.
  public var encoderHidden: Int { isBidirectional ? hidden / 2 : hidden }

  /// Width of the encoder's last states.
  public var encoderStateWidth: Int { isBidirectional ? 2 * encoderHidden : encoderHidden }

  /// Width of what the decoder attends to, `D`.
  public var encoderWidth: Int {
    encoderConnection == .dense ? embedding + encoderDepth * encoderStateWidth : encoderStateWidth
  }

  /// Whether the attentional state reaches the next step.
  public var feedsInput: Bool { attention != .none && attentionTiming == .after && inputFeeding }

  /// Checks that the numbers fit together.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)``.
  public func validate() throws {
    func check(_ condition: Bool, _ message: String) throws {
      guard condition else { throw Seq2SeqError.configuration(message) }
    }
    try check(sourceVocabulary > 4 && targetVocabulary > 4, "a vocabulary is empty; run build-vocab first")
    try check((1...65_536).contains(embedding), "dim-emb \(embedding) is outside 1...65536")
    try check((1...65_536).contains(hidden), "dim-rnn \(hidden) is outside 1...65536")
    try check(
      !isBidirectional || hidden % 2 == 0, "dim-rnn \(hidden) is odd; a bidirectional encoder halves it")
    try check((1...8).contains(encoderDepth), "enc-depth \(encoderDepth) is outside 1...8")
    try check((1...8).contains(decoderDepth), "dec-depth \(decoderDepth) is outside 1...8")
  }
}
