import Testing
import Text

@Suite("Vocabulary")
struct VocabularyTests {
  @Test("Numbers follow the four special symbols")
  func numbers() throws {
    let vocabulary = try Vocabulary(symbols: ["le", "la@@"])
    #expect(vocabulary.count == 6)
    #expect((0..<6).map { vocabulary.symbol(for: $0) } == ["<pad>", "<unk>", "<s>", "</s>", "le", "la@@"])
    #expect(vocabulary.id(of: "la@@") == 5)
    #expect(vocabulary.id(of: "les") == Vocabulary.unknown)
    #expect(vocabulary.id(of: "</s>") == Vocabulary.endOfSentence)
    #expect(vocabulary.symbol(for: 6) == "<unk>")
    #expect(vocabulary.symbol(for: -1) == "<unk>")
    #expect(vocabulary.contains("le") && !vocabulary.contains("les"))
  }

  @Test("Symbols compare by their scalars")
  func exactSymbols() throws {
    let vocabulary = try Vocabulary(symbols: ["\u{E9}", "e\u{301}"])
    #expect(vocabulary.id(of: "\u{E9}") == 4)
    #expect(vocabulary.id(of: "e\u{301}") == 5)
    #expect(try Vocabulary(parsing: vocabulary.text).id(of: "e\u{301}") == 5)
  }

  @Test("The file's text is read and written")
  func text() throws {
    let text = "le\t12\n￭,\t3\n\u{A0}\t0\n"
    let vocabulary = try Vocabulary(parsing: text)
    #expect(vocabulary.text == text)
    #expect(vocabulary.count(of: 4) == 12)
    #expect(vocabulary.count(of: 99) == 0)
    #expect(try Vocabulary(parsing: "le\r\nla\t3\r\n").text == "le\t0\nla\t3\n")
    #expect(try Vocabulary(parsing: "").count == 4)
  }

  @Test("The lists of subword-nmt are read and written")
  func subwordNMT() throws {
    let list = "the 12\nriv@@ 3\n\u{A0} 1\n"
    let vocabulary = try Vocabulary(parsing: list)
    #expect(vocabulary.subwordNMTText == list)
    #expect(vocabulary.count(of: vocabulary.id(of: "riv@@")) == 3)
    #expect(try vocabulary.seen(atLeast: 3).subwordNMTText == "the 12\nriv@@ 3\n")
    #expect(throws: TextError.vocabularyCount(line: 1, count: "b 2")) { try Vocabulary(parsing: "a b 2\n") }
  }

  @Test("The most frequent symbols come first, then the order of code points")
  func fromCounts() throws {
    let counts: [ExactKey: Int] = ["b": 2, "a": 2, "é": 5, "rare": 1, "</s>": 9]
    #expect(try Vocabulary(counts: counts).text == "é\t5\na\t2\nb\t2\nrare\t1\n")
    #expect(try Vocabulary(counts: counts, limit: 2).text == "é\t5\na\t2\n")
    #expect(try Vocabulary(counts: counts, minimumCount: 2).count == 7)
  }

  @Test("Symbols that are canonically equal are two")
  func composed() throws {
    let configuration = TextConfiguration(language: "fr", normalizer: Normalizer(form: .none), kind: .char)
    var counter = TokenCounter(configuration: configuration)
    counter.add("\u{212B} \u{C5} \u{C5}")
    #expect(counter.counts.count == 2)
    let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: .word, codes: nil))
    #expect(vocabulary.text.bytes == "\u{C5}\t2\n\u{212B}\t1\n".bytes)
    let codes = BPECodes.learn(wordCounts: ["a\u{212B}": 2, "a\u{C5}": 2], merges: 10)
    #expect(codes.merges.count == 2)
  }

  @Test("Some symbols come before the others, and are a vocabulary of their own")
  func first() throws {
    let counts: [ExactKey: Int] = ["b": 2, "a": 2, "é": 5, "rare": 1]
    let whole = try Vocabulary(counts: counts, limit: 3, first: ["b", "rare", "absent"])
    #expect(whole.text == "b\t2\né\t5\na\t2\n")
    #expect(try whole.prefix(5).text == "b\t2\n")
    #expect(try whole.prefix(4).count == 4)
    #expect(try whole.prefix(99) == whole)
  }

  @Test("A wrong file is named with its line")
  func errors() {
    #expect(throws: TextError.vocabularyDuplicate(line: 3, symbol: "a", firstLine: 1)) {
      try Vocabulary(parsing: "a\t2\nb\t2\na\t1\n")
    }
    #expect(throws: TextError.vocabularyReserved(line: 1, symbol: "<unk>")) {
      try Vocabulary(parsing: "<unk>\t2\n")
    }
    #expect(throws: TextError.vocabularySymbol(line: 2, symbol: "")) { try Vocabulary(parsing: "a\n\nb\n") }
    #expect(throws: TextError.vocabularySymbol(line: 1, symbol: "a\tb")) { try Vocabulary(symbols: ["a\tb"]) }
    #expect(throws: TextError.vocabularyCount(line: 1, count: "many")) { try Vocabulary(parsing: "a\tmany") }
    #expect(TextError.vocabularyCount(line: 1, count: "many").description.contains("line 1"))
  }
}
