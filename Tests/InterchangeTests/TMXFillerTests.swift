import Foundation
import Interchange
import Testing

@Suite("TMX filler")
struct TMXFillerTests {
  /// A filled file, what it came to, and what was left out.
  private func fill(
    _ bytes: [UInt8], target: String = "fr", chunkSize: Int = 1 << 16,
    _ translate: ([String]) -> [String] = { $0.map { $0.uppercased() } }
  ) throws -> (bytes: [UInt8], summary: FillSummary, notes: [FillNote]) {
    var written: [UInt8] = []
    var notes: [FillNote] = []
    let filler = TMXFiller(
      ByteSource(bytes, name: "m.tmx", chunkSize: chunkSize), sourceLanguage: "en", targetLanguage: target,
      tool: ("Tool & Co", "0.1"), batchSize: 3)
    let summary = try filler.run(translate: translate, write: { written += $0 }, report: { notes.append($0) })
    return (written, summary, notes)
  }

  private func filled(_ body: String, _ translate: ([String]) -> [String] = { $0.map { $0.uppercased() } })
    throws
    -> String
  {
    let (before, behind) = (
      "<?xml version='1.0'?>\n<tmx version=\"1.4\"><header/>\n<body>", "</body></tmx>\n"
    )
    let text = String(
      decoding: try fill(Array((before + body + behind).utf8), translate).bytes, as: UTF8.self)
    #expect(text.hasPrefix(before) && text.hasSuffix(behind))
    return String(text.dropFirst(before.count).dropLast(behind.count))
  }

  private let tool = "creationtool=\"Tool &amp; Co\" creationtoolversion=\"0.1\""

  @Test("A unit without the target gets it behind its last text, in the file's own manner")
  func adds() throws {
    let unit = "\n  <tu>\n    <tuv xml:lang=\"en\">\n      <seg>a &lt; b</seg>\n    </tuv>\n  </tu>\n"
    #expect(
      try filled(unit)
        == unit.replacing(
          "\n  </tu>",
          with: "\n    <tuv xml:lang=\"fr\" \(tool)>\n      <seg>A &lt; B</seg>\n    </tuv>\n  </tu>"))
    let old = "<tu><tuv lang='EN-us'><seg>a</seg></tuv><tuv lang='de'><seg>x</seg></tuv><!-- end --></tu>"
    #expect(
      try filled(old)
        == "<tu><tuv lang='EN-us'><seg>a</seg></tuv><tuv lang='de'><seg>x</seg></tuv>"
        + "<tuv lang=\"fr\" \(tool)><seg>A</seg></tuv><!-- end --></tu>")
  }

  @Test("The encoding that a file declares does not depend on the pieces that it comes in")
  func declarationInPieces() throws {
    let text =
      "<?xml version='1.0' encoding='ISO-8859-1'?><tmx version='1.4'><header/><body><tu><tuv lang='en'><seg>a</seg></tuv></tu></body></tmx>"
    for size in [1, 3, 10, 30] {
      let bytes = try fill(Array(text.utf8), chunkSize: size) { $0.map { _ in "é" } }.bytes
      #expect(bytes.contains(0xE9) && !bytes.contains(0xC3), "\(size)")
    }
  }

  @Test("All empty places of the language are filled, and none where one holds text")
  func several() throws {
    func unit(_ first: String, _ second: String) -> String {
      "<tu><tuv lang='fr-FR'>\(first)</tuv><tuv lang='en'><seg>a</seg></tuv><tuv lang='fr-CA'>\(second)</tuv></tu>"
    }
    let prop = "<prop type=\"x-translated-by\">Tool &amp; Co 0.1</prop><seg>A</seg>"
    #expect(try filled(unit("<seg></seg>", "<seg/>")) == unit(prop, prop))
    let comment = "<seg><!-- keep --><?me too?></seg>"
    let withComment =
      "<prop type=\"x-translated-by\">Tool &amp; Co 0.1</prop><seg>A<!-- keep --><?me too?></seg>"
    #expect(try filled(unit(comment, "<seg> </seg>")) == unit(withComment, prop))
    #expect(try filled(unit("<seg/>", "<seg>b</seg>")) == unit("<seg/>", "<seg>b</seg>"))
  }

  @Test("A file's own name of a language is its first, wherever that stands")
  func nameInFile() throws {
    func bytes(_ variants: String...) -> ByteSource {
      let units = variants.map { "<tu>\($0)</tu>" }.joined()
      return ByteSource(
        Array("<?xml version='1.0'?><tmx version='1.4'><header/><body>\(units)</body></tmx>".utf8), name: "m")
    }
    func variant(_ language: String) -> String { "<tuv xml:lang='\(language)'><seg>a</seg></tuv>" }
    let found = try TMXFiller.code(
      of: "fr", from: "en",
      in: bytes(variant("en") + variant("de"), variant("en"), variant("fr-CA"), variant("fr-FR")))
    #expect(found.code == "fr-CA" && found.others == ["de"])
    let none = try TMXFiller.code(of: "fr", from: "en", in: bytes(variant("en"), variant("ca")))
    #expect(none.code == nil && none.others == ["ca"])
    var written: [UInt8] = []
    let filler = TMXFiller(
      bytes(variant("en")), sourceLanguage: "en", targetLanguage: "fr", tool: ("T", "1"), targetCode: "fr-CA")
    _ = try filler.run(translate: { $0 }, write: { written += $0 }, report: { _ in })
    #expect(String(decoding: written, as: UTF8.self).contains("<tuv xml:lang=\"fr-CA\""))
  }

  @Test("What else stands behind a segment is not copied, and white space before the end is")
  func behindSegment() throws {
    let unit = "<tu><tuv xml:lang=\"en\">\n  <seg>a</seg> <!-- note -->\n</tuv></tu>"
    #expect(
      try filled(unit)
        == unit.replacing("</tu>", with: "<tuv xml:lang=\"fr\" \(tool)>\n  <seg>A</seg>\n</tuv></tu>"))
  }

  @Test("The target is called as the file calls it, once it has")
  func code() throws {
    let first = "<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"FR-ca\"><seg>b</seg></tuv></tu>"
    #expect(
      try filled(first + "<tu><tuv xml:lang=\"en\"><seg>c</seg></tuv></tu>").contains(
        "xml:lang=\"FR-ca\" \(tool)"))
  }

  @Test("An empty segment is filled and signed; one with text or codes is not touched")
  func empties() throws {
    let property = "<prop type=\"x-translated-by\">Tool &amp; Co 0.1</prop>"
    let head = "<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"fr\">"
    #expect(try filled(head + "<seg/></tuv></tu>") == head + property + "<seg>A</seg></tuv></tu>")
    #expect(
      try filled(head + "<note>n</note><seg x=\"1>0\"> </seg ></tuv></tu>")
        == head + "<note>n</note>" + property + "<seg x=\"1>0\">A</seg ></tuv></tu>")
    for kept in ["<seg>b</seg>", "<seg><ph/></seg>"] {
      #expect(try filled(head + kept + "</tuv></tu>") == head + kept + "</tuv></tu>")
    }
  }

  @Test("Codes around the text are copied; with codes within it the unit is left out")
  func codes() throws {
    func unit(_ segment: String) -> String { "<tu><tuv xml:lang=\"en\"><seg>\(segment)</seg></tuv></tu>" }
    let around = "<bpt i='1'>&lt;b><sub>s</sub></bpt><hi> one<!-- c --> two</hi> <ept i='1'>&lt;/b></ept>"
    #expect(
      try filled(unit(around)).contains(
        "<seg><bpt i='1'>&lt;b><sub>s</sub></bpt><hi> ONE TWO</hi> <ept i='1'>&lt;/b></ept></seg></tuv></tu>")
    )
    let within = unit("a <ph>x</ph> b")
    #expect(try filled(within) == within)
    let document = Array("<tmx><body>\n\(within)</body></tmx>".utf8)
    #expect(
      try fill(document).notes == [FillNote(line: 2, source: "a  b", translation: nil, reason: .codesInText)])
  }

  @Test("What would break, or XML can't hold, is left out with its line")
  func leavesOut() throws {
    let document = Array(
      "<tmx><body>\n<tu><tuv lang='en'><seg>%s a</seg></tuv></tu>\n<tu><tuv lang='de'><seg>d</seg></tuv></tu></body></tmx>"
        .utf8)
    let result = try fill(document) { $0.map { _ in "x" } }
    #expect(result.bytes == document)
    #expect(result.notes.map(\.line) == [2] && result.notes[0].reason == .placeholders([.lost("%s")]))
    #expect(result.summary.withoutSource == 1 && result.summary.total == 2)
    #expect(try fill(document) { $0.map { $0 + "\u{1}" } }.notes.map(\.reason) == [.controlCharacter])
  }

  @Test("Writes the file's encoding; what it lacks becomes a reference")
  func encodings() throws {
    let text = "<?xml version=\"1.0\"?><tmx><body><tu><tuv lang=\"en\"><seg>é</seg></tuv></tu></body></tmx>"
    for isBigEndian in [false, true] {
      let bytes = utf16(text, isBigEndian: isBigEndian)
      for chunkSize in [1 << 16, 7] {
        let result = try fill(bytes, chunkSize: chunkSize) { $0.map { _ in "œ😀" } }
        #expect(try readTMX(result.bytes).map(Found.init) == [.pair("é", "œ😀")])
        let place = bytes.count - utf16("</tu></body></tmx>").count + 2
        #expect(result.bytes.starts(with: bytes[..<place]) && result.bytes.suffix(8) == bytes.suffix(8))
      }
    }
    for encoding in ["ISO-8859-1", "us-ascii", "windows-1252"] {
      let declared = text.replacing("1.0\"?", with: "1.0\" encoding='\(encoding)'?").replacing(
        "é", with: "&#233;")
      let result = try fill(Array(declared.utf8)) { $0.map { _ in "œé" } }
      #expect(try readTMX(result.bytes).map(Found.init) == [.pair("é", "œé")], "\(encoding)")
    }
  }

  @Test("Pieces of any size and gzip give the same file", arguments: [1, 3, 50])
  func chunks(size: Int) throws {
    let units = (1...30).map { number in
      "<tu>\n <tuv xml:lang=\"en\"><seg>cat \(number) > 1</seg></tuv>"
        + (number % 2 == 0 ? "<tuv xml:lang=\"fr\"><seg>chat</seg></tuv>" : "") + "</tu><!-- <tu> -->\n"
    }
    let bytes = Array("<tmx><body>\(units.joined())</body></tmx>\n\n".utf8)
    let whole = try fill(bytes)
    #expect(whole.summary.filled == 15 && whole.summary.kept == 15)
    #expect(try fill(bytes, chunkSize: size).bytes == whole.bytes)
    #expect(try fill(gzip(bytes), chunkSize: max(size, 16)).bytes == whole.bytes)
    // A second run finds nothing to do.
    #expect(try fill(whole.bytes).bytes == whole.bytes)
  }
}
