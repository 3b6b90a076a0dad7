/// A word that compares by its bytes, as in BLEU: forms of a letter that look alike are different.
struct ExactWord: Hashable {
  let text: String

  static func == (left: ExactWord, right: ExactWord) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ScoringTokenizer {
  /// The words of a line.
  ///
  /// - Parameter lowercase: whether case is ignored.
  func words(_ line: String, lowercase: Bool) -> [ExactWord] {
    tokenize(line).map { ExactWord(text: lowercase ? lowercased($0) : $0) }
  }
}
