/// What a sentence pair is used for.
public enum Split: String, Sendable, CaseIterable, Codable, Hashable {
  /// Learnt from.
  case train
  /// Looked at while training, to choose the best checkpoint.
  case dev
  /// Held back to measure the end result.
  case test
}

/// A sentence and its translation, as they came.
public struct SentencePair: Sendable, Hashable {
  /// The pair's number in its database.
  public let id: Int64
  /// The sentence, in NFC and otherwise untouched.
  public let source: String
  /// Its translation, in NFC and otherwise untouched.
  public let target: String
  /// The file that it came from; of two files, the source's.
  public let origin: String
  /// The line in that file, from 1.
  public let line: Int

  /// A pair from its parts.
  public init(id: Int64, source: String, target: String, origin: String, line: Int) {
    self.id = id
    self.source = source
    self.target = target
    self.origin = origin
    self.line = line
  }
}
