import Foundation
import Layers
import Reference
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Minimum risk training")
struct RiskTests {
  private static let pairs: [(source: [TokenID], target: [TokenID])] = [
    ([4, 5], [6, 4, 7]), ([5, 6, 7, 1], [5]), ([7], [6, 5]),
  ]
  /// Translations of each sentence with their scores: of the last one none.
  private static let translations: [[(ids: [TokenID], score: Float)]] = [
    [([6, 4, 7], 1), ([6, 7], 0.25), ([4, 4, 4, 4, 5], 0)], [([], 0.125), ([5, 5], 0.5)], [],
  ]

  private func options(weight: Float, sharpness: Float) -> RiskOptions {
    var options = RiskOptions()
    (options.candidates, options.weight, options.sharpness) = (3, weight, sharpness)
    return options
  }

  @Test("Cross-entropy with expected scores, and every gradient of it, against f64", arguments: [0.2, 1.5])
  func gradient(sharpness: Double) throws {
    var configuration = ModelConfiguration(sourceVocabulary: 8, targetVocabulary: 8)
    (configuration.embedding, configuration.hidden, configuration.attention) = (3, 4, .mlp)
    let model = try RandomModel.make(configuration, seed: 111)
    let reference = ReferenceModel(model)
    let weight = 3.0

    // The weighted risk by its definition.
    func risk(_ model: ReferenceModel) -> Double {
      zip(Self.pairs, Self.translations).reduce(0) { sum, sentence in
        let (pair, own) = sentence
        let powers = own.map {
          exp(-sharpness * model.loss([(pair.source, $0.ids)], smoothing: 0).negativeLogLikelihood)
        }
        let expected = zip(powers, own).reduce(0) { $0 + $1.0 * (1 - Double($1.1.score)) }
        return sum
          + (own.isEmpty ? 0 : weight * Double(pair.target.count + 1) * expected / powers.reduce(0, +))
      }
    }
    let sample = RiskSample(
      zip(Self.pairs, Self.translations).map { pair, own in
        own.map {
          let loss = reference.loss([(pair.source, $0.ids)], smoothing: 0).negativeLogLikelihood
          return RiskSample.Candidate(ids: $0.ids, logProbability: Float(-loss), score: $0.score)
        }
      }, lengths: Self.pairs.map { $0.target.count + 1 },
      options(weight: Float(weight), sharpness: Float(sharpness)))

    let buffer = GradientBuffer(model.store)
    let tape = Tape(recordingInto: buffer)
    tape.reset()
    var lossOptions = Seq2SeqModel.LossOptions()
    (lossOptions.smoothing, lossOptions.scale) = (0.1, 0.25)
    let sum = model.loss(SentenceBatch(Self.pairs), lossOptions, risk: sample, tape)
    tape.backward()
    let plain = reference.loss(Self.pairs, smoothing: 0.1)
    #expect(abs(sum.smoothed - plain.smoothed) < 1e-5 * plain.smoothed && sum.words == 9)
    #expect(abs(sum.added - risk(reference)) < 1e-5 * sum.added && sum.added > 0.1)

    let names = model.store.parameters.map(\.name)
    let slopes = GradientCheck.numeric(names.map { reference.parameters[$0]! }) { moved in
      var model = reference
      for (name, matrix) in zip(names, moved) { model.parameters[name] = matrix }
      return 0.25 * (model.loss(Self.pairs, smoothing: 0.1).smoothed + risk(model))
    }
    for (parameter, slope) in zip(model.store.parameters, slopes) {
      let gradient = Array(
        UnsafeBufferPointer(start: try #require(buffer.gradient(parameter)), count: parameter.count))
      #expect(GradientCheck.error(gradient, slope) < 5e-5, "\(parameter.name)")
    }
  }

  @Test(
    "Where no translation came to its end the loss and its gradients are those without risk, whatever was before",
    arguments: Precision.allCases.filter(\.isSupported))
  func nothingComplete(precision: Precision) throws {
    var configuration = ModelConfiguration(sourceVocabulary: 8, targetVocabulary: 8)
    (configuration.embedding, configuration.hidden, configuration.tiedEmbeddings) = (3, 4, .all)
    let model = try RandomModel.make(configuration, seed: 112)
    let none = RiskSample([[], [], []], lengths: [4, 2, 3], options(weight: 2, sharpness: 1))
    func gradients(_ samples: [RiskSample?]) throws -> [[Float]] {
      let buffer = GradientBuffer(model.store)
      let tape = Tape(recordingInto: buffer, precision: precision)
      for sample in samples {
        tape.reset()
        let sum = model.loss(SentenceBatch(Self.pairs), Seq2SeqModel.LossOptions(), risk: sample, tape)
        tape.backward()
        #expect(sum.added == 0)
      }
      return try model.store.parameters.map {
        Array(UnsafeBufferPointer(start: try #require(buffer.gradient($0)), count: $0.count))
      }
    }
    let plain = try gradients([nil])
    #expect(try gradients([none]) == plain)
    #expect(try gradients([nil, none]) == plain)
  }

  @Test("One translation, or several as good, pull nowhere")
  func nothingToChoose() {
    let one = RiskSample.Candidate(ids: [4], logProbability: -1, score: 0.5)
    let other = RiskSample.Candidate(ids: [5], logProbability: -900, score: 0.5)
    for own in [[one], [one, other], [other, other]] {
      let sample = RiskSample([own], lengths: [3], options(weight: 2, sharpness: 1))
      #expect(sample.weights.allSatisfy { abs($0) < 1e-6 })
    }
    let worse = RiskSample.Candidate(ids: [6], logProbability: -1, score: 0)
    let sample = RiskSample([[one, worse]], lengths: [3], options(weight: 2, sharpness: 1))
    #expect(sample.weights == [0.75, -0.75])
  }

  @Test("It begins after its epochs, changes what is learnt, and refuses what does not go with it")
  func training() throws {
    let fixture = try CorpusFixture()
    var configuration = CorpusFixture.configuration
    (configuration.afterBatches, configuration.earlyStopping) = (12, 0)
    try fixture.train("plain", configuration)
    (configuration.risk.candidates, configuration.risk.after) = (4, 100)
    try fixture.train("later", configuration)
    let (plain, later) = (try fixture.parameters("plain"), try fixture.parameters("later"))
    #expect(plain == later)
    configuration.risk.after = 0
    try fixture.train("risk", configuration)
    #expect(try fixture.parameters("risk") != plain)

    configuration.risk.candidates = 1
    #expect(throws: Seq2SeqError.self) { try configuration.validate() }
    for change: (inout TrainingConfiguration) -> Void in [
      { $0.consistency = 1 }, { $0.guidance = 1 }, { $0.coverageWeight = 1 }, { $0.sampling = 0.1 },
      { $0.risk.weight = -1 }, { $0.risk.sharpness = 0 }, { $0.risk.after = -1 },
    ] {
      configuration.risk = RiskOptions()
      configuration.risk.candidates = 4
      var changed = configuration
      change(&changed)
      #expect(throws: Seq2SeqError.self) { try changed.validate() }
    }
    try configuration.validate()
  }

  @Test("An error of the scorer ends the training, as does no scorer")
  func failure() throws {
    struct Failure: Error {}
    let fixture = try CorpusFixture()
    var configuration = CorpusFixture.configuration
    configuration.risk.candidates = 2
    #expect(throws: Failure.self) {
      try fixture.train("failing", configuration, sentenceScorer: { _, _ in throw Failure() })
    }
    #expect(throws: Seq2SeqError.self) {
      try fixture.train("without", configuration, sentenceScorer: nil)
    }
  }

  @Test("What is scored higher becomes more frequent")
  func direction() throws {
    let fixture = try CorpusFixture()
    /// The share of a word in what a model writes that another word, or the same, was praised for.
    func share(of wanted: String, praising good: String) throws -> Double {
      var configuration = CorpusFixture.configuration
      (configuration.afterBatches, configuration.earlyStopping, configuration.validationFrequency) = (
        150, 0, 150
      )
      configuration.dropout = DropoutRates()
      (configuration.schedule.kind, configuration.schedule.base) = (.constant, 5e-3)
      (configuration.risk.candidates, configuration.risk.weight, configuration.risk.sharpness) = (6, 50, 1)
      if !FileManager.default.fileExists(atPath: fixture.folder.path(good)) {
        try fixture.train(
          good, configuration,
          sentenceScorer: { text, _ in
            let words = text.split(separator: " ")
            return words.isEmpty ? 0 : Double(words.count { $0 == good }) / Double(words.count)
          })
      }
      let model = try Translator(contentsOf: URL(fileURLWithPath: fixture.folder.path(good)))
      let words = model.translate(try fixture.corpus.pairs(split: .train).map(\.source))
        .flatMap { $0.text.split(separator: " ") }
      return Double(words.count { $0 == wanted }) / Double(max(1, words.count))
    }
    let (praised, other) = (try share(of: "a", praising: "a"), try share(of: "a", praising: "h"))
    #expect(praised > other + 0.1, "\(praised) of what was praised, \(other) otherwise")
  }
}
