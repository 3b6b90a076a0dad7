import ArgumentParser
import Console
import Foundation
import TranslationMetrics

/// What goes beyond sacreBLEU: scores by a model, and a page that compares systems.
struct ReportOptions: ParsableArguments {
  @Option(
    help:
      "Score by a model: how likely it holds the translations, the only files named, to be, given --source.")
  var model: String?

  @Flag(help: "With --model, the translations are of its other direction; for models of both directions.")
  var reverse = false

  @Option(help: "The file of source sentences, for --model and --report.")
  var source: String?

  @Option(
    help: """
      Write a page that compares systems. The first file named is the reference, the others are systems, unless -i \
      names the systems.
      """)
  var report: String?

  @Option(help: "With --report, tell rare words from frequent ones by this text instead of the references.")
  var train: String?

  @Option(
    name: .customLong("report-sentences"), help: "With --report, how many sentences are shown. (default: 60)")
  var askedSentences: Int?

  /// How many sentences the page shows.
  var reportSentences: Int { askedSentences ?? 60 }

  func validate() throws {
    if model != nil, report != nil {
      throw ValidationError("--model and --report are two things: ask for one.")
    }
    if model != nil, source == nil {
      throw ValidationError("--model needs --source: the file of sentences that the translations are of.")
    }
    if reverse, model == nil { throw ValidationError("--reverse goes with --model.") }
    if source != nil, model == nil, report == nil {
      throw ValidationError("--source goes with --model or --report.")
    }
    if train != nil, report == nil { throw ValidationError("--train goes with --report.") }
    if askedSentences != nil, report == nil {
      throw ValidationError("--report-sentences goes with --report.")
    }
    guard reportSentences >= 0 else { throw ValidationError("--report-sentences can't be negative.") }
  }
}

/// Writes the page that compares systems.
struct ReportWriter {
  let options: ReportOptions
  let metric: MetricOptions
  let significance: SignificanceOptions

  /// - Parameters:
  ///   - path: the page.
  ///   - corpus: the systems and their references.
  func write(to path: String, _ corpus: Corpus, _ tool: Tool) throws {
    let page = try PageFile(path: path)
    var report = ComparisonReport.Options()
    let chosen = metric.metrics.isEmpty ? MetricName.allCases : metric.chosen
    report.metrics = chosen.map { metric.metric($0) }
    report.lowercase = metric.bleu.lowercase
    report.sentenceMetric = metric.chrF.metric()
    report.tokenizer = metric.bleu.metric(forSentences: true).tokenizer
    let method = significance.pairedMethod ?? .bootstrap
    report.test = PairedTest(
      method, samples: significance.pairedSamples(method),
      seed: try SignificanceOptions.seed() ?? .random(in: 0...UInt64.max))
    report.sentenceCount = options.reportSentences
    if let source = options.source {
      let file = try TextFile(source, tool: tool)
      let count = corpus.systems[0].lines.count
      guard file.lines.count == count else {
        throw ConsoleError.failure(
          .dataError,
          "\(file.name) has \(file.lines.count) lines but \(corpus.systems[0].source) has \(count) lines: "
            + "all need one line a sentence, in the same order")
      }
      report.sources = file.lines
    }
    report.trainingText = try options.train.map { try TextFile($0, tool: tool).lines }
    let systems = zip(names(corpus.systems.map(\.name)), corpus.systems.map(\.lines))
    let comparison = try ComparisonReport(
      systems: systems.map { (name: $0, lines: $1) }, references: corpus.references, options: report)
    let title =
      corpus.systems.count == 1 ? comparison.systems[0] : comparison.systems.joined(separator: ", ")
    try page.write(comparison.html(title: title))
    tool.note("wrote \(path)")
  }

  /// The names of files without folders, unless two of them are the same then.
  private func names(_ paths: [String]) -> [String] {
    let short = paths.map { ($0 as NSString).lastPathComponent }
    return Set(short).count == paths.count ? short : paths
  }
}
