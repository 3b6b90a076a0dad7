/// The n-grams of a text, as numbers: those of the first order, then those of the next.
struct Ngrams {
  /// The numbers of all n-grams.
  private(set) var numbers: [UInt32] = []
  /// Where each order ends in ``numbers``.
  private var ends: [Int] = []

  /// How many orders there are.
  var orderCount: Int { ends.count }

  /// Where the n-grams of an order are in ``numbers``; the first order is 0.
  func range(ofOrder order: Int) -> Range<Int> { (order == 0 ? 0 : ends[order - 1])..<ends[order] }

  /// How many n-grams there are of each order.
  var counts: [Int] { ends.indices.map { range(ofOrder: $0).count } }

  /// Makes room for so many n-grams.
  mutating func reserveCapacity(_ count: Int) { numbers.reserveCapacity(count) }

  /// Adds an n-gram of the order that is being filled.
  mutating func append(_ number: UInt32) { numbers.append(number) }

  /// What is added from here on is of the next order.
  mutating func endOrder() { ends.append(numbers.count) }

  /// The orders of one after the orders of the other.
  static func += (sum: inout Ngrams, other: Ngrams) {
    let start = sum.numbers.count
    sum.numbers += other.numbers
    sum.ends += other.ends.map { start + $0 }
  }
}

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

  /// The numbers of all n-grams up to an order: `n - 1` fewer of order n than symbols.
  ///
  /// - Parameter areWords: whether the symbols are words' numbers, from which n-grams go on; otherwise they
  ///   are any 32-bit symbols.
  mutating func ngrams(of symbols: [UInt32], order: Int, areWords: Bool) -> Ngrams {
    var result = Ngrams()
    guard order > 0 else { return result }
    result.reserveCapacity(symbols.count * order)
    for symbol in symbols {
      result.append(areWords ? symbol : table.extend(SequenceTable.root, by: symbol))
    }
    result.endOrder()
    for n in 1..<max(order, 1) {
      let shorter = result.range(ofOrder: n - 1).lowerBound
      for start in 0..<max(symbols.count - n, 0) {
        result.append(table.extend(result.numbers[shorter + start], by: symbols[start + n]))
      }
      result.endOrder()
    }
    return result
  }

  /// Takes a reference's n-grams into account: of each, the highest count of any reference is the limit.
  mutating func addReference(_ ngrams: Ngrams) {
    makeRoom()
    for number in ngrams.numbers {
      let index = Int(number)
      current[index] += 1
      if current[index] > limits[index] { limits[index] = current[index] }
    }
    for number in ngrams.numbers { current[Int(number)] = 0 }
  }

  /// Forgets the references, but not the numbers of their n-grams.
  mutating func removeReferences(_ ngrams: Ngrams) {
    for number in ngrams.numbers { limits[Int(number)] = 0 }
  }

  /// How many n-grams of each order the references have too, each at most as often as its limit.
  mutating func matches(_ ngrams: Ngrams) -> [Int] {
    makeRoom()
    var result = [Int](repeating: 0, count: ngrams.orderCount)
    for order in result.indices {
      for place in ngrams.range(ofOrder: order) {
        let index = Int(ngrams.numbers[place])
        guard current[index] < limits[index] else { continue }
        current[index] += 1
        result[order] += 1
      }
    }
    for number in ngrams.numbers { current[Int(number)] = 0 }
    return result
  }

  private mutating func makeRoom() {
    guard limits.count < table.count else { return }
    let missing = table.count - limits.count
    limits.append(contentsOf: repeatElement(0, count: missing))
    current.append(contentsOf: repeatElement(0, count: missing))
  }
}
