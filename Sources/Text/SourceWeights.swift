/// How much a piece that a model wrote looked at pieces of the source that follow each other: a row of its attention.
public struct SourceWeights: Hashable, Sendable {
  /// The place in ``EncodedSentence/ids`` that the first weight is of. What stands before it has none.
  public let first: Int
  /// The weights from there on. What stands after them has none.
  public let weights: [Float]

  /// Weights from a place of the source on.
  public init(_ weights: [Float], from first: Int = 0) {
    self.first = first
    self.weights = weights
  }

  /// The token of the source that has the piece with the largest weight.
  func mostAttended(in source: EncodedSentence) -> Int? {
    let known = weights.prefix(max(0, source.tokenIndex.count - first))
    return known.indices.max { known[$0] < known[$1] }.map { source.tokenIndex[first + $0] }
  }

  /// The weight of all pieces of a token of the source.
  func weight(of token: Int, in source: EncodedSentence) -> Float {
    zip(source.tokenIndex.dropFirst(first), weights).reduce(0) { $1.0 == token ? $0 + $1.1 : $0 }
  }
}
