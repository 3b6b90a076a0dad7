import Foundation

extension AlignmentMatrix {
  /// The matrix as a heat map: an SVG document of its own, for light and dark surroundings.
  ///
  /// Source words stand above the columns, target words beside the rows; a cell tells its weight where the
  /// viewer shows titles.
  public func svgDrawing() -> String {
    let cell = 26.0
    let letter = 7.4
    let top = 16 + longestWidth(of: sourceTokens) * letter * sin(.pi / 3) + 8
    let left = 16 + longestWidth(of: targetTokens) * letter + 10
    let width = left + Double(sourceTokens.count) * cell
    // The last words' labels lean out to the right.
    let lean = longestWidth(of: sourceTokens) * letter * cos(.pi / 3)
    let height = top + Double(targetTokens.count) * cell
    let sentences =
      "Alignment: " + sourceTokens.joined(separator: " ") + " → " + targetTokens.joined(separator: " ")
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="\(label(sentences))" \
      width="\(number(width + lean + 16))" height="\(number(height + 16))" \
      viewBox="0 0 \(number(width + lean + 16)) \(number(height + 16))">
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1f2933; }
      .cell { fill: #1d5b8f; }
      .grid { fill: #1d5b8f; fill-opacity: 0.06; }
      @media (prefers-color-scheme: dark) {
      text { fill: #dfe6ec; }
      .cell { fill: #7cc4ff; }
      .grid { fill: #7cc4ff; fill-opacity: 0.08; }
      }
      </style>

      """
    for (source, word) in sourceTokens.enumerated() {
      let x = number(left + (Double(source) + 0.5) * cell + 4)
      let y = number(top - 6)
      svg += "<text transform=\"translate(\(x) \(y)) rotate(-60)\">\(shortLabel(word))</text>\n"
    }
    for (target, word) in targetTokens.enumerated() {
      let middle = top + (Double(target) + 0.5) * cell
      svg += "<text x=\"\(number(left - 8))\" y=\"\(number(middle + 4.5))\" text-anchor=\"end\">"
      svg += "\(shortLabel(word))</text>\n"
      for source in sourceTokens.indices {
        let x = number(left + Double(source) * cell + 1)
        let y = number(top + Double(target) * cell + 1)
        let place =
          "x=\"\(x)\" y=\"\(y)\" width=\"\(number(cell - 2))\" height=\"\(number(cell - 2))\" rx=\"3\""
        let weight = Double(self[target: target, source: source])
        let title = "\(label(sourceTokens[source])) → \(label(word)): \(number(weight * 100)) %"
        svg += "<rect class=\"grid\" \(place)/>"
        svg += "<rect class=\"cell\" \(place) fill-opacity=\"\(String(format: "%.3f", weight))\">"
        svg += "<title>\(title)</title></rect>\n"
      }
    }
    return svg + "</svg>\n"
  }

  private func label(_ word: String) -> String { DisplayText.escaped(DisplayText.harmless(word)) }

  /// The word as it is shown, and all of it as a title where that is not all.
  private func shortLabel(_ word: String) -> String {
    let short = DisplayText.shortened(word)
    let title = short == DisplayText.harmless(word) ? "" : "<title>\(label(word))</title>"
    return title + DisplayText.escaped(short)
  }

  private func longestWidth(of words: [String]) -> Double {
    Double(words.map { DisplayText.width(of: DisplayText.shortened($0)) }.max() ?? 0)
  }

  private func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
