import Foundation
import Seq2Seq
import Storage
import Tensors
import Testing

@Suite("Trainer")
struct TrainerTests {
  private func limited(to updates: Int) -> TrainingConfiguration {
    var configuration = CorpusFixture.configuration
    configuration.afterBatches = updates
    configuration.earlyStopping = 0
    return configuration
  }

  @Test("A training that was ended and resumed is the one that was not, to the bit")
  func resume() throws {
    let fixture = try CorpusFixture()
    // Ten batches an epoch: 30 updates are three epochs.
    try fixture.train("whole", limited(to: 30))
    let whole = try Outcome(fixture, "whole")
    #expect(whole.state.step == 30 && whole.state.epoch == 3)

    // Ended by its limit, at the end of an epoch with a validation, and at neither.
    for halt in [10, 20] {
      let name = "limit\(halt)"
      try fixture.train(name, limited(to: halt))
      #expect(try Outcome(fixture, name) != whole)
      let events = try fixture.train(name, limited(to: 30))
      #expect(events.start?.resumed?.step == halt)
      #expect(try Outcome(fixture, name) == whole, "ended after \(halt)")
    }
    // Stopped from outside in the middle of an epoch, twice.
    #expect(try fixture.train("stopped", limited(to: 30), stopAfter: 7).reason == "stopped")
    #expect(try fixture.train("stopped", limited(to: 30), stopAfter: 8).updates.map(\.step) == Array(8...15))
    try fixture.train("stopped", limited(to: 30))
    #expect(try Outcome(fixture, "stopped") == whole)

    // In bf16 as well.
    if Precision.bf16.isSupported {
      var half = limited(to: 30)
      half.precision = .bf16
      try fixture.train("half", half)
      let outcome = try Outcome(fixture, "half")
      #expect(outcome.last != whole.last)
      try fixture.train("halves", half, stopAfter: 13)
      try fixture.train("halves", half)
      #expect(try Outcome(fixture, "halves") == outcome)
    }

    // The comparison can fail: another seed, another number of workers.
    var other = limited(to: 30)
    other.seed = 2
    try fixture.train("seed", other)
    #expect(try Outcome(fixture, "seed").last != whole.last)
    try fixture.train("again", limited(to: 30))
    #expect(try Outcome(fixture, "again") == whole)
  }

  @Test("The number of workers changes the gradient by rounding alone, also where some have nothing to do")
  func workers() throws {
    let fixture = try CorpusFixture()
    var configuration = limited(to: 3)
    configuration.batchSize = 2
    configuration.dropout = DropoutRates()
    let norms = try [1, 2, 3, 5].map { workers in
      configuration.workers = workers
      return try fixture.train("workers\(workers)", configuration).updates.map(\.gradientNorm)
    }
    for other in norms.dropFirst() {
      for (one, two) in zip(norms[0], other) { #expect(abs(one - two) < 1e-4 * one) }
    }
  }

  @Test("Training learns, tells what it does, and writes its history")
  func events() throws {
    let fixture = try CorpusFixture(train: 200)
    var configuration = limited(to: 120)
    configuration.validationFrequency = 40
    configuration.schedule.base = 1e-2
    configuration.dropout = DropoutRates()
    configuration.labelSmoothing = 0
    let events = try fixture.train("model", configuration)
    let start = try #require(events.start)
    #expect(start.pairs == 200 && start.tooLong == 0 && start.batchesPerEpoch == 25 && start.resumed == nil)
    #expect(start.parameterCount == (try Seq2SeqModel(CorpusFixture.shape, seed: 1)).store.count)
    let updates = events.updates
    #expect(updates.map(\.step) == Array(1...120))
    #expect(updates.map(\.epoch) == (0..<120).map { 1 + $0 / 25 })
    #expect(updates[119].loss < 0.8 * updates[0].loss)
    #expect(updates.allSatisfy { $0.gradientNorm > 0 && $0.wordsPerSecond > 0 })
    let validations = events.validations
    #expect(validations.map(\.step) == [40, 80, 120])
    #expect(validations[2].loss < validations[0].loss)
    #expect(validations.allSatisfy { $0.samples.count == 3 })
    #expect(events.reason == "120 updates are done")

    let file = try ModelDatabase(opening: fixture.folder.path("model"))
    let history = try file.history()
    #expect(
      history.filter { $0.validation == nil }.map(\.step) == Array(stride(from: 10, through: 120, by: 10)))
    #expect(history.compactMap(\.validation) == validations.map(\.score))
    #expect(history.compactMap(\.validationLoss) == validations.map(\.loss))
    let seconds = history.map(\.seconds)
    #expect(seconds[0] > 0 && zip(seconds, seconds.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(seconds.last == updates.last?.seconds)
    let best = try #require(validations.map(\.score).max())
    let checkpoints = try file.checkpoints()
    let scores = try #require(checkpoints.first { $0.isBest }?.scores)
    #expect(scores["bleu"] == best)
    let loss = try #require(validations.first { $0.score == best }?.loss)
    #expect(abs(scores["perplexity"]! - exp(loss)) < 1e-12 * exp(loss))
    #expect(checkpoints.last?.step == 120)
  }

  @Test("The learning rate falls, and training ends, when the score stands still")
  func earlyStopping() throws {
    let fixture = try CorpusFixture()
    var configuration = CorpusFixture.configuration
    configuration.validationFrequency = 2
    configuration.schedule.patience = 2
    configuration.earlyStopping = 4
    let events = try fixture.train("model", configuration, scorer: { _, _ in 5 })
    // The first validation is the best; four more bring nothing.
    #expect(events.validations.map(\.isBest) == [true, false, false, false, false])
    #expect(events.validations.map(\.stalled) == [0, 1, 2, 3, 4])
    #expect(events.reason == "4 validations brought no better score")
    let rates = events.updates.map(\.learningRate)
    #expect(rates == [1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 5e-4])
    // A finished training stays finished.
    let again = try fixture.train("model", configuration, scorer: { _, _ in 5 })
    #expect(again.updates.isEmpty && again.reason == events.reason)
    // More patience, and it goes on.
    configuration.earlyStopping = 5
    #expect(try fixture.train("model", configuration, scorer: { _, _ in 5 }).updates.map(\.step) == [11, 12])
  }

  @Test("Judged by perplexity, the end and the learning rate follow the loss, whatever the score does")
  func earlyStoppingOnPerplexity() throws {
    let fixture = try CorpusFixture()
    var still = limited(to: 30)
    (still.metric, still.validationFrequency, still.earlyStopping) = (.perplexity, 2, 4)
    // Nothing is learnt, so that the loss stands still; the score gets better each time.
    (still.schedule.base, still.schedule.patience) = (1e-30, 2)
    let count = Counter()
    let events = try fixture.train("still", still, scorer: { _, _ in Double(count.next()) })
    let validations = events.validations
    #expect(validations.map(\.score) == [1, 2, 3, 4, 5] && Set(validations.map(\.loss)).count == 1)
    #expect(validations.map(\.isBest) == [true, false, false, false, false])
    #expect(validations.map(\.stalled) == [0, 1, 2, 3, 4])
    #expect(events.reason == "4 validations brought no better perplexity")
    #expect(
      events.updates.map(\.learningRate)
        == [Float](repeating: 1e-30, count: 6) + [Float](repeating: 5e-31, count: 4))
    #expect(try ModelDatabase(opening: fixture.folder.path("still")).checkpoint(.best).step == 2)
    // Judged by the score from now on, its stalls begin anew, and it gets better.
    still.metric = .bleu
    let judged = try fixture.train("still", still, scorer: { _, _ in Double(count.next()) })
    #expect(judged.updates.count == 20 && judged.validations.allSatisfy(\.isBest))
    // The other way round: the score stands still, and the loss falls.
    let learning = try CorpusFixture(train: 200)
    for (metric, reason) in [
      (ValidationMetric.perplexity, "30 updates are done"), (.bleu, "1 validation brought no better score"),
    ] {
      var falling = limited(to: 30)
      (falling.metric, falling.validationFrequency, falling.earlyStopping) = (metric, 10, 1)
      (falling.schedule.base, falling.schedule.kind) = (1e-2, .constant)
      (falling.dropout, falling.labelSmoothing) = (DropoutRates(), 0)
      let events = try learning.train(metric.rawValue, falling, scorer: { _, _ in 5 })
      #expect(events.reason == reason)
      #expect(events.validations.map(\.isBest) == (metric == .bleu ? [true, false] : [true, true, true]))
    }
  }

  @Test("Epochs are a limit too, and validation comes at their end by default")
  func epochs() throws {
    let fixture = try CorpusFixture()
    var configuration = CorpusFixture.configuration
    configuration.validationFrequency = 0
    configuration.afterEpochs = 2
    let events = try fixture.train("model", configuration)
    #expect(events.updates.count == 20)
    #expect(events.validations.map(\.step) == [10, 20])
    #expect(events.reason == "2 epochs are done")
  }

  @Test("Pairs that are too long are left out, and a corpus of only such is refused")
  func tooLong() throws {
    let fixture = try CorpusFixture()
    var configuration = limited(to: 2)
    configuration.maximumLength = 3
    // Lengths go 1 to 6 in turn: of 75 pairs, 36 are longer than 3.
    let start = try #require(try fixture.train("model", configuration).start)
    #expect(start.tooLong == 36 && start.pairs == 39)

    let empty = try CorpusFixture(train: 0)
    #expect(throws: Seq2SeqError.self) { try empty.train("model", configuration) }
    // Before the first update, however far the first validation is.
    let withoutDev = try CorpusFixture(dev: 0)
    #expect(throws: Seq2SeqError.self) { try withoutDev.train("model", configuration, stopAfter: 1) }
    let unprepared = try CorpusFixture()
    let path = unprepared.folder.path("more.tsv")
    try "a b\tb a\n".write(toFile: path, atomically: true, encoding: .utf8)
    try unprepared.corpus.importTSV(path: path, split: .dev, mode: .append)
    #expect(throws: StorageError.self) { try unprepared.train("model", configuration, stopAfter: 1) }
  }

  @Test("A training goes on with the corpus that it began with, and with no other")
  func otherCorpus() throws {
    let fixture = try CorpusFixture()
    try fixture.train("m", limited(to: 3))
    // The same text in another file is the same corpus.
    let again = try CorpusFixture()
    #expect(try fixture.train("m", limited(to: 5), corpus: again.corpus).updates.count == 2)
    for other in [try CorpusFixture(train: 74), try CorpusFixture(dev: 9)] {
      let error = #expect(throws: Seq2SeqError.self) {
        try fixture.train("m", limited(to: 7), corpus: other.corpus)
      }
      #expect(error?.localizedDescription.contains("was trained on other pairs") == true)
    }
  }

  @Test("A model that began as another one keeps what that one knew of words that the corpus lacks")
  func ancestor() throws {
    let fixture = try CorpusFixture(words: Array(TinyLanguage.words.prefix(3)))
    let file = try ["old", "new"].map {
      try ModelDatabase(
        creating: fixture.folder.path($0),
        configuration: StoredConfiguration(
          model: CorpusFixture.shape, training: limited(to: 1)
        ).json(), sourceLanguage: "en", targetLanguage: "en", vocabulary: TinyLanguage.record)
    }
    let known = (0..<TinyLanguage.size).map { [Int32($0), 4] }
    try file[0].saveLexicon(known)
    let trainer = try Trainer(
      model: Seq2SeqModel(CorpusFixture.shape, seed: 1), configuration: limited(to: 1),
      corpus: fixture.corpus,
      vocabularyID: fixture.vocabularyID, file: file[1], path: "new", scorer: CorpusFixture.scorer)
    trainer.ancestor = file[0]
    try trainer.run { _ in }
    let lexicon = try #require(try file[1].lexicon())
    let (seen, unseen) = (
      Int(
        try #require(
          try fixture.corpus.segments(vocabulary: fixture.vocabularyID, ids: [1]).first?.source.first)),
      TinyLanguage.size - 1
    )
    #expect(lexicon[unseen] == known[unseen])
    #expect(!lexicon[seen].isEmpty && lexicon[seen] != known[seen])
  }

  @Test("A file of another model is not trained into")
  func otherConfiguration() throws {
    let fixture = try CorpusFixture()
    var wider = CorpusFixture.shape
    wider.embedding += 1
    let others = [
      Data("{}".utf8), try StoredConfiguration(model: wider, training: limited(to: 1)).json(),
    ]
    for (index, configuration) in others.enumerated() {
      let file = try ModelDatabase(
        creating: fixture.folder.path("\(index)"), configuration: configuration, sourceLanguage: "en",
        targetLanguage: "en", vocabulary: TinyLanguage.record)
      #expect(throws: Seq2SeqError.self) {
        try Trainer(
          model: Seq2SeqModel(CorpusFixture.shape, seed: 1), configuration: limited(to: 1),
          corpus: fixture.corpus, vocabularyID: fixture.vocabularyID, file: file, path: "m",
          scorer: CorpusFixture.scorer)
      }
    }
  }

  @Test(
    "The model file says how many sentences a line of the corpus has",
    arguments: [
      (lines: [1, 1, 1, 1], most: 1), ([1, 2, 1, 3], 3), ([Int](repeating: 1, count: 99) + [2], 2),
      ([Int](repeating: 1, count: 100) + [2], 1), ([Int](repeating: 4, count: 400) + [6, 5, 5, 5, 5], 5),
    ])
  func sentencesPerLine(lines: [Int], most: Int) throws {
    let folder = try TemporaryFolder()
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c"), sourceLanguage: "en", targetLanguage: "fr")
    // A sentence more on one side alone is none.
    let pairs = lines.enumerated().map { place, count in
      let text = [String](repeating: "Ann ran \(place) times.", count: count)
      let (short, long) = (text.joined(separator: " "), (text + ["Bob."]).joined(separator: " "))
      return place % 2 == 0 ? "\(short)\t\(long)\n" : "\(long)\t\(short)\n"
    }
    for (split, lines) in [(Split.train, pairs.joined()), (.dev, "Ann\tBob\n")] {
      let path = folder.path("\(split.rawValue).tsv")
      try lines.write(toFile: path, atomically: true, encoding: .utf8)
      try corpus.importTSV(path: path, split: split)
    }
    var record = TinyLanguage.record
    record.targetConfiguration.language = "fr"
    let id = try corpus.saveVocabulary(record) { _, _ in ([4], [4]) }
    let model = try Seq2SeqModel(CorpusFixture.shape, seed: 1)
    let file = try ModelDatabase(
      creating: folder.path("m"),
      configuration: StoredConfiguration(model: CorpusFixture.shape, training: limited(to: 1)).json(),
      sourceLanguage: "en", targetLanguage: "fr", vocabulary: record)
    try Trainer(
      model: model, configuration: limited(to: 1), corpus: corpus, vocabularyID: id, file: file, path: "m",
      scorer: CorpusFixture.scorer
    ).run { _ in }
    #expect(try file.sentencesPerLine() == most)
    let url = folder.url.appendingPathComponent("m")
    let other = folder.url.appendingPathComponent("other")
    try ModelQuantization.write(contentsOf: url.path, to: other.path)
    #expect(try Translator(contentsOf: other).sentencesPerLine == most)
    // Of several models, the one that has learnt from the fewest decides.
    try file.saveSentencesPerLine(most + 1)
    #expect(try Translator(contentsOf: [url, other], weights: .int8).sentencesPerLine == most)
    #expect(try Translator(contentsOf: url).sentencesPerLine == most + 1)
  }

  @Test(
    "A training that is stopped as it reaches its limit is validated when it is resumed, and not trained on")
  func stopAtLimit() throws {
    let fixture = try CorpusFixture()
    var configuration = limited(to: 13)
    configuration.validationFrequency = 10
    try fixture.train("whole", configuration)
    #expect(try fixture.train("parts", configuration, stopAfter: 13).reason == "stopped")
    let resumed = try fixture.train("parts", configuration)
    #expect(resumed.updates.isEmpty && resumed.validations.count == 1)
    #expect(resumed.reason == "13 updates are done")
    #expect(try Outcome(fixture, "parts") == Outcome(fixture, "whole"))
    // Nothing is left to do then.
    #expect(try fixture.train("parts", configuration).validations.isEmpty)
  }

  @Test(
    "A training state that cannot be one is refused, with the file's name",
    arguments: [
      "{\"step\": -1}", "{\"step\": 3, \"batch\": -2}", "{\"epoch\": 0}", "{\"step\": \"many\"}", "[]",
    ])
  func damagedState(json: String) throws {
    let fixture = try CorpusFixture()
    try fixture.train("model", limited(to: 3))
    let path = fixture.folder.path("model")
    do {
      let file = try ModelDatabase(opening: path, readOnly: false)
      let optimizer = try #require(try file.resumeState()).optimizerState
      try file.save(
        CheckpointRecord(
          step: 3, epoch: 1, scores: [:], isBest: true, tensors: try file.tensors(.last),
          optimizerState: optimizer, trainingState: Data(json.utf8), history: []))
    }
    #expect {
      try fixture.train("model", limited(to: 6))
    } throws: { error in
      guard case .model(path, let message) = error as? Seq2SeqError else { return false }
      return message.contains("--no-reload")
    }
  }

  @Test("A training that diverges says so, and keeps its last checkpoint")
  func divergence() throws {
    let fixture = try CorpusFixture()
    try fixture.train("model", limited(to: 10))
    let before = try Outcome(fixture, "model")
    var configuration = limited(to: 40)
    configuration.schedule.base = 1e38
    #expect {
      try fixture.train("model", configuration)
    } throws: { error in
      guard case .diverged(let step) = error as? Seq2SeqError else { return false }
      return step > 10 && "\(error)".contains("update \(step)")
    }
    #expect(try Outcome(fixture, "model") == before)
  }

  @Test("A checkpoint that was spoilt by what came before is said to be of no use")
  func spoiltCheckpoint() throws {
    let fixture = try CorpusFixture()
    // Saved between an update that spoils all and the next one, which shows it.
    var configuration = limited(to: 10)
    (configuration.schedule.base, configuration.validationFrequency, configuration.saveMinutes) = (
      1e38, 0, 1e-9
    )
    #expect(throws: Seq2SeqError.self) { try fixture.train("model", configuration) }
    try #require(try ModelDatabase(opening: fixture.folder.path("model")).resumeState() != nil)
    configuration.schedule.base = 1e-4
    #expect {
      try fixture.train("model", configuration)
    } throws: { error in
      if case .divergedAtOnce = error as? Seq2SeqError { "\(error)".contains("--no-reload") } else { false }
    }
  }

  @Test("Scores of other dev sentences are not held against each other")
  func otherDevSentences() throws {
    let fixture = try CorpusFixture()
    var configuration = limited(to: 5)
    configuration.validationSentences = 2
    try fixture.train("model", configuration, scorer: { _, _ in 50 })
    configuration.afterBatches = 10
    #expect(
      try fixture.train("model", configuration, scorer: { _, _ in 10 }).validations.last?.isBest == false)
    (configuration.validationSentences, configuration.afterBatches) = (0, 15)
    let events = try fixture.train("model", configuration, scorer: { _, _ in 10 })
    #expect(events.validations.first?.isBest == true && events.validations.first?.stalled == 0)
  }

  @Test("An error of the scorer ends the training and is handed on")
  func scorerError() throws {
    struct Refusal: Error {}
    let fixture = try CorpusFixture()
    #expect(throws: Refusal.self) {
      try fixture.train("model", limited(to: 10), scorer: { _, _ in throw Refusal() })
    }
  }

  @Test("What a validation says is true of the checkpoint that it made", arguments: [Float(0), 0.9], [0, 4])
  func validation(ema: Float, limit: Int) throws {
    let fixture = try CorpusFixture()
    var configuration = limited(to: 10)
    (configuration.ema, configuration.validationSentences) = (ema, limit)
    let found = try #require(try fixture.train("m", configuration).validations.last)
    let pairs = try fixture.corpus.pairs(split: .dev, limit: limit > 0 ? limit : nil)
    let translator = try Translator(contentsOf: URL(fileURLWithPath: fixture.folder.path("m")))
    let scores = translator.scores(pairs.map { ($0.source, $0.target) }).compactMap(\.self)
    let sum = scores.reduce(0) { $0 + $1.logProbability }
    let loss = -sum / Double(scores.reduce(0) { $0 + $1.pieces.count })
    #expect(abs(found.loss - loss) < 1e-4 * loss)
    var greedy = SearchOptions()
    greedy.beamSize = 1
    let texts = translator.translate(pairs.map(\.source), greedy).map(\.text)
    #expect(try found.score == CorpusFixture.scorer(texts, pairs.map(\.target)))
  }

  @Test("Minutes of training are a limit, over all runs")
  func minutes() throws {
    let fixture = try CorpusFixture()
    let spent = try #require(try fixture.train("m", limited(to: 5)).updates.last).seconds
    var configuration = limited(to: 6)
    configuration.afterMinutes = spent / 10  // six times what is spent: not over yet
    let next = try fixture.train("m", configuration)
    #expect(next.reason == "6 updates are done" && next.updates.allSatisfy { $0.seconds > spent })
    (configuration.afterBatches, configuration.afterMinutes) = (0, 1e-9)
    #expect(try fixture.train("n", configuration).updates.count == 1)
  }

  @Test(
    "A corpus that is changed meanwhile ends the training, and what was learnt is kept",
    arguments: [Split.train, .dev])
  func changedCorpus(split: Split) throws {
    let fixture = try CorpusFixture()
    let other = fixture.folder.path("other.tsv")
    try "a b\tb a\n".write(toFile: other, atomically: true, encoding: .utf8)
    var configuration = limited(to: 9)
    configuration.validationFrequency = 5
    let file = try ModelDatabase(
      creating: fixture.folder.path("m"),
      configuration: StoredConfiguration(model: CorpusFixture.shape, training: configuration).json(),
      sourceLanguage: "en", targetLanguage: "en", vocabulary: TinyLanguage.record)
    let trainer = try Trainer(
      model: Seq2SeqModel(CorpusFixture.shape, seed: 1), configuration: configuration, corpus: fixture.corpus,
      vocabularyID: fixture.vocabularyID, file: file, path: "m", scorer: CorpusFixture.scorer)
    #expect(throws: StorageError.self) {
      try trainer.run { event in
        guard case .updated(let progress) = event, progress.step == 3 else { return }
        _ = try! fixture.corpus.importTSV(path: other, split: split, mode: .replace)
      }
    }
    // Of another dev split nothing is known before it is validated on.
    #expect(try file.checkpoint(.last).step == (split == .train ? 3 : 5))
  }

  @Test("Damaged ids are told of before anything is trained on them")
  func damagedIDs() throws {
    let fixture = try CorpusFixture(train: 6)
    let id = try fixture.corpus.saveVocabulary(TinyLanguage.record) { split, pair in
      ([4], [split == .train && pair.line == 3 ? 1_000 : 4])
    }
    #expect(id == fixture.vocabularyID)
    let error = #expect(throws: StorageError.self) { try fixture.train("m", limited(to: 4)) }
    #expect(error?.description.contains("there is no word 1000 among the") == true)
  }
}
