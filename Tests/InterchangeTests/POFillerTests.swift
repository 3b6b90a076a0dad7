import Foundation
import Interchange
import Testing

@Suite("PO filler")
struct POFillerTests {
  private let header =
    "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    + "\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\n"

  /// A filled file, what it came to, and what was left out.
  private func fill(
    _ bytes: [UInt8], batchSize: Int = 256,
    _ translate: ([String]) -> [String] = { $0.map { $0.uppercased() } }
  ) throws -> (bytes: [UInt8], summary: FillSummary, notes: [FillNote]) {
    var written: [UInt8] = []
    var notes: [FillNote] = []
    let summary = try POFiller(ByteSource(bytes, name: "fr.po"), targetLanguage: "fr", batchSize: batchSize)
      .run(translate: translate, write: { written += $0 }, report: { notes.append($0) })
    return (written, summary, notes)
  }

  private func filled(_ entry: String, _ translate: ([String]) -> [String] = { $0.map { $0.uppercased() } })
    throws
    -> String
  {
    let text = String(decoding: try fill(Array((header + entry).utf8), translate).bytes, as: UTF8.self)
    #expect(text.hasPrefix(header))
    return String(text.dropFirst(header.count))
  }

  @Test("What stays as it is is counted by what it is")
  func counts() throws {
    let texts = [
      "msgid \"a\"\nmsgstr \"b\"\n", "#, fuzzy\nmsgid \"c\"\nmsgstr \"d\"\n",
      "#, fuzzy\nmsgid \"e\"\nmsgstr \"\"\n", "msgid \"   \"\nmsgstr \"\"\n", "msgid \"  \"\nmsgstr \" \"\n",
    ]
    let filler = POFiller(
      ByteSource(Array(texts.joined(separator: "\n").utf8), name: "a.po"), targetLanguage: "fr")
    let summary = try filler.run(translate: { $0 }, write: { _ in }, report: { _ in })
    #expect(summary.total == 5 && summary.kept == 2 && summary.fuzzy == 1)
    #expect(summary.filled == 1 && summary.withoutSource == 1)
  }

  @Test("Fills what is empty, marks it fuzzy, and leaves all else")
  func fills() throws {
    let entry = "#: a.c:1\n#| msgid \"older\"\nmsgctxt \"m\"\nmsgid \"a cat\"\nmsgstr \"\"\n\n# end\n"
    #expect(
      try filled(entry)
        == "#: a.c:1\n#, fuzzy\n#| msgid \"older\"\nmsgctxt \"m\"\nmsgid \"a cat\"\nmsgstr \"A CAT\"\n\n# end\n"
    )
    for kept in [
      "msgid \"a\"\nmsgstr \"b\"\n", "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n",
      "#~ msgid \"a\"\n#~ msgstr \"\"\n",
      "msgid \" \"\nmsgstr \"\"\n", "  msgid  \"a\"   \nmsgstr \"x\" \"\"\n\n\n",
      "msgid \"a\"\n\nmsgstr \"\"\n\n\"b\"\n \n\nmsgid \"c\"\nmsgstr \"d\"\n",
    ] {
      #expect(try filled(kept) == kept)
    }
  }

  @Test("Joins the flags that are there")
  func flags() throws {
    let format = "#, python-format\nmsgid \"a %s\"\nmsgstr \"\"\n"
    #expect(
      try filled(format) { _ in ["b %s"] } == "#, fuzzy, python-format\nmsgid \"a %s\"\nmsgstr \"b %s\"\n")
    let fuzzy = "#, c-format, fuzzy\nmsgid \"a\"\nmsgstr \"\"\n"
    #expect(try filled(fuzzy) == "#, c-format, fuzzy\nmsgid \"a\"\nmsgstr \"A\"\n")
  }

  @Test("Keeps line ends, a missing last one, and a mark")
  func lineEnds() throws {
    let windows = Array((header + "msgid \"a\"\nmsgstr \"\"").replacing("\n", with: "\r\n").utf8)
    let result = try fill([0xEF, 0xBB, 0xBF] + windows).bytes
    let expected = (header + "#, fuzzy\nmsgid \"a\"\nmsgstr \"A\"").replacing("\n", with: "\r\n")
    #expect(result == [0xEF, 0xBB, 0xBF] + Array(expected.utf8))
  }

  @Test("A mark before the first entry stays in front, whatever comes between")
  func markWithoutHeader() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let entry = "msgid \"a\"\nmsgstr \"\"\n"
    let filled = "#, fuzzy\nmsgid \"a\"\nmsgstr \"A\"\n"
    #expect(try fill(mark + Array(entry.utf8)).bytes == mark + Array(filled.utf8))
    #expect(try fill(mark + Array("# c\n\(entry)".utf8)).bytes == mark + Array("# c\n\(filled)".utf8))
  }

  @Test("A form of 1 that is also of 21 names the number, as msgfmt demands")
  func pluralsOfMany() throws {
    let russian = header.replacing(
      "nplurals=2; plural=(n > 1)", with: "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1)")
    let entry = "#, c-format\nmsgid \"one dog\"\nmsgid_plural \"%d dogs\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
    func forms(_ header: String) throws -> Substring {
      let text = String(
        decoding: try fill(Array((header + entry).utf8)) { $0.map { $0.replacing("dog", with: "chien") } }
          .bytes, as: UTF8.self)
      return text[try #require(text.range(of: "msgstr[0]")).lowerBound...]
    }
    #expect(try forms(russian) == "msgstr[0] \"%d chiens\"\nmsgstr[1] \"%d chiens\"\n")
    #expect(try forms(header) == "msgstr[0] \"one chien\"\nmsgstr[1] \"%d chiens\"\n")
  }

  @Test("A header of lines that end as on Windows is read line by line")
  func windowsHeader() throws {
    let windows = header.replacing("\\n\"", with: "\\r\\n\"").replacing("fr", with: "de")
    #expect(throws: InterchangeError.self) { try fill(Array((windows + "msgid \"a\"\nmsgstr \"\"\n").utf8)) }
    let fitting = header.replacing("\\n\"", with: "\\r\\n\"") + "msgid \"a\"\nmsgstr \"\"\n"
    #expect(try fill(Array(fitting.utf8)).summary.filled == 1)
  }

  @Test("Plural forms: as many as the header says")
  func plurals() throws {
    let entry = "msgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
    let translate = { (lines: [String]) in lines.map { $0.replacing("file", with: "fichier") } }
    #expect(
      try filled(entry, translate)
        == "#, fuzzy\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d fichier\"\nmsgstr[1] \"%d fichiers\"\n"
    )
    let one = Array((header.replacing("nplurals=2", with: "nplurals=1") + entry).utf8)
    #expect(
      String(decoding: try fill(one, translate).bytes, as: UTF8.self).hasSuffix(
        "msgid_plural \"%d files\"\nmsgstr[0] \"%d fichiers\"\n"))
    let half = entry.replacing("msgstr[1] \"\"", with: "msgstr[1] \"x\"")
    #expect(try filled(half) == half)
    #expect(try fill(Array((header + half).utf8)).notes.map(\.reason) == [.incompletePlural])
  }

  @Test("Plural forms: the formula says which is of 1")
  func pluralFormula() throws {
    let arabic = header.replacing(
      "nplurals=2; plural=(n > 1)",
      with:
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5")
    let entry = "msgid \"file\"\nmsgid_plural \"files\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
    let forms = ["FILES", "FILE", "FILES", "FILES", "FILES", "FILES"].enumerated().map {
      "msgstr[\($0)] \"\($1)\"\n"
    }
    #expect(
      String(decoding: try fill(Array((arabic + entry).utf8)).bytes, as: UTF8.self)
        == arabic + "#, fuzzy\nmsgid \"file\"\nmsgid_plural \"files\"\n" + forms.joined())
  }

  @Test("Blank lines inside an entry stay")
  func blankLines() throws {
    let entries =
      "msgid \"a\"\n\nmsgid_plural \"as\"\nmsgstr[0] \"\"\n \nmsgstr[1] \"\"\n\n\nmsgid \"b\"\n\nmsgstr \"\"\n"
    #expect(
      try filled(entries)
        == "#, fuzzy\nmsgid \"a\"\n\nmsgid_plural \"as\"\nmsgstr[0] \"A\"\n \nmsgstr[1] \"AS\"\n\n\n"
        + "#, fuzzy\nmsgid \"b\"\n\nmsgstr \"B\"\n")
  }

  @Test("Leaves out what would break, with line and reason, and goes on")
  func leavesOut() throws {
    let entry = "msgid \"%s a\\n\"\nmsgstr \"\"\n\nmsgid \"c\"\nmsgstr \"\"\n"
    let result = try fill(Array((header + entry).utf8)) { $0.map { _ in "x" } }
    #expect(
      result.notes == [
        FillNote(line: 7, source: "%s a\n", translation: "x\n", reason: .placeholders([.lost("%s")]))
      ])
    #expect(
      String(decoding: result.bytes, as: UTF8.self) == header
        + entry.replacing(
          "msgid \"c\"\nmsgstr \"\"", with: "#, fuzzy\nmsgid \"c\"\nmsgstr \"x\""))
    #expect(result.summary.filled == 1 && result.summary.leftOut == ["placeholders or markup": 1])
    let shared = "msgid \"a\" msgstr \"\"\n"
    #expect(try fill(Array(shared.utf8)).notes.map(\.reason) == [.sharedLine])
  }

  @Test("Translates line by line, and keeps the breaks and the spaces around them")
  func lines() throws {
    var asked: [String] = []
    let entry = "msgid \"\\n  one\\ttwo \\n\\n- three\\n\"\nmsgstr \"\"\n"
    let text = try filled(entry) { lines in
      asked = lines
      return lines.map { $0.uppercased() }
    }
    #expect(asked == ["one\ttwo", "- three"])
    #expect(
      text.hasSuffix("msgstr \"\"\n\"\\n\"\n\"  ONE\\tTWO \\n\"\n\"\\n\"\n\"- THREE\\n\"\n"))
  }

  @Test("Wraps as gettext does, at 79 columns")
  func wrapping() throws {
    let words =
      "the :c:func:`PyBuffer_Release` function, a so-called “release”, is called by "
      + "(the) owner and must be a :term:`callable`; it's é 日本語 "
    let source = (words + words).trimmingCharacters(in: .whitespaces)
    let text = try filled("msgid \"\(source)\"\nmsgstr \"\"\n") { $0 }
    // What msgcat makes of it (gettext 0.21).
    #expect(
      text == #"""
        #, fuzzy
        msgid "\#(source)"
        msgstr ""
        "the :c:func:`PyBuffer_Release` function, a so-called “release”, is called by "
        "(the) owner and must be a :term:`callable`; it's é 日本語 the :c:func:"
        "`PyBuffer_Release` function, a so-called “release”, is called by (the) owner "
        "and must be a :term:`callable`; it's é 日本語"

        """#)
    let fitting = String(repeating: "x", count: 70)
    #expect(try filled("msgid \"x\"\nmsgstr \"\"\n") { _ in [fitting] }.hasSuffix("msgstr \"\(fitting)\"\n"))
    #expect(
      try filled("msgid \"x\"\nmsgstr \"\"\n") { _ in [fitting + "x"] }.hasSuffix(
        "msgstr \"\"\n\"\(fitting)x\"\n"))
  }

  @Test("Writes the file's encoding, and leaves out what it lacks")
  func charset() throws {
    let text =
      header.replacing("UTF-8", with: "ISO-8859-1") + "msgid \"a\"\nmsgstr \"\"\n\nmsgid \"b\"\nmsgstr \"\"\n"
    let result = try fill(Array(text.utf8)) { $0.map { $0 == "a" ? "é" : "œ" } }
    #expect(result.bytes.contains(0xE9) && result.summary.filled == 1)
    #expect(result.notes.map(\.reason) == [.encoding("ISO-8859-1")])
  }

  @Test("A catalogue of another language is refused")
  func language() throws {
    let other = header.replacing("Language: fr", with: "Language: de")
    #expect(message { _ = try fill(Array(other.utf8)) }?.contains("language de") == true)
    #expect(
      try fill(Array(header.replacing("Language: fr", with: "Language: fr_CA").utf8)).summary.total == 0)
  }

  @Test("Batches of any size give the same file", arguments: [1, 2, 1_000])
  func batches(size: Int) throws {
    let entries = (1...50).map { "msgid \"cat \($0)\"\nmsgstr \"\($0 % 3 == 0 ? "chat" : "")\"\n\n" }
    let bytes = Array((header + entries.joined()).utf8)
    #expect(try fill(bytes, batchSize: size).bytes == fill(bytes).bytes)
  }
}

/// The French catalogues of the Python documentation.
@Suite("PO corpus", .enabled(if: Corpora.exist("python-docs-fr"), "needs ../shared/corpora/python-docs-fr"))
struct POCorpusTests {
  @Test("All 285 files: 15,566 translated entries, 2,461 fuzzy ones skipped")
  func counts() throws {
    let files = try Corpora.files(below: "python-docs-fr", ".po")
    var pairs = 0
    var skipped: [InterchangeSkip.Reason: Int] = [:]
    for file in files {
      let reader = POReader(try ByteSource(path: Corpora.path("python-docs-fr/\(file)")))
      while let entry = try reader.next() {
        switch entry {
        case .pair: pairs += 1
        case .skipped(let skip): skipped[skip.reason, default: 0] += 1
        }
      }
    }
    #expect(files.count == 285 && pairs == 15_566)
    #expect(skipped == [.fuzzy: 2_461, .untranslated: 14_454, .obsolete: 1_964])
  }

  @Test("Filled, each block is as it was byte for byte, or had no translation")
  func fill() throws {
    var filled = 0
    for file in try Corpora.files(below: "python-docs-fr", ".po") {
      let old = try Data(contentsOf: URL(fileURLWithPath: Corpora.path("python-docs-fr/\(file)")))
      var new: [UInt8] = []
      let summary = try POFiller(ByteSource(Array(old), name: file), targetLanguage: "fr")
        .run(translate: { $0 }, write: { new += $0 }, report: { Issue.record("\($0)") })
      let before = String(decoding: old, as: UTF8.self).replacing("\n\n", with: "\u{0}").split(
        separator: "\u{0}")
      let after = String(decoding: new, as: UTF8.self).replacing("\n\n", with: "\u{0}").split(
        separator: "\u{0}")
      #expect(before.count == after.count)
      var changed = 0
      for (was, now) in zip(before, after) where was != now {
        changed += 1
        let whole = was.last == "\n" ? was.dropLast() : was
        #expect(whole.hasSuffix("\nmsgstr \"\"") && now.contains("#, fuzzy"), "\(was)")
        let head = whole.dropLast(2)
        #expect(
          now.replacing("#, fuzzy\nmsgid", with: "msgid", maxReplacements: 1).hasPrefix(head)
            || was.contains("#, fuzzy"))
      }
      #expect(changed == summary.filled)
      filled += changed
    }
    #expect(filled == 14_454)
  }
}
