import Foundation
import Layers
import Seq2Seq
import Testing

@Suite("Configurations")
struct ConfigurationTests {
  private func refuses(
    _ change: (inout ModelConfiguration) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var configuration = ModelConfiguration(sourceVocabulary: 10, targetVocabulary: 10)
    (configuration.embedding, configuration.hidden) = (4, 4)
    change(&configuration)
    #expect(throws: Seq2SeqError.self, sourceLocation: sourceLocation) {
      _ = try Seq2SeqModel(configuration, seed: 1)
    }
  }

  @Test("Shapes that cannot be built are refused")
  func shapes() {
    refuses { $0.sourceVocabulary = 4 }
    refuses { $0.targetVocabulary = 0 }
    refuses { $0.hidden = 0 }
    refuses { $0.hidden = 5 }
    refuses { $0.embedding = -1 }
    refuses { $0.embedding = 100_000 }
    refuses { $0.encoderDepth = 0 }
    refuses { $0.decoderDepth = 9 }
    refuses { $0.decoderConnection = .dense }
    refuses { ($0.attention, $0.coverage) = (.general, true) }
    refuses { ($0.tiedEmbeddings, $0.sourceVocabulary) = (.all, 9) }
    refuses { ($0.bothDirections, $0.sourceVocabulary) = (true, 11) }
    refuses { ($0.attention, $0.encoderConnection) = (.dot, .dense) }
    refuses { ($0.bridge, $0.isBidirectional, $0.hidden) = (.last, true, 7) }
  }

  @Test("Training settings that make no sense are refused, and the defaults are not")
  func training() throws {
    try TrainingConfiguration().validate()
    let changes: [(inout TrainingConfiguration) -> Void] = [
      { $0.batchSize = 0 }, { $0.maximumLength = 1 }, { $0.dropout.states = 1 }, { $0.dropout.states = -0.1 },
      { $0.dropout.sourceWords = 1 }, { $0.dropout.recurrent = 1 }, { $0.dropout.inputs = 1 },
      { $0.dropout.layers = -1 },
      { $0.dropout.targetWords = .nan },
      { $0.labelSmoothing = 1 }, { $0.schedule.base = 0 }, { $0.schedule.base = .nan },
      { $0.optimizer.clipNorm = -1 },
      { $0.optimizer.clipValue = -1 }, { $0.optimizer.momentum = 1 }, { $0.optimizer.weightDecay = -1 },
      { $0.schedule.kind = .inverseSqrt }, { $0.schedule.kind = .cosine },
      { $0.schedule.kind = .trapezoid }, { $0.schedule.cooldown = 0 }, { $0.schedule.cooldown = 1.5 },
      { $0.schedule.kind = .exponential },
      { $0.schedule.floor = 2 }, { $0.schedule.decay = 0 }, { $0.schedule.warmup = -1 },
      { $0.consistency = -1 }, { $0.guidance = .infinity }, { $0.coverageWeight = -1 }, { $0.sampling = 1.1 },
      { $0.samplingWarmup = -1 }, { $0.ema = 1 }, { $0.ema = -0.1 }, { $0.average = -1 },
      { $0.accumulation = 0 },
      { $0.batchWords = -1 },
      { $0.workers = 0 }, { $0.afterEpochs = -1 }, { $0.validationFrequency = -1 }, { $0.average = 1 },
      { $0.schedule.patience = -1 }, { $0.saveMinutes = -1 }, { $0.validationSentences = -1 },
      { ($0.schedule.kind, $0.schedule.period, $0.afterEpochs) = (.cosine, -5, 2) },
      { ($0.consistency, $0.dropout.states) = (5, 0) },
      { $0.batchWords = .max }, { $0.afterEpochs = .max }, { $0.schedule.base = .infinity },
      { $0.optimizer.weightDecay = .infinity }, { $0.optimizer.clipNorm = .infinity },
      { $0.afterMinutes = .nan }, { $0.afterMinutes = .infinity }, { $0.saveMinutes = .infinity },
    ]
    for (index, change) in changes.enumerated() {
      var configuration = TrainingConfiguration()
      change(&configuration)
      #expect(throws: Seq2SeqError.self, "change \(index)") { try configuration.validate() }
    }
  }

  @Test("A file from before an option was there has its default")
  func olderFiles() throws {
    let older = Data(
      """
      {"batchSize": 32, "maximumLength": 60, "adam": {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8,
      "weightDecay": 0.5, "clipNorm": 2}, "schedule": {"base": 0.002, "warmup": 3, "decay": 0.7, "patience": 1,
      "floor": 0.01}, "dropout": {"states": 0.2, "sourceWords": 0, "targetWords": 0.3}, "labelSmoothing": 0.1,
      "afterEpochs": 16, "afterBatches": 0, "afterMinutes": 0, "earlyStopping": 6, "validationFrequency": 0,
      "validationSentences": 0, "saveMinutes": 5, "seed": 7, "workers": 2}
      """.utf8)
    let shape = "{\"source-vocabulary\": 9, \"target-vocabulary\": 9}"
    let read = try StoredConfiguration(
      json: Data("{\"model\": \(shape), \"training\": ".utf8) + older + Data("}".utf8)
    ).training
    var expected = TrainingConfiguration()
    (expected.batchSize, expected.maximumLength, expected.seed) = (32, 60, 7)
    (expected.optimizer.beta2, expected.optimizer.weightDecay, expected.optimizer.clipNorm) = (0.98, 0.5, 2)
    (expected.schedule.base, expected.schedule.warmup, expected.schedule.decay) = (0.002, 3, 0.7)
    expected.schedule.patience = 1
    (expected.dropout.states, expected.dropout.targetWords) = (0.2, 0.3)
    (expected.afterEpochs, expected.earlyStopping) = (16, 6)
    #expect(read == expected)
  }

  @Test("The shape of a model from before there were other cells reads as it was")
  func olderModels() throws {
    let older = Data(
      """
      {"attention": "general", "attention-timing": "after", "bidirectional": true, "bridge": "linear", "dec-depth": 1,
      "dim-emb": 96, "dim-rnn": 192, "enc-connection": "none", "enc-depth": 2, "input-feeding": true,
      "source-vocabulary": 3973, "target-vocabulary": 3974}
      """.utf8)
    var expected = ModelConfiguration(sourceVocabulary: 3973, targetVocabulary: 3974)
    (expected.attention, expected.embedding, expected.hidden, expected.encoderDepth) = (.general, 96, 192, 2)
    #expect(try JSONDecoder().decode(ModelConfiguration.self, from: older) == expected)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ModelConfiguration.self, from: Data("{\"dim-emb\": 96}".utf8))
    }
  }

  @Test("What changed between two settings is said, but for the number of workers")
  func changes() {
    let one = TrainingConfiguration()
    var other = one
    other.workers += 1
    #expect(one.changes(to: other).isEmpty)
    (other.dropout.states, other.dropout.inputs, other.afterEpochs) = (0.5, 0.25, 9)
    #expect(
      one.changes(to: other)
        == "after-epochs was 0 and is 9, dropout was 0.3 and is 0.5, dropout-emb was none and is 0.25"
    )
  }

  @Test("Settings that change nothing are named")
  func idle() {
    var shape = ModelConfiguration(sourceVocabulary: 10, targetVocabulary: 10)
    #expect(shape.idleSettings.isEmpty)
    (shape.decoderConnection, shape.encoderConnection) = (.residual, .highway)
    #expect(shape.idleSettings.count == 2)
    (shape.decoderDepth, shape.embedding) = (2, shape.hidden)
    #expect(shape.idleSettings.isEmpty)
    (shape.encoderConnection, shape.embedding) = (.dense, 8)
    #expect(shape.idleSettings.isEmpty)

    shape.decoderDepth = 1
    var training = TrainingConfiguration()
    #expect(training.idleSettings(for: shape).isEmpty)
    (training.optimizer.momentum, training.averageOf, training.samplingWarmup) = (0.5, .best, 7)
    (training.risk.after, training.dropout.layers, training.schedule.period) = (2, 0.1, 9)
    #expect(training.idleSettings(for: shape).count == 6)
    (training.optimizer.method, training.average, training.sampling) = (.sgd, 3, 0.1)
    (training.risk.candidates, training.schedule.kind, shape.encoderDepth) = (4, .cosine, 2)
    #expect(training.idleSettings(for: shape).isEmpty)
    (training.risk.after, training.afterEpochs, training.dropout.readout) = (5, 5, 0.1)
    shape.attention = .none
    #expect(
      training.idleSettings(for: shape) == [
        "risk-after 5 leaves no epoch of 5 for risk-candidates",
        "dropout-readout and dropout-enc need attention",
      ])
  }

  @Test("A model that nothing of the source reaches is refused")
  func blind() throws {
    var shape = ModelConfiguration(sourceVocabulary: 10, targetVocabulary: 10)
    (shape.attention, shape.bridge) = (.none, .last)
    try shape.validate()
    shape.bridge = .zero
    #expect(throws: Seq2SeqError.self) { try shape.validate() }
  }

  @Test("A stored configuration reads back as it was")
  func roundTrip() throws {
    for model in RandomModel.configurations {
      var training = TrainingConfiguration()
      (training.seed, training.dropout.targetWords, training.schedule.warmup) = (.max, 0.25, 7)
      let stored = StoredConfiguration(model: model, training: training)
      #expect(try JSONDecoder().decode(StoredConfiguration.self, from: stored.json()) == stored)
    }
  }

  @Test("Every setting of a training reads back, and none is forgotten here")
  func allSettings() throws {
    var t = TrainingConfiguration()
    (t.batchSize, t.batchWords, t.accumulation, t.maximumLength) = (7, 300, 3, 55)
    (t.bpeDropout, t.labelSmoothing, t.consistency, t.guidance) = (0.125, 0.25, 2, 0.5)
    (t.coverageWeight, t.sampling, t.samplingWarmup, t.ema) = (0.75, 0.375, 9, 0.5)
    (t.risk.candidates, t.risk.weight, t.risk.sharpness, t.risk.after) = (4, 2, 0.5, 3)
    (t.average, t.averageOf, t.afterEpochs, t.afterBatches, t.afterMinutes) = (3, .best, 2, 3, 4)
    (t.earlyStopping, t.metric, t.validationFrequency, t.validationSentences) = (1, .perplexity, 5, 6)
    (t.saveMinutes, t.seed, t.precision, t.workers) = (8, 10, .bf16, 11)
    (t.optimizer.method, t.optimizer.beta1, t.optimizer.beta2, t.optimizer.epsilon) = (.sgd, 0.5, 0.25, 0.125)
    (t.optimizer.momentum, t.optimizer.weightDecay) = (0.5, 1)
    (t.optimizer.clipNorm, t.optimizer.clipValue) = (2, 3)
    (t.schedule.base, t.schedule.warmup, t.schedule.kind, t.schedule.decay) = (0.5, 2, .cosine, 0.25)
    (t.schedule.period, t.schedule.cooldown, t.schedule.patience, t.schedule.floor) = (7, 0.5, 9, 0.5)
    (t.dropout.states, t.dropout.inputs, t.dropout.layers, t.dropout.encoded) = (0.5, 0.1, 0.2, 0.3)
    (t.dropout.outputs, t.dropout.readout, t.dropout.recurrent) = (0.4, 0.5, 0.6)
    (t.dropout.sourceWords, t.dropout.targetWords) = (0.7, 0.8)
    #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: JSONEncoder().encode(t)) == t)
    func differ(_ one: Any, _ usual: Any, _ path: String) {
      let (mine, other) = (Mirror(reflecting: one), Mirror(reflecting: usual))
      guard mine.displayStyle == .struct, !mine.children.isEmpty else {
        #expect("\(one)" != "\(usual)", "\(path) is the default")
        return
      }
      for (a, b) in zip(mine.children, other.children) {
        differ(a.value, b.value, "\(path).\(a.label ?? "")")
      }
    }
    differ(t, TrainingConfiguration(), "")
  }
}
