import Foundation
import Reference
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Ensembles")
struct EnsembleTests {
  /// Models of unlike shapes but one vocabulary; the last one does not attend.
  private static func models() throws -> [Seq2SeqModel] {
    try [
      { ($0.attention, $0.coverage) = (.mlp, true) },
      { ($0.hidden, $0.decoderCell, $0.decoderDepth) = (6, .gru, 2) },
      { $0.attention = .none },
    ].enumerated().map { (index, change: (inout ModelConfiguration) -> Void) in
      var configuration = ModelConfiguration(
        sourceVocabulary: TinyLanguage.size, targetVocabulary: TinyLanguage.size)
      (configuration.embedding, configuration.hidden) = (3, 4)
      change(&configuration)
      return try RandomModel.make(configuration, seed: 111 + UInt64(index), range: 1.2)
    }
  }

  private func sentences(_ count: Int) -> [[TokenID]] {
    var generator = SplitMix64(seed: 115)
    return (0..<count).map { _ in TinyLanguage.sentence(1 + generator.below(7), &generator) }
  }

  private func bits(_ hypotheses: [Hypothesis]) -> [[UInt32]] {
    hypotheses.map { hypothesis in
      hypothesis.ids.map { UInt32(bitPattern: $0) } + [hypothesis.logProbability.bitPattern]
        + hypothesis.attention.flatMap { $0.map(\.bitPattern) }
    }
  }

  @Test("Probabilities and attention are the means of the members', in f64")
  func means() throws {
    let models = try Self.models()
    let references = models.map(ReferenceModel.init)
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (4, 4)
    let sentences = sentences(6)
    for (sentence, hypotheses) in zip(sentences, BeamSearcher(models).search(sentences, options)) {
      for hypothesis in hypotheses {
        let sources = references.map { $0.encode(sentence) }
        var states = sources.map(\.start)
        var (before, total) = (Vocabulary.beginOfSentence, 0.0)
        let isCut = hypothesis.ids.count > 3 * sentence.count + 10
        for (place, id) in (hypothesis.ids + (isCut ? [] : [Vocabulary.endOfSentence])).enumerated() {
          let results = references.indices.map { references[$0].step(before, states[$0], sources[$0]) }
          total += log(
            results.reduce(0) { $0 + Reference.softmax($1.logits)[Int(id)] } / Double(results.count))
          states = results.map(\.state)
          before = id
          let weights = results.compactMap(\.weights)
          let mean = weights[0].indices.map { s in weights.reduce(0) { $0 + $1[s] } / Double(weights.count) }
          #expect(GradientCheck.error(hypothesis.attention[place], mean) < 1e-4)
        }
        #expect(abs(Double(hypothesis.logProbability) - total) < 1e-4 * max(1, abs(total)))
      }
    }
  }

  @Test("A sentence is translated the same alone, in any batch and in any order")
  func batchIndependence() throws {
    let models = try Self.models()
    var options = SearchOptions()
    (options.beamSize, options.bestCount) = (3, 3)
    let sentences = sentences(17)
    let searcher = BeamSearcher(models)
    let alone = sentences.map { bits(searcher.search([$0], options)[0]) }
    #expect(searcher.search(sentences, options).map(bits) == alone)
    let backwards = Array(sentences.reversed())
    #expect(searcher.search(backwards, options).map(bits) == alone.reversed())
  }

  @Test("A model twice is the model but for rounding, and once is the model to the bit")
  func oneModel() throws {
    let model = Reverser.model
    let sentences = sentences(20)
    let options = SearchOptions()
    let single = BeamSearcher(model).search(sentences, options)
    #expect(BeamSearcher([model]).search(sentences, options).map(bits) == single.map(bits))
    let twice = BeamSearcher([model, model]).search(sentences, options)
    #expect(twice.map { $0[0].ids } == single.map { $0[0].ids })
    for (one, two) in zip(single, twice) {
      #expect(abs(one[0].logProbability - two[0].logProbability) < 1e-4)
    }
  }

  @Test("Forced decoding averages too")
  func forced() throws {
    let models = try Self.models()
    let pair = [(source: "a b c", target: "d e f g")]
    func probabilities(_ models: [Seq2SeqModel]) throws -> [Double] {
      let translator = try Translator(models: models, vocabulary: TinyLanguage.record)
      return try #require(translator.scores(pair)[0]).pieces.map { exp(Double($0.logProbability)) }
    }
    let single = try models.map { try probabilities([$0]) }
    let together = try probabilities(models)
    #expect(together.count == 5)
    for (place, probability) in together.enumerated() {
      let mean = single.reduce(0) { $0 + $1[place] } / Double(single.count)
      #expect(abs(probability - mean) < 1e-4 * mean)
    }
    // A translation that is forced is as probable as when it was found. Two that know the language outvote the third.
    let ensemble = try Translator(
      models: [Reverser.model, models[0], Reverser.model], vocabulary: TinyLanguage.record)
    #expect(ensemble.hasAttention)
    for (text, translation) in zip(["a b c", "d e", "h"], ensemble.translate(["a b c", "d e", "h"])) {
      #expect(translation.text == text.split(separator: " ").reversed().joined(separator: " "))
      let forced = ensemble.align([(text, translation.text)])[0]
      #expect(
        abs(forced.logProbability - translation.logProbability) < 1e-4 * max(1, -translation.logProbability))
      #expect(forced.alignment != nil)
    }
  }

  private func file(_ folder: TemporaryFolder, _ name: String, _ vocabulary: VocabularyRecord) throws -> URL {
    let model = Reverser.model
    let stored = StoredConfiguration(model: model.configuration, training: TrainingConfiguration())
    let file = try ModelDatabase(
      creating: folder.path(name), configuration: stored.json(), sourceLanguage: "en", targetLanguage: "en",
      vocabulary: vocabulary)
    try file.save(
      CheckpointRecord(
        step: 1, epoch: 1, scores: [:], isBest: false,
        tensors: model.store.parameters.map {
          StoredTensor(name: $0.name, shape: [$0.rows, $0.columns], values: $0.array)
        }, optimizerState: [], trainingState: Data("{}".utf8), history: []))
    return URL(fileURLWithPath: folder.path(name))
  }

  @Test("Files of one vocabulary make an ensemble; of others, they are refused with what differs")
  func files() throws {
    let folder = try TemporaryFolder()
    var renamed = TinyLanguage.record
    renamed.name = "another"
    var other = TinyLanguage.record
    other.targetVocabulary = try Vocabulary(symbols: ["a", "b", "x", "d", "e", "f", "g", "h"]).text
    other.sourceConfiguration.letterCase = .lower
    let one = try file(folder, "one", TinyLanguage.record)
    let two = try file(folder, "two", renamed)
    let three = try file(folder, "three", other)
    #expect(try Translator(contentsOf: [one, two]).translate("a b c").text == "c b a")
    do {
      _ = try Translator(contentsOf: [one, three])
      Issue.record("two vocabularies were taken for one")
    } catch let error as Seq2SeqError {
      let message = error.localizedDescription
      #expect(error.errorCode == 78 && message.contains("three") && message.contains("source lowercase"))
      #expect(message.contains("target symbols: ") && message.contains("\"x\" and \"c\""), "\(message)")
    }
    #expect(TinyLanguage.record.differences(from: renamed).isEmpty)
    #expect(TinyLanguage.record.differences(from: other).count == 2)
  }
}
