import Testing
import Text

@Suite("Sentences of a line")
struct SentenceSplitterTests {
  @Test(
    "Sentences are parted, and what only looks like an end is none",
    arguments: [
      ("en", ["A dog runs.", "It is brown!", "Is it?", "Yes…"]),
      ("en", ["Mr. Smith met Dr. Brown at 5 p.m. in St. Louis.", "They talked."]),
      ("en", ["People attending a J.P. Morgan event.", "John A. Noble came."]),
      ("en", ["He said \"Go away.\"", "She went."]), ("en", ["(It is late.)", "Sleep well."]),
      ("en", ["Version 1.2 of example.com is out, e.g. for you."]), ("en", ["no end"]),
      ("en", ["1. Open the file.", "2. Save it."]), ("en", ["Well done!", "🙂 Next one."]),
      ("en", ["Well done.", "Good. 🙂 !"]),
      ("fr", ["Où es-tu ?", "Je suis là.", "« Bien. »", "M. Dupont dort."]),
      ("de", ["Das ist z.B. ein Hund.", "Er kam am 3. Mai.", "»So?«", "»Ja.«", "Er war 1990 da."]),
      ("en", ["See https://example.org/watch?v=1, www.a.org/!wow and a!b@x.org.", "Then go."]),
      ("en", ["Is it https://example.org/?", "Yes!"]),
      ("en", ["A <a title=\"One dog. Two dogs.\">dog</a> ran.", "So?"]),
      ("en", ["{n, plural, one {A file. Gone.} other {# files. Gone.}}", "Well."]),
      ("ka", ["ვინ ხარ?", "კარგი."]),
      ("en", ["Type `Go on. Now.` and ``See. This.``.", "It's `open.", "Then close."]),
      ("en", ["Two dogs run (again!) in a Yahoo! shirt.", "\"What?\" he said."]),
      ("en", ["What time is it?", "3 o'clock."]), ("ru", ["Кто там? — спросил он.", "Я здесь."]),
      ("ar", ["هل أنت هنا؟", "نعم."]),
      ("en", ["He was born in 1990.", "She is 12.", "He likes TV.", "So do I and A. Bo."]),
    ])
  func sentences(language: String, sentences: [String]) {
    let splitter = SentenceSplitter(language: language)
    #expect(splitter.parts(of: sentences.joined(separator: " ")) == sentences)
    let spaced = splitter.parts(of: " \(sentences.joined(separator: "  "))\t")
    #expect(sentences.count == 1 ? spaced.count == 1 : spaced == sentences)
  }

  @Test(
    "What sentences are made of is the text",
    arguments: ["", " A dog runs.  It is brown! \t", "« So ? » Oui."])
  func complete(text: String) {
    #expect(SentenceSplitter(language: "fr").sentences(of: text).joined() == text)
  }

  @Test("Parts have as many sentences as they may, and like numbers of them")
  func parts() {
    let splitter = SentenceSplitter(language: "en")
    let sentences = ["One.  ", "Two. ", "Three. ", "Four.\t", "Five. "].map { "Line \($0)" }
    func parts(_ count: Int, _ size: Int) -> [String] {
      splitter.parts(of: sentences.prefix(count).joined(), sentences: size)
    }
    #expect(parts(5, 1).count == 5)
    #expect(parts(5, 2) == ["Line One.", "Line Two. Line Three.", "Line Four.\tLine Five."])
    #expect(parts(5, 3) == ["Line One.  Line Two.", "Line Three. Line Four.\tLine Five."])
    #expect(parts(5, 4) == parts(5, 3))
    #expect(parts(4, 2) == ["Line One.  Line Two.", "Line Three. Line Four."])
    for size in [5, 6, .max] { #expect(parts(5, size) == [sentences.joined()], "as it came") }
  }

  @Test("Scripts without spaces have sentences as well")
  func unspaced() {
    #expect(SentenceSplitter(language: "zh").parts(of: "我们走。你好吗？好！") == ["我们走。", "你好吗？好！"])
  }

  @Test(
    "A long text without a sentence's end, or of nothing but such, is looked through once",
    .timeLimit(.minutes(1)))
  func long() {
    let splitter = SentenceSplitter(language: "en")
    for part in [
      "1. ", "Dr. ", "? ", "A. ", "» ", "« J. » ", "{ J. ", "` J. ", "{a. } ", "``` J. `` ", "? a ",
    ] {
      #expect(splitter.sentences(of: String(repeating: part, count: 100_000)).count == 1)
    }
    #expect(splitter.sentences(of: String(repeating: "Go on. ", count: 100_000)).count == 100_000)
    #expect(splitter.sentences(of: String(repeating: "« Go on. » ", count: 50_000)).count == 50_000)
  }

  @Test(
    "One sentence is the text as it came, and so is what holds none",
    arguments: ["", " ", " A dog. ", "1. 2. 3.", "…"])
  func whole(text: String) {
    #expect(SentenceSplitter(language: "en").parts(of: text) == [text])
  }
}
