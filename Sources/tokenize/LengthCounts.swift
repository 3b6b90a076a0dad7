/// How often each length occurs, exactly.
struct LengthCounts: Sendable {
  /// How many sentences have a length: its place in the array.
  private(set) var counts: [Int] = []
  /// How many sentences there are.
  private(set) var sentences = 0
  /// The sum of all lengths.
  private(set) var total = 0

  /// Counts a sentence.
  mutating func add(_ length: Int) {
    if length >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: length + 1 - counts.count))
    }
    counts[length] += 1
    sentences += 1
    total += length
  }

  /// Adds the counts of other sentences.
  mutating func merge(_ other: LengthCounts) {
    if other.counts.count > counts.count {
      counts.append(contentsOf: repeatElement(0, count: other.counts.count - counts.count))
    }
    for (length, count) in other.counts.enumerated() { counts[length] += count }
    sentences += other.sentences
    total += other.total
  }

  /// The mean length, 0 of nothing.
  var mean: Double { Double(total) / Double(max(sentences, 1)) }

  /// The greatest length, 0 of nothing.
  var maximum: Int { max(counts.count - 1, 0) }

  /// The least length that at least so many percent of the sentences do not pass (nearest rank).
  func percentile(_ percent: Int) -> Int {
    let rank = max(1, (sentences * percent + 99) / 100)
    var seen = 0
    for (length, count) in counts.enumerated() {
      seen += count
      if seen >= rank { return length }
    }
    return 0
  }

  /// How many sentences have a length in a range.
  func count(in range: ClosedRange<Int>) -> Int {
    guard range.lowerBound < counts.count else { return 0 }
    return counts[range.lowerBound...min(range.upperBound, counts.count - 1)].reduce(0, +)
  }

  /// Ranges of equal width that cover all but a percent of the lengths in at most ten rows, and one for the
  /// rest.
  static func ranges(covering sides: [LengthCounts]) -> [ClosedRange<Int>] {
    let most = sides.map { $0.percentile(99) }.max() ?? 0
    let longest = sides.map(\.maximum).max() ?? 0
    var width = 1
    for factor in sequence(first: 1, next: { $0 * 10 }) {
      guard let step = [1, 2, 5].map({ $0 * factor }).first(where: { 10 * $0 >= most }) else { continue }
      width = step
      break
    }
    let rows = max(1, (most + width - 1) / width)
    var ranges = (0..<rows).map { $0 * width + 1...($0 + 1) * width }
    if sides.contains(where: { $0.count(in: 0...0) > 0 }) { ranges.insert(0...0, at: 0) }
    if longest > rows * width { ranges.append(rows * width + 1...longest) }
    return ranges
  }
}
