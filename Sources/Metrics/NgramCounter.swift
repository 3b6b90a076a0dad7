/// Counts the n-grams of one segment and matches a hypothesis against its references.
///
/// An n-gram is a number of the table; ``limits`` holds how often the references have it and ``current`` how
/// often the text that is being read has had it so far.
struct NgramCounter {
  private var table = SequenceTable()
  private var limits: [Int32] = []
  private var current: [Int32] = []

  /// Forgets the segment.
  mutating func startSegment() {
    table.removeAll()
    limits.removeAll(keepingCapacity: true)
    current.removeAll(keepingCapacity: true)
  }

  /// Numbers the words of a line.
  mutating func wordNumbers(_ line: TokenizedLine) -> [UInt32] {
    line.words.map { table.word(line.bytes[$0]) }
  }

  /// The numbers of all n-grams up to an order: those of order 1 first, `n - 1` fewer of order n.
  ///
  /// - Parameter areWords: whether the symbols are words' numbers, from which n-grams go on; otherwise they
  ///   are any 32-bit symbols.
  mutating func ngrams(of symbols: [UInt32], order: Int, areWords: Bool) -> [[UInt32]] {
    var result: [[UInt32]] = []
    result.reserveCapacity(order)
    guard order > 0 else { return result }
    result.append(
      areWords ? symbols : symbols.map { table.extend(SequenceTable.root, by: $0) })
    for n in 1..<max(order, 1) {
      guard symbols.count > n else {
        result.append([])
        continue
      }
      let shorter = result[n - 1]
      var longer: [UInt32] = []
      longer.reserveCapacity(symbols.count - n)
      for start in 0..<(symbols.count - n) {
        longer.append(table.extend(shorter[start], by: symbols[start + n]))
      }
      result.append(longer)
    }
    return result
  }

  /// Takes a reference's n-grams into account: of each, the highest count of any reference is the limit.
  mutating func addReference(_ ngrams: [[UInt32]]) {
    makeRoom()
    for number in ngrams.joined() {
      let index = Int(number)
      current[index] += 1
      if current[index] > limits[index] { limits[index] = current[index] }
    }
    for number in ngrams.joined() { current[Int(number)] = 0 }
  }

  /// Forgets the references, but not the numbers of their n-grams.
  mutating func removeReferences(_ ngrams: [[UInt32]]) {
    for number in ngrams.joined() { limits[Int(number)] = 0 }
  }

  /// How many n-grams of each order the references have too, each at most as often as its limit.
  mutating func matches(_ ngrams: [[UInt32]]) -> [Int] {
    makeRoom()
    let result = ngrams.map { order in
      order.reduce(into: 0) { matches, number in
        let index = Int(number)
        guard current[index] < limits[index] else { return }
        current[index] += 1
        matches += 1
      }
    }
    for number in ngrams.joined() { current[Int(number)] = 0 }
    return result
  }

  private mutating func makeRoom() {
    guard limits.count < table.count else { return }
    let missing = table.count - limits.count
    limits.append(contentsOf: repeatElement(0, count: missing))
    current.append(contentsOf: repeatElement(0, count: missing))
  }
}
