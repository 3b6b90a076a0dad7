extension Tape {
  /// The output layer and the loss of R-Drop (Liang et al. 2021, eq. 4, halved so that it has the size of one
  /// cross-entropy): two predictions `p` and `q` of each word, from two draws of dropout, are to be right and alike.
  /// ```
  /// ½ (CE(p) + CE(q)) + α/4 (KL(p ‖ q) + KL(q ‖ p))
  /// ```
  /// As in ``crossEntropy(hidden:weight:bias:targets:smoothing:scale:)`` the gradient flows at once.
  ///
  /// - Parameters:
  ///   - hidden: `[2 N, H]`: the rows of the first draw, then those of the second in the same order.
  ///   - targets: `[N]`.
  ///   - consistency: `α`.
  /// - Returns: sums over the `N` words; the second term stands in ``LossSum/added``.
  public func pairedCrossEntropy(
    hidden: Tensor, weight: Parameter, bias: Parameter, targets: [Int32], smoothing: Float,
    consistency: Float, scale: Float
  ) -> LossSum {
    let count = targets.count
    precondition(hidden.rows == 2 * count, "\(hidden.rows) rows for two draws of \(count) targets")
    var sum = LossSum()
    let vocabulary = weight.columns
    let chunk = min(count, 256)
    let mark = arena.mark()
    let logits = [0, 1].map { _ in arena.allocate(Float.self, chunk * vocabulary) }
    var start = 0
    while start < count {
      let rows = min(chunk, count - start)
      let slices = [0, 1].map { hidden.slice(from: $0 * count + start, count: rows) }
      for (slice, logits) in zip(slices, logits) {
        multiply(slice, weight, into: logits, accumulate: false)
        vm.add_bias(logits, bias.values, rows, vocabulary)
      }
      for row in 0..<rows {
        let target = targets[start + row]
        precondition(target >= 0 && Int(target) < vocabulary, "target \(target) of \(vocabulary)")
        var (likelihood, divergence) = (0.0, 0.0)
        sum.smoothed += vm.paired_cross_entropy(
          logits[0] + row * vocabulary, logits[1] + row * vocabulary, vocabulary, Int(target), smoothing,
          consistency, scale, &likelihood, &divergence)
        sum.negativeLogLikelihood += likelihood
        sum.added += divergence
      }
      if isRecording {
        for (slice, logits) in zip(slices, logits) {
          addWeightGradient(slice.values, logits, rows: rows, weight)
          addBiasGradient(logits, rows: rows, bias)
          MatrixProduct.compute(
            logits, weight.values, transposeB: true, into: slice.gradient!, m: rows, n: weight.rows,
            k: vocabulary, accumulate: true)
        }
      }
      start += rows
    }
    arena.release(to: mark)
    sum.words = count
    return sum
  }
}
