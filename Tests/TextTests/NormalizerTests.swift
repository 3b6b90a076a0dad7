import Foundation
import Testing
import Text

@Suite("Normalizer")
struct NormalizerTests {
  private let normalizer = Normalizer()

  @Test("White space becomes single spaces, and none around the text")
  func whiteSpace() {
    #expect(normalizer("  un\t \u{3000}deux\r\n") == "un deux")
    #expect(normalizer("a\u{2028}b\u{85}c\u{2003}d") == "a b c d")
    #expect(normalizer(" \n\t ") == "")
    #expect(normalizer("") == "")
    #expect(normalizer("un deux") == "un deux")
  }

  @Test("No-break spaces are kept where they are")
  func noBreakSpaces() {
    let text = "\u{A0}«\u{A0}oui\u{202F}!\u{A0}\u{A0}"
    #expect(normalizer(text).bytes == text.bytes)
  }

  @Test("Control characters and byte order marks are removed, and what they parted composes")
  func controls() {
    #expect(normalizer("\u{FEFF}a\u{0}b\u{7F}c\u{9B}d") == "abcd")
    #expect(normalizer("e\u{FEFF}\u{301}").bytes == "\u{E9}".bytes)
    #expect(normalizer("a \u{1} b").bytes == "a b".bytes)
  }

  @Test("Letters are composed")
  func composition() {
    #expect(normalizer("cafe\u{301}").bytes == "caf\u{E9}".bytes)
    #expect(normalizer("\u{1112}\u{1161}\u{11AB}").bytes == "\u{D55C}".bytes)
    #expect(normalizer("\u{2126}").bytes == "\u{3A9}".bytes)
    #expect(normalizer("\u{FB01}").bytes == "\u{FB01}".bytes)
  }

  @Test("Other forms")
  func forms() {
    #expect(Normalizer(form: .nfkc)("\u{FB01}n  ²\u{A0}\u{A8}!").bytes == "fin 2 \u{308}!".bytes)
    #expect(Normalizer(form: .none)(" e\u{301}  \u{FB01}").bytes == "e\u{301} \u{FB01}".bytes)
  }

  @Test("Text stays canonically equivalent, and changes nothing when applied again")
  func chance() {
    var strings = HardStrings(seed: 11)
    for _ in 0..<5000 {
      let raw = strings.next()
      let once = normalizer(raw)
      #expect(once == Normalizer(form: .none)(raw))  // Swift compares by canonical equivalence
      #expect(normalizer(once).bytes == once.bytes)
      let compatible = Normalizer(form: .nfkc)(raw)
      #expect(Normalizer(form: .nfkc)(compatible).bytes == compatible.bytes)
    }
  }

  @Test("Composes each character as Python does")
  func characters() throws {
    for line in lines(of: try golden("nfc.sums")) {
      let fields = line.split(separator: " ")
      var composed: [UInt8] = []
      for value in UInt32(fields[0], radix: 16)!...UInt32(fields[1], radix: 16)! {
        let scalar = Unicode.Scalar(value)!
        composed += normalizer("\(scalar)a\(scalar)\(scalar)\u{301}").utf8
        composed.append(0x0A)
      }
      #expect(checksum(composed) == fields[2], "U+\(fields[0]) to U+\(fields[1])")
    }
  }

  @Test("Rules fold what they are for, and nothing else")
  func rules() {
    let text = "‘a’ “b” «\u{A0}c\u{202F}» d–e — f‑g −1"
    #expect(normalizer(text).bytes == text.bytes)
    #expect(
      Normalizer(form: .nfc, rules: [.quotes])(text).bytes == "'a' \"b\" «\u{A0}c\u{202F}» d–e — f‑g −1".bytes
    )
    #expect(
      Normalizer(form: .nfc, rules: [.dashes])(text).bytes == "‘a’ “b” «\u{A0}c\u{202F}» d-e - f-g -1".bytes)
    #expect(
      Normalizer(form: .nfc, rules: [.frenchSpaces])(text + "\u{A0}").bytes
        == "‘a’ “b” « c » d–e — f‑g −1".bytes)
    let all = Normalizer(form: .nfkc, rules: Set(Normalizer.Rule.allCases))
    #expect(all("＂ﬁ＇ ‑").bytes == "\"fi' -".bytes)
    var strings = HardStrings(seed: 12)
    for _ in 0..<3000 {
      let once = all(strings.next())
      #expect(all(once).bytes == once.bytes)
    }
  }

  @Test("A run of a hundred thousand marks is composed as well")
  func marks() {
    let (above, below) = (
      String(repeating: "\u{301}", count: 50_000), String(repeating: "\u{323}", count: 50_000)
    )
    let result = Normalizer()("a" + above + below + " b")
    #expect(
      result.unicodeScalars.elementsEqual(
        ("\u{1EA1}" + String(below.unicodeScalars.dropLast()) + above + " b").unicodeScalars))
    // Short runs are ICU's matter, and the same.
    let (few, other) = (String(repeating: "\u{301}", count: 40), String(repeating: "\u{323}", count: 40))
    #expect(Normalizer()("a" + few + other).unicodeScalars.first == "\u{1EA1}")
  }

  @Test("Is stored as JSON")
  func coding() throws {
    let data = try JSONEncoder().encode(Normalizer(form: .nfkc))
    #expect(String(decoding: data, as: UTF8.self) == #"{"form":"nfkc"}"#)
    #expect(try JSONDecoder().decode(Normalizer.self, from: data) == Normalizer(form: .nfkc))
  }
}
