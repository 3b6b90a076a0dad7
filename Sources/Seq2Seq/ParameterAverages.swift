import Layers
import Storage
import Tensors

/// Which checkpoints are averaged.
public enum AverageChoice: String, Codable, Sendable, CaseIterable {
  /// Those that were made last.
  case last
  /// Those with the best scores.
  case best
}

/// Averages of parameters over a training: an exponential moving average (Polyak and Juditsky 1992, with the warm-up of
/// its decay that TensorFlow and Marian use), and the mean of some checkpoints (Vaswani et al.
/// 2017, section 6.1).
///
/// What is translated with and validated are the averages; what the optimiser goes on from are the parameters
/// themselves, which a checkpoint keeps beside its moments.
final class ParameterAverages {
  /// A checkpoint that is kept for the mean.
  private struct Kept {
    let score: Double
    let values: [[Float]]
  }

  private let store: ParameterStore
  private let decay: Float
  private let count: Int
  private let choice: AverageChoice
  private let moving: ParameterSlots?
  private var kept: [Kept] = []

  init(_ store: ParameterStore, _ configuration: TrainingConfiguration) {
    self.store = store
    decay = configuration.ema
    count = configuration.average
    choice = configuration.averageOf
    moving = decay > 0 ? ParameterSlots(store) : nil
    for parameter in store.parameters { moving?.assign(parameter.array, parameter.index) }
  }

  /// Whether there is anything to average.
  var isActive: Bool { decay > 0 || count > 1 }

  /// Scores of the kept checkpoints, higher is better: a part of the state of the training.
  var scores: [Double] { kept.map(\.score) }

  /// Updates that the moving average follows at a time. It is far slower than these, and to follow each of them would
  /// take a quarter of the time of all that the optimiser does.
  private static let interval = 4

  /// Follows the updates since it last did, at each step that is a multiple of the interval, and at those before the first
  /// such: `m = D m + (1 - D) θ` with the product `D` of what these steps would each have,
  /// `d = min(decay, (1 + t) / (10 + t))` at step `t`.
  func update(step: Int, pool: WorkerPool) {
    guard let moving, step % Self.interval == 0 || step < Self.interval else { return }
    var rate: Float = 1
    let first = step <= Self.interval ? step : step - Self.interval + 1
    for step in first...step { rate *= min(decay, Float(1 + step) / Float(10 + step)) }
    let workers = pool.count
    pool.run { [store, rate] worker in
      for parameter in store.parameters {
        let share = (parameter.count + workers - 1) / workers
        let start = min(parameter.count, worker * share)
        let end = min(parameter.count, start + share)
        OptimizerKernels.average(
          moving.values[parameter.index] + start, parameter.values + start, end - start, decay: rate)
      }
    }
  }

  /// Runs `body` with the moving average in the place of the parameters, which come back afterwards.
  ///
  /// - Parameter body: is given the parameters themselves, by place.
  func serving<Result>(_ body: ([[Float]]) throws -> Result) rethrows -> Result {
    let raw = isActive ? store.parameters.map(\.array) : []
    if let moving { assign(store.parameters.map { moving.array($0.index) }) }
    defer { if isActive { assign(raw) } }
    return try body(raw)
  }

  /// Keeps the present values of the parameters as a checkpoint, and lets another go when there are too many.
  ///
  /// - Returns: the mean of all that are kept; `nil` where it would be these values themselves.
  func keep(score: Double) -> [[Float]]? {
    guard count > 1 else { return nil }
    kept.append(Kept(score: score, values: store.parameters.map(\.array)))
    dropSurplus()
    return kept.count > 1 ? mean : nil
  }

  /// Lets checkpoints go while there are too many.
  private func dropSurplus() {
    while kept.count > count {
      // Of equal scores the older goes.
      kept.remove(at: choice == .last ? 0 : kept.indices.min { kept[$0].score < kept[$1].score }!)
    }
  }

  private var mean: [[Float]] {
    store.parameters.indices.map { index in
      var sum = [Double](repeating: 0, count: store.parameters[index].count)
      for checkpoint in kept {
        for (place, value) in checkpoint.values[index].enumerated() { sum[place] += Double(value) }
      }
      return sum.map { Float($0 / Double(kept.count)) }
    }
  }

  /// Overwrites the parameters.
  func assign(_ values: [[Float]]) {
    for (parameter, value) in zip(store.parameters, values) { parameter.assign(value) }
  }

  // MARK: - In a checkpoint

  /// What a checkpoint keeps beside the optimiser's moments, when averages are on: the parameters themselves (`NAME.raw`),
  /// the moving average (`NAME.ema`), and the kept checkpoints (`NAME.kept.0`, the oldest).
  func storedState(raw: [[Float]]) -> [StoredTensor] {
    guard isActive else { return [] }
    func stored(_ suffix: String, _ values: [[Float]]) -> [StoredTensor] {
      zip(store.parameters, values).map {
        StoredTensor(name: "\($0.name).\(suffix)", shape: [$1.count], values: $1)
      }
    }
    let averages = moving.map { moving in store.parameters.map { moving.array($0.index) } }
    return stored("raw", raw) + (averages.map { stored("ema", $0) } ?? [])
      + kept.enumerated().flatMap { stored("kept.\($0.offset)", $0.element.values) }
  }

  /// Takes what a checkpoint keeps. What it does not have, because averaging was switched on later, starts from the
  /// parameters as they are.
  ///
  /// - Throws: ``Seq2SeqError/model(path:_:)`` when a part is missing.
  func restore(_ tensors: [String: [Float]], scores: [Double], path: String) throws {
    func values(_ suffix: String) throws -> [[Float]]? {
      guard let first = store.parameters.first, tensors["\(first.name).\(suffix)"] != nil else { return nil }
      return try store.parameters.map { parameter in
        guard let found = tensors["\(parameter.name).\(suffix)"], found.count == parameter.count else {
          throw Seq2SeqError.model(
            path: path, "\(parameter.name).\(suffix) of its averages is missing; start anew with --no-reload")
        }
        return found
      }
    }
    if let raw = try values("raw") { assign(raw) }
    if let moving {
      let found = try values("ema") ?? store.parameters.map(\.array)
      for (index, value) in found.enumerated() { moving.assign(value, index) }
    }
    guard count > 1 else { return }
    kept = try scores.enumerated().compactMap { place, score in
      try values("kept.\(place)").map { Kept(score: score, values: $0) }
    }
    dropSurplus()
  }
}
