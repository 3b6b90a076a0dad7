import Foundation

/// How training stood at one step.
public struct HistoryRow: Codable, Sendable, Hashable {
  /// Updates so far.
  public var step: Int
  /// The present epoch, counted from 1.
  public var epoch: Int
  /// Cross-entropy per target token over the last fifty updates or so, in nats.
  public var loss: Double
  /// The step size; in a row of a validation the one that comes next.
  public var learningRate: Double
  /// Target words a second, over the same updates.
  public var wordsPerSecond: Double
  /// The gradient's length before clipping; not a number in a row of a validation.
  public var gradientNorm: Double
  /// BLEU on the dev split, where it was measured at this step.
  public var validation: Double?
  /// Cross-entropy per target token on the dev split, where it was measured at this step.
  public var validationLoss: Double?
  /// Seconds that updates have taken since training began, all its parts together; not a number in rows of files of
  /// format 3 and below.
  public var seconds: Double

  /// A row from its parts.
  public init(
    step: Int, epoch: Int, loss: Double, learningRate: Double, wordsPerSecond: Double, gradientNorm: Double,
    validation: Double? = nil, validationLoss: Double? = nil, seconds: Double
  ) {
    self.step = step
    self.epoch = epoch
    self.loss = loss
    self.learningRate = learningRate
    self.wordsPerSecond = wordsPerSecond
    self.gradientNorm = gradientNorm
    self.validation = validation
    self.validationLoss = validationLoss
    self.seconds = seconds
  }
}

/// All that a checkpoint puts into a model file.
public struct CheckpointRecord: Sendable {
  /// Updates so far.
  public var step: Int
  /// The present epoch, counted from 1.
  public var epoch: Int
  /// Measures on the dev split, as `["bleu": 31.2]`.
  public var scores: [String: Double]
  /// Whether it is better than all checkpoints before.
  public var isBest: Bool
  /// The model's parameters.
  public var tensors: [StoredTensor]
  /// The optimiser's moments, kept for the last checkpoint only.
  public var optimizerState: [StoredTensor]
  /// Random state, place in the corpus, best score, patience: JSON, kept for the last checkpoint only.
  public var trainingState: Data
  /// What has happened since the last checkpoint.
  public var history: [HistoryRow]

  /// A checkpoint from its parts.
  public init(
    step: Int, epoch: Int, scores: [String: Double], isBest: Bool, tensors: [StoredTensor],
    optimizerState: [StoredTensor], trainingState: Data, history: [HistoryRow]
  ) {
    self.step = step
    self.epoch = epoch
    self.scores = scores
    self.isBest = isBest
    self.tensors = tensors
    self.optimizerState = optimizerState
    self.trainingState = trainingState
    self.history = history
  }
}

/// What is known of a checkpoint without loading it.
public struct CheckpointSummary: Sendable, Hashable {
  /// Its number in the file.
  public let id: Int64
  /// Updates so far.
  public let step: Int
  /// The present epoch, counted from 1.
  public let epoch: Int
  /// Measures on the dev split.
  public let scores: [String: Double]
  /// Whether it is the best so far.
  public let isBest: Bool
  /// Whether it is the last that was stored.
  public let isLast: Bool
  /// When it was stored: ISO 8601, in UTC.
  public let createdAt: String
}

/// Which checkpoint of a model to load.
public enum CheckpointChoice: String, Sendable, CaseIterable {
  /// The best on the dev split, or the last where none has been called the best.
  case best
  /// The one that was stored last.
  case last
}
