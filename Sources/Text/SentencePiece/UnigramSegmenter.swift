/// Finds the most probable pieces under a unigram language model (Kudo 2018), by the Viterbi algorithm.
struct UnigramSegmenter: Sendable {
  /// How much worse an unknown character is than the worst piece.
  private static let unknownPenalty: Float = 10

  private let pieces: [SentencePieceSpecification.Piece]
  private let trie: PieceTrie
  private let unknown: Int
  private let lowest: Float
  private let highest: Float

  init(pieces: [SentencePieceSpecification.Piece], trie: PieceTrie, unknown: Int) {
    self.pieces = pieces
    self.trie = trie
    self.unknown = unknown
    let scores = pieces.lazy.filter { $0.kind == .normal }.map(\.score)
    lowest = scores.reduce(.greatestFiniteMagnitude, min)
    // The reference begins its search for the greatest score at the least positive number.
    highest = scores.reduce(.leastNormalMagnitude, max)
  }

  private struct Node {
    var piece: Int32 = -1
    var start: Int32 = -1
    var score: Float = 0
  }

  /// The pieces of normalised text: the end of each and its number. Sums are rounded where the reference
  /// rounds them, so that ties fall to the same side.
  func segment(_ text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, piece: Int)] {
    if text.isEmpty { return [] }
    var best = [Node](repeating: Node(), count: text.count + 1)
    let unknownScore = lowest - Self.unknownPenalty
    var start = 0
    while start < text.count {
      let before = best[start].score
      let length = min(ScalarReader.length(ofFirstByte: text[start]), text.count - start)
      var hasSingle = false
      var node = PieceTrie.root
      var end = start
      while end < text.count, let child = trie.child(of: node, text[end]) {
        node = child
        end += 1
        let piece = trie.value(at: node)
        guard piece >= 0, pieces[Int(piece)].kind != .unused else { continue }
        let isFixed = pieces[Int(piece)].kind == .userDefined
        let score =
          isFixed ? Double(Float(end - start) * highest) - 0.1 : Double(pieces[Int(piece)].score)
        let candidate = score + Double(before)
        if best[end].start < 0 || candidate > Double(best[end].score) {
          best[end] = Node(piece: piece, start: Int32(start), score: Float(candidate))
        }
        if end - start == length { hasSingle = true }
      }
      if !hasSingle {
        let end = start + length
        let candidate = unknownScore + before
        if best[end].start < 0 || candidate > best[end].score {
          best[end] = Node(piece: Int32(unknown), start: Int32(start), score: candidate)
        }
      }
      start += length
    }
    var result: [(range: Range<Int>, piece: Int)] = []
    var end = text.count
    while end > 0 {
      result.append((Int(best[end].start)..<end, Int(best[end].piece)))
      end = Int(best[end].start)
    }
    return result.reversed()
  }
}
