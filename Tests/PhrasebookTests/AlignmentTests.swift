import Testing
import Text

@Suite("The phrasebook's gold alignments")
struct GoldAlignmentTests {
  struct Aligned {
    var english: [String]
    var french: [String]
    var links: [(source: Int, target: Int)]
  }

  private func aligned(_ split: String) throws -> [Aligned] {
    let (english, french) = (Tokenizer(language: "en"), Tokenizer(language: "fr"))
    let alignments = try Corpus.lines(split + ".align")
    let pairs = try Corpus.pairs(split)
    #expect(alignments.count == pairs.count)
    return zip(pairs, alignments).map { pair, line in
      let links = line.split(separator: " ").map { link -> (source: Int, target: Int) in
        let numbers = link.split(separator: "-").map { Int($0) ?? -1 }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : (-1, -1)
      }
      return Aligned(
        english: english.tokenize(pair.english).map(Tokenizer.surface(of:)),
        french: french.tokenize(pair.french).map(Tokenizer.surface(of:)),
        links: links)
    }
  }

  @Test("links name tokens, each once, and reach nearly every French token", arguments: ["dev", "test"])
  func links(split: String) throws {
    var (linked, total) = (0, 0)
    for sentence in try aligned(split) {
      for link in sentence.links {
        #expect(sentence.english.indices.contains(link.source), "\(sentence)")
        #expect(sentence.french.indices.contains(link.target), "\(sentence)")
      }
      let distinct = Set(sentence.links.map { [$0.source, $0.target] })
      #expect(distinct.count == sentence.links.count)
      let targets = Set(sentence.links.map(\.target)).count
      #expect(targets * 10 >= sentence.french.count * 8, "\(sentence)")
      (linked, total) = (linked + targets, total + sentence.french.count)
    }
    #expect(Double(linked) / Double(total) > 0.99)
  }

  /// Had the generator other tokens than the tokeniser, marks would be linked with words.
  @Test("a mark is linked with its like", arguments: ["dev", "test"])
  func marks(split: String) throws {
    let marks: Set<Character> = [".", "?", "!", ";", ":"]
    for sentence in try aligned(split) {
      for link in sentence.links {
        let source = sentence.english[link.source].filter { !$0.isWhitespace }
        let target = sentence.french[link.target].filter { !$0.isWhitespace }
        guard source.count == 1, marks.contains(Character(source)) else { continue }
        #expect(source == target, "\(sentence)")
      }
      #expect(sentence.links.contains { $0.target == sentence.french.count - 1 })
    }
  }

  /// Names are the same in both languages, so their links are known.
  @Test("a first name is linked with itself", arguments: ["dev", "test"])
  func names(split: String) throws {
    let names: Set<String> = ["Marie", "Paul", "Anna", "Karim", "Sophie", "Olivier", "Inès", "Victor"]
    var seen = 0
    for sentence in try aligned(split) {
      for (i, word) in sentence.english.enumerated() where names.contains(word) {
        let targets = sentence.links.filter { $0.source == i }.map { sentence.french[$0.target] }
        #expect(targets.contains(word), "\(sentence)")
        seen += 1
      }
    }
    #expect(seen > 30)
  }
}
