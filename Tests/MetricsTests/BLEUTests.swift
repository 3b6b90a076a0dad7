import TranslationMetrics
import Testing

@Suite("BLEU")
struct BLEUTests {
  struct Golden: Sendable {
    let metric: BLEU
    let references: Int
    let score: Double
    let details: String
    let signature: String

    init(_ metric: BLEU, references: Int, score: Double, details: String, signature: String) {
      self.metric = metric
      self.references = references
      self.score = score
      self.details = details
      self.signature = signature
    }
  }

  static let golden = [
    Golden(
      BLEU(tokenizer: .none), references: 1, score: 33.8568566355,
      details: "64.0/42.7/28.8/19.6 (BP = 0.961 ratio = 0.962 hyp_len = 100 ref_len = 104)",
      signature: "nrefs:1|case:mixed|eff:no|tok:none|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .none, lowercase: true), references: 1, score: 34.4888692480,
      details: "67.0/43.9/28.8/19.6 (BP = 0.961 ratio = 0.962 hyp_len = 100 ref_len = 104)",
      signature: "nrefs:1|case:lc|eff:no|tok:none|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(), references: 1, score: 51.1400046716,
      details: "73.0/55.8/45.5/37.0 (BP = 1.000 ratio = 1.017 hyp_len = 122 ref_len = 120)",
      signature: "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(lowercase: true), references: 1, score: 51.7864598056,
      details: "75.4/56.7/45.5/37.0 (BP = 1.000 ratio = 1.017 hyp_len = 122 ref_len = 120)",
      signature: "nrefs:1|case:lc|eff:no|tok:13a|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .intl), references: 1, score: 39.5995240069,
      details: "65.8/46.6/34.2/23.5 (BP = 1.000 ratio = 1.104 hyp_len = 149 ref_len = 135)",
      signature: "nrefs:1|case:mixed|eff:no|tok:intl|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .intl, lowercase: true), references: 1, score: 41.4282595320,
      details: "68.5/48.9/36.0/24.5 (BP = 1.000 ratio = 1.104 hyp_len = 149 ref_len = 135)",
      signature: "nrefs:1|case:lc|eff:no|tok:intl|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .char), references: 1, score: 61.2125094875,
      details: "73.9/65.5/58.0/50.0 (BP = 1.000 ratio = 1.056 hyp_len = 398 ref_len = 377)",
      signature: "nrefs:1|case:mixed|eff:no|tok:char|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .char, lowercase: true), references: 1, score: 67.0518295947,
      details: "80.2/71.9/63.6/55.1 (BP = 1.000 ratio = 1.058 hyp_len = 399 ref_len = 377)",
      signature: "nrefs:1|case:lc|eff:no|tok:char|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .zh), references: 1, score: 42.6747610830,
      details: "69.1/50.7/36.8/25.7 (BP = 1.000 ratio = 1.086 hyp_len = 152 ref_len = 140)",
      signature: "nrefs:1|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .zh, lowercase: true), references: 1, score: 43.1335056876,
      details: "71.1/51.5/36.8/25.7 (BP = 1.000 ratio = 1.086 hyp_len = 152 ref_len = 140)",
      signature: "nrefs:1|case:lc|eff:no|tok:zh|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(), references: 2, score: 62.1850493834,
      details: "81.1/68.3/58.0/46.6 (BP = 1.000 ratio = 1.070 hyp_len = 122 ref_len = 114)",
      signature: "nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(tokenizer: .zh), references: 2, score: 52.2872228044,
      details: "77.6/62.7/47.0/32.7 (BP = 1.000 ratio = 1.118 hyp_len = 152 ref_len = 136)",
      signature: "nrefs:2|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0"),
    Golden(
      BLEU(effectiveOrder: true), references: 1, score: 51.1400046716,
      details: "73.0/55.8/45.5/37.0 (BP = 1.000 ratio = 1.017 hyp_len = 122 ref_len = 120)",
      signature: "nrefs:1|case:mixed|eff:yes|tok:13a|smooth:exp|version:2.6.0"),
  ]

  @Test("corpus scores are sacreBLEU's", arguments: golden)
  func corpus(golden: Golden) throws {
    let streams = Array([Corpus.references, Corpus.otherReferences].prefix(golden.references))
    let score = try golden.metric.corpusScore(hypotheses: Corpus.hypotheses, references: streams)
    #expect(abs(score.value - golden.score) < 1e-10)
    #expect(score.details == golden.details)
    #expect(golden.metric.signature(referenceCount: golden.references).text() == golden.signature)
  }

  /// Made of the hard lines 6, 14, 15 and 17 alone, of which no 4-gram matches.
  static let smoothed = [
    (
      BLEU.Smoothing.exponential, 8.4783152276, "31.2/8.3/5.6/3.6",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"
    ),
    (
      BLEU.Smoothing.none, 0.0000000000, "31.2/8.3/0.0/0.0",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:none|version:2.6.0"
    ),
    (
      BLEU.Smoothing.floor(), 4.5090189088, "31.2/8.3/1.1/1.4",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:floor[0.10]|version:2.6.0"
    ),
    (
      BLEU.Smoothing.floor(0.5), 10.0824727919, "31.2/8.3/5.6/7.1",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:floor[0.50]|version:2.6.0"
    ),
    (
      BLEU.Smoothing.addK(), 15.6571124069, "31.2/15.4/10.0/12.5",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:add-k[1.00]|version:2.6.0"
    ),
    (
      BLEU.Smoothing.addK(2.5), 25.6302096638, "31.2/24.1/21.7/26.3",
      "nrefs:1|case:mixed|eff:no|tok:13a|smooth:add-k[2.50]|version:2.6.0"
    ),
  ]

  @Test("orders without a match are smoothed as in sacreBLEU", arguments: smoothed)
  func smoothing(smoothing: BLEU.Smoothing, value: Double, precisions: String, signature: String) throws {
    let lines = [5, 13, 14, 16]
    let metric = BLEU(smoothing: smoothing)
    let score = try metric.corpusScore(
      hypotheses: lines.map { Corpus.hypotheses[$0] }, references: [lines.map { Corpus.references[$0] }])
    #expect(abs(score.value - value) < 1e-10)
    #expect(score.details.hasPrefix(precisions + " "))
    #expect(metric.signature(referenceCount: 1).text() == signature)
  }

  static let sentences: [(BLEU, [Double])] = [
    (
      BLEU(effectiveOrder: true),
      [
        100.0000000000, 55.5523806802, 81.3288280849, 70.7106781187, 100.0000000000, 0.0000000000,
        67.3182138242, 41.1133616901, 0.0000000000, 0.0000000000, 0.0000000000, 100.0000000000, 0.0000000000,
        0.0000000000, 27.5160604075, 61.0473583581, 20.5566808450, 34.6680637175, 100.0000000000,
        67.8650268159,
      ]
    ),
    (
      BLEU(tokenizer: .intl, effectiveOrder: true),
      [
        100.0000000000, 61.0555716359, 74.7674390611, 83.4452289722, 12.1090130264, 50.0000000000,
        56.9836377544, 52.1694860024, 0.0000000000, 0.0000000000, 0.0000000000, 100.0000000000, 0.0000000000,
        18.9958921413, 39.7635364384, 57.3777409650, 29.2561273073, 34.6680637175, 100.0000000000,
        77.8158127131,
      ]
    ),
    (
      BLEU(smoothing: .floor(), effectiveOrder: true),
      [
        100.0000000000, 55.5523806802, 81.3288280849, 70.7106781187, 100.0000000000, 0.0000000000,
        67.3182138242, 27.4941620352, 0.0000000000, 0.0000000000, 0.0000000000, 100.0000000000, 0.0000000000,
        0.0000000000, 11.8563110150, 61.0473583581, 13.7470810176, 14.9380158219, 100.0000000000,
        67.8650268159,
      ]
    ),
  ]

  @Test("sentence scores against two references are sacreBLEU's", arguments: sentences)
  func sentence(metric: BLEU, golden: [Double]) throws {
    let scores = try metric.sentenceScores(
      hypotheses: Corpus.hypotheses, references: [Corpus.references, Corpus.otherReferences])
    #expect(scores.count == golden.count)
    for (score, value) in zip(scores, golden) { #expect(abs(score.value - value) < 1e-10) }
    let single = try metric.sentenceScore(
      hypothesis: Corpus.hypotheses[1], references: [Corpus.references[1], Corpus.otherReferences[1]])
    #expect(single == scores[1])
  }

  @Test("a score of counts that were added up in another order is the same")
  func statistics() throws {
    let metric = BLEU()
    let segments = try metric.segmentStatistics(
      hypotheses: Corpus.hypotheses, references: [Corpus.references])
    var sum = metric.emptyStatistics
    for segment in segments.reversed() { sum += segment }
    let score = try metric.corpusScore(hypotheses: Corpus.hypotheses, references: [Corpus.references])
    #expect(metric.score(of: sum) == score)
  }

  @Test("the penalty for short translations, by hand")
  func brevity() throws {
    // Four words of five: every n-gram matches, so the score is 100 * exp(1 - 5/4).
    let score = try BLEU().corpusScore(hypotheses: ["a b c d"], references: [["a b c d e"]])
    #expect(abs(score.brevityPenalty - 0.7788007830714049) < 1e-15)
    #expect(abs(score.value - 77.88007830714049) < 1e-12)
  }

  @Test("a line of many thousand words is counted exactly")
  func longLine() throws {
    let words = (0..<30_000).map { "mot\($0 % 9_000)" }
    let line = words.joined(separator: " ")
    let other = (words.dropLast(3) + ["x", "y", "z"]).joined(separator: " ")
    let score = try BLEU().corpusScore(hypotheses: [other], references: [[line]])
    #expect(score.matches == [29_997, 29_996, 29_995, 29_994])
    #expect(score.totals == [30_000, 29_999, 29_998, 29_997])
  }

  @Test("what cannot be scored is refused with the counts")
  func refusals() {
    #expect(throws: MetricsError.unequalCounts(hypotheses: 2, references: 3, stream: 1)) {
      try BLEU().corpusScore(hypotheses: ["a", "b"], references: [["a", "b"], ["a", "b", "c"]])
    }
    #expect(throws: MetricsError.noReferences) {
      try BLEU().corpusScore(hypotheses: ["a"], references: [])
    }
    #expect(throws: MetricsError.emptyCorpus) {
      try CHRF().corpusScore(hypotheses: [], references: [[]])
    }
    let message = MetricsError.unequalCounts(hypotheses: 2, references: 3, stream: 1).description
    #expect(message.contains("2 hypotheses") && message.contains("3 references"))
  }
}
