import ArgumentParser
import Console
import Foundation
import Layers
import TranslationMetrics
import Seq2Seq
import Storage
import Tensors

extension AttentionKind: ExpressibleByArgument {}
extension AttentionTiming: ExpressibleByArgument {}
extension BridgeKind: ExpressibleByArgument {}
extension LayerConnection: ExpressibleByArgument {}
extension CellKind: ExpressibleByArgument {}
extension OptimizerMethod: ExpressibleByArgument {}
extension LearningRateDecay: ExpressibleByArgument {}
extension AverageChoice: ExpressibleByArgument {}
extension ValidationMetric: ExpressibleByArgument {}

/// `train-seq2seq`: from a corpus database to a model file.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train-seq2seq",
    abstract: "Train a translation model on a corpus database.",
    discussion: """
      Learns an encoder and an attention decoder (Bahdanau et al. 2015, Luong et al. 2015), validates on the dev \
      split, and keeps parameters, optimiser, vocabulary and history in one SQLite file. When the file exists, \
      training goes on where it was, bit for bit; Ctrl-C saves and stops. A recipe is a YAML file of the flags \
      below without their dashes; flags that are typed win.

        train-seq2seq --db work/en-fr.corpus.sqlite \\
          --model models/en-fr.model.sqlite --config recipes/own.yaml
      """,
    version: Release.line("train-seq2seq"))

  @Option(help: "The corpus database, with a vocabulary from build-vocab.")
  var db: String

  @Option(name: .shortAndLong, help: "The model file to make or go on with. Without it the plan is printed.")
  var model: String?

  @Option(name: .shortAndLong, help: "A recipe: a YAML file of flags. Of several, the later ones win.")
  var config: String?

  @Option(
    help: """
      A file of word alignments, a line for each training pair, such as 0-0 1-2, to guide attention with; without it \
      --guided-alignment-weight finds them itself.
      """)
  var guidedAlignment: String?

  @Option(
    help: "A model file whose parameters a new model starts from. Vocabulary and shape must be the same.")
  var initFrom: String?

  @Flag(help: "Start anew; a model file in the way is kept as MODEL.old, the next one as MODEL.old-2.")
  var noReload = false

  @Flag(help: "At the end, show where the time of training went, by operation.")
  var profile = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  @OptionGroup(title: "Model") var shape: ModelFlags
  @OptionGroup(title: "Training") var training: TrainingFlags

  func run() {
    Tool("train-seq2seq", quiet: quiet).run { tool in
      // A corpus of somebody else is only read.
      let mayWrite = [db, URL(fileURLWithPath: db).deletingLastPathComponent().path]
        .allSatisfy(FileManager.default.isWritableFile)
      let corpus = try CorpusDatabase(
        opening: db, readOnly: !mayWrite && FileManager.default.fileExists(atPath: db))
      let origin = try initFrom.map { try PretrainedModel(path: $0) }
      let newest = try corpus.newestVocabulary()
      guard let known = newest?.record ?? origin?.vocabulary else {
        throw ConsoleError.failure(
          .dataError, "\(db) has no vocabulary yet; make one: build-vocab --db \(db) --output vocab/NAME")
      }
      // A model that translates back writes what else is only read.
      let vocabulary = known.isShared && shape.bothDirections ? known.writingAll : known
      let codecs = try vocabulary.codecs()
      var wanted = StoredConfiguration(
        model: shape.configuration(
          sourceVocabulary: codecs.source.vocabulary.count, targetVocabulary: codecs.target.vocabulary.count),
        training: training.configuration)
      if guidedAlignment != nil {
        // A file of links without a weight has the weight that Marian gives it.
        let weight = training.guidedAlignmentWeight ?? 0.1
        guard weight > 0 else {
          throw ConsoleError.failure(
            .usage,
            "--guided-alignment guides nothing with --guided-alignment-weight 0; leave one of them out")
        }
        wanted.training.guidance = weight
      }
      try checkSettings(wanted)
      try origin?.check(vocabulary, wanted.model, corpus)
      let needsOne =
        wanted.model.tiedEmbeddings == .all
        ? "tied-embeddings-all" : wanted.model.bothDirections ? "both-directions" : nil
      if let needsOne, !vocabulary.isShared {
        throw ConsoleError.failure(
          .configuration,
          "\(needsOne) needs one vocabulary for both sides; run build-vocab --db \(db) without --separate"
        )
      }
      // Only when all else fits is anything written.
      let vocabularyID = try preparedVocabulary(newest?.id, of: corpus, origin, tool)
      let check = try DataCheck(
        corpus, vocabularyID: vocabularyID, maximumLength: wanted.training.maximumLength)
      let idle = wanted.model.idleSettings + wanted.training.idleSettings(for: wanted.model)
      for warning in check.warnings + idle { tool.warning(warning) }
      guard let path = model else {
        try printPlan(wanted, check, vocabulary)
        return
      }
      let lock = try FileLock(path: path)
      defer { lock.release() }
      if wanted.training.bpeDropout > 0,
        ![vocabulary.sourceConfiguration.kind, vocabulary.targetConfiguration.kind].contains(.bpe)
      {
        throw ConsoleError.failure(
          .configuration,
          "bpe-dropout leaves out merges, but the vocabulary of \(db) has none; build one with --kind bpe")
      }
      let guides = try guides(corpus, known, wanted.training, tool)
      let file = try openModel(path, wanted, vocabulary, tool)
      // The shape stands in the file; what governs the training may change between runs.
      let trained = try Seq2SeqModel(wanted.model, seed: wanted.training.seed)
      if let origin {
        if (try? file.checkpoint(.last)) != nil {
          tool.note("\(path) has been trained before, and goes on from there")
        }
        origin.start(trained)
      }
      let trainer = try Trainer(
        model: trained, configuration: wanted.training, corpus: corpus, vocabularyID: vocabularyID,
        file: file, path: path, guides: guides,
        scorer: { translations, references in
          try BLEU().corpusScore(hypotheses: translations, references: [references]).value
        },
        sentenceScorer: { translation, reference in
          try BLEU(smoothing: .addK(1)).sentenceScore(hypothesis: translation, references: [reference]).value
            / 100
        })
      trainer.ancestor = origin?.file
      let display = TrainingDisplay(quiet: quiet, limits: wanted.training)
      let interrupt = InterruptFlag()
      if profile { trainer.startProfile() }
      var isStopped = false
      try trainer.run(shouldStop: { interrupt.isRaised }) { event in
        if case .finished("stopped", _) = event { isStopped = true }
        display.show(event)
      }
      if let report = trainer.profileReport() {
        StandardStreams.writeError(report.joined(separator: "\n") + "\n")
      }
      if isStopped {
        tool.note("stopped; what was learnt is in \(path), and the same command goes on from there")
        lock.release()
        Foundation.exit(130)
      }
    }
  }

  /// Checks the settings by themselves. What is wrong with one of a recipe is told with its file and line.
  private func checkSettings(_ wanted: StoredConfiguration) throws {
    do {
      try wanted.model.validate()
      try wanted.training.validate(for: wanted.model)
    } catch Seq2SeqError.configuration(let message) {
      let place = Recipe.place(of: message, in: FlagNames.processArguments).map { "\($0): " } ?? ""
      throw ConsoleError.failure(.configuration, place + message)
    }
  }

  /// The number of the vocabulary that all pairs are prepared for, of `--init-from` where the corpus has none.
  private func preparedVocabulary(
    _ newest: Int64?, of corpus: CorpusDatabase, _ origin: PretrainedModel?, _ tool: Tool
  ) throws -> Int64 {
    var newest = newest
    if newest == nil, let origin {
      guard model != nil else {
        throw ConsoleError.failure(
          .usage,
          "\(db) has no vocabulary, and takes that of --init-from when training begins; name the file to make: --model"
        )
      }
      newest = try origin.lendVocabulary(to: corpus, tool)
    }
    guard let id = newest else {
      throw StorageError.notFound(path: db, item: "vocabulary")
    }
    for (split, pairs) in [(Split.train, "training pairs"), (.dev, "dev pairs")] {
      let stale = try corpus.countWithoutSegments(vocabulary: id, split: split)
      guard stale == 0 else {
        throw ConsoleError.failure(
          .dataError,
          "\(stale) \(pairs) of \(db) were imported or held out after its vocabulary was made; prepare them for it: "
            + "build-vocab --db \(db) --update, or make another: build-vocab --db \(db) --output vocab/NAME"
        )
      }
    }
    return id
  }

  /// The alignments that attention is guided with.
  private func guides(
    _ corpus: CorpusDatabase, _ vocabulary: VocabularyRecord, _ configuration: TrainingConfiguration,
    _ tool: Tool
  ) throws -> GuidedAlignments? {
    guard configuration.guidance > 0 else { return nil }
    let guides: GuidedAlignments
    if let guidedAlignment {
      let reader = try LineReader(path: guidedAlignment)
      var lines: [String] = []
      while let line = try reader.next() { lines.append(line) }
      guides = try GuidedAlignments(lines, path: guidedAlignment, corpus: corpus, vocabulary: vocabulary)
    } else {
      tool.note("finding out which words of the training pairs belong together")
      guides = try GuidedAlignments(
        learningFrom: corpus, maximumLength: configuration.maximumLength, vocabulary: vocabulary)
    }
    tool.note("\(guides.count) training pairs have alignments to guide attention with")
    return guides
  }

  /// What `--no-reload` sets aside is a model, be it damaged or of a newer version, and nothing else.
  private func refuseOther(than path: String) throws {
    func file(_ path: String) -> URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !isFolder.boolValue, file(path) != file(db) else {
      throw ConsoleError.failure(
        .usage,
        "\(path) is \(isFolder.boolValue ? "a folder" : "the corpus"), not a model; name another --model")
    }
    do {
      _ = try ModelDatabase(opening: path)
    } catch let error as StorageError {
      switch error {
      case .wrongKind, .notADatabase: throw error
      default: break
      }
    }
  }

  /// Opens the model file that is there, or makes one.
  private func openModel(
    _ path: String, _ wanted: StoredConfiguration, _ vocabulary: VocabularyRecord, _ tool: Tool
  ) throws -> ModelDatabase {
    let manager = FileManager.default
    if manager.fileExists(atPath: path), noReload {
      try refuseOther(than: path)
      var (old, number) = (path + ".old", 2)
      while manager.fileExists(atPath: old) { (old, number) = ("\(path).old-\(number)", number + 1) }
      for suffix in ["", "-wal", "-shm"] {
        // A log left from an earlier file of that name does not belong to this one.
        if manager.fileExists(atPath: old + suffix) { try manager.removeItem(atPath: old + suffix) }
        if manager.fileExists(atPath: path + suffix) {
          try manager.moveItem(atPath: path + suffix, toPath: old + suffix)
        }
      }
      tool.note("the model that was there is now \(old)")
    }
    guard manager.fileExists(atPath: path) else {
      let folder = (path as NSString).deletingLastPathComponent
      if !folder.isEmpty { try manager.createDirectory(atPath: folder, withIntermediateDirectories: true) }
      return try ModelDatabase(
        creating: path, configuration: wanted.json(), sourceLanguage: vocabulary.sourceConfiguration.language,
        targetLanguage: vocabulary.targetConfiguration.language, vocabulary: vocabulary)
    }
    guard try !ModelDatabase(opening: path).isQuantized else {
      throw ConsoleError.failure(
        .configuration,
        "\(path) holds weights in 8 bits, for translation alone; train the model that it was made from, or name another "
          + "--model")
    }
    let file = try ModelDatabase(opening: path, readOnly: false)
    guard let stored = try? StoredConfiguration(json: file.configuration) else {
      throw ConsoleError.failure(
        .dataError, "\(path): its configuration cannot be read; start anew with --no-reload")
    }
    // Of a shared vocabulary, how much of it is written is a part of the shape.
    func symbols(_ record: VocabularyRecord) -> VocabularyRecord {
      record.isShared ? record.writingAll : record
    }
    let others = symbols(file.vocabulary).differences(from: symbols(vocabulary))
    guard others.isEmpty else {
      throw ConsoleError.failure(
        .configuration,
        "\(path) was trained with another vocabulary than the one in \(db) (\(others.joined(separator: "; "))); start "
          + "anew with --no-reload, or name another --model")
    }
    guard stored.model == wanted.model else {
      throw ConsoleError.failure(
        .configuration,
        "\(path) is a model of another shape (\(stored.model.differences(from: wanted.model))); take its settings, start "
          + "anew with --no-reload, or name another --model")
    }
    let changes = stored.training.changes(to: wanted.training)
    if !changes.isEmpty {
      tool.note("for what is still to be trained, settings are others than at the beginning: \(changes)")
    }
    return file
  }

  /// Says what would be trained.
  private func printPlan(_ wanted: StoredConfiguration, _ check: DataCheck, _ vocabulary: VocabularyRecord)
    throws
  {
    let built = try Seq2SeqModel(wanted.model, seed: wanted.training.seed)
    let (shape, training) = (wanted.model, wanted.training)
    let batches = BatchPlan(lengths: check.lengths, training, epoch: 1).batches.count
    let updates = (batches + training.accumulation - 1) / training.accumulation
    let size = training.batchWords > 0 ? "\(training.batchWords) target words" : "\(training.batchSize) pairs"
    let direction = shape.isBidirectional ? "bidirectional" : "forward"
    let attention =
      shape.attention == .none
      ? "no attention"
      : "\(shape.attention.rawValue) attention \(shape.attentionTiming.rawValue) the step"
        + (shape.feedsInput ? ", input feeding" : "")
    let ends = [
      training.afterEpochs > 0 ? "\(training.afterEpochs) epochs" : nil,
      training.afterBatches > 0 ? "\(training.afterBatches) updates" : nil,
      training.afterMinutes > 0 ? String(format: "%g minutes", training.afterMinutes) : nil,
      training.earlyStopping > 0
        ? "\(training.earlyStopping) validations without a better \(training.metric.rawValue)" : nil,
    ].compactMap(\.self)
    let writer = LineWriter()
    for line in [
      "This would train \(vocabulary.sourceConfiguration.language) to \(vocabulary.targetConfiguration.language):",
      "  encoder     \(shape.encoderDepth) \(direction) \(shape.encoderCell.label) layer(s), \(shape.encoderHidden) a direction; word "
        + "vectors \(shape.embedding), vocabulary \(shape.sourceVocabulary)",
      "  decoder     \(shape.decoderDepth) \(shape.decoderCell.label) layer(s) of \(shape.hidden), \(attention); vocabulary "
        + "\(shape.targetVocabulary)",
      "  parameters  \(built.store.count)",
      "  data        \(check.pairs) pairs (\(check.tooLong) too long), \(updates) updates an epoch of "
        + (training.accumulation > 1 ? "\(training.accumulation) times " : "")
        + "\(size); dev \(check.devPairs) pairs",
      "  training    \(training.optimizer.method.rawValue), learning rate \(training.schedule.base) "
        + "(\(training.schedule.kind.rawValue)), dropout \(training.dropout.states), label smoothing "
        + "\(training.labelSmoothing), \(training.workers) workers, products in \(training.precision)",
      "  set         \(wanted.settings.isEmpty ? "nothing: all is as it is by default" : wanted.settings)",
      "  ends after  \(ends.isEmpty ? "no limit: until it is stopped" : ends.joined(separator: ", or "))",
      "Nothing was trained. Name the file to make: --model models/NAME.model.sqlite",
    ] { try writer.writeLine(line) }
    try writer.flush()
  }
}

extension CellKind {
  /// As a person writes it.
  fileprivate var label: String { self == .elman ? "Elman" : rawValue.uppercased() }
}

/// Set by Ctrl-C and by a polite request to end.
private final class InterruptFlag: @unchecked Sendable {
  private let lock = NSLock()
  private var raised = false
  private var sources: [any DispatchSourceSignal] = []

  init() {
    // A terminal that is closed is a polite request as well, unless the program was started to outlive it.
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number, SIG_IGN)
      let wasIgnored = unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, wasIgnored { continue }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        guard let self else { return }
        lock.withLock { self.raised = true }
      }
      source.resume()
      sources.append(source)
    }
  }

  var isRaised: Bool { lock.withLock { raised } }
}
