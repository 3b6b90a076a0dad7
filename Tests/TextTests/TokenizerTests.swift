import Testing
import Text

@Suite("Tokenizer")
struct TokenizerTests {
  /// Tokens of one line in a language, as the filter prints them.
  private func tokens(_ text: String, _ language: String = "fr") -> String {
    Tokenizer.line(of: Tokenizer(language: language).tokenize(text))
  }

  @Test("Punctuation is joined on the side where no space stood")
  func punctuation() {
    #expect(tokens("Hello, John!", "en") == "Hello ￭, John ￭!")
    #expect(tokens("(oui) \"non\"") == "(￭ oui ￭) \"￭ non ￭\"")
    #expect(tokens("Quoi ?!") == "Quoi ? ￭!")
    #expect(tokens("a - b") == "a - b")
  }

  @Test("Hyphens part words")
  func hyphens() {
    #expect(tokens("est-ce que") == "est ￭-￭ ce que")
    #expect(tokens("parle-t-il") == "parle ￭-￭ t ￭-￭ il")
  }

  @Test("A French apostrophe belongs to the word before it")
  func frenchApostrophe() {
    #expect(tokens("l'homme qu'il") == "l'￭ homme qu'￭ il")
    #expect(tokens("aujourd’hui") == "aujourd’￭ hui")
    #expect(tokens("'oui'") == "'￭ oui ￭'")
    #expect(tokens("l'1 et 5'10") == "l'￭ 1 et 5 ￭'￭ 10")
  }

  @Test("An English apostrophe belongs to what follows it")
  func englishApostrophe() {
    #expect(tokens("don't John's", "en") == "don ￭'t John ￭'s")
    #expect(tokens("rock'n'roll", "en-GB") == "rock ￭'n ￭'roll")
    #expect(tokens("the dogs' 'tis 1990's", "en") == "the dogs ￭' '￭ tis 1990 ￭'s")
  }

  @Test("An apostrophe can be a letter of the word")
  func innerApostrophe() {
    #expect(tokens("п'ять", "uk") == "п'ять")
  }

  @Test("Numbers keep the separators between their digits")
  func numbers() {
    #expect(tokens("3.14, 1,000 et 10:30.") == "3.14 ￭, 1,000 et 10:30 ￭.")
    #expect(tokens("1..2 a.b v1.2b") == "1 ￭. ￭.￭ 2 a ￭.￭ b v1.2b")
  }

  @Test("No-break spaces stay with French punctuation")
  func noBreakSpaces() {
    #expect(tokens("Bonjour\u{A0}!") == "Bonjour ￭\u{A0}!")
    #expect(tokens("«\u{A0}oui\u{202F}»") == "«\u{A0}￭ oui ￭\u{202F}»")
    #expect(tokens("a\u{202F}b") == "a ￭\u{202F}￭ b")
    #expect(tokens("quoi\u{202F}?!") == "quoi ￭\u{202F}? ￭!")
  }

  @Test("Signs of the tokeniser in the text are escaped")
  func reserved() {
    #expect(tokens("a￭b ￭ ￮j") == "a ￭￮j￭ b ￮j ￮￮￭ j")
    let tokenizer = Tokenizer(language: "fr")
    #expect(tokenizer.detokenize(["a", "￭￮j￭", "b", "￮j", "￮￮￭", "j"]) == "a￭b ￭ ￮j")
  }

  @Test("Marks and joined emoji stay with what they follow")
  func clusters() {
    #expect(tokens("👨‍👩‍👧, 👍🏽!") == "👨‍👩‍👧 ￭, 👍🏽 ￭!")
    #expect(tokens("🇫🇷🇩🇪 1️⃣") == "🇫🇷 ￭🇩🇪 1️⃣")
    #expect(tokens("@@ @\u{301}") == "@ ￭@ @\u{301}")
    #expect(tokens("می\u{200C}خواهم", "fa") == "می\u{200C}خواهم")
  }

  @Test("ICU parts the words of scripts that write no spaces")
  func unspacedScripts() {
    #expect(tokens("我喜欢猫。", "zh") == "我 ￭喜欢 ￭猫 ￭。")
    #expect(tokens("猫が好きです", "ja") == "猫 ￭が ￭好き ￭です")
    #expect(tokens("ฉันรักแมว", "th") == "ฉัน ￭รัก ￭แมว")
    #expect(tokens("Tシャツを2枚", "ja") == "T ￭シャツ ￭を ￭2 ￭枚")
  }

  @Test("Lower case follows the language")
  func lowercase() {
    let text = "ISTANBUL ÇOK ΌΔΟΣ"
    #expect(Tokenizer(language: "tr", lowercase: true).tokenize(text)[0] == "ıstanbul")
    #expect(Tokenizer(language: "en", lowercase: true).tokenize(text) == ["istanbul", "çok", "όδος"])
    #expect(Tokenizer(language: "en", lowercase: true).tokenize("ABC Def") == ["abc", "def"])
  }

  @Test("Detokenising takes any tokens")
  func detokenizeAnything() {
    let tokenizer = Tokenizer(language: "en")
    #expect(tokenizer.detokenize([]) == "")
    #expect(tokenizer.detokenize(["￭", "a", "￭￭", "b", "", "c￭d", "￭"]) == "ab cd")
    #expect(tokenizer.detokenize(["￭a￭"]) == "a")
    #expect(tokenizer.detokenize(["x￮", "￮"]) == "x￮ ￮")
  }

  @Test("A surface has no joiners")
  func surface() {
    #expect(Tokenizer.surface(of: "￭,") == ",")
    #expect(Tokenizer.surface(of: "l'￭") == "l'")
    #expect(Tokenizer.surface(of: "￭￮j￭") == "￭")
    #expect(DecodedSentence.surface(of: "￭-￭") == "-")
    #expect(EncodedSentence.surface(of: "mot") == "mot")
  }

  @Test("A line parts at every space, before a combining mark too")
  func lines() {
    let tokens = ["a", "\u{301}b", "￭\u{A0}!"]
    let line = Tokenizer.line(of: tokens)
    #expect(Tokenizer.tokens(inLine: line).map { Array($0.utf8) } == tokens.map { Array($0.utf8) })
    #expect(Tokenizer.tokens(inLine: "").isEmpty)
    for tokens in [tokens, [], ["a"], [String(repeating: "é", count: 99), "b"]] {
      var bytes: [UInt8] = [0x2D]
      Tokenizer.append(tokens, to: &bytes)
      #expect(bytes == [0x2D] + Array(Tokenizer.line(of: tokens).utf8))
    }
  }

  @Test("White space that the normaliser would have removed parts tokens all the same")
  func unnormalised() {
    #expect(Tokenizer(language: "en").tokenize("\ta\u{2003}b\r\n") == ["a", "b"])
  }
}
