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

  private var keys: [UInt64]
  private var values: [UInt32]
  private var usedSlots: [Int] = []
  private var shift: UInt64
  /// The number that the next new sequence gets; numbers are dense.
  private(set) var count: Int = 2

  init() {
    keys = Array(repeating: .max, count: 1 << 12)
    values = Array(repeating: 0, count: 1 << 12)
    shift = 64 - 12
  }

  /// Forgets every sequence, at a cost that depends on how many there were.
  mutating func removeAll() {
    for slot in usedSlots { keys[slot] = .max }
    usedSlots.removeAll(keepingCapacity: true)
    count = 2
  }

  /// The number of a sequence that goes on after another one.
  mutating func extend(_ sequence: UInt32, by symbol: UInt32) -> UInt32 {
    let key = UInt64(sequence) << 32 | UInt64(symbol)
    var slot = self.slot(for: key)
    while true {
      let known = keys[slot]
      if known == key { return values[slot] }
      if known == .max { break }
      slot = (slot + 1) & (keys.count - 1)
    }
    let number = UInt32(count)
    count += 1
    keys[slot] = key
    values[slot] = number
    usedSlots.append(slot)
    if usedSlots.count * 2 > keys.count { grow() }
    return number
  }

  /// The number of a word: its length, then its bytes by four.
  ///
  /// The length comes first, so no word is the beginning of another one, and n-grams of words can go on
  /// from a word's number.
  mutating func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var number = extend(Self.wordRoot, by: UInt32(bytes.count))
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var chunk: UInt32 = 0
      for offset in index..<min(index + 4, bytes.endIndex) { chunk = chunk << 8 | UInt32(bytes[offset]) }
      number = extend(number, by: chunk)
      index += 4
    }
    return number
  }

  private func slot(for key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key ^ (key >> 29)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    let oldSlots = usedSlots
    keys = Array(repeating: .max, count: oldKeys.count * 2)
    values = Array(repeating: 0, count: oldKeys.count * 2)
    usedSlots.removeAll(keepingCapacity: true)
    shift -= 1
    for oldSlot in oldSlots {
      var slot = self.slot(for: oldKeys[oldSlot])
      while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
      keys[slot] = oldKeys[oldSlot]
      values[slot] = oldValues[oldSlot]
      usedSlots.append(slot)
    }
  }
}
