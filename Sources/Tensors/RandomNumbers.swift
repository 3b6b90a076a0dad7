/// SplitMix64 (Steele, Lea and Flood 2014): small state, the same numbers on every machine.
public struct SplitMix64: RandomNumberGenerator, Codable, Hashable, Sendable {
  /// The whole state.
  public var state: UInt64

  /// Starts at `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A uniform number in `[0, 1)`.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number below `bound`, without bias worth naming for bounds far below 2^64.
  public mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  /// Puts `items` in a random order (Fisher and Yates).
  public mutating func shuffle<Item>(_ items: inout [Item]) {
    guard items.count > 1 else { return }
    for last in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(last, below(last + 1)) }
  }

  /// The finaliser: a bijection of 64 bits that scatters them.
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One seed from several numbers.
  public static func seed(_ parts: UInt64...) -> UInt64 { seed(parts) }

  /// One seed from several numbers.
  public static func seed(_ parts: [UInt64]) -> UInt64 {
    parts.reduce(0x853C_49E6_748F_EA9B) { mix($0 ^ mix($1 &+ 0x9E37_79B9_7F4A_7C15)) }
  }
}
