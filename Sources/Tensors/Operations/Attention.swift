import CVectorMath

/// What a batch of decoder states attends to.
public struct AttentionMemory {
  /// What queries are compared with, `[S * B, K]`, time-major.
  public let keys: Tensor
  /// What is averaged, `[S * B, D]`, time-major.
  public let values: Tensor
  /// Length of each of the `B` sentences; positions past it are never looked at.
  public let lengths: [Int]

  /// - Precondition: keys and values have `S * B` rows, and `1 <= length <= S`.
  public init(keys: Tensor, values: Tensor, lengths: [Int]) {
    precondition(
      keys.rows == values.rows && !lengths.isEmpty && keys.rows % lengths.count == 0,
      "\(keys.rows) keys and \(values.rows) values for \(lengths.count) sentences")
    let steps = keys.rows / lengths.count
    precondition(lengths.allSatisfy { $0 >= 1 && $0 <= steps }, "a length outside 1...\(steps)")
    self.keys = keys
    self.values = values
    self.lengths = lengths
  }

  /// The longest sentence that fits, `S`.
  public var steps: Int { keys.rows / lengths.count }
}

/// How a query is compared with a key.
public enum AttentionScore {
  /// `q · k` (Luong et al. 2015, eq. 8; "general" projects the keys beforehand).
  case dot
  /// `v · tanh(q + k)` (Bahdanau et al. 2015, appendix A.1.2), `v` being `[1, K]`.
  case mlp(Parameter)
}

extension Tape {
  /// Softmax of the scores over a sentence's positions, and the average of the values under it.
  ///
  /// - Parameters:
  ///   - query: `[R, K]`.
  ///   - sentences: the sentence that each of the `R` rows attends to; `nil`: row `r` to sentence `r`.
  /// - Returns: contexts `[R, D]`, and weights `[R, S]`, 0 past a sentence's end.
  public func attend(
    _ score: AttentionScore, query: Tensor, memory: AttentionMemory, sentences: [Int]? = nil
  ) -> (context: Tensor, weights: UnsafeMutablePointer<Float>) {
    let (keys, values, lengths) = (memory.keys, memory.values, memory.lengths)
    precondition(query.columns == keys.columns, "query of \(query.columns) for keys of \(keys.columns)")
    precondition(
      sentences != nil || query.rows == lengths.count, "\(query.rows) queries, \(lengths.count) sentences")
    let steps = memory.steps
    let context = make(rows: query.rows, columns: values.columns)
    let weights = arena.allocate(Float.self, query.rows * steps)
    weights.update(repeating: 0, count: query.rows * steps)
    var keyMemory = view(keys, sentences: lengths.count)
    var valueMemory = view(values, sentences: lengths.count)
    timed(.attention) {
      for row in 0..<query.rows {
        let sentence = sentences?[row] ?? row
        let (q, w, c) = (
          query.values + row * query.columns, weights + row * steps, context.values + row * values.columns
        )
        switch score {
        case .dot: vm.dot_attention(q, &keyMemory, &valueMemory, sentence, lengths[sentence], w, c)
        case .mlp(let v):
          vm.mlp_attention(q, v.values, &keyMemory, &valueMemory, sentence, lengths[sentence], w, c)
        }
      }
    }
    let scratch = isRecording ? arena.allocate(Float.self, steps) : weights
    record { [self] in
      timed(.attention) {
        for row in 0..<query.rows {
          let sentence = sentences?[row] ?? row
          let (q, dq) = (query.values + row * query.columns, query.gradient! + row * query.columns)
          let (w, dc) = (weights + row * steps, context.gradient! + row * values.columns)
          switch score {
          case .dot:
            vm.dot_attention_backward(
              q, dq, &keyMemory, &valueMemory, sentence, lengths[sentence], w, dc, scratch)
          case .mlp(let v):
            vm.mlp_attention_backward(
              q, dq, v.values, gradients!.accumulator(v), &keyMemory, &valueMemory, sentence,
              lengths[sentence],
              w, dc,
              scratch)
          }
        }
      }
    }
    return (context, weights)
  }

  private func view(_ tensor: Tensor, sentences: Int) -> vm_memory {
    vm_memory(
      values: tensor.values, gradient: tensor.gradient, step_stride: sentences * tensor.columns,
      row_stride: tensor.columns, width: Int32(tensor.columns))
  }
}
