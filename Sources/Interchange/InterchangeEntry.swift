/// A sentence and its translation, as a translation memory or a catalogue has them.
public struct InterchangePair: Sendable, Hashable {
  /// The text, as it is in the file: not trimmed, not normalised.
  public var source: String
  /// Its translation.
  public var target: String
  /// The line of the file that the unit or entry begins on, from 1.
  public var line: Int

  /// Creates a pair.
  public init(source: String, target: String, line: Int) {
    self.source = source
    self.target = target
    self.line = line
  }
}

/// A unit or entry that gives no pair, and why.
public struct InterchangeSkip: Sendable, Hashable {
  /// Why a unit or entry gives no pair.
  public enum Reason: String, Sendable, CaseIterable, Codable, Hashable {
    /// PO: a person has yet to look at the translation.
    case fuzzy
    /// PO: the text is no longer in use.
    case obsolete
    /// PO: there is no translation.
    case untranslated
    /// PO: some plural forms are translated, others are not.
    case incompletePlural = "incomplete plural"
    /// TMX: the unit has no text in the source language.
    case missingSource = "no source language"
    /// TMX: the unit has no text in the target language.
    case missingTarget = "no target language"
    /// TMX: a text is empty, or holds nothing but codes and spaces.
    case emptySegment = "empty segment"
  }

  /// Why there is no pair.
  public var reason: Reason
  /// The text, where there is one.
  public var source: String?
  /// Its translation, where there is one.
  public var target: String?
  /// The line of the file that the unit or entry begins on, from 1.
  public var line: Int

  /// Creates a note of what was skipped.
  public init(reason: Reason, source: String?, target: String?, line: Int) {
    self.reason = reason
    self.source = source
    self.target = target
    self.line = line
  }
}

/// What a reader gives: a pair, or the reason why there is none.
public enum InterchangeEntry: Sendable, Hashable {
  /// A text with its translation.
  case pair(InterchangePair)
  /// A unit or entry that was left out.
  case skipped(InterchangeSkip)
}
