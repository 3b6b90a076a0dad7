import Foundation
import Reference
import Seq2Seq
import Tensors
import Testing
import Text

@Suite("Beam search")
struct BeamSearchTests {
  private func options(_ beam: Int, best: Int = 1) -> SearchOptions {
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (beam, best)
    return options
  }

  private func sentences(_ count: Int, _ model: Seq2SeqModel, seed: UInt64, longest: Int = 12) -> [[TokenID]]
  {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      RandomModel.sentence(
        1 + generator.below(longest), vocabulary: model.configuration.sourceVocabulary, &generator)
    }
  }

  /// All that a hypothesis holds, bit by bit.
  private func bits(_ hypotheses: [Hypothesis]) -> [[UInt32]] {
    hypotheses.map { hypothesis in
      hypothesis.ids.map { UInt32(bitPattern: $0) }
        + [hypothesis.logProbability.bitPattern, hypothesis.score.bitPattern]
        + hypothesis.attention.flatMap { $0.map(\.bitPattern) }
    }
  }

  @Test(
    "A sentence is translated the same alone, in any batch and in any order",
    arguments: RandomModel.configurations.indices)
  func batchIndependence(shape: Int) throws {
    let model = try RandomModel.make(RandomModel.configurations[shape], seed: 61)
    let searcher = BeamSearcher(model)
    let sentences = sentences(19, model, seed: 62)
    for options in [options(1), options(4, best: 4)] {
      let alone = sentences.map { bits(searcher.search([$0], options)[0]) }
      #expect(searcher.search(sentences, options).map(bits) == alone)
      var order = Array(sentences.indices)
      var generator = SplitMix64(seed: 63)
      for _ in 0..<3 {
        generator.shuffle(&order)
        let some = Array(order.prefix(1 + generator.below(order.count)))
        let found = BeamSearcher(model).search(some.map { sentences[$0] }, options)
        #expect(found.map(bits) == some.map { alone[$0] })
      }
    }
    #expect(searcher.search([], options(2)).isEmpty)
  }

  @Test(
    "With a shortlist the words are those of the list, and with all words in it the search is the plain one")
  func shortlist() throws {
    let model = try RandomModel.make(RandomModel.configurations[0], seed: 65)
    let (source, target) = (model.configuration.sourceVocabulary, model.configuration.targetVocabulary)
    func vocabulary(_ count: Int, _ letter: String) throws -> Vocabulary {
      try Vocabulary(symbols: (4..<count).map { "\(letter)\($0)" })
    }
    // No symbol stands in both, and no word is frequent.
    let (from, to) = (try vocabulary(source, "a"), try vocabulary(target, "b"))
    func list(_ lexicon: [[TokenID]], _ translations: Int, frequent: Int = 0) -> Shortlist {
      Shortlist(
        lexicon: lexicon, translations: translations, frequent: frequent, source: from, target: to)
    }
    let some = (0..<source).map { word in [4, 5, 6].map { TokenID(4 + (word * $0) % (target - 4)) } }
    #expect(list(some, 1).ids(for: [5, 5]) == [1, 3, some[5][0]].sorted())
    #expect(list(some, 3, frequent: 2).ids(for: [5]) == Array(Set([1, 3, 4, 5] + some[5])).sorted())
    // By their counts, not by their places; of equal ones the first.
    let counted = try Vocabulary(symbols: ["a", "b", "c", "d", "e"], counts: [3, 1, 5, 3, 9])
    let frequent = Shortlist(lexicon: [], translations: 9, frequent: 3, source: from, target: counted)
    #expect(frequent.ids(for: [4]) == [1, 3, 4, 6, 8])
    // A symbol of both vocabularies is on the list: names and numbers are copied.
    let joint = Shortlist(lexicon: [], translations: 9, frequent: 0, source: from, target: from)
    #expect(joint.ids(for: [4, 6]) == [1, 3, 4, 6])

    // Padding and <s> have no share of the probability with a list; so that they have none without one either:
    let bias = try #require(model.store.parameters.first { $0.name == "decoder.output.bias" })
    var values = bias.array
    for id in [Vocabulary.padding, Vocabulary.beginOfSentence] { values[Int(id)] = -100 }
    bias.assign(values)

    let searcher = BeamSearcher(model)
    let sentences = sentences(19, model, seed: 66)
    for format in WeightFormat.allCases {
      model.store.pack(format)
      for options in [options(1), options(4, best: 4)] {
        let plain = searcher.search(sentences, options)
        let all = searcher.search(sentences, options, shortlist: list([], 0, frequent: target))
        #expect(all.map { $0.map(\.ids) } == plain.map { $0.map(\.ids) })
        let short = searcher.search(sentences, options, shortlist: list(some, 2))
        for (sentence, hypotheses) in zip(sentences, short) {
          let allowed = Set(list(some, 2).ids(for: sentence))
          #expect(hypotheses.allSatisfy { $0.ids.allSatisfy(allowed.contains) })
          let alone = searcher.search([sentence], options, shortlist: list(some, 2))[0]
          #expect(bits(alone) == bits(hypotheses))
        }
        #expect(short.map(bits) != plain.map(bits))
      }
    }
  }

  @Test(
    "Beam 1 is greedy search, and probabilities are those of f64",
    arguments: RandomModel.configurations.indices)
  func greedy(shape: Int) throws {
    let model = try RandomModel.make(RandomModel.configurations[shape], seed: 64, range: 1.5)
    let reference = ReferenceModel(model)
    let sentences = sentences(12, model, seed: 65, longest: 5)
    let found = BeamSearcher(model).search(sentences, options(1))
    var compared = 0
    for (sentence, hypotheses) in zip(sentences, found) {
      let expected = reference.greedy(sentence, maximumLength: 3 * sentence.count + 10)
      // Where two words are as likely as each other to f32, either is right.
      guard expected.margin > 1e-4 else { continue }
      compared += 1
      #expect(hypotheses.count == 1)
      #expect(hypotheses[0].ids == expected.ids)
    }
    #expect(compared >= 6)
  }

  @Test(
    "Hypotheses have the probability and attention that f64 gives them",
    arguments: RandomModel.configurations.indices)
  func probabilities(shape: Int) throws {
    let model = try RandomModel.make(RandomModel.configurations[shape], seed: 66, range: 1.2)
    let reference = ReferenceModel(model)
    let sentences = sentences(6, model, seed: 67, longest: 5)
    let options = options(4, best: 4)
    for (sentence, hypotheses) in zip(sentences, BeamSearcher(model).search(sentences, options)) {
      #expect((1...4).contains(hypotheses.count))
      #expect(Set(hypotheses.map(\.ids)).count == hypotheses.count, "two hypotheses are the same")
      #expect(hypotheses.map(\.score) == hypotheses.map(\.score).sorted(by: >))
      for hypothesis in hypotheses {
        #expect(hypothesis.ids.count <= 3 * sentence.count + 11)
        #expect(!hypothesis.ids.contains { [0, 2, 3].contains($0) })
        let source = reference.encode(sentence)
        var (state, before, total) = (source.start, Vocabulary.beginOfSentence, 0.0)
        let isCut = hypothesis.ids.count > 3 * sentence.count + 10
        let written = hypothesis.ids + (isCut ? [] : [Vocabulary.endOfSentence])
        let attends = model.configuration.attention != .none
        #expect(hypothesis.attention.count == (attends ? written.count : 0))
        for (place, id) in written.enumerated() {
          let result = reference.step(before, state, source)
          total += result.logits[Int(id)] - Reference.logSumExp(result.logits)
          (state, before) = (result.state, id)
          if let weights = result.weights {
            #expect(GradientCheck.error(hypothesis.attention[place], weights) < 1e-4)
          }
        }
        #expect(abs(Double(hypothesis.logProbability) - total) < 1e-4 * max(1, abs(total)))
        let score =
          Double(hypothesis.logProbability) / pow(Double(written.count), Double(options.lengthPenalty))
        #expect(abs(Double(hypothesis.score) - score) < 1e-5 * abs(score))
      }
    }
  }

  @Test("A wider beam finds translations at least as good")
  func widerBeam() {
    let searcher = BeamSearcher(Reverser.model)
    var generator = SplitMix64(seed: 68)
    let known = (0..<60).map { TinyLanguage.sentence(1 + $0 % 6, &generator) }
    func scores(_ searcher: BeamSearcher, _ sentences: [[TokenID]], _ beam: Int) -> [Float] {
      searcher.search(sentences, options(beam)).map { $0[0].score }
    }
    for (wide, greedy) in zip(scores(searcher, known, 5), scores(searcher, known, 1)) {
      #expect(wide >= greedy)
    }
    // A model that was taught little is unsure, and the beam has something to find.
    let unsure = BeamSearcher(Reverser.train(updates: 80))
    let (wide, greedy) = (scores(unsure, known, 8), scores(unsure, known, 1))
    #expect(wide.reduce(0, +) > greedy.reduce(0, +))
    #expect(zip(wide, greedy).count { $0 > $1 } > zip(wide, greedy).count { $0 < $1 })
  }

  @Test("Length limits hold, and a search that never ends a sentence still returns it")
  func lengthLimit() throws {
    let model = try RandomModel.make(RandomModel.configurations[0], seed: 69)
    let bias = try #require(model.store.parameters.first { $0.name == "decoder.output.bias" })
    var values = bias.array
    values[Int(Vocabulary.endOfSentence)] = -1_000
    bias.assign(values)
    model.store.pack()
    for beam in [1, 3] {
      var options = options(beam, best: beam)
      options.maximumLengthFactor = 2
      let found = BeamSearcher(model).search([[4, 5, 6], [7]], options)
      #expect(found[0].allSatisfy { $0.ids.count == 17 && !$0.isComplete })
      #expect(found[1].allSatisfy { $0.ids.count == 13 })
    }
    // One that ends at once.
    values[Int(Vocabulary.endOfSentence)] = 1_000
    bias.assign(values)
    model.store.pack()
    let empty = BeamSearcher(model).search([[4, 5, 6]], options(1))[0]
    #expect(
      empty.count == 1 && empty[0].isComplete && empty[0].ids.isEmpty && abs(empty[0].logProbability) < 1e-6)
  }

  @Test(
    "Of equal candidates the first, and the length penalty decides between lengths", arguments: [Float(0), 2])
  func tiesAndLengths(penalty: Float) throws {
    let model = try RandomModel.make(RandomModel.configurations[0], seed: 1)
    for parameter in model.store.parameters {
      parameter.assign([Float](repeating: 0, count: parameter.count))
    }
    model.store.pack()
    var options = options(3, best: 3)
    (options.maximumLengthFactor, options.lengthPenalty) = (0, penalty)
    let found = BeamSearcher(model).search([[4]], options)[0]
    // Of lengths 1, 2, and 11, where it is cut.
    let lists: [[TokenID]] = [[], [1], [TokenID](repeating: 1, count: 11)]
    #expect(found.map(\.ids) == (penalty == 0 ? lists : lists.reversed()))
    let words = Double(model.configuration.targetVocabulary)
    for (hypothesis, length) in zip(found, penalty == 0 ? [1, 2, 11] : [11, 2, 1]) {
      let score = -Double(length) * log(words) / pow(Double(length), Double(penalty))
      #expect(abs(Double(hypothesis.score) - score) < 1e-5)
    }
  }

  @Test("A beam wider than the words that can follow holds none that cannot")
  func narrowVocabulary() throws {
    var configuration = ModelConfiguration(sourceVocabulary: 5, targetVocabulary: 5)
    (configuration.embedding, configuration.hidden) = (3, 4)
    let model = try RandomModel.make(configuration, seed: 2)
    let found = BeamSearcher(model).search([[4]], options(12, best: 12))[0]
    #expect(!found.isEmpty)
    for hypothesis in found {
      #expect(hypothesis.logProbability > -.infinity && hypothesis.ids.allSatisfy { $0 == 1 || $0 == 4 })
    }
  }
}
