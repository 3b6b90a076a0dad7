import Storage
import Text

/// Gives the trainer its pairs, as ids.
struct TrainingPairs {
  private let corpus: CorpusDatabase
  private let vocabularyID: Int64
  private let codecs: (source: TextCodec, target: TextCodec)
  private let guides: GuidedAlignments?

  init(
    _ corpus: CorpusDatabase, vocabularyID: Int64, vocabulary: VocabularyRecord, guides: GuidedAlignments?
  ) throws {
    self.corpus = corpus
    self.vocabularyID = vocabularyID
    self.guides = guides
    codecs = try vocabulary.codecs()
  }

  /// The shares of the workers: dealt out in turns, since batches are sorted, so that they get like lengths.
  ///
  /// - Parameter ids: the pairs of a batch.
  /// - Returns: a share for each worker; `nil` where there is nothing left to do.
  func shares(of ids: [Int64], workers: Int) throws -> [SentenceBatch?] {
    let segments = try corpus.segments(vocabulary: vocabularyID, ids: ids)
    let links = try guides.map { guides in
      try corpus.texts(ids: ids).map { text in
        guides.links(
          of: text.id, source: codecs.source.encode(text.source), target: codecs.target.encode(text.target))
      }
    }
    return (0..<workers).map { worker in
      let own = Array(stride(from: worker, to: segments.count, by: workers))
      guard !own.isEmpty else { return nil }
      return SentenceBatch(
        own.map { (segments[$0].source, segments[$0].target) },
        links: links.map { links in own.map { links[$0] } } ?? [])
    }
  }
}
