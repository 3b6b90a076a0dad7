import Tensors

/// Stochastic gradient descent with momentum (Polyak 1964; Sutskever et al. 2013) and decoupled weight decay:
/// `v = μ v + g`, `θ = θ - η (v + λ θ)`. Momentum 0 is plain gradient descent.
struct MomentumDescent: UpdateRule {
  let configuration: OptimizerConfiguration

  /// `v`.
  var slotNames: [String] { ["velocity"] }

  func update(_ step: UpdateStep, _ remembered: [ParameterSlots]) -> @Sendable (UpdateRun) -> Void {
    let (velocity, momentum, decay) = (remembered[0], configuration.momentum, configuration.weightDecay)
    return { run in
      OptimizerKernels.momentum(
        parameter: run.values, velocity: velocity.values[run.parameter] + run.start, gradient: run.gradient,
        count: run.count, learningRate: step.learningRate, momentum: momentum, weightDecay: decay,
        gradientScale: step.gradientScale)
    }
  }
}
