import ArgumentParser
import TranslationMetrics

/// The options of chrF, by sacreBLEU's names.
struct CHRFOptions: ParsableArguments {
  @Option(
    name: [.customLong("chrf-char-order"), .customLong("cc", withSingleDash: true)],
    help: "The longest character n-gram.")
  var charOrder = 6

  @Option(
    name: [.customLong("chrf-word-order"), .customLong("cw", withSingleDash: true)],
    help: "The longest word n-gram; 2 makes it chrF++.")
  var wordOrder = 0

  @Option(name: .customLong("chrf-beta"), help: "How many times as much recall weighs as precision.")
  var beta = 2

  @Flag(name: .customLong("chrf-whitespace"), help: "Count white space among the characters.")
  var whitespace = false

  @Flag(name: .customLong("chrf-lowercase"), help: "Ignore case.")
  var lowercase = false

  @Flag(
    name: .customLong("chrf-eps-smoothing"),
    help: "Smooth as chrF++.py, NLTK and Moses do.")
  var epsSmoothing = false

  /// Whether anything was asked for.
  var isAsked: Bool {
    charOrder != 6 || wordOrder != 0 || beta != 2 || whitespace || lowercase || epsSmoothing
  }

  func validate() throws {
    guard 1...100 ~= charOrder, 0...100 ~= wordOrder, 1...1000 ~= beta else {
      throw ValidationError(
        "chrF needs a character order of 1 to 100, a word order of 0 to 100 and a beta of 1 to 1000.")
    }
  }

  func metric() -> CHRF {
    CHRF(
      characterOrder: charOrder, wordOrder: wordOrder, beta: beta, lowercase: lowercase,
      whitespace: whitespace, epsilonSmoothing: epsSmoothing)
  }
}
