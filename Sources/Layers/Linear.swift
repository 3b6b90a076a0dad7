import Tensors

/// An affine map, `y = x W + b`.
public struct Linear {
  /// `[K, N]`.
  public let weight: Parameter
  /// `[1, N]`, or `nil` for a linear map.
  public let bias: Parameter?

  /// A map from `inputs` to `outputs` values.
  ///
  /// - Parameter firstBias: what each value of the bias starts with.
  public init(
    _ name: String, inputs: Int, outputs: Int, hasBias: Bool = true, _ initializer: Initializer = .glorot,
    firstBias: Float = 0, factory: inout ParameterFactory
  ) {
    weight = factory.weight("\(name).weight", inputs: inputs, outputs: outputs, initializer)
    bias = hasBias ? factory.make("\(name).bias", rows: 1, columns: outputs, .constant(firstBias)) : nil
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
  /// `[V, E]`; `nil` where all are the columns of an output layer.
  private let table: Parameter?
  /// `[E, V']`: the first words' vectors are its columns.
  private let tied: Parameter?

  /// Vectors drawn uniformly with variance `1 / E`.
  public init(_ name: String, words: Int, width: Int, factory: inout ParameterFactory) {
    table = factory.make(name, rows: words, columns: width, .uniform(Self.range(width)))
    tied = nil
  }

  /// The columns of an output layer's weights `[E, V']` (Press and Wolf 2017).
  public init(tiedTo weight: Parameter) {
    table = nil
    tied = weight
    weight.keepValues()
  }

  /// The columns of an output layer's weights `[E, V']` for the first words; the others, which are never written, have a
  /// table of their own, `[V - V', E]`.
  ///
  /// - Parameter words: `V`, at least as many as the weights have columns.
  public init(_ name: String, words: Int, tiedTo weight: Parameter, factory: inout ParameterFactory) {
    let others = words - weight.columns
    precondition(others >= 0, "\(words) words for the \(weight.columns) columns of \(weight.name)")
    let width = weight.rows
    table =
      others == 0 ? nil : factory.make(name, rows: others, columns: width, .uniform(Self.range(width)))
    tied = weight
    weight.keepValues()
  }

  /// The range of the first values of vectors of the given width, also where they are an output layer's.
  public static func range(_ width: Int) -> Float { (3 / Float(width)).squareRoot() }

  /// - Returns: `[M, E]` for `M` ids.
  public func callAsFunction(_ ids: [Int32], _ tape: Tape) -> Tensor {
    guard let tied else { return tape.embedding(ids, table!) }
    return tape.embeddingColumns(ids, tied, others: table)
  }
}

/// The last layer: what is left of a decoder's state to the logits of the words.
public struct OutputLayer {
  /// Rows of logits that search and scoring compute together, at most: so many stay in the cache until they are looked
  /// at, and the weights are read once for all of them.
  public static let rowsTogether = 32
  /// To the width of the word vectors, where they are tied and of another width (Press and Wolf 2017, section 4).
  public let projection: Linear?
  /// `[H, V]`, or `[E, V]` where it is tied.
  public let weight: Parameter
  /// `[1, V]`.
  public let bias: Parameter
  private let map: Linear

  /// - Parameters:
  ///   - inputs: values of a state, `H`.
  ///   - words: `V`.
  ///   - tiedWidth: the width `E` of word vectors that are its columns; `nil` where it has its own weights.
  public init(_ name: String, inputs: Int, words: Int, tiedWidth: Int?, factory: inout ParameterFactory) {
    if let tiedWidth, tiedWidth != inputs {
      projection = Linear(
        "\(name).projection", inputs: inputs, outputs: tiedWidth, hasBias: false, factory: &factory)
    } else {
      projection = nil
    }
    map = Linear(
      name, inputs: tiedWidth ?? inputs, outputs: words,
      tiedWidth.map { .uniform(Embedding.range($0)) } ?? .glorot, factory: &factory)
    weight = map.weight
    bias = map.bias!
  }

  /// What the weights are applied to.
  ///
  /// - Parameter x: `[M, H]`.
  public func projected(_ x: Tensor, _ tape: Tape) -> Tensor { projection.map { $0(x, tape) } ?? x }

  /// The logits `[M, V]` of states `[M, H]`.
  public func callAsFunction(_ x: Tensor, _ tape: Tape) -> Tensor { map(projected(x, tape), tape) }
}
