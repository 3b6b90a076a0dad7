/// The loss of some target words.
public struct LossSum: Sendable {
  /// Label-smoothed cross-entropy in nats, summed over the words.
  public var smoothed: Double = 0
  /// Negative log-likelihood in nats, summed over the words.
  public var negativeLogLikelihood: Double = 0
  /// What other terms of the loss add, as those on attention weights.
  public var added: Double = 0
  /// The number of words.
  public var words = 0

  /// No words, no loss.
  public init() {}

  /// Adds another sum.
  public static func += (sum: inout LossSum, other: LossSum) {
    sum.smoothed += other.smoothed
    sum.negativeLogLikelihood += other.negativeLogLikelihood
    sum.added += other.added
    sum.words += other.words
  }
}

extension Tape {
  /// The output layer, its softmax and the label-smoothed cross-entropy (Szegedy et al. 2016) in one pass.
  ///
  /// While recording it also forms the gradient, in place of the logits, so the logits are written once. The
  /// gradient flows into `hidden`, `weight` and `bias` at once; call ``backward()`` for what lies before.
  ///
  /// - Parameters:
  ///   - hidden: `[N, H]`, one row a real (not padded) target position.
  ///   - weight: `[H, V]`.
  ///   - bias: `[1, V]`.
  ///   - targets: `[N]`, the ids to predict.
  ///   - smoothing: the mass spread evenly over the vocabulary.
  ///   - scale: factor of the gradient, usually one over the words of the whole batch.
  public func crossEntropy(
    hidden: Tensor, weight: Parameter, bias: Parameter, targets: [Int32], smoothing: Float, scale: Float
  ) -> LossSum {
    precondition(hidden.rows == targets.count, "\(hidden.rows) rows for \(targets.count) targets")
    var sum = LossSum()
    let (width, vocabulary) = (weight.rows, weight.columns)
    let chunk = min(hidden.rows, 512)
    let mark = arena.mark()
    let logits = arena.allocate(Float.self, chunk * vocabulary)
    var start = 0
    while start < hidden.rows {
      let rows = min(chunk, hidden.rows - start)
      let slice = hidden.slice(from: start, count: rows)
      multiply(slice, weight, into: logits, accumulate: false)
      vm.add_bias(logits, bias.values, rows, vocabulary)
      for row in 0..<rows {
        let target = targets[start + row]
        precondition(target >= 0 && Int(target) < vocabulary, "target \(target) of \(vocabulary)")
        var likelihood = 0.0
        sum.smoothed += vm.cross_entropy(
          logits + row * vocabulary, vocabulary, Int(target), smoothing, scale, &likelihood)
        sum.negativeLogLikelihood += likelihood
      }
      if isRecording {
        addWeightGradient(slice.values, logits, rows: rows, weight)
        addBiasGradient(logits, rows: rows, bias)
        MatrixProduct.compute(
          logits, weight.values, transposeB: true, into: slice.gradient!, m: rows, n: width, k: vocabulary,
          accumulate: true)
      }
      start += rows
    }
    arena.release(to: mark)
    sum.words = hidden.rows
    return sum
  }
}
