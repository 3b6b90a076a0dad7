import ArgumentParser
import Console
import Foundation
import Storage

/// `tokenize import`: brings a parallel corpus into a database.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring a parallel corpus into a database.",
    discussion: """
      The files are text, two by two with lines that correspond, or .tsv (source, tab, target), .tmx \
      (translation memory) or .po (gettext); also several of them, and each also compressed by gzip. A line \
      ends at a line feed only. All of it is taken in one step: an error leaves the database as it was.

      --append to train takes what is new of a file that has grown; that nothing is new is no error. A dev or test \
      set that is replaced gives back to train what was left out of it for that set.

      What is left out, and why, ends the output as a table and stays in the database: \
      'tokenize inspect --rejected' shows it.

      Example:
        tokenize import --db demo.corpus.sqlite --source-lang en \\
          --target-lang fr --split train train.en train.fr
        tokenize import --db demo.corpus.sqlite --source-lang en \\
          --target-lang fr --split train --append memory.tmx.gz fr.po
        zcat memory.tmx.gz | tokenize import --db demo.corpus.sqlite \\
          --source-lang en --target-lang fr --split dev --format tmx -
      """)

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database; it is made when it is missing.")
  var db: String

  @Option(help: "The language of the sources, such as en.")
  var sourceLang: String

  @Option(help: "The language of the targets, such as fr.")
  var targetLang: String

  @Option(help: "What the pairs are for: train, dev or test.")
  var split: Split

  @Flag(help: "Put the pairs in the place of those that the split holds.")
  var replace = false

  @Flag(help: "Add the pairs to those that the split holds.")
  var append = false

  @Option(help: "Note the licence of the corpus.")
  var licence: String?

  @Option(help: "Note where the corpus is from, such as an address.")
  var source: String?

  @Option(
    help: """
      Read all files as text, tsv, tmx or po; their names tell unless given. It is needed for -, the standard \
      input.
      """)
  var format: InputFormat?

  @OptionGroup var cleaning: CleaningFlags

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  @Argument(help: "Files of text two by two, .tsv, .tmx or .po files, or - for the standard input.")
  var files: [String]

  func validate() throws {
    if replace && append { throw ValidationError("Give --replace or --append, not both.") }
    if sourceLang.isEmpty || targetLang.isEmpty {
      throw ValidationError("--source-lang and --target-lang must name a language, such as en.")
    }
    _ = try inputs()
  }

  private func inputs() throws -> [CorpusInput] {
    try InputFormat.inputs(files, format: format, sourceLanguage: sourceLang, targetLanguage: targetLang)
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "import")
    Tool("tokenize", quiet: quiet || filter.quiet).run { tool in
      // Before the database is made, so that a wrong path leaves no empty one behind. The files are not
      // opened for it: a pipe can be opened only once.
      for file in files where file != "-" && access(file, R_OK) != 0 {
        throw ConsoleError.missingInput(path: file, reason: String(cString: strerror(errno)))
      }
      let inputs = try inputs()
      let corpus = try CorpusDatabase(
        creatingOrOpening: db, sourceLanguage: sourceLang, targetLanguage: targetLang)
      let report = ImportReport(summary: try read(inputs, into: corpus, tool))
      if licence != nil || source != nil { try corpus.describe(licence: licence, source: source) }
      for line in report.heading { tool.note(line) }
      if !tool.isQuiet { StandardStreams.writeError(report.table.map { Tool.harmless($0) + "\n" }.joined()) }
    }
  }

  private func read(
    _ inputs: [CorpusInput], into corpus: CorpusDatabase, _ tool: Tool
  ) throws -> ImportSummary {
    let bar = ProgressBar("importing", unit: "pairs", quiet: tool.isQuiet || !StandardStreams.errorIsTerminal)
    defer { bar.finish() }
    var shown = 0
    return try corpus.importPairs(
      from: inputs, split: split, mode: replace ? .replace : append ? .append : .intoEmpty,
      cleaning: cleaning.cleaning(for: split)
    ) { count in
      bar.advance(by: count - shown)
      shown = count
    }
  }
}

extension Split: ExpressibleByArgument {}
