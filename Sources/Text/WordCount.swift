extension Tokenizer {
  /// About how many words a raw text has: its runs between spaces. A text with letters of a script that does
  /// not part words, as Chinese or Thai, is parted by ICU's dictionaries instead.
  ///
  /// It is much cheaper than tokenising, and good enough to compare two lengths.
  public func wordCount(_ text: String) -> Int {
    var count = 0
    var isInWord = false
    var mayBeUnspaced = false
    for byte in text.utf8 {
      let isSpace = byte == 0x20 || 0x09...0x0D ~= byte
      if !isSpace && !isInWord { count += 1 }
      isInWord = !isSpace
      if byte >= 0xE0 { mayBeUnspaced = true }
    }
    guard mayBeUnspaced else { return count }
    let isUnspaced = text.unicodeScalars.contains { scalar in
      scalar.value >= 0x0E00 && CharacterClass.classify(scalar) == .unspacedLetter
    }
    return isUnspaced ? tokenize(Normalizer()(text)).count : count
  }
}
