import Layers
import Reference
import Tensors
import Testing

@Suite("Gradient descent with momentum, and clipping by value")
struct MomentumDescentTests {
  @Test("Two steps by hand")
  func byHand() {
    var configuration = OptimizerConfiguration()
    (configuration.method, configuration.momentum, configuration.weightDecay) = (.sgd, 0.5, 0.1)
    configuration.clipNorm = 0
    let bench = Bench([(1, 2)])
    bench.parameters[0].assign([1, -2])
    let descent = Optimizer(bench.store, configuration)
    let pool = WorkerPool(count: 1)
    // v = g: 1 - 0.1 (3 + 0.1), -2 - 0.1 (-4 - 0.2).
    bench.set([[3, -4]])
    #expect(descent.step(bench.buffers, learningRate: 0.1, pool: pool) == 5)
    #expect(GradientCheck.error(bench.parameters[0].array, [0.69, -1.58]) < 1e-6)
    // v = 1.5 + 1, -2 + 2: 0.69 - 0.1 (2.5 + 0.069), -1.58 - 0.1 (0 - 0.158).
    bench.set([[1, 2]])
    descent.step(bench.buffers, learningRate: 0.1, pool: pool)
    #expect(GradientCheck.error(bench.parameters[0].array, [0.4331, -1.5642]) < 1e-6)
    #expect(
      descent.stepCount == 2 && descent.slots == [OptimizerSlot(name: "p0.velocity", values: [2.5, 0])])
  }

  @Test("Many steps against f64, with both ways to clip, two workers, a parameter without gradients")
  func againstReference() {
    var configuration = OptimizerConfiguration()
    (configuration.method, configuration.momentum, configuration.weightDecay) = (.sgd, 0.9, 0.01)
    (configuration.clipNorm, configuration.clipValue) = (1, 0.01)
    let bench = Bench([(40, 1_000), (3, 5)], workers: 2)
    let descent = Optimizer(bench.store, configuration)
    let pool = WorkerPool(count: 2)
    var values = bench.parameters.map { $0.array.map(Double.init) }
    var velocity = values[0].map { _ in 0.0 }
    var generator = SplitMix64(seed: 5)
    for step in 1...8 {
      let scale: Float = step % 2 == 0 ? 1 : 1e-3
      let (one, two) = (bench.random(&generator, scale: scale), bench.random(&generator, scale: scale))
      bench.set([one[0], nil], worker: 0)
      bench.set([two[0], nil], worker: 1)
      let norm = descent.step(bench.buffers, learningRate: 0.1, pool: pool)
      let sum = zip(one[0], two[0]).map { Double($0) + Double($1) }
      let expected = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(Double(norm) - expected) < 1e-5 * expected)
      for index in sum.indices {
        let g = min(max(sum[index] * min(1, 1 / expected), -0.01), 0.01)
        velocity[index] = 0.9 * velocity[index] + g
        values[0][index] -= 0.1 * (velocity[index] + 0.01 * values[0][index])
      }
    }
    #expect(GradientCheck.error(bench.parameters[0].array, values[0]) < 1e-5)
    #expect(bench.parameters[1].array.map(Double.init) == values[1])
  }

  @Test("Adam with clipping by value is Adam of the clipped gradient")
  func clippedAdam() {
    let (clipped, plain) = (Bench([(3, 5)]), Bench([(3, 5)]))
    var configuration = OptimizerConfiguration()
    (configuration.clipNorm, configuration.clipValue) = (0, 0.25)
    let one = Optimizer(clipped.store, configuration)
    configuration.clipValue = 0
    let other = Optimizer(plain.store, configuration)
    let pool = WorkerPool(count: 1)
    var generator = SplitMix64(seed: 6)
    for _ in 0..<5 {
      let gradient = clipped.random(&generator)[0]
      clipped.set([gradient])
      plain.set([gradient.map { min(max($0, -0.25), 0.25) }])
      one.step(clipped.buffers, learningRate: 0.1, pool: pool)
      other.step(plain.buffers, learningRate: 0.1, pool: pool)
    }
    #expect(clipped.parameters[0].array == plain.parameters[0].array)
  }

  @Test("What a checkpoint keeps comes back; what is missing is named and changes nothing")
  func slots() {
    for method in OptimizerMethod.allCases {
      var configuration = OptimizerConfiguration()
      configuration.method = method
      let bench = Bench([(3, 5), (1, 2)])
      let optimizer = Optimizer(bench.store, configuration)
      var generator = SplitMix64(seed: 7)
      bench.set(bench.random(&generator))
      optimizer.step(bench.buffers, learningRate: 0.1, pool: WorkerPool(count: 1))
      var slots = Dictionary(uniqueKeysWithValues: optimizer.slots.map { ($0.name, $0.values) })
      let other = Optimizer(Bench([(3, 5), (1, 2)]).store, configuration)
      #expect(other.restore(slots, stepCount: 1) == nil)
      #expect(other.slots == optimizer.slots && other.stepCount == 1)
      let name = optimizer.slots.last!.name
      slots[name] = [1]
      #expect(optimizer.restore(slots, stepCount: 9) == name)
      #expect(optimizer.slots == other.slots && optimizer.stepCount == 1)
    }
  }
}
