import Tensors

/// How a decoder state is compared with an encoder state.
public enum AttentionKind: String, Codable, Sendable, CaseIterable {
  /// `h · e` (Luong et al. 2015, eq. 8). The widths must be equal.
  case dot
  /// `h · W e` (Luong et al. 2015, eq. 8).
  case general
  /// `v · tanh(W h + U e)` (Bahdanau et al. 2015, appendix A.1.2).
  case mlp
  /// No attention: the decoder knows the source through its first state alone (Sutskever et al. 2014).
  case none
}

/// Attention over the encoder's states.
public struct Attention {
  /// How states are compared.
  public let kind: AttentionKind
  private let key: Parameter?
  private let query: Parameter?
  private let v: Parameter?
  private let cover: Parameter?

  /// - Parameters:
  ///   - memoryWidth: values of an encoder state, `D`.
  ///   - queryWidth: values of a decoder state, `H`.
  ///   - hidden: width of the comparison of `.mlp`.
  ///   - coversSource: `.mlp` also sees what each position has had of attention so far, `c_s`, the sum of its weights:
  ///     `v · tanh(W h + U e_s + c_s w)` (See et al. 2017, eq. 10 and 11; after Tu et al. 2016).
  public init(
    _ name: String, kind: AttentionKind, memoryWidth: Int, queryWidth: Int, hidden: Int,
    coversSource: Bool = false, factory: inout ParameterFactory
  ) {
    self.kind = kind
    switch kind {
    case .dot, .none:
      precondition(
        kind == .none || memoryWidth == queryWidth, "dot attention of \(queryWidth) over \(memoryWidth)")
      (key, query, v) = (nil, nil, nil)
    case .general:
      key = factory.weight("\(name).key", inputs: memoryWidth, outputs: queryWidth)
      (query, v) = (nil, nil)
    case .mlp:
      key = factory.weight("\(name).key", inputs: memoryWidth, outputs: hidden)
      query = factory.weight("\(name).query", inputs: queryWidth, outputs: hidden)
      v = factory.make("\(name).v", rows: 1, columns: hidden, .glorot)
    }
    precondition(!coversSource || kind == .mlp, "coverage in \(kind.rawValue) attention")
    cover = coversSource ? factory.make("\(name).coverage", rows: 1, columns: hidden, .glorot) : nil
  }

  /// Projects the encoder's states once for a batch.
  ///
  /// - Parameter states: `[S * B, D]`, time-major.
  public func memory(of states: Tensor, lengths: [Int], _ tape: Tape) -> AttentionMemory {
    let memory = AttentionMemory(
      keys: key.map { tape.product(states, $0) } ?? states, values: states, lengths: lengths)
    // Attention in parts reads the tensors themselves.
    return cover == nil ? memory.rounded(tape) : memory
  }

  /// Attention of `steps` steps of `rows` decoder states over one memory.
  public func session(
    _ tape: Tape, memory: AttentionMemory, steps: Int, rows: Int, sentences: [Int]? = nil
  ) -> AttentionSession {
    precondition(kind != .none, "a session of no attention")
    let score: AttentionScore = v.map { .mlp($0) } ?? .dot
    return AttentionSession(
      tape: tape, memory: memory, score: score,
      query: query.map { RepeatedProduct(tape, steps: steps, rows: rows, weight: $0) }, sentences: sentences,
      cover: cover,
      atOnce: cover != nil
        ? nil
        : RepeatedAttention(tape, score, memory: memory, steps: steps, rows: rows, sentences: sentences))
  }
}

/// What came of an attention step.
public struct Attended {
  /// The averages, `[R, D]`.
  public let context: Tensor
  /// `[R, S]`, 0 past a sentence's end.
  public let weights: Tensor
  /// The sums of all weights so far, `[R, S]`; `nil` without coverage.
  public let coverage: Tensor?
}

/// Attention at work on one batch.
public struct AttentionSession {
  let tape: Tape
  let memory: AttentionMemory
  let score: AttentionScore
  let query: RepeatedProduct?
  let sentences: [Int]?
  let cover: Parameter?
  /// `nil` where scores depend on the weights of the steps before.
  let atOnce: RepeatedAttention?

  /// - Parameters:
  ///   - state: `[R, H]`.
  ///   - coverage: the sums of the weights of the steps before, `[R, S]`, where the attention has coverage.
  public func callAsFunction(_ step: Int, _ state: Tensor, coverage: Tensor? = nil) -> Attended {
    let query = query?(step, state) ?? state
    if let atOnce {
      let result = atOnce(step, query)
      return Attended(context: result.context, weights: result.weights, coverage: nil)
    }
    precondition((cover == nil) == (coverage == nil), "coverage and its weight go together")
    let weights = tape.attentionWeights(
      tape.attentionScores(
        score, query: query, memory: memory, coverage: cover.map { (coverage!, $0) }, sentences: sentences),
      memory: memory, sentences: sentences)
    return Attended(
      context: tape.attentionContext(weights, memory: memory, sentences: sentences), weights: weights,
      coverage: coverage.map { tape.add($0, weights) })
  }
}
