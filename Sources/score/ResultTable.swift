/// The scores of several systems, in the forms of sacreBLEU: JSON, a table for a terminal, a table for LaTeX.
struct ResultTable {
  /// A score that was printed already, or one with what a paired test says of it.
  enum Cell {
    case number(String)
    case tested(PairedScore)
  }

  /// A score, its mean and interval over samples, and the p-value of its difference to the baseline.
  struct PairedScore {
    let score: Double
    let pValue: Double?
    let mean: Double?
    let halfWidth: Double?
  }

  /// The name of each system.
  let systems: [String]
  /// The name of each metric and its cell for each system.
  let metrics: [(name: String, cells: [Cell])]

  // MARK: - JSON

  /// An array of an object a system.
  var json: String {
    let rows = systems.indices.map { row in
      let members =
        ["        \"system\": \(jsonString(systems[row]))"]
        + metrics.map { "        \(jsonString($0.name)): \(json($0.cells[row]))" }
      return "    {\n\(members.joined(separator: ",\n"))\n    }"
    }
    return "[\n\(rows.joined(separator: ",\n"))\n]"
  }

  private func json(_ cell: Cell) -> String {
    switch cell {
    case .number(let text): return jsonString(text)
    case .tested(let result):
      let members = [
        ("score", result.score), ("p_value", result.pValue), ("mean", result.mean), ("ci", result.halfWidth),
      ]
      let lines = members.map { "            \"\($0.0)\": \($0.1.map { "\($0)" } ?? "null")" }
      return "{\n\(lines.joined(separator: ",\n"))\n        }"
    }
  }

  // MARK: - Tables

  /// A table drawn with box characters.
  ///
  /// - Parameter width: how many digits follow the decimal point of a tested score.
  func text(width: Int) -> String {
    let columns = columns(width: width, separator: "\n")
    func rule(_ left: String, _ line: String, _ middle: String, _ right: String) -> String {
      left + columns.map { String(repeating: line, count: $0.width + 2) }.joined(separator: middle) + right
    }
    func lines(_ cells: [String]) -> [String] {
      let parts = cells.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
      let height = parts.map(\.count).max() ?? 1
      return (0..<height).map { line in
        let padded = zip(parts, columns).map { part, column in
          " \(column.padded(line < part.count ? part[line] : "")) "
        }
        return "│" + padded.joined(separator: "│") + "│"
      }
    }
    var result = [rule("╒", "═", "╤", "╕")]
    result += lines(columns.map(\.header))
    for row in systems.indices {
      result.append(row == 0 ? rule("╞", "═", "╪", "╡") : rule("├", "─", "┼", "┤"))
      result += lines(columns.map { $0.cells[row] })
    }
    return (result + [rule("╘", "═", "╧", "╛")]).joined(separator: "\n")
  }

  /// A table for LaTeX's package `booktabs`.
  ///
  /// - Parameter width: how many digits follow the decimal point of a tested score.
  func latex(width: Int) -> String {
    let columns = columns(width: width, separator: " ")
    func line(_ cells: [String]) -> String {
      zip(cells, columns).map { escaped(" \($1.padded($0)) ") }.joined(separator: "&") + "\\\\"
    }
    return
      (["\\begin{tabular}{r\(String(repeating: "c", count: metrics.count))}", "\\toprule"]
      + [line(columns.map(\.header)), "\\midrule"]
      + systems.indices.map { row in line(columns.map { $0.cells[row] }) }
      + ["\\bottomrule", "\\end{tabular}"]).joined(separator: "\n")
  }

  private struct Column {
    let header: String
    let cells: [String]
    let isCentered: Bool

    /// Characters of the widest line; a header has two more around it.
    var width: Int {
      let lines = cells.flatMap { $0.split(separator: "\n").map(\.unicodeScalars.count) }
      return max(lines.max() ?? 0, header.unicodeScalars.count + 2)
    }

    func padded(_ text: String) -> String {
      let missing = width - text.unicodeScalars.count
      let left = isCentered ? missing / 2 : missing
      return String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left)
    }
  }

  private func columns(width: Int, separator: String) -> [Column] {
    // Once a metric has intervals, the headers of all that follow say so.
    var hasIntervals = false
    return [Column(header: "System", cells: systems, isCentered: false)]
      + metrics.map { name, cells in
        let texts = cells.map { cell in
          switch cell {
          case .number(let text): return text
          case .tested(let result):
            hasIntervals = hasIntervals || result.mean != nil
            return text(result, width: width, separator: separator)
          }
        }
        return Column(header: hasIntervals ? "\(name) (μ ± 95% CI)" : name, cells: texts, isCentered: true)
      }
  }

  private func text(_ result: PairedScore, width: Int, separator: String) -> String {
    var text = fixed(result.score, width)
    if let mean = result.mean, let halfWidth = result.halfWidth {
      text += " (\(fixed(mean, width)) ± \(fixed(halfWidth, width)))"
    }
    if let pValue = result.pValue {
      text += "\(separator)(p = \(fixed(pValue, 4)))" + (pValue > 0.05 ? "" : "*")
    }
    return text
  }

  private func escaped(_ text: String) -> String {
    let replacements: [Character: String] = [
      "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "^": "\\^{}", "{": "\\{", "}": "\\}",
      "~": "\\textasciitilde{}", "\\": "\\textbackslash{}", "<": "\\ensuremath{<}", ">": "\\ensuremath{>}",
    ]
    return text.map { replacements[$0] ?? String($0) }.joined()
  }
}
