import Alignment
import ArgumentParser
import Console

/// Scores word alignments against those that people drew.
struct AlignmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score aer",
    abstract: "Score word alignments: precision, recall and alignment error rate (Och and Ney 2003).",
    discussion: """
      Both sides have one sentence a line: 0-0 1-2 2p1, source word, - for a sure or p for a possible link, \
      target word, counted from 0.

        score aer test.gold -i test.links
        score aer wpt.gold --one-based -i test.links -f json
      """)

  @Argument(help: "The file of gold alignments.")
  var gold: String

  @Option(name: .shortAndLong, help: "The file of alignments to score, instead of the standard input.")
  var input: String?

  @Flag(name: .customLong("one-based"), help: "The gold alignments count from 1, as those of WPT 2003.")
  var oneBased = false

  @Flag(name: .customLong("one-based-input"), help: "The alignments to score count from 1 too.")
  var oneBasedInput = false

  @Option(name: .shortAndLong, help: "How many digits follow the decimal point.")
  var width = 4

  @Option(name: .shortAndLong, help: "How to print the results.")
  var format: OutputFormat = .text

  @Flag(name: [.customLong("score-only"), .customShort("b")], help: "Print the alignment error rate alone.")
  var scoreOnly = false

  func validate() throws {
    guard 0...17 ~= width else { throw ValidationError("--width is a number from 0 to 17, not \(width).") }
    if format == .latex {
      throw ValidationError("--format latex is for scores; alignments have text and json.")
    }
  }

  func run() {
    Tool("score").run { tool in
      let gold = try sentences(self.gold, oneBased: oneBased, tool: tool)
      let links = try sentences(input, oneBased: oneBasedInput, tool: tool)
      guard gold.lines.count == links.lines.count else {
        throw ConsoleError.failure(
          .dataError,
          "\(links.name) has \(links.lines.count) lines but \(gold.name) has \(gold.lines.count): "
            + "both need one line a sentence, in the same order")
      }
      guard !gold.lines.isEmpty else {
        throw ConsoleError.failure(.dataError, "\(gold.name) has no lines: there is nothing to score")
      }
      let rate = try AlignmentErrorRate(gold: gold.lines, hypothesis: links.lines.map(\.all))
      let writer = LineWriter()
      for line in lines(rate) { try writer.writeLine(line) }
      try writer.flush()
    }
  }

  private func sentences(
    _ path: String?, oneBased: Bool, tool: Tool
  ) throws -> (name: String, lines: [Pharaoh.Sentence]) {
    let text = try TextFile(path, tool: tool)
    do {
      let sentences = try text.lines.enumerated().map { index, line in
        // translate --alignment hard writes the translation before the links.
        let links = line.range(of: "|||", options: .backwards).map { line[$0.upperBound...] } ?? line[...]
        return try Pharaoh.parse(line: String(links), number: index + 1, oneBased: oneBased)
      }
      return (text.name, sentences)
    } catch let error as AlignmentError {
      throw ConsoleError.failure(.dataError, "\(text.name): \(error)")
    }
  }

  private func lines(_ rate: AlignmentErrorRate) -> [String] {
    if scoreOnly { return [fixed(rate.errorRate, width)] }
    switch format {
    case .text, .latex:
      return [
        "precision  \(fixed(rate.precision, width))", "recall     \(fixed(rate.recall, width))",
        "AER        \(fixed(rate.errorRate, width))",
      ]
    case .json:
      return [
        "{", " \"precision\": \(fixed(rate.precision, width)),", " \"recall\": \(fixed(rate.recall, width)),",
        " \"aer\": \(fixed(rate.errorRate, width)),", " \"links\": \(rate.links),",
        " \"sure_links\": \(rate.sureLinks)", "}",
      ]
    }
  }

}
