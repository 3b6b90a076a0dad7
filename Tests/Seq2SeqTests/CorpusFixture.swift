import Foundation
import Seq2Seq
import Storage
import Tensors
import Testing

/// A corpus of sentences and their reversals in a temporary folder, and trainings on it.
final class CorpusFixture {
  let folder: TemporaryFolder
  let corpus: CorpusDatabase
  let vocabularyID: Int64
  private let record: VocabularyRecord

  /// - Parameters:
  ///   - dev: pairs of the dev split; 0 for none.
  ///   - record: the vocabulary, of both sides.
  ///   - words: what sentences are made of.
  ///   - translation: what a sentence becomes.
  init(
    train: Int = 75, dev: Int = 10, record: VocabularyRecord = TinyLanguage.record,
    words: [String] = TinyLanguage.words, translation: ([String]) -> [String] = { $0.reversed() }
  ) throws {
    self.record = record
    folder = try TemporaryFolder()
    corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("tiny.corpus.sqlite"), sourceLanguage: "en", targetLanguage: "en")
    var generator = SplitMix64(seed: 81)
    for (split, count) in [(Split.train, train), (.dev, dev)] where count > 0 {
      let lines = (0..<count).map { index in
        let source = (0..<1 + index % 6).map { _ in words[generator.below(words.count)] }
        return "\(source.joined(separator: " "))\t\(translation(source).joined(separator: " "))\n"
      }
      let path = folder.path("\(split.rawValue).tsv")
      try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
      try corpus.importTSV(path: path, split: split)
    }
    let codecs = try record.codecs()
    vocabularyID = try corpus.saveVocabulary(record) {
      (codecs.source.encode($1.source).ids, codecs.target.encode($1.target).ids)
    }
  }

  /// A small and quick training.
  static var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 8
    configuration.workers = 2
    configuration.dropout.states = 0.2
    configuration.dropout.sourceWords = 0.1
    configuration.dropout.targetWords = 0.1
    configuration.validationFrequency = 10
    configuration.schedule.patience = 1
    configuration.optimizer.weightDecay = 0.01
    return configuration
  }

  static var shape: ModelConfiguration {
    var shape = ModelConfiguration(sourceVocabulary: TinyLanguage.size, targetVocabulary: TinyLanguage.size)
    shape.embedding = 8
    shape.hidden = 16
    return shape
  }

  /// Opens the model file, or makes it, and trains as far as the configuration says.
  @discardableResult
  func train(
    _ name: String, _ configuration: TrainingConfiguration, corpus: CorpusDatabase? = nil,
    shape: ModelConfiguration = CorpusFixture.shape, guides: GuidedAlignments? = nil,
    scorer: @escaping Trainer.Scorer = CorpusFixture.scorer,
    sentenceScorer: Trainer.SentenceScorer? = CorpusFixture.sentenceScorer, stopAfter: Int? = nil
  ) throws -> [TrainingEvent] {
    let path = folder.path(name)
    let file: ModelDatabase
    if FileManager.default.fileExists(atPath: path) {
      file = try ModelDatabase(opening: path, readOnly: false)
    } else {
      let stored = StoredConfiguration(model: shape, training: configuration)
      file = try ModelDatabase(
        creating: path, configuration: stored.json(), sourceLanguage: "en", targetLanguage: "en",
        vocabulary: record)
    }
    let trainer = try Trainer(
      model: Seq2SeqModel(shape, seed: configuration.seed), configuration: configuration,
      corpus: corpus ?? self.corpus, vocabularyID: vocabularyID, file: file, path: path, guides: guides,
      scorer: scorer, sentenceScorer: sentenceScorer)
    var events: [TrainingEvent] = []
    var updates = 0
    try trainer.run {
      stopAfter.map { updates >= $0 } ?? false
    } observe: { event in
      if case .updated = event { updates += 1 }
      events.append(event)
    }
    return events
  }

  /// The parameters that a training of ``train(_:_:corpus:shape:guides:scorer:sentenceScorer:stopAfter:)`` ended with.
  func parameters(_ name: String) throws -> [[Float]] {
    try ModelDatabase(opening: folder.path(name)).tensors(.last).map(\.values)
  }

  /// The share of characters that are in their place.
  static let sentenceScorer: Trainer.SentenceScorer = { translation, reference in
    let right = zip(translation, reference).count { $0 == $1 }
    return Double(right) / Double(max(1, translation.count, reference.count))
  }

  /// The links of the train split: its targets are its sources turned round.
  func reversedLinks() throws -> GuidedAlignments {
    var lines: [String] = []
    try corpus.forEachPair(split: .train) { pair in
      let count = pair.source.split(separator: " ").count
      lines.append((0..<count).map { "\($0)-\(count - 1 - $0)" }.joined(separator: " "))
    }
    return try GuidedAlignments(lines, path: "links", corpus: corpus)
  }

  /// The share of words that stand where the reference has them.
  static let scorer: Trainer.Scorer = { translations, references in
    let pairs = zip(translations, references).map { ($0.split(separator: " "), $1.split(separator: " ")) }
    let right = pairs.reduce(0) { sum, pair in sum + zip(pair.0, pair.1).count { $0 == $1 } }
    return 100 * Double(right) / Double(pairs.reduce(0) { $0 + $1.1.count })
  }
}

extension [TrainingEvent] {
  var validations: [ValidationResult] {
    compactMap { if case .validated(let result) = $0 { result } else { nil } }
  }

  var updates: [TrainingProgress] {
    compactMap { if case .updated(let progress) = $0 { progress } else { nil } }
  }

  var start: TrainingStart? {
    compactMap { if case .started(let start) = $0 { start } else { nil } }.first
  }

  var reason: String? {
    compactMap { if case .finished(let reason, _) = $0 { reason } else { nil } }.last
  }
}

/// What a model file holds of a training, but for the time it took.
struct Outcome: Equatable {
  var best: [StoredTensor]
  var last: [StoredTensor]
  var optimizer: [StoredTensor]
  var state: TrainingState
  var scores: [Double]

  init(_ fixture: CorpusFixture, _ name: String) throws {
    let file = try ModelDatabase(opening: fixture.folder.path(name))
    best = try file.tensors(.best)
    last = try file.tensors(.last)
    let resume = try #require(try file.resumeState())
    optimizer = resume.optimizerState
    state = try JSONDecoder().decode(TrainingState.self, from: resume.trainingState)
    state.seconds = 0
    scores = try file.history().compactMap(\.validation)
  }
}
