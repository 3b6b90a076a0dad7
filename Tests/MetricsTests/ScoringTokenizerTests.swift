import TranslationMetrics
import Testing

@Suite("The tokenisers of BLEU")
struct ScoringTokenizerTests {
  static let golden: [(ScoringTokenizer, Int, [String])] = [
    (.none, 1, ["La", "gare", "est", "loin", "d’ici,", "prenez", "le", "bus."]),
    (.none, 2, ["Il", "a", "payé", "1,250.50", "€", "le", "3-4", "mai."]),
    (.none, 3, ["«", "Oui", "»,", "dit-elle,", "«", "demain", "!", "»"]),
    (.none, 4, ["Tom", "&amp;", "Jerry", "disent", "&quot;non&quot;", "&lt;b&gt;"]),
    (.none, 5, ["我今天在车站看见一只黑猫。"]),
    (.none, 7, ["Bravo", "👏🏽👏", "pour", "le", "but", "⚽!"]),
    (.none, 11, ["un", "deux", "trois"]),
    (.none, 15, ["½", "tasse,", "2²", "=", "4", "&", "Ⅳ", "+", "x_1", "~", "5%"]),
    (.none, 16, ["<skipped>Fin", "-", "ou", "presque", "-", "de", "l'histoire..."]),
    (.none, 17, ["𠀀𠀁", "et", "漢字"]),
    (.mteval13a, 1, ["La", "gare", "est", "loin", "d’ici", ",", "prenez", "le", "bus", "."]),
    (.mteval13a, 2, ["Il", "a", "payé", "1,250.50", "€", "le", "3", "-", "4", "mai", "."]),
    (.mteval13a, 3, ["«", "Oui", "»", ",", "dit-elle", ",", "«", "demain", "!", "»"]),
    (.mteval13a, 4, ["Tom", "&", "Jerry", "disent", "\"", "non", "\"", "<", "b", ">"]),
    (.mteval13a, 5, ["我今天在车站看见一只黑猫。"]),
    (.mteval13a, 7, ["Bravo", "👏🏽👏", "pour", "le", "but", "⚽", "!"]),
    (.mteval13a, 11, ["un", "deux", "trois"]),
    (.mteval13a, 15, ["½", "tasse", ",", "2²", "=", "4", "&", "Ⅳ", "+", "x", "_", "1", "~", "5", "%"]),
    (.mteval13a, 16, ["Fin", "-", "ou", "presque", "-", "de", "l'histoire", ".", ".", "."]),
    (.mteval13a, 17, ["𠀀𠀁", "et", "漢字"]),
    (.intl, 1, ["La", "gare", "est", "loin", "d", "’", "ici", ",", "prenez", "le", "bus", "."]),
    (.intl, 2, ["Il", "a", "payé", "1,250.50", "€", "le", "3-4", "mai", "."]),
    (.intl, 3, ["«", "Oui", "»", ",", "dit", "-", "elle", ",", "«", "demain", "!", "»"]),
    (
      .intl, 4,
      [
        "Tom", "&", "amp", ";", "Jerry", "disent", "&", "quot", ";", "non", "&", "quot", ";", "&", "lt", ";",
        "b", "&", "gt", ";",
      ]
    ),
    (.intl, 5, ["我今天在车站看见一只黑猫", "。"]),
    (.intl, 7, ["Bravo", "👏", "🏽", "👏", "pour", "le", "but", "⚽", "!"]),
    (.intl, 11, ["un", "deux", "trois"]),
    (.intl, 15, ["½", "tasse", ",", "2²", "=", "4", "&", "Ⅳ", "+", "x", "_", "1", "~", "5%"]),
    (
      .intl, 16,
      ["<", "skipped", ">", "Fin", "-", "ou", "presque", "-", "de", "l", "'", "histoire", ".", ".", "."]
    ),
    (.intl, 17, ["𠀀𠀁", "et", "漢字"]),
    (
      .char, 1,
      [
        "L", "a", "g", "a", "r", "e", "e", "s", "t", "l", "o", "i", "n", "d", "’", "i", "c", "i", ",", "p",
        "r", "e", "n", "e", "z", "l", "e", "b", "u", "s", ".",
      ]
    ),
    (
      .char, 2,
      [
        "I", "l", "a", "p", "a", "y", "é", "1", ",", "2", "5", "0", ".", "5", "0", "€", "l", "e", "3", "-",
        "4", "m", "a", "i", ".",
      ]
    ),
    (
      .char, 3,
      [
        "«", "O", "u", "i", "»", ",", "d", "i", "t", "-", "e", "l", "l", "e", ",", "«", "d", "e", "m", "a",
        "i", "n", "!", "»",
      ]
    ),
    (
      .char, 4,
      [
        "T", "o", "m", "&", "a", "m", "p", ";", "J", "e", "r", "r", "y", "d", "i", "s", "e", "n", "t", "&",
        "q", "u", "o", "t", ";", "n", "o", "n", "&", "q", "u", "o", "t", ";", "&", "l", "t", ";", "b", "&",
        "g", "t", ";",
      ]
    ),
    (.char, 5, ["我", "今", "天", "在", "车", "站", "看", "见", "一", "只", "黑", "猫", "。"]),
    (
      .char, 7,
      ["B", "r", "a", "v", "o", "👏", "🏽", "👏", "p", "o", "u", "r", "l", "e", "b", "u", "t", "⚽", "!"]
    ),
    (.char, 11, ["u", "n", "d", "e", "u", "x", "t", "r", "o", "i", "s"]),
    (
      .char, 15,
      ["½", "t", "a", "s", "s", "e", ",", "2", "²", "=", "4", "&", "Ⅳ", "+", "x", "_", "1", "~", "5", "%"]
    ),
    (
      .char, 16,
      [
        "<", "s", "k", "i", "p", "p", "e", "d", ">", "F", "i", "n", "-", "o", "u", "p", "r", "e", "s", "q",
        "u", "e", "-", "d", "e", "l", "'", "h", "i", "s", "t", "o", "i", "r", "e", ".", ".", ".",
      ]
    ),
    (.char, 17, ["𠀀", "𠀁", "e", "t", "漢", "字"]),
    (.zh, 1, ["La", "gare", "est", "loin", "d", "’", "ici", ",", "prenez", "le", "bus", "."]),
    (.zh, 2, ["Il", "a", "payé", "1,250.50", "€", "le", "3", "-", "4", "mai", "."]),
    (.zh, 3, ["«", "Oui", "»", ",", "dit-elle", ",", "«", "demain", "!", "»"]),
    (
      .zh, 4,
      [
        "Tom", "&", "amp", ";", "Jerry", "disent", "&", "quot", ";", "non", "&", "quot", ";", "&", "lt", ";",
        "b", "&", "gt", ";",
      ]
    ),
    (.zh, 5, ["我", "今", "天", "在", "车", "站", "看", "见", "一", "只", "黑", "猫", "。"]),
    (.zh, 7, ["Bravo", "👏🏽👏", "pour", "le", "but", "⚽", "!"]),
    (.zh, 11, ["un", "deux", "trois"]),
    (.zh, 15, ["½", "tasse", ",", "2²", "=", "4", "&", "Ⅳ", "+", "x", "_", "1", "~", "5", "%"]),
    (.zh, 16, ["<", "skipped", ">", "Fin", "-", "ou", "presque", "-", "de", "l'histoire", ".", ".", "."]),
    (.zh, 17, ["𠀀𠀁", "et", "漢", "字"]),
  ]

  @Test("lines of the corpus are cut as sacreBLEU cuts them", arguments: golden)
  func lines(tokenizer: ScoringTokenizer, line: Int, words: [String]) {
    let cut = tokenizer.tokenize(Corpus.hypotheses[line])
    #expect(cut.map { Array($0.unicodeScalars) } == words.map { Array($0.unicodeScalars) })
  }

  @Test("a white space of Python is one here, whatever Swift thinks of it")
  func whitespace() {
    let line = "a\u{A0}b\u{202F}c\u{3000}d\u{85}e\u{1C}f\u{200B}g\u{2028}h"
    #expect(ScoringTokenizer.none.tokenize(line) == ["a", "b", "c", "d", "e", "f\u{200B}g", "h"])
    #expect(Whitespace.trimmingEnd(of: " a \t\u{A0}\u{3000}\r\n") == " a")
    #expect(Whitespace.trimmingEnd(of: "e\u{301} ") == "e\u{301}")
    #expect(Whitespace.trimmingEnd(of: " \u{2003}").isEmpty)
  }

  /// Lines that begin with `<skipped>` go through the rules one by one; without it most are cut in one pass.
  @Test("13a cuts a line in one pass as its rules do one by one", arguments: 0..<8)
  func onePass(seed: UInt64) {
    let pieces = [
      "a", "Zé", "œ", "漢", "👍", "0", "5", "12", ".", ",", "-", "'", " ", "  ", "\t", "\r", "\u{1C}", "\u{A0}",
      "\u{85}", "\u{202F}", "\u{3000}", "\u{200B}", "«", "»", "…", "!", "\"", "#", "(", "/", ":", "@", "[",
      "_",
      "{", "~", "\0", "\u{7F}", "&", "&amp;", "&quot;", "<", "<skipped>", "\n", "-\n",
    ]
    var state = seed &+ 1
    func random(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    // The last seven pieces leave a line to the rules, so most lines go without them.
    for count in 0..<3000 {
      let kinds = count % 4 == 0 ? pieces.count : pieces.count - 7
      let line = (0..<random(below: 24)).map { _ in pieces[random(below: kinds)] }.joined()
      let words = ScoringTokenizer.mteval13a.tokenize(line)
      #expect(words == ScoringTokenizer.mteval13a.tokenize("<skipped>" + line), "\(line.debugDescription)")
    }
  }

  @Test(
    "13a separates points, commas and hyphens by their neighbours",
    arguments: [
      ("1.5 1,000.25 .5 5. a.5 5.a", "1.5 1,000.25 . 5 5 . a . 5 5 . a"),
      ("(.5) 5.) 3-4 a-4 -4 3.-4 3--4 é,5", "( . 5 ) 5 . ) 3 - 4 a-4 -4 3 . -4 3 - -4 é , 5"),
      ("fin... ..5 1.,5", "fin . . . . .5 1 . , 5"),
      ("R&amp;D <skipped>x <b> &lt;", "R & D x < b > <"),
    ])
  func neighbours(line: String, words: String) {
    #expect(ScoringTokenizer.mteval13a.tokenize(line).joined(separator: " ") == words)
  }

  @Test("the names are sacreBLEU's")
  func names() {
    #expect(Set(ScoringTokenizer.allCases.map(\.rawValue)) == ["none", "13a", "intl", "zh", "char"])
  }
}
