import Layers
import Storage
import Tensors
import Text

/// Measures a model, as its parameters are, on the dev split: the loss of the references, and the score of greedy
/// translations.
public struct Validator {
  /// Scores translations against references; higher is better.
  public typealias Scorer = @Sendable (_ translations: [String], _ references: [String]) throws -> Double

  /// What a validation finds out.
  struct Outcome {
    let score: Double
    /// Cross-entropy of a word of the references, in nats.
    let loss: Double
    let translations: [String]
  }

  let model: Seq2SeqModel
  let corpus: CorpusDatabase
  let vocabularyID: Int64
  let vocabulary: VocabularyRecord
  /// So many pairs are looked at; 0: all.
  let limit: Int
  let pool: WorkerPool
  let scorer: Scorer

  /// Ids a side of the pairs that the loss is measured on, at most.
  private static let maximumLength = 400

  /// The pairs of the dev split.
  ///
  /// - Throws: ``Seq2SeqError`` where there are none, or the storage's errors.
  func pairs() throws -> [SentencePair] {
    let pairs = try corpus.pairs(split: .dev, limit: limit > 0 ? limit : nil)
    guard !pairs.isEmpty else {
      throw Seq2SeqError.corpus(
        path: corpus.path,
        "it has no dev split to validate on; import one with `tokenize import --split dev`, or take "
          + "some pairs out of the train split with `tokenize hold-out`"
      )
    }
    return pairs
  }

  /// Makes sure that there is something to validate on.
  ///
  /// - Throws: ``Seq2SeqError`` where there are no pairs, or none that is short enough for a loss, or the storage's errors
  ///   where they have no ids.
  func prepare() throws {
    guard try !measurable(ids: pairs().map(\.id)).isEmpty else {
      throw Seq2SeqError.corpus(
        path: corpus.path,
        "no pair of its dev split has two sides of at most \(Self.maximumLength) ids; import shorter ones")
    }
  }

  /// Validates on ``pairs()``.
  func measure(_ pairs: [SentencePair]) throws -> Outcome {
    let loss = try loss(ids: pairs.map(\.id))
    let translator = try Translator(model: model, vocabulary: vocabulary, threads: pool.count)
    var options = SearchOptions()
    options.beamSize = 1
    let translations = translator.translate(pairs.map(\.source), options).map(\.text)
    return Outcome(
      score: try scorer(translations, pairs.map(\.target)), loss: loss, translations: translations)
  }

  /// The pairs that the loss is measured on.
  private func measurable(ids: [Int64]) throws -> [Segment] {
    try corpus.segments(vocabulary: vocabularyID, ids: ids, of: model.configuration).filter { segment in
      [segment.source.count, segment.target.count].allSatisfy { $0 > 0 && $0 <= Self.maximumLength }
    }
  }

  private func loss(ids: [Int64]) throws -> Double {
    let sorted = try measurable(ids: ids)
      .sorted { ($0.target.count, $0.id) < ($1.target.count, $1.id) }
    let batches = stride(from: 0, to: sorted.count, by: 64).map { start in
      SentenceBatch(sorted[start..<min(start + 64, sorted.count)].map { ($0.source, $0.target) })
    }
    let losses = ShareLosses(count: batches.count)
    pool.run { [model, workers = pool.count] worker in
      let tape = Tape(rowIndependent: false)
      for index in stride(from: worker, to: batches.count, by: workers) {
        tape.reset()
        losses[index] = model.loss(batches[index], Seq2SeqModel.LossOptions(), tape)
      }
    }
    let sum = losses.sum
    return sum.negativeLogLikelihood / Double(sum.words)
  }
}
