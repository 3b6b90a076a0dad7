import Foundation
import Tensors

/// Adam (Kingma and Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2:
/// AdamW) and clipping by global norm (Pascanu et al. 2013) or by value.
public final class Adam: Optimizer, @unchecked Sendable {
  /// The constants of the method.
  public typealias Configuration = OptimizerConfiguration

  /// The first and second moments of one parameter.
  public struct Moments {
    /// The parameter's name.
    public let name: String
    /// Running mean of the gradient.
    public let first: [Float]
    /// Running mean of its square.
    public let second: [Float]

    /// Moments as they were stored.
    public init(name: String, first: [Float], second: [Float]) {
      self.name = name
      self.first = first
      self.second = second
    }
  }

  /// The constants.
  public let configuration: Configuration
  /// Updates so far.
  public private(set) var stepCount = 0
  private let store: ParameterStore
  private let reduction: GradientReduction
  private let first: ParameterSlots
  private let second: ParameterSlots

  /// An optimiser of all parameters of the store.
  public init(_ store: ParameterStore, _ configuration: Configuration) {
    self.store = store
    self.configuration = configuration
    reduction = GradientReduction(store)
    first = ParameterSlots(store)
    second = ParameterSlots(store)
  }

  /// Adds the workers' gradients up, clips, and updates the parameters.
  ///
  /// The order of every sum is fixed, so the result depends on the number of gradients alone.
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func step(_ gradients: [GradientBuffer], learningRate: Float, pool: WorkerPool) -> Float {
    stepCount += 1
    let (norm, sum) = reduction.sum(gradients, of: store, pool: pool)
    guard norm.isFinite else { return norm }
    let (scale, limit) = (configuration.scale(norm: norm), configuration.clipValue)
    let constants = OptimizerKernels.AdamStep(
      step: stepCount, learningRate: learningRate, beta1: configuration.beta1, beta2: configuration.beta2,
      epsilon: configuration.epsilon, weightDecay: configuration.weightDecay,
      gradientScale: limit > 0 ? 1 : scale)
    reduction.forEach(pool, sum) { [store, first, second] index, start, count, gradient in
      if limit > 0 { OptimizerKernels.clip(gradient, count, factor: scale, limit: limit) }
      OptimizerKernels.adam(
        parameter: store.parameters[index].values + start, first: first.values[index] + start,
        second: second.values[index] + start, gradient: gradient, count: count, constants)
    }
    let workers = pool.count
    pool.run { [store] worker in store.refreshCopies(worker: worker, of: workers) }
    return norm
  }

  /// Copies of all moments.
  public var moments: [Moments] {
    store.parameters.map {
      Moments(name: $0.name, first: first.array($0.index), second: second.array($0.index))
    }
  }

  /// Takes moments and a step count.
  ///
  /// - Precondition: `moments` are those of this store's parameters, in its order.
  public func restore(_ moments: [Moments], stepCount: Int) {
    precondition(moments.count == store.parameters.count, "moments of \(moments.count) parameters")
    for (parameter, moment) in zip(store.parameters, moments) {
      precondition(moment.name == parameter.name, "moments of \(moment.name) for \(parameter.name)")
      first.assign(moment.first, parameter.index)
      second.assign(moment.second, parameter.index)
    }
    self.stepCount = stepCount
  }

  /// The moments, as `NAME.first` and `NAME.second`.
  public var slots: [OptimizerSlot] {
    store.parameters.flatMap {
      [
        OptimizerSlot(name: "\($0.name).first", values: first.array($0.index)),
        OptimizerSlot(name: "\($0.name).second", values: second.array($0.index)),
      ]
    }
  }

  /// Takes the moments of a checkpoint.
  ///
  /// - Returns: the name of one that is missing; `nil` when all were there.
  public func restore(_ slots: [String: [Float]], stepCount: Int) -> String? {
    for parameter in store.parameters {
      for part in ["first", "second"] where slots["\(parameter.name).\(part)"]?.count != parameter.count {
        return "\(parameter.name).\(part)"
      }
    }
    restore(
      store.parameters.map {
        Moments(name: $0.name, first: slots["\($0.name).first"]!, second: slots["\($0.name).second"]!)
      }, stepCount: stepCount)
    return nil
  }
}
