import Foundation
import Layers
import Storage

/// When the decoder looks at the source.
public enum AttentionTiming: String, Codable, Sendable, CaseIterable {
  /// Before the recurrent step, with the state of the step before (Bahdanau et al. 2015).
  case before
  /// After the recurrent step, with its new state (Luong et al. 2015).
  case after
}

/// How the decoder's first state comes from the encoder's last states.
public enum BridgeKind: String, Codable, Sendable, CaseIterable {
  /// The encoder's last state itself (Sutskever et al. 2014).
  case last
  /// `tanh(W h + b)` of the last states of both directions (Bahdanau et al. 2015, appendix A.2.2, of the backward one
  /// alone and without a bias).
  case linear
  /// Zeros.
  case zero
}

/// Which word vectors are one with the output layer's weights (Press and Wolf 2017; Inan et al. 2017).
public enum TiedEmbeddings: String, Codable, Sendable, CaseIterable {
  /// None: each has its own.
  case none
  /// Those of the target.
  case target
  /// Those of both sides, which then have one vocabulary: the target's is the source's, or the beginning of it.
  case all
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
  /// The encoder's cells.
  public var encoderCell = CellKind.lstm
  /// The decoder's cells.
  public var decoderCell = CellKind.lstm
  /// What a layer of the encoder gives on.
  public var encoderConnection = LayerConnection.none
  /// What a layer of the decoder, from the second on, gives on.
  public var decoderConnection = LayerConnection.none
  /// Whether the products of the cells are normalised (Ba et al. 2016).
  public var isNormalized = false
  /// Which word vectors are the output layer's weights too.
  public var tiedEmbeddings = TiedEmbeddings.none
  /// How states are compared.
  public var attention = AttentionKind.mlp
  /// Whether `mlp` attention sees what each source word has had of it so far (See et al. 2017).
  public var coverage = false
  /// When the decoder attends.
  public var attentionTiming = AttentionTiming.after
  /// Whether the attentional state is fed to the next step (Luong et al. 2015, section 3.3).
  public var inputFeeding = true
  /// How the decoder starts.
  public var bridge = BridgeKind.linear
  /// Whether it learns to translate back as well; both sides then have one vocabulary, and all of it (see
  /// `VocabularyRecord.writingAll`). See ``TranslationMode``.
  public var bothDirections = false
  /// Whether it learns to write from right to left as well.
  public var bothOrders = false

  enum CodingKeys: String, CodingKey {
    case sourceVocabulary = "source-vocabulary"
    case targetVocabulary = "target-vocabulary"
    case embedding = "dim-emb"
    case hidden = "dim-rnn"
    case encoderDepth = "enc-depth"
    case decoderDepth = "dec-depth"
    case isBidirectional = "bidirectional"
    case encoderCell = "enc-cell"
    case decoderCell = "dec-cell"
    case encoderConnection = "enc-connection"
    case decoderConnection = "dec-connection"
    case isNormalized = "layer-normalization"
    case tiedEmbeddings = "tied-embeddings"
    case coverage
    case attention
    case attentionTiming = "attention-timing"
    case inputFeeding = "input-feeding"
    case bridge
    case bothDirections = "both-directions"
    case bothOrders = "both-orders"
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

  /// What it learns to write.
  public var modes: [TranslationMode] {
    (bothDirections ? TranslationDirection.allCases : [.forward]).flatMap { direction in
      (bothOrders ? WordOrder.allCases : [.leftToRight]).map { TranslationMode(direction, $0) }
    }
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
    try check(
      decoderConnection != .dense, "dec-connection dense is not to be had; take residual or highway, or none")
    try check(
      attention != .none || bridge != .zero,
      "without attention and with --bridge zero nothing of the source reaches the decoder; use --bridge linear"
    )
    try check(!coverage || attention == .mlp, "coverage is a part of mlp attention; use --attention mlp")
    try check(
      tiedEmbeddings != .all || sourceVocabulary >= targetVocabulary,
      "tied-embeddings-all needs one vocabulary for both sides, but they have \(sourceVocabulary) and "
        + "\(targetVocabulary) words; run build-vocab without --separate")
    try check(
      !bothDirections || sourceVocabulary == targetVocabulary,
      "both-directions needs one vocabulary for both sides, but they have \(sourceVocabulary) and "
        + "\(targetVocabulary) words; run build-vocab without --separate")
    try check(
      attention == .dot ? hidden == encoderWidth : true,
      "dot attention needs equal widths, but the encoder gives \(encoderWidth) values and the decoder has \(hidden); "
        + "use --attention general")
  }

  /// Checks that a model file's vocabulary is one for this shape.
  ///
  /// - Throws: ``Seq2SeqError/model(path:_:)`` where there are other numbers of words, and
  ///   ``Seq2SeqError/configuration(_:)`` where an id must mean the same on both sides and does not.
  func check(_ vocabulary: VocabularyRecord, path: String) throws {
    let (source, target) = vocabulary.symbolCounts
    guard source == sourceVocabulary, target == targetVocabulary else {
      throw Seq2SeqError.model(
        path: path,
        "its vocabulary has \(source) and \(target) words, where the model has \(sourceVocabulary) and "
          + "\(targetVocabulary); the file is damaged, or was not made by train-seq2seq")
    }
    guard vocabulary.isShared || tiedEmbeddings != .all && !bothDirections else {
      throw Seq2SeqError.configuration(
        (bothDirections ? "both-directions" : "tied-embeddings-all")
          + " needs one vocabulary for both sides; run build-vocab without --separate")
    }
  }

  /// Makes sure that a vocabulary is of this model's size.
  func check(_ vocabulary: VocabularyRecord) throws {
    let (source, target) = vocabulary.symbolCounts
    guard source == sourceVocabulary, target == targetVocabulary else {
      throw Seq2SeqError.configuration(
        "a vocabulary of \(source) and \(target) words does not go with a model of \(sourceVocabulary) and "
          + "\(targetVocabulary)")
    }
  }

  /// Settings that change nothing in a model of this shape, for people.
  public var idleSettings: [String] {
    var idle: [String] = []
    if decoderConnection != .none, decoderDepth == 1 {
      idle.append(
        "dec-connection \(decoderConnection.rawValue) connects layers from the second on; there is one")
    }
    if [.residual, .highway].contains(encoderConnection), encoderDepth == 1, embedding != encoderStateWidth {
      idle.append(
        "enc-connection \(encoderConnection.rawValue) is between values of one width; the only layer reads \(embedding) "
          + "and gives \(encoderStateWidth)")
    }
    if attention == .none, attentionTiming != .after { idle.append("attention-timing needs attention") }
    return idle
  }
}

extension ModelConfiguration {
  /// What sets another shape apart, for people: `dim-emb is 32 there and 48 here`, where this one is there.
  public func differences(from other: ModelConfiguration) -> String {
    settingDifferences(self, other).map { "\($0.name) is \($0.first) there and \($0.second) here" }
      .joined(separator: ", ")
  }
}

extension StoredConfiguration {
  /// The settings that are not the defaults, for people: `dim-rnn 384, ema 0.999`.
  public var settings: String {
    let usual = StoredConfiguration(
      model: ModelConfiguration(
        sourceVocabulary: model.sourceVocabulary, targetVocabulary: model.targetVocabulary),
      training: TrainingConfiguration())
    return
      (settingDifferences(usual.model, model) + usual.training.differences(from: training))
      .map { "\($0.name) \($0.second)" }.joined(separator: ", ")
  }
}

/// The settings that two configurations do not have in common, by their names in a model file.
func settingDifferences<Settings: Encodable>(_ first: Settings, _ second: Settings) -> [(
  name: String, first: String, second: String
)] {
  func flat(_ value: Any, _ name: String) -> [String: String] {
    guard let object = value as? [String: Any] else { return [name: "\(value)"] }
    return object.reduce(into: [:]) { fields, field in
      let name = name.isEmpty ? field.key : "\(name).\(field.key)"
      fields.merge(flat(field.value, name)) { first, _ in first }
    }
  }
  func fields(_ settings: Settings) -> [String: String] {
    guard let data = try? JSONEncoder().encode(settings),
      let object = try? JSONSerialization.jsonObject(with: data)
    else { return [:] }
    return flat(object, "")
  }
  let (one, other) = (fields(first), fields(second))
  return Set(one.keys).union(other.keys).sorted().filter { one[$0] != other[$0] }
    .map { ($0, one[$0] ?? "none", other[$0] ?? "none") }
}

// MARK: - In files of other versions

extension ModelConfiguration {
  /// Reads a shape; what an older file does not say is the default.
  public init(from decoder: any Swift.Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      sourceVocabulary: try fields.decode(Int.self, forKey: .sourceVocabulary),
      targetVocabulary: try fields.decode(Int.self, forKey: .targetVocabulary))
    try fields.read(.embedding, into: &embedding)
    try fields.read(.hidden, into: &hidden)
    try fields.read(.encoderDepth, into: &encoderDepth)
    try fields.read(.decoderDepth, into: &decoderDepth)
    try fields.read(.isBidirectional, into: &isBidirectional)
    try fields.read(.encoderCell, into: &encoderCell)
    try fields.read(.decoderCell, into: &decoderCell)
    try fields.read(.encoderConnection, into: &encoderConnection)
    try fields.read(.decoderConnection, into: &decoderConnection)
    try fields.read(.isNormalized, into: &isNormalized)
    try fields.read(.tiedEmbeddings, into: &tiedEmbeddings)
    try fields.read(.attention, into: &attention)
    try fields.read(.coverage, into: &coverage)
    try fields.read(.attentionTiming, into: &attentionTiming)
    try fields.read(.inputFeeding, into: &inputFeeding)
    try fields.read(.bridge, into: &bridge)
    try fields.read(.bothDirections, into: &bothDirections)
    try fields.read(.bothOrders, into: &bothOrders)
  }
}
