import Foundation
import Tensors

/// How the values of a new parameter are drawn.
public enum Initializer: Sendable {
  /// All the same.
  case constant(Float)
  /// One number for each of so many column blocks, as the gates of a recurrent cell stand side by side.
  case constants([Float])
  /// Uniform in `[-range, range]`.
  case uniform(Float)
  /// Uniform with variance `2 / (rows + columns)` (Glorot and Bengio 2010, eq. 16).
  case glorot
  /// Uniform with the variance of ``glorot`` computed for each of `blocks` column blocks, as the gates of a recurrent
  /// cell are that many matrices side by side.
  case glorotBlocks(Int)

  /// Overwrites the parameter's values with new ones.
  public func fill(_ parameter: Parameter, using generator: inout SplitMix64) {
    let values = parameter.room()
    switch self {
    case .constant(let value): values.update(repeating: value)
    case .constants(let blocks):
      let width = parameter.columns / blocks.count
      for place in values.indices { values[place] = blocks[place % parameter.columns / width] }
    case .uniform(let range): draw(values, range: range, using: &generator)
    case .glorot:
      draw(values, range: (6 / Float(parameter.rows + parameter.columns)).squareRoot(), using: &generator)
    case .glorotBlocks(let blocks):
      draw(
        values, range: (6 / Float(parameter.rows + parameter.columns / blocks)).squareRoot(),
        using: &generator)
    }
  }

  private func draw(
    _ values: UnsafeMutableBufferPointer<Float>, range: Float, using generator: inout SplitMix64
  ) {
    for index in values.indices { values[index] = Float(generator.uniform() * 2 - 1) * range }
  }
}

/// Makes the parameters of layers: one store, one stream of random numbers.
public struct ParameterFactory {
  /// Where the parameters go.
  public let store: ParameterStore
  private var generator: SplitMix64?

  /// A factory whose values depend on `seed` alone.
  public init(store: ParameterStore, seed: UInt64) {
    self.store = store
    generator = SplitMix64(seed: SplitMix64.seed(seed, 1))
  }

  /// A factory of parameters without values, for a model that is loaded: nothing is drawn.
  public init(withoutValues store: ParameterStore) {
    self.store = store
    generator = nil
  }

  /// A table or vector that is not the right-hand side of products.
  public mutating func make(_ name: String, rows: Int, columns: Int, _ initializer: Initializer) -> Parameter
  {
    make(name, rows: rows, columns: columns, initializer, isProductWeight: false)
  }

  /// The right-hand side of products, `[inputs, outputs]`.
  public mutating func weight(_ name: String, inputs: Int, outputs: Int, _ initializer: Initializer = .glorot)
    -> Parameter
  {
    make(name, rows: inputs, columns: outputs, initializer, isProductWeight: true)
  }

  /// A bias for LSTM gates: 1 for the forget gate (Jozefowicz et al. 2015), 0 for the others.
  public mutating func gateBias(_ name: String, hidden: Int) -> Parameter {
    make(name, rows: 1, columns: 4 * hidden, .constants([0, 1, 0, 0]))
  }

  private mutating func make(
    _ name: String, rows: Int, columns: Int, _ initializer: Initializer, isProductWeight: Bool
  ) -> Parameter {
    let parameter = store.add(
      name, rows: rows, columns: columns, isProductWeight: isProductWeight, hasValues: false)
    if var drawing = generator {
      initializer.fill(parameter, using: &drawing)
      generator = drawing
    }
    return parameter
  }
}
