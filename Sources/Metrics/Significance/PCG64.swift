/// The random numbers of NumPy's `default_rng`: the same seed gives the same numbers.
///
/// The generator is PCG XSL RR 128/64 (O'Neill 2014, HMC-CS-2014-0905), seeded through ``SeedSequence``.
/// Whole numbers below a bound are drawn as NumPy's `Generator.integers` and `choice` draw them: by
/// multiplication with rejection (Lemire 2019) from 32-bit halves of the output, the low half first.
public struct PCG64: Sendable {
  private var high: UInt64
  private var low: UInt64
  private let increment: (high: UInt64, low: UInt64)
  private var spareHalf: UInt32?

  /// Creates the generator of a seed.
  public init(seed: UInt64) {
    let words = SeedSequence(seed).state(words: 4)
    increment = (words[2] << 1 | words[3] >> 63, words[3] << 1 | 1)
    (high, low) = (0, 0)
    step()
    add((words[0], words[1]))
    step()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    step()
    let mixed = high ^ low
    let turn = high >> 58
    return mixed >> turn | mixed << ((64 &- turn) & 63)
  }

  /// The next 32 bits: the low half of an output, then its high half.
  public mutating func next32() -> UInt32 {
    if let half = spareHalf {
      spareHalf = nil
      return half
    }
    let bits = next()
    spareHalf = UInt32(bits >> 32)
    return UInt32(truncatingIfNeeded: bits)
  }

  /// A whole number below a bound, which must not be 0; every one is as likely.
  public mutating func next(below bound: UInt32) -> UInt32 {
    precondition(bound > 0, "no whole number is below 0")
    // A single choice takes no random number.
    guard bound > 1 else { return 0 }
    var product = UInt64(next32()) * UInt64(bound)
    if UInt32(truncatingIfNeeded: product) < bound {
      let threshold = (0 &- bound) % bound
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) * UInt64(bound) }
    }
    return UInt32(product >> 32)
  }

  private mutating func step() {
    // The multiplier of PCG's 128-bit generators.
    let (factorHigh, factorLow): (UInt64, UInt64) = (0x2360_ED05_1FC6_5DA4, 0x4385_DF64_9FCC_F645)
    let product = low.multipliedFullWidth(by: factorLow)
    high = product.high &+ high &* factorLow &+ low &* factorHigh
    low = product.low
    add(increment)
  }

  private mutating func add(_ number: (high: UInt64, low: UInt64)) {
    let (sum, overflow) = low.addingReportingOverflow(number.low)
    low = sum
    high = high &+ number.high &+ (overflow ? 1 : 0)
  }
}
