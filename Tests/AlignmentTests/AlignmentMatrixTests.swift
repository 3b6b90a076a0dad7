import Alignment
import Testing

@Suite("Alignment matrices")
struct AlignmentMatrixTests {
  /// "the black cat" → "le chat noir".
  private let matrix = AlignmentMatrix(
    sourceTokens: ["the", "black", "cat"], targetTokens: ["le", "chat", "noir"],
    weights: [0.9, 0.05, 0.05, 0.1, 0.3, 0.6, 0, 0.75, 0.25])

  @Test("a cell is found by target and source")
  func cells() {
    #expect(matrix[target: 1, source: 2] == 0.6)
    #expect(matrix[target: 2, source: 1] == 0.75)
    #expect(Array(matrix.row(target: 1)) == [0.1, 0.3, 0.6])
    #expect(matrix.heaviestSource(forTarget: 2) == 1)
  }

  @Test("hard links: the heaviest source word of each target word, or all above a threshold")
  func hardLinks() {
    #expect(Pharaoh.format(matrix.hardLinks()) == "0-0 1-2 2-1")
    #expect(Pharaoh.format(matrix.hardLinks(threshold: 0.25)) == "0-0 1-1 1-2 2-1 2-2")
    #expect(matrix.hardLinks(threshold: 0.95).isEmpty)
  }

  @Test("of two as heavy the first is linked, and a row of zeros has no link")
  func ties() {
    let even = AlignmentMatrix(
      sourceTokens: ["a", "b"], targetTokens: ["x", "y"], weights: [0.5, 0.5, 0, 0])
    #expect(even.hardLinks() == [AlignmentLink(source: 0, target: 0)])
    let empty = AlignmentMatrix(sourceTokens: [], targetTokens: ["x"], weights: [])
    #expect(empty.hardLinks().isEmpty)
  }

  @Test("subwords: summed over source pieces, the mean over target pieces")
  func merging() {
    // "un@@ happy cat", "chat mal@@ heureux"
    let words = AlignmentMatrix(
      pieces: [(0, [0.125, 0.125, 0.75]), (0, [0.5, 0.25, 0.25]), (0, [0.25, 0.75])],
      sourceGroups: [0, 0, 1], targetGroups: [0, 1, 1], sourceTokens: ["unhappy", "cat"],
      targetTokens: ["chat", "malheureux"])
    #expect(words.sourceTokens == ["unhappy", "cat"])
    #expect(words.targetTokens == ["chat", "malheureux"])
    #expect(words.weights == [0.25, 0.75, 0.875, 0.125])
  }

  @Test("a piece left out gives its weight to the others of its row")
  func leftOut() {
    let words = AlignmentMatrix(
      pieces: [(0, [0.25, 0.25, 0.5]), (0, [0, 0, 1])],
      sourceGroups: [0, 1, -1], targetGroups: [0, -1], sourceTokens: ["cat", "sleeps"],
      targetTokens: ["dort", "nothing"])
    #expect(words.weights == [0.5, 0.5, 0, 0])
  }

  @Test("a row knows some of the source, each piece counts alike, and of nothing all is even")
  func partialRows() {
    let words = AlignmentMatrix(
      pieces: [(1, [3, 1]), (2, [0.5]), (0, [0, 0])], sourceGroups: [0, 1, 2], targetGroups: [0, 0, 1],
      sourceTokens: ["a", "b", "c"], targetTokens: ["x", "y"])
    #expect(words.weights == [0, 0.375, 0.625, 0.5, 0.5, 0])
  }

  @Test("JSON can be read again, and is one line")
  func json() throws {
    let text = try matrix.json()
    #expect(!text.contains("\n"))
    #expect(try AlignmentMatrix(json: text) == matrix)
    #expect(
      try AlignmentMatrix(sourceTokens: ["a/\"b\""], targetTokens: ["é"], weights: [0.123456]).json(digits: 2)
        == #"{"source":["a/\"b\""],"target":["é"],"weights":[[0.12]]}"#)
  }

  @Test(
    "JSON that is no matrix is refused",
    arguments: [
      #"{"source":["a"],"target":["b"],"weights":[[0.5,0.5]]}"#,
      #"{"source":["a"],"target":["b"],"weights":[]}"#,
      #"{"source":["a"],"target":["b"]}"#, #"{"source":"a","target":["b"],"weights":[[1]]}"#, "[", "",
    ])
  func badJSON(text: String) {
    #expect {
      try AlignmentMatrix(json: text)
    } throws: { error in
      guard case AlignmentError.malformedJSON = error else { return false }
      return "\(error)".hasPrefix("no alignment matrix: ")
    }
  }
}
