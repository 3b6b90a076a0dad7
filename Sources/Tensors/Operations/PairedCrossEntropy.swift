extension Tape {
  /// The output layer and the loss of R-Drop (Liang et al. 2021, eq. 4, halved so that it has the size of one
  /// cross-entropy): two predictions `p` and `q` of each word, from two draws of dropout, are to be right and alike.
  /// ```
  /// ½ (CE(p) + CE(q)) + α/4 (KL(p ‖ q) + KL(q ‖ p))
  /// ```
  /// As in ``crossEntropy(hidden:weight:bias:targets:smoothing:scale:factors:)`` the gradient flows at once.
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
    let mark = arena.mark()
    var start = 0
    while start < count {
      let rows = min(256, count - start)
      let parts = [0, 1].map { hidden.slice(from: $0 * count + start, count: rows) }
      sum += pairedLoss(
        parts, weight, bias, targets[start..<(start + rows)], smoothing, consistency, scale)
      start += rows
      arena.release(to: mark)
    }
    return sum
  }

  /// The loss of some words and its gradients.
  private func pairedLoss(
    _ parts: [Tensor], _ weight: Parameter, _ bias: Parameter, _ targets: ArraySlice<Int32>,
    _ smoothing: Float,
    _ consistency: Float, _ scale: Float
  ) -> LossSum {
    var sum = LossSum()
    let (rows, vocabulary) = (targets.count, weight.columns)
    let inputs = parts.map { operand($0.values, rows: rows, columns: weight.rows) }
    let logits = parts.map { _ in arena.allocate(Float.self, rows * vocabulary) }
    for (input, logits) in zip(inputs, logits) {
      multiply(input, weight, into: logits, accumulate: false, .outputLayer)
      timed(.elementwise) { vm.add_bias(logits, bias.values, rows, vocabulary) }
    }
    timed(.softmax) {
      for (row, target) in targets.enumerated() {
        precondition(target >= 0 && Int(target) < vocabulary, "target \(target) of \(vocabulary)")
        var (likelihood, divergence) = (0.0, 0.0)
        sum.smoothed += vm.paired_cross_entropy(
          logits[0] + row * vocabulary, logits[1] + row * vocabulary, vocabulary, Int(target), smoothing,
          consistency, scale, &likelihood, &divergence)
        sum.negativeLogLikelihood += likelihood
        sum.added += divergence
      }
    }
    sum.words = rows
    guard isRecording else { return sum }
    for ((part, input), logits) in zip(zip(parts, inputs), logits) {
      let gradient = operand(logits, rows: rows, columns: vocabulary)
      addWeightGradient(input, gradient, weight, .outputLayer)
      addBiasGradient(logits, rows: rows, bias)
      addInputGradient(gradient, weight, into: part.gradient!, accumulate: true, .outputLayer)
    }
    return sum
  }
}
