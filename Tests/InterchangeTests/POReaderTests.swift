import Foundation
import Interchange
import Testing

@Suite("PO reader")
struct POReaderTests {
  private let header = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

  private func found(_ text: String) throws -> [Found] { try readPO(Array(text.utf8)).map(Found.init) }

  @Test("Reads strings of several lines and all escapes; the header is no entry")
  func strings() throws {
    let text =
      header + #"""
        # a comment
        msgid ""
        "one "  "two\n"
        	"three\t\"q\" \\ \101\x42\303\251"
        msgstr "\a\b\v\f\r"
        """#
    #expect(try found(text) == [.pair("one two\nthree\t\"q\" \\ ABé", "\u{7}\u{8}\u{B}\u{C}\r")])
  }

  @Test("Skips what is fuzzy, obsolete or untranslated, with the line of its first keyword")
  func skips() throws {
    let text =
      header + """
        #: a.c:1
        #, c-format, fuzzy
        #| msgid "old"
        msgid "a"
        msgstr "b"

        msgid "c"
        msgstr ""

        #, fuzzy
        msgid "d"
        msgstr ""

        #, c-format
        msgctxt "menu"
        msgid "e"
        msgstr "f"
        #, fuzzy
        #~ msgid "g"
        #~ msgstr "h"
        #~| msgid "older"
        #~ msgid "i"
        #~ msgstr ""
        #~ "j"
        """
    let entries = try readPO(Array(text.utf8))
    #expect(
      entries == [
        .skipped(InterchangeSkip(reason: .fuzzy, source: "a", target: "b", line: 8)),
        .skipped(InterchangeSkip(reason: .untranslated, source: "c", target: nil, line: 11)),
        .skipped(InterchangeSkip(reason: .untranslated, source: "d", target: nil, line: 15)),
        .pair(InterchangePair(source: "e", target: "f", line: 19)),
        .skipped(InterchangeSkip(reason: .obsolete, source: "g", target: "h", line: 23)),
        .skipped(InterchangeSkip(reason: .obsolete, source: "i", target: "j", line: 26)),
      ])
  }

  @Test(
    "Plural forms without a header: the singular with the first, the plural with the last or the only one")
  func plurals() throws {
    let two = "msgid \"file\"\nmsgid_plural \"files\"\nmsgstr[0] \"fichier\"\nmsgstr[1] \"fichiers\"\n"
    #expect(try found(two) == [.pair("file", "fichier"), .pair("files", "fichiers")])
    let three = two + "msgstr[2] \"x\"\n"
    #expect(try found(three) == [.pair("file", "fichier"), .pair("files", "x")])
    let one = "msgid \"file\"\nmsgid_plural \"files\"\nmsgstr[0] \"ファイル\"\n"
    #expect(try found(one) == [.pair("files", "ファイル")])
    #expect(try found(two.replacing("\"fichiers\"", with: "\"\"")) == [.skipped(.incompletePlural)])
  }

  /// Reads an entry whose forms are their own numbers, and looks which went with the singular and the plural.
  private func expectForms(_ formula: String, _ count: Int, _ forms: [Int]) throws {
    let strings = (0..<count).map { "msgstr[\($0)] \"\($0)\"\n" }
    let text =
      "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=\(count); plural=\(formula);\\n\"\n\n"
      + "msgid \"file\"\nmsgid_plural \"files\"\n" + strings.joined()
    var expected: [Found] = [.pair("files", "\(forms[forms.count - 1])")]
    if forms.count > 1 { expected.insert(.pair("file", "\(forms[0])"), at: 0) }
    #expect(try found(text) == expected)
  }

  @Test(
    "Plural forms: the formula says which is of 1, and which of most other numbers",
    arguments: [
      ("(n > 1)", 2, [0, 1]),  // French
      ("0", 1, [0]),  // Japanese
      ("0", 2, [0]),
      // Russian, Welsh, Latvian, whose last form is of 0, Slovenian as it used to be, Arabic, Cornish.
      ("n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 3, [0, 2]),
      ("(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3", 4, [0, 2]),
      ("(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)", 3, [0, 1]),
      ("(n%100==1 ? 1 : n%100==2 ? 2 : n%100==3 || n%100==4 ? 3 : 0)", 4, [1, 0]),
      ("n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5", 6, [1, 4]),
      (
        """
        n == 0 ? 0 : n == 1 ? 1 : (n % 100 == 2 || n % 100 == 22 || n % 100 == 42 || n % 100 == 62 || \
        n % 100 == 82) || n % 1000 == 0 && (n % 100000 >= 1000 && n % 100000 <= 20000 || \
        n % 100000 == 40000 || n % 100000 == 60000 || n % 100000 == 80000) || n != 0 && \
        n % 1000000 == 100000 ? 2 : (n % 100 == 3 || n % 100 == 23 || n % 100 == 43 || n % 100 == 63 || \
        n % 100 == 83) ? 3 : n != 1 && (n % 100 == 1 || n % 100 == 21 || n % 100 == 41 || \
        n % 100 == 61 || n % 100 == 81) ? 4 : 5
        """, 6, [1, 5]
      ),
    ])
  func pluralFormulas(formula: String, count: Int, forms: [Int]) throws {
    try expectForms(formula, count, forms)
  }

  @Test(
    "Plural forms: operators are those of C on unsigned numbers",
    arguments: [
      "n == 1", "n\t==  1", "n + 1 == 2", "n * 3 == 3", "n / 2 ? 0 : n", "n % 1001 == 1", "!(n - 1)",
      "!!n == 1 && n < 2", "n >= 1 && n <= 1", "n > 1 || !n ? 0 : 1", "n != 1 ? 0 : 1",
      "7 - 4 - 3 + (n == 1)", "12 / 3 / 4 - (n != 1)", "n == 1 || n == 1 && 0", "n < 2 == n",
      "n == 1 ? 1 : n && 0 / n",
    ])
  func pluralOperators(formula: String) throws {
    try expectForms(formula, 2, [1, 0])
  }

  @Test(
    "Plural forms: of a formula that makes no sense, the first is of 1 and the last of most numbers",
    arguments: [
      "EXPRESSION", "", " ", "n == 1 ?", "(n == 1", "n == 1)", "n = 1", "n ! = 1", "n & 1", "-n", "1 / n",
      "n % 0 == 1", "n == 1 ? 2 : 0", "n == 1 ? 1", "n == 1 : 0", "n == 1 1", "m == 1", "é",
      "99999999999999999999 * 0 + (n == 1)",
    ])
  func brokenPluralFormulas(formula: String) throws {
    try expectForms(formula, 2, [0, 1])
  }

  @Test("Plural forms: a formula nests, but not without end")
  func pluralNesting() throws {
    let (open, close) = (String(repeating: "(", count: 140), String(repeating: ")", count: 140))
    try expectForms("\(open)n == 1\(close)", 2, [1, 0])
    for (part, end) in [("(", ""), ("!", "n"), ("0 + ", "(n == 1)"), ("n == 1 ? 1 : ", "0")] {
      try expectForms(String(repeating: part, count: 10_000) + end, 2, [0, 1])
    }
  }

  @Test("Plural forms: a header of another number of forms says nothing of an entry")
  func otherPluralCount() throws {
    let text = """
      msgid ""
      msgstr "Plural-Forms: nplurals=3; plural=n==1 ? 2 : 0;\\n"

      msgid "file"
      msgid_plural "files"
      msgstr[0] "fichier"
      msgstr[1] "fichiers"

      """
    #expect(try found(text) == [.pair("file", "fichier"), .pair("files", "fichiers")])
  }

  @Test("Blank lines may stand inside an entry, as for msgfmt")
  func blankLines() throws {
    let text =
      header + """
        msgid "a"

        msgstr ""

        "b"
        \u{20}
        msgid "c"
        msgid_plural "d"
        msgstr[0] "x"

        msgstr[1] "y"


        # e
        msgid "e"
        msgstr "f"
        """
    #expect(
      try readPO(Array(text.utf8)) == [
        .pair(InterchangePair(source: "a", target: "b", line: 5)),
        .pair(InterchangePair(source: "c", target: "x", line: 11)),
        .pair(InterchangePair(source: "d", target: "y", line: 11)),
        .pair(InterchangePair(source: "e", target: "f", line: 19)),
      ])
  }

  @Test("A mark, CRLF, gzip, no blank lines and no last line end do no harm")
  func forms() throws {
    let text = header + "msgid \"a\"\nmsgstr \"é\"\nmsgid \"b\"\nmsgstr\"c\""
    let expected: [Found] = [.pair("a", "é"), .pair("b", "c")]
    let bytes = Array(text.utf8)
    #expect(try readPO(bytes).map(Found.init) == expected)
    #expect(try readPO([0xEF, 0xBB, 0xBF] + bytes).map(Found.init) == expected)
    #expect(try readPO(Array(text.replacing("\n", with: "\r\n").utf8)).map(Found.init) == expected)
    #expect(try readPO(gzip(bytes)).map(Found.init) == expected)
    #expect(try readPO(bytes, chunkSize: 1).map(Found.init) == expected)
    #expect(try found("") == [])
    #expect(try found("# only a comment\n\n#~ \n") == [])
  }

  @Test("Reads the header's encoding, and knows bytes from characters in it")
  func charsets() throws {
    func catalogue(_ charset: String) -> String { header.replacing("UTF-8", with: charset) }
    let latin =
      Array(catalogue("ISO-8859-15").utf8) + Array("msgid \"a\"\nmsgstr \"".utf8) + [0xE9, 0xA4]
      + Array("\\351\"\n".utf8)
    #expect(try readPO(latin).map(Found.init) == [.pair("a", "é€é")])
    // The second byte of this character is a backslash in ASCII.
    let japanese =
      Array(catalogue("Shift_JIS").utf8) + Array("msgid \"a\"\nmsgstr \"".utf8) + [0x83, 0x5C]
      + Array("\"\n".utf8)
    #expect(try readPO(japanese).map(Found.init) == [.pair("a", "ソ")])
    #expect(try found(catalogue("CHARSET") + "msgid \"a\"\nmsgstr \"é\"\n") == [.pair("a", "é")])
    let unknown = try #require(message { _ = try found(catalogue("x-nonsense")) })
    #expect(unknown.hasPrefix("fr.po:1: ") && unknown.contains("x-nonsense"))
    let wrong = try #require(
      message {
        _ = try readPO(
          Array(header.utf8) + Array("msgid \"a\"\nmsgstr \"".utf8) + [0xE9] + Array("\"\n".utf8))
      })
    #expect(wrong.contains("UTF-8") && wrong.hasPrefix("fr.po:6:"), "\(wrong)")
    #expect(message { _ = try readPO(utf16(header)) }?.contains("UTF-16") == true)
  }

  @Test(
    "What can't be understood is an error with its line",
    arguments: [
      ("msgid \"a\"\n", 1, "no msgstr"), ("msgid \"a\nmsgstr \"b\"\n", 1, "closing quote"),
      ("msgid \"a\"\nmsgstr \"b\\q\"\n", 2, "\\q"), ("msgid \"a\"\nmsgstr \"b\\\n", 2, "closing quote"),
      ("\n\"a\"\n", 2, "without a keyword"), ("msgid \"a\"\nmsgsrt \"b\"\n", 2, "msgsrt"),
      ("msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", 2, "second msgid"), ("msgstr \"c\"\n", 1, "out of place"),
      ("msgid \"a\"\nmsgstr[0] \"c\"\n", 2, "out of place"), ("msgctxt \"a\"\n", 1, "has no msgid"),
      ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", 3, "out of place"),
      ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"\n", 3, "out of place"), ("nonsense\n", 1, "nonsense"),
    ])
  func errors(text: String, line: Int, words: String) throws {
    let fault = try #require(message { _ = try found(text) })
    #expect(fault.hasPrefix("fr.po:\(line): ") && fault.contains(words), "\(fault)")
  }
}
