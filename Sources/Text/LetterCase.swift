/// What is done with capital letters.
public enum LetterCase: String, Codable, Hashable, Sendable, CaseIterable {
  /// They stay.
  case keep
  /// They become small and are lost.
  case lower
  /// They become small, and symbols beside the words say where they were, see ``CaseMarkup``.
  case feature
}
