/// The pairs of a split by their contents, without their text: 16 bytes a place, filled to three quarters.
///
/// It holds a hash of 64 bits and the pair's number. Two pairs of one hash are told apart by whoever has the
/// text, so a collision costs a look and never an answer.
struct PairIndex {
  private var hashes: [UInt64] = []
  private var ids: [Int64] = []
  private(set) var count = 0

  /// The hash of a pair: FNV-1a of both sides with a byte between them that UTF-8 never has, its bits mixed as
  /// in SplitMix64, for FNV's high bits are weak.
  static func hash(source: String, target: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for byte in source.utf8 { add(byte) }
    add(0xFF)
    for byte in target.utf8 { add(byte) }
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return max(1, hash ^ hash >> 31)  // 0 marks a free place
  }

  /// Adds a pair. It is for the caller to look first whether it is there.
  mutating func insert(_ hash: UInt64, id: Int64) {
    if 4 * (count + 1) > 3 * hashes.count { grow() }
    place(hash, id)
    count += 1
  }

  /// The first number under a hash for which `isSame` says yes, or nil.
  func first(_ hash: UInt64, where isSame: (Int64) throws -> Bool) rethrows -> Int64? {
    guard count > 0 else { return nil }
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0 {
      if hashes[slot] == hash, try isSame(ids[slot]) { return ids[slot] }
      slot = (slot + 1) & (hashes.count - 1)
    }
    return nil
  }

  private mutating func place(_ hash: UInt64, _ id: Int64) {
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0 { slot = (slot + 1) & (hashes.count - 1) }
    hashes[slot] = hash
    ids[slot] = id
  }

  private mutating func grow() {
    let (oldHashes, oldIDs) = (hashes, ids)
    let capacity = max(1024, 2 * oldHashes.count)
    hashes = [UInt64](repeating: 0, count: capacity)
    ids = [Int64](repeating: 0, count: capacity)
    for (hash, id) in zip(oldHashes, oldIDs) where hash != 0 { place(hash, id) }
  }
}
