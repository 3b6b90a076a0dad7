import ArgumentParser
import TranslationMetrics

/// A metric by sacreBLEU's name, in the order in which sacreBLEU prints them.
enum MetricName: String, CaseIterable, ExpressibleByArgument {
  case bleu
  case chrf
  case ter
}

/// The options of all metrics.
struct MetricOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help: "The metrics, one or more of: bleu, chrf, ter. (default: bleu)")
  var metrics: [MetricName] = []

  @OptionGroup(title: "BLEU")
  var bleu: BLEUOptions

  @OptionGroup(title: "chrF")
  var chrF: CHRFOptions

  @OptionGroup(title: "TER")
  var ter: TEROptions

  /// Whether a metric was named, or anything of one was asked for.
  var isAsked: Bool { !metrics.isEmpty || bleu.isAsked || chrF.isAsked || ter.isAsked }

  /// The metrics asked for, each once, as typed.
  var chosen: [MetricName] {
    var seen: Set<MetricName> = []
    return (metrics.isEmpty ? [.bleu] : metrics).filter { seen.insert($0).inserted }
  }

  /// The metric of a name, with its options.
  ///
  /// - Parameter forSentences: whether it scores sentence by sentence.
  func metric(_ name: MetricName, forSentences: Bool = false) -> any CorpusMetric {
    switch name {
    case .bleu: bleu.metric(forSentences: forSentences)
    case .chrf: chrF.metric()
    case .ter: ter.metric()
    }
  }
}
