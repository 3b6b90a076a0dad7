import Interchange
import Testing

/// Damaged files of every kind: an answer or an error, never a crash.
@Suite("Robustness")
struct RobustnessTests {
  private static let tmx = Array(
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY e "né">]>
    <tmx version="1.4"><header srclang="en"/><body>
    <!-- a comment --><tu tuid="1"><note>n</note><tuv xml:lang="en"><seg>A <bpt i="1">&lt;b&gt;</bpt>cat<ept i="1">&lt;/b&gt;</ept> &e;</seg></tuv>
    <tuv xml:lang="fr"><seg>Un <hi>chat</hi> <![CDATA[<x>]]></seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg><ph>x</ph>Two cats &amp; a dog.</seg></tuv></tu>
    <tu><tuv lang="EN-US"><seg>Three</seg></tuv><tuv lang="FR"><seg/></tuv></tu>
    </body></tmx>

    """.utf8)

  private static let po = Array(
    """
    # c
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=2; plural=(n > 1);\\n"

    #: a.c:1
    #, c-format
    #| msgid "old"
    msgctxt "menu"
    msgid "%d \\"file\\"\\n"
    msgid_plural "%d files\\x41\\101\\n"
    msgstr[0] ""
    msgstr[1] ""

    msgid "é"
    "more"
    msgstr "è"

    #~ msgid "gone"
    #~ msgstr "parti"

    """.utf8)

  /// Reads and fills a file in both formats' ways, and says how many of these came to an end without an error.
  private func exercise(_ bytes: [UInt8], isTMX: Bool) -> Int {
    var count = 0
    do {
      _ = isTMX ? try readTMX(bytes) : try readPO(bytes)
      count += 1
    } catch {
      #expect(error is InterchangeError, "\(error)")
    }
    do {
      var written: [UInt8] = []
      let translate = { (lines: [String]) in lines.map { _ in "%d" } }
      if isTMX {
        _ = try TMXFiller(
          ByteSource(bytes, name: "t"), sourceLanguage: "en", targetLanguage: "fr", tool: ("t", "1")
        ).run(translate: translate, write: { written += $0 }, report: { _ in })
        // What was accepted and filled is accepted again.
        _ = try readTMX(written)
      } else {
        _ = try POFiller(ByteSource(bytes, name: "p"), targetLanguage: "fr")
          .run(translate: translate, write: { written += $0 }, report: { _ in })
        _ = try readPO(written)
      }
      count += 1
    } catch {
      #expect(error is InterchangeError, "\(error)")
    }
    return count
  }

  @Test("Every beginning of a file", arguments: [true, false])
  func truncations(isTMX: Bool) {
    let whole = isTMX ? Self.tmx : Self.po
    #expect(exercise(whole, isTMX: isTMX) == 2)
    for length in 0..<whole.count {
      let successes = exercise(Array(whole.prefix(length)), isTMX: isTMX)
      // A cut TMX file is never taken for a whole one.
      if isTMX, length < whole.count - 2 { #expect(successes == 0, "\(length) bytes") }
    }
  }

  @Test("Bytes changed, taken out and put in at random", arguments: [true, false])
  func mutations(isTMX: Bool) {
    let whole = isTMX ? Self.tmx : Self.po
    var random = FixedRandom(isTMX ? 1 : 2)
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.insert(bytes.randomElement(using: &random)!, at: place)
        }
      }
      _ = exercise(bytes, isTMX: isTMX)
    }
  }

  @Test("UTF-16 and gzip, damaged")
  func otherForms() {
    let wide = utf16(String(decoding: Self.tmx, as: UTF8.self).replacing("UTF-8", with: "UTF-16"))
    #expect(exercise(wide, isTMX: true) == 2)
    var random = FixedRandom(3)
    for base in [wide, gzip(Self.tmx)] {
      for _ in 0..<500 {
        var bytes = base
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
        _ = exercise(bytes, isTMX: true)
      }
    }
  }

  @Test("An entity bomb is refused at once")
  func bomb() {
    var declarations = "<!ENTITY a0 \"ha\">"
    for level in 1...30 { declarations += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
    let text =
      "<!DOCTYPE tmx [\(declarations)]><tmx><body><tu><tuv lang='en'><seg>&a30;</seg></tuv></tu></body></tmx>"
    #expect(message { _ = try readTMX(Array(text.utf8)) }?.contains("holds other entities") == true)
    // One entity, used so often that the segment has no end.
    let long = String(repeating: "x", count: 900)
    let many = String(repeating: "&a;", count: 40_000)
    let wide =
      "<!DOCTYPE tmx [<!ENTITY a \"\(long)\">]><tmx><body><tu><tuv lang='en'><seg>\(many)</seg></tuv></tu></body></tmx>"
    #expect(message { _ = try readTMX(Array(wide.utf8)) } != nil)
  }
}
