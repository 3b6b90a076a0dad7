/// Which pairs an import leaves out.
///
/// Lengths are counted in words, see `Tokenizer.wordCount(_:)`; the limits have the names of Moses'
/// `clean-corpus-n`, and the ratio its default.
public struct Cleaning: Codable, Sendable, Hashable {
  /// The rules that are on, of ``RejectionRule/switchable``.
  public var rules: Set<RejectionRule>
  /// The most words of a side, for ``RejectionRule/tooLong``.
  public var maximumLength: Int
  /// How many times the words of the other a side may have, for ``RejectionRule/lengthRatio``.
  public var maximumRatio: Double

  /// Cleaning by the given rules.
  public init(rules: Set<RejectionRule>, maximumLength: Int = 250, maximumRatio: Double = 9) {
    precondition(rules.allSatisfy(\.isSwitchable), "only the rules of RejectionRule.switchable can be chosen")
    precondition(
      maximumLength > 0 && maximumRatio >= 1 && maximumRatio.isFinite,
      "the limits of length and ratio begin at 1")
    self.rules = rules
    self.maximumLength = maximumLength
    self.maximumRatio = maximumRatio
  }

  /// What the command line does unless told: of `train`, identical sides are kept, for names and code are
  /// rightly the same in two languages, and placeholders that differ, for in prose an address or a tag may. `dev` and `test` measure, so they stay as they are but for
  /// empty sides; what they hold leaves `train`.
  public static func standard(for split: Split) -> Cleaning {
    switch split {
    case .train: Cleaning(rules: [.empty, .tooLong, .lengthRatio, .wrongScript, .overlap, .duplicate])
    case .dev, .test: Cleaning(rules: [.empty, .overlap])
    }
  }

  /// Leaves out pairs with an empty side and no others.
  public static let emptySides = Cleaning(rules: [.empty])
  /// Leaves out only what is no pair at all.
  public static let none = Cleaning(rules: [])

  // In a corpus file the rules stand in a fixed order, so that equal ones are equal text.

  private enum CodingKeys: String, CodingKey {
    case rules
    case maximumLength = "max-length"
    case maximumRatio = "max-ratio"
  }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rules = try Set(container.decode([RejectionRule].self, forKey: .rules))
    maximumLength = try container.decode(Int.self, forKey: .maximumLength)
    maximumRatio = try container.decode(Double.self, forKey: .maximumRatio)
  }

  /// Writes the rules by name, in the order of ``RejectionRule/switchable``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(RejectionRule.switchable.filter(rules.contains), forKey: .rules)
    try container.encode(maximumLength, forKey: .maximumLength)
    try container.encode(maximumRatio, forKey: .maximumRatio)
  }
}
