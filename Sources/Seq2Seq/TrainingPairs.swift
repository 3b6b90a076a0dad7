import Storage
import Tensors
import Text

/// Gives the trainer its pairs, as ids.
struct TrainingPairs {
  private let corpus: CorpusDatabase
  private let vocabularyID: Int64
  private let encoder: PairEncoder
  private let guides: GuidedAlignments?
  private let dropout: Double
  private let shape: ModelConfiguration
  private let modes: [TranslationMode]
  private let seed: UInt64

  /// - Throws: ``Seq2SeqError/configuration(_:)`` for BPE-dropout of a vocabulary without merges, and for both
  ///   directions with two vocabularies.
  init(
    _ corpus: CorpusDatabase, vocabularyID: Int64, vocabulary: VocabularyRecord,
    _ shape: ModelConfiguration, _ configuration: TrainingConfiguration, guides: GuidedAlignments?
  ) throws {
    let kinds = [vocabulary.sourceConfiguration.kind, vocabulary.targetConfiguration.kind]
    guard configuration.bpeDropout == 0 || kinds.contains(.bpe) else {
      throw Seq2SeqError.configuration(
        "bpe-dropout leaves out merges, but the vocabulary of \(corpus.path) has none; build one with --kind bpe"
      )
    }
    guard !shape.bothDirections || vocabulary.isShared else {
      throw Seq2SeqError.configuration(
        "both-directions needs one vocabulary for both sides; run build-vocab without --separate")
    }
    self.corpus = corpus
    self.vocabularyID = vocabularyID
    self.guides = guides
    let codecs = try vocabulary.codecs()
    encoder = PairEncoder(source: codecs.source, target: codecs.target, givesLessons: true)
    dropout = Double(configuration.bpeDropout)
    self.shape = shape
    modes = shape.modes
    seed = configuration.seed
  }

  /// The shares of the workers: dealt out in turns, since batches are sorted, so that they get like lengths.
  ///
  /// - Parameters:
  ///   - ids: the pairs of a batch.
  ///   - epoch: what segmentations are drawn anew for.
  ///   - batch: its place in the epoch, from 0.
  /// - Returns: a share for each worker; `nil` where there is nothing left to do.
  func shares(of ids: [Int64], epoch: Int, batch: Int, workers: Int) throws -> [SentenceBatch?] {
    var all = try pairs(ids, epoch: epoch)
    let mode = mode(epoch: epoch, batch: batch)
    if mode.direction == .reverse {
      all = all.map { (source: $0.target, target: $0.source, links: PieceLink.turned($0.links)) }
    }
    return (0..<workers).map { worker in
      let own = stride(from: worker, to: all.count, by: workers).map { all[$0] }
      guard !own.isEmpty else { return nil }
      return SentenceBatch(
        own.map { ($0.source, $0.target) }, links: guides == nil ? [] : own.map(\.links), mode: mode)
    }
  }

  /// What is written in a batch: each of the model's modes is as likely as the others.
  private func mode(epoch: Int, batch: Int) -> TranslationMode {
    modes[Int(SplitMix64.seed(seed, 6, UInt64(epoch), UInt64(batch)) % UInt64(modes.count))]
  }

  private func pairs(_ ids: [Int64], epoch: Int) throws -> [(
    source: [TokenID], target: [TokenID], links: [PieceLink]
  )] {
    guard dropout > 0 else {
      return try zip(ids, corpus.segments(vocabulary: vocabularyID, ids: ids, of: shape)).map {
        ($1.source, $1.target, guides?.links(of: $0) ?? [])
      }
    }
    return try corpus.texts(ids: ids).map { pair in
      let (source, target) = encode(pair, epoch: epoch)
      return (source.ids, target.ids, guides?.links(of: pair.id, source: source, target: target) ?? [])
    }
  }

  /// The pieces of a pair in an epoch: with BPE-dropout (Provilkov et al. 2020) drawn anew, a function of the seed, the
  /// epoch and the pair.
  private func encode(_ pair: SentencePair, epoch: Int) -> (source: EncodedSentence, target: EncodedSentence)
  {
    var generator = SplitMix64(
      seed: SplitMix64.seed(seed, 5, UInt64(epoch), UInt64(bitPattern: pair.id)))
    return encoder.encode(source: pair.source, target: pair.target, dropout: dropout, using: &generator)
  }
}
