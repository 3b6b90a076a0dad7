import ArgumentParser
import Console
import Foundation
import Storage
import Text
import TextFlags

/// The command line `build-vocab`: learns the subwords and the vocabulary of a corpus.
@main
struct BuildVocab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build-vocab",
    abstract: "Learn subwords and a vocabulary from the train split of a corpus.",
    discussion: """
      Writes OUTPUT.codes (merges, in the format of subword-nmt) and OUTPUT.vocab (a symbol, a tab and its \
      count on each line), and stores both in the database together with the token ids of all splits. \
      With --separate there are two of each, as OUTPUT.en.codes and OUTPUT.fr.codes.

      Example:
        build-vocab --db demo.corpus.sqlite --size 8000 --output vocab/en-fr
        build-vocab --db demo.corpus.sqlite --sentencepiece m.model --output vocab/sp
        build-vocab --db demo.corpus.sqlite --update
      """,
    version: Release.line("build-vocab"))

  @Option(help: "The corpus database.")
  var db: String

  @Option(
    help: """
      For bpe, the number of merges, as -s of subword-nmt: the vocabulary also holds the single characters, \
      so it is a little larger, or smaller where pieces go unused. For word and char, the most symbols to \
      keep. 8000 unless given.
      """)
  var size: Int?

  @Flag(
    help: """
      Learn each language by itself; otherwise both share one vocabulary, and a model writes those of its symbols \
      that the target has.
      """)
  var separate = false

  @Flag(
    help: """
      Keep the vocabulary that the database has, and prepare the pairs that came after it: models that know the \
      vocabulary can be trained on.
      """)
  var update = false

  @Option(help: "The units: bpe, word or char.")
  var kind: SubwordKind = .bpe

  @Option(
    help: """
      For bpe, pieces seen less often are taken apart again, to characters if need be: subword-nmt's \
      threshold, on the counts of this vocabulary.
      """)
  var vocabularyThreshold: Int?

  @Option(
    help: """
      Take the pieces of a SentencePiece model instead of learning any; with two languages and --separate, \
      give the flag twice, the source's model first.
      """)
  var sentencepiece: [String] = []

  @Option(help: "How OUTPUT.vocab is written: tab, or space as subword-nmt does; tab unless given.")
  var vocabularyFormat: VocabularyFormat?

  @Option(
    help: """
      For bpe, stop before merging a pair seen less often (2 unless given); for word and char, leave out \
      symbols seen less often (1 unless given).
      """)
  var minFrequency: Int?

  @OptionGroup var text: TextOptions

  @Option(
    name: [.long, .customShort("o")],
    help: "Where to write, without the ending, such as vocab/en-fr. Needed but for --update.")
  var output: String?

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  static func main() {
    main(FlagNames.processArguments)
  }

  func validate() throws {
    let limit = kind == .bpe ? 0 : 1
    if let size, size < limit { throw ValidationError("--size is \(size); give \(limit) or more.") }
    if let minFrequency, minFrequency < 1 {
      throw ValidationError("--min-frequency is \(minFrequency); give 1 or more.")
    }
    if kind == .sentencepiece {
      throw ValidationError("--kind is sentencepiece; give the model with --sentencepiece.")
    }
    if let vocabularyThreshold {
      guard kind == .bpe, vocabularyThreshold > 0 else {
        throw ValidationError("--vocabulary-threshold is for --kind bpe, and 1 or more.")
      }
    }
    if !sentencepiece.isEmpty {
      guard sentencepiece.count == (separate ? 2 : 1) else {
        throw ValidationError(
          "--sentencepiece was given \(sentencepiece.count) times; give it once, or twice with --separate.")
      }
      guard text.isDefault, kind == .bpe, size == nil, vocabularyThreshold == nil, minFrequency == nil else {
        throw ValidationError(
          "--sentencepiece has pieces and rules of its own; leave out --size, --kind, --case, --rules, --protect and the like."
        )
      }
    }
    if update {
      guard output == nil, sentencepiece.isEmpty, text.isDefault, !separate, kind == .bpe,
        size == nil, vocabularyThreshold == nil, minFrequency == nil, vocabularyFormat == nil
      else { throw ValidationError("--update keeps the vocabulary as it is, and goes with --db alone.") }
      return
    }
    guard let output else {
      throw ValidationError("Give --output, the beginning of the files' names, such as vocab/en-fr.")
    }
    if output.isEmpty || output.hasSuffix("/") {
      throw ValidationError(
        "--output is \"\(output)\"; give the beginning of a file's name, such as vocab/en-fr.")
    }
  }

  func run() throws {
    let tool = Tool("build-vocab", quiet: quiet) { $0 is TextError ? .dataError : nil }
    tool.run { tool in
      let corpus = try CorpusDatabase(opening: db, readOnly: false)
      guard let output else {
        guard let record = try corpus.vocabulary() else {
          throw ConsoleError.failure(
            .dataError,
            "\(db) has no vocabulary to keep; make one: build-vocab --db \(db) --output vocab/NAME")
        }
        tool.note("vocabulary: \(record.name), as it was")
        report(try store(record, in: corpus, tool), tool)
        return
      }
      let learnt = try learn(corpus, tool)
      let record = learnt.record(name: URL(fileURLWithPath: output).lastPathComponent)
      try learnt.write(to: output, format: vocabularyFormat ?? .tab)
      let usage = try store(record, in: corpus, tool)
      report(learnt, corpus, tool)
      report(usage, tool)
    }
  }

  private func learn(_ corpus: CorpusDatabase, _ tool: Tool) throws -> LearntVocabulary {
    let total = try corpus.count(split: .train)
    guard total > 0 else {
      throw ConsoleError.failure(
        .dataError, "\(db) holds no train pairs. Bring some in first: tokenize import --split train")
    }
    guard sentencepiece.isEmpty else {
      return try LearntVocabulary(
        sentencepiece.map { try InputFile.read($0, SentencePieceModel.init(bytes:)) }, from: corpus)
    }
    var learner = VocabularyLearner()
    (learner.kind, learner.size, learner.minimumFrequency) = (kind, mergesOrSymbols, minFrequency)
    (learner.isShared, learner.threshold) = (!separate, vocabularyThreshold)
    (learner.normalizer, learner.letterCase) = (try text.normalizer, text.letterCase)
    learner.protected = try text.protected
    let bar = ProgressBar("counting tokens", total: total, unit: "pairs", quiet: tool.isQuiet)
    defer { bar.finish() }
    return try learner.learn(from: corpus) { bar.advance() }
  }

  private var mergesOrSymbols: Int { size ?? VocabularyLearner().size }

  private func store(
    _ record: VocabularyRecord, in corpus: CorpusDatabase, _ tool: Tool
  ) throws -> [Split: PieceUsage] {
    let total = try Split.allCases.reduce(0) { try $0 + corpus.count(split: $1) }
    let bar = ProgressBar("storing token ids", total: total, unit: "pairs", quiet: tool.isQuiet)
    defer { bar.finish() }
    return try corpus.prepare(record) { bar.advance() }
  }

  private func report(_ learnt: LearntVocabulary, _ corpus: CorpusDatabase, _ tool: Tool) {
    let languages = [corpus.sourceLanguage, corpus.targetLanguage]
    let types = zip(languages, learnt.typeCounts).map { "\($1) in \($0)" }.joined(separator: ", ")
    if sentencepiece.isEmpty { tool.note("token types: \(types)") }
    if kind == .bpe, sentencepiece.isEmpty {
      let merges = learnt.sides.map { "\($0.codes?.merges.count ?? 0)" }.joined(separator: " and ")
      tool.note("merges: \(merges)")
      if learnt.sides.contains(where: { ($0.codes?.merges.count ?? 0) < mergesOrSymbols }) {
        tool.note("no pair was frequent enough for more; --size is \(mergesOrSymbols)")
      }
    }
    let sizes = learnt.sides.map { "\($0.vocabulary.count)" }.joined(separator: " and ")
    let written = learnt.sides[0].written.map { ", \($0.count) of them in \(corpus.targetLanguage)" } ?? ""
    tool.note("vocabulary: \(sizes) symbols\(separate ? "" : ", shared\(written)")")
  }

  private func report(_ usage: [Split: PieceUsage], _ tool: Tool) {
    for split in Split.allCases {
      guard let used = usage[split] else { continue }
      tool.note("\(split.rawValue): \(used.line)")
    }
  }
}

extension SubwordKind: ExpressibleByArgument {
  /// A SentencePiece model is given with a flag of its own.
  public static var allValueStrings: [String] { ["bpe", "word", "char"] }
}
extension VocabularyFormat: ExpressibleByArgument {}
