/// Looks whether a translation has all that a program or a page puts text into, or takes for markup.
///
/// ```swift
/// PlaceholderCheck().problems(source: "%s of {total}", translation: "{total}")  // [.lost("%s")]
/// ```
///
/// Each placeholder must be there as often as in the source and be the same to the letter; where they stand is free,
/// but for those that a program counts off (`%s ... %d`), which must keep their order. A translation must begin and
/// end with a line break if the source does, as `msgfmt --check` demands.
public struct PlaceholderCheck: Sendable {
  /// What is wrong with a translation.
  public enum Problem: Sendable, Hashable {
    /// The source has it, the translation has it not, or not as often.
    case lost(String)
    /// The translation has it more often than the source.
    case invented(String)
    /// Placeholders that are counted off stand in another order.
    case reordered
    /// Only one of the two begins with a line break.
    case leadingNewline
    /// Only one of the two ends with a line break.
    case trailingNewline
    /// There is nothing in the translation.
    case empty
  }

  private let scanner: PlaceholderScanner

  /// - Parameter flags: the entry's flags in a PO file, such as `c-format`, which tell what `% d` or `$HOME` is.
  public init(flags: Set<String> = []) {
    scanner = PlaceholderScanner(flags: flags)
  }

  /// What is wrong with a translation; nothing if it may be used.
  public func problems(source: String, translation: String) -> [Problem] {
    if translation.allSatisfy(\.isWhitespace) {
      return source.allSatisfy(\.isWhitespace) ? [] : [.empty]
    }
    var problems: [Problem] = []
    let expected = scanner.placeholders(in: source)
    let found = scanner.placeholders(in: translation)
    var balance: [String: Int] = [:]
    for placeholder in expected { balance[placeholder.text, default: 0] += 1 }
    for placeholder in found { balance[placeholder.text, default: 0] -= 1 }
    var told: Set<String> = []
    for text in expected.map(\.text) where balance[text]! > 0 && told.insert(text).inserted {
      problems.append(.lost(text))
    }
    for text in found.map(\.text) where balance[text]! < 0 && told.insert(text).inserted {
      problems.append(.invented(text))
    }
    if problems.isEmpty, expected.filter(\.isCounted) != found.filter(\.isCounted) {
      problems.append(.reordered)
    }
    if isNewline(source.unicodeScalars.first) != isNewline(translation.unicodeScalars.first) {
      problems.append(.leadingNewline)
    }
    if isNewline(source.unicodeScalars.last) != isNewline(translation.unicodeScalars.last) {
      problems.append(.trailingNewline)
    }
    return problems
  }

  private func isNewline(_ scalar: Unicode.Scalar?) -> Bool { scalar == "\n" }
}

extension PlaceholderCheck.Problem: CustomStringConvertible {
  /// A few words for a report, as in `loses %s`.
  public var description: String {
    switch self {
    case .lost(let text): "loses \(text)"
    case .invented(let text): "invents \(text)"
    case .reordered: "has placeholders in another order"
    case .leadingNewline: "differs in the line break at the beginning"
    case .trailingNewline: "differs in the line break at the end"
    case .empty: "is empty"
    }
  }
}
