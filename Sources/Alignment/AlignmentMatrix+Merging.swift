extension AlignmentMatrix {
  /// The matrix of words that the attention of subwords stands for.
  ///
  /// What the pieces of a source word weigh is summed, for attention is shared among them; over the pieces of a target
  /// word the mean is taken, for each piece has a distribution of its own. So rows sum to 1.
  ///
  /// ```swift
  /// // "chat@@ s" is one word of two pieces, the end of the sentence belongs to no word
  /// let words = AlignmentMatrix(
  ///   pieces: [(0, [0.9, 0.1, 0]), (0, [0.1, 0.8, 0.1]), (0, [0.1, 0.9, 0])], sourceGroups: [0, 1, -1],
  ///   targetGroups: [0, 1, 1], sourceTokens: ["the", "cats"], targetTokens: ["les", "chats"])
  /// ```
  ///
  /// - Parameters:
  ///   - pieces: for each target piece the weights of source pieces that follow each other, and the place of the first.
  ///   - sourceGroups: for each source piece, the place of its word in `sourceTokens`; a negative number leaves the piece
  ///     out (the end of the sentence, say), and what is left of a row is scaled to sum to 1 again. A row of which nothing
  ///     is left is shared out evenly.
  ///   - targetGroups: for each target piece, the place of its word in `targetTokens`; a negative number leaves the piece
  ///     out.
  ///   - sourceTokens: the source words.
  ///   - targetTokens: the target words. A word without pieces gets a row of zeros.
  /// - Precondition: there is a group for each piece, and a word for each group.
  public init(
    pieces: [(first: Int, weights: [Float])], sourceGroups: [Int], targetGroups: [Int],
    sourceTokens: [String], targetTokens: [String]
  ) {
    let width = sourceTokens.count
    precondition(
      pieces.count == targetGroups.count
        && pieces.allSatisfy { $0.first >= 0 && $0.first + $0.weights.count <= sourceGroups.count },
      "\(targetGroups.count) by \(sourceGroups.count) groups do not fit the attention of \(pieces.count) pieces"
    )
    precondition(
      sourceGroups.allSatisfy { $0 < width } && targetGroups.allSatisfy { $0 < targetTokens.count },
      "a group names a word beyond \(targetTokens.count) target and \(width) source words")
    var sums = [Float](repeating: 0, count: width * targetTokens.count)
    for (piece, word) in zip(pieces, targetGroups) where word >= 0 {
      let kept = zip(piece.weights, sourceGroups[piece.first...]).filter { $0.1 >= 0 }
      let total = kept.reduce(0) { $0 + $1.0 }
      for (weight, source) in kept {
        sums[word * width + source] += total > 0 ? weight / total : 1 / Float(kept.count)
      }
    }
    for word in targetTokens.indices {
      let range = (word * width)..<((word + 1) * width)
      let total = sums[range].reduce(0, +)
      guard total > 0 else { continue }
      for index in range { sums[index] /= total }
    }
    self.init(sourceTokens: sourceTokens, targetTokens: targetTokens, weights: sums)
  }
}
