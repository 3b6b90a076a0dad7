import Testing
import Text

/// What makes tokens trustworthy: the text can be built from them again, byte for byte.
@Suite("Reversibility")
struct ReversibilityTests {
  /// The text is built again, and no token could be mistaken in a line of tokens.
  private func check(_ normalised: String, _ tokenizer: Tokenizer) {
    let tokens = tokenizer.tokenize(normalised)
    #expect(tokenizer.detokenize(tokens).bytes == normalised.bytes, "tokens: \(tokens)")
    let isClean = tokens.allSatisfy { token in
      !token.isEmpty && !token.bytes.contains(0x20) && !token.bytes.contains(0x0A)
        && !token.hasSuffix("@@")
    }
    #expect(isClean, "tokens: \(tokens)")
    let line = Tokenizer.line(of: tokens)
    #expect(Tokenizer.tokens(inLine: line).map(\.bytes) == tokens.map(\.bytes))
  }

  /// The first text that is not built again, of so many made by chance.
  private func firstLoss(count: Int, seed: UInt64, _ tokenizer: Tokenizer, _ normalizer: Normalizer)
    -> String?
  {
    var strings = HardStrings(seed: seed)
    for _ in 0..<count {
      let text = normalizer(strings.next())
      let tokens = tokenizer.tokenize(text)
      guard tokenizer.detokenize(tokens).bytes == text.bytes else { return text }
    }
    return nil
  }

  @Test(
    "Of 100,000 strings made by chance, with all protections, case kept and as a feature",
    arguments: ["fr", "en", "ja", "uk", "tr"], [LetterCase.keep, .feature])
  func chance(language: String, letterCase: LetterCase) {
    let tokenizer = Tokenizer(language: language, letterCase: letterCase)
    let seed = UInt64(language.utf8.first!)
    #expect(firstLoss(count: 10_000, seed: seed, tokenizer, Normalizer()) == nil)
    var strings = HardStrings(seed: seed)
    for _ in 0..<500 { check(Normalizer()(strings.next()), tokenizer) }
  }

  @Test("Of strings under other rules and protections")
  func settings() {
    let rules = Normalizer(form: .nfkc, rules: Set(Normalizer.Rule.allCases))
    for protected in [[], Set<ProtectedClass>([.url, .tag]), .all] {
      for letterCase in [LetterCase.keep, .feature] {
        let tokenizer = Tokenizer(language: "fr", letterCase: letterCase, protected: protected)
        #expect(firstLoss(count: 1000, seed: 8, tokenizer, rules) == nil)
      }
    }
  }

  @Test("Of text that was not composed")
  func notComposed() {
    var strings = HardStrings(seed: 5)
    let normalizer = Normalizer(form: .none)
    for _ in 0..<2000 { check(normalizer(strings.next()), Tokenizer(language: "fr")) }
  }

  @Test("Lower case is what is built again")
  func lowercase() {
    var strings = HardStrings(seed: 6)
    let plain = Tokenizer(language: "fr")
    let lower = Tokenizer(language: "fr", lowercase: true)
    for _ in 0..<2000 {
      let once = lower.detokenize(lower.tokenize(Normalizer()(strings.next())))
      #expect(plain.detokenize(plain.tokenize(once)).bytes == once.bytes)
      #expect(Normalizer()(once).bytes == once.bytes)
    }
  }

  @Test("Tokens made by chance never stop the detokeniser")
  func anyTokens() {
    var strings = HardStrings(seed: 7)
    let tokenizer = Tokenizer(language: "fr")
    for _ in 0..<2000 {
      // Without the escape sign, no joiner can mean itself.
      let tokens = (0..<5).map { _ in
        String(String.UnicodeScalarView(strings.next().unicodeScalars.filter { $0 != "\u{FFEE}" }))
      }
      #expect(!tokenizer.detokenize(tokens).unicodeScalars.contains(Joiner.mark))
      #expect(!Tokenizer.surface(of: tokens[0]).unicodeScalars.contains(Joiner.mark))
    }
  }

  @Test(
    "Of public corpora",
    .enabled(if: Corpora.exist("multi30k/val.fr", "tatoeba-en-fr/train.fr", "wpt03-en-fr/test.fr")),
    arguments: [
      ("multi30k/val.en", "en"), ("multi30k/val.fr", "fr"), ("multi30k/val.de", "de"),
      ("tatoeba-en-fr/dev.en", "en"), ("tatoeba-en-fr/train.fr", "fr"), ("wpt03-en-fr/test.fr", "fr"),
    ])
  func corpora(name: String, language: String) throws {
    let normalizer = Normalizer()
    for letterCase in [LetterCase.keep, .feature] {
      let tokenizer = Tokenizer(language: language, letterCase: letterCase)
      for line in try Corpora.lines(name).prefix(5_000) { check(normalizer(line), tokenizer) }
    }
  }
}
