import Layers
import Tensors

/// How a model is trained. Stored as JSON in the model file, under the names of the command-line flags.
public struct TrainingConfiguration: Codable, Hashable, Sendable {
  /// Sentence pairs a batch.
  public var batchSize = 64
  /// Pairs with a longer side, in ids, are left out.
  public var maximumLength = 100
  /// The optimiser.
  public var adam = Adam.Configuration()
  /// The learning rate.
  public var schedule = LearningRateSchedule()
  /// Dropout rates.
  public var dropout = DropoutRates()
  /// Label smoothing.
  public var labelSmoothing: Float = 0.1
  /// Epochs after which training ends; 0 for no limit.
  public var afterEpochs = 0
  /// Updates after which training ends; 0 for no limit.
  public var afterBatches = 0
  /// Minutes of training after which it ends, over all runs; 0 for no limit.
  public var afterMinutes = 0.0
  /// Validations without a better score after which training ends; 0 for none.
  public var earlyStopping = 5
  /// Updates between validations; 0 for one an epoch.
  public var validationFrequency = 0
  /// Sentence pairs of the dev split that are translated for the score; 0 for all.
  public var validationSentences = 0
  /// Minutes between checkpoints that no validation makes; 0 for none.
  public var saveMinutes = 5.0
  /// The seed of initial values, batch order and dropout.
  public var seed: UInt64 = 1
  /// The numbers of matrix products.
  public var precision = Precision.f32
  /// Workers that share each batch.
  public var workers = 2

  /// The defaults.
  public init() { dropout.states = 0.3 }

  /// Checks that the numbers make sense.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)``.
  public func validate() throws {
    func check(_ condition: Bool, _ message: String) throws {
      guard condition else { throw Seq2SeqError.configuration(message) }
    }
    try check((1...65_536).contains(batchSize), "mini-batch \(batchSize) is outside 1...65536")
    try check((2...10_000).contains(maximumLength), "max-length \(maximumLength) is outside 2...10000")
    for (name, rate) in [
      ("dropout", dropout.states), ("dropout-src", dropout.sourceWords), ("dropout-trg", dropout.targetWords),
    ] {
      try check(rate >= 0 && rate < 1, "\(name) \(rate) is outside 0..<1")
    }
    try check(labelSmoothing >= 0 && labelSmoothing < 1, "label-smoothing \(labelSmoothing) is outside 0..<1")
    try check(schedule.base > 0, "learn-rate \(schedule.base) is not positive")
    try check(adam.clipNorm >= 0, "clip-norm \(adam.clipNorm) is negative")
    try check(
      precision.isSupported,
      "precision \(precision) needs a processor with AVX-512 BF16 or AMX, which this one lacks; use --precision f32"
    )
    try check((1...256).contains(workers), "workers \(workers) is outside 1...256")
    try check(
      afterEpochs >= 0 && afterBatches >= 0 && afterMinutes >= 0 && earlyStopping >= 0
        && validationFrequency >= 0,
      "a limit of training is negative; 0 stands for none")
  }
}
