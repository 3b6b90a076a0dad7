import Foundation
import Layers
import Storage
import Tensors
import Text

/// Trains a model on a corpus, and keeps all it needs to go on in the model file.
///
/// Each batch is cut in as many shares as there are workers; each worker runs its share forward and backward on its own
/// gradients; the optimiser adds them up in a fixed order. Every random number is a function of the seed and of
/// the place in the training, so a run that was stopped and resumed ends with the bytes of one that was not.
public final class Trainer {
  /// Scores translations of the dev split against references; higher is better.
  public typealias Scorer = Validator.Scorer
  /// Scores one translation against its reference, from 0 to 1.
  public typealias SentenceScorer = @Sendable (_ translation: String, _ reference: String) throws -> Double

  /// The model that is trained.
  public let model: Seq2SeqModel
  /// Where it stands.
  public private(set) var state = TrainingState()
  /// The file of the model that this one began as, if there is one: its lexica know words that the corpus lacks.
  public var ancestor: ModelDatabase?
  private let configuration: TrainingConfiguration
  private let corpus: CorpusDatabase
  private let vocabularyID: Int64
  private let file: ModelDatabase
  private let path: String
  private let validator: Validator
  private let optimizer: Optimizer
  private let averages: ParameterAverages
  private let pool: WorkerPool
  private let gradients: [GradientBuffer]
  private let tapes: [Tape]
  private let scratch: [Tape]?
  private let sampler: RiskSampler?
  private let pairs: TrainingPairs
  private var schedule: LearningRateSchedule
  private var history: [HistoryRow] = []
  private var profile: Profile?
  private var profiledFrom = 0.0
  /// The updates of the checkpoint that this run began with.
  private var openedAt = 0
  /// The updates of the last checkpoint.
  private var savedAt = 0

  /// A trainer that goes on from the model file's last checkpoint, where it has one.
  ///
  /// - Parameters:
  ///   - corpus: a corpus with segments under `vocabularyID`.
  ///   - file: the model file, opened for writing.
  ///   - path: its path, for messages.
  ///   - guides: what attention should look at, where the configuration gives that a weight.
  ///   - scorer: scores the translations of the dev split; higher is better.
  ///   - sentenceScorer: scores one translation, from 0 to 1, where the configuration wants risks.
  /// - Throws: ``Seq2SeqError``, or the storage's errors.
  public init(
    model: Seq2SeqModel, configuration: TrainingConfiguration, corpus: CorpusDatabase, vocabularyID: Int64,
    file: ModelDatabase, path: String, guides: GuidedAlignments? = nil, scorer: @escaping Scorer,
    sentenceScorer: SentenceScorer? = nil
  ) throws {
    try configuration.validate(for: model.configuration)
    guard guides != nil || configuration.guidance == 0 else {
      throw Seq2SeqError.configuration(
        "guided-alignment-weight \(configuration.guidance) needs alignments; give some, as GuidedAlignments finds them"
      )
    }
    self.model = model
    self.configuration = configuration
    schedule = configuration.schedule
    self.corpus = corpus
    self.vocabularyID = vocabularyID
    self.file = file
    self.path = path
    optimizer = Optimizer(model.store, configuration.optimizer)
    averages = ParameterAverages(model.store, configuration)
    pool = WorkerPool(count: configuration.workers)
    gradients = (0..<configuration.workers).map { _ in GradientBuffer(model.store) }
    tapes = gradients.map { Tape(recordingInto: $0, precision: configuration.precision) }
    validator = Validator(
      model: model, corpus: corpus, vocabularyID: vocabularyID, vocabulary: file.vocabulary,
      limit: configuration.validationSentences, pool: pool, scorer: scorer)
    if configuration.risk.candidates > 0 {
      guard let sentenceScorer else {
        throw Seq2SeqError.configuration("risk-candidates need something that scores a translation")
      }
      sampler = try RiskSampler(
        model.configuration, configuration.risk, codecs: try file.vocabulary.codecs(),
        workers: configuration.workers, scorer: sentenceScorer)
    } else {
      sampler = nil
    }
    scratch =
      configuration.sampling > 0
      ? gradients.map { _ in Tape(rowIndependent: false, precision: configuration.precision) } : nil
    pairs = try TrainingPairs(
      corpus, vocabularyID: vocabularyID, vocabulary: file.vocabulary, model.configuration, configuration,
      guides: guides)
    guard try !file.isQuantized else { throw Seq2SeqError.quantized(path: path) }
    guard let stored = try? StoredConfiguration(json: file.configuration), stored.model == model.configuration
    else {
      throw Seq2SeqError.model(
        path: path,
        "its configuration is not that of the model that is to be trained, so that nothing could read what is stored; "
          + "make the file with StoredConfiguration.json()")
    }
    try model.configuration.check(file.vocabulary, path: path)
    if let resumed = try file.resumeState() {
      state = try TrainingState(json: resumed.trainingState, path: path)
      if let metric = state.metric, metric != configuration.metric {
        // Scores of one kind say nothing beside those of the other.
        state.keptScores = nil
        state.stalled = 0
        state.stalledSinceDecay = 0
      }
      if let known = state.validationSentences, known != configuration.validationSentences {
        // Nor do scores of other sentences.
        (state.bestScore, state.bestLoss, state.keptScores) = (nil, nil, nil)
        (state.stalled, state.stalledSinceDecay) = (0, 0)
      }
      (openedAt, savedAt) = (state.step, state.step)
      try model.assign(.last, of: file, path: path)
      let slots = Dictionary(
        resumed.optimizerState.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
      try optimizer.restore(slots, stepCount: state.step, path: path)
      try averages.restore(slots, scores: state.keptScores ?? [], path: path)
      // Fewer, where fewer are kept from now on.
      if state.keptScores != nil { state.keptScores = averages.scores }
    }
  }

  /// Trains until a limit is reached, the dev score stops getting better, or `shouldStop` says so.
  ///
  /// - Parameter shouldStop: asked after each update; on `true` a checkpoint is written and training ends.
  /// - Throws: ``Seq2SeqError/diverged(step:)``, or the storage's errors. What the last checkpoint holds is never lost.
  public func run(shouldStop: () -> Bool = { false }, observe: (TrainingEvent) -> Void) throws {
    let all = try corpus.segmentLengths(vocabulary: vocabularyID, split: .train)
    let limit = Int32(configuration.maximumLength)
    let lengths = all.filter { $0.source <= limit && $0.target <= limit && $0.source > 0 && $0.target > 0 }
    guard !lengths.isEmpty else {
      throw Seq2SeqError.corpus(
        path: corpus.path,
        "its train split holds no pair of at most \(limit) ids a side; import one with `tokenize import` and run "
          + "build-vocab")
    }
    try checkCorpus(all)
    state.metric = configuration.metric
    state.validationSentences = configuration.validationSentences
    let notes = CorpusNotes(
      corpus: corpus, vocabularyID: vocabularyID, file: file, shape: model.configuration, ancestor: ancestor)
    try notes.saveSentencesPerLine(lengths)
    try notes.saveLexica(lengths)
    // What cannot be validated on is known before an epoch is spent.
    try validator.prepare()
    var plan = BatchPlan(lengths: lengths, configuration, epoch: state.epoch)
    // Batches by words are not as many in each epoch; the schedule is that of the first, wherever training resumes.
    schedule = configuration.schedule(
      batchesPerEpoch: BatchPlan(lengths: lengths, configuration, epoch: 1).batches.count)
    observe(
      .started(
        TrainingStart(
          parameterCount: model.store.count, pairs: lengths.count,
          tooLong: all.count { max($0.source, $0.target) > limit },
          batchesPerEpoch: plan.batches.count, resumed: state.step > 0 ? state : nil)))
    var lastSave = Self.now
    // A finished training goes on only when a limit was raised. One that was stopped as it reached a limit is not
    // validated yet.
    if state.step > 0, let reason = configuration.reasonToEnd(state) {
      if state.finished == nil {
        try validate(observe)
        observe(.saved(step: state.step))
      }
      try tuneRanking(observe)
      observe(.finished(reason: reason, state: state))
      return
    }
    state.finished = nil
    while true {
      if state.batch >= plan.batches.count {
        state.epoch += 1
        state.batch = 0
        plan = BatchPlan(lengths: lengths, configuration, epoch: state.epoch)
      }
      let batches = plan.batches[state.batch...].prefix(configuration.accumulation)
      try update(Array(batches), of: plan.batches.count, observe)
      let isEpochEnd = state.batch == state.batches
      var isSaved = false
      let frequency = configuration.validationFrequency
      if frequency > 0 ? state.step % frequency == 0 : isEpochEnd {
        try validate(observe)
        isSaved = true
      }
      let reason = shouldStop() ? "stopped" : configuration.reasonToEnd(state)
      if let reason {
        if !isSaved {
          if reason == "stopped" { try saveUnscored() } else { try validate(observe) }
        }
        observe(.saved(step: state.step))
        if reason != "stopped" { try tuneRanking(observe) }
        observe(.finished(reason: reason, state: state))
        return
      }
      if isSaved {
        observe(.saved(step: state.step))
        lastSave = Self.now
      } else if configuration.saveMinutes > 0,
        Self.now - lastSave > configuration.saveMinutes * 60
      {
        try saveUnscored()
        observe(.saved(step: state.step))
        lastSave = Self.now
      }
    }
  }

  /// Makes sure that a training that is gone on with has the corpus that it began with: its place in the epoch, its best
  /// score and its stalls say nothing of another.
  private func checkCorpus(_ train: [SegmentLength]) throws {
    let dev = try corpus.segmentLengths(vocabulary: vocabularyID, split: .dev)
    let numbers = (train + dev).flatMap { [$0.source, $0.target] } + [Int32(train.count)]
    let present = numbers.withUnsafeBytes { String(Checksum.crc32($0), radix: 16) }
    if let known = state.corpus, known != present {
      throw Seq2SeqError.configuration(
        "\(path) was trained on other pairs than \(corpus.path) has; to train a new model from it, give --init-from "
          + "\(path) and another --model, or start anew with --no-reload")
    }
    state.corpus = present
  }

  /// Seconds of a clock that nobody sets, and that stands still while the machine sleeps.
  private static var now: Double { ProcessInfo.processInfo.systemUptime }

  // MARK: - Profile

  /// From now on adds up where the time of updates goes. Validations are not part of it.
  public func startProfile() {
    profile = Profile()
    for tape in tapes { tape.profile = Profile() }
    profiledFrom = state.seconds
  }

  /// A table of what ``startProfile()`` began; `nil` without it. Times are those of all workers together.
  public func profileReport() -> [String]? {
    guard let profile else { return nil }
    let whole = Profile()
    // What the trainer does, all workers do together, or wait for.
    for _ in tapes { whole.merge(profile) }
    for tape in tapes { if let part = tape.profile { whole.merge(part) } }
    return whole.table(threadSeconds: (state.seconds - profiledFrom) * Double(tapes.count))
  }

  private func timed<Result>(_ operation: Profile.Operation, _ body: () throws -> Result) rethrows -> Result {
    try profile?.measure(operation, body) ?? body()
  }

  // MARK: - One update

  /// One update from the gradients of some batches.
  private func update(_ planned: [[Int64]], of batches: Int, _ observe: (TrainingEvent) -> Void) throws {
    let start = Self.now
    let shares: [[SentenceBatch?]]
    do {
      shares = try timed(.reading) {
        try planned.enumerated().map { place, ids in
          try pairs.shares(
            of: ids, epoch: state.epoch, batch: state.batch + place, workers: configuration.workers)
        }
      }
    } catch {
      // The corpus was changed or is gone; what was learnt from it is kept.
      if state.step > savedAt { try saveUnscored() }
      throw error
    }
    let words = shares.joined().reduce(0) { $0 + ($1?.targetWords ?? 0) }
    var options = configuration.lossOptions(step: state.step + 1)
    options.scale = 1 / Float(words)
    let losses = ShareLosses(count: configuration.workers)
    let sampler = configuration.risk.isActive(epoch: state.epoch) ? sampler : nil
    let samples = try timed(.search) { try sampler?.samples(shares, model, pool) }
    let (step, seed) = (UInt64(state.step + 1), configuration.seed)
    pool.run { [model, tapes, scratch, options] worker in
      let tape = tapes[worker]
      var options = options
      for (place, batch) in shares.enumerated() {
        // The first batch of an update has the seed that it would have alone.
        let parts = [seed, 3, step, UInt64(worker)] + (place > 0 ? [UInt64(place)] : [])
        tape.reset(dropoutSeed: SplitMix64.seed(parts), keepsGradients: place > 0)
        guard let share = batch[worker] else { continue }
        options.samplingSeed = SplitMix64.seed([4] + parts)
        losses[worker] += model.loss(
          share, options, risk: samples?[place][worker], tape, scratch: scratch?[worker])
        tape.backward()
      }
    }
    let rate = schedule.rate(step: state.step + 1, decays: state.decays)
    let norm = timed(.update) { optimizer.step(gradients, learningRate: rate, pool: pool) }
    guard norm.isFinite else {
      throw state.step > 0 && state.step == openedAt
        ? Seq2SeqError.divergedAtOnce(path: path, step: state.step + 1) : .diverged(step: state.step + 1)
    }
    state.step += 1
    timed(.update) { averages.update(step: state.step, pool: pool) }
    state.batch += planned.count
    state.batches = batches
    let seconds = Self.now - start
    state.seconds += seconds
    state.recent.add(losses.sum, seconds: seconds)
    if state.step % 10 == 0 {
      history.append(
        HistoryRow(
          step: state.step, epoch: state.epoch, loss: state.recent.loss, learningRate: Double(rate),
          wordsPerSecond: state.recent.wordsPerSecond, gradientNorm: Double(norm),
          seconds: state.seconds))
    }
    observe(
      .updated(
        TrainingProgress(
          step: state.step, epoch: state.epoch, batch: state.batch, batches: batches, loss: state.recent.loss,
          learningRate: rate, wordsPerSecond: state.recent.wordsPerSecond, gradientNorm: norm,
          seconds: state.seconds)))
  }

  // MARK: - Validation

  private func validate(_ observe: (TrainingEvent) -> Void) throws {
    let (before, rows) = (state, history.count)
    do {
      try measure(observe)
    } catch let error as Seq2SeqError where error == .diverged(step: state.step) {
      throw error
    } catch {
      // The dev split was changed or is gone, or nothing can be stored; what was learnt is kept, and no score of it.
      if before.step > savedAt {
        state = before
        state.keptScores = averages.scores
        history.removeLast(max(0, history.count - rows))
        try? saveUnscored()
      }
      throw error
    }
  }

  private func measure(_ observe: (TrainingEvent) -> Void) throws {
    let start = Self.now
    let pairs = try validator.pairs()
    try averages.serving { raw in
      var outcome = try validator.measure(pairs)
      guard outcome.loss.isFinite else { throw Seq2SeqError.diverged(step: state.step) }
      if let mean = averages.keep(score: merit(outcome)) {
        let single = model.store.parameters.map(\.array)
        averages.assign(mean)
        let other = try validator.measure(pairs)
        if merit(other) > merit(outcome) { outcome = other } else { averages.assign(single) }
      }
      state.keptScores = averages.scores
      try conclude(outcome, pairs, raw: raw, start: start, observe)
    }
  }

  /// What validations are compared by; higher is better.
  private func merit(_ outcome: Validator.Outcome) -> Double {
    configuration.metric == .bleu ? outcome.score : -outcome.loss
  }

  private func conclude(
    _ outcome: Validator.Outcome, _ pairs: [SentencePair], raw: [[Float]], start: Double,
    _ observe: (TrainingEvent) -> Void
  ) throws {
    let (score, loss, translations) = (outcome.score, outcome.loss, outcome.translations)
    let best = configuration.metric == .bleu ? state.bestScore : state.bestLoss.map { -$0 }
    let isBest = best.map { merit(outcome) > $0 } ?? true
    if isBest {
      state.bestScore = score
      state.bestLoss = loss
      state.stalled = 0
      state.stalledSinceDecay = 0
    } else {
      state.stalled += 1
      state.stalledSinceDecay += 1
      if schedule.kind == .plateau, schedule.patience > 0, state.stalledSinceDecay >= schedule.patience {
        state.decays += 1
        state.stalledSinceDecay = 0
      }
    }
    history.append(
      HistoryRow(
        step: state.step, epoch: state.epoch, loss: state.recent.loss,
        learningRate: Double(schedule.rate(step: state.step + 1, decays: state.decays)),
        wordsPerSecond: state.recent.wordsPerSecond, gradientNorm: .nan, validation: score,
        validationLoss: loss,
        seconds: state.seconds))
    if let reason = configuration.reasonToEnd(state) { state.finished = reason }
    let scores = ["bleu": score, "perplexity": exp(loss)].filter(\.value.isFinite)
    try save(isBest: isBest, scores: scores, raw: raw)
    let first = state.step &* 7
    let samples = (0..<min(3, pairs.count)).map { offset in
      let index = (first + offset * 131) % pairs.count
      return ValidationResult.Sample(
        source: pairs[index].source, translation: translations[index], reference: pairs[index].target)
    }
    observe(
      .validated(
        ValidationResult(
          step: state.step, epoch: state.epoch, score: score, loss: loss, isBest: isBest,
          stalled: state.stalled,
          seconds: Self.now - start, samples: samples)))
  }

  /// Dev pairs that the weights of a ranking are looked for with, at most.
  private static let rankingPairs = 2_000

  /// Finds out how the best checkpoint's hypotheses are to be ranked, where it can do more than translate from left to
  /// right, and it is not known yet.
  private func tuneRanking(_ observe: (TrainingEvent) -> Void) throws {
    let shape = model.configuration
    guard shape.bothOrders || shape.bothDirections else { return }
    let best = try file.checkpoint(.best).step
    // What can't be read is found anew.
    guard (try? StoredRanking(in: file))?.step != best else { return }
    let start = Self.now
    let translator = try Translator(
      model: Seq2SeqModel.load(from: file, path: path).model, vocabulary: file.vocabulary, threads: pool.count
    )
    let tuner = RankingTuner(
      translator, Array(try validator.pairs().prefix(Self.rankingPairs)), scorer: validator.scorer)
    let ranking = try tuner.tune(hasOrders: shape.bothOrders, hasDirections: shape.bothDirections)
    try StoredRanking(ranking, step: best).save(in: file)
    observe(
      .ranked(
        TunedRanking(
          ranking: ranking, hasOrders: shape.bothOrders, hasDirections: shape.bothDirections,
          scoreWithout: try tuner.score(Ranking(orderWeight: 0, directionWeight: 0)),
          score: try tuner.score(ranking),
          seconds: Self.now - start)))
  }

  // MARK: - Checkpoints

  /// A checkpoint between validations.
  private func saveUnscored() throws {
    try averages.serving { try save(isBest: false, scores: [:], raw: $0) }
  }

  /// - Parameter raw: the parameters that training goes on from, where those of the model are averages now.
  private func save(isBest: Bool, scores: [String: Double], raw: [[Float]]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try file.save(
      CheckpointRecord(
        step: state.step, epoch: state.epoch, scores: scores, isBest: isBest,
        tensors: model.tensors(), optimizerState: optimizer.storedState() + averages.storedState(raw: raw),
        trainingState: try encoder.encode(state), history: history))
    history.removeAll()
    savedAt = state.step
  }
}
