import Console
import TranslationMetrics

/// A system's translations.
struct System {
  /// What it is called in tables: its path, or `System 1` for a column of the standard input.
  var name: String
  /// What it is called in messages.
  let source: String
  let lines: [String]

  /// Says so when the translations look tokenised, for then BLEU is not comparable.
  func warnIfTokenized(_ tool: Tool) {
    let count = lines.count { $0.hasSuffix(" .") }
    guard count >= 100 else { return }
    tool.warning(
      "\(source): \(count) lines end in a point after a space: it looks as if the translations are tokenised, which "
        + "changes the score. Detokenise them first, or say --force if they are meant to be like that")
  }
}

/// The lines to score and their references.
struct Corpus {
  private(set) var systems: [System]
  let references: [[String]]

  /// Reads every file, and refuses them when their numbers of lines differ.
  ///
  /// - Parameters:
  ///   - inputs: a file each system; none stands for the standard input, whose columns are systems.
  ///   - paths: the files of references.
  ///   - referencesPerLine: how many references a line of the only file has.
  init(inputs: [String], references paths: [String], referencesPerLine: Int = 1, tool: Tool) throws {
    let files = try paths.map { try TextFile($0, tool: tool) }
    references =
      referencesPerLine == 1
      ? files.map { $0.lines.map(Whitespace.trimmingEnd(of:)) }
      : try files[0].columns(referencesPerLine)
    systems =
      inputs.isEmpty
      ? try Self.columns(of: TextFile(nil, tool: tool))
      : try inputs.map { path in
        let file = try TextFile(path, tool: tool)
        return System(name: path, source: file.name, lines: file.lines.map(Whitespace.trimmingEnd(of:)))
      }
    for system in systems {
      guard !system.lines.isEmpty else {
        throw ConsoleError.failure(.dataError, "\(system.source) has no lines: there is nothing to score")
      }
    }
    try checkCounts(files)
  }

  /// Calls the first system what a paired test calls it.
  mutating func nameBaseline() {
    let names = systems.map(\.name)
    let areColumns =
      names.allSatisfy { $0.hasPrefix("System ") } && systems.allSatisfy { $0.name != $0.source }
    for index in systems.indices {
      if index == 0 {
        systems[0].name = areColumns ? "Baseline" : "Baseline: \(names[0])"
      } else if areColumns {
        systems[index].name = "System \(index)"
      }
    }
  }

  /// The systems of the standard input, with tabs between them.
  private static func columns(of file: TextFile) throws -> [System] {
    guard let first = file.lines.first else { return [System(name: file.name, source: file.name, lines: [])] }
    let count = Whitespace.trimmingEnd(of: first).split(separator: "\t", omittingEmptySubsequences: false)
      .count
    let columns = try file.columns(count, isStandardInput: true)
    if count == 1 { return [System(name: "System 1", source: file.name, lines: columns[0])] }
    return columns.enumerated().map { index, lines in
      System(name: "System \(index + 1)", source: "column \(index + 1) of \(file.name)", lines: lines)
    }
  }

  /// Every file must have as many lines: names all of them with their numbers otherwise.
  private func checkCounts(_ referenceFiles: [TextFile]) throws {
    let counts =
      systems.map { ($0.source, $0.lines.count) } + referenceFiles.map { ($0.name, $0.lines.count) }
    guard counts.contains(where: { $0.1 != counts[0].1 }) else { return }
    let list = counts.map { "\($0.0) has \($0.1) lines" }
    throw ConsoleError.failure(
      .dataError,
      list.dropLast().joined(separator: ", ") + " but \(list[list.count - 1]): "
        + "all need one line a sentence, in the same order")
  }
}
