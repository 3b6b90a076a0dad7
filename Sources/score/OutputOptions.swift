import ArgumentParser
import Metrics

/// How scores are printed, by sacreBLEU's names.
struct OutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How many digits follow the decimal point.")
  var width = 1

  @Option(name: .shortAndLong, help: "How to print scores of a whole corpus.")
  var format: OutputFormat = .json

  @Flag(name: [.customLong("score-only"), .customShort("b")], help: "Print the score alone.")
  var scoreOnly = false

  @Flag(
    name: [.customLong("short"), .customLong("sh", withSingleDash: true)],
    help: "Use short names in the signature.")
  var short = false

  @Flag(name: .shortAndLong, help: "Leave out notes.")
  var quiet = false

  func validate() throws {
    guard 0...17 ~= width else { throw ValidationError("--width is a number from 0 to 17, not \(width).") }
  }

  /// A score on one line.
  func line(_ score: some MetricScore, _ signature: MetricSignature) -> String {
    if scoreOnly { return score.number(width: width) }
    return score.text(signature: signature.text(short: short), width: width)
  }

  /// A score in the format that was asked for.
  func result(_ score: some MetricScore, _ signature: MetricSignature) -> String {
    if format == .text || scoreOnly { return line(score, signature) }
    return score.json(signature: signature, width: width)
  }

  /// The results of all metrics: an array in JSON, lines with their `=` below each other in text.
  func joined(_ results: [String]) -> [String] {
    guard results.count > 1 else { return results }
    if format == .json { return ["[", results.joined(separator: ",\n"), "]"] }
    if scoreOnly { return results }
    let names = results.map { $0.prefix { $0 != "=" } }
    let longest = names.map(\.count).max() ?? 0
    return zip(results, names).map { result, name in
      String(repeating: " ", count: longest - name.count) + result
    }
  }
}
