import Foundation
import Layers
import Tensors

/// What validations are compared by.
public enum ValidationMetric: String, Codable, Sendable, CaseIterable {
  /// The score of the translations, higher is better (BLEU from the command line).
  case bleu
  /// `e` to the loss a word of the dev split, lower is better.
  case perplexity
}

/// How a model is trained. Stored as JSON in the model file.
public struct TrainingConfiguration: Codable, Hashable, Sendable {
  /// Sentence pairs a batch.
  public var batchSize = 64
  /// Target ids a batch at most, padding and `</s>` counted, in the place of ``batchSize``; 0 for none. Where a model has
  /// both directions, the target is that of the forward one in all batches; with BPE-dropout it is the pieces before any
  /// merge is left out that are counted.
  public var batchWords = 0
  /// Batches whose gradients are added up for one update.
  public var accumulation = 1
  /// Pairs with a longer side, in ids, are left out.
  public var maximumLength = 100
  /// The optimiser.
  public var optimizer = OptimizerConfiguration()
  /// The learning rate.
  public var schedule = LearningRateSchedule()
  /// Dropout rates.
  public var dropout = DropoutRates()
  /// How likely a merge of byte-pair encoding is left out, drawn anew each epoch (Provilkov et al. 2020); 0 for never.
  public var bpeDropout: Float = 0
  /// The part `ε` of the mass that label smoothing shares out among all `V` words of the target, the right one included
  /// (Szegedy et al. 2016, section 7): `q(k) = (1 - ε) δ(k, y) + ε / V`.
  public var labelSmoothing: Float = 0.1
  /// The weight of the difference between two draws of dropout (R-Drop); 0 for one draw.
  public var consistency: Float = 0
  /// The weight of given alignments; 0 for none.
  public var guidance: Float = 0
  /// The weight of attention's overlap with its coverage; 0 for none.
  public var coverageWeight: Float = 0
  /// How likely a word that the decoder reads is its own, in the end (scheduled sampling); 0 for none.
  public var sampling: Float = 0
  /// Updates over which ``sampling`` grows from 0.
  public var samplingWarmup = 0
  /// The part of the model's own translations in the loss.
  public var risk = RiskOptions()
  /// Decay of the exponential moving average of the parameters, as 0.999; 0 for none.
  public var ema: Float = 0
  /// Checkpoints whose mean is tried at each validation; 0 for none.
  public var average = 0
  /// Which checkpoints these are.
  public var averageOf = AverageChoice.last
  /// Epochs after which training ends; 0 for no limit.
  public var afterEpochs = 0
  /// Updates after which training ends; 0 for no limit.
  public var afterBatches = 0
  /// Minutes of training after which it ends, over all runs; 0 for no limit.
  public var afterMinutes = 0.0
  /// Validations without a better score after which training ends; 0 for none.
  public var earlyStopping = 5
  /// What the best checkpoint, the end and the learning rate follow.
  public var metric = ValidationMetric.bleu
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

  /// More updates, epochs or words than this are nobody's limit, and products of two of them fit into an `Int`.
  private static let largestCount = 1_000_000_000

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
    try check((1...4_096).contains(accumulation), "optimizer-delay \(accumulation) is outside 1...4096")
    try check((2...10_000).contains(maximumLength), "max-length \(maximumLength) is outside 2...10000")
    for (name, rate) in [
      ("dropout", dropout.states), ("dropout-src", dropout.sourceWords), ("dropout-trg", dropout.targetWords),
      ("dropout-rnn", dropout.recurrent), ("dropout-emb", dropout.inputRate),
      ("dropout-layers", dropout.layerRate), ("dropout-enc", dropout.encodedRate),
      ("dropout-out", dropout.outputRate), ("dropout-readout", dropout.readout), ("bpe-dropout", bpeDropout),
    ] {
      try check(rate >= 0 && rate < 1, "\(name) \(rate) is outside 0..<1")
    }
    try check(labelSmoothing >= 0 && labelSmoothing < 1, "label-smoothing \(labelSmoothing) is outside 0..<1")
    for (name, weight) in [
      ("r-drop", consistency), ("guided-alignment-weight", guidance), ("coverage-loss", coverageWeight),
    ] {
      try check(weight >= 0 && weight.isFinite, "\(name) \(weight) is not a number of 0 or more")
    }
    try check(sampling >= 0 && sampling <= 1, "scheduled-sampling \(sampling) is outside 0...1")
    try check(
      risk.candidates == 0 || (2...100).contains(risk.candidates),
      "risk-candidates \(risk.candidates) is outside 2...100; 0 stands for none")
    try check(
      risk.weight >= 0 && risk.weight.isFinite, "risk-weight \(risk.weight) is not a number of 0 or more")
    try check(
      risk.sharpness > 0 && risk.sharpness.isFinite,
      "risk-sharpness \(risk.sharpness) is not a positive number")
    for (name, value) in [
      ("r-drop", consistency), ("guided-alignment-weight", guidance), ("coverage-loss", coverageWeight),
      ("scheduled-sampling", sampling),
    ] {
      try check(risk.candidates == 0 || value == 0, "risk-candidates and \(name) do not go together")
    }
    try check(ema >= 0 && ema < 1, "ema \(ema) is outside 0..<1")
    try check(
      average == 0 || (2...100).contains(average), "average \(average) is outside 2...100; 0 stands for none")
    try check(
      consistency == 0 || dropout.hasAny,
      "r-drop compares two draws of dropout, but all rates of dropout are 0")
    try schedule.check(check)
    try check(
      !schedule.kind.hasEnd || schedule.period > 0 || afterEpochs > 0 || afterBatches > 0,
      "lr-schedule \(schedule.kind.rawValue) needs to know where it ends; give after-epochs, after-batches or lr-period"
    )
    try check(
      optimizer.momentum >= 0 && optimizer.momentum < 1, "momentum \(optimizer.momentum) is outside 0..<1")
    for (name, beta) in [("adam-beta1", optimizer.beta1), ("adam-beta2", optimizer.beta2)] {
      try check(beta >= 0 && beta < 1, "\(name) \(beta) is outside 0..<1")
    }
    try check(
      optimizer.epsilon > 0 && optimizer.epsilon.isFinite,
      "adam-epsilon \(optimizer.epsilon) is not a positive number")
    for (name, value) in [
      ("weight-decay", optimizer.weightDecay), ("clip-norm", optimizer.clipNorm),
      ("clip-value", optimizer.clipValue),
    ] {
      try check(value >= 0 && value.isFinite, "\(name) \(value) is not a number of 0 or more")
    }
    try check(
      precision.isSupported,
      "precision \(precision) needs a processor with AVX-512 BF16 or AMX, which this one lacks; use --precision f32"
    )
    try check((1...256).contains(workers), "workers \(workers) is outside 1...256")
    for (name, count) in [
      ("mini-batch-words", batchWords), ("scheduled-sampling-warmup", samplingWarmup),
      ("risk-after", risk.after), ("after-epochs", afterEpochs), ("after-batches", afterBatches),
      ("early-stopping", earlyStopping), ("valid-freq", validationFrequency),
      ("valid-sentences", validationSentences), ("lr-warmup", schedule.warmup),
      ("lr-patience", schedule.patience), ("lr-period", schedule.period),
    ] {
      try check(
        (0...Self.largestCount).contains(count),
        "\(name) \(count) is outside 0...\(Self.largestCount); 0 stands for none")
    }
    for (name, minutes) in [("after-minutes", afterMinutes), ("save-minutes", saveMinutes)] {
      try check(
        minutes >= 0 && minutes.isFinite, "\(name) \(minutes) is not a number of 0 or more; 0 stands for none"
      )
    }
  }

  /// Checks, besides ``validate()``, that a model of this shape has what the training needs.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)``.
  public func validate(for model: ModelConfiguration) throws {
    try validate()
    guard guidance == 0 || model.attention != .none else {
      throw Seq2SeqError.configuration(
        "a model without attention has none to guide; leave guided-alignment-weight out")
    }
    guard coverageWeight == 0 || model.coverage else {
      throw Seq2SeqError.configuration("coverage-loss needs a model with --coverage")
    }
  }
}

extension TrainingConfiguration {
  /// Why a training that stands so is at its end, for people, or nil.
  func reasonToEnd(_ state: TrainingState) -> String? {
    if afterBatches > 0, state.step >= afterBatches {
      return afterBatches == 1 ? "1 update is done" : "\(afterBatches) updates are done"
    }
    if afterMinutes > 0, state.seconds >= afterMinutes * 60 {
      let minutes = String(format: "%g", afterMinutes)
      return minutes == "1" ? "1 minute is over" : "\(minutes) minutes are over"
    }
    if earlyStopping > 0, state.stalled >= earlyStopping {
      let times = earlyStopping == 1 ? "1 validation" : "\(earlyStopping) validations"
      return "\(times) brought no better \(metric == .bleu ? "score" : "perplexity")"
    }
    // The end of an epoch: all its batches are done, or its successor has begun.
    let done = state.batch == state.batches ? state.epoch : state.epoch - 1
    if afterEpochs > 0, done >= afterEpochs {
      return afterEpochs == 1 ? "1 epoch is done" : "\(afterEpochs) epochs are done"
    }
    return nil
  }

  /// Settings that are not the defaults and change nothing beside the others, for people.
  public func idleSettings(for model: ModelConfiguration) -> [String] {
    let usual = TrainingConfiguration()
    var idle: [String] = []
    func note(_ isSet: Bool, _ isUsed: Bool, _ message: String) {
      if isSet && !isUsed { idle.append(message) }
    }
    let (isAdam, kind) = (optimizer.method == .adam, schedule.kind)
    note(optimizer.momentum != usual.optimizer.momentum, !isAdam, "momentum is for optimizer sgd")
    note(
      optimizer.beta1 != usual.optimizer.beta1 || optimizer.beta2 != usual.optimizer.beta2
        || optimizer.epsilon != usual.optimizer.epsilon, isAdam,
      "adam-beta1, adam-beta2 and adam-epsilon are for optimizer adam")
    note(
      schedule.patience != usual.schedule.patience, kind == .plateau, "lr-patience is for lr-schedule plateau"
    )
    note(
      schedule.decay != usual.schedule.decay, [.plateau, .exponential].contains(kind),
      "lr-decay is for lr-schedule plateau and exponential")
    note(
      schedule.period != 0, kind == .exponential || kind.hasEnd,
      "lr-period is for lr-schedule exponential, cosine and trapezoid")
    note(
      schedule.cooldown != usual.schedule.cooldown, kind == .trapezoid,
      "lr-cooldown is for lr-schedule trapezoid")
    note(
      schedule.floor != usual.schedule.floor, kind != .constant, "a constant learning rate has no lr-floor")
    note(averageOf != usual.averageOf, average > 0, "average-of needs average, the number of checkpoints")
    note(samplingWarmup != 0, sampling > 0, "scheduled-sampling-warmup needs scheduled-sampling")
    note(
      risk.weight != usual.risk.weight || risk.sharpness != usual.risk.sharpness || risk.after != 0,
      risk.candidates > 0, "risk-weight, risk-sharpness and risk-after need risk-candidates")
    note(
      risk.candidates > 0, afterEpochs == 0 || risk.after < afterEpochs,
      "risk-after \(risk.after) leaves no epoch of \(afterEpochs) for risk-candidates")
    note(batchSize != usual.batchSize, batchWords == 0, "mini-batch gives way to mini-batch-words")
    note(
      dropout.layerRate != dropout.states, model.encoderDepth + model.decoderDepth > 2,
      "dropout-layers needs two layers")
    note(
      dropout.readout != 0 || dropout.encodedRate != dropout.states, model.attention != .none,
      "dropout-readout and dropout-enc need attention")
    return idle
  }

  /// What sets other settings apart from these, for people: `dropout was 0.3 and is 0.2`. How many workers there are is the
  /// machine's matter and is left out.
  public func changes(to other: TrainingConfiguration) -> String {
    differences(from: other).map { "\($0.name) was \($0.first) and is \($0.second)" }.joined(separator: ", ")
  }

  /// The settings that are others there, by the names of their flags, without the number of workers.
  func differences(from other: TrainingConfiguration) -> [(name: String, first: String, second: String)] {
    settingDifferences(self, other).filter { $0.name != "workers" }
      .map { (Self.flags[$0.name] ?? $0.name, $0.first, $0.second) }.sorted { $0.0 < $1.0 }
  }

  /// The flags of `train-seq2seq`, and fields of recipes, by the names that settings have in a model file.
  private static let flags = [
    "accumulation": "optimizer-delay", "afterBatches": "after-batches", "afterEpochs": "after-epochs",
    "afterMinutes": "after-minutes", "averageOf": "average-of", "batchSize": "mini-batch",
    "batchWords": "mini-batch-words", "bpeDropout": "bpe-dropout", "consistency": "r-drop",
    "coverageWeight": "coverage-loss", "dropout.encoded": "dropout-enc", "dropout.inputs": "dropout-emb",
    "dropout.layers": "dropout-layers", "dropout.outputs": "dropout-out",
    "dropout.readout": "dropout-readout",
    "dropout.recurrent": "dropout-rnn", "dropout.sourceWords": "dropout-src", "dropout.states": "dropout",
    "dropout.targetWords": "dropout-trg", "earlyStopping": "early-stopping",
    "guidance": "guided-alignment-weight", "labelSmoothing": "label-smoothing", "maximumLength": "max-length",
    "metric": "early-stopping-on", "optimizer.beta1": "adam-beta1", "optimizer.beta2": "adam-beta2",
    "optimizer.clipNorm": "clip-norm", "optimizer.clipValue": "clip-value",
    "optimizer.epsilon": "adam-epsilon", "optimizer.method": "optimizer", "optimizer.momentum": "momentum",
    "optimizer.weightDecay": "weight-decay", "risk.after": "risk-after", "risk.candidates": "risk-candidates",
    "risk.sharpness": "risk-sharpness", "risk.weight": "risk-weight", "sampling": "scheduled-sampling",
    "samplingWarmup": "scheduled-sampling-warmup", "saveMinutes": "save-minutes",
    "schedule.base": "learn-rate", "schedule.cooldown": "lr-cooldown",
    "schedule.decay": "lr-decay", "schedule.floor": "lr-floor", "schedule.kind": "lr-schedule",
    "schedule.patience": "lr-patience", "schedule.period": "lr-period", "schedule.warmup": "lr-warmup",
    "validationFrequency": "valid-freq", "validationSentences": "valid-sentences",
  ]
}

extension LearningRateDecay {
  /// Whether it ends with the training, where no period says when.
  fileprivate var hasEnd: Bool { self == .cosine || self == .trapezoid }
}

extension LearningRateSchedule {
  fileprivate func check(_ check: (Bool, String) throws -> Void) throws {
    try check(base > 0 && base.isFinite, "learn-rate \(base) is not a positive number")
    try check(decay > 0 && decay <= 1, "lr-decay \(decay) is outside 0...1")
    try check(floor >= 0 && floor <= 1, "lr-floor \(floor) is outside 0...1")
    try check(cooldown > 0 && cooldown <= 1, "lr-cooldown \(cooldown) is not above 0 and at most 1")
    try check(
      kind != .inverseSqrt || warmup > 0,
      "lr-schedule inverse-sqrt begins at the end of a warm-up; give lr-warmup")
    try check(
      period > 0 || kind != .exponential,
      "lr-schedule exponential needs the number of its updates; give lr-period")
  }
}

extension TrainingConfiguration {
  /// The learning rate of a training with so many batches an epoch: a cosine or a trapezoid without a period ends
  /// with the training.
  func schedule(batchesPerEpoch: Int) -> LearningRateSchedule {
    guard schedule.kind.hasEnd, schedule.period == 0 else { return schedule }
    let updates = afterEpochs * ((batchesPerEpoch + accumulation - 1) / accumulation)
    let limits = [updates, afterBatches].filter { $0 > 0 }
    var whole = schedule
    whole.period = max(1, (limits.min() ?? 1) - schedule.warmup)
    return whole
  }

  /// What the loss of an update is made of.
  ///
  /// - Parameter step: the update, counted from 1.
  func lossOptions(step: Int) -> Seq2SeqModel.LossOptions {
    var options = Seq2SeqModel.LossOptions()
    options.dropout = dropout
    options.smoothing = labelSmoothing
    options.consistency = consistency
    options.guidance = guidance
    options.coverage = coverageWeight
    options.sampling = sampling * (samplingWarmup > 0 ? min(1, Float(step) / Float(samplingWarmup)) : 1)
    return options
  }
}

// MARK: - In files of other versions

extension TrainingConfiguration {
  private enum CodingKeys: String, CodingKey {
    case batchSize, batchWords, accumulation, maximumLength, optimizer, schedule, dropout, labelSmoothing, ema
    case bpeDropout, consistency, guidance, coverageWeight, sampling, samplingWarmup, risk
    case average, averageOf, afterEpochs, afterBatches, afterMinutes, earlyStopping, metric,
      validationFrequency
    case validationSentences, saveMinutes, seed, workers, precision
  }

  private enum OlderKeys: String, CodingKey {
    case adam
  }

  /// Reads settings; those that an older file does not have are the defaults.
  public init(from decoder: any Swift.Decoder) throws {
    self.init()
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    // What is now any optimiser was once called Adam.
    let older = try decoder.container(keyedBy: OlderKeys.self)
    if let adam = try older.decodeIfPresent(OptimizerConfiguration.self, forKey: .adam) { optimizer = adam }
    try fields.read(.batchSize, into: &batchSize)
    try fields.read(.batchWords, into: &batchWords)
    try fields.read(.accumulation, into: &accumulation)
    try fields.read(.maximumLength, into: &maximumLength)
    try fields.read(.optimizer, into: &optimizer)
    try fields.read(.schedule, into: &schedule)
    try fields.read(.dropout, into: &dropout)
    try fields.read(.labelSmoothing, into: &labelSmoothing)
    try fields.read(.bpeDropout, into: &bpeDropout)
    try fields.read(.consistency, into: &consistency)
    try fields.read(.guidance, into: &guidance)
    try fields.read(.coverageWeight, into: &coverageWeight)
    try fields.read(.sampling, into: &sampling)
    try fields.read(.samplingWarmup, into: &samplingWarmup)
    try fields.read(.risk, into: &risk)
    try fields.read(.ema, into: &ema)
    try fields.read(.average, into: &average)
    try fields.read(.averageOf, into: &averageOf)
    try fields.read(.afterEpochs, into: &afterEpochs)
    try fields.read(.afterBatches, into: &afterBatches)
    try fields.read(.afterMinutes, into: &afterMinutes)
    try fields.read(.earlyStopping, into: &earlyStopping)
    try fields.read(.metric, into: &metric)
    try fields.read(.validationFrequency, into: &validationFrequency)
    try fields.read(.validationSentences, into: &validationSentences)
    try fields.read(.saveMinutes, into: &saveMinutes)
    try fields.read(.seed, into: &seed)
    try fields.read(.workers, into: &workers)
    try fields.read(.precision, into: &precision)
  }
}
