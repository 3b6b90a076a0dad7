import Foundation
import Layers
import Reference
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Losses besides cross-entropy")
struct LossTests {
  private static let pairs: [(source: [TokenID], target: [TokenID])] = [
    ([4, 5], [6, 4, 7]), ([5, 6, 7, 1], [5]), ([7], [6, 5]),
  ]
  private static let links: [[PieceLink]] = [
    [
      .init(target: 0, source: 1, share: 1), .init(target: 2, source: 0, share: 0.5),
      .init(target: 2, source: 1, share: 0.5),
    ],
    [.init(target: 0, source: 3, share: 1)], [],
  ]

  private func model(_ change: (inout ModelConfiguration) -> Void = { _ in }) throws -> Seq2SeqModel {
    var configuration = ModelConfiguration(sourceVocabulary: 8, targetVocabulary: 8)
    (configuration.embedding, configuration.hidden) = (3, 4)
    change(&configuration)
    return try RandomModel.make(configuration, seed: 101)
  }

  /// The loss, and the gradient of each parameter.
  private func run(
    _ model: Seq2SeqModel, dropoutSeed: UInt64? = nil, _ change: (inout Seq2SeqModel.LossOptions) -> Void
  ) -> (sum: LossSum, gradients: [[Float]]) {
    let buffer = GradientBuffer(model.store)
    let tape = Tape(recordingInto: buffer)
    tape.reset(dropoutSeed: dropoutSeed)
    var options = Seq2SeqModel.LossOptions()
    change(&options)
    let sum = model.loss(SentenceBatch(Self.pairs, links: Self.links), options, tape)
    tape.backward()
    let gradients = model.store.parameters.map { parameter in
      buffer.gradient(parameter).map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) } ?? []
    }
    return (sum, gradients)
  }

  private static let attentions: [@Sendable (inout ModelConfiguration) -> Void] = [
    { $0.attention = .dot }, { ($0.attention, $0.attentionTiming) = (.general, .before) },
    { ($0.attention, $0.coverage) = (.mlp, true) },
    { ($0.attention, $0.coverage, $0.decoderCell, $0.attentionTiming) = (.mlp, true, .gru, .before) },
  ]

  @Test("Guided alignment and coverage loss against f64, with every gradient", arguments: attentions.indices)
  func attention(kind: Int) throws {
    let model = try model(Self.attentions[kind])
    let weight = model.configuration.coverage ? 0.75 : 0
    let found = run(model) {
      ($0.guidance, $0.coverage, $0.smoothing, $0.scale) = (0.5, Float(weight), 0.1, 0.25)
    }
    let reference = ReferenceModel(model)
    let expected = reference.loss(Self.pairs, smoothing: 0.1, links: Self.links)
    #expect(expected.guided > 0 && expected.overlap > 0)
    let added = 0.5 * expected.guided + weight * expected.overlap
    #expect(abs(found.sum.added - added) < 1e-5 * added)
    #expect(abs(found.sum.smoothed - expected.smoothed) < 1e-5 * expected.smoothed)
    let names = model.store.parameters.map(\.name)
    let slopes = GradientCheck.numeric(names.map { reference.parameters[$0]! }) { moved in
      var model = reference
      for (name, matrix) in zip(names, moved) { model.parameters[name] = matrix }
      let loss = model.loss(Self.pairs, smoothing: 0.1, links: Self.links)
      return 0.25 * (loss.smoothed + 0.5 * loss.guided + weight * loss.overlap)
    }
    for ((name, gradient), slope) in zip(zip(names, found.gradients), slopes) {
      #expect(GradientCheck.error(gradient, slope) < 5e-5, "\(name)")
    }
    // Without the terms there is another gradient.
    #expect(run(model) { ($0.smoothing, $0.scale) = (0.1, 0.25) }.gradients != found.gradients)
  }

  @Test("R-Drop without dropout is cross-entropy; with it, the two draws differ and are told to agree")
  func consistency() throws {
    let model = try model { ($0.encoderDepth, $0.decoderDepth) = (2, 2) }
    let plain = run(model) { $0.smoothing = 0.1 }
    let twice = run(model) { ($0.smoothing, $0.consistency) = (0.1, 5) }
    #expect(twice.sum.words == plain.sum.words && twice.sum.added < 1e-9)
    #expect(abs(twice.sum.smoothed - plain.sum.smoothed) < 1e-5 * plain.sum.smoothed)
    for (one, two) in zip(plain.gradients, twice.gradients) {
      #expect(GradientCheck.error(two, one.map(Double.init)) < 1e-4)
    }
    func dropped(_ consistency: Float, seed: UInt64) -> (sum: LossSum, gradients: [[Float]]) {
      run(model, dropoutSeed: seed) { ($0.dropout.states, $0.consistency) = (0.3, consistency) }
    }
    let (weak, strong) = (dropped(1, seed: 3), dropped(2, seed: 3))
    #expect(weak.sum.added > 1e-3 && abs(strong.sum.added - 2 * weak.sum.added) < 1e-5 * strong.sum.added)
    #expect(strong.gradients != weak.gradients && dropped(1, seed: 3).gradients == weak.gradients)
    #expect(dropped(1, seed: 4).gradients != weak.gradients)
  }

  @Test("R-Drop halves what attention is asked for in each of the two draws")
  func consistencyWithGuides() throws {
    let model = try model { ($0.attention, $0.coverage) = (.mlp, true) }
    let plain = run(model) { ($0.guidance, $0.coverage) = (1, 1) }
    let twice = run(model) { ($0.guidance, $0.coverage, $0.consistency) = (1, 1, 5) }
    #expect(abs(twice.sum.added - plain.sum.added) < 1e-5 * plain.sum.added)
    for (one, two) in zip(plain.gradients, twice.gradients) {
      #expect(GradientCheck.error(two, one.map(Double.init)) < 1e-4)
    }
  }

  @Test("With scheduled sampling the decoder reads what it would have written")
  func sampling() throws {
    let model = try model()
    let reference = ReferenceModel(model)
    // The first pass, of the given words: what the model writes in each place, markers apart.
    let inputs = Self.pairs.map { pair -> [TokenID] in
      let source = reference.encode(pair.source)
      var (state, before) = (source.start, Vocabulary.beginOfSentence)
      return pair.target.map { id in
        let result = reference.step(before, state, source)
        (state, before) = (result.state, id)
        let allowed = result.logits.indices.filter { ![0, 2, 3].contains($0) }
        return TokenID(allowed.max { result.logits[$0] < result.logits[$1] }!)
      }
    }
    #expect(inputs != Self.pairs.map(\.target))
    let expected = reference.loss(Self.pairs, smoothing: 0, inputs: inputs).smoothed
    func loss(_ rate: Float, seed: UInt64) -> Double {
      run(model) { ($0.sampling, $0.samplingSeed) = (rate, seed) }.sum.smoothed
    }
    #expect(abs(loss(1, seed: 1) - expected) < 1e-5 * expected)
    #expect(loss(0.5, seed: 1) == loss(0.5, seed: 1))
    #expect(Set((1...8).map { loss(0.5, seed: $0) }).count > 2)
  }

  // MARK: - Links from a file

  private func guides(_ lines: [String], _ fixture: CorpusFixture) throws -> GuidedAlignments {
    try GuidedAlignments(lines, path: "some.align", corpus: fixture.corpus)
  }

  @Test("Lines of links that do not fit the corpus are refused, with their place")
  func refusals() throws {
    let fixture = try CorpusFixture(train: 6)
    // Pairs have 1 to 6 words.
    let good = (1...6).map { "0-\($0 - 1)" }
    #expect(try guides(good, fixture).count == 6)
    #expect(try guides([""] + good.dropFirst(), fixture).count == 5)
    func message(_ lines: [String]) throws -> String {
      do {
        _ = try guides(lines, fixture)
        return "taken"
      } catch let error as Seq2SeqError {
        #expect(error.errorCode == 65)
        return error.localizedDescription
      }
    }
    #expect(try message(Array(good.dropLast())).contains("5 lines, but the train split has 6 pairs"))
    #expect(try message(good.map { $0 + " x" }).contains("some.align:1: line 1: \"x\" is no alignment link"))
    #expect(
      try message(["0-0", "0-2"] + good.dropFirst(2)).contains("some.align:2: the link 0-2 is outside"))
    // A file with a line for each line of what was imported, of which not all were taken.
    #expect(try guides(good + ["7-7"], fixture).count == 6)
  }

  @Test("Guided attention looks where it is told to")
  func learning() throws {
    let fixture = try CorpusFixture(train: 200)
    // Told to look at the words in their order, although the translation has them in the other.
    let straight = try GuidedAlignments(
      try fixture.corpus.pairs(split: .train).map { pair in
        pair.source.split(separator: " ").indices.map { "\($0)-\($0)" }.joined(separator: " ")
      }, path: "links", corpus: fixture.corpus)
    func looks(_ guidance: Float) throws -> Double {
      var configuration = CorpusFixture.configuration
      (configuration.afterBatches, configuration.schedule.base, configuration.guidance) = (
        200, 1e-2, guidance
      )
      (configuration.dropout, configuration.schedule.kind) = (DropoutRates(), .constant)
      (configuration.validationFrequency, configuration.earlyStopping) = (100, 0)
      let name = "guided\(guidance)"
      try fixture.train(name, configuration, guides: straight)
      let translator = try Translator(contentsOf: URL(fileURLWithPath: fixture.folder.path(name)))
      let found = translator.align([("a b c d", "d c b a"), ("e f g h", "h g f e")])
      return found.reduce(0) { sum, translation in
        let weights = translation.alignment!.weights
        return sum + (0..<4).reduce(0) { $0 + Double(weights[$1 * 4 + $1]) } / 8
      }
    }
    let (guided, free) = (try looks(1), try looks(0))
    #expect(guided > 0.6 && free < 0.4, "\(guided) of attention is on the links, \(free) without them")
  }

  @Test("Which words belong together is found in the corpus, and guides both directions")
  func found() throws {
    let fixture = try CorpusFixture(train: 200)
    let found = try GuidedAlignments(learningFrom: fixture.corpus)
    #expect(try GuidedAlignments(learningFrom: fixture.corpus, maximumLength: 0).count == 0)
    #expect(found.count == 200)
    var configuration = CorpusFixture.configuration
    (configuration.afterBatches, configuration.schedule.base, configuration.guidance) = (200, 1e-2, 1)
    (configuration.dropout, configuration.schedule.kind) = (DropoutRates(), .constant)
    (configuration.validationFrequency, configuration.earlyStopping) = (100, 0)
    var shape = CorpusFixture.shape
    shape.bothDirections = true
    try fixture.train("both", configuration, shape: shape, guides: found)
    let translator = try Translator(contentsOf: URL(fileURLWithPath: fixture.folder.path("both")))
    for translator in [translator, try translator.reversed()] {
      let weights = translator.align([("a b c d", "d c b a")])[0].alignment!.weights
      let looked = (0..<4).reduce(0) { $0 + Double(weights[$1 * 4 + 3 - $1]) } / 4
      #expect(looked > 0.6, "\(looked) of attention is on the words that belong together")
    }
  }

  @Test("Options that the model has nothing for are refused")
  func impossible() throws {
    let fixture = try CorpusFixture()
    var configuration = CorpusFixture.configuration
    configuration.guidance = 1
    #expect(throws: Seq2SeqError.self) { try fixture.train("a", configuration) }
    var shape = CorpusFixture.shape
    shape.attention = .none
    #expect(throws: Seq2SeqError.self) {
      try fixture.train("b", configuration, shape: shape, guides: fixture.reversedLinks())
    }
    configuration.guidance = 0
    configuration.coverageWeight = 1
    #expect(throws: Seq2SeqError.self) { try fixture.train("c", configuration) }
  }

  @Test("R-Drop reads the sampled words in both draws")
  func consistencyWithSampling() throws {
    let model = try model()
    let once = run(model) { ($0.sampling, $0.samplingSeed) = (1, 1) }
    let twice = run(model) { ($0.sampling, $0.samplingSeed, $0.consistency) = (1, 1, 5) }
    #expect(abs(twice.sum.smoothed - once.sum.smoothed) < 1e-5 * once.sum.smoothed)
    #expect(abs(run(model) { _ in }.sum.smoothed - once.sum.smoothed) > 1e-3)
  }

  @Test("Links go with the word that a lesson puts between tags")
  func linksOfLessons() throws {
    let words = ["anna", "bert", "carl", "dora", "emil", "fritz", "greta", "hans"]
    var record = TinyLanguage.record
    record.sourceVocabulary = try Vocabulary(symbols: words).text
    record.targetVocabulary = record.sourceVocabulary
    let fixture = try CorpusFixture(train: 600, record: record, words: words)  // targets are reversed
    let (guides, codecs) = (try fixture.reversedLinks(), try record.codecs())
    let teacher = PairEncoder(source: codecs.source, target: codecs.target, givesLessons: true)
    var tagged = 0
    for pair in try fixture.corpus.pairs(split: .train) {
      let (source, target) = teacher.encode(source: pair.source, target: pair.target)
      if source.tokens.contains(where: { $0.hasPrefix("<b>") }) { tagged += 1 }
      for link in guides.links(of: pair.id) {
        let from = source.tokens[source.tokenIndex[link.source]]
        let to = target.tokens[target.tokenIndex[link.target]]
        // Other lessons put a token in the place of the word, which is a right link too.
        #expect(from == to && !from.hasPrefix("<b>") && !from.hasSuffix("</b>"), "\(pair)")
      }
    }
    #expect(tagged > 3)
  }
}
