import ArgumentParser
import Console
import Foundation
import Storage

/// `tokenize export`: the pairs of a split as two text files.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the pairs of a split as two text files.",
    discussion: """
      Line n of one is the source of pair n, line n of the other its target, in the order of import. The end of a \
      line within a text becomes a space, and is counted.

      Example:
        tokenize export --db memory.corpus.sqlite --split test test.en test.fr
      """)

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database.")
  var db: String

  @Option(help: "Which pairs: train, dev or test.")
  var split: Split

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  @Argument(help: "The file that the sources go to.")
  var sources: String

  @Argument(help: "The file that the targets go to.")
  var targets: String

  func validate() throws {
    let files = [db, sources, targets].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath() }
    guard Set(files).count == files.count else {
      throw ValidationError(
        "The database, the sources and the targets are three files; give each a path of its own.")
    }
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "export")
    Tool("tokenize", quiet: quiet || filter.quiet).run { tool in
      let corpus = try CorpusDatabase(opening: db, readOnly: true)
      let files = try (source: AtomicFile(path: sources), target: AtomicFile(path: targets))
      var (count, joined) = (0, 0)
      func line(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text + "\n" }
        joined += 1
        return text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
      }
      try corpus.forEachPair(split: split) { pair in
        try files.source.write(line(pair.source))
        try files.target.write(line(pair.target))
        count += 1
      }
      guard count > 0 else {
        throw ConsoleError.failure(.dataError, "\(db) holds no \(split.rawValue) pairs to export")
      }
      try files.source.commit()
      try files.target.commit()
      tool.note("\(count) pairs are in \(sources) and \(targets)")
      if joined > 0 { tool.warning("\(joined) texts had more than one line, which are one now") }
    }
  }
}
