import Foundation
import Interchange
import Testing

@Suite("TMX reader")
struct TMXReaderTests {
  /// A file with a body.
  private func tmx(_ body: String, prolog: String = "", version: String = "1.4") -> [UInt8] {
    Array(
      (prolog + "<tmx version=\"\(version)\"><header srclang=\"*all*\"/>\n<body>\n" + body
        + "\n</body></tmx>\n").utf8)
  }

  private func unit(_ variants: (String, String)..., attribute: String = "xml:lang") -> String {
    "<tu>" + variants.map { "<tuv \(attribute)=\"\($0.0)\"><seg>\($0.1)</seg></tuv>" }.joined() + "</tu>"
  }

  private func found(_ bytes: [UInt8], _ source: String = "en", _ target: String = "fr") throws -> [Found] {
    try readTMX(bytes, source, target).map(Found.init)
  }

  @Test("Reads both attributes for languages, of versions 1.1 and 1.4", arguments: ["xml:lang", "lang"])
  func languages(attribute: String) throws {
    let bytes = tmx(unit(("en", "a cat"), ("fr", "un chat"), attribute: attribute), version: "1.1")
    #expect(try found(bytes) == [.pair("a cat", "un chat")])
  }

  @Test("Languages match whatever the case, exactly before by region")
  func regions() throws {
    let body = unit(("EN-us", "US"), ("en_GB", "GB"), ("fr-CA", "CA"), ("fr", "FR"), ("de", "DE"))
    #expect(try found(tmx(body)) == [.pair("US", "FR")])
    #expect(try found(tmx(body), "en-GB", "FR-ca") == [.pair("GB", "CA")])
    #expect(try found(tmx(body), "en", "en-gb") == [.pair("US", "GB")])
    #expect(try found(tmx(body), "en-us", "en") == [.pair("US", "GB")])
    #expect(try found(tmx(body), "fr-BE", "de-AT") == [.pair("FR", "DE")])
    #expect(try found(tmx(body), "enx", "fr") == [.skipped(.missingSource)])
    #expect(try found(tmx(body), "en", "es") == [.skipped(.missingTarget)])
  }

  @Test("Targets of equal rank are alternatives; order does not matter")
  func alternatives() throws {
    let body = unit(("fr", "salut"), ("en", "hi"), ("fr", "bonjour"), ("en", "hello"))
    #expect(try found(tmx(body)) == [.pair("hi", "salut"), .pair("hi", "bonjour")])
  }

  @Test("Native code goes, with sub-flows in it; highlighted and unknown elements leave their text")
  func inlineElements() throws {
    let text = """
      The <bpt i="1">&lt;b title="<sub>a footnote</sub>"&gt;</bpt>black<ept i="1">&lt;/b&gt;</ept> <hi type="x">cat</hi> \
      <it pos="begin">{\\i </it>sleeps<ph x="1"/> <ut>{\\cf1 }</ut>on <g><i>mats</i></g>.
      """
    let bytes = tmx(
      unit(
        ("en", text),
        ("fr", "<![CDATA[<oui> & ]]>&#233;<!-- no --><?pi no?>t&eacute;".replacing("&eacute;", with: "é"))))
    #expect(try found(bytes) == [.pair("The black cat sleeps on mats.", "<oui> & été")])
  }

  @Test("Text is given as it is: spaces, tabs, line breaks")
  func whitespace() throws {
    let bytes = tmx(unit(("en", "  a\n   b&#x09;&#x20; "), ("fr", "\u{A0}c\u{202F}!")))
    #expect(try found(bytes) == [.pair("  a\n   b\t  ", "\u{A0}c\u{202F}!")])
  }

  @Test("A unit with an empty text is skipped, with what is known and the line")
  func empty() throws {
    let bytes = tmx(
      unit(("en", "a"), ("fr", "b")) + "\n" + unit(("en", "x"), ("fr", " <ph>c</ph> ")) + "\n<tu/>"
        + "<tu><tuv xml:lang='en'><note>n</note></tuv><tuv xml:lang='fr'><seg/></tuv></tu>")
    let entries = try readTMX(bytes)
    #expect(
      entries == [
        .pair(InterchangePair(source: "a", target: "b", line: 3)),
        .skipped(InterchangeSkip(reason: .emptySegment, source: "x", target: "  ", line: 4)),
        .skipped(InterchangeSkip(reason: .missingSource, source: nil, target: nil, line: 5)),
        .skipped(InterchangeSkip(reason: .emptySegment, source: "", target: "", line: 5)),
      ])
  }

  @Test("Notes and properties are no text")
  func metadata() throws {
    let bytes = tmx(
      """
      <tu><note xml:lang="en">no</note><prop type="t">no</prop><tuv xml:lang="en"><prop type="u">no</prop>\
      <note>no</note><seg>yes</seg></tuv><tuv xml:lang="fr"><seg>oui</seg></tuv></tu>
      """)
    #expect(try found(bytes) == [.pair("yes", "oui")])
  }

  @Test("Reads UTF-16 with a mark, UTF-8 with and without, and declared encodings")
  func encodings() throws {
    let body = unit(("en", "an “é”"), ("fr", "un «é» €"))
    let expected: [Found] = [.pair("an “é”", "un «é» €")]
    let document = String(decoding: tmx(body), as: UTF8.self)
    let declared = "<?xml version=\"1.0\"?>\n" + document
    #expect(try found([0xEF, 0xBB, 0xBF] + Array(declared.utf8)) == expected)
    #expect(try found(Array(declared.utf8)) == expected)
    let (little, big) = (utf16(declared), utf16(declared, isBigEndian: true))
    for chunkSize in [1 << 16, 5] {
      #expect(try readTMX(little, chunkSize: chunkSize).map(Found.init) == expected)
      #expect(try readTMX(big, chunkSize: chunkSize).map(Found.init) == expected)
    }
    #expect(try found(gzip(little)) == expected)
    let windows = ("<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n" + document).data(
      using: .windowsCP1252)
    #expect(try found(Array(try #require(windows))) == expected)
    // Numeric references say what an encoding can't.
    let ascii = "<?xml version='1.0' encoding='us-ascii'?>" + document
    let plain = ascii.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined()
    #expect(try found(Array(plain.utf8)) == expected)
  }

  @Test("Pieces of any size give the same pairs", arguments: [1, 2, 3, 7, 64])
  func chunks(size: Int) throws {
    let body = (1...20).map { unit(("en", "cat \($0) &amp; <ph>x</ph>é"), ("fr", "chat \($0) &#233;€")) }
    let bytes = tmx(body.joined(separator: "\n"), prolog: "<?xml version=\"1.0\"?>")
    #expect(try readTMX(bytes, chunkSize: size) == readTMX(bytes))
    #expect(try readTMX(bytes).count == 20)
  }

  @Test("A document type is never fetched; a short plain entity of the file's own is expanded")
  func entities() throws {
    let body = unit(("en", "&x; and &x;"), ("fr", "&x;"))
    let own = "<!DOCTYPE tmx SYSTEM \"http://127.0.0.1:1/tmx14.dtd\" [<!ENTITY x \"é &#38;#60;\">]>"
    #expect(throws: InterchangeError.self) { try found(tmx(body, prolog: own)) }
    let plain = "<!DOCTYPE tmx SYSTEM \"http://127.0.0.1:1/tmx14.dtd\" [<!ENTITY x \"né\">]>"
    #expect(try found(tmx(body, prolog: plain)) == [.pair("né and né", "né")])
    let fetched = "<!DOCTYPE tmx PUBLIC \"-//LISA\" \"/nowhere/tmx14.dtd\">"
    #expect(try found(tmx(unit(("en", "a"), ("fr", "b")), prolog: fetched)) == [.pair("a", "b")])
  }

  @Test(
    "Entities that reach out of the file or hold others are refused, with file, line and remedy",
    arguments: [
      "<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY x PUBLIC \"p\" \"http://127.0.0.1:1/\">",
      "<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;", "<!ENTITY % p \"<!ENTITY x 'a'>\"> %p;",
      "<!ENTITY a \"haha\"><!ENTITY x \"&a;&a;&a;\">", "<!ENTITY x \"<seg>b</seg>\">",
      "<!NOTATION n SYSTEM \"n\"><!ENTITY x SYSTEM \"x.gif\" NDATA n>",
      "<!ENTITY x \"\(String(repeating: "long", count: 300))\">", "<!ENTITY y \"a\">", "",
    ])
  func refusedEntities(declaration: String) throws {
    let bytes = tmx(
      unit(("en", "a &x; b"), ("fr", "&x;")),
      prolog: "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx [\n\(declaration)\n]>\n")
    let words = try #require(message { _ = try readTMX(bytes, name: "bad.tmx") })
    #expect(words.hasPrefix("bad.tmx:"), "\(words)")
    let line = words.split(separator: ":").dropFirst().first.flatMap { Int($0) }
    #expect(line == (declaration.contains("ENTITY y") || declaration.isEmpty ? 7 : 3), "\(words)")
    #expect(!words.contains("root:"))
  }

  @Test(
    "What is no TMX file is refused with file and line",
    arguments: [
      ("", 1, "empty"), ("ab", 1, "does not begin as XML"), ("PK\u{3}\u{4}rest", 1, "ZIP"),
      ("<?xml version=\"1.0\"?>\n<xliff/>", 2, "<xliff>"),
      ("<tmx>\n<body>\n<tu></tuv></tu>", 3, "not well-formed"),
      ("<tmx>\n<body>\n<tu>", 3, "not well-formed"),
      ("<tmx>\n<body><tu><tu/></tu></body></tmx>", 2, "stands in another"),
      ("<tmx>\n\n<body><tu><tuv><seg/><seg/></tuv></tu></body></tmx>", 3, "two <seg>"),
      ("<tmx>\n<body/>\n</tmx>\n<more/>", 4, "not well-formed"),
    ])
  func refused(text: String, line: Int, words: String) throws {
    let fault = try #require(message { _ = try readTMX(Array(text.utf8), name: "x.tmx") })
    #expect(fault.hasPrefix("x.tmx:\(line): ") && fault.contains(words), "\(fault)")
    #expect(InterchangeError.invalid(file: "f", line: 1, reason: "", remedy: "").errorCode == 65)
  }

  @Test("Bytes that are not of the encoding are an error, and so is an encoding that nobody knows")
  func wrongBytes() throws {
    let latin = tmx(unit(("en", "a"), ("fr", "b"))).map { $0 == 0x62 ? 0xE9 : $0 }
    #expect(message { _ = try readTMX(latin) }?.contains("UTF-8") == true)
    let unknown = Array("<?xml version=\"1.0\" encoding=\"x-none\"?>".utf8) + tmx("")
    #expect(message { _ = try readTMX(unknown) }?.contains("x-none") == true)
  }

  @Test("An error comes again when it is asked for again, after all pairs before it")
  func repeatedError() throws {
    let bytes = tmx((1...50).map { unit(("en", "a \($0)"), ("fr", "b")) }.joined()).dropLast(20)
    let reader = try TMXReader(
      ByteSource(Array(bytes), name: "t", chunkSize: 256), sourceLanguage: "en", targetLanguage: "fr")
    for number in 1...40 {
      guard case .pair(let pair) = try reader.next() else { throw CancellationError() }
      #expect(pair.source == "a \(number)")
    }
    #expect(throws: InterchangeError.self) { while try reader.next() != nil {} }
    #expect(throws: InterchangeError.self) { try reader.next() }
  }
}
