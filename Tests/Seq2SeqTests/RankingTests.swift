import Foundation
import Layers
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("The weights of a ranking")
struct RankingTests {
  /// How many sentences have the text `right`, in hundredths.
  private static let scorer: Validator.Scorer = { translations, _ in
    Double(translations.count { $0 == "right" }) * 100 / Double(translations.count)
  }

  private static func list(_ hypotheses: (text: String, RankingScores)...) -> RankingTuner.Hypotheses {
    RankingTuner.Hypotheses(scores: hypotheses.map(\.1), texts: hypotheses.map(\.text))
  }

  @Test("Lies where the dev set scores best, and where there is room on both sides")
  func tuning() throws {
    // Right is what is right from 0.5 on, and below 1.1, for the one sentence and the other.
    let sentences = [
      Self.list(
        ("wrong", RankingScores(forward: -1, backward: -2)),
        ("right", RankingScores(forward: -1.48, backward: -1))),
      Self.list(
        ("right", RankingScores(forward: -1, backward: -2)),
        ("wrong", RankingScores(forward: -2.08, backward: -1))),
    ]
    let tuner = RankingTuner(sentences, references: ["right", "right"], scorer: Self.scorer)
    #expect(try tuner.score(Ranking(orderWeight: 0.45, directionWeight: 0)) == 50)
    #expect(try tuner.score(Ranking(orderWeight: 0.5, directionWeight: 7)) == 100)
    #expect(try tuner.score(Ranking(orderWeight: 1.1, directionWeight: 0)) == 50)
    // From 0.5 to 1.05 all is right; the one nearest the usual weight that has right neighbours is 0.55.
    #expect(
      try tuner.tune(hasOrders: true, hasDirections: false)
        == Ranking(orderWeight: 0.55, directionWeight: 0))
  }

  @Test("Of two, each is looked for beside the other")
  func twoWeights() throws {
    let sentences = [
      Self.list(
        ("wrong", RankingScores(forward: -1, backward: -2, readBack: -3)),
        ("right", RankingScores(forward: -1, backward: -2.5, readBack: -2))),
      Self.list(
        ("wrong", RankingScores(forward: -1, backward: -2, readBack: -3)),
        ("right", RankingScores(forward: -1.7, backward: -1, readBack: -3))),
    ]
    let tuner = RankingTuner(sentences, references: ["", ""], scorer: Self.scorer)
    let found = try tuner.tune(hasOrders: true, hasDirections: true)
    #expect(try tuner.score(found) == 100)
    #expect(found.orderWeight > 0.7 && found.directionWeight > found.orderWeight / 2)
    // What a model can't do has no weight.
    #expect(try tuner.tune(hasOrders: false, hasDirections: true).orderWeight == 0)
  }

  @Test("Is near the usual one where nothing says otherwise")
  func noUse() throws {
    let best = Self.list(
      ("right", RankingScores(forward: -1, backward: -2)),
      ("wrong", RankingScores(forward: -1.22, backward: -1)))
    let only = RankingTuner.Hypotheses(scores: [nil], texts: ["right"])
    for (sentences, weight) in [([best, only], Float(0.15)), ([only], 0.5)] {
      let tuner = RankingTuner(sentences, references: sentences.map { _ in "" }, scorer: Self.scorer)
      #expect(
        try tuner.tune(hasOrders: true, hasDirections: false)
          == Ranking(orderWeight: weight, directionWeight: 0))
    }
  }

  @Test("Leaves the usual one only for more than chance, and goes no further than it must")
  func chance() throws {
    // Each sentence is right from a weight on: 1 for those of the first list, 1.5 for those of the second.
    func sentences(_ early: Int, _ late: Int) -> [RankingTuner.Hypotheses] {
      func turning(at weight: Float) -> RankingTuner.Hypotheses {
        Self.list(
          ("wrong", RankingScores(forward: -1, backward: -2)),
          ("right", RankingScores(forward: -1 - weight + 0.01, backward: -1)))
      }
      let rest = RankingTuner.Hypotheses(scores: [nil], texts: ["right"])
      return (0..<early).map { _ in turning(at: 1) } + (0..<late).map { _ in turning(at: 1.5) }
        + [RankingTuner.Hypotheses](repeating: rest, count: 1_000 - early - late)
    }
    for (early, late, weight) in [
      (2, 0, Float(0.5)), (0, 2, 0.5), (10, 0, 1.05), (10, 2, 1.05), (10, 8, 1.5),
    ] {
      let all = sentences(early, late)
      let tuner = RankingTuner(all, references: all.map { _ in "" }, scorer: Self.scorer)
      #expect(
        try tuner.tune(hasOrders: true, hasDirections: false)
          == Ranking(orderWeight: weight, directionWeight: 0))
    }
  }

  @Test("Is found when a training ends, once more where a crash came before, and read with the model")
  func training() throws {
    var shape = CorpusFixture.shape
    shape.bothOrders = true
    var configuration = CorpusFixture.configuration
    (configuration.afterBatches, configuration.validationFrequency) = (120, 60)
    configuration.earlyStopping = 0
    let fixture = try CorpusFixture()
    try fixture.train("m", configuration, shape: shape)
    let path = fixture.folder.path("m")
    let file = try ModelDatabase(opening: path, readOnly: false)
    let stored = try #require(try file.ranking())
    let translator = try Translator(contentsOf: URL(fileURLWithPath: path))
    let ranking = translator.ranking
    #expect(ranking.directionWeight == 0 && (0...2).contains(ranking.orderWeight))

    // As it was before the weights were looked for, and with those of another checkpoint, and with none that can be read.
    try file.saveRanking(nil)
    #expect(try Translator(contentsOf: URL(fileURLWithPath: path)).ranking == Ranking())
    func store(_ weight: Float, step: Int) throws {
      try file.saveRanking(Data(#"{"order":\#(weight),"direction":0,"step":\#(step)}"#.utf8))
    }
    try fixture.train("m", configuration, shape: shape)
    #expect(try file.ranking() == stored)
    try store(1.5, step: 1)
    try fixture.train("m", configuration, shape: shape)
    #expect(try file.ranking() == stored)
    try file.saveRanking(Data("null".utf8))
    #expect(throws: Seq2SeqError.self) { try Translator(contentsOf: URL(fileURLWithPath: path)) }
    try fixture.train("m", configuration, shape: shape)
    #expect(try file.ranking() == stored)

    // What the model says is what counts, unless the caller says otherwise.
    var generator = SplitMix64(seed: 5)
    let texts = (0..<12).map { TinyLanguage.text(TinyLanguage.sentence(1 + $0 % 6, &generator)) }
    func ids(_ rule: RankingRule, _ translator: Translator) -> [[Translation]] {
      var options = SearchOptions()
      (options.ranking, options.bestCount) = (rule, 5)
      return translator.translateAll(texts, options)
    }
    let other = Ranking(orderWeight: 1.5, directionWeight: 0)
    try store(1.5, step: file.checkpoint(.best).step)
    let changed = try Translator(contentsOf: URL(fileURLWithPath: path))
    #expect(ids(.ofModel, changed) == ids(.weights(other), translator))
    #expect(ids(.weights(ranking), changed) == ids(.ofModel, translator))
    #expect(ids(.off, changed) == ids(.off, translator))
    #expect(ids(.off, changed) != ids(.ofModel, changed))
    // Several models have the mean of their weights.
    let twin = fixture.folder.path("twin")
    try FileManager.default.copyItem(atPath: path, toPath: twin)
    try ModelDatabase(opening: twin, readOnly: false)
      .saveRanking(Data(#"{"order":0.5,"direction":0.25,"step":1}"#.utf8))
    let both = try Translator(contentsOf: [path, twin].map { URL(fileURLWithPath: $0) })
    #expect(both.ranking == Ranking(orderWeight: 1, directionWeight: 0.125))
  }
}
