import ArgumentParser
import Console
import Foundation
import TranslationMetrics

/// The options of confidence intervals and paired tests, by sacreBLEU's names.
struct SignificanceOptions: ParsableArguments {
  @Flag(
    name: [.long, .customLong("ci", withSingleDash: true)],
    help: "Say where the score of a single system lies with a probability of 95 %, by bootstrap.")
  var confidence = false

  @Option(
    name: [.long, .customLong("cin", withSingleDash: true)],
    help: "How many samples a confidence interval takes.")
  var confidenceN = 1_000

  @Flag(
    name: [.long, .customLong("par", withSingleDash: true)],
    help: "Test whether systems differ from the first one, by approximate randomisation.")
  var pairedAr = false

  @Flag(
    name: [.long, .customLong("pbs", withSingleDash: true)],
    help: "Test whether systems differ from the first one, by bootstrap.")
  var pairedBs = false

  @Option(
    name: [.long, .customLong("parn", withSingleDash: true)], help: "How many trials --paired-ar makes.")
  var pairedArN = 10_000

  @Option(
    name: [.long, .customLong("pbsn", withSingleDash: true)], help: "How many samples --paired-bs takes.")
  var pairedBsN = 1_000

  @Option(
    name: [.long, .customShort("j")],
    help: "Accepted for sacreBLEU's sake: all processors are used, and results don't depend on it.")
  var pairedJobs = 1

  func validate() throws {
    if pairedAr && pairedBs {
      throw ValidationError("--paired-ar and --paired-bs exclude each other: choose one.")
    }
    guard confidenceN >= 2, pairedArN >= 0, pairedBsN >= 0, pairedJobs >= 0 else {
      throw ValidationError(
        "--confidence-n is at least 2; --paired-ar-n, --paired-bs-n and --paired-jobs are not negative.")
    }
  }

  /// The paired test that was asked for.
  var pairedMethod: PairedTest.Method? { pairedBs ? .bootstrap : pairedAr ? .randomization : nil }

  /// How many samples or trials the paired test makes; 0 asks for the usual number.
  func pairedSamples(_ method: PairedTest.Method) -> Int {
    let asked = method == .bootstrap ? pairedBsN : pairedArN
    return asked > 0 ? asked : method.defaultSamples
  }

  /// What random numbers follow from: `SACREBLEU_SEED`, 12345 without it, nil where it is `none`.
  static func seed() throws -> UInt64? {
    guard let text = ProcessInfo.processInfo.environment["SACREBLEU_SEED"] else { return 12_345 }
    if text.lowercased() == "none" { return nil }
    guard let seed = UInt64(text) else {
      throw ConsoleError.failure(
        .usage, "SACREBLEU_SEED is \(text), but a seed is a whole number from 0 to \(UInt64.max), or none")
    }
    return seed
  }
}
