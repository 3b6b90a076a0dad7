import Alignment
import Testing

@Suite("Alignment error rate")
struct AlignmentErrorRateTests {
  private func links(_ text: String) throws -> Set<AlignmentLink> { try Pharaoh.parse(line: text).all }

  @Test("by hand: sums over sentences before the division")
  func byHand() throws {
    let gold = try ["0-0 1-2 2p1", "0-0 1p1", "0-1"].map { try Pharaoh.parse(line: $0) }
    // Sentence 1: 3 links, 2 right, 1 sure. Sentence 2: 2 links, both right, 1 sure. Sentence 3: none.
    let hypothesis = try ["0-0 2-1 2-2", "0-0 1-1", ""].map(links)
    let rate = try AlignmentErrorRate(gold: gold, hypothesis: hypothesis)
    #expect(rate.links == 5 && rate.sureLinks == 4 && rate.sureMatches == 2 && rate.possibleMatches == 4)
    #expect(rate.precision == 0.8)
    #expect(rate.recall == 0.5)
    #expect(abs(rate.errorRate - (1 - 6.0 / 9.0)) < 1e-15)
  }

  @Test("any set between the sure and the possible links has no error")
  func perfect() throws {
    let gold = try [Pharaoh.parse(line: "0-0 1-1 2p1 2p2")]
    for text in ["0-0 1-1", "0-0 1-1 2-1", "0-0 1-1 2-1 2-2"] {
      let rate = try AlignmentErrorRate(gold: gold, hypothesis: [links(text)])
      #expect(rate.errorRate == 0 && rate.precision == 1 && rate.recall == 1)
    }
  }

  @Test("nothing right is an error rate of 1; nothing at all, of 0")
  func extremes() throws {
    let gold = try [Pharaoh.parse(line: "0-0")]
    #expect(try AlignmentErrorRate(gold: gold, hypothesis: [links("1-1")]).errorRate == 1)
    #expect(try AlignmentErrorRate(gold: gold, hypothesis: [[]]).errorRate == 1)
    #expect(AlignmentErrorRate().errorRate == 0)
  }

  @Test("different numbers of sentences are refused")
  func counts() {
    #expect(throws: AlignmentError.unequalCounts(gold: 1, hypothesis: 0)) {
      try AlignmentErrorRate(gold: [Pharaoh.Sentence()], hypothesis: [])
    }
  }
}
