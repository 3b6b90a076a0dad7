/// How much each source word weighed in the making of each target word.
///
/// `S` source words, `T` target words; `weights` is `[T, S]`, row-major. Each row sums to 1: it is the
/// attention distribution (Bahdanau et al. 2015) at the step that produced the target word.
public struct AlignmentMatrix: Hashable, Sendable {
  /// The source words, `S` of them.
  public let sourceTokens: [String]
  /// The target words, `T` of them.
  public let targetTokens: [String]
  /// The weights, `[T, S]`, row-major, each from 0 to 1.
  public let weights: [Float]

  /// Creates a matrix.
  ///
  /// - Parameters:
  ///   - sourceTokens: the source words, `S` of them.
  ///   - targetTokens: the target words, `T` of them.
  ///   - weights: `[T, S]`, row-major.
  /// - Precondition: there are `T * S` weights.
  public init(sourceTokens: [String], targetTokens: [String], weights: [Float]) {
    precondition(
      weights.count == sourceTokens.count * targetTokens.count,
      "\(weights.count) weights do not fill a matrix of \(targetTokens.count) target words "
        + "by \(sourceTokens.count) source words")
    self.sourceTokens = sourceTokens
    self.targetTokens = targetTokens
    self.weights = weights
  }

  /// The weight of a source word for a target word.
  public subscript(target target: Int, source source: Int) -> Float {
    precondition(
      targetTokens.indices.contains(target) && sourceTokens.indices.contains(source),
      "no cell \(target), \(source) in \(targetTokens.count) target words by \(sourceTokens.count) source words"
    )
    return weights[target * sourceTokens.count + source]
  }

  /// The weights of all source words for a target word.
  public func row(target: Int) -> ArraySlice<Float> {
    weights[(target * sourceTokens.count)..<((target + 1) * sourceTokens.count)]
  }
}
