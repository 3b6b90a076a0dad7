extension AlignmentMatrix {
  /// The matrix as lines of text, a row for each target word and a column for each source word.
  ///
  /// ```text
  ///        ┌ the
  ///        │ ┌ black
  ///        │ │ ┌ cat
  ///  le    ██········   the 97 %
  /// ```
  ///
  /// The darker a block the heavier the weight; at the right stands the source word that weighs most.
  ///
  /// - Parameter width: how many columns there are; a matrix that needs more is cut into several, one below
  ///   the other.
  /// - Returns: lines joined with `\n`, the last one without.
  public func terminalDrawing(width: Int = 100) -> String {
    TerminalDrawing(matrix: self, width: width).text
  }
}

private struct TerminalDrawing {
  let matrix: AlignmentMatrix
  let width: Int

  /// Each source word's column is two characters wide, so that blocks look square.
  private let columnWidth = 2
  /// What weighs less is shown as a dot.
  private let faintest: Float = 0.05

  var text: String {
    let source = matrix.sourceTokens.map { DisplayText.shortened($0) }
    let target = matrix.targetTokens.map { DisplayText.shortened($0) }
    let labels = target.map(DisplayText.width(of:)).max() ?? 0
    let bestWords = (source.map(DisplayText.width(of:)).max() ?? 0) + 8
    let room = max(8, (width - labels - 2 - bestWords) / columnWidth)
    var blocks: [String] = []
    var start = 0
    repeat {
      let columns = start..<min(start + room, source.count)
      var lines = header(source, columns, indent: labels + 2)
      for row in target.indices {
        let best = matrix.heaviestSource(forTarget: row)
        let isBestHere = best.map(columns.contains) ?? (start == 0)
        // Where the matrix is cut, a row stands only in the blocks that show something of it.
        guard isBestHere || columns.contains(where: { matrix[target: row, source: $0] >= faintest })
        else { continue }
        var line = DisplayText.padded(target[row], to: labels) + "  "
        line += columns.map { shade(matrix[target: row, source: $0]) }.joined()
        if let best, isBestHere {
          line += "  \(source[best]) \(percent(matrix[target: row, source: best]))"
        }
        lines.append(trimmed(line))
      }
      blocks.append(lines.joined(separator: "\n"))
      start = columns.upperBound
    } while start < source.count
    return blocks.joined(separator: "\n\n")
  }

  /// The source words as stairs, each above its column, with a line down to it.
  private func header(_ source: [String], _ columns: Range<Int>, indent: Int) -> [String] {
    columns.map { column in
      String(repeating: " ", count: indent)
        + String(repeating: "│ ", count: column - columns.lowerBound) + "┌ " + source[column]
    }
  }

  private func shade(_ weight: Float) -> String {
    switch weight {
    case ..<faintest: return "· "
    case ..<0.25: return "░░"
    case ..<0.5: return "▒▒"
    case ..<0.75: return "▓▓"
    default: return "██"
    }
  }

  private func percent(_ weight: Float) -> String { "\(Int((weight * 100).rounded())) %" }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
