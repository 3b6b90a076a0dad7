import ArgumentParser
import Console
import Foundation
import Storage
import Text

/// `tokenize inspect`: shows what a corpus database holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a corpus database holds.",
    discussion: """
      Languages, splits, lengths, how the newest vocabulary covers the text, and what imports left out. With \
      --sample also pairs with their segmentation; with --rejected only what was left out: split, rule, place, \
      reason, source and target, with tabs between.

      Example:
        tokenize inspect --db demo.corpus.sqlite --sample 3
        tokenize inspect --db demo.corpus.sqlite --rejected wrong-script
      """)

  /// How the report is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database.")
  var db: String

  @Option(help: "Only this split: train, dev or test.")
  var split: Split?

  @Option(help: "Show so many pairs of each split, drawn at random.")
  var sample = 0

  @Option(help: "Draw the sample by this number, 1 unless given: the same number, the same pairs.")
  var seed: UInt64?

  @Flag(help: "List what was left out, of one rule where one is named.")
  var rejected = false

  @Option(name: .shortAndLong, help: "Print text or json. A list is then a JSON object a line.")
  var format: Format = .text

  @Argument(help: ArgumentHelp("With --rejected, only what broke this rule.", valueName: "rule"))
  var ruleName: String?

  func validate() throws {
    if sample < 0 { throw ValidationError("--sample is \(sample); give 0 or more.") }
    if seed != nil && sample == 0 { throw ValidationError("--seed has no meaning without --sample.") }
    if rejected && sample > 0 { throw ValidationError("Give --sample or --rejected, not both.") }
    if let ruleName {
      guard rejected else { throw ValidationError("\(ruleName) has no meaning without --rejected.") }
      guard RejectionRule(rawValue: ruleName) != nil else {
        let known = RejectionRule.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("There is no rule \"\(ruleName)\"; the rules are \(known).")
      }
    }
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "inspect")
    Tool("tokenize", quiet: filter.quiet).run { tool in
      let corpus = try CorpusDatabase(opening: db, readOnly: true)
      let splits = split.map { [$0] } ?? Split.allCases
      let writer = LineWriter()
      if rejected {
        try listRejected(corpus, splits, writer)
      } else {
        try describe(corpus, splits, writer, tool)
      }
      try writer.flush()
    }
  }

  private func describe(
    _ corpus: CorpusDatabase, _ splits: [Split], _ writer: LineWriter, _ tool: Tool
  ) throws {
    let style = TerminalStyle.standardOutput
    let total = try splits.reduce(0) { try $0 + corpus.count(split: $1) }
    // A bar only where it would be waited for.
    let isQuiet = tool.isQuiet || !StandardStreams.errorIsTerminal || total < 100_000
    let bar = ProgressBar("reading", total: total, unit: "pairs", quiet: isQuiet)
    let report = try CorpusReport(corpus, splits: splits) { bar.advance(by: $0) }
    bar.finish()
    let samples = try PairSample(corpus, splits: splits, count: sample, seed: seed ?? 1)
    switch format {
    case .json:
      try writer.writeLine(samples.isEmpty ? report.json() : samples.json(beside: report))
    case .text:
      for line in report.lines(style) + samples.lines(style) { try writer.writeLine(line) }
    }
  }

  private func listRejected(_ corpus: CorpusDatabase, _ splits: [Split], _ writer: LineWriter) throws {
    let rule = ruleName.flatMap(RejectionRule.init(rawValue:))
    for split in splits {
      try corpus.forEachRejected(split: split, rule: rule) { pair in
        switch format {
        case .json: try writer.writeLine(RejectedLine(pair).json())
        case .text:
          let line = RejectedLine(pair).text
          try writer.writeLine(StandardStreams.outputIsTerminal ? Tool.harmless(line) : line)
        }
      }
    }
  }
}

/// A pair that was left out, as it is listed.
private struct RejectedLine: Encodable {
  let split: String
  let rule: String
  let origin: String
  let line: Int
  let reason: String
  let source: String
  let target: String

  init(_ pair: RejectedPair) {
    split = pair.split.rawValue
    rule = pair.rule.rawValue
    origin = pair.origin
    line = pair.line
    reason = pair.reason
    source = pair.source
    target = pair.target
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The fields with tabs between; a tab or the end of a line in one is written `\t`, `\n` or `\r`.
  var text: String {
    let fields = [split, rule, "\(origin):\(line)", reason, source, target]
    return fields.map { field in
      field.contains(where: { $0 == "\t" || $0.isNewline })
        ? String(
          field.unicodeScalars.flatMap { scalar -> [Character] in
            switch scalar {
            case "\t": ["\\", "t"]
            case "\n": ["\\", "n"]
            case "\r": ["\\", "r"]
            default: [Character(scalar)]
            }
          }) : field
    }.joined(separator: "\t")
  }
}
