import Tensors

/// How parameters follow their gradients.
public enum OptimizerMethod: String, Codable, Sendable, CaseIterable {
  /// Adam (Kingma and Ba 2015); with weight decay, AdamW (Loshchilov and Hutter 2019).
  case adam
  /// Stochastic gradient descent with momentum (Polyak 1964; Sutskever et al. 2013).
  case sgd
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
    func read<Value: Decodable>(_ key: CodingKeys, _ place: WritableKeyPath<Self, Value>) throws {
      if let value = try fields.decodeIfPresent(Value.self, forKey: key) { self[keyPath: place] = value }
    }
    try read(.method, \.method)
    try read(.beta1, \.beta1)
    try read(.beta2, \.beta2)
    try read(.epsilon, \.epsilon)
    try read(.momentum, \.momentum)
    try read(.weightDecay, \.weightDecay)
    try read(.clipNorm, \.clipNorm)
    try read(.clipValue, \.clipValue)
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

/// Changes parameters after their gradients.
public protocol Optimizer: AnyObject, Sendable {
  /// Updates so far.
  var stepCount: Int { get }
  /// Copies of all that it remembers, for a checkpoint.
  var slots: [OptimizerSlot] { get }

  /// Adds the workers' gradients up, clips, and updates the parameters.
  ///
  /// The order of every sum is fixed, so the result depends on the number of gradients alone. A gradient that is not
  /// finite changes nothing.
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  func step(_ gradients: [GradientBuffer], learningRate: Float, pool: WorkerPool) -> Float

  /// Takes what a checkpoint remembers.
  ///
  /// - Parameter slots: values by the names of ``slots``.
  /// - Returns: the name of a slot that is missing or of another size; `nil` when all was there. Only then is
  ///   anything taken.
  func restore(_ slots: [String: [Float]], stepCount: Int) -> String?
}

extension OptimizerConfiguration {
  /// The optimiser of all parameters of a store.
  public func makeOptimizer(_ store: ParameterStore) -> any Optimizer {
    switch method {
    case .adam: Adam(store, self)
    case .sgd: MomentumDescent(store, self)
    }
  }
}
