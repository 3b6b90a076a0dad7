extension BPECodes {
  /// Learns merges from words and how often each was seen, by the frequencies of pairs that subword-nmt
  /// 0.3.8 computes, so that its `learn-bpe` writes the same file.
  ///
  /// The time is that of the first count of all pairs, then of the words that each merge changes.
  ///
  /// - Parameters:
  ///   - wordCounts: the words; one with spaces in it counts as several.
  ///   - merges: the greatest number of merges.
  ///   - minimumFrequency: learning ends when no pair was seen so often.
  public static func learn(
    wordCounts: [ExactKey: Int], merges: Int, minimumFrequency: Int = 2
  ) -> BPECodes {
    var learner = BPELearner(wordCounts: wordCounts)
    return BPECodes(merges: learner.learn(merges: merges, minimumFrequency: minimumFrequency))
  }
}

/// The statistics of pairs of symbols, kept up to date while pairs are merged.
///
/// subword-nmt counts some pairs wrongly on purpose: to find the most frequent pair faster it drops rare
/// pairs from its table for a while, and what a dropped pair gains meanwhile replaces its old count. The
/// same merges come out only if that is done in the same places, so it is done here. One of its quirks is
/// not kept: its regular expression takes a no-break space inside a symbol for the space between two.
struct BPELearner {
  private typealias PairID = Int32

  private var table = SymbolTable()

  // Words, each a sequence of symbols.
  private var words: [[Int32]] = []
  private var frequencies: [Int] = []

  // Pairs of symbols, numbered in the order in which they were met.
  private var pairIDs: [UInt64: PairID] = [:]
  private var pairs: [(first: Int32, second: Int32)] = []
  /// The frequency of a pair, while it is listed.
  private var counts: [Int] = []
  /// The frequency of a pair when it was last dropped.
  private var fullCounts: [Int] = []
  private var isListed: [Bool] = []
  private var isListedInFull: [Bool] = []
  private var listed: [PairID] = []

  // How often a pair is in a word: entries in a list for each pair, found through pair and word.
  private var entryIDs: [UInt64: Int32] = [:]
  private var entryWord: [Int32] = []
  private var entryCount: [Int32] = []
  private var entryNext: [Int32] = []
  private var firstEntry: [Int32] = []

  init(wordCounts: [ExactKey: Int]) {
    var total: [ExactKey: Int] = [:]
    for (text, count) in wordCounts {
      for word in text.string.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }) {
        total[ExactKey(String(word)!), default: 0] += count
      }
    }
    for (word, count) in total {
      var symbols = word.string.unicodeScalars.map { String($0) }
      symbols[symbols.count - 1] += BPECodes.endOfWord
      words.append(symbols.map { table.intern($0) })
      frequencies.append(count)
    }
    for (index, word) in words.enumerated() {
      for (first, second) in zip(word, word.dropFirst()) {
        let pair = pairID(first, second)
        change(pair, by: frequencies[index])
        changeEntry(pair, word: index, by: 1)
      }
    }
    fullCounts = counts
    isListedInFull = isListed
  }

  /// The merges in the order learned.
  mutating func learn(merges: Int, minimumFrequency: Int) -> [BPECodes.Merge] {
    var result: [BPECodes.Merge] = []
    guard let greatest = mostFrequent() else { return result }
    // Follows Zipf's law in guessing how rare a pair can be and still not be the next; a wrong guess costs
    // a look at all pairs.
    var threshold = Double(counts[Int(greatest)]) / 10
    for step in 0..<max(merges, 0) {
      var best = mostFrequent()
      if best == nil || (step > 0 && Double(counts[Int(best!)]) < threshold) {
        prune(below: threshold)
        restore()
        best = mostFrequent()
        threshold = Double(counts[Int(best!)] * step) / (Double(step) + 10000)
        prune(below: threshold)
      }
      let pair = best!
      if counts[Int(pair)] < minimumFrequency { break }
      let (first, second) = pairs[Int(pair)]
      result.append(
        BPECodes.Merge(first: table.symbols[Int(first)], second: table.symbols[Int(second)]))
      merge(pair)
      if step % 100 == 0 { prune(below: threshold) }
    }
    return result
  }
}

// MARK: - The table of frequencies

extension BPELearner {
  private mutating func pairID(_ first: Int32, _ second: Int32) -> PairID {
    let key = SymbolTable.key(first, second)
    if let id = pairIDs[key] { return id }
    let id = PairID(pairs.count)
    pairIDs[key] = id
    pairs.append((first, second))
    counts.append(0)
    fullCounts.append(0)
    isListed.append(false)
    isListedInFull.append(false)
    firstEntry.append(-1)
    return id
  }

  private mutating func change(_ pair: PairID, by amount: Int) {
    let index = Int(pair)
    if !isListed[index] {
      isListed[index] = true
      counts[index] = 0
      listed.append(pair)
    }
    counts[index] += amount
  }

  private mutating func changeEntry(_ pair: PairID, word: Int, by amount: Int32) {
    let key = SymbolTable.key(pair, Int32(word))
    if let entry = entryIDs[key] {
      entryCount[Int(entry)] += amount
      return
    }
    let entry = Int32(entryWord.count)
    entryIDs[key] = entry
    entryWord.append(Int32(word))
    entryCount.append(amount)
    entryNext.append(firstEntry[Int(pair)])
    firstEntry[Int(pair)] = entry
  }

  /// The listed pair with the highest frequency; of several, the one whose symbols come last.
  private func mostFrequent() -> PairID? {
    guard var best = listed.first else { return nil }
    var highest = counts[Int(best)]
    for pair in listed.dropFirst() {
      let count = counts[Int(pair)]
      if count > highest || (count == highest && comesAfter(pair, best)) {
        best = pair
        highest = count
      }
    }
    return best
  }

  private func comesAfter(_ pair: PairID, _ other: PairID) -> Bool {
    let (first, second) = pairs[Int(pair)]
    let (otherFirst, otherSecond) = pairs[Int(other)]
    if first != otherFirst {
      return table.symbols[Int(otherFirst)].precedesInCodePoints(table.symbols[Int(first)])
    }
    return second != otherSecond
      && table.symbols[Int(otherSecond)].precedesInCodePoints(table.symbols[Int(second)])
  }

  /// Drops the pairs that are rarer than the threshold, and writes down their frequencies. A negative one
  /// is what a dropped pair lost since.
  private mutating func prune(below threshold: Double) {
    listed.removeAll { pair in
      let index = Int(pair)
      let count = counts[index]
      guard Double(count) < threshold else { return false }
      fullCounts[index] = count < 0 && isListedInFull[index] ? fullCounts[index] + count : count
      isListedInFull[index] = true
      isListed[index] = false
      return true
    }
  }

  /// Lists all pairs that were ever written down.
  private mutating func restore() {
    listed.removeAll(keepingCapacity: true)
    for index in pairs.indices {
      isListed[index] = isListedInFull[index]
      if isListed[index] {
        counts[index] = fullCounts[index]
        listed.append(PairID(index))
      }
    }
  }
}

// MARK: - Merging

extension BPELearner {
  /// Merges a pair in all words that have it.
  private mutating func merge(_ pair: PairID) {
    let (first, second) = pairs[Int(pair)]
    let merged = table.intern(table.symbols[Int(first)] + table.symbols[Int(second)])
    change(pair, by: 0)
    counts[Int(pair)] = 0
    var affected: [Int] = []
    var entry = firstEntry[Int(pair)]
    while entry >= 0 {
      if entryCount[Int(entry)] >= 1 { affected.append(Int(entryWord[Int(entry)])) }
      entryCount[Int(entry)] = 0
      entry = entryNext[Int(entry)]
    }
    for word in affected {
      let old = words[word]
      let new = Self.merging(first, second, into: merged, in: old)
      words[word] = new
      subtractNeighbours(of: first, second, in: old, word: word)
      addNeighbours(of: merged, in: new, word: word)
    }
    counts[Int(pair)] = 0
  }

  private static func merging(
    _ first: Int32, _ second: Int32, into merged: Int32, in word: [Int32]
  ) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(word.count)
    var index = 0
    while index < word.count {
      if word[index] == first, index + 1 < word.count, word[index + 1] == second {
        result.append(merged)
        index += 2
      } else {
        result.append(word[index])
        index += 1
      }
    }
    return result
  }

  /// Takes back the pairs that each place of `first second` made with the symbols beside it.
  private mutating func subtractNeighbours(
    of first: Int32, _ second: Int32, in word: [Int32], word index: Int
  ) {
    let frequency = frequencies[index]
    var place = 0
    while place + 1 < word.count {
      guard word[place] == first, word[place + 1] == second else {
        place += 1
        continue
      }
      if place > 0 {
        let before = pairID(word[place - 1], first)
        change(before, by: -frequency)
        changeEntry(before, word: index, by: -1)
      }
      if place + 2 < word.count {
        // In "B C B C" the pair "C B" is taken back as the second one's neighbour.
        let repeats =
          word[place + 2] == first && place + 3 < word.count && word[place + 3] == second
        if !repeats {
          let after = pairID(second, word[place + 2])
          change(after, by: -frequency)
          changeEntry(after, word: index, by: -1)
        }
      }
      place += 2
    }
  }

  /// Counts the pairs that each place of a new symbol makes with the symbols beside it.
  private mutating func addNeighbours(of merged: Int32, in word: [Int32], word index: Int) {
    let frequency = frequencies[index]
    for place in word.indices where word[place] == merged {
      if place > 0 {
        let before = pairID(word[place - 1], merged)
        change(before, by: frequency)
        changeEntry(before, word: index, by: 1)
      }
      // In "BC BC" the pair is counted as the second one's neighbour.
      if place + 1 < word.count, word[place + 1] != merged {
        let after = pairID(merged, word[place + 1])
        change(after, by: frequency)
        changeEntry(after, word: index, by: 1)
      }
    }
  }
}
