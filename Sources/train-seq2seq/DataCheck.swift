import Console
import Foundation
import Storage

/// Counts of a corpus, and what looks wrong in it.
struct DataCheck {
  /// Pairs that will be trained on.
  var pairs: Int { lengths.count }
  /// Their lengths.
  private(set) var lengths: [SegmentLength] = []
  /// Pairs with a side that is too long.
  private(set) var tooLong = 0
  /// Pairs to validate on.
  let devPairs: Int
  /// What a person should look at before training for long.
  private(set) var warnings: [String] = []

  init(_ corpus: CorpusDatabase, vocabularyID: Int64, maximumLength: Int) throws {
    devPairs = try corpus.count(split: .dev)
    var unlike: Int64?
    var (unlikeCount, emptyCount) = (0, 0)
    for segment in try corpus.segmentLengths(vocabulary: vocabularyID, split: .train) {
      let (short, long) = (min(segment.source, segment.target), max(segment.source, segment.target))
      if short == 0 {
        emptyCount += 1
      } else if long > maximumLength {
        tooLong += 1
      } else {
        lengths.append(segment)
        if long > 4 * short + 8 {
          unlikeCount += 1
          unlike = unlike ?? segment.id
        }
      }
    }
    let all = pairs + tooLong + emptyCount
    func add(_ count: Int, _ what: String, _ pair: SentencePair?) {
      guard count > 0 else { return }
      let example = pair.map { ", the first at \($0.origin):\($0.line): \"\($0.source.prefix(60))\"" } ?? ""
      warnings.append("\(count) of \(all) training pairs \(what)\(example)")
    }
    var identical: SentencePair?
    var unlikePair: SentencePair?
    var identicalCount = 0
    try corpus.forEachPair(split: .train) { pair in
      if pair.id == unlike { unlikePair = pair }
      // Numbers and single names are rightly the same in two languages.
      if pair.source == pair.target, pair.source.split(separator: " ").count >= 4 {
        identicalCount += 1
        identical = identical ?? pair
      }
    }
    add(emptyCount, "have an empty side and are left out", nil)
    add(tooLong, "are longer than --max-length \(maximumLength) and are left out", nil)
    add(unlikeCount, "have sides of very different lengths", unlikePair)
    add(identicalCount, "have the same text on both sides", identical)
    guard devPairs > 0 else {
      throw ConsoleError.failure(
        .dataError,
        "\(corpus.path) has no dev split, so training can't tell which checkpoint is best; import some pairs with "
          + "tokenize import --split dev, or take some out of the train split: tokenize hold-out --db \(corpus.path)"
      )
    }
    guard pairs > 0 else {
      throw ConsoleError.failure(
        .dataError,
        "\(corpus.path): its train split holds no pair of at most \(maximumLength) ids a side; import one with "
          + "`tokenize import` and run build-vocab, or raise --max-length")
    }
    if (1..<1_000).contains(pairs) { warnings.append("\(pairs) training pairs are very few to learn from") }
  }
}
