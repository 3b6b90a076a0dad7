import ArgumentParser
import Console
import Metrics

/// Scores translations against references, with sacreBLEU's options and results.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score translations against references, as sacreBLEU 2.6.0 does.",
    discussion: """
      Both sides are raw text, one sentence a line, in the same order.

        score reference.fr -i translation.fr -m bleu chrf
        translate < test.en | score test.fr -b -w 2

      To score word alignments, see: score aer --help
      """)

  /// A metric by sacreBLEU's name.
  enum MetricName: String, CaseIterable, ExpressibleByArgument {
    case bleu
    case chrf
  }

  /// A way of smoothing by sacreBLEU's name.
  enum SmoothMethod: String, CaseIterable, ExpressibleByArgument {
    case none
    case floor
    case addK = "add-k"
    case exp
  }

  @Argument(help: "One or more files of reference translations; give them before -i and -m.")
  var references: [String]

  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help: "The file of translations to score, instead of the standard input.")
  var input: [String] = []

  @Option(
    name: .shortAndLong, parsing: .upToNextOption, help: "The metrics: bleu, chrf or both. (default: bleu)")
  var metrics: [MetricName] = []

  @Flag(
    name: [.customLong("sentence-level"), .customLong("sl", withSingleDash: true)],
    help: "Score each line by the first metric, in place of the whole.")
  var sentenceLevel = false

  @OptionGroup(title: "BLEU")
  var bleu: BLEUOptions

  @OptionGroup(title: "chrF")
  var chrF: CHRFOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  func validate() throws {
    guard input.count <= 1 else {
      throw ValidationError("\(input.count) inputs: score one system at a time.")
    }
    guard !references.isEmpty else {
      throw ValidationError("no reference: name at least one file of reference translations.")
    }
  }

  func run() {
    Tool("score", quiet: output.quiet).run { tool in
      let corpus = try Corpus(input: input.first, references: references, tool: tool)
      let chosen = metrics.isEmpty ? [.bleu] : metrics
      let writer = LineWriter()
      if sentenceLevel {
        try printSentences(corpus, metric: chosen[0], writer)
      } else {
        if chosen.contains(.bleu) && !bleu.force { corpus.warnIfTokenized(tool) }
        try printCorpus(corpus, metrics: MetricName.allCases.filter(chosen.contains), writer)
      }
      try writer.flush()
    }
  }

  private func printSentences(_ corpus: Corpus, metric: MetricName, _ writer: LineWriter) throws {
    func show(_ metric: some CorpusMetric) throws {
      let signature = metric.signature(referenceCount: corpus.references.count)
      let scores = try metric.sentenceScores(hypotheses: corpus.hypotheses, references: corpus.references)
      for score in scores { try writer.writeLine(output.line(score, signature)) }
    }
    switch metric {
    case .bleu: try show(bleu.metric(effectiveOrder: true))
    case .chrf: try show(chrF.metric())
    }
  }

  private func printCorpus(_ corpus: Corpus, metrics: [MetricName], _ writer: LineWriter) throws {
    func result(_ metric: some CorpusMetric) throws -> String {
      let signature = metric.signature(referenceCount: corpus.references.count)
      let score = try metric.corpusScore(hypotheses: corpus.hypotheses, references: corpus.references)
      return output.result(score, signature)
    }
    let results = try metrics.map { name in
      switch name {
      case .bleu: try result(bleu.metric(effectiveOrder: false))
      case .chrf: try result(chrF.metric())
      }
    }
    for line in output.joined(results) { try writer.writeLine(line) }
  }
}
