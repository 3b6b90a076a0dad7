import Foundation
import Tensors
import Testing

@Suite("Worker pool and random numbers")
struct WorkerPoolTests {
  /// Numbers that threads add up.
  private final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var seen: [Int: Int] = [:]

    func add(_ key: Int) { lock.withLock { seen[key, default: 0] += 1 } }
    var counts: [Int: Int] { lock.withLock { seen } }
  }

  @Test("Each run calls every worker once, and returns when all are done", arguments: [1, 2, 5])
  func run(count: Int) {
    let pool = WorkerPool(count: count)
    #expect(pool.count == count)
    let tally = Tally()
    for round in 1...50 {
      pool.run { worker in
        if worker == 0 { usleep(200) }
        tally.add(worker)
      }
      #expect(tally.counts == Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, round) }))
    }
  }

  @Test("Workers run side by side")
  func concurrency() {
    let pool = WorkerPool(count: 3)
    let arrived = DispatchSemaphore(value: 0)
    let all = DispatchSemaphore(value: 0)
    let late = Tally()
    // Each worker waits for the others; one after another would never end.
    pool.run { worker in
      if worker == 0 {
        for _ in 0..<2 where arrived.wait(timeout: .now() + 20) == .timedOut { late.add(worker) }
        for _ in 0..<2 { all.signal() }
      } else {
        arrived.signal()
        if all.wait(timeout: .now() + 20) == .timedOut { late.add(worker) }
      }
    }
    #expect(late.counts.isEmpty)
  }

  @Test("A pool that is let go ends its threads' hold on it")
  func release() {
    weak var gone: WorkerPool?
    do {
      let pool = WorkerPool(count: 2)
      gone = pool
      pool.run { _ in }
    }
    for _ in 0..<200 where gone != nil { usleep(10_000) }
    #expect(gone == nil)
    #expect(WorkerPool.processorCount >= 1)
  }

  @Test("SplitMix64 gives the numbers of its authors' program")
  func golden() {
    // `splitmix64.c` of Sebastiano Vigna, seeds 0 and 1234567.
    var zero = SplitMix64(seed: 0)
    #expect(
      (0..<3).map { _ in zero.next() } == [
        0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F,
      ])
    var other = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in other.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test("Uniform numbers, bounded numbers and shuffles are even")
  func distributions() {
    var generator = SplitMix64(seed: 3)
    let uniform = (0..<100_000).map { _ in generator.uniform() }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniform.reduce(0, +) / 100_000 - 0.5) < 0.005)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.below(7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    var orders: [[Int]: Int] = [:]
    for _ in 0..<6_000 {
      var items = [1, 2, 3]
      generator.shuffle(&items)
      orders[items, default: 0] += 1
    }
    #expect(orders.count == 6)
    #expect(orders.values.allSatisfy { abs($0 - 1_000) < 200 })
    var none: [Int] = []
    generator.shuffle(&none)
    #expect(none.isEmpty)
  }

  @Test("The state is all there is, and seeds from unlike parts are unlike")
  func state() throws {
    var one = SplitMix64(seed: 9)
    _ = one.next()
    var copy = try JSONDecoder().decode(SplitMix64.self, from: JSONEncoder().encode(one))
    #expect(copy == one)
    #expect(copy.next() == one.next())
    let seeds = [
      SplitMix64.seed(1), SplitMix64.seed(2), SplitMix64.seed(1, 0), SplitMix64.seed(0, 1),
      SplitMix64.seed(1, 2),
      SplitMix64.seed(2, 1), SplitMix64.seed(),
    ]
    #expect(Set(seeds).count == seeds.count)
    #expect(SplitMix64.seed(1, 2) == SplitMix64.seed(1, 2))
  }
}
