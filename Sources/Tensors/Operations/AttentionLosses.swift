import Foundation

/// What a given alignment wants of one attention weight.
public struct AlignmentGuide: Sendable, Hashable {
  /// The row of the weights.
  public let row: Int32
  /// The source position that the row's word is linked to.
  public let source: Int32
  /// Its share: those of a row sum to 1.
  public let share: Float

  /// A guide from its parts.
  public init(row: Int32, source: Int32, share: Float) {
    self.row = row
    self.source = source
    self.share = share
  }
}

extension Tape {
  /// The cross-entropy of attention weights against given alignments (Chen et al. 2016, eq. 6): `-Σ A log α`, in nats.
  ///
  /// While recording, its gradient times `scale` flows into the weights at once.
  ///
  /// - Parameter weights: `[R, S]`.
  public func alignmentLoss(_ weights: Tensor, _ guides: [AlignmentGuide], scale: Float) -> Double {
    var sum = 0.0
    for guide in guides {
      let place = Int(guide.row) * weights.columns + Int(guide.source)
      precondition(
        Int(guide.source) < weights.columns && Int(guide.row) < weights.rows, "a link outside the sentence")
      // However far off attention is: the softmax multiplies the gradient by the same weight again.
      let weight = max(weights.values[place], .leastNormalMagnitude)
      sum -= Double(guide.share) * Foundation.log(Double(weight))
      if let gradient = weights.gradient { gradient[place] -= scale * guide.share / weight }
    }
    return sum
  }

  /// What attention spends on positions that have had theirs (See et al. 2017, eq. 12): `Σ min(α, c)`.
  ///
  /// While recording, its gradient times `scale` flows into weights and coverage at once.
  ///
  /// - Parameters:
  ///   - weights: `[R, S]`.
  ///   - coverage: the sum of the weights of the steps before, `[R, S]`.
  ///   - rows: the rows that are words.
  public func coverageLoss(_ weights: Tensor, coverage: Tensor, rows: [Int], scale: Float) -> Double {
    var sum = 0.0
    for row in rows {
      for place in row * weights.columns..<(row + 1) * weights.columns {
        let isNew = weights.values[place] < coverage.values[place]
        sum += Double(isNew ? weights.values[place] : coverage.values[place])
        if weights.gradient != nil { (isNew ? weights : coverage).gradient![place] += scale }
      }
    }
    return sum
  }
}
