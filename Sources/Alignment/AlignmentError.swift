import Foundation

/// What can go wrong when alignments are read or compared.
public enum AlignmentError: Error, Equatable, CustomStringConvertible, LocalizedError,
  CustomNSError
{
  /// A word of an alignment line is no link.
  case malformedLink(String, line: Int)
  /// A link's place is below the first one.
  case placeOutOfRange(String, line: Int, first: Int)
  /// Gold and hypothesis have different numbers of sentences.
  case unequalCounts(gold: Int, hypothesis: Int)
  /// JSON text is no alignment matrix.
  case malformedJSON(String)

  /// What happened, where, and what to do about it.
  public var description: String {
    switch self {
    case .malformedLink(let text, let line):
      return "line \(line): \"\(text)\" is no alignment link: write 3-4 for a sure link from source word 3 "
        + "to target word 4, 3p4 for a possible one"
    case .placeOutOfRange(let text, let line, let first):
      return "line \(line): \"\(text)\" names a word before the first one: places are counted from \(first)"
    case .unequalCounts(let gold, let hypothesis):
      return "\(gold) gold alignments but \(hypothesis) to compare with them: both need one line a sentence"
    case .malformedJSON(let reason):
      return "no alignment matrix: \(reason)"
    }
  }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }
  /// The same text, for Foundation's error machinery.
  public var errorDescription: String? { description }

  /// 65, the code of sysexits for bad data.
  public var errorCode: Int { 65 }
}
