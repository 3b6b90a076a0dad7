/// What a filler hands out texts to and gets translations from, in the same order and number.
public typealias TextTranslation = ([String]) throws -> [String]

/// What happened to a text without a translation that was left without one.
public struct FillNote: Sendable, Hashable {
  /// Why a text was left without a translation.
  public enum Reason: Sendable, Hashable {
    /// The translation would break the program or page: see ``PlaceholderCheck``.
    case placeholders([PlaceholderCheck.Problem])
    /// Some plural forms are translated; a machine's beside a person's would take both out of use.
    case incompletePlural
    /// Inline codes stand within the text, and their places in the translation are not known.
    case codesInText
    /// The file's encoding lacks a character of the translation.
    case encoding(String)
    /// Keywords share a line, so that no line can be replaced.
    case sharedLine
    /// The translation holds a control character, which XML can't.
    case controlCharacter
  }

  /// The line of the file that the unit or entry begins on.
  public let line: Int
  /// The text.
  public let source: String
  /// The translation that was not used, where there was one.
  public let translation: String?
  /// Why it has none.
  public let reason: Reason

  /// Creates a note.
  public init(line: Int, source: String, translation: String?, reason: Reason) {
    self.line = line
    self.source = source
    self.translation = translation
    self.reason = reason
  }
}

extension FillNote.Reason: CustomStringConvertible {
  /// A few words for a report.
  public var description: String {
    switch self {
    case .placeholders(let problems):
      "the translation " + problems.map(\.description).joined(separator: ", ")
    case .incompletePlural: "some plural forms are translated already"
    case .codesInText: "inline codes stand within the text"
    case .encoding(let name): "the encoding \(name) lacks a character of the translation"
    case .sharedLine: "its keywords share a line"
    case .controlCharacter: "the translation holds a control character, which XML can't"
    }
  }

  /// A short name to count by.
  public var category: String {
    switch self {
    case .placeholders: "placeholders or markup"
    case .incompletePlural: "incomplete plural"
    case .codesInText: "inline codes"
    case .encoding: "encoding"
    case .sharedLine: "shared line"
    case .controlCharacter: "control character"
    }
  }
}

/// What filling a file came to.
public struct FillSummary: Sendable, Hashable {
  /// Entries or units in use.
  public internal(set) var total = 0
  /// Those that had a translation and were left as they were.
  public internal(set) var kept = 0
  /// Those that had one which is marked `fuzzy`, and were left as they were.
  public internal(set) var fuzzy = 0
  /// Those that were given one.
  public internal(set) var filled = 0
  /// Those without text in the source language.
  public internal(set) var withoutSource = 0
  /// Those that were left without one, by the reason's category.
  public internal(set) var leftOut: [String: Int] = [:]

  /// How many were left without a translation.
  public var leftOutCount: Int { leftOut.values.reduce(0, +) }

  mutating func leaveOut(_ reason: FillNote.Reason) { leftOut[reason.category, default: 0] += 1 }
}
