import Console
import TranslationMetrics

/// All lines of a file.
struct TextFile {
  /// The path, or `standard input`.
  let name: String
  let lines: [String]

  /// Reads a file, or the standard input without a path; says where bytes had to be repaired.
  ///
  /// A byte order mark is text, as it is for sacreBLEU.
  init(_ path: String?, tool: Tool) throws {
    if let path, path.hasSuffix(".gz") {
      throw ConsoleError.failure(.dataError, "\(path) is compressed: unpack it first, with gunzip")
    }
    let reader = try LineReader(path: path, keepsByteOrderMark: true)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(line) }
    if let first = reader.firstInvalidLine {
      tool.warning(
        "\(reader.name): \(reader.invalidLineCount) lines are not UTF-8, the first is line \(first): "
          + "the bytes that can't be read count as U+FFFD")
    }
    if let first = lines.first, first.unicodeScalars.first == "\u{FEFF}" {
      tool.warning(
        "\(reader.name) begins with a byte order mark, which counts as a part of its first word: take it off")
    }
    name = reader.name
    self.lines = lines
  }

  /// The columns of lines with tabs between them, without white space at the end of lines.
  ///
  /// - Parameters:
  ///   - count: how many columns there are. The last one of a line takes what tabs are left, unless it is the
  ///     standard input's: there too many tabs are as wrong as too few.
  ///   - isStandardInput: whether the columns are those of systems, which lose white space at their ends too,
  ///     but in the first line, as sacreBLEU has it.
  func columns(_ count: Int, isStandardInput: Bool = false) throws -> [[String]] {
    // Only where a line has so many: a number with digits too many is no reason to make room for all of them.
    var columns: [[String]] = []
    for (index, line) in lines.enumerated() {
      let fields = Whitespace.trimmingEnd(of: line).split(
        separator: "\t", maxSplits: isStandardInput ? .max : count - 1, omittingEmptySubsequences: false)
      guard fields.count == count else {
        throw ConsoleError.failure(
          .dataError,
          "\(name): line \(index + 1) has \(fields.count) columns instead of \(count): "
            + "all lines need as many, with tabs between")
      }
      if index == 0 { columns = [[String]](repeating: [], count: count) }
      for (column, field) in fields.enumerated() {
        let text = String(field)
        columns[column].append(isStandardInput && index > 0 ? Whitespace.trimmingEnd(of: text) : text)
      }
    }
    return lines.isEmpty ? [[String]](repeating: [], count: min(count, 1)) : columns
  }
}
