/// A kind of sentence or word, and how each system does on it.
struct Bucket: Hashable {
  /// `6–10`.
  let label: String
  /// How many sentences or words of the references are of this kind.
  let count: Int
  /// A number for each system, 0 to 100; nil where there is nothing to measure.
  let values: [Double?]
}

/// Cuts numbers into ranges.
enum BucketRange {
  static let lengths: [ClosedRange<Int>] = [
    0...5, 6...10, 11...15, 16...20, 21...30, 31...40, 41...60, 61...Int.max,
  ]
  static let frequencies: [ClosedRange<Int>] = [
    0...0, 1...1, 2...2, 3...4, 5...9, 10...19, 20...99, 100...999, 1_000...Int.max,
  ]

  /// `6–10`, `1`, `61 and more`.
  static func label(_ range: ClosedRange<Int>) -> String {
    if range.upperBound == .max { return "\(range.lowerBound) and more" }
    return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
  }
}

extension Bucket {
  /// The corpus score of the sentences of each range of lengths, which is that of the first reference in
  /// words.
  static func byLength(_ systems: [CorpusCounts], lengths: [Int]) -> [Bucket] {
    BucketRange.lengths.compactMap { range in
      let members = lengths.indices.filter { range.contains(lengths[$0]) }
      guard !members.isEmpty else { return nil }
      return Bucket(
        label: BucketRange.label(range), count: members.count, values: systems.map { $0.score(of: members) })
    }
  }

  /// How many words of the first references the translations have too, by how often a word is seen.
  ///
  /// - Parameters:
  ///   - hypotheses: for each system the words of each sentence.
  ///   - references: the words of each sentence.
  ///   - frequency: how often a word is seen.
  static func byFrequency(
    _ hypotheses: [[[ExactWord]]], references: [[ExactWord]], frequency: (ExactWord) -> Int
  ) -> [Bucket] {
    let ranges = BucketRange.frequencies
    var totals = [Int](repeating: 0, count: ranges.count)
    var matches = [[Int]](repeating: totals, count: hypotheses.count)
    for (segment, reference) in references.enumerated() {
      var counts: [ExactWord: Int] = [:]
      for word in reference { counts[word, default: 0] += 1 }
      let found = hypotheses.map { system in
        var counts: [ExactWord: Int] = [:]
        for word in system[segment] { counts[word, default: 0] += 1 }
        return counts
      }
      for (word, count) in counts {
        let seen = frequency(word)
        guard let bucket = ranges.firstIndex(where: { $0.contains(seen) }) else { continue }
        totals[bucket] += count
        for system in hypotheses.indices { matches[system][bucket] += min(count, found[system][word] ?? 0) }
      }
    }
    return ranges.indices.filter { totals[$0] > 0 }.map { bucket in
      Bucket(
        label: BucketRange.label(ranges[bucket]), count: totals[bucket],
        values: matches.map { 100 * Double($0[bucket]) / Double(totals[bucket]) })
    }
  }
}
