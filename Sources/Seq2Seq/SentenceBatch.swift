import Tensors
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

/// That a piece of a target sentence should look at a piece of its source, counted from 0.
public struct PieceLink: Hashable, Sendable {
  /// The target piece.
  public let target: Int
  /// The source piece.
  public let source: Int
  /// Its share of the target piece's attention; those of a target piece sum to 1.
  public let share: Float

  /// A link from its parts.
  public init(target: Int, source: Int, share: Float) {
    self.target = target
    self.source = source
    self.share = share
  }

  /// Links in which each target piece looks at all of its source pieces alike.
  static func even(_ links: some Collection<(target: Int, source: Int)>) -> [PieceLink] {
    var counts: [Int: Int] = [:]
    for link in links { counts[link.target, default: 0] += 1 }
    return links.map { PieceLink(target: $0.target, source: $0.source, share: 1 / Float(counts[$0.target]!)) }
  }

  /// The same links for the other direction.
  static func turned(_ links: [PieceLink]) -> [PieceLink] {
    even(links.map { (target: $0.source, source: $0.target) })
  }
}

/// Source and target sentences for teacher forcing.
public struct SentenceBatch: Sendable {
  /// What is written.
  public let mode: TranslationMode
  /// The source side.
  public let source: SourceBatch
  /// What the decoder reads: the symbol that it starts from and the sentence in its order, `[T * B]`.
  public private(set) var targetInputs: [TokenID]
  /// What it must predict: the sentence in its order and `</s>`, `[T * B]`.
  public let targetOutputs: [TokenID]
  /// Words to predict of each sentence, `</s>` counted.
  public let targetLengths: [Int]
  /// The longest, `T`.
  public let targetSteps: Int
  /// The pairs that it was made of.
  let pairs: [(source: [TokenID], target: [TokenID])]
  private var links: [[PieceLink]]

  /// - Parameters:
  ///   - pairs: ids without `<s>` and `</s>`; at least one pair.
  ///   - links: what attention should look at, of each pair; none where empty.
  ///   - mode: what is written; sentences and links are given as they are read.
  public init(
    _ pairs: [(source: [TokenID], target: [TokenID])], links: [[PieceLink]] = [],
    mode: TranslationMode = TranslationMode()
  ) {
    precondition(
      links.isEmpty || links.count == pairs.count, "links of \(links.count) of \(pairs.count) pairs")
    self.pairs = pairs
    self.mode = mode
    source = SourceBatch(pairs.map(\.source))
    let written = pairs.map { mode.ordered($0.target) }
    (targetInputs, _, _) = layOut(written.map { [mode.start] + $0 })
    (targetOutputs, targetLengths, targetSteps) = layOut(written.map { $0 + [Vocabulary.endOfSentence] })
    self.links =
      mode.order == .leftToRight
      ? links
      : zip(links, pairs).map { links, pair in
        links.map {
          PieceLink(target: pair.target.count - 1 - $0.target, source: $0.source, share: $0.share)
        }
      }
  }

  /// Words to predict.
  public var targetWords: Int { targetLengths.reduce(0, +) }

  /// The rows of `[T * B]` tensors that are words of some sentences, step by step.
  func wordRows(of sentences: Range<Int>) -> [Int] {
    (0..<targetSteps).flatMap { step in
      sentences.lazy.filter { step < targetLengths[$0] }.map { step * targetLengths.count + $0 }
    }
  }

  /// What attention should look at in one step.
  func guides(_ step: Int) -> [AlignmentGuide] {
    links.enumerated().flatMap { row, links in
      links.lazy.filter { $0.target == step }.map {
        AlignmentGuide(row: Int32(row), source: Int32($0.source), share: $0.share)
      }
    }
  }

  /// The same sentences with other words for the decoder to read.
  func replacingInputs(_ inputs: [TokenID]) -> SentenceBatch {
    precondition(inputs.count == targetInputs.count, "\(inputs.count) inputs for \(targetInputs.count)")
    var batch = self
    batch.targetInputs = inputs
    return batch
  }

  /// The same sentences and behind them others, all without links.
  func adding(_ more: [(source: [TokenID], target: [TokenID])]) -> SentenceBatch {
    SentenceBatch(pairs + more, mode: mode)
  }

  /// Each sentence twice: all of them, then all of them again.
  func doubled() -> SentenceBatch {
    var batch = SentenceBatch(pairs + pairs, mode: mode)
    batch.links = links + links
    let count = pairs.count
    for step in 0..<targetSteps {
      for row in 0..<count {
        for draw in 0..<2 {
          batch.targetInputs[step * 2 * count + draw * count + row] = targetInputs[step * count + row]
        }
      }
    }
    return batch
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
