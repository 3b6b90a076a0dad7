import Foundation
import Testing

/// `translate --format`, from end to end with a model of a few updates: what it writes is of no interest, where it
/// writes is.
@Suite("translate --format")
struct FormatTests {
  private static let po = """
    msgid ""
    msgstr ""
    "Language: fr\\n"
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=2; plural=(n > 1);\\n"

    # kept as it is
    msgid   "a dog"
    msgstr "un chien"

    #: a.c:3
    msgid "Anna eats an apple.\\n"
    msgstr ""

    #, c-format
    msgid "%s sees a book and %d houses with `code`_."
    msgstr ""

    """

  private static let tmx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <tmx version="1.4"><header srclang="en"/><body>
    <tu><tuv xml:lang="en-GB"><seg>Anna eats an apple.</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>a dog</seg></tuv><tuv xml:lang="fr"><seg>un chien</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Anna <ph/>eats</seg></tuv></tu>
    </body></tmx>

    """

  @Test("fills PO and TMX, leaves all else, reports what it leaves out, and knows its exit codes")
  func formats() throws {
    let folder = try PipelineTests.corpus()
    try #require(try PipelineTests.train(folder, "--model", "m.sqlite", "--after-batches", "30").status == 0)
    let translate = try CommandLineTool("translate")

    let po = try translate.run("-m", "m.sqlite", "--format", "po", input: Self.po, in: folder.url)
    #expect(po.status == 0, "\(po.errors)")
    let lines = po.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let before = Self.po.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let place = try #require(lines.firstIndex(of: "#, fuzzy"))
    #expect(Array(lines[..<place]) == Array(before[..<place]))
    #expect(lines[place + 1] == "msgid \"Anna eats an apple.\\n\"")
    #expect(lines[place + 2].hasPrefix("msgstr \"") && lines[place + 2].hasSuffix("\\n\""))
    #expect(lines[place + 2].count > "msgstr \"\\n\"".count, "the translation is empty")
    #expect(
      po.text.hasSuffix("#, c-format\nmsgid \"%s sees a book and %d houses with `code`_.\"\nmsgstr \"\"\n"))
    #expect(po.errors.contains("standard input:16: left out") && po.errors.contains("loses %s"))
    #expect(po.errors.contains("3 entries: 1 translated already, 1 filled, 1 left out"), "\(po.errors)")

    let tmx = try translate.run("-m", "m.sqlite", "--format", "tmx", input: Self.tmx, in: folder.url)
    #expect(tmx.status == 0, "\(tmx.errors)")
    #expect(tmx.text.contains("</tuv><tuv xml:lang=\"fr\" creationtool=\"Passerelle\""))
    #expect(tmx.errors.contains("standard input:5: left out, inline codes"))
    #expect(tmx.errors.contains("3 units: 1 translated already, 1 filled, 1 left out (inline codes: 1)"))

    // From a file to a file, gzip too, and quiet.
    try folder.write(Self.po, to: "fr.po")
    #expect(try translate.shell("gzip fr.po", in: folder.url).status == 0)
    let quiet = try translate.run(
      "-m", "m.sqlite", "--format", "po", "--quiet", "-i", "fr.po.gz", "-o", "out.po", in: folder.url)
    #expect(quiet.status == 0 && quiet.errors.isEmpty && quiet.output.isEmpty, "\(quiet.errors)")
    #expect(try folder.bytes(of: "out.po") == po.output)

    // The name tells the format, unless it is given.
    let named = try translate.run("-m", "m.sqlite", "-i", "fr.po.gz", in: folder.url)
    #expect(named.status == 0 && named.output == po.output, "\(named.errors)")
    try folder.write("Anna eats an apple.\n", to: "text.po")
    let text = try translate.run("-m", "m.sqlite", "--format", "text", "-i", "text.po", in: folder.url)
    #expect(text.status == 0 && text.text.split(separator: "\n").count == 1, "\(text.errors)")
    // A file calls a language by one name, wherever that stands first.
    func unit(_ variants: [String]) -> String {
      "<tu>\(variants.map { "<tuv xml:lang=\"\($0)\"><seg>Anna eats an apple.</seg></tuv>" }.joined())</tu>"
    }
    func memory(_ units: String...) -> String {
      "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header/><body>\(units.joined())</body></tmx>\n"
    }
    try folder.write(memory(unit(["en"]), unit(["en", "fr-CA"])), to: "late.tmx")
    let late = try translate.run("-m", "m.sqlite", "-i", "late.tmx", in: folder.url)
    #expect(late.text.contains("xml:lang=\"fr-CA\" creationtool") && !late.errors.contains("warning"))
    try folder.write(memory(unit(["en", "ca"])), to: "other.tmx")
    let other = try translate.run("-m", "m.sqlite", "-i", "other.tmx", in: folder.url)
    #expect(other.status == 0 && other.errors.contains("has texts in ca and none in fr"), "\(other.errors)")

    func check(_ status: Int32, _ words: String, _ arguments: [String], _ input: String = "") throws {
      let result = try translate.run(
        ["-m", "m.sqlite"] + arguments, bytes: Array(input.utf8), in: folder.url)
      #expect(result.status == status && result.errors.contains(words), "\(result.status) \(result.errors)")
    }
    try check(64, "--n-best", ["--format", "po", "--n-best", "2"])
    try check(64, "format", ["--format", "xliff"])
    try check(64, "without .gz", ["--format", "po", "-o", "out.po.gz"])
    for bytes in [[0xFF, 0xFE, 0x41, 0x00, 0x0A, 0x00], [0xFE, 0xFF, 0x00, 0x41, 0x00, 0x0A]] as [[UInt8]] {
      let wide = try translate.run(["-m", "m.sqlite"], bytes: bytes, in: folder.url)
      #expect(wide.status == 65 && wide.errors.contains("iconv -f UTF-16 -t UTF-8"), "\(wide.errors)")
    }
    try check(65, "standard input:2: ", ["--format", "po"], "msgid \"a\"\nmsgstr \"b\n")
    try check(65, "standard input:1: the file is empty", ["--format", "tmx"])
    try check(65, "language de", ["--format", "po"], Self.po.replacing("Language: fr", with: "Language: de"))
    try check(66, "missing.po", ["--format", "po", "-i", "missing.po"])
    try check(65, "standard input:1", ["--format", "tmx", "-o", "never.tmx"], "<tmx><body>")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("never.tmx").path))
  }
}
