import Collections

/// Merges characters to the pieces of a BPE model of SentencePiece: always the pair whose piece has the
/// highest score, the leftmost of equals.
struct SentencePieceMerger: Sendable {
  private let pieces: [SentencePieceSpecification.Piece]
  private let trie: PieceTrie
  private let fixed: PieceTrie
  private let unknown: Int

  init(
    pieces: [SentencePieceSpecification.Piece], trie: PieceTrie, fixed: PieceTrie, unknown: Int
  ) {
    self.pieces = pieces
    self.trie = trie
    self.fixed = fixed
    self.unknown = unknown
  }

  private struct Candidate: Comparable {
    let score: Float
    let left: Int
    let right: Int
    let length: Int

    static func < (a: Candidate, b: Candidate) -> Bool {
      a.score != b.score ? a.score < b.score : a.left > b.left
    }
  }

  private struct Symbol {
    var range: Range<Int>
    var previous: Int
    var next: Int
    /// User-defined symbols are never merged.
    let isFixed: Bool
  }

  /// The pieces of normalised text.
  func segment(_ text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, piece: Int)] {
    var symbols = characters(of: text)
    if symbols.isEmpty { return [] }
    var agenda = Heap<Candidate>()
    // How pieces that must not be used were made, to take them apart again.
    var parts: [Range<Int>: (Range<Int>, Range<Int>)] = [:]
    func consider(_ left: Int, _ right: Int) {
      guard left >= 0, right >= 0, !symbols[left].isFixed, !symbols[right].isFixed else { return }
      let range = symbols[left].range.lowerBound..<symbols[right].range.upperBound
      guard let piece = trie.value(of: text, range) else { return }
      agenda.insert(
        Candidate(score: pieces[piece].score, left: left, right: right, length: range.count))
      if pieces[piece].kind == .unused { parts[range] = (symbols[left].range, symbols[right].range) }
    }
    for index in symbols.indices.dropFirst() { consider(index - 1, index) }
    while let top = agenda.popMax() {
      let (left, right) = (symbols[top.left].range, symbols[top.right].range)
      guard !left.isEmpty, !right.isEmpty, left.count + right.count == top.length else { continue }
      symbols[top.left].range = left.lowerBound..<right.upperBound
      symbols[top.left].next = symbols[top.right].next
      if symbols[top.right].next >= 0 { symbols[symbols[top.right].next].previous = top.left }
      symbols[top.right].range = right.upperBound..<right.upperBound
      consider(symbols[top.left].previous, top.left)
      consider(top.left, symbols[top.left].next)
    }
    var result: [(range: Range<Int>, piece: Int)] = []
    func append(_ range: Range<Int>) {
      let piece = trie.value(of: text, range) ?? unknown
      if pieces[piece].kind == .unused, let (left, right) = parts[range] {
        append(left)
        append(right)
      } else {
        result.append((range, piece))
      }
    }
    var index = 0
    while index >= 0 {
      append(symbols[index].range)
      index = symbols[index].next
    }
    return result
  }

  private func characters(of text: UnsafeBufferPointer<UInt8>) -> [Symbol] {
    var symbols: [Symbol] = []
    var start = 0
    while start < text.count {
      let length = fixed.longestPrefix(of: text, at: start)
      let end = min(start + (length ?? ScalarReader.length(ofFirstByte: text[start])), text.count)
      symbols.append(
        Symbol(
          range: start..<end, previous: symbols.count - 1,
          next: end < text.count ? symbols.count + 1 : -1, isFixed: length != nil))
      start = end
    }
    return symbols
  }
}
