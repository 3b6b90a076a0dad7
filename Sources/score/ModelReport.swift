import Console
import Foundation
import Seq2Seq

/// How likely a model holds given translations to be: by sentence, by word, and as perplexity.
struct ModelReport {
  let output: OutputOptions
  /// Whether each line is printed by itself.
  let bySentence: Bool

  /// Scores a file of translations against their sources.
  func write(model: String, source: String, target: String, to writer: LineWriter, _ tool: Tool) throws {
    let sources = try TextFile(source, tool: tool, keepsByteOrderMark: false)
    let targets = try TextFile(target, tool: tool, keepsByteOrderMark: false)
    guard sources.lines.count == targets.lines.count else {
      throw ConsoleError.failure(
        .dataError,
        "\(sources.name) has \(sources.lines.count) lines but \(targets.name) has \(targets.lines.count) lines: "
          + "all need one line a sentence, in the same order")
    }
    guard !targets.lines.isEmpty else {
      throw ConsoleError.failure(.dataError, "\(targets.name) has no lines: there is nothing to score")
    }
    guard FileManager.default.fileExists(atPath: model) else {
      throw ConsoleError.missingInput(path: model, reason: "there is no such file")
    }
    let translator = try Translator(contentsOf: URL(fileURLWithPath: model))
    let scores = translator.scores(Array(zip(sources.lines, targets.lines)))
    let blank = scores.count { $0 == nil }
    if blank > 0 {
      tool.note(
        "\(blank) lines of \(sources.name) are blank: nothing follows from them, and they are left out")
    }
    let lines = output.format(default: .text) == .json ? json(scores) : text(scores)
    for line in lines { try writer.writeLine(line) }
  }

  /// A sum over sentences.
  private struct Total {
    var logProbability = 0.0
    var words = 0
    var events = 0
    var pieces = 0
    var unknown = 0

    init(_ scores: [ForcedScore?]) {
      for score in scores.compactMap({ $0 }) {
        logProbability += score.logProbability
        words += score.wordCount
        events += score.eventCount
        pieces += score.pieces.count
        unknown += score.pieces.count(where: \.isUnknown)
      }
    }

    var perWord: Double { events > 0 ? logProbability / Double(events) : 0 }
    var perPiece: Double { pieces > 0 ? logProbability / Double(pieces) : 0 }
  }

  private var width: Int { output.askedWidth ?? 4 }

  private func text(_ scores: [ForcedScore?]) -> [String] {
    func number(_ value: Double) -> String { fixed(value, width) }
    guard bySentence else {
      let total = Total(scores)
      if output.scoreOnly { return [number(exp(-total.perWord))] }
      return [
        "perplexity = \(number(exp(-total.perWord))) log-probability = \(number(total.logProbability)) "
          + "per word = \(number(total.perWord)) words = \(total.words) sentences = \(scores.count { $0 != nil })"
      ]
    }
    return scores.map { score in
      guard let score else { return output.scoreOnly ? "-" : "-\t-\t-" }
      let total = Total([score])
      if output.scoreOnly { return number(total.logProbability) }
      return [total.logProbability, total.perWord, exp(-total.perWord)].map(number).joined(separator: "\t")
    }
  }

  // MARK: - JSON

  private func json(_ scores: [ForcedScore?]) -> [String] {
    let sentences = scores.enumerated().map { index, score in
      let tokens = (score?.pieces ?? []).map { piece in
        "{\"token\": \(jsonString(piece.text)), \"log_probability\": \(number(Double(piece.logProbability)))"
          + (piece.isUnknown ? ", \"unknown\": true}" : "}")
      }
      let total = score.map { Total([$0]) }
      return "{\"line\": \(index + 1), \(members(total)), \"tokens\": [\(tokens.joined(separator: ", "))]}"
    }
    if bySentence { return sentences }
    let counted = scores.count { $0 != nil }
    return [
      "{\"sentences\": \(counted), \(members(Total(scores))), \"lines\": [",
      sentences.joined(separator: ",\n"), "]}",
    ]
  }

  private func members(_ total: Total?) -> String {
    func value(_ value: Double?) -> String { value.map(number) ?? "null" }
    return "\"log_probability\": \(value(total?.logProbability)), \"words\": \(total?.words ?? 0), "
      + "\"per_word\": \(value(total?.perWord)), \"perplexity\": \(value(total.map { exp(-$0.perWord) })), "
      + "\"per_token\": \(value(total?.perPiece)), \"unknown_tokens\": \(total?.unknown ?? 0)"
  }

  private func number(_ value: Double) -> String { value.isFinite ? fixed(value, width) : "null" }
}
