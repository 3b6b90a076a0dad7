import Console
import TranslationMetrics

/// Whether systems differ from the first one by more than chance, as a table.
struct PairedReport {
  let metric: MetricOptions
  let significance: SignificanceOptions
  let output: OutputOptions

  /// Runs the test and writes the table.
  func write(_ corpus: Corpus, _ method: PairedTest.Method, to writer: LineWriter, _ tool: Tool) throws {
    let seed = try SignificanceOptions.seed()
    let samples = significance.pairedSamples(method)
    let test = PairedTest(method, samples: samples, seed: seed ?? .random(in: 0...UInt64.max))
    if metric.chosen.contains(.bleu), !metric.bleu.force {
      for system in corpus.systems { system.warnIfTokenized(tool) }
    }
    let metrics = metric.chosen.map { metric.metric($0) }
    let columns = try metrics.map { try column($0, corpus, test) }
    let table = ResultTable(systems: corpus.systems.map(\.name), metrics: columns)
    let signatures = metrics.map {
      $0.signature(referenceCount: corpus.references.count).resampled(method, samples: samples, seed: seed)
    }
    try output.write(
      table, signatures: signatures,
      explanation: explanation(method, samples: samples, baseline: corpus.systems[0].name), to: writer)
  }

  private func column(
    _ metric: some CorpusMetric, _ corpus: Corpus, _ test: PairedTest
  ) throws -> (name: String, cells: [ResultTable.Cell]) {
    let counts = try corpus.systems.map {
      try CorpusCounts(metric, hypotheses: $0.lines, references: corpus.references)
    }
    let results = test.results(baseline: counts[0], systems: Array(counts.dropFirst()))
    let cells = results.map { result in
      ResultTable.Cell.tested(
        .init(
          score: result.score, pValue: result.pValue, mean: result.interval?.mean,
          halfWidth: result.interval?.halfWidth))
    }
    return (counts[0].score.name, cells)
  }

  private func explanation(_ method: PairedTest.Method, samples: Int, baseline: String) -> [String] {
    let isBootstrap = method == .bootstrap
    let title =
      isBootstrap
      ? "Paired bootstrap test, \(samples) samples"
      : "Paired approximate randomisation test, \(samples) trials"
    return [
      String(repeating: "-", count: title.count), title, String(repeating: "-", count: title.count),
      " - Each system is compared with \(baseline).",
      isBootstrap
        ? "   Beside a score stand the mean of the samples' scores and how far it reaches to both sides in 95 %."
        : "   Each trial exchanges the two systems' translations of a sentence by the toss of a coin.",
      " - p is how likely a difference at least as large as this would be if there were no difference at all.",
      "   * marks p of 0.05 and less: such a difference is hardly chance. It may still be too small to matter.",
      "",
    ]
  }
}

extension OutputOptions {
  /// Writes the scores of several systems, and what a reader needs to compute them again.
  func write(
    _ table: ResultTable, signatures: [MetricSignature], explanation: [String] = [], to writer: LineWriter
  ) throws {
    switch format {
    case .json: return try writer.writeLine(table.json)
    case .text: try writer.writeLine(table.text(width: width))
    case .latex: try writer.writeLine(table.latex(width: width))
    }
    try writer.writeLine("")
    for line in explanation { try writer.writeLine(line) }
    for line in ["-----------------", "Metric signatures", "-----------------"] { try writer.writeLine(line) }
    for (metric, signature) in zip(table.metrics, signatures) {
      let padding = String(repeating: " ", count: max(0, 10 - metric.name.count))
      try writer.writeLine(" - \(metric.name)\(padding) \(signature.text(short: short))")
    }
  }
}
