import ArgumentParser
import Metrics

/// The options of BLEU, by sacreBLEU's names.
struct BLEUOptions: ParsableArguments {
  @Option(
    name: [.customLong("smooth-method"), .customShort("s")],
    help: "What becomes of n-gram orders without a match.")
  var smoothMethod: ScoreCommand.SmoothMethod = .exp

  @Option(
    name: [.customLong("smooth-value"), .customLong("sv", withSingleDash: true)],
    help: "The number that floor (default: 0.1) or add-k (default: 1) takes.")
  var smoothValue: Double?

  @Option(
    name: [.customLong("tokenize"), .customLong("tok", withSingleDash: true)],
    help: "How text is cut into words.")
  var tokenize: ScoringTokenizer = .mteval13a

  @Flag(
    name: [.customLong("lowercase"), .customLong("lc", withSingleDash: true)], help: "Ignore case.")
  var lowercase = false

  @Flag(help: "Don't warn when the translations look tokenised.")
  var force = false

  func validate() throws {
    if smoothValue != nil, smoothMethod == .none || smoothMethod == .exp {
      throw ValidationError("--smooth-value goes with the smoothing methods floor and add-k alone.")
    }
    if let smoothValue, !(smoothValue >= 0 && smoothValue.isFinite) {
      throw ValidationError("--smooth-value is a number of at least 0, not \(smoothValue).")
    }
  }

  func metric(effectiveOrder: Bool) -> BLEU {
    let smoothing: BLEU.Smoothing
    switch smoothMethod {
    case .none: smoothing = .none
    case .floor: smoothing = smoothValue.map { .floor($0) } ?? .floor()
    case .addK: smoothing = smoothValue.map { .addK($0) } ?? .addK()
    case .exp: smoothing = .exponential
    }
    return BLEU(
      tokenizer: tokenize, lowercase: lowercase, smoothing: smoothing, effectiveOrder: effectiveOrder)
  }
}

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

extension ScoringTokenizer: ExpressibleByArgument {}
