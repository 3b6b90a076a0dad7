import CVectorMath

/// A product that is applied once a step with the same weights, as in a recurrent layer.
///
/// The forward pass runs step by step. The gradient of the weights does not: inputs and output gradients of all steps
/// lie one after another, so that one product over all steps gives it, after the last step's backward pass.
public final class RepeatedProduct {
  private let tape: Tape
  private let weight: Parameter
  private let rows: Int
  private let steps: Int
  private let outputs: Tensor
  /// The inputs of all steps, `[steps * B, K]`: in f32, or where the tape computes in bf16 rounded. In f32, where nothing
  /// is recorded, those of one step, which the next writes over.
  private let inputs: UnsafeMutablePointer<Float>
  private let halfInputs: UnsafeMutablePointer<UInt16>?
  /// The rounded gradients of all outputs, `[steps * B, N]`.
  private let halfGradients: UnsafeMutablePointer<UInt16>?
  /// The gradient of one step's input, `[B, K]`.
  private let inputGradient: UnsafeMutablePointer<Float>?

  /// - Parameters:
  ///   - steps: how often it will be applied, where anything is recorded exactly.
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
    self.steps = steps
    let (width, arena) = (weight.rows, tape.arena)
    let outputs = base ?? tape.zeros(rows: steps * rows, columns: weight.columns)
    precondition(
      outputs.rows == steps * rows && outputs.columns == weight.columns,
      "base [\(outputs.rows), \(outputs.columns)] for \(steps) steps of [\(rows), \(weight.columns)]")
    self.outputs = outputs
    halfInputs = tape.usesHalf ? tape.allocateHalf(rows: steps * rows, columns: width) : nil
    inputs = arena.allocate(Float.self, tape.usesHalf ? 1 : (tape.isRecording ? steps : 1) * rows * width)
    halfGradients =
      tape.usesHalf && tape.isRecording
      ? tape.allocateHalf(rows: outputs.rows, columns: outputs.columns) : nil
    inputGradient = tape.isRecording ? arena.allocate(Float.self, rows * width) : nil
    if let bias {
      tape.timed(.elementwise) { vm.add_bias(outputs.values, bias.values, outputs.rows, outputs.columns) }
    }
    if tape.isRecording, !tape.usesHalf { weight.keepTransposed() }
    tape.record { [self] in
      // What every step's backward pass left.
      tape.addWeightGradient(
        input(0, of: steps),
        Operand(
          rows: steps * rows, columns: weight.columns, values: outputs.gradient!, half: halfGradients), weight
      )
      if let bias { tape.addBiasGradient(outputs.gradient!, rows: outputs.rows, bias) }
    }
  }

  /// Where the input of a step begins.
  private func place(_ step: Int) -> Int {
    tape.isRecording || tape.usesHalf ? step * rows * weight.rows : 0
  }

  private func input(_ step: Int, of count: Int) -> Operand {
    let offset = place(step)
    return Operand(
      rows: count * rows, columns: weight.rows, values: halfInputs == nil ? inputs + offset : inputs,
      half: halfInputs.map { $0 + offset })
  }

  /// `base[step] + [parts] W`, the parts side by side.
  ///
  /// - Parameter parts: `[B, K_i]` with the `K_i` summing to `K`.
  /// - Returns: `[B, N]`.
  public func callAsFunction(_ step: Int, _ parts: Tensor...) -> Tensor {
    precondition(step >= 0 && step < steps, "step \(step) of \(steps)")
    let output = outputs.slice(from: step * rows, count: rows)
    join(parts, step)
    tape.multiply(input(step, of: 1), weight, into: output.values, accumulate: true)
    tape.record { [self] in
      let half = halfGradients.map { $0 + step * output.count }
      if let half { tape.timed(.rounding) { vm.to_bf16(half, output.gradient!, output.count) } }
      tape.addInputGradient(
        Operand(rows: rows, columns: output.columns, values: output.gradient!, half: half), weight,
        into: inputGradient!, accumulate: false)
      tape.timed(.elementwise) {
        var offset = 0
        for part in parts {
          vm.add_columns(
            part.gradient!, part.columns, inputGradient! + offset, weight.rows, rows, part.columns)
          offset += part.columns
        }
      }
    }
    return output
  }

  /// Lays the parts of a step's input side by side.
  private func join(_ parts: [Tensor], _ step: Int) {
    let width = weight.rows
    var offset = 0
    for part in parts {
      precondition(part.rows == rows, "\(part.rows) rows for \(rows) in \(weight.name)")
      if let halfInputs {
        let target = halfInputs + place(step) + offset
        tape.timed(.rounding) {
          for row in 0..<rows {
            vm.to_bf16(target + row * width, part.values + row * part.columns, part.columns)
          }
        }
      } else {
        let target = inputs + place(step) + offset
        tape.timed(.elementwise) {
          for row in 0..<rows {
            (target + row * width).update(from: part.values + row * part.columns, count: part.columns)
          }
        }
      }
      offset += part.columns
    }
    precondition(
      offset == width, "\(offset) inputs for \(weight.name) [\(weight.rows), \(weight.columns)]")
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
  vm.add_columns(
    part.gradient!, part.columns, whole.gradient! + offset, whole.columns, part.rows, part.columns)
}
