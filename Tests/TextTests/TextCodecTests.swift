import Foundation
import Testing
import Text

@Suite("TextCodec")
struct TextCodecTests {
  /// A codec whose vocabulary holds all that the lines are made of.
  private func codec(
    _ lines: [String], language: String = "fr", kind: SubwordKind = .bpe, merges: Int = 200,
    lowercase: Bool = false
  ) throws -> TextCodec {
    let configuration = TextConfiguration(language: language, lowercase: lowercase, kind: kind)
    var counter = TokenCounter(configuration: configuration)
    for line in lines { counter.add(line) }
    let codes = kind == .bpe ? BPECodes.learn(wordCounts: counter.counts, merges: merges) : nil
    let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: kind, codes: codes))
    return TextCodec(configuration: configuration, codes: codes, vocabulary: vocabulary)
  }

  private let small = ["L'homme est là\u{202F}!", "l'hôtel de l'homme, est-il là ?"]

  @Test("Text comes back byte for byte when nothing is unknown", arguments: [SubwordKind.bpe, .word, .char])
  func reversible(kind: SubwordKind) throws {
    var strings = HardStrings(seed: 21)
    let raw = (0..<2000).map { _ in strings.next() }
    let codec = try codec(raw, kind: kind)
    for line in raw {
      let encoded = codec.encode(line)
      #expect(!encoded.ids.contains(Vocabulary.unknown))
      #expect(encoded.ids.count == encoded.tokenIndex.count)
      let decoded = codec.decode(encoded.ids)
      #expect(decoded.text.bytes == Normalizer()(line).bytes)
      #expect(decoded.tokens.map(\.bytes) == encoded.tokens.map(\.bytes))
      #expect(decoded.tokenIndex == encoded.tokenIndex)
    }
  }

  @Test("Each number knows its token")
  func tokenIndex() throws {
    let codec = try codec(small, kind: .char)
    let encoded = codec.encode("l'homme !")
    #expect(encoded.tokens == ["l'￭", "homme", "!"])
    #expect(encoded.tokenIndex == [0, 0, 0, 1, 1, 1, 1, 1, 2])
    #expect(encoded.ids.map(codec.vocabulary.symbol(for:)).prefix(4) == ["l@@", "'@@", "￭", "h@@"])
  }

  @Test("Special symbols are skipped, and the end is the end")
  func specialSymbols() throws {
    let codec = try codec(small, kind: .word)
    let homme = codec.vocabulary.id(of: "homme")
    let decoded = codec.decode([2, 0, homme, Vocabulary.unknown, 3, homme])
    #expect(decoded.text == "homme <unk>")
    #expect(decoded.tokens == ["homme", "<unk>"])
    #expect(decoded.tokenIndex == [0, 1])
    #expect(codec.decode([]).text == "")
    #expect(codec.decode([9999, -5]).tokens == ["<unk>", "<unk>"])
  }

  @Test("Only characters that were never seen are unknown")
  func unknown() throws {
    let codec = try codec(small)
    #expect(codec.encode("☂").ids == [Vocabulary.unknown])
    #expect(codec.encode("homme").ids.count == 1)
    // New words of letters that were seen, some of them merged wherever they stood.
    for word in ["emmoh", "h", "tilô"] {
      let ids = codec.encode(word).ids
      #expect(!ids.contains(Vocabulary.unknown))
      #expect(codec.decode(ids).text == word)
    }
    let mixed = codec.encode("hxe").ids.map(codec.vocabulary.symbol(for:))
    #expect(mixed == ["h@@", "<unk>", "e"])
    let words = try self.codec(small, kind: .word)
    #expect(words.encode("homme inconnu").ids == [words.vocabulary.id(of: "homme"), Vocabulary.unknown])
  }

  @Test("A piece that the vocabulary lacks is taken apart")
  func takesApart() throws {
    let codes = try BPECodes(parsing: "#version: 0.2\na b\nab c</w>\n")
    let vocabulary = try Vocabulary(symbols: ["a@@", "b@@", "c"])
    let codec = TextCodec(
      language: "en", normalizer: Normalizer(), lowercase: false, kind: .bpe, codes: codes,
      vocabulary: vocabulary)
    #expect(codec.encode("abc").ids == [4, 5, 6])
    #expect(codec.decode([4, 5, 6]).text == "abc")
  }

  @Test("A token cut off by the end of the numbers is kept")
  func cutOff() throws {
    let codec = try codec(small, kind: .char)
    let h = codec.vocabulary.id(of: "h@@")
    #expect(codec.decode([h, h]).text == "hh")
    #expect(codec.decode([h, Vocabulary.unknown]).tokens == ["h<unk>"])
  }

  @Test("Lower case, and codes that are missing")
  func options() throws {
    let codec = try codec(small, lowercase: true)
    #expect(codec.decode(codec.encode("L'HOMME EST LÀ").ids).text == "l'homme est là")
    let bare = TextCodec(
      language: "fr", normalizer: Normalizer(), lowercase: false, kind: .bpe, codes: nil,
      vocabulary: try Vocabulary(symbols: ["o@@", "n"]))
    #expect(bare.encode("on").ids == [4, 5])
    #expect(bare.language == "fr")
  }

  @Test("The configuration is stored as JSON and builds the same codec")
  func configuration() throws {
    let codec = try codec(small)
    let data = try JSONEncoder().encode(codec.configuration)
    let configuration = try JSONDecoder().decode(TextConfiguration.self, from: data)
    #expect(configuration == codec.configuration)
    let again = TextCodec(
      configuration: configuration, codes: try BPECodes(parsing: codec.codes!.text),
      vocabulary: try Vocabulary(parsing: codec.vocabulary.text))
    #expect(again.encode(small[1]) == codec.encode(small[1]))
  }

  @Test("With dropout, text is encoded otherwise and still comes back")
  func dropout() throws {
    let codec = try codec(small)
    var chance = SplitMix64(seed: 4)
    var lengths: Set<Int> = []
    for _ in 0..<20 {
      let encoded = codec.encode(small[1], dropout: 0.4, using: &chance)
      #expect(codec.decode(encoded.ids).text == small[1])
      lengths.insert(encoded.ids.count)
    }
    #expect(lengths.count > 1)
    #expect(codec.encode(small[1], dropout: 0, using: &chance) == codec.encode(small[1]))
  }

  @Test("Counters of parts of a corpus add up")
  func counters() {
    let configuration = TextConfiguration(language: "fr")
    var whole = TokenCounter(configuration: configuration)
    var first = TokenCounter(configuration: configuration)
    var second = TokenCounter(configuration: configuration)
    for line in small { whole.add(line) }
    first.add(small[0])
    second.add(small[1])
    first.merge(second)
    #expect(first.counts == whole.counts)
    #expect(first.sentences == 2)
    #expect(whole.counts["l'￭"] == 2)
    #expect(whole.symbolCounts(kind: .word, codes: nil) == whole.counts)
    #expect(whole.symbolCounts(kind: .char, codes: nil)["h@@"] == 3)
  }

  @Test("Many tasks use one codec")
  func concurrency() async throws {
    let codec = try codec(small)
    let expected = small.map { codec.encode($0).ids }
    let fresh = TextCodec(
      configuration: codec.configuration, codes: codec.codes, vocabulary: codec.vocabulary)
    await withTaskGroup(of: [[TokenID]].self) { group in
      for _ in 0..<16 { group.addTask { [small] in small.map { fresh.encode($0).ids } } }
      for await ids in group { #expect(ids == expected) }
    }
  }
}
