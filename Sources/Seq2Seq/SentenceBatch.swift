import Text

/// Sentences as ids, laid out for the layers: time-major and padded.
public struct SourceBatch: Sendable {
  /// Ids with `</s>` at each sentence's end, `[S * B]`; step `t` of sentence `b` at `t * B + b`.
  public let ids: [TokenID]
  /// Ids of each sentence, `</s>` counted.
  public let lengths: [Int]
  /// The longest, `S`.
  public let steps: Int

  /// - Parameter sentences: ids without `</s>`; at least one sentence.
  public init(_ sentences: [[TokenID]]) {
    (ids, lengths, steps) = layOut(sentences.map { $0 + [Vocabulary.endOfSentence] })
  }
}

/// Source and target sentences for teacher forcing.
public struct SentenceBatch: Sendable {
  /// The source side.
  public let source: SourceBatch
  /// What the decoder reads: `<s>` and the sentence, `[T * B]`.
  public let targetInputs: [TokenID]
  /// What it must predict: the sentence and `</s>`, `[T * B]`.
  public let targetOutputs: [TokenID]
  /// Words to predict of each sentence, `</s>` counted.
  public let targetLengths: [Int]
  /// The longest, `T`.
  public let targetSteps: Int

  /// - Parameter pairs: ids without `<s>` and `</s>`; at least one pair.
  public init(_ pairs: [(source: [TokenID], target: [TokenID])]) {
    source = SourceBatch(pairs.map(\.source))
    (targetInputs, _, _) = layOut(pairs.map { [Vocabulary.beginOfSentence] + $0.target })
    (targetOutputs, targetLengths, targetSteps) = layOut(pairs.map { $0.target + [Vocabulary.endOfSentence] })
  }

  /// Words to predict.
  public var targetWords: Int { targetLengths.reduce(0, +) }

  /// The rows of `[T * B]` tensors that are words, step by step.
  var wordRows: [Int] {
    let rows = targetLengths.count
    return (0..<targetSteps).flatMap { step in
      (0..<rows).filter { step < targetLengths[$0] }.map { step * rows + $0 }
    }
  }
}

private func layOut(_ sentences: [[TokenID]]) -> (ids: [TokenID], lengths: [Int], steps: Int) {
  precondition(!sentences.isEmpty, "an empty batch")
  let lengths = sentences.map(\.count)
  let steps = lengths.max()!
  var ids = [TokenID](repeating: Vocabulary.padding, count: steps * sentences.count)
  for (row, sentence) in sentences.enumerated() {
    for (step, id) in sentence.enumerated() { ids[step * sentences.count + row] = id }
  }
  return (ids, lengths, steps)
}
