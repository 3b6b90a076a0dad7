import CVectorMath

/// What a batch of decoder states attends to.
public struct AttentionMemory {
  /// What queries are compared with, `[S * B, K]`, time-major.
  public let keys: Tensor
  /// What is averaged, `[S * B, D]`, time-major.
  public let values: Tensor
  /// Length of each of the `B` sentences; positions past it are never looked at.
  public let lengths: [Int]
  /// How kernels find keys and values.
  fileprivate let views: (keys: vm_memory, values: vm_memory)

  /// - Precondition: keys and values have `S * B` rows, and `1 <= length <= S`.
  public init(keys: Tensor, values: Tensor, lengths: [Int]) {
    let count = lengths.count
    self.init(
      keys: keys, values: values, lengths: lengths,
      views: (vm_memory(keys, sentences: count), vm_memory(values, sentences: count)))
  }

  private init(
    keys: Tensor, values: Tensor, lengths: [Int], views: (keys: vm_memory, values: vm_memory)
  ) {
    precondition(
      keys.rows == values.rows && !lengths.isEmpty && keys.rows % lengths.count == 0,
      "\(keys.rows) keys and \(values.rows) values for \(lengths.count) sentences")
    let steps = keys.rows / lengths.count
    precondition(lengths.allSatisfy { $0 >= 1 && $0 <= steps }, "a length outside 1...\(steps)")
    self.keys = keys
    self.values = values
    self.lengths = lengths
    self.views = views
  }

  /// The longest sentence that fits, `S`.
  public var steps: Int { keys.rows / lengths.count }

  /// Where the tape computes in bf16, the same with rounded copies for ``RepeatedAttention`` to read, in which a
  /// sentence's positions lie one after another.
  public func rounded(_ tape: Tape) -> AttentionMemory {
    guard tape.usesHalf else { return self }
    let keyView = views.keys.rounded(lengths, tape)
    let isOne = keys.values == values.values
    return AttentionMemory(
      keys: keys, values: values, lengths: lengths,
      views: (keyView, isOne ? keyView : views.values.rounded(lengths, tape)))
  }
}

extension vm_memory {
  /// A tensor `[S * B, W]`, time-major.
  init(_ tensor: Tensor, sentences: Int) {
    let strides = (step: sentences * tensor.columns, row: tensor.columns)
    self.init(
      values: tensor.values, bf16: nil, step_stride: strides.step, row_stride: strides.row,
      gradient: tensor.gradient, gradient_step_stride: strides.step, gradient_row_stride: strides.row,
      width: Int32(tensor.columns))
  }

  fileprivate func rounded(_ lengths: [Int], _ tape: Tape) -> vm_memory {
    let width = Int(width)
    var copy = self
    (copy.step_stride, copy.row_stride) = (width, lengths.max()! * width)
    let half = tape.arena.allocate(UInt16.self, lengths.count * copy.row_stride)
    tape.timed(.rounding) {
      for (sentence, length) in lengths.enumerated() {
        for s in 0..<length {
          vm.to_bf16(
            half + sentence * copy.row_stride + s * width,
            values + s * step_stride + sentence * row_stride, width)
        }
      }
    }
    copy.bf16 = UnsafePointer(half)
    return copy
  }
}

/// How a query is compared with a key.
public enum AttentionScore {
  /// `q · k` (Luong et al. 2015, eq. 8; "general" projects the keys beforehand).
  case dot
  /// `v · tanh(q + k)` (Bahdanau et al. 2015, appendix A.1.2), `v` being `[1, K]`.
  case mlp(Parameter)
}

extension Tape {
  /// One step of a ``RepeatedAttention``.
  ///
  /// - Parameters:
  ///   - query: `[R, K]`.
  ///   - sentences: the sentence that each of the `R` rows attends to; `nil`: row `r` to sentence `r`.
  /// - Returns: contexts `[R, D]`, and weights `[R, S]`, 0 past a sentence's end.
  public func attend(
    _ score: AttentionScore, query: Tensor, memory: AttentionMemory, sentences: [Int]? = nil
  ) -> (context: Tensor, weights: Tensor) {
    RepeatedAttention(self, score, memory: memory, steps: 1, rows: query.rows, sentences: sentences)(0, query)
  }
}

/// Attention that is computed once a step over the same memory: softmax of the scores over a sentence's positions, and
/// the average of the values under it.
///
/// The forward pass runs step by step. What each step adds to the gradients of the values, and with
/// ``AttentionScore/dot`` of the keys, waits for the last step's backward pass and is then summed up sentence by
/// sentence: in every step they would be read and written whole, and in a long sentence they do not fit into a cache.
public final class RepeatedAttention {
  private let tape: Tape
  private let score: AttentionScore
  private let memory: AttentionMemory
  private let rows: Int
  private let sentences: [Int]?
  private var keys: vm_memory
  private var values: vm_memory
  /// `[steps * R, S]`. Their gradients become those of the scores, before the softmax.
  private let weights: Tensor
  /// What the steps so far asked and got.
  private var taken: [(step: Int, query: Tensor, context: Tensor)] = []

  /// - Parameters:
  ///   - steps: how often it will be applied, at most.
  ///   - rows: rows of each step, `R`.
  ///   - sentences: the sentence that each of the `R` rows attends to; `nil`: row `r` to sentence `r`.
  public init(
    _ tape: Tape, _ score: AttentionScore, memory: AttentionMemory, steps: Int, rows: Int,
    sentences: [Int]? = nil
  ) {
    let count = memory.lengths.count
    precondition(sentences != nil || rows == count, "\(rows) queries, \(count) sentences")
    self.tape = tape
    self.score = score
    self.memory = memory
    self.rows = rows
    self.sentences = sentences
    (keys, values) = memory.views
    weights = tape.zeros(rows: steps * rows, columns: memory.steps)
    tape.record { [self] in
      tape.timed(.attention) { addMemoryGradients() }
    }
  }

  /// - Parameter query: `[R, K]`.
  /// - Returns: contexts `[R, D]`, and weights `[R, S]`, 0 past a sentence's end. A loss may depend on both.
  public func callAsFunction(_ step: Int, _ query: Tensor) -> (context: Tensor, weights: Tensor) {
    precondition(
      query.rows == rows && query.columns == memory.keys.columns,
      "query [\(query.rows), \(query.columns)] for [\(rows), \(memory.keys.columns)]")
    let context = tape.make(rows: rows, columns: memory.values.columns)
    tape.timed(.attention) {
      for row in 0..<rows {
        let sentence = sentence(row)
        let (q, c) = (query.values + row * query.columns, context.values + row * context.columns)
        switch score {
        case .dot:
          vm.dot_attention(
            q, &keys, &values, sentence, memory.lengths[sentence], place(weights.values, step, row), c)
        case .mlp(let v):
          vm.mlp_attention(
            q, v.values, &keys, &values, sentence, memory.lengths[sentence], place(weights.values, step, row),
            c)
        }
      }
    }
    if tape.isRecording { taken.append((step, query, context)) }
    tape.record { [self] in
      tape.timed(.attention) { backward(step, query, context) }
    }
    return (context, weights.slice(from: step * rows, count: rows))
  }

  private func sentence(_ row: Int) -> Int { sentences?[row] ?? row }

  private func place(
    _ base: UnsafeMutablePointer<Float>, _ step: Int, _ row: Int
  ) -> UnsafeMutablePointer<Float> {
    base + (step * rows + row) * memory.steps
  }

  /// A step's gradients of the scores and the query; with `.mlp` of the keys too.
  private func backward(_ step: Int, _ query: Tensor, _ context: Tensor) {
    for row in 0..<rows {
      let sentence = sentence(row)
      let length = memory.lengths[sentence]
      let (q, dq) = (query.values + row * query.columns, query.gradient! + row * query.columns)
      let dc = context.gradient! + row * context.columns
      let (w, ds) = (place(weights.values, step, row), place(weights.gradient!, step, row))
      switch score {
      case .dot: vm.dot_attention_backward(dq, &keys, &values, sentence, length, w, dc, ds)
      case .mlp(let v):
        vm.mlp_attention_backward(
          q, dq, v.values, tape.gradients!.accumulator(v), &keys, &values, sentence, length, w, dc, ds)
      }
    }
  }

  /// The gradients that waited for all steps.
  private func addMemoryGradients() {
    let count = memory.lengths.count
    var rowsOf = [[Int]](repeating: [], count: count)
    for row in 0..<rows { rowsOf[sentence(row)].append(row) }
    for (sentence, rows) in rowsOf.enumerated() {
      let looks = taken.flatMap { look in rows.map { (look, $0) } }
      add(
        to: memory.values, sentence,
        looks.map { UnsafePointer($0.context.gradient! + $1 * $0.context.columns) },
        looks.map { UnsafePointer(place(weights.values, $0.step, $1)) })
      if case .dot = score {
        add(
          to: memory.keys, sentence, looks.map { UnsafePointer($0.query.values + $1 * $0.query.columns) },
          looks.map { UnsafePointer(place(weights.gradient!, $0.step, $1)) })
      }
    }
  }

  /// To the gradient of each position of a sentence, the sum of rows under its weights.
  private func add(
    to tensor: Tensor, _ sentence: Int, _ rows: [UnsafePointer<Float>?],
    _ weights: [UnsafePointer<Float>?]
  ) {
    vm.add_weighted_rows(
      tensor.gradient! + sentence * tensor.columns, memory.lengths.count * tensor.columns,
      memory.lengths[sentence], tensor.columns, rows, weights, rows.count)
  }
}
