import Testing
import Text

@Suite("Byte pair encoding")
struct BPECodesTests {
  private func words(of line: String) -> [String] {
    line.utf8.split(separator: 0x20).map { String($0)! }
  }

  private func wordCounts(_ lines: [String]) -> [ExactKey: Int] {
    var counts: [ExactKey: Int] = [:]
    for line in lines { for word in words(of: line) { counts[ExactKey(word), default: 0] += 1 } }
    return counts
  }

  @Test("The merges are those of subword-nmt for text")
  func learnsSentences() throws {
    let counts = wordCounts(lines(of: try golden("sentences.txt")))
    let codes = BPECodes.learn(wordCounts: counts, merges: 300)
    #expect(codes.text.bytes == (try golden("sentences.codes")).bytes)
  }

  @Test("The merges are those of subword-nmt where its statistics are inexact")
  func learnsSyllables() throws {
    var counts: [ExactKey: Int] = [:]
    for line in lines(of: try golden("syllables.txt")) {
      let fields = words(of: line)
      counts[ExactKey(fields[0])] = Int(fields[1])!
    }
    let codes = BPECodes.learn(wordCounts: counts, merges: 1000)
    #expect(codes.text.bytes == (try golden("syllables.codes")).bytes)
  }

  @Test(
    "The pieces are those of subword-nmt",
    arguments: [("sentences", "sentences.txt", "sentences.pieces"), ("syllables", "long.txt", "long.pieces")])
  func segments(codesName: String, textName: String, piecesName: String) throws {
    let codes = try BPECodes(parsing: golden("\(codesName).codes"))
    let segmented = lines(of: try golden(textName)).map { line in
      words(of: line).flatMap(codes.segment).joined(separator: " ")
    }
    #expect(segmented.map(\.bytes) == lines(of: try golden(piecesName)).map(\.bytes))
    for line in lines(of: try golden(textName)) {
      #expect(codes.segment(words(of: line)) == words(of: line).flatMap { codes.segment($0) })
    }
  }

  @Test("The end of a word can be a symbol of its own, as in files of version 0.1")
  func segmentsVersion01() throws {
    let text = try golden("sentences01.codes")
    let codes = try BPECodes(parsing: text)
    #expect(codes.version == .v01)
    #expect(codes.text.bytes == text.bytes)
    let segmented = lines(of: try golden("sentences.txt")).map { line in
      words(of: line).flatMap(codes.segment).joined(separator: " ")
    }
    #expect(segmented.map(\.bytes) == lines(of: try golden("sentences01.pieces")).map(\.bytes))
  }

  @Test("For the same random numbers, dropout leaves out the merges that subword-nmt leaves out")
  func dropout() throws {
    let codes = try BPECodes(parsing: golden("sentences.codes"))
    var chance = SplitMix64(seed: 2024)
    let segmented = lines(of: try golden("sentences.txt")).map { line in
      words(of: line).flatMap { codes.segment($0, dropout: 0.3, using: &chance) }.joined(separator: " ")
    }
    #expect(segmented.map(\.bytes) == lines(of: try golden("sentences.dropout")).map(\.bytes))
    for word in ["lower", "é", "", "aaaaaaaa"] {
      #expect(codes.segment(word, dropout: 0, using: &chance) == codes.segment(word))
      #expect(BPECodes.joined(codes.segment(word, dropout: 0.5, using: &chance)) == [word])
      #expect(codes.segment(word, dropout: 1, using: &chance) == BPECodes.characters.segment(word))
    }
  }

  @Test("Pieces outside a vocabulary are taken apart as subword-nmt does")
  func segmentsWithinVocabulary() throws {
    let codes = try BPECodes(parsing: golden("sentences.codes"))
    let symbols = lines(of: try golden("sentences.frequent")).map { words(of: $0)[0] }
    let vocabulary = try Vocabulary(symbols: symbols)
    let segmented = lines(of: try golden("sentences.txt")).map { line in
      words(of: line).flatMap { word in
        // subword-nmt leaves words of one scalar as they are without a look at the vocabulary.
        codes.segment(word, within: vocabulary)
      }.joined(separator: " ")
    }
    #expect(segmented.map(\.bytes) == lines(of: try golden("sentences.limited")).map(\.bytes))
  }

  @Test(
    "Merges and pieces of Multi30k are those of subword-nmt",
    .enabled(if: Corpora.exist("multi30k/train.en", "multi30k/train.fr")), arguments: [0, 1])
  func multi30k(row: Int) throws {
    let expected = words(of: lines(of: try golden("multi30k.sums"))[row])
    let text = try Corpora.lines("multi30k/train.en") + Corpora.lines("multi30k/train.fr")
    let codes = BPECodes.learn(wordCounts: wordCounts(text), merges: Int(expected[0])!)
    #expect(checksum(codes.text.utf8) == expected[1])
    var pieces: [UInt8] = []
    for line in text {
      pieces += words(of: line).flatMap(codes.segment).joined(separator: " ").utf8
      pieces.append(0x0A)
    }
    #expect(checksum(pieces) == expected[2])
  }

  @Test(
    "Merges and pieces of German and of short sentences are those of subword-nmt",
    .enabled(if: Corpora.exist("multi30k/train.de", "tatoeba-en-fr/train.fr")), arguments: [0, 1])
  func corpora(row: Int) throws {
    let expected = words(of: lines(of: try golden("corpora.sums"))[row])
    let count = Int(expected[2])!
    let text = try expected[0...1].flatMap { try Corpora.lines($0).prefix(count) }
    let codes = BPECodes.learn(wordCounts: wordCounts(text), merges: Int(expected[3])!)
    #expect(checksum(codes.text.utf8) == expected[4])
    var pieces: [UInt8] = []
    for line in text {
      pieces += words(of: line).flatMap(codes.segment).joined(separator: " ").utf8
      pieces.append(0x0A)
    }
    #expect(checksum(pieces) == expected[5])
  }

  @Test("Learning ends at rare pairs, and needs no words")
  func ends() {
    #expect(BPECodes.learn(wordCounts: [:], merges: 10) == .characters)
    #expect(BPECodes.learn(wordCounts: ["a": 9], merges: 10).merges.isEmpty)
    #expect(BPECodes.learn(wordCounts: ["ab": 1], merges: 10).merges.isEmpty)
    let one = BPECodes.learn(wordCounts: ["ab": 1], merges: 10, minimumFrequency: 1)
    #expect(one.text == "#version: 0.2\na b</w>\n")
    #expect(BPECodes.learn(wordCounts: ["ab ab": 1], merges: 10) == one)
    #expect(BPECodes.learn(wordCounts: ["abc": 5], merges: 1).merges.count == 1)
  }

  @Test("Words without merges are parted into scalars")
  func characters() {
    #expect(BPECodes.characters.segment("né") == ["n@@", "é"])
    #expect(BPECodes.characters.segment("a") == ["a"])
    #expect(BPECodes.characters.segment("") == [""])
    #expect(BPECodes.characters.segment("@@") == ["@@@", "@"])
    // These join with the character behind them, which is a mark of BPE here.
    for letter in ["\u{0D4E}", "\u{0600}", "\u{110BD}"] {
      #expect(BPECodes.joined([letter + "@@", "b"]) == [letter + "b"])
    }
    let marks = BPECodes.characters.segment("e\u{301}")
    #expect(marks.map(\.bytes) == ["e@@".bytes, "\u{301}".bytes])
  }

  @Test("Overlapping places of one pair are merged from the left")
  func overlaps() throws {
    let codes = try BPECodes(parsing: "#version: 0.2\nx x\nxx xx\n")
    #expect(codes.segment("xxxxxy") == ["xxxx@@", "x@@", "y"])
    #expect(codes.segment("xxx") == ["xx@@", "x"])
  }

  @Test("A long word costs little more than its length")
  func longWord() throws {
    let codes = try BPECodes(parsing: golden("syllables.codes"))
    var chance = SplitMix64(seed: 3)
    let letters: [Unicode.Scalar] = ["a", "a", "b", "c", "d", "é"]
    var word = ""
    for _ in 0..<100_000 { word.unicodeScalars.append(letters.randomElement(using: &chance)!) }
    let pieces = codes.segment(word)
    #expect(pieces.dropLast().allSatisfy { $0.hasSuffix("@@") })
    #expect(pieces.joined().replacing("@@", with: "") == word)
  }

  @Test("The file's text is read and written")
  func text() throws {
    let text = try golden("sentences.codes")
    let codes = try BPECodes(parsing: text)
    #expect(codes.text.bytes == text.bytes)
    #expect(try BPECodes(parsing: text.replacing("\n", with: "\r\n")) == codes)
    #expect(try BPECodes(parsing: "#version: 0.2\n") == .characters)
    // A file of version 0.1 may say so.
    for head in ["#version: 0.1\n", "#version: 0.1.0\n"] {
      #expect(try BPECodes(parsing: head + "a b\n") == BPECodes(parsing: "a b\n"))
    }
    #expect(codes != .characters)
  }

  @Test("A wrong file is named with its line")
  func errors() {
    #expect(throws: TextError.codesLine(line: 1, content: "plain text, no codes")) {
      try BPECodes(parsing: "plain text, no codes\n")
    }
    #expect(throws: TextError.codesVersion(firstLine: "")) { try BPECodes(parsing: "") }
    #expect(throws: TextError.codesVersion(firstLine: "#version: 0.3")) {
      try BPECodes(parsing: "#version: 0.3\na b\n")
    }
    #expect(throws: TextError.codesLine(line: 3, content: "b")) {
      try BPECodes(parsing: "#version: 0.2\na b\nb\n")
    }
    #expect(throws: TextError.codesLine(line: 2, content: "")) {
      try BPECodes(parsing: "#version: 0.2\n\na b\n")
    }
    #expect(TextError.codesLine(line: 3, content: "b").description.contains("line 3"))
  }
}
