/// Spreads a seed over any number of random-looking words, as NumPy's `SeedSequence` does.
///
/// The method is O'Neill's `seed_seq_fe` (2015): a pool of four words into which each word of the seed is
/// hashed.
struct SeedSequence {
  private var pool: [UInt32]

  init(_ seed: UInt64) {
    var entropy = [UInt32(truncatingIfNeeded: seed)]
    if seed > UInt64(UInt32.max) { entropy.append(UInt32(seed >> 32)) }
    var factor: UInt32 = 0x43B0_D7E5
    func hash(_ word: UInt32) -> UInt32 {
      var result = word ^ factor
      factor &*= 0x931E_8875
      result &*= factor
      return result ^ (result >> 16)
    }
    func mix(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let result = 0xCA01_F9DD &* x &- 0x4973_F715 &* y
      return result ^ (result >> 16)
    }
    pool = (0..<4).map { hash($0 < entropy.count ? entropy[$0] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        pool[target] = mix(pool[target], hash(pool[source]))
      }
    }
  }

  /// The first words of the state, each of two 32-bit words, the low one first.
  func state(words: Int) -> [UInt64] {
    var factor: UInt32 = 0x8B51_F9DD
    let halves = (0..<(2 * words)).map { index in
      var word = pool[index % 4] ^ factor
      factor &*= 0x58F3_8DED
      word &*= factor
      return word ^ (word >> 16)
    }
    return (0..<words).map { UInt64(halves[2 * $0]) | UInt64(halves[2 * $0 + 1]) << 32 }
  }
}
