import Tensors

/// Adam (Kingma and Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2:
/// AdamW).
struct Adam: UpdateRule {
  let configuration: OptimizerConfiguration

  /// Running means of the gradient and of its square.
  var slotNames: [String] { ["first", "second"] }

  func update(_ step: UpdateStep, _ remembered: [ParameterSlots]) -> @Sendable (UpdateRun) -> Void {
    let (first, second) = (remembered[0], remembered[1])
    let constants = OptimizerKernels.AdamStep(
      step: step.number, learningRate: step.learningRate, beta1: configuration.beta1,
      beta2: configuration.beta2,
      epsilon: configuration.epsilon, weightDecay: configuration.weightDecay,
      gradientScale: step.gradientScale)
    return { run in
      OptimizerKernels.adam(
        parameter: run.values, first: first.values[run.parameter] + run.start,
        second: second.values[run.parameter] + run.start, gradient: run.gradient, count: run.count, constants)
    }
  }
}
