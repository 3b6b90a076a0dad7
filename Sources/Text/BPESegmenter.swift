import Collections

/// Applies merges to words.
///
/// In each round the pair with the lowest rank is merged at all its places from left to right, as
/// subword-nmt does; a heap finds the next pair, so that a word of n scalars costs O(n log n).
struct BPESegmenter: Sendable {
  /// No merge has this symbol in it.
  private static let stranger: Int32 = -1
  /// The right half of a pair that was merged.
  private static let merged: Int32 = -2

  private struct Rule {
    let rank: UInt32
    let merged: Int32
  }

  /// The place in the list of merges and the result, by the two symbols.
  private let rules: [UInt64: Rule]
  /// The symbols of single scalars, inside a word and at its end.
  private let inner: [UInt32: Int32]
  private let final: [UInt32: Int32]
  /// The symbol for the end of a word, where that is a symbol of its own.
  private let ending: Int32?
  /// The symbols of all merges.
  private let table: SymbolTable
  /// Of what each symbol was made, the first way learned.
  private let parts: [BPECodes.Merge?]

  init(merges: [BPECodes.Merge], version: BPECodes.Version) {
    var table = SymbolTable(capacity: merges.count + merges.count / 8)
    var rules: [UInt64: Rule] = [:]
    var parts: [BPECodes.Merge?] = []
    parts.reserveCapacity(merges.count + merges.count / 8)
    rules.reserveCapacity(merges.count)
    for (rank, merge) in merges.enumerated() {
      let whole = merge.first + merge.second
      let merged = table.intern(whole)
      let key = SymbolTable.key(table.intern(merge.first), table.intern(merge.second))
      let rule = Rule(rank: UInt32(rank), merged: merged)
      if let first = rules.updateValue(rule, forKey: key) { rules[key] = first }
      while parts.count < table.symbols.count { parts.append(nil) }
      if parts[Int(merged)] == nil { parts[Int(merged)] = merge }
    }
    var inner: [UInt32: Int32] = [:]
    var final: [UInt32: Int32] = [:]
    for (id, symbol) in table.symbols.enumerated() {
      let scalars = symbol.unicodeScalars
      let first = scalars.first!.value
      if scalars.count == 1 {
        inner[first] = Int32(id)
      } else if scalars.count == 5, scalars.dropFirst().elementsEqual(BPECodes.endOfWord.unicodeScalars) {
        final[first] = Int32(id)
      }
    }
    let hasEnding = version == .v01
    self.rules = rules
    self.inner = inner
    self.final = hasEnding ? inner : final
    self.ending = hasEnding ? table.id(of: BPECodes.endOfWord) ?? Self.stranger : nil
    self.table = table
    self.parts = parts
  }

  /// The pieces of a word, all but the last with `@@` at their end.
  func pieces(of word: String) -> [String] {
    word.withUTF8Bytes { Self.pieces(in: $0, starts: pieceStarts(in: $0)) }
  }

  private static func pieces(in bytes: UnsafeBufferPointer<UInt8>, starts: [Int]) -> [String] {
    starts.indices.map { index in
      let isLast = index + 1 == starts.count
      let text = bytes[starts[index]..<(isLast ? bytes.count : starts[index + 1])]
      return isLast
        ? String(decoding: text, as: UTF8.self)
        : String(decoding: text, as: UTF8.self) + BPECodes.separator
    }
  }

  /// The pieces of a word, those that the vocabulary does not hold taken apart again.
  func pieces(of word: String, within vocabulary: Vocabulary) -> [String] {
    limited(pieces(of: word), to: vocabulary)
  }

  /// Pieces, those that the vocabulary does not hold taken apart again.
  private func limited(_ whole: [String], to vocabulary: Vocabulary) -> [String] {
    if whole.allSatisfy(vocabulary.contains) { return whole }
    var result: [String] = []
    for (index, piece) in whole.enumerated() {
      let isLast = index + 1 == whole.count
      let text = isLast ? piece : String(piece.utf8.dropLast(BPECodes.separator.utf8.count))!
      if vocabulary.contains(piece) {
        result.append(piece)
      } else {
        takeApart(text, isLast: isLast, within: vocabulary, into: &result)
      }
    }
    return result
  }

  /// Appends the pieces of which a piece was merged.
  private func takeApart(
    _ text: String, isLast: Bool, within vocabulary: Vocabulary, into result: inout [String]
  ) {
    let ending = isLast ? "" : BPECodes.separator
    guard let merge = table.id(of: isLast ? text + BPECodes.endOfWord : text).flatMap({ parts[Int($0)] }),
      merge.second.utf8.count > (isLast ? BPECodes.endOfWord.utf8.count : 0)
    else {
      result.append(text + ending)
      return
    }
    let right =
      isLast ? String(merge.second.utf8.dropLast(BPECodes.endOfWord.utf8.count))! : merge.second
    let leftPiece = merge.first + BPECodes.separator
    if vocabulary.contains(leftPiece) {
      result.append(leftPiece)
    } else {
      takeApart(merge.first, isLast: false, within: vocabulary, into: &result)
    }
    if vocabulary.contains(right + ending) {
      result.append(right + ending)
    } else {
      takeApart(right, isLast: isLast, within: vocabulary, into: &result)
    }
  }

  /// A place where two symbols can be merged: the rank above, the place below, so that the least comes first.
  private typealias Candidate = UInt64

  /// A word's scalars: where each begins, and its symbol. The end of the word may be one more.
  private func symbols(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> (starts: [Int], symbols: [Int32]) {
    var starts: [Int] = []
    var symbols: [Int32] = []
    var index = 0
    while index < bytes.count {
      let (value, length) = ScalarReader.scalar(in: bytes, at: index)
      let isLast = index + length == bytes.count
      starts.append(index)
      symbols.append((isLast ? final[value] : inner[value]) ?? Self.stranger)
      index += length
    }
    // subword-nmt never looks a word of one scalar up.
    if let ending, symbols.count > 1 {
      starts.append(bytes.count)
      symbols.append(ending)
    }
    return (starts, symbols)
  }

  /// The offsets at which the pieces of a word begin.
  private func pieceStarts(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var (starts, symbols) = symbols(of: bytes)
    let count = symbols.count
    guard count > 1, !rules.isEmpty else { return starts.isEmpty ? [0] : starts.filter { $0 < bytes.count } }

    // The symbols are a list with links, from which the right half of each merged pair is taken out.
    var next = Array(1...count)
    var previous = Array(-1..<(count - 1))
    var isAlive = [Bool](repeating: true, count: count)
    func rule(at place: Int) -> Rule? {
      let right = next[place]
      guard right < count, symbols[place] >= 0, symbols[right] >= 0 else { return nil }
      return rules[SymbolTable.key(symbols[place], symbols[right])]
    }
    func candidate(at place: Int) -> Candidate? {
      rule(at: place).map { UInt64($0.rank) << 32 | UInt64(place) }
    }
    var heap = Heap<Candidate>((0..<(count - 1)).compactMap(candidate))
    var touched: [Int] = []
    while let rank = heap.min.map({ $0 >> 32 }) {
      touched.removeAll(keepingCapacity: true)
      while let least = heap.min, least >> 32 == rank {
        heap.removeMin()
        let place = Int(least & 0xFFFF_FFFF)
        guard isAlive[place], let rule = rule(at: place), rule.rank == rank else { continue }
        let right = next[place]
        isAlive[right] = false
        symbols[place] = rule.merged
        next[place] = next[right]
        if next[place] < count { previous[next[place]] = place }
        touched.append(place)
      }
      for place in touched where isAlive[place] {
        if let made = candidate(at: place) { heap.insert(made) }
        if previous[place] >= 0, let made = candidate(at: previous[place]) { heap.insert(made) }
      }
    }
    // The end of the word by itself is no piece.
    return starts.indices.filter { isAlive[$0] && starts[$0] < bytes.count }.map { starts[$0] }
  }
}

// MARK: - Dropout

extension BPESegmenter {
  /// The pieces of a word when pairs are left out by chance, see ``BPECodes``.
  func pieces(
    of word: String, within vocabulary: Vocabulary?, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [String] {
    let whole = word.withUTF8Bytes { bytes in
      Self.pieces(in: bytes, starts: pieceStarts(in: bytes, dropout: dropout, using: &generator))
    }
    guard let vocabulary, word.unicodeScalars.count > 1 else { return whole }
    return limited(whole, to: vocabulary)
  }

  private func pieceStarts(
    in bytes: UnsafeBufferPointer<UInt8>, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    var (starts, symbols) = symbols(of: bytes)
    while symbols.count > 1 {
      var places: [Int] = []
      var best: Rule?
      for place in 0..<(symbols.count - 1) {
        let chance = Double(generator.next() >> 11) * 0x1p-53
        guard chance > dropout, symbols[place] >= 0, symbols[place + 1] >= 0,
          let rule = rules[SymbolTable.key(symbols[place], symbols[place + 1])]
        else { continue }
        if best.map({ rule.rank < $0.rank }) ?? true {
          best = rule
          places = []
        }
        if rule.rank == best?.rank { places.append(place) }
      }
      guard let best else { break }
      var end = 0  // of the last pair merged
      for place in places where place >= end {
        symbols[place] = best.merged
        symbols[place + 1] = Self.merged
        end = place + 2
      }
      let kept = symbols.indices.filter { symbols[$0] != Self.merged }
      starts = kept.map { starts[$0] }
      symbols = kept.map { symbols[$0] }
    }
    let real = starts.filter { $0 < bytes.count }
    return real.isEmpty ? [0] : real
  }
}
