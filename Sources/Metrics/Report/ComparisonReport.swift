/// How systems differ on one test set: scores with their intervals, paired tests, kinds of sentences and
/// words, and the sentences where they differ most. After the idea of compare-mt (Neubig et al. 2019).
///
/// ```swift
/// let report = try ComparisonReport(
///   systems: [("old", oldLines), ("new", newLines)], references: [referenceLines])
/// try report.html(title: "Old and new").write(toFile: "comparison.html", atomically: true, encoding: .utf8)
/// ```
public struct ComparisonReport: Sendable {
  /// What is compared, and how.
  public struct Options: Sendable {
    /// The metrics of the table; the first one scores the buckets of lengths.
    public var metrics: [any CorpusMetric] = [BLEU(), CHRF(), TER()]
    /// Scores single sentences.
    public var sentenceMetric: any CorpusMetric = CHRF()
    /// Cuts text into the words that are coloured and counted.
    public var tokenizer = ScoringTokenizer.mteval13a
    /// Whether words that differ in case are the same.
    public var lowercase = false
    /// The test of each system against the first.
    public var test = PairedTest(.bootstrap)
    /// How many sentences are shown.
    public var sentenceCount = 60
    /// The sources, if known: shown beside the translations.
    public var sources: [String]?
    /// Text by which frequent and rare words are told apart; the references without it.
    public var trainingText: [String]?

    /// The usual metrics, chrF for sentences.
    public init() {}
  }

  /// One system's sentence.
  struct Translation: Sendable {
    let text: String
    let score: Double
    let matches: NgramMatches
  }

  /// One line of the test set.
  struct Sentence: Sendable {
    /// The number of the line, from 1.
    let number: Int
    let source: String?
    let references: [String]
    let translations: [Translation]
    /// How far the best and the worst translation are apart.
    let spread: Double
  }

  /// The names of the systems.
  public let systems: [String]
  let options: Options
  let segmentCount: Int
  let referenceCount: Int
  let signatures: [(name: String, text: String)]
  /// For each metric the results of each system.
  let results: [[PairedTest.Result]]
  let lengthBuckets: [Bucket]
  let frequencyBuckets: [Bucket]
  let sentences: [Sentence]

  /// Compares systems.
  ///
  /// - Parameters:
  ///   - systems: the name and the translations of each, raw text; the first is the baseline.
  ///   - references: one or more streams of references.
  /// - Throws: ``MetricsError`` when there is nothing to compare or a stream is shorter or longer.
  public init(
    systems: [(name: String, lines: [String])], references: [[String]], options: Options = Options()
  ) throws {
    guard !systems.isEmpty else { throw MetricsError.emptyCorpus }
    guard !references.isEmpty else { throw MetricsError.noReferences }
    if let sources = options.sources, sources.count != systems[0].lines.count {
      throw MetricsError.unequalSources(hypotheses: systems[0].lines.count, sources: sources.count)
    }
    self.systems = systems.map(\.name)
    self.options = options
    segmentCount = systems[0].lines.count
    referenceCount = references.count
    var counted: [[CorpusCounts]] = []
    for metric in options.metrics {
      counted.append(try systems.map { try Self.count(metric, $0.lines, references) })
    }
    results = counted.map { counts in
      options.test.results(baseline: counts[0], systems: Array(counts.dropFirst()))
    }
    signatures = zip(options.metrics, counted).map { metric, counts in
      let signature = metric.signature(referenceCount: references.count)
        .resampled(options.test.method, samples: options.test.samples, seed: options.test.seed)
      return (counts[0].score.name, signature.text())
    }
    func words(_ lines: [String]) -> [[ExactWord]] {
      inParallel(lines.count) { share in
        share.map { options.tokenizer.words(lines[$0], lowercase: options.lowercase) }
      }
    }
    let referenceWords = words(references[0])
    lengthBuckets =
      counted.isEmpty ? [] : Bucket.byLength(counted[0], lengths: referenceWords.map(\.count))
    var frequencies: [ExactWord: Int] = [:]
    for word in (options.trainingText.map(words) ?? referenceWords).joined() {
      frequencies[word, default: 0] += 1
    }
    frequencyBuckets = Bucket.byFrequency(systems.map { words($0.lines) }, references: referenceWords) {
      frequencies[$0] ?? 0
    }
    sentences = try Self.sentences(systems.map(\.lines), references, options)
  }

  private static func count(
    _ metric: some CorpusMetric, _ lines: [String], _ references: [[String]]
  ) throws -> CorpusCounts {
    try CorpusCounts(metric, hypotheses: lines, references: references)
  }

  /// The sentences where systems differ most, or of a single system those with the lowest scores.
  private static func sentences(
    _ systems: [[String]], _ references: [[String]], _ options: Options
  ) throws -> [Sentence] {
    func scores(_ metric: some CorpusMetric, _ lines: [String]) throws -> [Double] {
      try metric.sentenceScores(hypotheses: lines, references: references).map(\.value)
    }
    let scores = try systems.map { try scores(options.sentenceMetric, $0) }
    let spreads = systems[0].indices.map { segment in
      let values = scores.map { $0[segment] }
      return systems.count == 1 ? -values[0] : (values.max() ?? 0) - (values.min() ?? 0)
    }
    let order = spreads.indices.sorted { (-spreads[$0], $0) < (-spreads[$1], $1) }
    return order.prefix(options.sentenceCount).map { segment in
      let references = references.map { $0[segment] }
      let translations = systems.indices.map { system in
        Translation(
          text: systems[system][segment], score: scores[system][segment],
          matches: NgramMatches(
            systems[system][segment], references: references, tokenizer: options.tokenizer,
            lowercase: options.lowercase))
      }
      return Sentence(
        number: segment + 1, source: options.sources?[segment], references: references,
        translations: translations, spread: max(0, spreads[segment]))
    }
  }
}
