import Foundation

/// The learning rate over a training run: a linear warm-up, then halving (or another factor) when validation stalls.
public struct LearningRateSchedule: Codable, Hashable, Sendable {
  /// The rate after the warm-up.
  public var base: Float = 1e-3
  /// Steps over which the rate grows from 0.
  public var warmup: Int = 0
  /// What the rate is multiplied by at each decay.
  public var decay: Float = 0.5
  /// Validations without a better score before a decay; 0 for none.
  public var patience: Int = 2
  /// The rate does not fall below this part of ``base``.
  public var floor: Float = 0.01

  /// The defaults.
  public init() {}

  /// The rate of step `step`, counted from 1, after `decays` decays.
  public func rate(step: Int, decays: Int) -> Float {
    let warm = warmup > 0 ? min(1, Float(step) / Float(warmup)) : 1
    return base * warm * max(floor, Float(Foundation.pow(Double(decay), Double(decays))))
  }
}
