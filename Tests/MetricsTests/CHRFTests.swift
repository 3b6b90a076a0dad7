import TranslationMetrics
import Testing

@Suite("chrF")
struct CHRFTests {
  struct Golden: Sendable {
    let metric: CHRF
    let references: Int
    let name: String
    let score: Double
    let signature: String

    init(_ metric: CHRF, references: Int, name: String, score: Double, signature: String) {
      self.metric = metric
      self.references = references
      self.name = name
      self.score = score
      self.signature = signature
    }
  }

  static let golden = [
    Golden(
      CHRF(), references: 1, name: "chrF2", score: 57.9537025774,
      signature: "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0"),
    Golden(
      CHRF(wordOrder: 2), references: 1, name: "chrF2++", score: 57.9985135015,
      signature: "nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0"),
    Golden(
      CHRF(wordOrder: 2), references: 2, name: "chrF2++", score: 64.3387255643,
      signature: "nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0"),
    Golden(
      CHRF(wordOrder: 1, lowercase: true), references: 1, name: "chrF2+", score: 64.6808900006,
      signature: "nrefs:1|case:lc|eff:yes|nc:6|nw:1|space:no|version:2.6.0"),
    Golden(
      CHRF(whitespace: true), references: 1, name: "chrF2", score: 60.2079687680,
      signature: "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:yes|version:2.6.0"),
    Golden(
      CHRF(wordOrder: 2, epsilonSmoothing: true), references: 2, name: "chrF2++", score: 65.6913510828,
      signature: "nrefs:2|case:mixed|eff:no|nc:6|nw:2|space:no|version:2.6.0"),
    Golden(
      CHRF(characterOrder: 4, beta: 3), references: 1, name: "chrF3", score: 65.4996932093,
      signature: "nrefs:1|case:mixed|eff:yes|nc:4|nw:0|space:no|version:2.6.0"),
  ]

  @Test("corpus scores are sacreBLEU's", arguments: golden)
  func corpus(golden: Golden) throws {
    let streams = Array([Corpus.references, Corpus.otherReferences].prefix(golden.references))
    let score = try golden.metric.corpusScore(hypotheses: Corpus.hypotheses, references: streams)
    #expect(abs(score.value - golden.score) < 1e-10)
    #expect(score.name == golden.name)
    #expect(golden.metric.signature(referenceCount: golden.references).text() == golden.signature)
  }

  @Test("sentence scores of chrF++ against two references are sacreBLEU's")
  func sentences() throws {
    let golden = [
      100.0000000000, 70.8044757734, 78.0828096854, 74.8801809512, 40.5748876910, 36.5600904905,
      68.8710880076, 71.4154022149, 0.0000000000, 0.0000000000, 0.0000000000, 100.0000000000, 1.4705882353,
      0.9057971014, 28.0780842855, 64.9041170722, 57.8792822467, 33.6956521739, 100.0000000000, 90.4107394772,
    ]
    let scores = try CHRF(wordOrder: 2).sentenceScores(
      hypotheses: Corpus.hypotheses, references: [Corpus.references, Corpus.otherReferences])
    #expect(scores.count == golden.count)
    for (score, value) in zip(scores, golden) { #expect(abs(score.value - value) < 1e-10) }
  }

  @Test("equal text scores 100, text without a common character 0")
  func bounds() throws {
    let same = try CHRF(wordOrder: 2).sentenceScore(hypothesis: "le chat dort", references: ["le chat dort"])
    #expect(abs(same.value - 100) < 1e-12)
    let other = try CHRF().sentenceScore(hypothesis: "xyz", references: ["abc"])
    #expect(other.value == 0)
  }
}
