import Testing
import Text

@Suite("Case as a feature")
struct CaseMarkupTests {
  private func tokens(_ text: String, _ language: String = "en") -> String {
    Tokenizer.line(of: Tokenizer(language: language, letterCase: .feature).tokenize(text))
  }

  @Test("Capitals become symbols")
  func marks() {
    #expect(tokens("Hello, John!") == "⦅C⦆ hello ￭, ⦅C⦆ john ￭!")
    #expect(tokens("I saw NEW YORK and NATO.") == "⦅C⦆ i saw ⦅U⦆ new york ⦅/U⦆ and ⦅U⦆ nato ⦅/U⦆ ￭.")
    #expect(tokens("L'ÉTÉ", "fr") == "⦅C⦆ l'￭ ⦅U⦆ été ⦅/U⦆")
    #expect(tokens("Don't") == "⦅C⦆ don ￭'t")
  }

  @Test("Tokens without letters stand inside words in capitals, small letters do not")
  func regions() {
    #expect(tokens("ICE-CREAM 24, NOW!") == "⦅U⦆ ice ￭-￭ cream 24 ￭, now ⦅/U⦆ ￭!")
    #expect(tokens("ABC def GHI") == "⦅U⦆ abc ⦅/U⦆ def ⦅U⦆ ghi ⦅/U⦆")
    #expect(tokens("I AM A DOG") == "⦅C⦆ i ⦅U⦆ am a dog ⦅/U⦆")
  }

  @Test("What the mapping can't give back stays")
  func mixed() {
    #expect(tokens("iPhone McDonald ǅ ﬁN") == "iPhone McDonald ǅ ﬁN")
    #expect(tokens("%X {Name} ABC") == "%X {Name} ⦅U⦆ abc ⦅/U⦆")
    #expect(tokens("STRASSE Straße") == "⦅U⦆ strasse ⦅/U⦆ ⦅C⦆ straße")
  }

  @Test("The language's case mapping is followed")
  func languages() {
    #expect(tokens("İzmir Irmak", "tr") == "⦅C⦆ izmir ⦅C⦆ ırmak")
    // Greek drops the accent of capitals, so that this one would not come back.
    #expect(tokens("ΌΔΟΣ", "el") == "ΌΔΟΣ")
    #expect(tokens("ΌΔΟΣ", "en") == "⦅U⦆ όδος ⦅/U⦆")
  }

  @Test("Literal brackets are not symbols")
  func literal() {
    let tokenizer = Tokenizer(language: "en", letterCase: .feature)
    for text in ["⦅C⦆ a", "⦅ ⦆⦅", "￮( ￮_ ￮j ￮￮", "⦅url⦆"] {
      #expect(tokenizer.detokenize(tokenizer.tokenize(text)).bytes == text.bytes)
    }
    #expect(tokens("⦅U⦆") == "￮(￭ ⦅C⦆ u ￭￮)")
  }

  @Test("A codec brings capitals back, and every number has its token")
  func codec() throws {
    let lines = ["Le CHAT noir dort.", "IL FAIT BEAU ! McDonald", "le chat"]
    let configuration = TextConfiguration(language: "fr", letterCase: .feature)
    var counter = TokenCounter(configuration: configuration)
    for line in lines { counter.add(line) }
    let codes = BPECodes.learn(wordCounts: counter.counts, merges: 20)
    let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: .bpe, codes: codes))
    let codec = TextCodec(configuration: configuration, codes: codes, vocabulary: vocabulary)
    #expect(counter.counts["chat"] == 2)
    for line in lines {
      let encoded = codec.encode(line)
      let decoded = codec.decode(encoded.ids)
      #expect(decoded.text.bytes == line.bytes)
      #expect(decoded.tokens == encoded.tokens)
      #expect(decoded.tokenIndex == encoded.tokenIndex)
    }
    let symbols = codec.encode("Le").ids.map(vocabulary.symbol(for:))
    #expect(symbols.first == "⦅C⦆")
    #expect(vocabulary.count(of: vocabulary.id(of: "⦅U⦆")) == 2)
    // Symbols at the end, which say nothing, still belong to a token.
    let capital = vocabulary.id(of: "⦅C⦆")
    #expect(codec.decode([capital]).tokenIndex == [0])
    #expect(codec.decode([capital]).text == "")
    #expect(codec.decode(codec.encode("le").ids + [capital]).text == "le")
    // An unknown word that is written again behind such a symbol is written once, and the symbol is of no other word.
    let source = codec.encode("漢字 le")
    let looks = [0, 0, 0, 1].map { place in
      SourceWeights(source.tokenIndex.map { $0 == place ? 0.9 : 0.1 })
    }
    let ids = [Vocabulary.unknown, capital, Vocabulary.unknown, vocabulary.id(of: "le")]
    let again = codec.decode(ids, from: source, attention: looks)
    #expect(again.text == "漢字 le" && again.tokenIndex == [0, 0, 0, 1])
  }
}
