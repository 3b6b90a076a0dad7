import Foundation
import Storage
import Tensors
import Text

extension Translator {
  /// Loads a model file.
  ///
  /// - Parameters:
  ///   - threads: how many batches are searched side by side; 0 for as many as there are processors.
  ///   - weights: how the weights of products are kept; `nil` for `WeightFormat.f32`, or `WeightFormat.int8` where
  ///     the file holds them so (see ``ModelQuantization``).
  ///   - shortlist: 0: every word of the vocabulary comes into question for every sentence; else so many translations of
  ///     each of its words, with the frequent words: faster. See ``Shortlist``.
  ///   - direction: which way to translate; `reverse` needs models of both directions.
  ///   - profile: where the time of translations is added up.
  /// - Throws: `StorageError` for a missing, foreign or damaged file, ``Seq2SeqError`` for one that does not hold what
  ///   its configuration says, that holds weights in 8 bits where `f32` is asked for, or that does not go this way.
  public convenience init(
    contentsOf url: URL, threads: Int = 0, weights: WeightFormat? = nil, shortlist: Int = 0,
    direction: TranslationDirection = .forward, profile: SharedProfile? = nil
  ) throws {
    try self.init(
      contentsOf: [url], threads: threads, weights: weights, shortlist: shortlist, direction: direction,
      profile: profile)
  }

  /// Loads several model files of one vocabulary, whose probabilities are averaged. A shortlist is made with the lexicon
  /// of the first.
  ///
  /// - Throws: as for one file, and ``Seq2SeqError/configuration(_:)`` with the differences where vocabularies differ.
  public convenience init(
    contentsOf urls: [URL], threads: Int = 0, weights: WeightFormat? = nil, shortlist: Int = 0,
    direction: TranslationDirection = .forward, profile: SharedProfile? = nil
  ) throws {
    var models: [Seq2SeqModel] = []
    var formats: [WeightFormat] = []
    var rankings: [Ranking] = []
    var sentences: [Int] = []
    var vocabulary: VocabularyRecord?
    var lexica: [TranslationDirection: [[TokenID]]] = [:]
    for url in urls {
      guard url.isFileURL else {
        throw Seq2SeqError.configuration("\(url) is no file; fetch the model first")
      }
      let file = try ModelDatabase(opening: url.path)
      let differences = vocabulary.map { file.vocabulary.differences(from: $0) } ?? []
      guard differences.isEmpty else {
        throw Seq2SeqError.configuration(
          "\(url.path) and \(urls[0].path) have different vocabularies, so that their probabilities are of different "
            + "words: " + differences.joined(separator: "; "))
      }
      if shortlist > 0, vocabulary == nil {
        for direction in TranslationDirection.allCases {
          lexica[direction] = try file.lexicon(isReverse: direction == .reverse)
        }
      }
      vocabulary = vocabulary ?? file.vocabulary
      let format = try weights ?? (file.isQuantized ? .int8 : .f32)
      formats.append(format)
      rankings.append(try StoredRanking(in: file)?.ranking ?? Ranking())
      if let count = try file.sentencesPerLine() { sentences.append(count) }
      models.append(try Seq2SeqModel.load(from: file, path: url.path, packing: format).model)
    }
    guard let vocabulary else { throw Seq2SeqError.configuration("a translator needs a model") }
    // What does not go this way is told so below.
    let goesThisWay = direction == .forward || models.allSatisfy(\.configuration.bothDirections)
    guard shortlist <= 0 || !goesThisWay || lexica[direction] != nil else {
      throw Seq2SeqError.model(
        path: urls[0].path,
        "it holds no lexicon to make shortlists from; train-seq2seq writes one when it goes on with the model"
      )
    }
    try self.init(
      packed: models, formats, vocabulary: vocabulary, threads: threads, lexica: lexica,
      shortlist: shortlist, direction: direction, ranking: Ranking.mean(rankings),
      sentencesPerLine: sentences.min(), profile: profile)
  }
}
