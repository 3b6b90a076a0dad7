import Storage
import Tensors

/// Which sentence pairs make up the batches of an epoch, and in which order.
///
/// A function of the seed and the epoch alone: a resumed run draws the same batches.
public struct BatchPlan: Sendable {
  /// Ids of sentence pairs, a batch each.
  public let batches: [[Int64]]

  /// Batches of like length: the pairs are shuffled, sorted by length within pools of 100 batches, cut, and the
  /// batches shuffled again.
  public init(lengths: [SegmentLength], batchSize: Int, seed: UInt64, epoch: Int) {
    var generator = SplitMix64(seed: SplitMix64.seed(seed, 2, UInt64(epoch)))
    var order = lengths
    generator.shuffle(&order)
    var batches: [[Int64]] = []
    let pool = batchSize * 100
    for start in stride(from: 0, to: order.count, by: pool) {
      // Pairs of the same lengths keep their shuffled order, so that each epoch has other batches.
      let sorted = order[start..<min(start + pool, order.count)].enumerated().sorted {
        ($0.element.target, $0.element.source, $0.offset) < ($1.element.target, $1.element.source, $1.offset)
      }.map(\.element)
      for first in stride(from: 0, to: sorted.count, by: batchSize) {
        batches.append(sorted[first..<min(first + batchSize, sorted.count)].map(\.id))
      }
    }
    generator.shuffle(&batches)
    self.batches = batches
  }
}
