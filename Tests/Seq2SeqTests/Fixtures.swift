import Foundation
import Layers
import Seq2Seq
import Storage
import Tensors
import Text

/// A language of a few letters, for models that learn in seconds.
enum TinyLanguage {
  static let words = ["a", "b", "c", "d", "e", "f", "g", "h"]

  /// Both sides have one vocabulary of whole words.
  static let record: VocabularyRecord = {
    let configuration = TextConfiguration(language: "en", kind: .word)
    let text = try! Vocabulary(symbols: words).text
    return VocabularyRecord(
      name: "tiny", sourceConfiguration: configuration, targetConfiguration: configuration, sourceCodes: nil,
      targetCodes: nil, sourceVocabulary: text, targetVocabulary: text, isShared: true)
  }()

  /// A vocabulary for a model of any shape; where that has as many words as the language, the language's own.
  static func record(for shape: ModelConfiguration) throws -> VocabularyRecord {
    guard shape.sourceVocabulary != size || shape.targetVocabulary != size else { return record }
    func text(_ count: Int) throws -> String {
      try Vocabulary(symbols: (4..<count).map { "w\($0)" }).text
    }
    var other = record
    other.sourceVocabulary = try text(shape.sourceVocabulary)
    other.targetVocabulary = try text(shape.targetVocabulary)
    return other
  }

  /// Words of both vocabularies, the special ones among them.
  static let size = words.count + 4

  /// A random sentence.
  static func sentence(_ length: Int, _ generator: inout SplitMix64) -> [TokenID] {
    (0..<length).map { _ in TokenID(4 + generator.below(words.count)) }
  }

  /// Its text.
  static func text(_ ids: [TokenID]) -> String { ids.map { words[Int($0) - 4] }.joined(separator: " ") }
}

/// A model that was taught to turn sentences round.
enum Reverser {
  /// Taught once, used by many tests.
  static let model = train(updates: 700)

  static func train(updates: Int) -> Seq2SeqModel {
    var configuration = ModelConfiguration(
      sourceVocabulary: TinyLanguage.size, targetVocabulary: TinyLanguage.size)
    configuration.embedding = 32
    configuration.hidden = 64
    let model = try! Seq2SeqModel(configuration, seed: 3)
    let pool = WorkerPool(count: 1)
    let adam = Optimizer(model.store, OptimizerConfiguration())
    let gradients = GradientBuffer(model.store)
    let tape = Tape(recordingInto: gradients)
    var generator = SplitMix64(seed: 4)
    var schedule = LearningRateSchedule()
    schedule.base = 5e-3
    for update in 1...updates {
      let length = 1 + generator.below(6)
      let pairs = (0..<32).map { index in
        // Lengths differ within a batch too.
        let source = TinyLanguage.sentence(max(1, length - index % 2), &generator)
        return (source: source, target: Array(source.reversed()))
      }
      pool.run { _ in
        let batch = SentenceBatch(pairs)
        var options = Seq2SeqModel.LossOptions()
        options.scale = 1 / Float(batch.targetWords)
        tape.reset(dropoutSeed: UInt64(update))
        _ = model.loss(batch, options, tape)
        tape.backward()
      }
      let decays = update * 4 / updates
      adam.step([gradients], learningRate: schedule.rate(step: update, decays: decays), pool: pool)
    }
    model.store.pack()
    return model
  }
}

/// Models with random parameters.
enum RandomModel {
  /// Shapes that take every way through the code.
  static let configurations: [ModelConfiguration] = {
    var all: [ModelConfiguration] = []
    func add(_ change: (inout ModelConfiguration) -> Void) {
      var configuration = ModelConfiguration(sourceVocabulary: 9, targetVocabulary: 8)
      configuration.embedding = 3
      configuration.hidden = 4
      configuration.attention = .general
      change(&configuration)
      all.append(configuration)
    }
    add { _ in }
    add { $0.inputFeeding = false }
    add { ($0.attention, $0.attentionTiming) = (.mlp, .before) }
    add { ($0.attention, $0.bridge) = (.mlp, .last) }
    add { ($0.attention, $0.encoderDepth, $0.decoderDepth) = (.dot, 2, 2) }
    add { ($0.attentionTiming, $0.decoderDepth, $0.bridge) = (.before, 2, .zero) }
    add { ($0.attention, $0.encoderDepth, $0.decoderDepth, $0.bridge) = (.none, 2, 2, .last) }
    add { ($0.attention, $0.isBidirectional, $0.decoderDepth) = (.none, false, 2) }
    add { ($0.isBidirectional, $0.hidden, $0.encoderDepth) = (false, 5, 3) }
    add { ($0.encoderConnection, $0.encoderDepth, $0.attention) = (.dense, 2, .mlp) }
    add { ($0.encoderConnection, $0.bridge, $0.attentionTiming) = (.dense, .last, .before) }
    add { ($0.encoderCell, $0.decoderCell, $0.encoderDepth, $0.decoderDepth) = (.gru, .gru, 2, 2) }
    add { ($0.encoderCell, $0.decoderCell, $0.attention) = (.elman, .elman, .mlp) }
    add { ($0.encoderCell, $0.bridge, $0.attentionTiming) = (.gru, .last, .before) }
    add { ($0.decoderCell, $0.decoderDepth, $0.attention) = (.gru, 2, .none) }
    add {
      ($0.encoderConnection, $0.decoderConnection) = (.residual, .residual)
      ($0.encoderDepth, $0.decoderDepth) = (2, 2)
    }
    add {
      ($0.encoderConnection, $0.decoderConnection, $0.decoderCell) = (.highway, .highway, .gru)
      ($0.encoderDepth, $0.decoderDepth, $0.attention) = (2, 2, .mlp)
    }
    add {
      ($0.decoderConnection, $0.attention, $0.decoderDepth, $0.isBidirectional) = (.residual, .none, 2, false)
    }
    add { ($0.isNormalized, $0.encoderDepth, $0.decoderDepth) = (true, 2, 2) }
    add { ($0.isNormalized, $0.encoderCell, $0.decoderCell) = (true, .gru, .gru) }
    add { ($0.isNormalized, $0.encoderCell, $0.decoderCell, $0.attention) = (true, .elman, .elman, .mlp) }
    add { $0.tiedEmbeddings = .target }
    add { ($0.tiedEmbeddings, $0.embedding, $0.attention) = (.target, 4, .mlp) }
    add { ($0.tiedEmbeddings, $0.sourceVocabulary, $0.decoderCell) = (.all, 8, .gru) }
    add { ($0.tiedEmbeddings, $0.sourceVocabulary, $0.bothOrders) = (.all, 12, true) }
    add { ($0.attention, $0.coverage) = (.mlp, true) }
    add { ($0.attention, $0.coverage, $0.attentionTiming, $0.decoderDepth) = (.mlp, true, .before, 2) }
    add { ($0.attention, $0.attentionTiming) = (.dot, .before) }
    // Where the widths allow it, the first layer has a connection, too.
    add { ($0.encoderConnection, $0.embedding) = (.residual, 4) }
    add { ($0.encoderConnection, $0.embedding, $0.encoderCell) = (.highway, 4, .gru) }
    // As many layers as there can be.
    add {
      ($0.encoderDepth, $0.decoderDepth, $0.encoderCell, $0.decoderCell) = (8, 8, .elman, .elman)
      ($0.encoderConnection, $0.decoderConnection) = (.highway, .residual)
    }
    return all
  }()

  /// A model whose parameters, biases too, are spread enough to make its choices clear.
  static func make(_ configuration: ModelConfiguration, seed: UInt64, range: Float = 0.8) throws
    -> Seq2SeqModel
  {
    let model = try Seq2SeqModel(configuration, seed: seed)
    var generator = SplitMix64(seed: seed)
    for parameter in model.store.parameters {
      Initializer.uniform(range).fill(parameter, using: &generator)
    }
    model.store.pack()
    return model
  }

  /// Random ids of one vocabulary, without the special ones but with unknown words.
  static func sentence(_ length: Int, vocabulary: Int, _ generator: inout SplitMix64) -> [TokenID] {
    (0..<length).map { _ in
      let id = TokenID(3 + generator.below(vocabulary - 3))
      return id == Vocabulary.endOfSentence ? Vocabulary.unknown : id
    }
  }
}

extension ModelConfiguration {
  /// What sets it apart, for the names of test cases.
  var summary: String {
    "\(encoderCell.rawValue) and \(decoderCell.rawValue), \(attention.rawValue) \(attentionTiming.rawValue), "
      + "feeding \(feedsInput), coverage \(coverage), normalised \(isNormalized), tied \(tiedEmbeddings.rawValue), "
      + "\(encoderDepth)+\(decoderDepth) layers, connections \(encoderConnection.rawValue) and \(decoderConnection.rawValue), "
      + "\(isBidirectional ? "two ways" : "one way"), bridge \(bridge.rawValue)"
  }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("passerelle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
