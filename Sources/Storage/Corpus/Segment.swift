import Text

/// How long the two sides of a pair are in tokens: all that making batches needs.
public struct SegmentLength: Sendable, Hashable {
  /// The pair's number.
  public let id: Int64
  /// Tokens of the source, without `</s>`.
  public let source: Int32
  /// Tokens of the target, without `</s>`.
  public let target: Int32

  /// Lengths from their parts.
  public init(id: Int64, source: Int32, target: Int32) {
    self.id = id
    self.source = source
    self.target = target
  }
}

/// The token ids of a pair under one vocabulary.
public struct Segment: Sendable, Hashable {
  /// The pair's number.
  public let id: Int64
  /// The source's ids, without `</s>`.
  public let source: [TokenID]
  /// The target's ids, without `</s>`.
  public let target: [TokenID]

  /// A segment from its parts.
  public init(id: Int64, source: [TokenID], target: [TokenID]) {
    self.id = id
    self.source = source
    self.target = target
  }
}
