extension AlignmentMatrix {
  /// The matrix of words that a matrix of subwords stands for.
  ///
  /// What the pieces of a source word weigh is summed, for attention is shared among them; over the pieces of
  /// a target word the mean is taken, for each piece has a distribution of its own. So rows still sum to 1.
  ///
  /// ```swift
  /// // "chat@@ s" is one word of two pieces, the end of the sentence belongs to no word
  /// let words = pieces.merged(
  ///   sourceGroups: [0, 1, -1], targetGroups: [0, 1, 1], sourceTokens: ["the", "cats"],
  ///   targetTokens: ["les", "chats"])
  /// ```
  ///
  /// - Parameters:
  ///   - sourceGroups: for each source piece, the place of its word in `sourceTokens`; a negative number
  ///     leaves the piece out (the end of the sentence, say), and what is left is scaled to sum to 1 again.
  ///   - targetGroups: for each target piece, the place of its word in `targetTokens`; a negative number
  ///     leaves the piece out.
  ///   - sourceTokens: the source words.
  ///   - targetTokens: the target words. A word without pieces gets a row of zeros.
  /// - Precondition: there is a group for each piece, and a word for each group.
  public func merged(
    sourceGroups: [Int], targetGroups: [Int], sourceTokens words: [String], targetTokens targetWords: [String]
  ) -> AlignmentMatrix {
    precondition(
      sourceGroups.count == sourceTokens.count && targetGroups.count == targetTokens.count,
      "\(targetGroups.count) by \(sourceGroups.count) groups do not fit a matrix of "
        + "\(targetTokens.count) by \(sourceTokens.count) pieces")
    precondition(
      sourceGroups.allSatisfy { $0 < words.count } && targetGroups.allSatisfy { $0 < targetWords.count },
      "a group names a word beyond \(targetWords.count) target and \(words.count) source words")
    var sums = [Float](repeating: 0, count: words.count * targetWords.count)
    for (piece, word) in targetGroups.enumerated() where word >= 0 {
      for (weight, source) in zip(row(target: piece), sourceGroups) where source >= 0 {
        sums[word * words.count + source] += weight
      }
    }
    for word in targetWords.indices {
      let range = (word * words.count)..<((word + 1) * words.count)
      let total = sums[range].reduce(0, +)
      guard total > 0 else { continue }
      for index in range { sums[index] /= total }
    }
    return AlignmentMatrix(sourceTokens: words, targetTokens: targetWords, weights: sums)
  }
}
