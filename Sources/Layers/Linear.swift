import Tensors

/// An affine map, `y = x W + b`.
public struct Linear {
  /// `[K, N]`.
  public let weight: Parameter
  /// `[1, N]`, or `nil` for a linear map.
  public let bias: Parameter?

  /// A map from `inputs` to `outputs` values, Glorot-initialised.
  public init(
    _ name: String, inputs: Int, outputs: Int, hasBias: Bool = true, factory: inout ParameterFactory
  ) {
    weight = factory.weight("\(name).weight", inputs: inputs, outputs: outputs)
    bias = hasBias ? factory.make("\(name).bias", rows: 1, columns: outputs, .constant(0)) : nil
  }

  /// - Parameter x: `[M, K]`.
  /// - Returns: `[M, N]`.
  public func callAsFunction(_ x: Tensor, _ tape: Tape) -> Tensor { tape.product(x, weight, bias: bias) }

  /// The same map, applied a step at a time to `[B, K]`; see ``RepeatedProduct``.
  public func repeated(_ tape: Tape, steps: Int, rows: Int) -> RepeatedProduct {
    RepeatedProduct(tape, steps: steps, rows: rows, weight: weight, bias: bias)
  }
}

/// A table of word vectors.
public struct Embedding {
  /// `[V, E]`.
  public let table: Parameter

  /// Vectors drawn uniformly with variance `1 / E`.
  public init(_ name: String, words: Int, width: Int, factory: inout ParameterFactory) {
    table = factory.make(name, rows: words, columns: width, .uniform((3 / Float(width)).squareRoot()))
  }

  /// - Returns: `[M, E]` for `M` ids.
  public func callAsFunction(_ ids: [Int32], _ tape: Tape) -> Tensor { tape.embedding(ids, table) }
}
