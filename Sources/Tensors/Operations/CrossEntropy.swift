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
  ///   - factors: more factors of the gradient, of any sign, one for each row; the sums are without them.
  public func crossEntropy(
    hidden: Tensor, weight: Parameter, bias: Parameter, targets: [Int32], smoothing: Float, scale: Float,
    factors: [Float]? = nil
  ) -> LossSum {
    precondition(
      factors.map { $0.count == targets.count } ?? true, "a factor for each of \(targets.count) rows")
    precondition(hidden.rows == targets.count, "\(hidden.rows) rows for \(targets.count) targets")
    var sum = LossSum()
    let mark = arena.mark()
    var start = 0
    while start < hidden.rows {
      let rows = min(usesHalf ? 2048 : 512, hidden.rows - start)
      let slice = hidden.slice(from: start, count: rows)
      let scales = (start..<start + rows).map { scale * (factors?[$0] ?? 1) }
      sum += chunkLoss(slice, weight, bias, targets[start..<(start + rows)], smoothing, scales)
      start += rows
      arena.release(to: mark)
    }
    return sum
  }

  /// The loss of some rows and its gradients.
  private func chunkLoss(
    _ hidden: Tensor, _ weight: Parameter, _ bias: Parameter, _ targets: ArraySlice<Int32>,
    _ smoothing: Float, _ scales: [Float]
  ) -> LossSum {
    var sum = LossSum()
    let (width, vocabulary) = (weight.rows, weight.columns)
    let input = operand(hidden.values, rows: hidden.rows, columns: width)
    // In bf16 the logits of a few rows at a time stay in the cache, and only their rounded gradients are kept.
    let block = usesHalf ? min(hidden.rows, 64) : hidden.rows
    let logits = arena.allocate(Float.self, block * vocabulary)
    let half = usesHalf && isRecording ? allocateHalf(rows: hidden.rows, columns: vocabulary) : nil
    let biasGradient = isRecording ? gradients!.accumulator(bias) : nil
    for first in stride(from: 0, to: hidden.rows, by: block) {
      let rows = min(block, hidden.rows - first)
      let part = Operand(
        rows: rows, columns: width, values: input.values + first * width,
        half: input.half.map { $0 + first * width })
      multiply(part, weight, into: logits, accumulate: false, .outputLayer)
      timed(.softmax) {
        for row in 0..<rows {
          let target = Int(targets[targets.startIndex + first + row])
          precondition(target >= 0 && target < vocabulary, "target \(target) of \(vocabulary)")
          let values = logits + row * vocabulary
          vm.add(values, bias.values, vocabulary)
          var likelihood = 0.0
          sum.smoothed += vm.cross_entropy(
            values, vocabulary, target, smoothing, scales[first + row], &likelihood)
          sum.negativeLogLikelihood += likelihood
          if let biasGradient { vm.add(biasGradient, values, vocabulary) }
          if let half { vm.to_bf16(half + (first + row) * vocabulary, values, vocabulary) }
        }
      }
      if isRecording {
        let gradient = Operand(
          rows: rows, columns: vocabulary, values: logits, half: half.map { $0 + first * vocabulary })
        addInputGradient(
          gradient, weight, into: hidden.gradient! + first * width, accumulate: true, .outputLayer)
      }
    }
    if isRecording {
      addWeightGradient(
        input, Operand(rows: hidden.rows, columns: vocabulary, values: logits, half: half), weight,
        .outputLayer)
    }
    sum.words = hidden.rows
    return sum
  }
}
