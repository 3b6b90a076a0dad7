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
  ///
  /// - Parameters:
  ///   - batchSize: pairs a batch.
  ///   - batchWords: target ids a batch at most, `</s>` and padding counted, in the place of `batchSize`; a longer
  ///     sentence is a batch of its own. 0 for none.
  public init(lengths: [SegmentLength], batchSize: Int, batchWords: Int = 0, seed: UInt64, epoch: Int) {
    var generator = SplitMix64(seed: SplitMix64.seed(seed, 2, UInt64(epoch)))
    var order = lengths
    generator.shuffle(&order)
    var batches: [[Int64]] = []
    let mean = order.isEmpty ? 1 : order.reduce(0) { $0 + Int($1.target) + 1 } / order.count
    let pool = 100 * (batchWords > 0 ? max(1, batchWords / max(1, mean)) : batchSize)
    for start in stride(from: 0, to: order.count, by: pool) {
      // Pairs of the same lengths keep their shuffled order, so that each epoch has other batches.
      let sorted = order[start..<min(start + pool, order.count)].enumerated().sorted {
        ($0.element.target, $0.element.source, $0.offset) < ($1.element.target, $1.element.source, $1.offset)
      }.map(\.element)
      var first = 0
      while first < sorted.count {
        var end = first + 1
        func fits(_ pair: SegmentLength) -> Bool {
          // Sorted: the last one of a batch is its longest.
          batchWords > 0
            ? (end - first + 1) * (Int(pair.target) + 1) <= batchWords : end - first < batchSize
        }
        while end < sorted.count, fits(sorted[end]) { end += 1 }
        batches.append(sorted[first..<end].map(\.id))
        first = end
      }
    }
    generator.shuffle(&batches)
    self.batches = batches
  }

  /// The batches that a training of this configuration takes in an epoch.
  public init(lengths: [SegmentLength], _ configuration: TrainingConfiguration, epoch: Int) {
    self.init(
      lengths: lengths, batchSize: configuration.batchSize, batchWords: configuration.batchWords,
      seed: configuration.seed, epoch: epoch)
  }
}
