import Tensors

/// What one method does with a value and its gradient.
protocol UpdateRule: Sendable {
  /// What it remembers of each value, as a checkpoint names it behind the parameter's name.
  var slotNames: [String] { get }

  /// The work of one update, which is done for each run of values, by several workers side by side.
  ///
  /// - Parameter remembered: values for each of ``slotNames``, zeros at first.
  func update(_ step: UpdateStep, _ remembered: [ParameterSlots]) -> @Sendable (UpdateRun) -> Void
}

/// What is the same for all values of an update.
struct UpdateStep {
  /// Which update it is, counted from 1.
  let number: Int
  /// The learning rate, `η`.
  let learningRate: Float
  /// What gradients are still to be multiplied by, from clipping.
  let gradientScale: Float
}

/// Values of one parameter that lie together, and their gradient.
struct UpdateRun {
  /// The parameter's index.
  let parameter: Int
  /// The first value's place in the parameter.
  let start: Int
  let count: Int
  let values: UnsafeMutablePointer<Float>
  let gradient: UnsafePointer<Float>
}

extension OptimizerConfiguration {
  /// The rule of the method.
  var rule: any UpdateRule {
    switch method {
    case .adam: Adam(configuration: self)
    case .sgd: MomentumDescent(configuration: self)
    }
  }
}
