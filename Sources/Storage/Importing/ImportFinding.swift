/// Something about a line of an import that a person may want to know.
public enum ImportFinding: String, Sendable, CaseIterable, Codable, Hashable {
  /// Both sides are blank.
  case emptyPair = "both sides are empty"
  /// The source is blank, the target is not.
  case emptySource = "the source is empty"
  /// The target is blank, the source is not.
  case emptyTarget = "the target is empty"
  /// A side holds bytes that are not UTF-8.
  case invalidUTF8 = "not UTF-8"
  /// A side holds U+0000, which no text has.
  case nullCharacter = "a null character"
  /// The line of a TSV file has no tab.
  case missingColumn = "no second column"
  /// Both sides are the same text: untranslated, or a name.
  case identicalSides = "both sides are identical"
  /// One side has more than nine times the words of the other, and neither is a mere phrase.
  case lengthRatio = "very different lengths"

  /// Whether such a line is left out and noted in the table `rejected`. The others are taken, with a warning.
  public var isRejection: Bool {
    switch self {
    case .identicalSides, .lengthRatio: false
    default: true
    }
  }
}

/// What an import did.
public struct ImportSummary: Sendable, Hashable {
  /// How often something was found, and where first.
  public struct Observation: Sendable, Hashable {
    /// In how many lines.
    public var count: Int
    /// The first such line, as `train.en:17`, and its text where it has any.
    public var example: String
  }

  /// The split that was filled.
  public let split: Split
  /// The files that were read.
  public let origins: [String]
  /// How many lines each file has.
  public internal(set) var lines = 0
  /// How many pairs were taken.
  public internal(set) var imported = 0
  /// How many pairs were in the split before and are not any more.
  public internal(set) var replaced = 0
  /// What was found on the way.
  public internal(set) var findings: [ImportFinding: Observation] = [:]

  /// How many lines were left out.
  public var rejected: Int { findings.filter(\.key.isRejection).values.reduce(0) { $0 + $1.count } }

  init(split: Split, origins: [String]) {
    self.split = split
    self.origins = origins
  }

  mutating func note(_ finding: ImportFinding, at place: String, text: String = "") {
    if findings[finding] == nil {
      let excerpt = text.isEmpty ? "" : ": " + text.prefix(60) + (text.count > 60 ? "..." : "")
      findings[finding] = Observation(count: 0, example: place + excerpt)
    }
    findings[finding]?.count += 1
  }
}

/// What an import does with the pairs that a split holds already.
public enum ImportMode: Sendable, Hashable {
  /// Nothing: the split must be empty, or the import is refused.
  case intoEmpty
  /// They make way for the new ones.
  case replace
  /// They stay, and the new ones come after them.
  case append
}
