import Tensors

/// Stochastic gradient descent with momentum (Polyak 1964; Sutskever et al. 2013), decoupled weight decay and
/// clipping: `v = μ v + g`, `θ = θ - η (v + λ θ)`. Momentum 0 is plain gradient descent.
public final class MomentumDescent: Optimizer, @unchecked Sendable {
  /// The constants.
  public let configuration: OptimizerConfiguration
  /// Updates so far.
  public private(set) var stepCount = 0
  private let store: ParameterStore
  private let reduction: GradientReduction
  private let velocity: ParameterSlots

  /// An optimiser of all parameters of the store.
  public init(_ store: ParameterStore, _ configuration: OptimizerConfiguration) {
    self.store = store
    self.configuration = configuration
    reduction = GradientReduction(store)
    velocity = ParameterSlots(store)
  }

  /// Adds the workers' gradients up, clips, and updates the parameters.
  ///
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func step(_ gradients: [GradientBuffer], learningRate: Float, pool: WorkerPool) -> Float {
    stepCount += 1
    let (norm, sum) = reduction.sum(gradients, of: store, pool: pool)
    guard norm.isFinite else { return norm }
    let (scale, limit) = (configuration.scale(norm: norm), configuration.clipValue)
    reduction.forEach(pool, sum) { [store, velocity, configuration] index, start, count, gradient in
      if limit > 0 { OptimizerKernels.clip(gradient, count, factor: scale, limit: limit) }
      OptimizerKernels.momentum(
        parameter: store.parameters[index].values + start, velocity: velocity.values[index] + start,
        gradient: gradient, count: count, learningRate: learningRate, momentum: configuration.momentum,
        weightDecay: configuration.weightDecay, gradientScale: limit > 0 ? 1 : scale)
    }
    let workers = pool.count
    pool.run { [store] worker in store.refreshCopies(worker: worker, of: workers) }
    return norm
  }

  /// The velocities, as `NAME.velocity`.
  public var slots: [OptimizerSlot] {
    store.parameters.map { OptimizerSlot(name: "\($0.name).velocity", values: velocity.array($0.index)) }
  }

  /// Takes the velocities of a checkpoint.
  ///
  /// - Returns: the name of one that is missing; `nil` when all were there.
  public func restore(_ slots: [String: [Float]], stepCount: Int) -> String? {
    for parameter in store.parameters where slots["\(parameter.name).velocity"]?.count != parameter.count {
      return "\(parameter.name).velocity"
    }
    for parameter in store.parameters {
      velocity.assign(slots["\(parameter.name).velocity"]!, parameter.index)
    }
    self.stepCount = stepCount
    return nil
  }
}
