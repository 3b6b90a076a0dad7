/// What an import did.
public struct ImportSummary: Sendable, Hashable {
  /// How often pairs broke a rule, and where first.
  public struct Tally: Sendable, Hashable {
    /// Pairs that were left out for it.
    public internal(set) var leftOut = 0
    /// Pairs that were taken all the same, for the rule is off.
    public internal(set) var kept = 0
    /// The first such place, as `train.en:17`.
    public let firstPlace: String
    /// What was wrong there.
    public let reason: String
    /// The source text there.
    public let text: String
  }

  /// The split that was filled.
  public let split: Split
  /// The rules that were on, and their limits.
  public let cleaning: Cleaning
  /// The files that were read.
  public internal(set) var origins: [String] = []
  /// How many lines, entries or units were read.
  public internal(set) var candidates = 0
  /// How many pairs were taken.
  public internal(set) var imported = 0
  /// How many pairs were in the split before and are not any more.
  public internal(set) var replaced = 0
  /// What was found, by rule.
  public internal(set) var tallies: [RejectionRule: Tally] = [:]
  /// Of what an append left out, how much was there already: in the split, or left out before by the same rule. It
  /// is not noted again.
  public internal(set) var known = 0
  /// How many pairs came back to `train` because the dev or test set that held them was replaced.
  public internal(set) var returnedToTrain = 0
  /// Pairs that left `train` because they stand in the dev or test set that was imported.
  public internal(set) var removedFromTrain: Tally?

  /// How many candidates were left out.
  public var rejected: Int { tallies.values.reduce(0) { $0 + $1.leftOut } }

  init(split: Split, cleaning: Cleaning) {
    self.split = split
    self.cleaning = cleaning
  }

  mutating func noteLeftOut(_ verdict: PairCleaner.Verdict, at place: String, text: String) {
    tallies[verdict.rule, default: Tally(firstPlace: place, reason: verdict.reason, text: text)].leftOut += 1
  }

  mutating func noteKept(_ verdict: PairCleaner.Verdict, at place: String, text: String) {
    tallies[verdict.rule, default: Tally(firstPlace: place, reason: verdict.reason, text: text)].kept += 1
  }
}

/// What an import does with the pairs that a split holds already.
public enum ImportMode: String, Sendable, Hashable, Codable {
  /// Nothing: the split must be empty, or the import is refused.
  case intoEmpty = "into-empty"
  /// They make way for the new ones.
  case replace
  /// They stay, and the new ones come after them.
  case append
}
