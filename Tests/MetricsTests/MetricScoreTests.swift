import TranslationMetrics
import Testing

/// The forms were compared with `sacrebleu ref -i hyp -w 2 -f text`, `-f json` and `-sh`, release 2.6.0.
@Suite("The forms of a score")
struct MetricScoreTests {
  private let bleu = BLEU()

  private func score() throws -> BLEUScore {
    try bleu.corpusScore(hypotheses: Corpus.hypotheses, references: [Corpus.references])
  }

  @Test("one line of text, with the long or the short signature")
  func text() throws {
    let signature = bleu.signature(referenceCount: 1)
    #expect(
      try score().text(signature: signature.text(), width: 2)
        == "BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 51.14 "
        + "73.0/55.8/45.5/37.0 (BP = 1.000 ratio = 1.017 hyp_len = 122 ref_len = 120)")
    #expect(signature.text(short: true) == "#:1|c:mixed|e:no|tok:13a|s:exp|v:2.6.0")
    #expect(
      CHRF().signature(referenceCount: 1).text(short: true) == "#:1|c:mixed|e:yes|nc:6|nw:0|s:no|v:2.6.0")
    #expect(try score().number(width: 4) == "51.1400")
  }

  @Test("JSON, with sacreBLEU's members in its order")
  func json() throws {
    let json = try score().json(signature: bleu.signature(referenceCount: 1), width: 1)
    let expected = """
      {
       "name": "BLEU",
       "score": 51.1,
       "signature": "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
       "verbose_score": "73.0/55.8/45.5/37.0 (BP = 1.000 ratio = 1.017 hyp_len = 122 ref_len = 120)",
       "nrefs": "1",
       "case": "mixed",
       "eff": "no",
       "tok": "13a",
       "smooth": "exp",
       "version": "2.6.0"
      }
      """
    #expect(json == expected)
  }

  @Test("JSON of chrF has no details")
  func chrFJSON() throws {
    let metric = CHRF(wordOrder: 2)
    let json = try metric.corpusScore(hypotheses: ["oui"], references: [["oui"]])
      .json(signature: metric.signature(referenceCount: 1), width: 2)
    let expected = """
      {
       "name": "chrF2++",
       "score": 100.0,
       "signature": "nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0",
       "nrefs": "1",
       "case": "mixed",
       "eff": "yes",
       "nc": "6",
       "nw": "2",
       "space": "no",
       "version": "2.6.0"
      }
      """
    #expect(json == expected)
  }
}
