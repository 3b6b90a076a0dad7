import Tensors

/// How parameters follow their gradients.
public enum OptimizerMethod: String, Codable, Sendable, CaseIterable {
  /// Adam (Kingma and Ba 2015, algorithm 1); with weight decay `λ`, AdamW (Loshchilov and Hutter 2019, algorithm 2,
  /// with one learning rate for the step and the decay, where the paper has `α` and `η` apart):
  /// ```
  /// m = β₁ m + (1 - β₁) g,  v = β₂ v + (1 - β₂) g²
  /// θ = θ - η (m̂ / (√v̂ + ε) + λ θ),  m̂ = m / (1 - β₁ᵗ),  v̂ = v / (1 - β₂ᵗ)
  /// ```
  /// All parameters decay, biases too.
  case adam
  /// Stochastic gradient descent with momentum (Polyak 1964): `v = μ v + g`, `θ = θ - η (v + λ θ)`.
  case sgd

  /// A learning rate to begin with.
  public var usualLearningRate: Float { self == .adam ? 1e-3 : 0.5 }
}

/// The constants of an optimiser.
public struct OptimizerConfiguration: Codable, Hashable, Sendable {
  /// The method.
  public var method = OptimizerMethod.adam
  /// Adam's decay of the first moment.
  public var beta1: Float = 0.9
  /// Adam's decay of the second moment.
  public var beta2: Float = 0.999
  /// What Adam adds to the root of the second moment.
  public var epsilon: Float = 1e-8
  /// What gradient descent keeps of its velocity each step.
  public var momentum: Float = 0.9
  /// Decoupled weight decay a step, times the learning rate.
  public var weightDecay: Float = 0
  /// Largest global norm of the gradient (Pascanu et al. 2013); 0 for no clipping.
  public var clipNorm: Float = 1
  /// Largest absolute value of an element of the gradient, after ``clipNorm``; 0 for no clipping.
  public var clipValue: Float = 0

  /// The defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case method, beta1, beta2, epsilon, momentum, weightDecay, clipNorm, clipValue
  }

  /// Reads settings; those that an older file does not have are the defaults.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try fields.read(.method, into: &method)
    try fields.read(.beta1, into: &beta1)
    try fields.read(.beta2, into: &beta2)
    try fields.read(.epsilon, into: &epsilon)
    try fields.read(.momentum, into: &momentum)
    try fields.read(.weightDecay, into: &weightDecay)
    try fields.read(.clipNorm, into: &clipNorm)
    try fields.read(.clipValue, into: &clipValue)
  }

  /// The factor that brings a gradient of the given norm below ``clipNorm``.
  func scale(norm: Float) -> Float { clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1 }
}

/// What an optimiser remembers of one parameter, as it stands in a checkpoint.
public struct OptimizerSlot: Sendable, Hashable {
  /// The parameter's name, a full stop, and what is remembered, as `encoder.embedding.first`.
  public let name: String
  /// A value for each value of the parameter.
  public let values: [Float]

  /// A slot from its parts.
  public init(name: String, values: [Float]) {
    self.name = name
    self.values = values
  }
}

/// Changes parameters after their gradients: adds the workers' gradients up, clips, and lets the method's rule do the rest.
public final class Optimizer: @unchecked Sendable {
  /// The constants.
  public let configuration: OptimizerConfiguration
  /// Updates so far.
  public private(set) var stepCount = 0
  private let store: ParameterStore
  private let reduction: GradientReduction
  private let rule: any UpdateRule
  /// What the rule remembers, in the order of its names.
  private let remembered: [ParameterSlots]

  /// An optimiser of all parameters of the store.
  public init(_ store: ParameterStore, _ configuration: OptimizerConfiguration) {
    self.store = store
    self.configuration = configuration
    reduction = GradientReduction(store)
    rule = configuration.rule
    remembered = rule.slotNames.map { _ in ParameterSlots(store) }
  }

  /// Adds the workers' gradients up, clips, and updates the parameters.
  ///
  /// The order of every sum is fixed, so the result depends on the number of gradients alone. A gradient that is not
  /// finite changes nothing.
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func step(_ gradients: [GradientBuffer], learningRate: Float, pool: WorkerPool) -> Float {
    let (norm, sum) = reduction.sum(gradients, of: store, pool: pool)
    guard norm.isFinite else { return norm }
    stepCount += 1
    let (scale, limit) = (configuration.scale(norm: norm), configuration.clipValue)
    let update = rule.update(
      UpdateStep(number: stepCount, learningRate: learningRate, gradientScale: limit > 0 ? 1 : scale),
      remembered)
    reduction.forEach(pool, sum) { [store] index, start, count, gradient in
      if limit > 0 { OptimizerKernels.clip(gradient, count, factor: scale, limit: limit) }
      update(
        UpdateRun(
          parameter: index, start: start, count: count, values: store.parameters[index].values + start,
          gradient: gradient))
    }
    let workers = pool.count
    pool.run { [store] worker in store.refreshCopies(worker: worker, of: workers) }
    return norm
  }

  /// Copies of all that it remembers, for a checkpoint, in the order of the parameters.
  public var slots: [OptimizerSlot] {
    store.parameters.flatMap { parameter in
      zip(rule.slotNames, remembered).map {
        OptimizerSlot(name: "\(parameter.name).\($0)", values: $1.array(parameter.index))
      }
    }
  }

  /// Takes what a checkpoint remembers.
  ///
  /// - Parameter slots: values by the names of ``slots``.
  /// - Returns: the name of a slot that is missing or of another size; `nil` when all was there. Only then is
  ///   anything taken.
  public func restore(_ slots: [String: [Float]], stepCount: Int) -> String? {
    for parameter in store.parameters {
      for name in rule.slotNames where slots["\(parameter.name).\(name)"]?.count != parameter.count {
        return "\(parameter.name).\(name)"
      }
    }
    for parameter in store.parameters {
      for (name, values) in zip(rule.slotNames, remembered) {
        values.assign(slots["\(parameter.name).\(name)"]!, parameter.index)
      }
    }
    self.stepCount = stepCount
    return nil
  }
}
