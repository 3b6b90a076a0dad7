import Dispatch
import Foundation
import Storage
import Text

/// What one side of a split looks like under its language's tokeniser and a vocabulary.
struct SideStatistics: Sendable {
  /// Tokens a sentence.
  private(set) var lengths = LengthCounts()
  /// The pieces that the tokens were parted into.
  private(set) var pieces = 0
  /// Pieces that are not in the vocabulary.
  private(set) var unknownPieces = 0
  /// Tokens all of whose pieces are in the vocabulary.
  private(set) var knownTokens = 0
  /// Which symbols of the vocabulary were seen.
  private(set) var seen: [Bool] = []

  mutating func add(tokens: Int) { lengths.add(tokens) }

  mutating func add(_ sentence: EncodedSentence, vocabularySize: Int) {
    if seen.isEmpty { seen = [Bool](repeating: false, count: vocabularySize) }
    lengths.add(sentence.tokens.count)
    pieces += sentence.ids.count
    knownTokens += sentence.tokens.count
    var lastUnknown = -1
    for (id, token) in zip(sentence.ids, sentence.tokenIndex) {
      seen[Int(id)] = true
      guard id == Vocabulary.unknown else { continue }
      unknownPieces += 1
      if token != lastUnknown { knownTokens -= 1 }
      lastUnknown = token
    }
  }

  mutating func merge(_ other: SideStatistics) {
    lengths.merge(other.lengths)
    pieces += other.pieces
    unknownPieces += other.unknownPieces
    knownTokens += other.knownTokens
    if seen.isEmpty {
      seen = other.seen
    } else {
      for (index, isSeen) in other.seen.enumerated() where isSeen { seen[index] = true }
    }
  }

  /// How many symbols of the vocabulary were seen, `<unk>` not counted.
  var symbolsSeen: Int {
    seen.enumerated().reduce(0) { $0 + ($1.element && $1.offset != Int(Vocabulary.unknown) ? 1 : 0) }
  }
}

/// Looks at all pairs of a split, with all processors.
struct SplitScan {
  private(set) var source = SideStatistics()
  private(set) var target = SideStatistics()

  /// How text becomes tokens and pieces.
  struct Readers: Sendable {
    let normalizer = Normalizer()
    let source: Tokenizer
    let target: Tokenizer
    let codecs: (source: TextCodec, target: TextCodec)?

    init(_ corpus: CorpusDatabase, _ vocabulary: VocabularyRecord?) throws {
      source = Tokenizer(language: corpus.sourceLanguage)
      target = Tokenizer(language: corpus.targetLanguage)
      codecs = try vocabulary?.codecs()
    }

    func add(_ pair: SentencePair, to scan: inout SplitScan) {
      if let codecs {
        scan.source.add(codecs.source.encode(pair.source), vocabularySize: codecs.source.vocabulary.count)
        scan.target.add(codecs.target.encode(pair.target), vocabularySize: codecs.target.vocabulary.count)
      } else {
        scan.source.add(tokens: source.tokenize(normalizer(pair.source)).count)
        scan.target.add(tokens: target.tokenize(normalizer(pair.target)).count)
      }
    }
  }

  /// - Parameter progress: is told how many pairs were looked at since the last time.
  init(_ corpus: CorpusDatabase, _ split: Split, _ readers: Readers, progress: (Int) -> Void) throws {
    var batch: [SentencePair] = []
    try corpus.forEachPair(split: split) { pair in
      batch.append(pair)
      guard batch.count == 8192 else { return }
      add(batch, readers)
      progress(batch.count)
      batch.removeAll(keepingCapacity: true)
    }
    add(batch, readers)
    progress(batch.count)
  }

  private init() {}

  private mutating func add(_ batch: [SentencePair], _ readers: Readers) {
    let shares = min(ProcessInfo.processInfo.activeProcessorCount, max(1, batch.count / 64))
    let share = (batch.count + shares - 1) / shares
    let parts = [SplitScan](unsafeUninitializedCapacity: shares) { results, count in
      // Each thread writes its own part and nothing else.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: shares) { part in
        var scan = SplitScan()
        for pair in batch[min(part * share, batch.count)..<min((part + 1) * share, batch.count)] {
          readers.add(pair, to: &scan)
        }
        results.initializeElement(at: part, to: scan)
      }
      count = shares
    }
    for part in parts {
      source.merge(part.source)
      target.merge(part.target)
    }
  }
}
