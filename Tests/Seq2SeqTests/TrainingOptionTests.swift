import Foundation
import Layers
import Seq2Seq
import Storage
import Testing
import Text

/// One way to train, besides the defaults.
struct TrainingVariant: Sendable, CustomTestStringConvertible {
  let name: String
  var shape: @Sendable (inout ModelConfiguration) -> Void = { _ in }
  let change: @Sendable (inout TrainingConfiguration) -> Void
  var testDescription: String { name }

  static let all: [TrainingVariant] = [
    .init(name: "sgd") { ($0.optimizer.method, $0.schedule.base) = (.sgd, 0.1) },
    .init(name: "clip by value") { $0.optimizer.clipValue = 1e-3 },
    .init(name: "inverse-sqrt") { ($0.schedule.kind, $0.schedule.warmup) = (.inverseSqrt, 4) },
    .init(name: "exponential") { ($0.schedule.kind, $0.schedule.period) = (.exponential, 6) },
    .init(name: "cosine") { ($0.schedule.kind, $0.schedule.period) = (.cosine, 20) },
    .init(name: "trapezoid") { ($0.schedule.kind, $0.schedule.period) = (.trapezoid, 10) },
    .init(name: "constant") { $0.schedule.kind = .constant },
    .init(name: "ema") { $0.ema = 0.9 },
    .init(name: "mean of the last") { $0.average = 2 },
    .init(name: "mean of the best") { ($0.average, $0.averageOf) = (2, .best) },
    .init(name: "ema and mean") { ($0.ema, $0.average) = (0.9, 3) },
    .init(name: "accumulation") { $0.accumulation = 3 },
    .init(name: "batches by words") { $0.batchWords = 30 },
    .init(name: "both directions", shape: { $0.bothDirections = true }) { _ in },
    .init(name: "both orders, guided", shape: { $0.bothOrders = true }) { $0.guidance = 0.5 },
    .init(name: "r-drop") { $0.consistency = 5 },
    .init(name: "scheduled sampling") { ($0.sampling, $0.samplingWarmup) = (0.5, 10) },
    .init(name: "guided alignment") { $0.guidance = 0.5 },
    .init(name: "coverage loss") { $0.coverageWeight = 1 },
    .init(name: "all losses") {
      ($0.consistency, $0.sampling, $0.guidance, $0.coverageWeight) = (1, 0.2, 0.1, 0.5)
    },
    .init(name: "risk") { $0.risk.candidates = 3 },
    .init(name: "risk in all modes", shape: { ($0.bothDirections, $0.bothOrders) = (true, true) }) {
      $0.risk.candidates = 3
    },
    .init(name: "perplexity") { $0.metric = .perplexity },
  ]
}

@Suite("Training options")
struct TrainingOptionTests {
  private func configuration(_ updates: Int, _ variant: TrainingVariant?) -> TrainingConfiguration {
    var configuration = CorpusFixture.configuration
    configuration.validationFrequency = 5
    configuration.afterBatches = updates
    configuration.earlyStopping = 0
    variant?.change(&configuration)
    return configuration
  }

  /// A model with coverage, so that every loss has something to act on.
  private static func shape(_ variant: TrainingVariant?) -> ModelConfiguration {
    var shape = CorpusFixture.shape
    (shape.attention, shape.coverage) = (.mlp, true)
    variant?.shape(&shape)
    return shape
  }

  @Test("With each option a resumed training is the one that was not ended", arguments: TrainingVariant.all)
  func resume(variant: TrainingVariant) throws {
    let fixture = try CorpusFixture()
    let guides = try fixture.reversedLinks()
    func train(_ name: String, _ updates: Int, stopAfter: Int? = nil) throws {
      try fixture.train(
        name, configuration(updates, variant), shape: Self.shape(variant), guides: guides,
        stopAfter: stopAfter)
    }
    try train("whole", 20)
    let whole = try Outcome(fixture, "whole")
    // At a validation, then between two.
    try train("parts", 5)
    try train("parts", 20, stopAfter: 7)
    #expect(try Outcome(fixture, "parts") != whole)
    try train("parts", 20)
    #expect(try Outcome(fixture, "parts") == whole)
  }

  @Test("Each option makes a difference", arguments: TrainingVariant.all)
  func difference(variant: TrainingVariant) throws {
    let fixture = try CorpusFixture()
    let judged = variant.name == "perplexity"
    // A rate that falls when the score stands still is another than a constant one only if it does.
    var scorer = CorpusFixture.scorer
    if variant.name == "constant" { scorer = { _, _ in 0 } }
    let outcomes = try [nil, variant].map { [scorer] variant in
      var configuration = configuration(20, variant)
      if judged { configuration.schedule.patience = 0 }
      let name = variant?.name ?? "plain"
      try fixture.train(
        name, configuration, shape: Self.shape(variant), guides: fixture.reversedLinks(), scorer: scorer)
      return try Outcome(fixture, name)
    }
    let (plain, other) = (outcomes[0], outcomes[1])
    if judged {
      // The same training, judged otherwise.
      #expect(plain.last == other.last && plain.optimizer == other.optimizer)
      let losses = try ModelDatabase(opening: fixture.folder.path(variant.name)).history()
      #expect(other.state.bestLoss == losses.compactMap(\.validationLoss).min())
    } else {
      // Averages change what is kept, and the training not at all.
      #expect(plain.optimizer != other.optimizer)
      if !variant.name.contains("mean") { #expect(plain.last != other.last) }
    }
  }

  @Test("Checkpoints that were kept by other scores are let go")
  func otherScores() throws {
    for change: (inout TrainingConfiguration) -> Void in [
      { $0.metric = .perplexity }, { $0.validationSentences = 4 },
    ] {
      let fixture = try CorpusFixture()
      var averaged = configuration(10, nil)
      (averaged.average, averaged.averageOf) = (2, .best)
      try fixture.train("m", averaged, scorer: { _, _ in 60 })
      #expect(try Outcome(fixture, "m").state.keptScores == [60, 60])
      change(&averaged)
      averaged.afterBatches = 15
      try fixture.train("m", averaged, scorer: { _, _ in 10 })
      let kept = try #require(try Outcome(fixture, "m").state.keptScores)
      #expect(kept.count == 1 && kept[0] <= 10)
    }
  }

  @Test("A mean of checkpoints is theirs, value for value, and the optimiser goes on from the parameters")
  func mean() throws {
    let fixture = try CorpusFixture()
    let constant = try #require(TrainingVariant.all.first { $0.name == "constant" })
    var averaged = configuration(15, constant)
    averaged.average = 3
    // A scorer that always prefers what comes later: the mean is tried after the single checkpoint.
    let count = Counter()
    let rising: Trainer.Scorer = { _, _ in Double(count.next()) }
    try fixture.train("mean", averaged, scorer: rising)
    let single = try [5, 10, 15].map { updates in
      try fixture.train("single\(updates)", configuration(updates, constant), scorer: { _, _ in 1 })
      return try ModelDatabase(opening: fixture.folder.path("single\(updates)")).tensors(.last)
    }
    let found = try Outcome(fixture, "mean")
    for (place, tensor) in found.best.enumerated() {
      let mean = tensor.values.indices.map { index in
        Float(single.reduce(0) { $0 + Double($1[place].values[index]) } / 3)
      }
      #expect(tensor.values == mean, "\(tensor.name)")
    }
    // 1, then single and mean twice.
    #expect(found.scores == [1, 3, 5])
    let raw = found.optimizer.filter { $0.name.hasSuffix(".raw") }
    #expect(raw.map(\.values) == single[2].map(\.values))
  }

  @Test("A moving average follows every fourth update as it would follow four, and each of the first")
  func movingAverage() throws {
    let fixture = try CorpusFixture()
    let constant = try #require(TrainingVariant.all.first { $0.name == "constant" })
    var averaged = configuration(8, constant)
    (averaged.ema, averaged.validationFrequency) = (0.3, 8)
    try fixture.train("moving", averaged)
    var expected = try Seq2SeqModel(CorpusFixture.shape, seed: averaged.seed).store.parameters.map(\.array)
    for updates in [1, 2, 3, 4, 8] {
      try fixture.train("single\(updates)", configuration(updates, constant))
      let values = try ModelDatabase(opening: fixture.folder.path("single\(updates)")).tensors(.last)
      var decay: Float = 1
      for step in (updates <= 4 ? updates : updates - 3)...updates {
        decay *= min(0.3, Float(1 + step) / Float(10 + step))
      }
      for (place, tensor) in values.enumerated() {
        for index in tensor.values.indices {
          expected[place][index] += (1 - decay) * (tensor.values[index] - expected[place][index])
        }
      }
    }
    let found = try Outcome(fixture, "moving")
    for (tensor, expected) in zip(found.last, expected) {
      let error = zip(tensor.values, expected).map { abs($0 - $1) }.max() ?? 0
      #expect(error < 1e-6, "\(tensor.name)")
    }
  }

  @Test("The mean of the best keeps the best, and a worse mean is not taken")
  func best() throws {
    let fixture = try CorpusFixture()
    var averaged = configuration(20, nil)
    (averaged.average, averaged.averageOf) = (2, .best)
    // Singles: 5, 9, 7, 8; the means of two: 1 each.
    let count = Counter()
    let scores: [Double] = [5, 9, 1, 7, 1, 8, 1]
    try fixture.train("mean", averaged, scorer: { _, _ in scores[count.next() - 1] })
    let found = try Outcome(fixture, "mean")
    #expect(found.scores == [5, 9, 7, 8])
    #expect(found.state.keptScores == [9, 8])
    #expect(found.state.bestScore == 9)
  }

  @Test("The mean of the last lets the oldest go, however good it was")
  func last() throws {
    let fixture = try CorpusFixture()
    var averaged = configuration(20, nil)
    averaged.average = 2
    // Singles: 9, 5, 7, 8; the means of two: 1 each.
    let count = Counter()
    let scores: [Double] = [9, 5, 1, 7, 1, 8, 1]
    try fixture.train("mean", averaged, scorer: { _, _ in scores[count.next() - 1] })
    let found = try Outcome(fixture, "mean")
    #expect(found.scores == [9, 5, 7, 8])
    #expect(found.state.keptScores == [7, 8])
  }

  @Test("Scheduled sampling grows from 0 to its rate in equal steps, and stays there")
  func samplingWarmup() throws {
    let fixture = try CorpusFixture()
    @discardableResult
    func train(_ name: String, _ updates: Int, _ rate: Float, warmup: Int = 0) throws -> Outcome {
      var configuration = configuration(updates, nil)
      configuration.schedule.kind = .constant
      (configuration.sampling, configuration.samplingWarmup) = (rate, warmup)
      try fixture.train(name, configuration)
      return try Outcome(fixture, name)
    }
    let grown = try train("grown", 6, 1, warmup: 4)
    // The same by hand: one update after the other, each with its rate.
    for (place, rate) in ([0.25, 0.5, 0.75, 1, 1, 1] as [Float]).enumerated() {
      try train("steps", place + 1, rate)
    }
    let steps = try Outcome(fixture, "steps")
    #expect(grown.last == steps.last && grown.optimizer == steps.optimizer)
    #expect(try train("whole", 6, 1).last != grown.last)
  }

  @Test("To keep fewer of the best from now on lets the worst go, and each that stays keeps its score")
  func fewer() throws {
    let fixture = try CorpusFixture()
    var averaged = configuration(25, nil)
    (averaged.average, averaged.averageOf) = (5, .best)
    // Singles: 9, 5, 7, 6, 8; the means: 1 each.
    let count = Counter()
    let scores: [Double] = [9, 5, 1, 7, 1, 6, 1, 8, 1]
    try fixture.train("mean", averaged, scorer: { _, _ in scores[count.next() - 1] })
    let before = try Outcome(fixture, "mean")
    #expect(before.state.keptScores == [9, 5, 7, 6, 8])
    (averaged.average, averaged.afterBatches) = (3, 40)
    try fixture.train("mean", averaged, stopAfter: 2)
    let after = try Outcome(fixture, "mean")
    #expect(after.state.keptScores == [9, 7, 8])
    func kept(_ outcome: Outcome, _ place: Int) -> [[Float]] {
      outcome.optimizer.filter { $0.name.hasSuffix(".kept.\(place)") }.map(\.values)
    }
    #expect(!kept(after, 0).isEmpty && kept(after, 3).isEmpty)
    #expect([0, 1, 2].map { kept(after, $0) } == [0, 2, 4].map { kept(before, $0) })
  }

  @Test("Gradients of three batches of 8 are those of one of 24")
  func accumulation() throws {
    let fixture = try CorpusFixture(train: 24)
    var one = configuration(4, nil)
    one.dropout = DropoutRates()
    var three = one
    (one.batchSize, three.accumulation) = (24, 3)
    let (whole, parts) = (try fixture.train("one", one), try fixture.train("three", three))
    #expect(parts.updates.map(\.batch) == [3, 3, 3, 3] && parts.updates.map(\.epoch) == [1, 2, 3, 4])
    for (one, three) in zip(whole.updates, parts.updates) {
      #expect(abs(one.gradientNorm - three.gradientNorm) < 1e-4 * one.gradientNorm)
      #expect(abs(one.loss - three.loss) < 1e-6 * one.loss)
    }
  }

  @Test("A learning rate follows its schedule, whatever the scores")
  func schedules() throws {
    let fixture = try CorpusFixture()
    for variant in TrainingVariant.all
    where
      ["inverse-sqrt", "exponential", "cosine", "trapezoid"].contains(variant.name)
    {
      let configuration = configuration(12, variant)
      let events = try fixture.train(variant.name, configuration, scorer: { _, _ in 0 })
      #expect(
        events.updates.map(\.learningRate)
          == (1...12).map { configuration.schedule.rate(step: $0, decays: 0) })
      // A validation stands between two updates, and names the rate of the second.
      let rows = try ModelDatabase(opening: fixture.folder.path(variant.name)).history()
      let rates = rows.filter { $0.validation != nil }.map { ($0.step, $0.learningRate) }
      #expect(rates.map(\.0) == [5, 10, 12])
      for (step, rate) in rates {
        #expect(rate == Double(configuration.schedule.rate(step: step + 1, decays: 0)))
      }
    }
  }

  @Test("A trapezoid without a period ends with the training")
  func wholeTrapezoid() throws {
    let fixture = try CorpusFixture()
    var configuration = configuration(12, nil)
    (configuration.schedule.kind, configuration.schedule.warmup, configuration.schedule.floor) = (
      .trapezoid, 2, 0
    )
    configuration.schedule.cooldown = 0.4
    let rates = try fixture.train("trapezoid", configuration, scorer: { _, _ in 0 }).updates.map(
      \.learningRate)
    // Two updates up, six straight on, four down.
    let base = configuration.schedule.base
    #expect(rates[0] == base / 2 && rates[1...7].allSatisfy { abs($0 - base) < 1e-6 * base })
    #expect(abs(rates[8] - base / 2) < 1e-6 && rates[8] > rates[9] && rates[9] > rates[10])
    #expect(abs(rates[11]) < 1e-6 * base)
  }

  @Test("A cosine without a period ends with the training, whether epochs or updates limit it")
  func wholeCosine() throws {
    let fixture = try CorpusFixture()
    let variant = TrainingVariant(name: "cosine") {
      ($0.schedule.kind, $0.schedule.warmup, $0.schedule.floor) = (.cosine, 3, 0.1)
    }
    func rates(_ name: String, _ change: (inout TrainingConfiguration) -> Void) throws -> [Float] {
      var configuration = configuration(12, variant)
      change(&configuration)
      return try fixture.train(name, configuration, scorer: { _, _ in 0 }).updates.map(\.learningRate)
    }
    let updates = try rates("updates") { _ in }
    #expect(updates.count == 12 && updates[2] == updates.max())
    #expect(abs(updates[11] - 0.1 * updates[2]) < 1e-6)
    #expect(zip(updates[2...], updates[3...]).allSatisfy { $0 > $1 })
    // Two epochs, each of some batches whose gradients are added up by two.
    let epochs = try rates("epochs") { ($0.afterBatches, $0.afterEpochs, $0.accumulation) = (0, 2, 2) }
    #expect(
      abs(epochs.last! - 0.1 * epochs.max()!) < 1e-6 && epochs.dropLast().allSatisfy { $0 > epochs.last! })
    // Whichever comes first.
    #expect(try rates("both") { $0.afterEpochs = 100 } == updates)
  }

  @Test("A cosine that ends with the training has one length, in whichever epoch it is resumed")
  func resumedCosine() throws {
    let fixture = try CorpusFixture(train: 240)
    var configuration = configuration(0, nil)
    (configuration.batchWords, configuration.afterEpochs) = (5, 3)
    configuration.schedule.kind = .cosine
    configuration.validationFrequency = 0
    let lengths = try fixture.corpus.segmentLengths(vocabulary: fixture.vocabularyID, split: .train)
    func counts(_ seed: UInt64) -> [Int] {
      configuration.seed = seed
      return (1...3).map { BatchPlan(lengths: lengths, configuration, epoch: $0).batches.count }
    }
    let seed = try #require((1...50).first { counts($0)[0] != counts($0)[2] })
    let counts = counts(seed)
    try fixture.train("whole", configuration)
    try fixture.train("parts", configuration, stopAfter: counts[0] + counts[1] + 3)
    try fixture.train("parts", configuration)
    #expect(try Outcome(fixture, "parts") == Outcome(fixture, "whole"))
  }

  @Test("BPE-dropout draws other pieces each epoch, resumes to the bit, and needs merges")
  func bpeDropout() throws {
    let words = try CorpusFixture()
    var configuration = configuration(20, nil)
    configuration.bpeDropout = 0.3
    #expect(throws: Seq2SeqError.self) { try words.train("words", configuration) }

    // Words of two letters that are one piece each.
    let codes =
      "#version: 0.2\n" + ["ab", "cd", "ef", "gh"].map { "\($0.first!) \($0.last!)</w>\n" }.joined()
    let text = TextConfiguration(language: "en", kind: .bpe)
    let symbols = ["ab", "cd", "ef", "gh", "b", "d", "f", "h", "a@@", "c@@", "e@@", "g@@"]
    let vocabulary = try Vocabulary(symbols: symbols).text
    let record = VocabularyRecord(
      name: "pieces", sourceConfiguration: text, targetConfiguration: text, sourceCodes: codes,
      targetCodes: codes,
      sourceVocabulary: vocabulary, targetVocabulary: vocabulary, isShared: true)
    let fixture = try CorpusFixture(record: record, words: ["ab", "cd", "ef", "gh"])
    var shape = CorpusFixture.shape
    (shape.sourceVocabulary, shape.targetVocabulary) = (symbols.count + 4, symbols.count + 4)
    func train(_ name: String, _ configuration: TrainingConfiguration, stopAfter: Int? = nil) throws
      -> Outcome
    {
      try fixture.train(name, configuration, shape: shape, stopAfter: stopAfter)
      return try Outcome(fixture, name)
    }
    let whole = try train("whole", configuration)
    #expect(try train("parts", configuration, stopAfter: 7) != whole)
    #expect(try train("parts", configuration) == whole)
    // A pair that stands alone in its corpus is one batch an epoch: only the pieces can differ.
    var plain = configuration
    plain.bpeDropout = 0
    #expect(try train("plain", plain).last != whole.last)
    #expect(whole.state.epoch > 1)
    // Where nothing is learnt, and one batch is an epoch, the gradient is a matter of the pieces alone.
    let few = try CorpusFixture(train: 6, record: record, words: ["ab", "cd", "ef", "gh"])
    func norms(_ rate: Float) throws -> [Float] {
      var still = self.configuration(5, nil)
      (still.bpeDropout, still.dropout, still.schedule.base) = (rate, DropoutRates(), 1e-30)
      return try few.train("still\(rate)", still, shape: shape).updates.map(\.gradientNorm)
    }
    let (same, drawn) = (try norms(0), try norms(0.3))
    #expect(same.allSatisfy { abs($0 - same[0]) < 1e-5 * same[0] })
    #expect(Set(drawn.map { Int(1e4 * $0 / same[0]) }).count > 2, "\(drawn)")
  }
}

/// Counts calls.
final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  func next() -> Int {
    lock.withLock {
      value += 1
      return value
    }
  }
}
