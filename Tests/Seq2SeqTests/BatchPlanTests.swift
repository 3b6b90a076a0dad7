import Seq2Seq
import Storage
import Tensors
import Testing

@Suite("Batch plan")
struct BatchPlanTests {
  private func lengths(_ count: Int) -> [SegmentLength] {
    var generator = SplitMix64(seed: 51)
    return (0..<count).map { index in
      SegmentLength(
        id: Int64(1_000 + index), source: Int32(1 + generator.below(40)),
        target: Int32(1 + generator.below(40)))
    }
  }

  @Test(
    "Every pair is in one batch, and none is too large", arguments: [0, 1, 7, 8, 9, 799, 800, 801, 2_345])
  func partition(count: Int) {
    let plan = BatchPlan(lengths: lengths(count), batchSize: 8, seed: 1, epoch: 1)
    #expect(plan.batches.flatMap { $0 }.sorted() == lengths(count).map(\.id))
    #expect(plan.batches.allSatisfy { (1...8).contains($0.count) })
    #expect(plan.batches.count <= count / 8 + 1 + count / 800)
  }

  @Test(
    "Batches by words hold as many as fit, and a longer sentence stands alone", arguments: [30, 100, 1_000])
  func words(limit: Int) {
    let all = lengths(2_000)
    let target = Dictionary(uniqueKeysWithValues: all.map { ($0.id, Int($0.target) + 1) })
    let plan = BatchPlan(lengths: all, batchSize: 8, batchWords: limit, seed: 1, epoch: 1)
    #expect(plan.batches.flatMap { $0 }.sorted() == all.map(\.id))
    let cells = plan.batches.map { $0.count * $0.map { target[$0]! }.max()! }
    for (batch, count) in zip(plan.batches, cells) { #expect(count <= limit || batch.count == 1) }
    #expect(cells.contains { $0 > limit } == (limit < 41))
    if limit >= 100 { #expect(cells.count { $0 > limit * 6 / 10 } > plan.batches.count * 9 / 10) }
  }

  @Test("It is a function of the seed and the epoch")
  func determinism() {
    func batches(_ seed: UInt64, _ epoch: Int) -> [[Int64]] {
      BatchPlan(lengths: lengths(2_000), batchSize: 8, seed: seed, epoch: epoch).batches
    }
    #expect(batches(1, 1) == batches(1, 1))
    #expect(batches(1, 1) != batches(1, 2))
    #expect(batches(1, 1) != batches(2, 1))
    // Not only the order of the batches: who stands beside whom changes too.
    #expect(Set(batches(1, 1).map(Set.init)) != Set(batches(1, 2).map(Set.init)))
  }

  @Test("Sentences of like length stand together, and batches are not in the order of length")
  func likeLengths() {
    let all = lengths(2_000)
    let target = Dictionary(uniqueKeysWithValues: all.map { ($0.id, Int($0.target)) })
    let plan = BatchPlan(lengths: all, batchSize: 16, seed: 3, epoch: 1)
    let cells = plan.batches.reduce(0) { $0 + $1.count * $1.map { target[$0]! }.max()! }
    let words = target.values.reduce(0, +)
    #expect(Double(cells) / Double(words) < 1.1, "more than a tenth of the cells is padding")
    let longest = plan.batches.map { $0.map { target[$0]! }.max()! }
    #expect(longest != longest.sorted() && longest != longest.sorted(by: >))
  }
}
