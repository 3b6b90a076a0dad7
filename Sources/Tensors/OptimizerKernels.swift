/// The elementwise work of optimisers over flat ranges of values.
public enum OptimizerKernels {
  /// `Σ x²`: of blocks of 4,096 values in f32, and of these in f64.
  public static func sumOfSquares(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
    vm.sum_of_squares(x, count)
  }

  /// `destination += source`.
  public static func add(
    _ destination: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ count: Int
  ) {
    vm.add(destination, source, count)
  }

  /// The constants of one Adam step.
  public struct AdamStep: Sendable {
    /// The learning rate of this step.
    public var learningRate: Float
    /// Decay of the first moment.
    public var beta1: Float
    /// Decay of the second moment.
    public var beta2: Float
    /// Added to the root of the second moment.
    public var epsilon: Float
    /// Decoupled weight decay.
    public var weightDecay: Float
    /// `1 / (1 - beta1^t)`.
    public var firstCorrection: Float
    /// `1 / (1 - beta2^t)`.
    public var secondCorrection: Float
    /// What gradients are multiplied by, from clipping.
    public var gradientScale: Float

    /// The constants of step `step`, counted from 1.
    public init(
      step: Int, learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float,
      gradientScale: Float
    ) {
      self.learningRate = learningRate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
      self.gradientScale = gradientScale
      firstCorrection = Float(1 / (1 - Self.power(Double(beta1), step)))
      secondCorrection = Float(1 / (1 - Self.power(Double(beta2), step)))
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
      var (result, factor, rest) = (1.0, base, exponent)
      while rest > 0 {
        if rest & 1 == 1 { result *= factor }
        factor *= factor
        rest >>= 1
      }
      return result
    }
  }

  /// Kingma and Ba 2015, algorithm 1, in place.
  public static func adam(
    parameter: UnsafeMutablePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, count: Int, _ step: AdamStep
  ) {
    vm.adam(
      parameter, first, second, gradient, count, step.gradientScale, step.learningRate, step.beta1,
      step.beta2,
      step.epsilon, step.weightDecay, step.firstCorrection, step.secondCorrection)
  }
}
