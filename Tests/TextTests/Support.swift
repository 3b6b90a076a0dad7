import Foundation

/// The SplitMix64 generator: the same numbers everywhere for a seed.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A file of the folder Golden, whose README says how each was made.
func golden(_ name: String) throws -> String {
  let url = Bundle.module.resourceURL!.appendingPathComponent("Golden").appendingPathComponent(name)
  return try String(contentsOf: url, encoding: .utf8)
}

/// The lines of a text, parted at `\n` alone.
func lines(of text: String) -> [String] {
  var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String($0)! }
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}

/// The public corpora that may stand beside the checkout.
enum Corpora {
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/corpora")

  static func exist(_ names: String...) -> Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
  }

  static func lines(_ name: String) throws -> [String] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return TextTests.lines(of: text)
  }
}

/// Strings made by chance of what is hard for a tokeniser.
struct HardStrings {
  private var chance: SplitMix64
  private let parts = [
    " ", " ", " ", " ", "\u{A0}", "\u{202F}", "￭", "￮", "￮j", "@", "@@", "\u{301}", "\u{327}", "\u{308}",
    "'", "’", "-", ".", ",", ":", ";", "!", "?", "«", "»", "«\u{A0}", "\u{A0}»", "\u{202F}!", "(", "\"",
    "</w>", "<unk>", "</s>", "1", "23", "٣", "½", "3.14", "10:30",
    "a", "e", "é", "J\u{30C}", "ß", "İ", "mot", "l'", "don't", "q\u{323}\u{307}", "ὅ", "\u{2126}",
    "👨‍👩‍👧", "👍🏽", "🇫🇷", "🇫", "1️⃣", "\u{200D}", "\u{FE0F}", "\u{200B}", "\u{200C}", "\u{AD}",
    "\u{FEFF}", "\t", "\n", "\u{85}", "\u{2028}", "\u{0}", "\u{7F}", "\u{3000}",
    "我喜欢", "。", "きです", "ー", "ｶﾞ", "ฉันรัก", "แมว", "한국", "\u{1112}", "\u{1161}", "\u{11AB}",
    "नमस्ते", "שלום", "NASA", "É", "Le", "iPhone", "ǅ", "ﬁ", "ÉTÉ",
    "http://x.org/a", "www.", "é.fr", "x@y.org", "%s", "%1$d", "%", "{", "}", "{name}", "{0}", "${x}", "$",
    "<b>", "</b>", "<a href=\"x y\">", "<", ">", "&amp;", "&", "10\u{202F}000", "007", "⦅", "⦆", "⦅C⦆",
    "⦅url⦆", "￮(", "￮_", "\u{10FFFF}", "\u{E000}",
  ]

  init(seed: UInt64) { chance = SplitMix64(seed: seed) }

  /// A string of up to 24 parts, most of them hard ones, some any scalar at all.
  mutating func next() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...24, using: &chance) {
      if Int.random(in: 0..<8, using: &chance) == 0 {
        let limit: UInt32 = Bool.random(using: &chance) ? 0x3000 : 0x11_0000
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &chance)) {
          text.unicodeScalars.append(scalar)
        }
      } else {
        text += parts.randomElement(using: &chance)!
      }
    }
    return text
  }
}

/// The FNV-1a sum of 64 bits, in hexadecimal digits.
func checksum(_ bytes: some Sequence<UInt8>) -> String {
  var total: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { total = (total ^ UInt64(byte)) &* 0x100_0000_01B3 }
  let digits = String(total, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

extension String {
  /// The bytes, which unlike strings are equal only if they are the same.
  var bytes: [UInt8] { Array(utf8) }
}
