import Alignment
import Testing

@Suite("Pharaoh's form of alignments")
struct PharaohTests {
  @Test("sure and possible links, in any order, with any white space")
  func parsing() throws {
    let sentence = try Pharaoh.parse(line: "2-1  0-0\t1p2 10-11")
    #expect(
      sentence.sure == [
        AlignmentLink(source: 0, target: 0), AlignmentLink(source: 2, target: 1),
        AlignmentLink(source: 10, target: 11),
      ])
    #expect(sentence.possible == [AlignmentLink(source: 1, target: 2)])
    #expect(Pharaoh.format(sentence) == "0-0 1p2 2-1 10-11")
  }

  @Test("an empty line is a sentence without links")
  func empty() throws {
    #expect(try Pharaoh.parse(line: "") == Pharaoh.Sentence())
    #expect(Pharaoh.format([AlignmentLink]()).isEmpty)
  }

  @Test("a link that is both sure and possible is sure")
  func both() throws {
    #expect(Pharaoh.format(try Pharaoh.parse(line: "0p0 0-0")) == "0-0")
  }

  @Test("counted from 1, and back")
  func oneBased() throws {
    let sentence = try Pharaoh.parse(line: "1-1 3p2", oneBased: true)
    #expect(Pharaoh.format(sentence) == "0-0 2p1")
    #expect(Pharaoh.format(sentence, oneBased: true) == "1-1 3p2")
  }

  @Test(
    "what is no link is refused with its line", arguments: ["1", "1-", "-1", "a-b", "1-2-3", "1_2", "+1-2"])
  func malformed(word: String) {
    #expect(throws: AlignmentError.malformedLink(word, line: 7)) {
      try Pharaoh.parse(line: "0-0 \(word)", number: 7)
    }
  }

  @Test("0 is refused where places are counted from 1")
  func belowFirst() {
    let error = AlignmentError.placeOutOfRange("0-1", line: 3, first: 1)
    #expect(throws: error) { try Pharaoh.parse(line: "0-1", number: 3, oneBased: true) }
    #expect(error.description.contains("line 3") && error.description.contains("from 1"))
  }
}
