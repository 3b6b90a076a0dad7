import ArgumentParser
import Console
import TranslationMetrics

/// Scores translations against references, with sacreBLEU's options and results.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score translations against references, as sacreBLEU 2.6.0 does.",
    discussion: """
      Both sides are raw text, one sentence a line, in the same order.

        score reference.fr -i translation.fr -m bleu chrf ter
        translate < test.en | score test.fr -b -w 2
        score reference.fr -i old.fr new.fr -m bleu chrf --paired-bs -f text
        score --model en-fr.model.sqlite --source test.en translation.fr
        score --report comparison.html reference.fr old.fr new.fr

      To score word alignments, see: score aer --help
      """,
    version: "\(Release.line("score")), with the results of sacreBLEU \(MetricSignature.reproducedVersion)")

  @Argument(help: "One or more files of reference translations; give them before -i and -m.")
  var references: [String] = []

  @OptionGroup
  var input: InputOptions

  @Flag(
    name: [.customLong("sentence-level"), .customLong("sl", withSingleDash: true)],
    help: "Score each line by itself, with one metric.")
  var sentenceLevel = false

  @OptionGroup
  var metric: MetricOptions

  @OptionGroup(title: "Significance")
  var significance: SignificanceOptions

  @OptionGroup(title: "Beyond sacreBLEU")
  var report: ReportOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  func validate() throws {
    guard !references.isEmpty else {
      guard report.model == nil else {
        throw ValidationError(
          "--model scores a file that is named without --input: score --model MODEL --source SOURCES TRANSLATIONS"
        )
      }
      throw ValidationError("no reference: name at least one file of reference translations.")
    }
    if report.model != nil {
      guard references.count == 1, input.input.isEmpty else {
        throw ValidationError("--model scores one file: score --model MODEL --source SOURCES TRANSLATIONS")
      }
      guard !metric.isAsked, input.numRefs == 1, !significance.confidence, significance.pairedMethod == nil,
        !output.short
      else {
        throw ValidationError(
          "--model gives probabilities; metrics and what belongs to them, intervals and tests are for scores against "
            + "references.")
      }
      guard output.askedFormat != .latex, report.report == nil else {
        throw ValidationError("--model prints text or JSON; leave --format latex and --report out.")
      }
      return
    }
    if report.report != nil, output.isAsked || significance.confidence {
      throw ValidationError(
        "--report is a page with intervals and tests of its own; leave --confidence and the output's options out."
      )
    }
    if sentenceLevel && report.report != nil {
      throw ValidationError("--report shows sentences anyway: leave --sentence-level out.")
    }
    if input.numRefs != 1 && references.count > 1 && report.report == nil {
      throw ValidationError(
        "--num-refs goes with one reference file, which has them all, not with \(references.count).")
    }
    if sentenceLevel {
      guard metric.chosen.count == 1 else {
        throw ValidationError("--sentence-level scores with one metric; \(metric.chosen.count) were named.")
      }
      guard input.input.count <= 1 else {
        throw ValidationError("--sentence-level scores one system at a time.")
      }
      if significance.confidence || significance.pairedMethod != nil {
        throw ValidationError("--sentence-level has no intervals and no tests.")
      }
    }
  }

  func run() {
    Tool("score", quiet: output.quiet).run { tool in
      let writer = LineWriter()
      try score(tool, writer)
      try writer.flush()
    }
  }

  private func score(_ tool: Tool, _ writer: LineWriter) throws {
    if let model = report.model, let source = report.source {
      try ModelProgram.run(modelArguments(model: model, source: source))
    }
    let (references, inputs) = try files(tool)
    if input.numRefs != 1, references.count > 1 {
      throw ConsoleError.failure(
        .usage, "--num-refs goes with one reference file, which has them all, not with \(references.count)")
    }
    var corpus = try Corpus(
      inputs: inputs, references: references, referencesPerLine: input.numRefs, tool: tool)
    if let path = report.report {
      warnIfTokenized(corpus, tool)
      return try ReportWriter(options: report, metric: metric, significance: significance)
        .write(to: path, corpus, tool)
    }
    let count = corpus.systems.count
    if sentenceLevel {
      guard count == 1 else {
        throw ConsoleError.failure(
          .usage, "--sentence-level scores one system at a time, and there are \(count)")
      }
      return try printSentences(corpus, writer)
    }
    if let method = significance.pairedMethod {
      guard count > 1 else {
        throw ConsoleError.failure(
          .usage, "a paired test compares systems: name two or more files of translations with -i")
      }
      corpus.nameBaseline()
      return try PairedReport(metric: metric, significance: significance, output: output)
        .write(corpus, method, to: writer, tool)
    }
    guard count == 1 || !significance.confidence else {
      throw ConsoleError.failure(
        .usage, "--confidence is for a single system. Compare several with --paired-bs or --paired-ar")
    }
    warnIfTokenized(corpus, tool)
    if count == 1 {
      try printSystem(corpus, writer)
    } else {
      try printSystems(corpus, writer)
    }
  }

  /// What `score-model` has to know.
  private func modelArguments(model: String, source: String) -> [String] {
    var arguments = ["--model=\(model)", "--source=\(source)", "--format"]
    // As for metrics, the score alone has no format; only who asks for both on the command line means something else.
    let format = output.scoreOnly ? output.askedFormat ?? .text : output.format(default: .text)
    arguments.append(format == .json ? "json" : "text")
    if let width = output.askedWidth { arguments += ["--width", String(width)] }
    if sentenceLevel { arguments.append("--sentence-level") }
    if report.reverse { arguments.append("--reverse") }
    if output.scoreOnly { arguments.append("--score-only") }
    if output.quiet { arguments.append("--quiet") }
    return arguments + ["--", references[0]]
  }

  /// The files of references and those of systems.
  private func files(_ tool: Tool) throws -> (references: [String], inputs: [String]) {
    let inputs = try distinctInputs(tool)
    guard report.report != nil, inputs.isEmpty, references.count > 1 else { return (references, inputs) }
    return ([references[0]], Array(references.dropFirst()))
  }

  /// The files of `-i`. In a paired test the baseline may be named again, and is left out then.
  private func distinctInputs(_ tool: Tool) throws -> [String] {
    var inputs: [String] = []
    for path in input.input {
      if inputs.contains(path) {
        guard significance.pairedMethod != nil, path == inputs[0] else {
          throw ConsoleError.failure(.usage, "-i names \(path) twice: name each system once")
        }
        tool.note("\(path) is the baseline and is not compared with itself")
      } else {
        inputs.append(path)
      }
    }
    return inputs
  }

  private func warnIfTokenized(_ corpus: Corpus, _ tool: Tool) {
    let hasBLEU = metric.chosen.contains(.bleu) || report.report != nil && metric.metrics.isEmpty
    guard hasBLEU, !metric.bleu.force else { return }
    for system in corpus.systems { system.warnIfTokenized(tool) }
  }

  private func printSentences(_ corpus: Corpus, _ writer: LineWriter) throws {
    func show(_ metric: some CorpusMetric) throws {
      let signature = metric.signature(referenceCount: corpus.references.count)
      let scores = try metric.sentenceScores(
        hypotheses: corpus.systems[0].lines, references: corpus.references)
      for score in scores { try writer.writeLine(output.line(score, signature)) }
    }
    try show(metric.metric(metric.chosen[0], forSentences: true))
  }

  private func printSystem(_ corpus: Corpus, _ writer: LineWriter) throws {
    func result(_ metric: some CorpusMetric) throws -> String {
      let (hypotheses, references) = (corpus.systems[0].lines, corpus.references)
      let signature = metric.signature(referenceCount: references.count)
      guard significance.confidence else {
        return output.result(
          try metric.corpusScore(hypotheses: hypotheses, references: references), signature)
      }
      let counts = try CorpusCounts(metric, hypotheses: hypotheses, references: references)
      let seed = try SignificanceOptions.seed()
      let bootstrap = Bootstrap(samples: significance.confidenceN, seed: seed ?? .random(in: 0...UInt64.max))
      return output.result(
        counts.score,
        signature.resampled(.bootstrap, samples: significance.confidenceN, seed: seed),
        interval: bootstrap.interval(of: counts))
    }
    let chosen = MetricName.allCases.filter(metric.chosen.contains)
    for line in output.joined(try chosen.map { try result(metric.metric($0)) }) { try writer.writeLine(line) }
  }

  private func printSystems(_ corpus: Corpus, _ writer: LineWriter) throws {
    func scores(_ metric: some CorpusMetric) throws -> (name: String, cells: [ResultTable.Cell]) {
      let scores = try corpus.systems.map {
        try metric.corpusScore(hypotheses: $0.lines, references: corpus.references)
      }
      return (scores[0].name, scores.map { .number($0.number(width: output.width)) })
    }
    let metrics = MetricName.allCases.filter(metric.chosen.contains).map { metric.metric($0) }
    let table = ResultTable(
      systems: corpus.systems.map(\.name), metrics: try metrics.map { try scores($0) })
    let signatures = metrics.map { $0.signature(referenceCount: corpus.references.count) }
    try output.write(table, signatures: signatures, to: writer)
  }
}
