import Alignment
import Foundation
import Testing

@Suite("Drawings of an alignment matrix")
struct DrawingTests {
  private let matrix = AlignmentMatrix(
    sourceTokens: ["the", "black", "cat"], targetTokens: ["le", "chat", "noir"],
    weights: [0.96, 0.04, 0, 0.1, 0.3, 0.6, 0, 0.75, 0.25])

  @Test("a terminal shows stairs of source words above blocks")
  func terminal() {
    let expected = """
            ┌ the
            │ ┌ black
            │ │ ┌ cat
      le    ██· ·   the 96 %
      chat  ░░▒▒▓▓  cat 60 %
      noir  · ██▒▒  black 75 %
      """
    #expect(matrix.terminalDrawing() == expected)
  }

  @Test("rows line up below words of any script, and no word can steer the terminal")
  func terminalWidths() {
    let odd = AlignmentMatrix(
      sourceTokens: ["\u{1B}[31mred"], targetTokens: ["猫", "e\u{301}t", "😀", "ab\n"], weights: [1, 1, 1, 1])
    let lines = odd.terminalDrawing().split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    #expect(lines[0] == "     ┌ \u{FFFD}[31mred")
    #expect(lines[1].hasPrefix("猫   ██"))
    #expect(lines[2].hasPrefix("e\u{301}t   ██"))
    #expect(lines[3].hasPrefix("😀   ██"))
    #expect(lines[4].hasPrefix("ab\u{FFFD}  ██"))
  }

  @Test("a matrix that is too wide is cut, each row where it has something to show")
  func terminalBlocks() {
    let count = 12
    var weights = [Float](repeating: 0, count: count * count)
    for index in 0..<count { weights[index * count + index] = 1 }
    let words = (0..<count).map { "w\($0)" }
    let drawing = AlignmentMatrix(sourceTokens: words, targetTokens: words, weights: weights)
      .terminalDrawing(width: 32)
    let blocks = drawing.components(separatedBy: "\n\n")
    #expect(blocks.count == 2)
    #expect(blocks[0].split(separator: "\n").count == 8 + 8)
    #expect(blocks[1].split(separator: "\n").count == 4 + 4)
    #expect(blocks[1].contains("w11  · · · ██  w11 100 %"))
    #expect(drawing.split(separator: "\n").allSatisfy { $0.count <= 32 })
  }

  @Test("an empty matrix has an empty drawing")
  func emptyTerminal() {
    let empty = AlignmentMatrix(sourceTokens: [], targetTokens: [], weights: [])
    #expect(empty.terminalDrawing().isEmpty)
  }

  @Test("SVG is well-formed XML with a cell for each pair, whatever the words")
  func svg() throws {
    let words = ["<b>", "a & \"b\"", "it's\u{0}\u{8}"]
    let odd = AlignmentMatrix(
      sourceTokens: words, targetTokens: words, weights: [1, 0, 0, 0, 1, 0, 0, 0, 1])
    let svg = odd.svgDrawing()
    #expect(svg.components(separatedBy: "<title>").count - 1 == 9)
    #expect(svg.contains("<title>&lt;b&gt; → a &amp; &quot;b&quot;: 0.0 %</title>"))
    #expect(!svg.contains("<b>"))
    #expect(!svg.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.hasSuffix("</svg>\n"))
  }

  @Test("A long word is cut in SVG, and has a title")
  func longWord() {
    let long = String(repeating: "x", count: 300)
    let svg = AlignmentMatrix(sourceTokens: [long], targetTokens: ["a"], weights: [1]).svgDrawing()
    let short = String(repeating: "x", count: 23) + "…"
    #expect(
      svg.contains("<title>\(long)</title>\(short)</text>")
        && svg.contains("<title>\(long) → a: 100.0 %</title>"))
    let height = svg.firstMatch(of: /height="([0-9.]+)"/).flatMap { Double($0.output.1) }
    #expect(height.map { $0 < 300 } == true)
  }

  @Test("In SVG each cell stands in its column and row, and is as dark as its weight")
  func svgCells() {
    let matrix = AlignmentMatrix(
      sourceTokens: ["s0", "s1", "s2"], targetTokens: ["t0", "t1"], weights: [0.7, 0.2, 0.1, 0, 0.25, 0.75])
    let pattern =
      /class="cell" x="([0-9.]+)" y="([0-9.]+)"[^>]* fill-opacity="([0-9.]+)"><title>s(.) → t(.): ([0-9.]+) %/
    let cells = matrix.svgDrawing().matches(of: pattern)
    #expect(cells.count == 6)
    for cell in cells {
      let (source, target) = (Int(cell.output.4)!, Int(cell.output.5)!)
      let weight = Double(matrix[target: target, source: source])
      #expect(abs(Double(cell.output.3)! - weight) < 1e-3 && abs(Double(cell.output.6)! - 100 * weight) < 0.1)
      #expect(abs(Double(cell.output.1)! - Double(cells[0].output.1)! - 26 * Double(source)) < 0.1)
      #expect(abs(Double(cell.output.2)! - Double(cells[0].output.2)! - 26 * Double(target)) < 0.1)
    }
  }
}
