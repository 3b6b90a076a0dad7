import ArgumentParser
import TranslationMetrics

/// The options of BLEU, by sacreBLEU's names.
struct BLEUOptions: ParsableArguments {
  /// A way of smoothing by sacreBLEU's name.
  enum SmoothMethod: String, CaseIterable, ExpressibleByArgument {
    case none
    case floor
    case addK = "add-k"
    case exp
  }

  /// Tokenisers of sacreBLEU that need dictionaries or models from elsewhere.
  private static let outsideTokenizers: Set<String> = [
    "ja-mecab", "ko-mecab", "spm", "flores101", "flores200", "spBLEU-1K",
  ]

  @Option(
    name: [.customLong("smooth-method"), .customShort("s")],
    help: "What becomes of n-gram orders without a match.")
  var smoothMethod: SmoothMethod = .exp

  @Option(
    name: [.customLong("smooth-value"), .customLong("sv", withSingleDash: true)],
    help: "The number that floor (default: 0.1) or add-k (default: 1) takes.")
  var smoothValue: Double?

  @Option(
    name: [.customLong("tokenize"), .customLong("tok", withSingleDash: true)],
    help: "How text is cut into words: none, 13a, intl, zh or char. (default: zh for Chinese, else 13a)")
  var tokenize: String?

  @Option(
    name: [.customLong("language-pair"), .customShort("l")],
    help: "Source and target language, such as en-zh; the target chooses the tokeniser.")
  var languagePair: String?

  @Flag(
    name: [.customLong("lowercase"), .customLong("lc", withSingleDash: true)], help: "Ignore case.")
  var lowercase = false

  @Option(help: "The longest n-gram.")
  var maxNgramOrder = 4

  @Flag(
    name: [.customLong("use-effective-order"), .customLong("eff", withSingleDash: true)],
    help: "Leave out orders that a short text cannot have; always on for sentences.")
  var effectiveOrder = false

  @Flag(help: "Don't warn when the translations look tokenised.")
  var force = false

  /// Whether anything was asked for.
  var isAsked: Bool {
    smoothMethod != .exp || smoothValue != nil || tokenize != nil || languagePair != nil || lowercase
      || maxNgramOrder != 4 || effectiveOrder || force
  }

  func validate() throws {
    if smoothValue != nil, smoothMethod == .none || smoothMethod == .exp {
      throw ValidationError("--smooth-value goes with the smoothing methods floor and add-k alone.")
    }
    if let smoothValue, !(smoothValue >= 0 && smoothValue.isFinite) {
      throw ValidationError("--smooth-value is a number of at least 0, not \(smoothValue).")
    }
    guard 1...100 ~= maxNgramOrder else {
      throw ValidationError("--max-ngram-order is a number from 1 to 100, not \(maxNgramOrder).")
    }
    if let languagePair, targetLanguage == nil {
      throw ValidationError(
        "--language-pair is two codes with a hyphen between, such as en-fr, not \(languagePair).")
    }
    let name = tokenizerName
    if Self.outsideTokenizers.contains(name) {
      throw ValidationError(
        "the tokeniser \(name) needs a dictionary or model that does not come with Passerelle. Choose another "
          + "with -tok: \(names), of which char cuts every script.")
    }
    guard ScoringTokenizer(rawValue: name) != nil else {
      throw ValidationError("there is no tokeniser \(name). Choose one of \(names).")
    }
  }

  /// What `-l` says that text is in.
  private var targetLanguage: Substring? {
    guard let parts = languagePair?.split(separator: "-", omittingEmptySubsequences: false),
      parts.count >= 2, !parts[1].isEmpty
    else { return nil }
    return parts[1]
  }

  private var names: String { ScoringTokenizer.allCases.map(\.rawValue).joined(separator: ", ") }

  /// The tokeniser asked for, else sacreBLEU's choice for the target language.
  private var tokenizerName: String {
    if let tokenize { return tokenize }
    switch targetLanguage {
    case "zh": return "zh"
    case "ja": return "ja-mecab"
    case "ko": return "ko-mecab"
    default: return "13a"
    }
  }

  func metric(forSentences: Bool) -> BLEU {
    let smoothing: BLEU.Smoothing
    switch smoothMethod {
    case .none: smoothing = .none
    case .floor: smoothing = smoothValue.map { .floor($0) } ?? .floor()
    case .addK: smoothing = smoothValue.map { .addK($0) } ?? .addK()
    case .exp: smoothing = .exponential
    }
    return BLEU(
      tokenizer: ScoringTokenizer(rawValue: tokenizerName) ?? .mteval13a, lowercase: lowercase,
      smoothing: smoothing, effectiveOrder: effectiveOrder || forSentences, maximumOrder: maxNgramOrder)
  }
}
