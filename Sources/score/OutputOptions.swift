import ArgumentParser
import Foundation
import TranslationMetrics

/// How scores are printed, by sacreBLEU's names.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customLong("width"), .customShort("w")],
    help: "How many digits follow the decimal point. (default: 1, with --model 4)")
  var askedWidth: Int?

  @Option(
    name: [.customLong("format"), .customShort("f")],
    help:
      "How to print scores: json, text or latex. $SACREBLEU_FORMAT overrides it. (default: json, with --model text)"
  )
  var askedFormat: OutputFormat?

  @Flag(name: [.customLong("score-only"), .customShort("b")], help: "Print the score alone.")
  var scoreOnly = false

  @Flag(
    name: [.customLong("short"), .customLong("sh", withSingleDash: true)],
    help: "Use short names in the signature.")
  var short = false

  @Flag(name: .shortAndLong, help: "Leave out notes.")
  var quiet = false

  @Flag(
    name: [.long, .customLong("nc", withSingleDash: true)],
    help: "Accepted for sacreBLEU's sake: results are never coloured.")
  var noColor = false

  func validate() throws {
    guard 0...17 ~= width else { throw ValidationError("--width is a number from 0 to 17, not \(width).") }
  }

  /// Whether anything was asked for that is about scores on the standard output.
  var isAsked: Bool { askedWidth != nil || askedFormat != nil || scoreOnly || short }

  /// How many digits follow the decimal point of a metric's score.
  var width: Int { askedWidth ?? 1 }

  /// The format asked for, by the environment first.
  var format: OutputFormat { format(default: .json) }

  /// The format asked for, by the environment first, else `standard`.
  func format(default standard: OutputFormat) -> OutputFormat {
    let environment = ProcessInfo.processInfo.environment["SACREBLEU_FORMAT"]?.lowercased()
    return environment.flatMap(OutputFormat.init) ?? askedFormat ?? standard
  }

  /// A score on one line.
  func line(
    _ score: some MetricScore, _ signature: MetricSignature, interval: Bootstrap.Interval? = nil
  ) -> String {
    if scoreOnly { return score.number(width: width, interval: interval) }
    return score.text(signature: signature.text(short: short), width: width, interval: interval)
  }

  /// A score in the format that was asked for.
  func result(
    _ score: some MetricScore, _ signature: MetricSignature, interval: Bootstrap.Interval? = nil
  ) -> String {
    if format != .json || scoreOnly { return line(score, signature, interval: interval) }
    return score.json(signature: signature, width: width, interval: interval)
  }

  /// The results of all metrics: an array in JSON, lines with their `=` below each other in text.
  func joined(_ results: [String]) -> [String] {
    guard results.count > 1 else { return results }
    if format == .json { return ["[", results.joined(separator: ",\n"), "]"] }
    // Without names, the equals sign of an interval is what lines go by.
    guard results.allSatisfy({ $0.contains("=") }) else { return results }
    let names = results.map { $0.prefix { $0 != "=" } }
    let longest = names.map(\.count).max() ?? 0
    return zip(results, names).map { result, name in
      String(repeating: " ", count: longest - name.count) + result
    }
  }
}
