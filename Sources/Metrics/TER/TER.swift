/// The translation edit rate (Snover et al. 2006): how many words a person would have to insert, delete,
/// substitute or move as a block to turn a translation into a reference, for every word of the reference.
///
/// Edits are found as Tercom finds them: a greedy search over shifts of blocks, and a Levenshtein distance
/// for the rest. Scores and signatures are those of sacreBLEU 2.6.0. Less is better.
///
/// ```swift
/// let score = try TER().corpusScore(hypotheses: translations, references: [humanTranslations])
/// print(score.edits, score.value)  // 412 38.5...
/// ```
public struct TER: CorpusMetric, Hashable {
  /// Whether `The` and `the` are different words.
  public let caseSensitive: Bool
  /// Whether text is normalised and cut as Tercom does; otherwise white space alone separates words.
  public let normalized: Bool
  /// Whether punctuation is left out.
  public let ignoresPunctuation: Bool
  /// Whether ``normalized`` makes a word of each CJK character, and ``ignoresPunctuation`` knows CJK
  /// punctuation.
  public let asianSupport: Bool

  /// Creates the metric; without arguments, as everybody reports it.
  ///
  /// - Parameters:
  ///   - caseSensitive: whether case matters.
  ///   - normalized: whether text is normalised and cut as Tercom does.
  ///   - ignoresPunctuation: whether punctuation is left out.
  ///   - asianSupport: whether the two above treat CJK characters specially.
  public init(
    caseSensitive: Bool = false, normalized: Bool = false, ignoresPunctuation: Bool = false,
    asianSupport: Bool = false
  ) {
    self.caseSensitive = caseSensitive
    self.normalized = normalized
    self.ignoresPunctuation = ignoresPunctuation
    self.asianSupport = asianSupport
  }

  /// The counts of an empty corpus.
  public var emptyStatistics: TERStatistics { TERStatistics(edits: 0, referenceLength: 0) }

  /// Counts each segment: the edits to the nearest reference, and the mean length of all references.
  ///
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public func segmentStatistics(
    hypotheses: [String], references: [[String]]
  ) throws -> [TERStatistics] {
    try checkShape(hypotheses: hypotheses, references: references)
    let tokenizer = TercomTokenizer(self)
    return inParallel(hypotheses.count) { segments in
      var table = SequenceTable()
      var search = ShiftSearch()
      return segments.map { segment in
        table.removeAll()
        func words(_ line: String) -> [UInt32] {
          let cut = tokenizer.tokenize(line)
          return cut.words.map { table.word(cut.bytes[$0]) }
        }
        let hypothesis = words(hypotheses[segment])
        var length = 0
        var edits = Int.max
        for stream in references {
          let reference = words(tokenizer.prepared(reference: stream[segment]))
          length += reference.count
          edits = min(edits, search.edits(from: hypothesis, to: reference))
        }
        return TERStatistics(edits: edits, referenceLength: Double(length) / Double(references.count))
      }
    }
  }

  /// The score of counts that were added up over any number of segments.
  public func score(of statistics: TERStatistics) -> TERScore {
    let (edits, length) = (Double(statistics.edits), statistics.referenceLength)
    // Edits without a reference: all is wrong.
    let rate = length > 0 ? edits / length : edits > 0 ? 1 : 0
    return TERScore(value: 100 * rate, edits: statistics.edits, referenceLength: length)
  }

  /// The score of a sample, in single precision.
  public func sampledScore(of sums: [Float]) -> SampledScore {
    if sums[1] > 0 { return .single(100 * (sums[0] / sums[1])) }
    return .double(sums[0] > 0 ? 100 : 0)
  }

  /// sacreBLEU's signature of these settings.
  public func signature(referenceCount: Int) -> MetricSignature {
    MetricSignature(
      referenceCount: referenceCount,
      settings: [
        .init(name: "case", shortName: "c", value: caseSensitive ? "mixed" : "lc"),
        .init(name: "tok", shortName: "t", value: "tercom"),
        .init(name: "norm", shortName: "nr", value: normalized ? "yes" : "no"),
        .init(name: "punct", shortName: "pn", value: ignoresPunctuation ? "no" : "yes"),
        .init(name: "asian", shortName: "as", value: asianSupport ? "yes" : "no"),
      ])
  }
}
