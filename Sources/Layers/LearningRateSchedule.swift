import Foundation

/// How the learning rate falls after the warm-up.
public enum LearningRateDecay: String, Codable, Sendable, CaseIterable {
  /// By a factor whenever as many validations as the patience says bring nothing better.
  case plateau
  /// `η √(w / t)` after `w` steps of warm-up (Vaswani et al. 2017, eq. 3, with `η` as its peak).
  case inverseSqrt = "inverse-sqrt"
  /// `η d^(t / p)`: by the factor `d` each `p` steps after the warm-up.
  case exponential
  /// Half a cosine from `η` to the floor over `p` steps after the warm-up (Loshchilov and Hutter 2017, eq. 5, without
  /// restarts).
  case cosine
  /// Not at all until near the end, then by `1 - √x` to the floor, with `x` from 0 to 1 over the last part of `p` steps
  /// after the warm-up (a trapezoid: Xing et al. 2018; the form of the fall: Hägele et al. 2024, section 3).
  case trapezoid
  /// Not at all.
  case constant
}

/// The learning rate over a training run: a linear warm-up, then one of ``LearningRateDecay``. A function of the step
/// and of the stalls alone.
public struct LearningRateSchedule: Codable, Hashable, Sendable {
  /// The rate after the warm-up.
  public var base: Float = 1e-3
  /// Steps over which the rate grows from 0.
  public var warmup: Int = 0
  /// How the rate falls.
  public var kind = LearningRateDecay.plateau
  /// What the rate is multiplied by at each decay of ``LearningRateDecay/plateau``, or over ``period`` steps of
  /// ``LearningRateDecay/exponential``.
  public var decay: Float = 0.5
  /// Steps of one decay of ``LearningRateDecay/exponential``, and of all of ``LearningRateDecay/cosine`` and
  /// ``LearningRateDecay/trapezoid``.
  public var period: Int = 0
  /// The part of ``period``, its last, in which ``LearningRateDecay/trapezoid`` falls.
  public var cooldown: Float = 0.3
  /// Validations without a better score before a decay of ``LearningRateDecay/plateau``; 0 for none.
  public var patience: Int = 2
  /// The rate does not fall below this part of ``base``.
  public var floor: Float = 0.01

  /// The defaults.
  public init() {}

  /// The rate of step `step`, counted from 1, after `decays` decays.
  public func rate(step: Int, decays: Int) -> Float {
    let warm = warmup > 0 ? min(1, Float(step) / Float(warmup)) : 1
    return base * warm * factor(step: step, decays: decays)
  }

  private func factor(step: Int, decays: Int) -> Float {
    let after = Double(max(0, step - warmup))
    switch kind {
    case .constant: return 1
    case .trapezoid:
      let last = max(1, (Double(cooldown) * Double(period)).rounded())
      let fallen = min(1, max(0, after - (Double(period) - last)) / last)
      return floor + (1 - floor) * Float(1 - fallen.squareRoot())
    case .plateau: return max(floor, Float(Foundation.pow(Double(decay), Double(decays))))
    case .exponential: return max(floor, Float(Foundation.pow(Double(decay), after / Double(max(1, period)))))
    case .inverseSqrt:
      return max(floor, Float((Double(max(1, warmup)) / Double(max(step, max(1, warmup)))).squareRoot()))
    case .cosine:
      let done = min(1, after / Double(max(1, period)))
      return floor + (1 - floor) * Float((1 + Foundation.cos(Double.pi * done)) / 2)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case base, warmup, kind, decay, period, cooldown, patience, floor
  }

  /// Reads settings; those that an older file does not have are the defaults.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try fields.read(.base, into: &base)
    try fields.read(.warmup, into: &warmup)
    try fields.read(.kind, into: &kind)
    try fields.read(.decay, into: &decay)
    try fields.read(.period, into: &period)
    try fields.read(.cooldown, into: &cooldown)
    try fields.read(.patience, into: &patience)
    try fields.read(.floor, into: &floor)
  }
}
