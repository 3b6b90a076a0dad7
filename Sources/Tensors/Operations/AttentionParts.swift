import CVectorMath

// Attention with its scores and weights on the tape: slower than `attend`, and needed where more than the context
// depends on the weights, as coverage does. Without coverage it is what tests hold the faster ones against.
extension Tape {
  /// How well each query goes with each position of its sentence.
  ///
  /// - Parameters:
  ///   - query: `[R, K]`.
  ///   - coverage: what each position has had of attention so far, `[R, S]`, and the weight `[1, K]` of it: with
  ///     ``AttentionScore/mlp(_:)``, `v · tanh(q + k_s + c_s w)` (See et al. 2017, eq. 11).
  ///   - sentences: the sentence that each of the `R` rows attends to; `nil`: row `r` to sentence `r`.
  /// - Returns: `[R, S]`, 0 past a sentence's end.
  public func attentionScores(
    _ score: AttentionScore, query: Tensor, memory: AttentionMemory,
    coverage: (sum: Tensor, weight: Parameter)? = nil, sentences: [Int]? = nil
  ) -> Tensor {
    let (keys, lengths, steps) = (memory.keys, memory.lengths, memory.steps)
    precondition(query.columns == keys.columns, "query of \(query.columns) for keys of \(keys.columns)")
    precondition(
      coverage.map { $0.sum.rows == query.rows && $0.sum.columns == steps } ?? true,
      "coverage of another shape than [\(query.rows), \(steps)]")
    let v: Parameter? = if case .mlp(let v) = score { v } else { nil }
    let scores = zeros(rows: query.rows, columns: steps)
    var view = vm_memory(keys, sentences: lengths.count)
    timed(.attention) {
      for row in 0..<query.rows {
        let sentence = sentences?[row] ?? row
        vm.attention_scores(
          query.values + row * query.columns, v?.values, coverage?.weight.values,
          coverage.map { UnsafePointer($0.sum.values + row * steps) }, &view, sentence, lengths[sentence],
          scores.values + row * steps)
      }
    }
    record { [self] in
      let dv = v.map { gradients!.accumulator($0) }
      let dw = coverage.map { gradients!.accumulator($0.weight) }
      timed(.attention) {
        for row in 0..<query.rows {
          let sentence = sentences?[row] ?? row
          let place = row * query.columns
          vm.attention_scores_backward(
            query.values + place, query.gradient! + place, v?.values, dv, coverage?.weight.values, dw,
            coverage.map { UnsafePointer($0.sum.values + row * steps) },
            coverage.map { $0.sum.gradient! + row * steps }, &view, sentence, lengths[sentence],
            scores.gradient! + row * steps)
        }
      }
    }
    return scores
  }

  /// The softmax of each row over its sentence's positions.
  ///
  /// - Parameter scores: `[R, S]`.
  /// - Returns: `[R, S]`, 0 past a sentence's end.
  public func attentionWeights(_ scores: Tensor, memory: AttentionMemory, sentences: [Int]? = nil) -> Tensor {
    let (lengths, steps) = (memory.lengths, memory.steps)
    let weights = zeros(rows: scores.rows, columns: steps)
    timed(.attention) {
      for row in 0..<scores.rows {
        let length = lengths[sentences?[row] ?? row]
        let target = weights.values + row * steps
        target.update(from: scores.values + row * steps, count: length)
        vm.softmax(target, length)
      }
    }
    record { [self] in
      timed(.attention) {
        for row in 0..<scores.rows {
          let place = row * steps
          vm.softmax_backward(
            scores.gradient! + place, weights.values + place, weights.gradient! + place,
            lengths[sentences?[row] ?? row])
        }
      }
    }
    return weights
  }

  /// The average of the memory's values under the weights.
  ///
  /// - Parameter weights: `[R, S]`.
  /// - Returns: `[R, D]`.
  public func attentionContext(_ weights: Tensor, memory: AttentionMemory, sentences: [Int]? = nil) -> Tensor
  {
    let (values, lengths, steps) = (memory.values, memory.lengths, memory.steps)
    let context = make(rows: weights.rows, columns: values.columns)
    var view = vm_memory(values, sentences: lengths.count)
    timed(.attention) {
      for row in 0..<weights.rows {
        let sentence = sentences?[row] ?? row
        vm.attention_context(
          &view, sentence, lengths[sentence], weights.values + row * steps,
          context.values + row * values.columns)
      }
    }
    record { [self] in
      timed(.attention) {
        for row in 0..<weights.rows {
          let sentence = sentences?[row] ?? row
          vm.attention_context_backward(
            &view, sentence, lengths[sentence], weights.values + row * steps, weights.gradient! + row * steps,
            context.gradient! + row * values.columns)
        }
      }
    }
    return context
  }
}
