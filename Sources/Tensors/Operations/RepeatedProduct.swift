/// A product that is applied once a step with the same weights, as in a recurrent layer.
///
/// The forward pass runs step by step. The gradient of the weights does not: inputs and output gradients of all steps
/// lie one after another, so that one product over all steps gives it, after the last step's backward pass.
public final class RepeatedProduct {
  private let tape: Tape
  private let weight: Parameter
  private let rows: Int
  private let inputs: Tensor
  private let outputs: Tensor

  /// - Parameters:
  ///   - steps: how often it will be applied, at most.
  ///   - rows: rows of each step, `B`.
  ///   - weight: `[K, N]`.
  ///   - base: `[steps * B, N]`, what the products are added to, in place; zeros where absent.
  ///   - bias: `[1, N]`, only without `base`.
  public init(
    _ tape: Tape, steps: Int, rows: Int, weight: Parameter, addingTo base: Tensor? = nil,
    bias: Parameter? = nil
  ) {
    precondition(base == nil || bias == nil, "the base of \(weight.name) carries its bias already")
    self.tape = tape
    self.weight = weight
    self.rows = rows
    let inputs = tape.make(rows: steps * rows, columns: weight.rows)
    let outputs = base ?? tape.zeros(rows: steps * rows, columns: weight.columns)
    precondition(
      outputs.rows == steps * rows && outputs.columns == weight.columns,
      "base [\(outputs.rows), \(outputs.columns)] for \(steps) steps of [\(rows), \(weight.columns)]")
    self.inputs = inputs
    self.outputs = outputs
    if let bias { vm.add_bias(outputs.values, bias.values, outputs.rows, outputs.columns) }
    if tape.isRecording { weight.keepTransposed() }
    tape.record { [weight] in
      tape.addWeightGradient(inputs.values, outputs.gradient!, rows: inputs.rows, weight)
      if let bias { tape.addBiasGradient(outputs.gradient!, rows: outputs.rows, bias) }
    }
  }

  /// `base[step] + [parts] W`, the parts side by side.
  ///
  /// - Parameter parts: `[B, K_i]` with the `K_i` summing to `K`.
  /// - Returns: `[B, N]`.
  public func callAsFunction(_ step: Int, _ parts: Tensor...) -> Tensor {
    let input = inputs.slice(from: step * rows, count: rows)
    let output = outputs.slice(from: step * rows, count: rows)
    var offset = 0
    for part in parts {
      precondition(part.rows == rows, "\(part.rows) rows for \(rows) in \(weight.name)")
      copyColumns(from: part, to: input, at: offset)
      offset += part.columns
    }
    precondition(
      offset == weight.rows, "\(offset) inputs for \(weight.name) [\(weight.rows), \(weight.columns)]")
    tape.multiply(input, weight, into: output.values, accumulate: true)
    tape.record { [weight] in
      MatrixProduct.compute(
        output.gradient!, weight.transposed!, into: input.gradient!, m: input.rows, n: input.columns,
        k: output.columns, accumulate: false)
      var offset = 0
      for part in parts {
        addColumnGradients(from: input, at: offset, to: part)
        offset += part.columns
      }
    }
    return output
  }
}

/// Copies `part` into columns `offset...` of `whole`.
func copyColumns(from part: Tensor, to whole: Tensor, at offset: Int) {
  for row in 0..<part.rows {
    (whole.values + row * whole.columns + offset).update(
      from: part.values + row * part.columns, count: part.columns)
  }
}

/// Adds columns `offset...` of the gradient of `whole` to the gradient of `part`.
func addColumnGradients(from whole: Tensor, at offset: Int, to part: Tensor) {
  for row in 0..<part.rows {
    vm.add(
      part.gradient! + row * part.columns, whole.gradient! + row * whole.columns + offset, part.columns)
  }
}
