/// Numbers sequences of 32-bit symbols exactly: equal sequences get equal numbers, others never do.
///
/// It is a trie kept in one open-addressing hash table: a sequence is named by the number of all but its
/// last symbol, and that symbol. So an n-gram costs one lookup from the (n-1)-gram before it, and no string
/// or array is ever built. The table is emptied after each segment and stays in the processor's cache.
struct SequenceTable {
  /// Stands for the empty sequence.
  static let root: UInt32 = 0
  /// Stands for the empty sequence of the words' own trie.
  private static let wordRoot: UInt32 = 1

  /// A place of the table, taken where its epoch is the table's.
  private struct Slot {
    var key: UInt64 = 0
    var number: UInt32 = 0
    var epoch: UInt32 = 0
  }

  private var slots: [Slot]
  private var shift: UInt64
  private var epoch: UInt32 = 1
  /// The number that the next new sequence gets; numbers are dense.
  private(set) var count: Int = Self.firstNumber

  /// The first number after the roots.
  private static let firstNumber = 2

  init() {
    let bits = 10
    slots = Array(repeating: Slot(), count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  /// Forgets every sequence, at no cost: what has an earlier epoch is not there.
  mutating func removeAll() {
    count = Self.firstNumber
    epoch &+= 1
    guard epoch == 0 else { return }
    for index in slots.indices { slots[index].epoch = 0 }
    epoch = 1
  }

  /// The number of a sequence that goes on after another one.
  mutating func extend(_ sequence: UInt32, by symbol: UInt32) -> UInt32 {
    let key = UInt64(sequence) << 32 | UInt64(symbol)
    let index = index(of: key)
    if slots[index].epoch == epoch { return slots[index].number }
    let number = UInt32(count)
    slots[index] = Slot(key: key, number: number, epoch: epoch)
    count += 1
    if (count - Self.firstNumber) * 2 > slots.count { grow() }
    return number
  }

  /// The number of a word: its length and its first three bytes, then the others by four.
  ///
  /// The length comes first, so no word is the beginning of another one, and n-grams of words can go on
  /// from a word's number. A length that a byte does not hold follows as a symbol of its own.
  mutating func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var first = UInt32(min(bytes.count, 255))
    var index = bytes.startIndex
    for _ in 0..<3 {
      first <<= 8
      guard index < bytes.endIndex else { continue }
      first |= UInt32(bytes[index])
      index += 1
    }
    var number = extend(Self.wordRoot, by: first)
    if bytes.count >= 255 { number = extend(number, by: UInt32(bytes.count)) }
    while index < bytes.endIndex {
      var chunk: UInt32 = 0
      for offset in index..<min(index + 4, bytes.endIndex) { chunk = chunk << 8 | UInt32(bytes[offset]) }
      number = extend(number, by: chunk)
      index += 4
    }
    return number
  }

  /// Where a key is, or the free slot where it belongs.
  private func index(of key: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: ((key ^ (key >> 29)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[index].epoch == epoch, slots[index].key != key { index = (index + 1) & (slots.count - 1) }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    shift -= 1
    for slot in old where slot.epoch == epoch { slots[index(of: slot.key)] = slot }
  }
}
