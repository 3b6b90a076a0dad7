import Console
import Metrics

/// The lines to score and their references.
struct Corpus {
  let hypotheses: [String]
  let references: [[String]]

  /// Reads every file, and refuses them when their numbers of lines differ.
  init(input: String?, references paths: [String], tool: Tool) throws {
    let streams = try paths.map { try readLines($0, tool: tool) }
    let system = try readLines(input, tool: tool)
    for reference in streams where reference.lines.count != system.lines.count {
      throw ConsoleError.failure(
        .dataError,
        "\(system.name) has \(system.lines.count) lines but \(reference.name) has \(reference.lines.count): "
          + "both need one line a sentence, in the same order")
    }
    guard !system.lines.isEmpty else {
      throw ConsoleError.failure(.dataError, "\(system.name) has no lines: there is nothing to score")
    }
    // sacreBLEU takes the white space off the end of each line, which chrF can be made to see.
    hypotheses = system.lines.map(Whitespace.trimmingEnd(of:))
    references = streams.map { $0.lines.map(Whitespace.trimmingEnd(of:)) }
  }

  /// Says so when the translations look tokenised, for then BLEU is not comparable.
  func warnIfTokenized(_ tool: Tool) {
    let count = hypotheses.count { $0.hasSuffix(" .") }
    guard count >= 100 else { return }
    tool.warning(
      "\(count) lines end in a point after a space: it looks as if the translations are tokenised, which "
        + "changes the score. Detokenise them first, or say --force if they are meant to be like that")
  }
}
