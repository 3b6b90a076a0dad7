/// Normalises text as a model of SentencePiece was trained to read it: a map of character sequences, white
/// space that becomes `▁`, and one such sign before the first word.
struct SentencePieceNormalizer: Sendable {
  /// U+2581, which stands for a space.
  static let space: [UInt8] = [0xE2, 0x96, 0x81]

  private let rules: SentencePieceSpecification.Normalization
  private let spaceIsSuffix: Bool
  private let trie: DoubleArray?
  /// What sequences become; each ends with a zero byte, and the trie's values say where it begins.
  private let replacements: [UInt8]
  /// Symbols that no rule may change.
  private let fixed: PieceTrie

  init(
    _ rules: SentencePieceSpecification.Normalization, spaceIsSuffix: Bool, fixed: PieceTrie
  ) throws {
    self.rules = rules
    self.spaceIsSuffix = spaceIsSuffix
    self.fixed = fixed
    guard !rules.map.isEmpty else {
      trie = nil
      replacements = []
      return
    }
    // The length of the trie in four bytes, the trie, the replacements.
    guard rules.map.count > 4 else { throw Self.damaged }
    let length = rules.map[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length < rules.map.count - 4, rules.map.last == 0 else { throw Self.damaged }
    trie = DoubleArray(bytes: rules.map[4..<(4 + length)])
    replacements = Array(rules.map[(4 + length)...])
  }

  private static let damaged = TextError.sentencePieceModel(detail: "its normalisation map is damaged")

  /// What stands for the beginning of a text: bytes of the text itself, or of the map.
  private struct Prefix {
    /// How many bytes of the text it stands for.
    let length: Int
    /// Where the replacement begins in the map, if there is one.
    let replacement: Int?
  }

  /// The normalised bytes of text.
  func callAsFunction(_ text: String) -> [UInt8] {
    text.withUTF8Bytes { bytes in
      replacements.withUnsafeBufferPointer { normalized(bytes, $0) }
    }
  }

  private func normalized(
    _ bytes: UnsafeBufferPointer<UInt8>, _ map: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    func content(_ prefix: Prefix, _ index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
      guard let start = prefix.replacement else { return bytes[index..<(index + prefix.length)] }
      return map[start..<map[start...].firstIndex(of: 0)!]
    }
    var index = 0
    if rules.removesExtraSpaces {
      while index < bytes.count {
        let prefix = prefix(of: bytes, at: index)
        guard content(prefix, index).elementsEqual([0x20]) else { break }
        index += prefix.length
      }
    }
    guard index < bytes.count else { return [] }
    let space = rules.escapesSpaces ? Self.space : [0x20]
    if !spaceIsSuffix && rules.addsDummyPrefix { output += space }
    var afterSpace = rules.removesExtraSpaces
    while index < bytes.count {
      let prefix = prefix(of: bytes, at: index)
      let content = content(prefix, index)
      index += prefix.length
      let kept = afterSpace ? content.drop { $0 == 0x20 } : content
      for byte in kept {
        if byte == 0x20 { output += space } else { output.append(byte) }
      }
      if let last = kept.last { afterSpace = last == 0x20 }
      if !rules.removesExtraSpaces { afterSpace = false }
    }
    if rules.removesExtraSpaces {
      while output.count >= space.count, output.suffix(space.count) == space[...] {
        output.removeLast(space.count)
      }
    }
    if spaceIsSuffix && rules.addsDummyPrefix { output += space }
    return output
  }

  /// What the longest rule makes of the text at an index.
  private func prefix(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Prefix {
    if let length = fixed.longestPrefix(of: bytes, at: index) {
      return Prefix(length: length, replacement: nil)
    }
    if let (length, value) = trie?.longestPrefix(of: bytes, at: index), value < replacements.count {
      return Prefix(length: length, replacement: value)
    }
    return Prefix(length: ScalarReader.length(ofFirstByte: bytes[index]), replacement: nil)
  }
}
