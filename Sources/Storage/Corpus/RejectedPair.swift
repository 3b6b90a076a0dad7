/// A candidate of an import that was left out, and why.
public struct RejectedPair: Sendable, Hashable {
  /// The split that it would have been in.
  public let split: Split
  /// The file that it stands in; of two files, the source's.
  public let origin: String
  /// The line in that file, from 1.
  public let line: Int
  /// The rule that it broke.
  public let rule: RejectionRule
  /// In what way.
  public let reason: String
  /// The source, as far as it could be read. Empty in rows of the first format.
  public let source: String
  /// The target, as far as it could be read. Empty in rows of the first format.
  public let target: String
}

/// How many candidates of a split were left out by a rule.
public struct RejectionCount: Sendable, Hashable {
  /// The split that they would have been in.
  public let split: Split
  /// The rule.
  public let rule: RejectionRule
  /// How many they are.
  public let count: Int
  /// The place of the first, as `train.en:17`.
  public let firstPlace: String
}

/// What an import did, as the corpus file keeps it.
public struct ImportRecord: Sendable, Hashable {
  /// The split that was filled.
  public let split: Split
  /// What became of the pairs that the split held.
  public let mode: ImportMode
  /// The files that were read.
  public let origins: [String]
  /// The rules that were on, and their limits.
  public let cleaning: Cleaning
  /// How many lines, entries or units were read.
  public let candidates: Int
  /// How many pairs were taken.
  public let taken: Int
  /// The version that did it.
  public let toolVersion: String
  /// When, as `2026-11-21T05:27:13Z`.
  public let createdAt: String
}
