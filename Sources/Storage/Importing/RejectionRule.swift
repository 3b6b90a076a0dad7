/// Why a candidate of an import is left out: the name that stands in the table `rejected`.
public enum RejectionRule: String, Sendable, CaseIterable, Codable, Hashable {
  // What can't be a pair, whatever is asked for.

  /// A side holds bytes that are not UTF-8.
  case invalidUTF8 = "invalid-utf8"
  /// A side holds U+0000, which no text has.
  case nullCharacter = "null-character"
  /// The line of a TSV file has no tab.
  case missingColumn = "missing-column"
  /// PO: a person has yet to look at the translation.
  case fuzzy
  /// PO: the text is no longer in use.
  case obsolete
  /// PO: there is no translation.
  case untranslated
  /// PO: some plural forms are translated, others are not.
  case incompletePlural = "incomplete-plural"
  /// TMX: the unit has no text in the source language.
  case missingSource = "missing-source"
  /// TMX: the unit has no text in the target language.
  case missingTarget = "missing-target"

  // The rules of cleaning, which can be switched.

  /// A side is blank.
  case empty
  /// A side has more words than ``Cleaning/maximumLength``.
  case tooLong = "too-long"
  /// One side has more than ``Cleaning/maximumRatio`` times the words of the other.
  case lengthRatio = "length-ratio"
  /// Both sides are the same text: untranslated, or a name.
  case identical
  /// The letters of a side are not those of its language.
  case wrongScript = "wrong-script"
  /// Placeholders and markup are not the same on both sides, see `PlaceholderCheck`.
  case placeholders
  /// The split holds the same pair already.
  case duplicate
  /// A train pair stands in dev or test too, or has a source that was held out for them.
  case overlap

  /// The rules that ``Cleaning`` switches, in the order in which a pair is held against them.
  public static let switchable: [RejectionRule] = [
    .empty, .identical, .tooLong, .lengthRatio, .wrongScript, .placeholders, .overlap, .duplicate,
  ]

  /// Whether ``Cleaning`` switches this rule; the others always apply.
  public var isSwitchable: Bool { Self.switchable.contains(self) }
}
