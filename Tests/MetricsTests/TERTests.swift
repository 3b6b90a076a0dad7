import TranslationMetrics
import Testing

/// Golden values are sacreBLEU 2.6.0's, made as ``Corpus`` says with `TER(normalized=True)` and the like.
@Suite("TER")
struct TERTests {
  struct Golden: Sendable {
    let metric: TER
    let references: Int
    let score: Double
    let edits: Int
    let length: Double
    let signature: String
  }

  static let golden = [
    Golden(
      metric: TER(), references: 1, score: 43.2692307692, edits: 45, length: 104,
      signature: "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0"),
    Golden(
      metric: TER(), references: 2, score: 38.7096774194, edits: 36, length: 93,
      signature: "nrefs:2|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0"),
    Golden(
      metric: TER(caseSensitive: true), references: 1, score: 46.1538461538, edits: 48, length: 104,
      signature: "nrefs:1|case:mixed|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0"),
    Golden(
      metric: TER(normalized: true), references: 1, score: 35.8333333333, edits: 43, length: 120,
      signature: "nrefs:1|case:lc|tok:tercom|norm:yes|punct:yes|asian:no|version:2.6.0"),
    Golden(
      metric: TER(ignoresPunctuation: true), references: 2, score: 33.3333333333, edits: 30, length: 90,
      signature: "nrefs:2|case:lc|tok:tercom|norm:no|punct:no|asian:no|version:2.6.0"),
    Golden(
      metric: TER(normalized: true, asianSupport: true), references: 1, score: 31.8518518519, edits: 43,
      length: 135, signature: "nrefs:1|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|version:2.6.0"),
    Golden(
      metric: TER(normalized: true, ignoresPunctuation: true, asianSupport: true), references: 2,
      score: 24.6575342466, edits: 27, length: 109.5,
      signature: "nrefs:2|case:lc|tok:tercom|norm:yes|punct:no|asian:yes|version:2.6.0"),
  ]

  @Test("corpus scores are sacreBLEU's", arguments: golden)
  func corpus(golden: Golden) throws {
    let streams = Array([Corpus.references, Corpus.otherReferences].prefix(golden.references))
    let score = try golden.metric.corpusScore(hypotheses: Corpus.hypotheses, references: streams)
    #expect(abs(score.value - golden.score) < 1e-10)
    #expect(score.edits == golden.edits && score.referenceLength == golden.length)
    #expect(golden.metric.signature(referenceCount: golden.references).text() == golden.signature)
  }

  @Test("references are normalised twice, as sacreBLEU does it")
  func twice() throws {
    // sacrebleu.TER(normalized=True).corpus_score(["It was John's.", "a ....5 b."], [["It was John's.", "a ....5 b"]])
    let score = try TER(normalized: true).corpusScore(
      hypotheses: ["It was John's.", "a ....5 b."], references: [["It was John's.", "a ....5 b"]])
    #expect(abs(score.value - 33.33333333333333) < 1e-10)
  }

  @Test("sentence scores against two references are sacreBLEU's")
  func sentences() throws {
    let golden = [
      0.0, 20.0, 18.1818181818, 11.7647058824, 0.0, 100.0, 26.6666666667, 33.3333333333, 66.6666666667, 100.0,
      0.0, 0.0, 0.0, 0.0, 57.1428571429, 17.3913043478, 93.3333333333, 66.6666666667, 0.0, 8.3333333333,
    ]
    let scores = try TER(normalized: true).sentenceScores(
      hypotheses: Corpus.hypotheses, references: [Corpus.references, Corpus.otherReferences])
    for (score, expected) in zip(scores, golden) { #expect(abs(score.value - expected) < 1e-10) }
  }

  /// Words drawn from few, blocks moved about, and lengths beyond the beam: what the search for shifts is
  /// about.
  ///
  /// ```python
  /// x = 1
  /// def rnd(n):
  ///     global x; x = (x * 1103515245 + 12345) % 2**31; return (x >> 16) % n
  /// # then as below, and: [TER().sentence_score(a, [b]).num_edits for a, b in zip(hs, rs)]
  /// ```
  @Test("edits of scrambled and of very unequal sentences are sacreBLEU's")
  func scrambled() throws {
    let golden = [
      5, 3, 5, 6, 6, 1, 4, 2, 8, 3, 2, 2, 6, 6, 4, 5, 4, 9, 2, 59, 2, 6, 15, 2, 1, 1, 5, 6, 6, 64, 3, 0, 8, 5,
      7, 5, 6, 3, 4, 66, 6, 1, 11, 4, 2, 3, 10, 3, 5, 3, 5, 2, 3, 5, 6, 9, 7, 2, 4, 51, 226,
    ]
    var state = 1
    func random(_ bound: Int) -> Int {
      state = (state * 1_103_515_245 + 12_345) % (1 << 31)
      return (state >> 16) % bound
    }
    var hypotheses: [String] = []
    var references: [String] = []
    func line(_ words: [Int]) -> String { words.map(String.init).joined(separator: " ") }
    for sentence in 0..<60 {
      let length = random(70)
      let kinds = 1 + random(20)
      let reference = (0..<length).map { _ in random(kinds) }
      var hypothesis = reference
      for _ in 0..<random(6) where !hypothesis.isEmpty {
        let start = random(hypothesis.count)
        let end = min(hypothesis.count, start + 1 + random(5))
        let block = hypothesis[start..<end]
        hypothesis.removeSubrange(start..<end)
        hypothesis.insert(contentsOf: Array(block), at: random(hypothesis.count + 1))
      }
      for _ in 0..<random(5) {
        let place = random(hypothesis.count + 1)
        hypothesis.insert(random(kinds), at: place)
      }
      if sentence % 10 == 9 { hypothesis = Array(hypothesis.prefix(3)) }
      hypotheses.append(line(hypothesis))
      references.append(line(reference))
    }
    hypotheses.append(line((0..<4).map { _ in random(9) }))
    references.append(line((0..<230).map { _ in random(9) }))
    let scores = try TER().sentenceScores(hypotheses: hypotheses, references: [references])
    #expect(scores.map(\.edits) == golden)
    let score = try TER().corpusScore(hypotheses: hypotheses, references: [references])
    #expect(abs(score.value - 30.5134680135) < 1e-10)
  }

  @Test("without a reference all is wrong, without anything nothing is")
  func empty() throws {
    #expect(try TER().sentenceScore(hypothesis: "un deux", references: [""]).value == 100)
    #expect(try TER().sentenceScore(hypothesis: "", references: ["un deux"]).value == 100)
    #expect(try TER().sentenceScore(hypothesis: "", references: [""]).value == 0)
    #expect(TER().score(of: TER().emptyStatistics).description == "TER = 0.00")
  }

  @Test("a block that stands elsewhere costs one edit")
  func shift() throws {
    let score = try TER().sentenceScore(
      hypothesis: "hier soir il est parti sans rien dire",
      references: ["il est parti sans rien dire hier soir"])
    #expect(score.edits == 1)
    #expect(abs(score.value - 12.5) < 1e-12)
  }
}
