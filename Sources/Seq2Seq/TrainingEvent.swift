import Foundation

/// What a trainer tells those who watch.
public enum TrainingEvent: Sendable {
  /// Training begins, or goes on from a checkpoint.
  case started(TrainingStart)
  /// An update is done.
  case updated(TrainingProgress)
  /// The dev split was scored.
  case validated(ValidationResult)
  /// The weights that the best checkpoint's hypotheses are ranked with are in the model file.
  case ranked(TunedRanking)
  /// A checkpoint is in the model file.
  case saved(step: Int)
  /// Training is over; the reason.
  case finished(reason: String, state: TrainingState)
}

/// Facts at the start of training.
public struct TrainingStart: Sendable {
  /// Learned values.
  public let parameterCount: Int
  /// Pairs that are trained on.
  public let pairs: Int
  /// Pairs that are too long and left out.
  public let tooLong: Int
  /// Batches an epoch.
  public let batchesPerEpoch: Int
  /// Where training goes on from, if it does.
  public let resumed: TrainingState?
}

/// Facts after an update.
public struct TrainingProgress: Sendable {
  /// Updates so far.
  public let step: Int
  /// The epoch, counted from 1.
  public let epoch: Int
  /// Batches of the epoch that are done.
  public let batch: Int
  /// Batches of the epoch.
  public let batches: Int
  /// Negative log-likelihood a target word in nats, averaged over the last updates.
  public let loss: Double
  /// The learning rate.
  public let learningRate: Float
  /// Target words a second, over the last updates.
  public let wordsPerSecond: Double
  /// Norm of the gradient before clipping.
  public let gradientNorm: Float
  /// Seconds of training, over all runs.
  public let seconds: Double
}

/// The outcome of a validation.
public struct ValidationResult: Sendable {
  /// A dev sentence with its translation.
  public struct Sample: Sendable {
    /// The source text.
    public let source: String
    /// What the model writes.
    public let translation: String
    /// What a person wrote.
    public let reference: String
  }

  /// Updates so far.
  public let step: Int
  /// The epoch.
  public let epoch: Int
  /// The score, higher is better (BLEU from the command line).
  public let score: Double
  /// Negative log-likelihood a target word in nats.
  public let loss: Double
  /// Whether it is better than all before.
  public let isBest: Bool
  /// Validations without a better score.
  public let stalled: Int
  /// Seconds that the validation took.
  public let seconds: Double
  /// Three sentences, others each time.
  public let samples: [Sample]
}
