import Foundation
import Testing
import Text

@Suite("Protected tokens")
struct ProtectedTests {
  private func tokens(_ text: String, _ language: String = "en") -> String {
    Tokenizer.line(of: Tokenizer(language: language).tokenize(text))
  }

  @Test("Addresses stay whole, without the punctuation of the sentence")
  func addresses() {
    #expect(tokens("See https://example.org/a?b=c&d=%20#e.") == "See https://example.org/a?b=c&d=%20#e ￭.")
    #expect(tokens("(http://x.org/y_(z))") == "(￭ http://x.org/y_(z) ￭)")
    #expect(tokens("http://x.org/[a](b)]).,") == "http://x.org/[a](b) ￭] ￭) ￭. ￭,")
    #expect(tokens("«\u{A0}www.été.fr\u{A0}»") == "«\u{A0}￭ www.été.fr ￭\u{A0}»")
    #expect(tokens("见http://x.cn/路。", "zh") == "见 ￭http://x.cn/￭ 路 ￭。")
    #expect(tokens("to jean.dupont+x@mail.example.org, now") == "to jean.dupont+x@mail.example.org ￭, now")
    #expect(tokens("a@b x@y.1") == "a ￭@￭ b x ￭@￭ y ￭.￭ 1")
    #expect(tokens("http:// www. b") == "http ￭: ￭/ ￭/ www ￭. b")
  }

  @Test(
    "Placeholders stay whole",
    arguments: [
      "%s", "%d", "%1$s", "%(name)s", "%-10.3f", "%lu", "%@", "%{count}", "%1", "%L2", "{0}", "{}", "{name}",
      "{name!r:>8}", "{{name}}", "${x}", "{a.b[0]}", "%.*f",
    ])
  func placeholders(text: String) {
    #expect(tokens("a \(text).") == "a \(text) ￭.")
    #expect(tokens("'\(text)'s") == "'￭ \(text) ￭'￭ s")
    #expect(tokens("\(text)%1") == "\(text) ￭%1")
  }

  @Test("Templates' placeholders stay whole with the spaces in them, and braces around more are text")
  func templates() {
    #expect(tokens("a {{ name }}.") == "a {{￮_name￮_}} ￭.")
    #expect(tokens("a {{ user.name  }} b").split(separator: " ").count == 3)
    #expect(tokens("a {{ two words }} b").split(separator: " ").count > 4)
  }

  @Test("What looks like a placeholder and is none is parted")
  func noPlaceholders() {
    #expect(tokens("50% of") == "50 ￭% of")
    #expect(tokens("50%de") == "50 ￭%￭ de")
    #expect(tokens("%%s") == "% ￭%￭ s")
    #expect(tokens("{ a }") == "{ a }")
    #expect(tokens("%01") == "%￭ 01")
  }

  @Test("Tags and entities stay whole, with the spaces inside them")
  func markup() {
    #expect(tokens("a <b>bold</b>, <br/>") == "a <b>￭ bold ￭</b> ￭, <br/>")
    #expect(tokens("<a href=\"x y\" id=z>link</a>") == "<a￮_href=\"x￮_y\"￮_id=z>￭ link ￭</a>")
    #expect(tokens("R&amp;D &#160; &#xA0;") == "R ￭&amp;￭ D &#160; &#xA0;")
    #expect(tokens("a < b and c > d") == "a < b and c > d")
    #expect(tokens("1 <b and c> 2") == "1 <￭ b and c ￭> 2")
    #expect(tokens("<s>") == "<￭ s ￭>")  // a special symbol of vocabularies
  }

  @Test("Numbers in groups stay whole")
  func numbers() {
    #expect(tokens("10\u{202F}000\u{A0}€", "fr") == "10\u{202F}000 ￭\u{A0} ￭€")
    #expect(tokens("1\u{A0}234\u{A0}567,89.", "fr") == "1\u{A0}234\u{A0}567,89 ￭.")
    #expect(tokens("3.14, 1,000 et 10:30.") == "3.14 ￭, 1,000 et 10:30 ￭.")
    #expect(tokens("1234\u{A0}567", "fr") == "1234 ￭\u{A0}￭ 567")
    #expect(
      tokens("1\u{A0}000\u{A0}000a 2\u{A0}000", "fr") == "1 ￭\u{A0}￭ 000 ￭\u{A0}￭ 000a 2\u{A0}000")
  }

  @Test("Long runs of what is not protected after all are looked through once", .timeLimit(.minutes(1)))
  func longRuns() {
    let count = 100_000
    let tokenizer = Tokenizer(language: "en")
    let brackets = tokenizer.tokenize("http://x" + String(repeating: ")", count: count))
    #expect(brackets.first == "http://x" && brackets.count == count + 1)
    let groups = tokenizer.tokenize("1" + String(repeating: "\u{A0}000", count: count) + "a")
    #expect(groups.count == 2 * count + 1)
  }

  @Test("Classes can be switched off, and lower case leaves protected tokens alone")
  func classes() {
    let some = Tokenizer(language: "en", letterCase: .keep, protected: [.tag])
    #expect(some.tokenize("<b>%s") == ["<b>", "￭%￭", "s"])
    let lower = Tokenizer(language: "en", lowercase: true)
    #expect(lower.tokenize("Hi {Name} AND HTTP://X.org/A") == ["hi", "{Name}", "and", "HTTP://X.org/A"])
  }

  // MARK: - Copying

  private static let pairs = [
    ("Open %s in 1987, see http://a.org/b.", "Ouvrez %s en 1987, voir http://a.org/b."),
    ("The <b>file</b> %(name)s is new.", "Le <b>fichier</b> %(name)s est nouveau."),
    ("Two of 12", "Deux de 13"), ("Only here %d", "Rien ici"),
  ]

  private func codecs(
    kind: SubwordKind = .bpe, letterCase: LetterCase = .keep
  ) throws -> (source: TextCodec, target: TextCodec) {
    let configurations = ["en", "fr"].map {
      TextConfiguration(language: $0, letterCase: letterCase, kind: kind)
    }
    var counters = configurations.map { TokenCounter(configuration: $0) }
    for (source, target) in Self.pairs {
      var (first, second) = (counters[0], counters[1])
      TokenCounter.add(source: source, target: target, to: &first, and: &second)
      counters = [first, second]
    }
    counters[0].merge(counters[1])
    let codes = kind == .bpe ? BPECodes.learn(wordCounts: counters[0].counts, merges: 20) : nil
    let vocabulary = try Vocabulary(counts: counters[0].symbolCounts(kind: kind, codes: codes))
    let codecs = configurations.map { TextCodec(configuration: $0, codes: codes, vocabulary: vocabulary) }
    return (codecs[0], codecs[1])
  }

  private func symbols(_ sentence: EncodedSentence, _ codec: TextCodec) -> [String] {
    sentence.ids.map(codec.vocabulary.symbol(for:))
  }

  @Test("What stands on both sides becomes a symbol on both, and what does not is parted")
  func training() throws {
    let (source, target) = try codecs(kind: .char)
    let encoder = PairEncoder(source: source, target: target)
    let first = encoder.encode(source: Self.pairs[0].0, target: Self.pairs[0].1)
    for (sentence, codec) in [(first.source, source), (first.target, target)] {
      let symbols = symbols(sentence, codec)
      #expect(symbols.filter { $0.hasPrefix("⦅") } == ["⦅mark⦆", "⦅num⦆", "⦅url⦆"])
      #expect(sentence.copies.map(\.kind) == [.placeholder, .number, .url])
    }
    let third = encoder.encode(source: Self.pairs[2].0, target: Self.pairs[2].1)
    #expect(third.source.copies.isEmpty && third.target.copies.isEmpty)
    let fourth = encoder.encode(source: Self.pairs[3].0, target: Self.pairs[3].1)
    #expect(fourth.source.copies.isEmpty)
    // Nor does BPE-dropout bring symbols for what stands on one side.
    let pieces = try codecs()
    let drawing = PairEncoder(source: pieces.source, target: pieces.target)
    var generator = SystemRandomNumberGenerator()
    for pair in Self.pairs {
      let count = drawing.encode(source: pair.0, target: pair.1).source.copies.count
      #expect((count > 0) == pair.0.hasSuffix("."))
      let (left, right) = drawing.encode(
        source: pair.0, target: pair.1, dropout: 0.5, using: &generator)
      #expect(left.copies.count == count && right.copies.count == count, "\(pair)")
      #expect(pieces.source.decode(left.ids, from: left).text == pair.0)
    }
    let several = encoder.encode(source: "%s %d %s %s", target: "%s or %s")
    #expect(several.source.copies.map(\.token) == [0, 2] && several.target.copies.map(\.token) == [0, 2])
    // With nothing to compare it to, all that can be copied is.
    #expect(source.encode(Self.pairs[3].0).copies.map(\.kind) == [.placeholder])
    #expect(!source.encode("Two 7").ids.contains(source.vocabulary.id(of: "⦅num⦆")))
  }

  /// An encoder that gives lessons, with a vocabulary of the characters of some pairs.
  private func lessons(
    for pairs: [(String, String)], protected: Set<ProtectedClass>
  ) throws -> (teacher: PairEncoder, codecs: (source: TextCodec, target: TextCodec)) {
    let configurations = ["en", "fr"].map {
      TextConfiguration(language: $0, letterCase: .keep, protected: protected, kind: .char)
    }
    var first = TokenCounter(configuration: configurations[0])
    var second = TokenCounter(configuration: configurations[1])
    for (source, target) in pairs {
      TokenCounter.add(source: source, target: target, to: &first, and: &second)
    }
    first.merge(second)
    let vocabulary = try Vocabulary(counts: first.symbolCounts(kind: .char, codes: nil))
    let codecs = configurations.map { TextCodec(configuration: $0, codes: nil, vocabulary: vocabulary) }
    return (PairEncoder(source: codecs[0], target: codecs[1], givesLessons: true), (codecs[0], codecs[1]))
  }

  @Test(
    "From a corpus without protected tokens a model learns to copy them, in a tenth of the pairs with a shared word"
  )
  func lessons() throws {
    let names = (0..<3_000).map { number in
      // Letters alone: the digits in base 26 as a to z.
      "N"
        + String(number, radix: 26).unicodeScalars.map { digit in
          String(UnicodeScalar(UInt8(digit.value < 58 ? digit.value + 49 : digit.value + 10)))
        }.joined()
    }
    let pairs =
      names.map { ("\($0) sees a dog.", "\($0) voit un chien.") } + names.map { ("He saw \($0).", "Vu.") }
    let (teacher, codecs) = try lessons(for: pairs, protected: Set(ProtectedClass.allCases))
    let vocabulary = codecs.source.vocabulary
    let plain = PairEncoder(source: codecs.source, target: codecs.target)
    var kinds: [ProtectedClass: Int] = [:]
    for (place, (source, target)) in pairs.enumerated() {
      let (from, to) = teacher.encode(source: source, target: target)
      #expect(from.copies.map(\.kind) == to.copies.map(\.kind))
      #expect(from.copies.isEmpty || place < names.count, "nothing is shared there")
      for copy in from.copies { kinds[copy.kind, default: 0] += 1 }
      #expect(!from.ids.contains(Vocabulary.unknown) && !to.ids.contains(Vocabulary.unknown))
      #expect(plain.encode(source: source, target: target).source.copies.isEmpty)
      #expect(teacher.encode(source: source, target: target).source == from)
    }
    // A pair of tags is two.
    let lessons = kinds.values.reduce(0, +) - (kinds[.tag] ?? 0) / 3
    #expect((200...420).contains(lessons), "\(kinds)")
    for kind in ProtectedClass.allCases { #expect((kinds[kind] ?? 0) > 15, "\(kind): \(kinds)") }
    for symbol in ["⦅mark⦆", "⦅url⦆", "⦅tag⦆￭", "￭⦅tag⦆", "⦅tag⦆", "⦅mail⦆", "⦅ent⦆", "⦅num⦆"] {
      #expect(vocabulary.contains(symbol), "\(symbol)")
    }
  }

  @Test("A lesson takes the first word that stands once on each side")
  func lessonWord() throws {
    let pairs = (2..<302).map {
      ("so \(String(repeating: "x", count: $0)) so Paul Anna Rome", "so Rome Anna Paul Paul")
    }
    let teacher = try lessons(for: pairs, protected: [.placeholder]).teacher
    let lessons = pairs.map { teacher.encode(source: $0.0, target: $0.1) }
      .filter { !$0.source.copies.isEmpty }
    #expect(lessons.count > 10)
    #expect(
      lessons.allSatisfy { $0.source.copies.map(\.token) == [4] && $0.target.copies.map(\.token) == [2] })
  }

  @Test("The vocabulary has symbols for classes that were copied, with their joiners")
  func vocabulary() throws {
    let vocabulary = try codecs().source.vocabulary
    for symbol in ["⦅mark⦆", "⦅url⦆", "⦅tag⦆￭", "￭⦅tag⦆", "⦅tag⦆"] { #expect(vocabulary.contains(symbol)) }
    #expect(!vocabulary.contains("⦅mail⦆") && !vocabulary.contains("⦅ent⦆"))
    #expect(vocabulary.count(of: vocabulary.id(of: "⦅mark⦆")) == 4)
  }

  @Test("A translation gets the source's tokens", arguments: [LetterCase.keep, .feature])
  func copies(letterCase: LetterCase) throws {
    let (source, target) = try codecs(letterCase: letterCase)
    let sentence = source.encode("Open %d, see http://new.org.")
    let ids = PairEncoder(source: source, target: target).encode(
      source: Self.pairs[0].0, target: Self.pairs[0].1
    ).target.ids
    let decoded = target.decode(ids, from: sentence)
    #expect(decoded.text == "Ouvrez %d en 1987, voir http://new.org.")
    #expect(decoded.tokenIndex.count == ids.count)
    #expect(source.protectedTokens(of: "Open %d %d <b>", missingIn: "Ouvrez %d") == ["%d", "<b>"])
    #expect(source.protectedTokens(of: "Open 12", missingIn: "Ouvrez").isEmpty)
    // Without a source the symbols are shown; with one that has fewer of them they are left out.
    #expect(target.decode(ids).text.contains("⦅mark⦆"))
    let fewer = target.decode(ids, from: source.encode("Open")).text
    #expect(fewer.hasPrefix("Ouvrez en 1987") && !fewer.contains("⦅"))
  }

  @Test("Attention says which of several is meant, and order does where it can't")
  func order() throws {
    let (source, target) = try codecs()
    let sentence = source.encode("%(a)s %(b)s <b>x</b>")
    let mark = target.vocabulary.id(of: "⦅mark⦆")
    let tag = target.vocabulary.id(of: "⦅tag⦆")
    func weights(_ token: Int, _ weight: Float) -> SourceWeights {
      SourceWeights(sentence.tokenIndex.map { $0 == token ? weight : 0.1 } + [0])
    }
    let ids = [mark, mark]
    #expect(target.decode(ids, from: sentence).text == "%(a)s %(b)s")
    #expect(
      target.decode(ids, from: sentence, attention: [weights(1, 0.9), weights(0, 0.9)]).text
        == "%(b)s %(a)s")
    #expect(
      target.decode(ids, from: sentence, attention: [weights(1, 0.15), weights(0, 0.9)]).text
        == "%(a)s %(b)s")
    #expect(
      target.decode([tag, tag], from: sentence, attention: [weights(4, 0.9), weights(2, 0.9)]).text
        == "<b> </b>")
  }

  @Test("A model without the symbols goes on as before")
  func oldModels() throws {
    let json = #"{"kind":"word","language":"en","lowercase":true,"normalizer":{"form":"nfc"}}"#
    let configuration = try JSONDecoder().decode(TextConfiguration.self, from: Data(json.utf8))
    #expect(configuration.protected.isEmpty)
    #expect(configuration.letterCase == .lower)
    let vocabulary = try Vocabulary(symbols: ["%￭", "s", "⦅"])
    let codec = TextCodec(configuration: configuration, codes: nil, vocabulary: vocabulary)
    #expect(codec.encode("%S ⦅").ids == [4, 5, 6])
    // Protected, but without a symbol: unknown as a whole, so that attention copies it.
    let modern = TextCodec(
      configuration: TextConfiguration(language: "en", kind: .char), codes: nil, vocabulary: vocabulary)
    let sentence = modern.encode("%s")
    #expect(sentence.ids == [Vocabulary.unknown])
    #expect(
      modern.decode([Vocabulary.unknown], from: sentence, attention: [SourceWeights([0.9, 0.1])]).text == "%s"
    )
  }

  @Test("All of it is recorded")
  func coding() throws {
    let configuration = TextConfiguration(
      language: "fr", normalizer: Normalizer(form: .nfkc, rules: [.quotes, .dashes]), letterCase: .feature,
      protected: [.url, .tag], kind: .char)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(TextConfiguration.self, from: data) == configuration)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains(#""rules":["dashes","quotes"]"#) && text.contains(#""protected":["tags","urls"]"#))
  }
}
