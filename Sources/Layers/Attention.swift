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

  /// - Parameters:
  ///   - memoryWidth: values of an encoder state, `D`.
  ///   - queryWidth: values of a decoder state, `H`.
  ///   - hidden: width of the comparison of `.mlp`.
  public init(
    _ name: String, kind: AttentionKind, memoryWidth: Int, queryWidth: Int, hidden: Int,
    factory: inout ParameterFactory
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
  }

  /// Projects the encoder's states once for a batch.
  ///
  /// - Parameter states: `[S * B, D]`, time-major.
  public func memory(of states: Tensor, lengths: [Int], _ tape: Tape) -> AttentionMemory {
    AttentionMemory(keys: key.map { tape.product(states, $0) } ?? states, values: states, lengths: lengths)
  }

  /// Attention of `steps` steps of `rows` decoder states over one memory.
  public func session(_ tape: Tape, memory: AttentionMemory, steps: Int, rows: Int, sentences: [Int]? = nil)
    -> AttentionSession
  {
    precondition(kind != .none, "a session of no attention")
    return AttentionSession(
      tape: tape, memory: memory, score: v.map { .mlp($0) } ?? .dot,
      query: query.map { RepeatedProduct(tape, steps: steps, rows: rows, weight: $0) }, sentences: sentences)
  }
}

/// Attention at work on one batch.
public struct AttentionSession {
  let tape: Tape
  let memory: AttentionMemory
  let score: AttentionScore
  let query: RepeatedProduct?
  let sentences: [Int]?

  /// - Parameter state: `[R, H]`.
  /// - Returns: contexts `[R, D]` and weights `[R, S]`.
  public func callAsFunction(_ step: Int, _ state: Tensor) -> (
    context: Tensor, weights: UnsafeMutablePointer<Float>
  ) {
    tape.attend(score, query: query?(step, state) ?? state, memory: memory, sentences: sentences)
  }
}
