import ArgumentParser
import Console
import Foundation
import Seq2Seq

/// Scores translations by a model; `score --model` starts it.
///
/// It is a program of its own because loading what a model needs takes as long as a BLEU score takes
/// altogether.
struct ScoreModelCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "score-model",
    abstract: "Say how likely a model holds given translations to be: the program behind score --model.",
    discussion: """
      Prints the perplexity by word, the log-probability in nats, and the same divided by words; the end of a sentence \
      counts as a word, for it has to be foreseen too. JSON has them for each line and each token as well.

        score --model en-fr.model.sqlite --source test.en test.fr
        score --model en-fr.model.sqlite --source test.en test.fr -sl
        score --model en-fr.model.sqlite --source test.en test.fr -f json
      """,
    version: Release.line("score-model"))

  @Option(help: "The model file.")
  var model: String

  @Option(help: "The file of source sentences.")
  var source: String

  @Flag(help: "The translations are of the model's other direction.")
  var reverse = false

  @Argument(help: "The file of translations.")
  var translations: String

  @Flag(
    name: [.customLong("sentence-level"), .customLong("sl", withSingleDash: true)],
    help: "A line for each: log-probability, the same by word, perplexity; or a JSON object for each.")
  var sentenceLevel = false

  @Option(name: .shortAndLong, help: "text or json.")
  var format: Format = .text

  @Option(name: .shortAndLong, help: "How many digits follow the decimal point of text.")
  var width = 4

  @Flag(
    name: [.customLong("score-only"), .customShort("b")],
    help: "The perplexity alone; with -sl, the log-probabilities.")
  var scoreOnly = false

  @Flag(name: .shortAndLong, help: "Leave out notes.")
  var quiet = false

  /// Lines that are scored together: what is kept of each line meanwhile is more than its score.
  private static let block = 4_096

  func validate() throws {
    guard 0...17 ~= width else { throw ValidationError("--width is a number from 0 to 17, not \(width).") }
    if scoreOnly, format == .json {
      throw ValidationError("--score-only is for text; JSON has all numbers. Leave one of them out.")
    }
  }

  func run() {
    Tool("score", quiet: quiet).run { tool in
      let (sources, targets) = (try lines(source, tool), try lines(translations, tool))
      guard sources.count == targets.count else {
        throw ConsoleError.failure(
          .dataError,
          "\(source) has \(sources.count) lines but \(translations) has \(targets.count) lines: "
            + "all need one line a sentence, in the same order")
      }
      guard !targets.isEmpty else {
        throw ConsoleError.failure(.dataError, "\(translations) has no lines: there is nothing to score")
      }
      guard FileManager.default.fileExists(atPath: model) else {
        throw ConsoleError.missingInput(path: model, reason: "no such file")
      }
      let translator = try Translator(
        contentsOf: URL(fileURLWithPath: model), direction: reverse ? .reverse : .forward)
      let pairs = Array(zip(sources, targets))
      let scores = stride(from: 0, to: pairs.count, by: Self.block).flatMap { start in
        translator.scores(Array(pairs[start..<min(start + Self.block, pairs.count)]))
      }
      let blank = scores.count { $0 == nil }
      guard blank < scores.count else {
        throw ConsoleError.failure(.dataError, "\(source) has only blank lines: there is nothing to score")
      }
      if blank > 0 {
        tool.note("\(blank) lines of \(source) are blank: nothing follows from them, and they are left out")
      }
      let writer = LineWriter()
      for line in try results(scores) { try writer.writeLine(line) }
      try writer.flush()
    }
  }

  private func lines(_ path: String, _ tool: Tool) throws -> [String] {
    let reader = try LineReader(path: path)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(line) }
    if let first = reader.firstInvalidLine {
      tool.warning(
        "\(reader.name): \(reader.invalidLineCount) lines are not UTF-8, the first is line \(first): "
          + "the bytes that can't be read count as U+FFFD")
    }
    return lines
  }

  private func results(_ scores: [ForcedScore?]) throws -> [String] {
    let lines = scores.enumerated().map { ModelScore.Line($0.element, number: $0.offset + 1) }
    let total = ModelScore(lines)
    switch (format, sentenceLevel) {
    case (.json, true): return try lines.map(json)
    case (.json, false): return [try json(total)]
    case (.text, true): return lines.map(text)
    case (.text, false): return [scoreOnly ? number(total.perplexity ?? .infinity) : text(total)]
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func text(_ total: ModelScore) -> String {
    "perplexity = \(number(total.perplexity ?? .infinity)) log-probability = \(number(total.logProbability)) "
      + "per word = \(number(total.perWord)) words = \(total.words) sentences = \(total.sentences)"
  }

  private func text(_ line: ModelScore.Line) -> String {
    guard let logProbability = line.logProbability, let perWord = line.perWord else {
      return scoreOnly ? "-" : "-\t-\t-"
    }
    if scoreOnly { return number(logProbability) }
    return [logProbability, perWord, line.perplexity ?? .infinity].map(number).joined(separator: "\t")
  }

  private func number(_ value: Double) -> String { String(format: "%.\(width)f", value) }
}
