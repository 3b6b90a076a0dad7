import Foundation
import Layers
import Tensors
import Testing

@Suite("Initialisers and schedule")
struct InitializerTests {
  private func values(_ initializer: Initializer, rows: Int = 40, columns: Int = 200, seed: UInt64 = 1)
    -> [Float]
  {
    let parameter = ParameterStore().add("p", rows: rows, columns: columns)
    var generator = SplitMix64(seed: seed)
    initializer.fill(parameter, using: &generator)
    return parameter.array
  }

  /// All within the range, close to its ends, with the mean and the variance of a uniform distribution.
  private func expectUniform(
    _ values: [Float], range: Float, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.allSatisfy { abs($0) <= range }, sourceLocation: sourceLocation)
    #expect(values.max()! > 0.99 * range && values.min()! < -0.99 * range, sourceLocation: sourceLocation)
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + Double($1) * Double($1) } / count
    let expected = Double(range * range) / 3
    #expect(abs(mean) < 5 * (expected / count).squareRoot(), sourceLocation: sourceLocation)
    #expect(abs(variance - expected) < 0.06 * expected, sourceLocation: sourceLocation)
  }

  @Test("Ranges and moments are those of the papers")
  func ranges() {
    #expect(values(.constant(2.5)).allSatisfy { $0 == 2.5 })
    expectUniform(values(.uniform(0.3)), range: 0.3)
    expectUniform(values(.glorot), range: (6.0 / 240 as Float).squareRoot())
    expectUniform(values(.glorotBlocks(4)), range: (6.0 / 90 as Float).squareRoot())
  }

  @Test("They are functions of the seed")
  func determinism() {
    #expect(values(.glorot) == values(.glorot))
    #expect(values(.glorot) != values(.glorot, seed: 2))
  }

  @Test("A factory's parameters follow its seed, each with numbers of its own")
  func factory() throws {
    func make(_ seed: UInt64) -> [Parameter] {
      let store = ParameterStore()
      var factory = ParameterFactory(store: store, seed: seed)
      _ = factory.weight("one", inputs: 5, outputs: 6)
      _ = factory.weight("two", inputs: 5, outputs: 6)
      _ = factory.gateBias("gates", hidden: 3)
      _ = Embedding("words", words: 300, width: 12, factory: &factory)
      return store.parameters
    }
    let parameters = make(1)
    #expect(parameters.map(\.array) == make(1).map(\.array))
    #expect(parameters[0].array != make(2)[0].array)
    #expect(parameters[0].array != parameters[1].array)
    #expect(parameters.map(\.name) == ["one", "two", "gates", "words"])
    #expect(parameters.map(\.index) == [0, 1, 2, 3])
    // 1 for the forget gate, 0 for the input gate, the candidate and the output gate.
    #expect(parameters[2].array == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    // Variance 1 / width.
    expectUniform(parameters[3].array, range: 0.5)
  }

  @Test("A factory for a model that is loaded draws nothing, and makes the same parameters")
  func withoutValues() {
    func make(_ factory: ParameterFactory) -> [Parameter] {
      var factory = factory
      _ = Linear("map", inputs: 3, outputs: 4, firstBias: -1, factory: &factory)
      _ = factory.gateBias("gates", hidden: 3)
      let output = OutputLayer("out", inputs: 5, words: 7, tiedWidth: 5, factory: &factory)
      _ = Embedding(tiedTo: output.weight)
      return factory.store.parameters
    }
    let drawn = make(ParameterFactory(store: ParameterStore(), seed: 1))
    let blank = make(ParameterFactory(withoutValues: ParameterStore()))
    #expect(blank.map(\.name) == drawn.map(\.name) && blank.map(\.count) == drawn.map(\.count))
    #expect(drawn.allSatisfy(\.hasValues) && !blank.contains(where: \.hasValues))
    #expect(drawn[1].array == [-1, -1, -1, -1])
    // Word vectors that are an output layer's are read by themselves.
    #expect(blank.filter { !$0.needsValues }.map(\.name) == ["map.weight"])
  }

  @Test("The learning rate warms up, decays, and stops at its floor")
  func schedule() {
    var schedule = LearningRateSchedule()
    (schedule.base, schedule.warmup, schedule.decay, schedule.floor) = (0.4, 10, 0.5, 0.1)
    func expect(_ step: Int, _ decays: Int, _ rate: Float, sourceLocation: SourceLocation = #_sourceLocation)
    {
      let found = schedule.rate(step: step, decays: decays)
      #expect(abs(found - rate) < 1e-6 * rate, sourceLocation: sourceLocation)
    }
    for step in 1...12 { expect(step, 0, 0.4 * min(1, Float(step) / 10)) }
    expect(100, 1, 0.2)
    expect(100, 3, 0.05)
    expect(100, 4, 0.04)
    expect(100, 400, 0.04)
    expect(5, 1, 0.1)
    schedule.warmup = 0
    expect(1, 0, 0.4)
  }

  @Test(
    "After the warm-up: inverse square root, exponential, cosine and trapezoid, with a floor; or constant")
  func otherSchedules() {
    var schedule = LearningRateSchedule()
    (schedule.base, schedule.warmup, schedule.decay, schedule.floor, schedule.period) = (0.4, 4, 0.5, 0.1, 8)
    func expect(
      _ kind: LearningRateDecay, _ rates: [Int: Float], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      schedule.kind = kind
      for (step, rate) in rates {
        // Stalls are the plateau's business alone.
        for decays in [0, 3] {
          let found = schedule.rate(step: step, decays: decays)
          #expect(abs(found - rate) < 1e-6, "step \(step)", sourceLocation: sourceLocation)
        }
      }
    }
    expect(.constant, [1: 0.1, 4: 0.4, 1_000: 0.4])
    expect(.inverseSqrt, [1: 0.1, 4: 0.4, 16: 0.2, 64: 0.1, 1_000_000: 0.04])
    expect(.exponential, [2: 0.2, 4: 0.4, 8: 0.28284271, 12: 0.2, 20: 0.1, 1_000: 0.04])
    expect(.cosine, [4: 0.4, 6: 0.34727922, 8: 0.04 + 0.36 / 2, 12: 0.04, 13: 0.04, 1_000: 0.04])
    schedule.cooldown = 0.5
    expect(
      .trapezoid,
      [2: 0.2, 4: 0.4, 8: 0.4, 9: 0.04 + 0.36 * 0.5, 10: 0.04 + 0.36 * 0.29289322, 12: 0.04, 1_000: 0.04])
    schedule.cooldown = 1
    expect(.trapezoid, [4: 0.4, 6: 0.04 + 0.36 * 0.5, 12: 0.04])
  }

  @Test("Settings read back as they were")
  func codable() throws {
    var schedule = LearningRateSchedule()
    (schedule.base, schedule.patience) = (0.1, 7)
    #expect(
      try JSONDecoder().decode(LearningRateSchedule.self, from: JSONEncoder().encode(schedule)) == schedule)
    // A file from before there were other schedules.
    let older = Data("{\"base\": 0.1, \"warmup\": 5, \"decay\": 0.7, \"patience\": 3, \"floor\": 0.2}".utf8)
    let read = try JSONDecoder().decode(LearningRateSchedule.self, from: older)
    #expect(read.kind == .plateau && read.decay == 0.7 && read.floor == 0.2)
    var optimizer = OptimizerConfiguration()
    (optimizer.beta2, optimizer.epsilon) = (0.98, 1e-9)
    let stored = try JSONEncoder().encode(optimizer)
    #expect(try JSONDecoder().decode(OptimizerConfiguration.self, from: stored) == optimizer)
  }
}
