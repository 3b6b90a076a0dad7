import Testing
import Text

@Suite struct LanguageScriptsTests {
  @Test(arguments: [
    ("en", ["Latin"]), ("fr-CA", ["Latin"]), ("ru", ["Cyrillic"]), ("ja", ["Han", "Hiragana", "Katakana"]),
    ("ko", ["Han", "Hangul"]), ("sr", ["Cyrillic", "Latin"]), ("sr-Latn", ["Latin"]), ("hi", ["Devanagari"]),
    ("sr-RS", ["Cyrillic", "Latin"]), ("sr_Latn_RS", ["Latin"]), ("az-AZ", ["Cyrillic", "Latin"]),
    ("zh-TW", ["Bopomofo", "Han"]), ("yi", ["Hebrew"]), ("SR", ["Cyrillic", "Latin"]),
    ("srp", ["Cyrillic", "Latin"]), ("srp-Latn", ["Latin"]),
  ])
  func knowsTheScriptsOfALanguage(language: String, names: [String]) throws {
    #expect(try #require(LanguageScripts(language: language)).names.sorted() == names)
  }

  @Test func knowsNothingOfALanguageThatIsNone() {
    #expect(LanguageScripts(language: "xx") == nil)
    #expect(LanguageScripts(language: "klingon") == nil)
  }

  @Test func countsLettersAndNothingElse() throws {
    let russian = try #require(LanguageScripts(language: "ru"))
    let counts = russian.letterCounts("Да, 42 № — é東京 ok\u{301}!")
    #expect(counts.expected == 2)
    #expect(counts.latin == 3)
    #expect(counts.other == 2)
  }

  @Test func acceptsNamesAndCodeInsideAText() throws {
    let (russian, english) = (
      try #require(LanguageScripts(language: "ru")), try #require(LanguageScripts(language: "en"))
    )
    #expect(russian.accepts("Запустите npm install --save-dev typescript"))
    #expect(!russian.accepts("Run npm install"))
    #expect(!russian.accepts("Ελληνικά και ένα слово"))
    #expect(russian.accepts("42 %"))
    #expect(english.accepts("The word λόγος means word"))
    #expect(!english.accepts("a слово"))
  }

  @Test func countsWordsBetweenSpacesAndInside() {
    let tokenizer = Tokenizer(language: "zh")
    #expect(tokenizer.wordCount("") == 0)
    #expect(tokenizer.wordCount("  one, two\tl\u{2019}été\nfour ") == 4)
    #expect(tokenizer.wordCount("un\u{A0}deux\u{202F}trois\u{3000}quatre\u{2003}") == 4)
    #expect(tokenizer.wordCount("我喜欢北京的春天") >= 4)
    #expect(tokenizer.wordCount("ไม่มีใครรู้") >= 2)
  }
}
