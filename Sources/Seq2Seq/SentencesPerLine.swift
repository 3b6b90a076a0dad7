import Storage
import Text

/// How many sentences the lines of a corpus have.
enum SentencesPerLine {
  /// Pairs that are looked at, at most.
  static let sample = 10_000
  /// Lines of so many sentences are usual where one line in so many has them.
  private static let oneIn = 100

  /// The most that lines usually have, 1 at least. A pair has as many as the side that has fewer.
  static func usual(in pairs: [SentencePair], source: SentenceSplitter, target: SentenceSplitter) -> Int {
    let counts = pairs.map {
      min(source.sentences(of: $0.source).count, target.sentences(of: $0.target).count)
    }
    // The place of the last line that is still usual.
    let place = (counts.count + oneIn - 1) / oneIn - 1
    return place < 0 ? 1 : counts.sorted(by: >)[place]
  }
}
