import Alignment
import Storage
import Text

/// What a model file keeps of the corpus that the model learns from, besides what it has learnt.
struct CorpusNotes {
  let corpus: CorpusDatabase
  let vocabularyID: Int64
  let file: ModelDatabase
  let shape: ModelConfiguration
  /// The file of the model that this one began as, if there is one: its lexica know words that the corpus lacks.
  let ancestor: ModelDatabase?

  /// Stores how many sentences a line has, in a model file that does not say it yet.
  func saveSentencesPerLine(_ lengths: [SegmentLength]) throws {
    guard try file.sentencesPerLine() == nil else { return }
    let (source, target) = try file.vocabulary.codecs()
    let pairs = try corpus.texts(ids: Self.sample(of: lengths, SentencesPerLine.sample))
    try file.saveSentencesPerLine(
      SentencesPerLine.usual(
        in: pairs, source: SentenceSplitter(language: source.language),
        target: SentenceSplitter(language: target.language)))
  }

  /// So many pairs at most, taken evenly from the corpus.
  private static func sample(of lengths: [SegmentLength], _ count: Int) -> [Int64] {
    stride(from: 0, to: lengths.count, by: (lengths.count + count - 1) / count).map { lengths[$0].id }
  }

  /// Pairs that the lexicon is learnt from, at most: taken evenly from the corpus, they are enough for the translations
  /// of all but the rarest words.
  private static let lexiconPairs = 200_000
  /// Pairs of a source and a target word in these, about, at most: memory is some 10 bytes each.
  private static let lexiconPlaces = 1e8

  /// Stores which words translate which, for shortlists, in a model file that does not hold it yet: for each direction
  /// that the model has.
  func saveLexica(_ lengths: [SegmentLength]) throws {
    let directions: [TranslationDirection] = shape.bothDirections ? [.forward, .reverse] : [.forward]
    let missing = try directions.filter { try file.lexicon(isReverse: $0 == .reverse) == nil }
    guard !missing.isEmpty else { return }
    let words = lengths.reduce(0) { $0 + (Double($1.source) + 1) * Double($1.target) }
    let affordable = Double(lengths.count) * Self.lexiconPlaces / max(1, words)
    let ids = Self.sample(of: lengths, max(1, Int(min(Double(Self.lexiconPairs), affordable))))
    let pairs = try corpus.segments(vocabulary: vocabularyID, ids: ids, of: shape)
      .map { ($0.source, $0.target) }
    let (sourceCount, targetCount) = (shape.sourceVocabulary, shape.targetVocabulary)
    for direction in missing {
      let table =
        direction == .forward
        ? LexicalTable(pairs: pairs, sourceCount: sourceCount, targetCount: targetCount)
        : LexicalTable(pairs: pairs.map { ($1, $0) }, sourceCount: targetCount, targetCount: sourceCount)
      var words = table.translations.map { $0.map(\.target) }
      for (word, known) in (try ancestor?.lexicon(isReverse: direction == .reverse) ?? []).enumerated()
      where word < words.count {
        // What this corpus says comes first.
        let own = Set(words[word])
        words[word] += known.filter { !own.contains($0) }.prefix(max(0, known.count - own.count))
      }
      try file.saveLexicon(words, isReverse: direction == .reverse)
    }
  }
}
