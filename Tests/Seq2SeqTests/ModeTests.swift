import Foundation
import Layers
import Reference
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Both directions, both orders")
struct ModeTests {
  private static func shape(_ change: (inout ModelConfiguration) -> Void = { _ in }) -> ModelConfiguration {
    var shape = CorpusFixture.shape
    (shape.bothDirections, shape.bothOrders) = (true, true)
    change(&shape)
    return shape
  }

  /// Models with random parameters.
  private static func models(
    _ count: Int, _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) throws -> [Seq2SeqModel] {
    try (0..<count).map { index in
      let shape = shape {
        change(&$0)
        if index == 1 { $0.attention = .none }
      }
      let model = try Seq2SeqModel(shape, seed: UInt64(40 + index))
      // Larger than they are drawn, or all hypotheses would be alike.
      for parameter in model.store.parameters {
        let values = UnsafeBufferPointer(start: parameter.values, count: parameter.count).map { $0 * 4 }
        _ = parameter.room().update(fromContentsOf: values)
        parameter.valuesChanged()
      }
      model.store.pack()
      return model
    }
  }

  private func sentences(_ count: Int) -> [[TokenID]] {
    var generator = SplitMix64(seed: 82)
    return (0..<count).map { TinyLanguage.sentence(1 + $0 % 6, &generator) }
  }

  /// What a decoder starts from, as it is written in model files' embeddings.
  private static func start(_ mode: TranslationMode) -> TokenID {
    switch (mode.direction, mode.order) {
    case (.forward, .leftToRight): 2
    case (.reverse, .leftToRight): 3
    case (.forward, .rightToLeft): 0
    case (.reverse, .rightToLeft): 1
    }
  }

  /// `log p` of each word that is written, in f64.
  private static func logProbabilities(
    _ references: [ReferenceModel], _ source: [TokenID], _ target: [TokenID], _ mode: TranslationMode,
    ended: Bool = true
  ) -> [Double] {
    let sources = references.map { $0.encode(source) }
    var states = sources.map(\.start)
    var before = start(mode)
    let words = mode.order == .leftToRight ? target : target.reversed()
    return (words + (ended ? [Vocabulary.endOfSentence] : [])).map { id in
      let results = references.indices.map { references[$0].step(before, states[$0], sources[$0]) }
      states = results.map(\.state)
      before = id
      return log(results.reduce(0) { $0 + Reference.softmax($1.logits)[Int(id)] } / Double(results.count))
    }
  }

  /// Trains a model `both` on sentences whose first word is put last: there and back differ, and all of them read alike.
  private static func train(_ shape: ModelConfiguration) throws -> CorpusFixture {
    var configuration = CorpusFixture.configuration
    configuration.dropout = DropoutRates()
    configuration.schedule.base = 0.005
    (configuration.afterBatches, configuration.validationFrequency) = (1_500, 500)
    configuration.earlyStopping = 0
    let fixture = try CorpusFixture(train: 200, words: ["a", "b", "c"]) {
      Array($0.dropFirst() + $0.prefix(1))
    }
    try fixture.train("both", configuration, shape: shape)
    return fixture
  }

  @Test("A model goes both ways, and knows which where a text may be of either language")
  func bothDirections() throws {
    let fixture = try Self.train(
      Self.shape { ($0.bothOrders, $0.embedding, $0.hidden) = (false, 16, 48) })
    let forth = try Translator(contentsOf: URL(fileURLWithPath: fixture.folder.path("both")))
    let back = try forth.reversed()
    #expect(forth.direction == .forward && back.direction == .reverse && forth.canRank)
    for text in ["a b c", "c a", "b b a c"] {
      let words = text.split(separator: " ").map(String.init)
      #expect(forth.translate(text).text == (words.dropFirst() + words.prefix(1)).joined(separator: " "))
      #expect(back.translate(text).text == (words.suffix(1) + words.dropLast()).joined(separator: " "))
      // What was found is as probable when it is forced.
      for translator in [forth, back] {
        let found = translator.translate(text)
        let forced = translator.align([(text, found.text)])[0]
        #expect(abs(forced.logProbability - found.logProbability) < 1e-4)
      }
    }
    // From the file, and there and back again.
    let loaded = try Translator(
      contentsOf: URL(fileURLWithPath: fixture.folder.path("both")), direction: .reverse)
    #expect(loaded.translate("a b c") == back.translate("a b c"))
    #expect(try back.reversed().translate("a b c") == forth.translate("a b c"))
    // Each direction has its own shortlist.
    let short = try Translator(
      contentsOf: URL(fileURLWithPath: fixture.folder.path("both")), shortlist: 3)
    let shortBack = try short.reversed()
    #expect(forth.shortlistSize == 0 && back.shortlistSize == 0)
    #expect(short.shortlistSize == 3 && shortBack.shortlistSize == 3)
    #expect(shortBack.translate("a b c").text == back.translate("a b c").text)
  }

  @Test("A model of both orders writes the same from either end")
  func bothOrders() throws {
    let shape = Self.shape { ($0.bothDirections, $0.embedding, $0.hidden) = (false, 16, 48) }
    let fixture = try Self.train(shape)
    let model = try Seq2SeqModel(shape, seed: 1)
    let tensors = try ModelDatabase(opening: fixture.folder.path("both")).tensors(.last)
    for (parameter, tensor) in zip(model.store.parameters, tensors) {
      #expect(parameter.name == tensor.name)
      _ = parameter.room().update(fromContentsOf: tensor.values)
      parameter.valuesChanged()
    }
    model.store.pack()
    let searcher = BeamSearcher(model)
    for sentence: [TokenID] in [[4, 5, 6], [6, 4], [5, 5, 4, 6]] {
      let expected = Array(sentence.dropFirst() + sentence.prefix(1))
      for order in WordOrder.allCases {
        let found = searcher.search([sentence], SearchOptions(), mode: TranslationMode(.forward, order))[0][0]
        #expect(found.ids == expected, "\(order)")
        #expect(found.attention.count == expected.count + 1)
      }
    }
  }

  @Test(
    "In each mode a search finds what the reference holds as likely", arguments: TranslationDirection.allCases
  )
  func search(direction: TranslationDirection) throws {
    let models = try Self.models(2)
    let references = models.map(ReferenceModel.init)
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (3, 3)
    let sentences = sentences(6)
    for order in WordOrder.allCases {
      let mode = TranslationMode(direction, order)
      for (sentence, list) in zip(sentences, BeamSearcher(models).search(sentences, options, mode: mode)) {
        for hypothesis in list {
          let isCut = hypothesis.ids.count > 3 * sentence.count + 10
          let expected = Self.logProbabilities(references, sentence, hypothesis.ids, mode, ended: !isCut)
            .reduce(0, +)
          #expect(abs(Double(hypothesis.logProbability) - expected) < 1e-4 * max(1, abs(expected)))
        }
      }
    }
  }

  /// Which of both orders and both directions, and how many models.
  private static let abilities = [(true, false, 1), (false, true, 1), (true, true, 1), (true, true, 3)]

  @Test("Hypotheses of both orders are ranked by all that the models can tell", arguments: abilities.indices)
  func ranking(kind: Int) throws {
    let (orders, directions, count) = Self.abilities[kind]
    let models = try Self.models(count) { ($0.bothOrders, $0.bothDirections) = (orders, directions) }
    let references = models.map(ReferenceModel.init)
    let sentences = sentences(12)
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (4, 3)
    let ranking = Ranking(orderWeight: 0.8, directionWeight: 0.3)
    var all = options
    all.bestCount = 4
    let found = BeamSearcher(models).search(sentences, all)
    let other = BeamSearcher(models).search(sentences, all, mode: TranslationMode(.forward, .rightToLeft))
    let ranked = RankedSearcher(models, ranking: ranking).search(sentences, options)
    var changed = 0
    for (place, sentence) in sentences.enumerated() {
      let whole = found[place] + (orders ? other[place] : [])
      // What was cut has no end to be scored.
      guard whole.allSatisfy({ $0.ids.count < 3 * sentence.count + 10 }) else { continue }
      let expected = Set(whole.map(\.ids)).map { ids in
        func mean(_ mode: TranslationMode) -> Double {
          let (from, to) = mode.direction == .forward ? (sentence, ids) : (ids, sentence)
          let values = Self.logProbabilities(references, from, to, mode)
          return values.reduce(0, +) / Double(values.count)
        }
        return mean(TranslationMode())
          + (orders ? 0.8 * mean(TranslationMode(.forward, .rightToLeft)) : 0)
          + (directions ? 0.3 * mean(TranslationMode(.reverse)) : 0)
      }.sorted(by: >)
      #expect(ranked[place].count == 3)
      for (hypothesis, score) in zip(ranked[place], expected) {
        #expect(abs(Double(hypothesis.score) - score) < 1e-4 * max(1, abs(score)))
        let forward = Self.logProbabilities(references, sentence, hypothesis.ids, TranslationMode()).reduce(
          0, +)
        #expect(abs(Double(hypothesis.logProbability) - forward) < 1e-4 * max(1, abs(forward)))
        #expect(hypothesis.attention.count == hypothesis.ids.count + 1)
        #expect(hypothesis.attention.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 })
      }
      if ranked[place][0].ids != found[place][0].ids { changed += 1 }
    }
    #expect(changed > 0)
    // Without a ranking, and by greedy search, it is the beam search.
    func bits(_ lists: [[Hypothesis]]) -> [[[Float]]] {
      lists.map { $0.map { [$0.score] + $0.ids.map(Float.init) } }
    }
    #expect(bits(RankedSearcher(models, ranking: nil).search(sentences, all)) == bits(found))
    (options.beamSize, options.bestCount) = (1, 1)
    #expect(
      bits(RankedSearcher(models).search(sentences, options))
        == bits(BeamSearcher(models).search(sentences, options)))
  }

  @Test("What one order finds has from the other the score that its search would give it, to the bit")
  func scores() throws {
    let models = try Self.models(2) { $0.bothDirections = false }
    let sentences = sentences(12)
    let text = try Vocabulary(parsing: TinyLanguage.record.targetVocabulary)
    let lexicon = (0..<TinyLanguage.size).map { id in (0..<6).map { TokenID(4 + (id + $0) % 8) } }
    let short = Shortlist(lexicon: lexicon, translations: 6, frequent: 0, source: text, target: text)
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (4, 4)
    var wide = options
    (wide.beamSize, wide.bestCount) = (200, 200)
    for shortlist in [nil, short] {
      let narrow = BeamSearcher(models).search(sentences, options, shortlist: shortlist)
      let all = BeamSearcher(models).search(sentences, wide, shortlist: shortlist)
      let ranked = RankedSearcher(models, ranking: Ranking(orderWeight: 0.75))
        .search(sentences, options, shortlist: shortlist)
      var found = 0
      for place in sentences.indices {
        for hypothesis in ranked[place] where !narrow[place].contains(where: { $0.ids == hypothesis.ids }) {
          guard let same = all[place].first(where: { $0.ids == hypothesis.ids }) else { continue }
          #expect(hypothesis.logProbability == same.logProbability)
          #expect(hypothesis.attention == same.attention)
          found += 1
        }
      }
      #expect(found > 3)
    }
  }

  @Test("A ranked translation does not depend on the sentences beside it or on threads")
  func independence() throws {
    let models = try Self.models(1)
    let texts = sentences(25).map(TinyLanguage.text)
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (4, 2)
    func translations(_ texts: [String], threads: Int) throws -> [[Translation]] {
      try Translator(models: models, vocabulary: TinyLanguage.record, threads: threads)
        .translateAll(texts, options)
    }
    let together = try translations(texts, threads: 1)
    #expect(try translations(texts, threads: 3) == together)
    #expect(try translations(texts.reversed(), threads: 2) == together.reversed())
    #expect(try texts.map { try translations([$0], threads: 1)[0] } == together)
    #expect(together.allSatisfy { $0.count == 2 && $0[0].score >= $0[1].score })
    // Both orders find more than a beam has; it is the most there is all the same.
    options.bestCount = 20
    let lists = try translations(texts, threads: 2)
    #expect(lists.map(\.count).max() == 4)
    #expect(zip(lists, together).allSatisfy { Array($0.prefix(2)) == $1 })
  }

  @Test("Links are turned round with the sentence")
  func links() throws {
    let pairs: [(source: [TokenID], target: [TokenID])] = [([4, 5, 6], [7, 8, 9, 10]), ([6], [4, 5])]
    let links = [[PieceLink(target: 0, source: 2, share: 1), PieceLink(target: 3, source: 1, share: 1)], []]
    let model = try Seq2SeqModel(Self.shape(), seed: 5)
    // With one symbol for both orders, from right to left is from left to right of what was turned round.
    for parameter in model.store.parameters where parameter.name == "decoder.embedding" {
      var values = UnsafeBufferPointer(start: parameter.values, count: parameter.count).map { $0 }
      for column in 0..<parameter.columns { values[column] = values[2 * parameter.columns + column] }
      _ = parameter.room().update(fromContentsOf: values)
      parameter.valuesChanged()
    }
    func loss(_ batch: SentenceBatch) -> LossSum {
      let tape = Tape(recordingInto: GradientBuffer(model.store))
      var options = Seq2SeqModel.LossOptions()
      (options.guidance, options.scale) = (0.5, 1)
      tape.reset()
      return model.loss(batch, options, tape)
    }
    let mode = TranslationMode(.forward, .rightToLeft)
    let found = loss(SentenceBatch(pairs, links: links, mode: mode))
    let turned = pairs.map { (source: $0.source, target: Array($0.target.reversed())) }
    let expected = loss(
      SentenceBatch(
        turned,
        links: [[PieceLink(target: 3, source: 2, share: 1), PieceLink(target: 0, source: 1, share: 1)], []]))
    #expect(found.added == expected.added && found.added > 0)
    #expect(found.smoothed == expected.smoothed)
    #expect(loss(SentenceBatch(turned, links: links)).added != expected.added)
  }

  @Test("What goes one way is not turned round")
  func oneWay() throws {
    let translator = try Translator(model: Reverser.model, vocabulary: TinyLanguage.record)
    #expect(!translator.canRank)
    #expect(throws: Seq2SeqError.self) { try translator.reversed() }
    let mixed = try Translator(
      models: [Seq2SeqModel(Self.shape(), seed: 1), Seq2SeqModel(CorpusFixture.shape, seed: 2)],
      vocabulary: TinyLanguage.record)
    #expect(!mixed.canRank)
    let ordered = try Translator(
      models: [
        Seq2SeqModel(Self.shape(), seed: 1), Seq2SeqModel(Self.shape { $0.bothDirections = false }, seed: 2),
      ],
      vocabulary: TinyLanguage.record)
    #expect(ordered.canRank && ordered.ranksByOrders && !ordered.ranksByDirections)
  }

  @Test("Two vocabularies are refused for both directions")
  func refused() throws {
    var configuration = CorpusFixture.configuration
    (configuration.afterBatches, configuration.earlyStopping) = (1, 0)
    var record = TinyLanguage.record
    record.isShared = false
    let separate = try CorpusFixture(record: record)
    #expect(throws: Seq2SeqError.self) { try separate.train("m", configuration, shape: Self.shape()) }
    try separate.train("orders", configuration, shape: Self.shape { $0.bothDirections = false })
  }
}
