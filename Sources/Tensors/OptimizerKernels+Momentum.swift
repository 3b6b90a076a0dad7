extension OptimizerKernels {
  /// `x = min(max(factor · x, -limit), limit)`; what is not a number stays so.
  public static func clip(_ x: UnsafeMutablePointer<Float>, _ count: Int, factor: Float, limit: Float) {
    for index in 0..<count {
      let value = x[index] * factor
      x[index] = value > limit ? limit : value < -limit ? -limit : value
    }
  }

  /// A step of gradient descent with momentum (Polyak 1964; Sutskever et al. 2013, eq. 1 and 2, but with the learning
  /// rate outside of the velocity, which therefore does not remember the rates of before), in place: `v = μ v + s g`,
  /// `θ = θ - η (v + λ θ)`.
  ///
  /// - Parameters:
  ///   - momentum: `μ`.
  ///   - gradientScale: `s`, from clipping.
  ///   - weightDecay: `λ`, decoupled (Loshchilov and Hutter 2019, algorithm 1).
  public static func momentum(
    parameter: UnsafeMutablePointer<Float>, velocity: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, count: Int, learningRate: Float, momentum: Float, weightDecay: Float,
    gradientScale: Float
  ) {
    for index in 0..<count {
      let v = momentum * velocity[index] + gradientScale * gradient[index]
      velocity[index] = v
      parameter[index] -= learningRate * (v + weightDecay * parameter[index])
    }
  }

  /// `average = decay · average + (1 - decay) · value`.
  public static func average(
    _ average: UnsafeMutablePointer<Float>, _ value: UnsafePointer<Float>, _ count: Int, decay: Float
  ) {
    for index in 0..<count { average[index] += (1 - decay) * (value[index] - average[index]) }
  }
}
