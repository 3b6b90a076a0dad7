extension Tokenizer {
  /// About how many words a raw text has: its runs between spaces. A text with letters of a script that does
  /// not part words, as Chinese or Thai, is parted by ICU's dictionaries instead.
  ///
  /// It is much cheaper than tokenising, and good enough to compare two lengths.
  public func wordCount(_ text: String) -> Int {
    var text = text
    let (count, mayBeUnspaced) = text.withUTF8 { Self.countRuns($0) }
    guard mayBeUnspaced else { return count }
    let isUnspaced = text.unicodeScalars.contains { scalar in
      scalar.value >= 0x0E00 && CharacterClass.classify(scalar) == .unspacedLetter
    }
    return isUnspaced ? tokenize(Normalizer()(text)).count : count
  }

  /// The runs between spaces, and whether a scalar from U+0E00 on is there that is no space or punctuation.
  ///
  /// Spaces are those of ASCII, U+00A0, U+2000 to U+200A, U+202F and U+3000: some texts have none but no-break
  /// spaces.
  private static func countRuns(_ bytes: UnsafeBufferPointer<UInt8>) -> (count: Int, mayBeUnspaced: Bool) {
    var count = 0
    var isInWord = false
    var mayBeUnspaced = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let width = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let second = width > 1 && index + 1 < bytes.count ? bytes[index + 1] : 0
      let third = width > 2 && index + 2 < bytes.count ? bytes[index + 2] : 0
      let isSpace =
        switch byte {
        case 0x20, 0x09...0x0D: true
        case 0xC2: second == 0xA0
        case 0xE2: second == 0x80 && (third <= 0x8A || third == 0xAF)
        case 0xE3: second == 0x80 && third == 0x80
        default: false
        }
      if !isSpace && !isInWord { count += 1 }
      isInWord = !isSpace
      // U+0E00 begins with E0 B8; E2 begins general punctuation and symbols.
      if byte >= 0xE0 && byte != 0xE2 { mayBeUnspaced = true }
      index += width
    }
    return (count, mayBeUnspaced)
  }
}
