import Foundation
import Layers
import Storage
import Tensors

/// What a model file's configuration holds, as JSON.
public struct StoredConfiguration: Codable, Hashable, Sendable {
  /// The model's shape.
  public var model: ModelConfiguration
  /// How it was trained first.
  public var training: TrainingConfiguration

  /// Both parts.
  public init(model: ModelConfiguration, training: TrainingConfiguration) {
    self.model = model
    self.training = training
  }

  /// Reads the JSON of a model file. Fields that an older version did not know have their defaults.
  ///
  /// - Throws: what `JSONDecoder` throws for fields of a wrong type, and for no JSON at all.
  public init(json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }

  /// The JSON of a new model file.
  ///
  /// - Throws: `EncodingError` for a number that is not finite, which JSON has not.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

/// Where training stands between two updates: with the parameters and the optimiser's moments, all that a resumed run
/// needs to go on as if it had not stopped.
public struct TrainingState: Codable, Hashable, Sendable {
  /// Updates so far.
  public var step = 0
  /// The present epoch, counted from 1.
  public var epoch = 1
  /// Batches of the present epoch that are done.
  public var batch = 0
  /// Batches of the present epoch in all; -1 before the first update.
  public var batches = -1
  /// Decays of the learning rate so far.
  public var decays = 0
  /// Validations without a better score, since the best one.
  public var stalled = 0
  /// The same, since the last decay.
  public var stalledSinceDecay = 0
  /// The score of the best validation.
  public var bestScore: Double?
  /// The loss of the same validation, a target word in nats.
  public var bestLoss: Double?
  /// Seconds of training, over all runs.
  public var seconds = 0.0
  /// Scores of the checkpoints that are kept for their mean.
  public var keptScores: [Double]?
  /// Loss and speed over the last updates.
  public var recent = RecentUpdates()
  /// Why training ended, once it has.
  public var finished: String?
  /// What validations were compared by so far.
  public var metric: ValidationMetric?
  /// How many dev sentences it was validated on, 0 for all.
  public var validationSentences: Int?
  /// What tells the corpus from others: a checksum of the lengths of its train and dev pairs.
  public var corpus: String?

  /// Before the first update.
  public init() {}
}

extension TrainingState {
  private enum CodingKeys: String, CodingKey {
    case step, epoch, batch, batches, decays, stalled, stalledSinceDecay, bestScore, bestLoss, seconds
    case keptScores, recent, finished, metric, validationSentences, corpus
  }

  /// Reads where a training stands; what an older file does not say is as it was before the first update.
  public init(from decoder: any Swift.Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try fields.read(.step, into: &step)
    try fields.read(.epoch, into: &epoch)
    try fields.read(.batch, into: &batch)
    try fields.read(.batches, into: &batches)
    try fields.read(.decays, into: &decays)
    try fields.read(.stalled, into: &stalled)
    try fields.read(.stalledSinceDecay, into: &stalledSinceDecay)
    bestScore = try fields.decodeIfPresent(Double.self, forKey: .bestScore)
    bestLoss = try fields.decodeIfPresent(Double.self, forKey: .bestLoss)
    try fields.read(.seconds, into: &seconds)
    keptScores = try fields.decodeIfPresent([Double].self, forKey: .keptScores)
    try fields.read(.recent, into: &recent)
    finished = try fields.decodeIfPresent(String.self, forKey: .finished)
    metric = try fields.decodeIfPresent(ValidationMetric.self, forKey: .metric)
    validationSentences = try fields.decodeIfPresent(Int.self, forKey: .validationSentences)
    corpus = try fields.decodeIfPresent(String.self, forKey: .corpus)
  }

  /// Reads what a checkpoint keeps.
  ///
  /// - Throws: ``Seq2SeqError/model(path:_:)`` where it is no such state.
  init(json: Data, path: String) throws {
    func damage(_ detail: String) -> Seq2SeqError {
      .model(
        path: path,
        "where its training stands cannot be read (\(detail)); start anew with --no-reload, or --init-from it"
      )
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: json)
    } catch {
      throw damage("\(error)")
    }
    guard step >= 0, epoch >= 1, batch >= 0, batches >= -1, min(decays, stalled, stalledSinceDecay) >= 0
    else {
      throw damage("update \(step), epoch \(epoch), batch \(batch) of \(batches)")
    }
  }
}

extension Seq2SeqModel {
  /// The parameters, by name.
  func tensors() -> [StoredTensor] {
    store.parameters.map { StoredTensor(name: $0.name, shape: [$0.rows, $0.columns], values: $0.array) }
  }

  /// Takes the parameters of a checkpoint, by name.
  ///
  /// - Parameter format: how the weights of products are packed, which then have no values of their own unless something
  ///   reads them; `nil`: all parameters get their values, for training.
  /// - Throws: ``Seq2SeqError/model(path:_:)`` when one is missing, left over, or of another shape.
  func assign(
    _ choice: CheckpointChoice, of file: ModelDatabase, path: String, packing format: WeightFormat? = nil
  ) throws {
    let loader = TensorLoader(store, path: path, packing: format)
    try file.readTensors(choice, into: loader)
    try loader.finish()
  }

  /// Loads a model from its file.
  ///
  /// - Parameters:
  ///   - choice: the best checkpoint, for translation, or the last, for training on.
  ///   - format: for translation alone: weights are packed in this format as they are read, and those that are only
  ///     multiplied with keep no values beside. `nil`: the model has all its values, and nothing is packed.
  /// - Throws: ``Seq2SeqError/model(path:_:)``, or the storage's errors.
  public static func load(
    from file: ModelDatabase, path: String, _ choice: CheckpointChoice = .best,
    packing format: WeightFormat? = nil
  ) throws -> (model: Seq2SeqModel, configuration: StoredConfiguration) {
    let stored: StoredConfiguration
    do {
      stored = try StoredConfiguration(json: file.configuration)
    } catch {
      throw Seq2SeqError.model(
        path: path, "its configuration cannot be read (\(error)); train the model again")
    }
    let model: Seq2SeqModel
    do {
      try stored.model.check(file.vocabulary, path: path)
      model = try Seq2SeqModel(withoutValues: stored.model)
    } catch Seq2SeqError.configuration(let message) {
      throw Seq2SeqError.model(path: path, "no model has such a shape: \(message)")
    }
    try model.assign(choice, of: file, path: path, packing: format)
    return (model, stored)
  }
}

extension Optimizer {
  /// What it remembers, for a checkpoint.
  func storedState() -> [StoredTensor] {
    slots.map { StoredTensor(name: $0.name, shape: [$0.values.count], values: $0.values) }
  }

  /// Takes what a checkpoint remembers.
  ///
  /// - Throws: ``Seq2SeqError/model(path:_:)`` when it is not of the store's parameters or of another optimiser.
  func restore(_ slots: [String: [Float]], stepCount: Int, path: String) throws {
    if let missing = restore(slots, stepCount: stepCount) {
      throw Seq2SeqError.model(
        path: path,
        "the optimiser's state \(missing) is missing; start anew with --no-reload, or take the --optimizer that it "
          + "was trained with")
    }
  }
}
