import ArgumentParser
import TranslationMetrics

/// The options of TER, by sacreBLEU's names.
struct TEROptions: ParsableArguments {
  @Flag(name: .customLong("ter-case-sensitive"), help: "\"The\" and \"the\" count as different words.")
  var caseSensitive = false

  @Flag(
    name: .customLong("ter-asian-support"),
    help:
      "With --ter-normalized, a word for each CJK character; with --ter-no-punct, no CJK punctuation either.")
  var asianSupport = false

  @Flag(name: .customLong("ter-no-punct"), help: "Leave punctuation out.")
  var noPunct = false

  @Flag(name: .customLong("ter-normalized"), help: "Normalise and cut text into words as Tercom does.")
  var normalized = false

  /// Whether anything was asked for.
  var isAsked: Bool { caseSensitive || asianSupport || noPunct || normalized }

  func metric() -> TER {
    TER(
      caseSensitive: caseSensitive, normalized: normalized, ignoresPunctuation: noPunct,
      asianSupport: asianSupport)
  }
}
