/// How well a language that a file names serves one that was asked for. Smaller is better.
enum LanguageMatch: Int, Comparable {
  /// The same code, whatever its case, and `_` or `-` in it.
  case exact
  /// `en` was asked for, and the file has `en-US`.
  case region
  /// `en-US` was asked for, and the file has `en`.
  case general

  init?(requested: String, found: String) {
    let (requested, found) = (Self.parts(requested), Self.parts(found))
    guard !requested.isEmpty, !found.isEmpty else { return nil }
    if requested == found {
      self = .exact
    } else if found.starts(with: requested) {
      self = .region
    } else if requested.starts(with: found) {
      self = .general
    } else {
      return nil
    }
  }

  static func < (left: LanguageMatch, right: LanguageMatch) -> Bool { left.rawValue < right.rawValue }

  private static func parts(_ code: String) -> [Substring] {
    code.lowercased().split { $0 == "-" || $0 == "_" || $0 == "." || $0 == "@" }
  }
}
