import Foundation

/// What can go wrong when translations are scored.
public enum MetricsError: Error, Equatable, CustomStringConvertible, LocalizedError,
  CustomNSError
{
  /// There is nothing to score.
  case emptyCorpus
  /// No stream of references was given.
  case noReferences
  /// A stream of references has another number of segments than the hypotheses.
  case unequalCounts(hypotheses: Int, references: Int, stream: Int)
  /// There is another number of sources than of hypotheses.
  case unequalSources(hypotheses: Int, sources: Int)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .emptyCorpus:
      return "there are no hypotheses to score: give at least one line"
    case .noReferences:
      return "there are no references to compare with: give at least one stream of references"
    case .unequalCounts(let hypotheses, let references, let stream):
      return "\(hypotheses) hypotheses but \(references) references in stream \(stream + 1): "
        + "both need one line a sentence, in the same order"
    case .unequalSources(let hypotheses, let sources):
      return
        "\(hypotheses) hypotheses but \(sources) sources: both need one line a sentence, in the same order"
    }
  }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }
  /// The same text, for Foundation's error machinery.
  public var errorDescription: String? { description }

  /// 65, the code of sysexits for bad data.
  public var errorCode: Int { 65 }
}
