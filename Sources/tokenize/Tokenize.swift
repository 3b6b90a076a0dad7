import ArgumentParser
import Console
import Foundation
import Text
import TextFlags

/// The command line `tokenize`: a filter, and the door through which text comes into a corpus.
@main
struct Tokenize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turn raw text into tokens and back, and bring text into a corpus.",
    discussion: """
      Without a subcommand it is a filter: a line of text in, a line of tokens out, blank lines too. \
      Tokens are separated by spaces; the mark \u{FFED} says where no space stood, so that --detokenize gives \
      the text back.

      Example:
        tokenize --lang fr < raw.fr > tokens.fr
        tokenize --lang fr --detokenize < tokens.fr > raw.fr
        tokenize --lang fr --bpe vocab/en-fr.codes < raw.fr > pieces.fr
        tokenize import --db demo.corpus.sqlite --source-lang en \\
          --target-lang fr --split train train.en train.fr
      """,
    version: Release.line("tokenize"),
    subcommands: [ImportCommand.self, HoldOutCommand.self, InspectCommand.self, ExportCommand.self])

  @Option(
    name: [.long, .customShort("l")], help: "The language of the text, such as en or fr; en unless given.")
  var lang: String?

  @Flag(help: "Turn tokens into text.")
  var detokenize = false

  @OptionGroup var text: TextOptions

  @Option(
    help: """
      Part the tokens into pieces with these merges, a file of build-vocab or subword-nmt, as subword-nmt does: those \
      that a model copies are parted too (tokenize inspect --sample shows what a model reads). --detokenize joins \
      pieces by itself.
      """)
  var bpe: String?

  @Option(
    help: "Pieces must be in this list; others are taken apart again. A file of build-vocab or get-vocab.")
  var vocabulary: String?

  @Option(help: "Pieces must have been seen so often, by the counts of --vocabulary.")
  var vocabularyThreshold: Int?

  @Option(
    help: "Part raw text into the pieces of this SentencePiece model, which has a tokeniser of its own.")
  var sentencepiece: String?

  @Option(help: "Lines are worked on by so many threads; all processors unless given.")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  /// More would only wait for each other.
  private static let mostThreads = 1_024

  static func main() {
    main(FlagNames.processArguments)
  }

  func validate() throws {
    if let threads, !(1...Self.mostThreads).contains(threads) {
      throw ValidationError("--threads is a number from 1 to \(Self.mostThreads), not \(threads).")
    }
    if let lang, lang.isEmpty { throw ValidationError("--lang is empty; give a language, such as en.") }
    if detokenize, text.lowercase || text.case == .lower {
      throw ValidationError("lower case has no meaning with --detokenize; leave one of them out.")
    }
    if detokenize, text.normalizeForm != .nfc || text.rules != nil {
      throw ValidationError("--detokenize changes no characters; leave out --normalize-form and --rules.")
    }
    if detokenize, bpe != nil {
      throw ValidationError("--detokenize needs no --bpe to join pieces; leave it out.")
    }
    if vocabulary != nil, bpe == nil {
      throw ValidationError("--vocabulary has no meaning without --bpe.")
    }
    if vocabularyThreshold != nil, vocabulary == nil {
      throw ValidationError(
        "--vocabulary-threshold has no meaning without --vocabulary, which has the counts.")
    }
    if sentencepiece != nil, bpe != nil || lang != nil || !text.isDefault {
      throw ValidationError(
        "--sentencepiece has rules of its own; leave out --lang, --bpe, --case, --rules, --protect and the like."
      )
    }
  }

  func run() throws {
    Tool("tokenize", quiet: quiet).run { tool in
      let transform = try transform()
      let reader = try LineReader()
      let filter = LineFilter(reader: reader)
      try filter.run(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, transform)
      if let first = filter.firstInvalidLine {
        tool.warning(
          "\(reader.name): \(filter.invalidLineCount) lines are not UTF-8, the first is line \(first); "
            + "what could not be read became U+FFFD")
      }
    }
  }

  /// What becomes of a line.
  private func transform() throws -> LineFilter.Transform {
    if let sentencepiece {
      let model = try InputFile.read(sentencepiece, SentencePieceModel.init(bytes:))
      if detokenize { return { $1.append(contentsOf: model.text(of: Tokenizer.tokens(inLine: $0)).utf8) } }
      return { Tokenizer.append(model.pieces(of: $0), to: &$1) }
    }
    let tokenizer = Tokenizer(
      language: lang ?? "en", letterCase: text.letterCase, protected: try text.protected)
    if detokenize {
      return {
        let text = tokenizer.detokenize(BPECodes.joined(Tokenizer.tokens(inLine: $0)))
        $1.append(contentsOf: text.utf8)
      }
    }
    let normalizer = try text.normalizer
    guard let bpe else { return { Tokenizer.append(tokenizer.tokenize(normalizer($0)), to: &$1) } }
    let codes = try InputFile.readText(bpe, BPECodes.init(parsing:))
    let limit = try limitingVocabulary()
    return { line, output in
      let tokens = tokenizer.tokenize(normalizer(line))
      let pieces =
        limit.map { limit in tokens.flatMap { codes.segment($0, within: limit) } } ?? codes.segment(tokens)
      Tokenizer.append(pieces, to: &output)
    }
  }

  /// The pieces that may be written; `nil` if all may. A threshold that leaves none limits nothing, as in
  /// subword-nmt.
  private func limitingVocabulary() throws -> Vocabulary? {
    guard let path = vocabulary else { return nil }
    let all = try InputFile.readText(path, Vocabulary.init(parsing:))
    let kept = try vocabularyThreshold.map(all.seen(atLeast:)) ?? all
    return kept.count > Vocabulary.specialSymbols.count ? kept : nil
  }

  /// Refuses the filter's own flags before a subcommand's name, where they would go unnoticed.
  func refuseFilterFlags(with subcommand: String) throws {
    let hasOwn = bpe != nil || vocabulary != nil || sentencepiece != nil || !text.isDefault
    guard lang == nil, !detokenize, threads == nil, !hasOwn else {
      throw ValidationError(
        "--lang, --detokenize, --lowercase, --bpe, --threads and other flags of the filter have no meaning with "
          + "\(subcommand); it keeps text as it is. See 'tokenize \(subcommand) --help'.")
    }
  }
}
