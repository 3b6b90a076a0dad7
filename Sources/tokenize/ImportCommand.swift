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
      The corpus is two UTF-8 files whose lines correspond, or one .tsv file with the source, a tab and the \
      target on each line. A line ends at a line feed only. All of it is taken in one step: an error leaves \
      the database as it was. Lines with an empty side or with bytes that are not UTF-8 are left out, and \
      'tokenize inspect' says which.

      Example:
        tokenize import --db demo.corpus.sqlite --source-lang en \\
          --target-lang fr --split train train.en train.fr
      """)

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database; it is made when it is missing.")
  var db: String

  @Option(help: "The language of the sources, as en.")
  var sourceLang: String

  @Option(help: "The language of the targets, as fr.")
  var targetLang: String

  @Option(help: "What the pairs are for: train, dev or test.")
  var split: Split

  @Flag(help: "Put the pairs in the place of those that the split holds.")
  var replace = false

  @Flag(help: "Add the pairs to those that the split holds.")
  var append = false

  @Option(help: "Note the licence of the corpus.")
  var licence: String?

  @Option(help: "Note where the corpus is from, as an address.")
  var source: String?

  @Flag(help: "Say nothing but errors and warnings.")
  var quiet = false

  @Argument(help: "Two files of text, or one .tsv file.")
  var files: [String]

  func validate() throws {
    if replace && append { throw ValidationError("Give --replace or --append, not both.") }
    if sourceLang.isEmpty || targetLang.isEmpty {
      throw ValidationError("--source-lang and --target-lang must name a language, as en.")
    }
    switch files.count {
    case 2: break
    case 1 where ["tsv", "tab"].contains(URL(fileURLWithPath: files[0]).pathExtension.lowercased()): break
    case 1:
      throw ValidationError(
        "\(files[0]) is one file and no .tsv; give two files whose lines correspond, or one .tsv file.")
    default:
      throw ValidationError("\(files.count) files were given; give two, or one .tsv file.")
    }
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "import")
    Tool("tokenize", quiet: quiet || filter.quiet).run { tool in
      // Before the database is made, so that a wrong path leaves no empty one behind. The files are not
      // opened for it: a pipe can be opened only once.
      for file in files where access(file, R_OK) != 0 {
        throw ConsoleError.missingInput(path: file, reason: String(cString: strerror(errno)))
      }
      let corpus = try CorpusDatabase(
        creatingOrOpening: db, sourceLanguage: sourceLang, targetLanguage: targetLang)
      let mode: ImportMode = replace ? .replace : append ? .append : .intoEmpty
      let summary = try read(into: corpus, mode: mode, tool)
      if licence != nil || source != nil { try corpus.describe(licence: licence, source: source) }
      report(summary, tool)
    }
  }

  private func read(into corpus: CorpusDatabase, mode: ImportMode, _ tool: Tool) throws -> ImportSummary {
    let bar = ProgressBar("importing", unit: "lines", quiet: tool.isQuiet || !StandardStreams.errorIsTerminal)
    defer { bar.finish() }
    var shown = 0
    let progress: (Int) -> Void = { lines in
      bar.advance(by: lines - shown)
      shown = lines
    }
    if files.count == 1 {
      return try corpus.importTSV(path: files[0], split: split, mode: mode, progress: progress)
    }
    return try corpus.importAligned(
      sourcePath: files[0], targetPath: files[1], split: split, mode: mode, progress: progress)
  }

  private func report(_ summary: ImportSummary, _ tool: Tool) {
    let replaced = summary.replaced > 0 ? " in the place of \(summary.replaced)" : ""
    tool.note(
      "\(split.rawValue): \(summary.imported) of \(summary.lines) pairs of "
        + "\(summary.origins.joined(separator: " and ")) taken\(replaced), \(summary.rejected) left out")
    for finding in ImportFinding.allCases {
      guard let seen = summary.findings[finding] else { continue }
      let fate = finding.isRejection ? "left out" : "taken"
      let lines = seen.count == 1 ? "1 line" : "\(seen.count) lines"
      tool.warning("\(lines) \(fate): \(finding.rawValue); first \(seen.example)")
    }
  }
}

extension Split: ExpressibleByArgument {}
