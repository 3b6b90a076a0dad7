import Foundation
import Tensors

/// Adam (Kingma and Ba 2015), with decoupled weight decay (Loshchilov and Hutter 2019) and clipping by global norm
/// (Pascanu et al. 2013).
///
/// The reduction of the workers' gradients stands in ``step(_:learningRate:pool:)``: it is the seam where an all-reduce
/// over machines would go.
public final class Adam: @unchecked Sendable {
  /// The constants of the method.
  public struct Configuration: Codable, Hashable, Sendable {
    /// Decay of the first moment.
    public var beta1: Float = 0.9
    /// Decay of the second moment.
    public var beta2: Float = 0.999
    /// Added to the root of the second moment.
    public var epsilon: Float = 1e-8
    /// Decoupled weight decay a step, times the learning rate.
    public var weightDecay: Float = 0
    /// Largest global norm of the gradient; 0 for no clipping.
    public var clipNorm: Float = 1

    /// The defaults.
    public init() {}
  }

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

  /// Values that one worker updates at a time.
  private static let chunk = 1 << 15

  /// The constants.
  public let configuration: Configuration
  /// Updates so far.
  public private(set) var stepCount = 0
  private let store: ParameterStore
  private let first: [UnsafeMutablePointer<Float>]
  private let second: [UnsafeMutablePointer<Float>]
  private let ranges: [(parameter: Int, start: Int, count: Int)]

  /// An optimiser of all parameters of the store.
  public init(_ store: ParameterStore, _ configuration: Configuration) {
    self.store = store
    self.configuration = configuration
    func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
      let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
      pointer.initialize(repeating: 0, count: count)
      return pointer
    }
    first = store.parameters.map { zeros($0.count) }
    second = store.parameters.map { zeros($0.count) }
    ranges = store.parameters.flatMap { parameter in
      stride(from: 0, to: parameter.count, by: Self.chunk).map {
        (parameter.index, $0, min(Self.chunk, parameter.count - $0))
      }
    }
  }

  deinit {
    for pointer in first + second { pointer.deallocate() }
  }

  /// Adds the workers' gradients up, clips, and updates the parameters.
  ///
  /// The order of every sum is fixed, so the result depends on the number of gradients alone.
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func step(_ gradients: [GradientBuffer], learningRate: Float, pool: WorkerPool) -> Float {
    stepCount += 1
    let parameters = store.parameters
    let sources = parameters.map { parameter in gradients.compactMap { $0.gradient(parameter) } }
    let workers = pool.count
    let total = SharedSums(count: ranges.count)
    nonisolated(unsafe) let shared = sources
    pool.run { [ranges] worker in
      for place in stride(from: worker, to: ranges.count, by: workers) {
        let (index, start, count) = ranges[place]
        guard let target = shared[index].first else { continue }
        for other in shared[index].dropFirst() { OptimizerKernels.add(target + start, other + start, count) }
        total.values[place] = OptimizerKernels.sumOfSquares(target + start, count)
      }
    }
    let norm = Float(total.sum.squareRoot())
    let clip = configuration.clipNorm
    let constants = OptimizerKernels.AdamStep(
      step: stepCount, learningRate: learningRate, beta1: configuration.beta1, beta2: configuration.beta2,
      epsilon: configuration.epsilon, weightDecay: configuration.weightDecay,
      gradientScale: clip > 0 && norm > clip ? clip / norm : 1)
    guard norm.isFinite else { return norm }
    pool.run { [self] worker in
      for place in stride(from: worker, to: ranges.count, by: workers) {
        let (index, start, count) = ranges[place]
        guard let gradient = shared[index].first else { continue }
        OptimizerKernels.adam(
          parameter: parameters[index].values + start, first: first[index] + start,
          second: second[index] + start,
          gradient: gradient + start, count: count, constants)
      }
    }
    pool.run { [store] worker in store.refreshCopies(worker: worker, of: workers) }
    return norm
  }

  /// Copies of all moments, for a checkpoint.
  public var moments: [Moments] {
    store.parameters.map { parameter in
      Moments(
        name: parameter.name,
        first: Array(UnsafeBufferPointer(start: first[parameter.index], count: parameter.count)),
        second: Array(UnsafeBufferPointer(start: second[parameter.index], count: parameter.count)))
    }
  }

  /// Takes the moments and the step count of a checkpoint.
  ///
  /// - Precondition: `moments` are those of this store's parameters, in its order.
  public func restore(_ moments: [Moments], stepCount: Int) {
    precondition(moments.count == store.parameters.count, "moments of \(moments.count) parameters")
    for (parameter, moment) in zip(store.parameters, moments) {
      precondition(
        moment.name == parameter.name && moment.first.count == parameter.count, "moments of \(moment.name)")
      first[parameter.index].update(from: moment.first, count: parameter.count)
      second[parameter.index].update(from: moment.second, count: parameter.count)
    }
    self.stepCount = stepCount
  }
}

/// A sum in parts, each written by one worker.
private final class SharedSums: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Double>

  init(count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: 0)
  }

  deinit { values.deallocate() }

  var sum: Double { values.reduce(0, +) }
}
