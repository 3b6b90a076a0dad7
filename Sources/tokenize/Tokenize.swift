import ArgumentParser
import Console
import Dispatch
import Foundation
import Text

/// The command line `tokenize`: a filter, and the door through which text comes into a corpus.
@main
struct Tokenize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turn raw text into tokens and back, and bring text into a corpus.",
    discussion: """
      Without a subcommand it is a filter: a line of text in, a line of tokens out, blank lines too. \
      Tokens are parted by spaces; the mark \u{FFED} says where no space stood, so that --detokenize gives \
      the text back.

      Example:
        tokenize --lang fr < raw.fr > tokens.fr
        tokenize --lang fr --detokenize < tokens.fr > raw.fr
        tokenize import --db demo.corpus.sqlite --source-lang en \\
          --target-lang fr --split train train.en train.fr
      """,
    subcommands: [ImportCommand.self, InspectCommand.self])

  @Option(name: [.long, .customShort("l")], help: "The language of the text, as en or fr; en unless given.")
  var lang: String?

  @Flag(help: "Turn tokens into text.")
  var detokenize = false

  @Flag(help: "Put the text in lower case.")
  var lowercase = false

  @Option(help: "Lines are worked on by so many threads; all processors unless given.")
  var threads: Int?

  @Flag(help: "Say nothing but errors and warnings.")
  var quiet = false

  static func main() {
    main(FlagNames.processArguments)
  }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads is \(threads); give 1 or more.") }
    if let lang, lang.isEmpty { throw ValidationError("--lang is empty; give a language, as en.") }
    if detokenize && lowercase {
      throw ValidationError("--lowercase has no meaning with --detokenize; leave one of them out.")
    }
  }

  func run() throws {
    Tool("tokenize", quiet: quiet).run { tool in
      let reader = try LineReader(bufferSize: 1 << 18)
      let writer = LineWriter()
      let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
      while true {
        let lines = try reader.nextBatch(limit: 4096)
        if lines.isEmpty { break }
        for line in ParallelLines.map(lines, threads: threads, transform) { try writer.writeLine(line) }
        try writer.flush()
      }
      if let first = reader.firstInvalidLine {
        tool.warning(
          "\(reader.name): \(reader.invalidLineCount) lines are not UTF-8, the first is line \(first); "
            + "what could not be read became U+FFFD")
      }
    }
  }

  private var transform: @Sendable (String) -> String {
    let tokenizer = Tokenizer(language: lang ?? "en", lowercase: lowercase)
    if detokenize { return { tokenizer.detokenize(Tokenizer.tokens(inLine: $0)) } }
    let normalizer = Normalizer()
    return { Tokenizer.line(of: tokenizer.tokenize(normalizer($0))) }
  }

  /// Refuses the filter's own flags before a subcommand's name, where they would go unnoticed.
  func refuseFilterFlags(with subcommand: String) throws {
    guard lang == nil, !detokenize, !lowercase, threads == nil else {
      throw ValidationError(
        "--lang, --detokenize, --lowercase and --threads have no meaning with \(subcommand); "
          + "it keeps text as it is. See 'tokenize \(subcommand) --help'.")
    }
  }
}
