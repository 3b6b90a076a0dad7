import TranslationMetrics
import Testing

@Suite("Comparison report")
struct ComparisonReportTests {
  private func page(_ options: ComparisonReport.Options = .init()) throws -> String {
    try ComparisonReport(
      systems: [("first <b>", Corpus.hypotheses), ("second", Corpus.otherReferences)],
      references: [Corpus.references], options: options
    ).html(title: "A & \"B\" <script>")
  }

  @Test("scores, tests and signatures are those of the metrics")
  func scores() throws {
    let html = try page()
    let bleu = try BLEU().corpusScore(hypotheses: Corpus.hypotheses, references: [Corpus.references])
    #expect(html.contains("<span class=\"value best\">\(bleu.number(width: 1))</span>"))
    #expect(html.contains("−35.8 · p &lt; 0.001") && html.contains("p = 0.016"))
    #expect(html.contains("nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"))
    #expect(html.contains("TER <small>less is better</small>"))
  }

  @Test("nothing comes from elsewhere, and text is text")
  func isSelfContained() throws {
    let html = try page()
    #expect(html.contains("<title>A &amp; &quot;B&quot; &lt;script&gt;</title>"))
    #expect(html.contains("first &lt;b&gt;") && !html.contains("first <b>"))
    #expect(html.contains("default-src 'none'"))
    for outside in ["http:", "https:", "src=", "@import", "url("] { #expect(!html.contains(outside)) }
    #expect(html.contains("disent &quot;non&quot; &lt;b&gt;"))
  }

  @Test("words are marked by the longest run that the reference has")
  func matches() throws {
    let options = ComparisonReport.Options()
    let html = try ComparisonReport(
      systems: [("a", ["le chat noir dort ici, enfin"]), ("b", ["un chat"])],
      references: [["le chat noir court , enfin"]], options: options
    ).html(title: "t")
    #expect(
      html.contains(
        "<b class=\"m3\">le</b> <b class=\"m3\">chat</b> <b class=\"m3\">noir</b> <b class=\"m0\">dort</b> "
          + "<b class=\"m0\">ici</b><b class=\"m2\">,</b> <b class=\"m2\">enfin</b>"))
    #expect(html.contains("<b class=\"m0\">un</b> <b class=\"m1\">chat</b>"))
  }

  @Test("sentences come by how far systems are apart, with their sources, as many as asked for")
  func sentences() throws {
    var options = ComparisonReport.Options()
    options.sentenceCount = 3
    options.sources = Corpus.references.map { "source of \($0)" }
    let html = try page(options)
    #expect(html.components(separatedBy: "<article ").count - 1 == 3)
    #expect(html.contains("<span>source of "))
    let spreads = html.split(separator: "<span class=\"soft\">").compactMap { part in
      part.contains(" apart</span>") ? Double(part.prefix { $0 != " " }) : nil
    }
    #expect(spreads.count == 3 && spreads == spreads.sorted(by: >))
  }

  @Test("kinds of sentences and words have their numbers")
  func buckets() throws {
    var options = ComparisonReport.Options()
    options.trainingText = ["le le chat"]
    let html = try ComparisonReport(
      systems: [("a", ["le chat dort", "le"])], references: [["le chat noir", "un"]], options: options
    ).html(title: "t")
    // Of the unseen words noir and un none was found, of le and chat both.
    #expect(html.contains("0 <small>2 words</small></th><td><span class=\"value\">0.0</span>"))
    #expect(html.contains("1 <small>1 word</small></th><td><span class=\"value\">100.0</span>"))
    #expect(html.contains("in the training text"))
    #expect(html.contains("0–5 <small>2 sentences</small>"))
    #expect(!html.contains("<small>baseline"))
  }

  @Test("streams of different lengths are refused")
  func unequal() {
    #expect(throws: MetricsError.unequalCounts(hypotheses: 1, references: 2, stream: 0)) {
      try ComparisonReport(systems: [("a", ["x"])], references: [["x", "y"]])
    }
  }
}
