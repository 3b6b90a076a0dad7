import Foundation
import Layers
import Reference
import Tensors
import Testing

/// Parameters, a worker's gradient buffers, and a way to put gradients into them.
final class Bench {
  let store = ParameterStore()
  let parameters: [Parameter]
  let buffers: [GradientBuffer]
  let tapes: [Tape]

  init(_ shapes: [(Int, Int)], workers: Int = 1) {
    var generator = SplitMix64(seed: 1)
    parameters = shapes.enumerated().map { [store] in
      store.add("p\($0.offset)", rows: $0.element.0, columns: $0.element.1)
    }
    for parameter in parameters { Initializer.uniform(1).fill(parameter, using: &generator) }
    buffers = (0..<workers).map { [store] _ in GradientBuffer(store) }
    tapes = buffers.map { Tape(recordingInto: $0) }
  }

  /// Sets the gradients of one worker; `nil` leaves a parameter without one.
  func set(_ gradients: [[Float]?], worker: Int = 0) {
    let tape = tapes[worker]
    tape.reset()
    for (parameter, gradient) in zip(parameters, gradients) {
      guard let gradient else { continue }
      let rows = tape.embedding((0..<Int32(parameter.rows)).map { $0 }, parameter)
      rows.gradient!.update(from: gradient, count: gradient.count)
    }
    tape.backward()
  }

  /// Sets the gradients of some rows of the first parameter alone; a row that is named twice has the sum.
  func set(rows: [Int32], _ gradient: [Float], worker: Int) {
    let tape = tapes[worker]
    tape.reset()
    if !rows.isEmpty {
      tape.embedding(rows, parameters[0]).gradient!.update(from: gradient, count: gradient.count)
    }
    tape.backward()
  }

  func random(_ generator: inout SplitMix64, scale: Float = 1) -> [[Float]] {
    parameters.map { parameter in
      (0..<parameter.count).map { _ in Float.random(in: -scale...scale, using: &generator) }
    }
  }
}

@Suite("Adam")
struct AdamTests {
  /// Algorithm 1 of Kingma and Ba 2015 in f64, with clipping and decoupled weight decay.
  private struct Plain {
    var values: [[Double]]
    var first: [[Double]]
    var second: [[Double]]
    var step = 0

    init(_ parameters: [Parameter]) {
      values = parameters.map { $0.array.map(Double.init) }
      first = values.map { $0.map { _ in 0 } }
      second = first
    }

    mutating func update(
      _ gradients: [[Double]?], rate: Double, _ configuration: OptimizerConfiguration
    ) -> Double {
      step += 1
      let (beta1, beta2) = (Double(configuration.beta1), Double(configuration.beta2))
      let norm = gradients.compactMap { $0 }.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      let clip = Double(configuration.clipNorm)
      let factor = clip > 0 && norm > clip ? clip / norm : 1
      for (place, gradient) in gradients.enumerated() {
        guard let gradient else { continue }
        for index in gradient.indices {
          let g = gradient[index] * factor
          first[place][index] = beta1 * first[place][index] + (1 - beta1) * g
          second[place][index] = beta2 * second[place][index] + (1 - beta2) * g * g
          let m = first[place][index] / (1 - pow(beta1, Double(step)))
          let v = second[place][index] / (1 - pow(beta2, Double(step)))
          let decay = Double(configuration.weightDecay) * values[place][index]
          values[place][index] -= rate * (m / (v.squareRoot() + Double(configuration.epsilon)) + decay)
        }
      }
      return norm
    }
  }

  private func configuration(clip: Float = 0, decay: Float = 0) -> OptimizerConfiguration {
    var configuration = OptimizerConfiguration()
    (configuration.clipNorm, configuration.weightDecay) = (clip, decay)
    return configuration
  }

  @Test("The first steps by hand: a constant gradient moves a value by the learning rate")
  func byHand() {
    let bench = Bench([(1, 2)])
    bench.parameters[0].assign([1, -1])
    let adam = Optimizer(bench.store, configuration(decay: 0.5))
    let pool = WorkerPool(count: 1)
    // Step 1: m / √v = ±1, and half of the value decays: 1 - 0.1 (1 + 0.5), -1 - 0.1 (-1 - 0.5).
    bench.set([[3, -3]])
    #expect(adam.step(bench.buffers, learningRate: 0.1, pool: pool) == Float(18).squareRoot())
    #expect(
      abs(bench.parameters[0].values[0] - 0.85) < 1e-6 && abs(bench.parameters[0].values[1] + 0.85) < 1e-6)
    // Step 2 with the same gradient: 0.85 - 0.1 (1 + 0.425).
    bench.set([[3, -3]])
    adam.step(bench.buffers, learningRate: 0.1, pool: pool)
    #expect(abs(bench.parameters[0].values[0] - 0.7075) < 1e-6)
    #expect(adam.stepCount == 2)
  }

  @Test(
    "Gradients in rows move parameters to the same bytes as whole ones",
    arguments: OptimizerMethod.allCases, [Float(0), 0.01])
  func inRows(_ method: OptimizerMethod, limit: Float) {
    // Rows that are cut by the pieces which workers treat, and more of them than stand in one piece.
    let (rows, columns) = (700, 97)
    let (sparse, whole) = (Bench([(rows, columns)], workers: 3), Bench([(rows, columns)], workers: 3))
    // Without clipping by norm, whose sum has another order.
    var configuration = configuration(decay: 0.01)
    (configuration.method, configuration.clipValue) = (method, limit)
    let optimizers = [sparse, whole].map { Optimizer($0.store, configuration) }
    let pool = WorkerPool(count: 2)
    var generator = SplitMix64(seed: 4)
    for step in 0..<8 {
      for worker in 0..<3 {
        // One worker has nothing, once; in the end one has a whole gradient and the others have not.
        let count = step == 2 && worker == 0 ? 0 : step == 7 && worker == 1 ? 2 * rows : 60
        let chosen = (0..<count).map {
          count > rows ? Int32($0 % rows) : Int32.random(in: 0..<Int32(rows), using: &generator)
        }
        let values = (0..<count * columns).map { _ in Float.random(in: -1...1, using: &generator) }
        sparse.set(rows: chosen, values, worker: worker)
        var dense = [Float](repeating: 0, count: rows * columns)
        for (place, row) in chosen.enumerated() {
          for column in 0..<columns { dense[Int(row) * columns + column] += values[place * columns + column] }
        }
        whole.set([dense], worker: worker)
        #expect((sparse.buffers[worker].rows(sparse.parameters[0]) != nil) == (count > 0))
        if step == 7, worker == 1 {
          // Reading the gradient as a whole makes it one.
          let read = sparse.buffers[worker].gradient(sparse.parameters[0])!
          #expect(Array(UnsafeBufferPointer(start: read, count: dense.count)) == dense)
          #expect(sparse.buffers[worker].rows(sparse.parameters[0]) == nil)
        }
      }
      let norms = zip([sparse, whole], optimizers).map { bench, optimizer in
        optimizer.step(bench.buffers, learningRate: 0.01, pool: pool)
      }
      #expect(abs(norms[0] - norms[1]) <= 1e-6 * norms[0] && norms[0] > 0)
      #expect(sparse.parameters[0].array == whole.parameters[0].array)
    }
  }

  @Test("Many steps against f64: clipping, weight decay, two workers, a parameter without gradients")
  func againstReference() {
    // The first parameter is cut in several pieces.
    let bench = Bench([(40, 1_000), (3, 5), (7, 1)], workers: 2)
    let configuration = configuration(clip: 1, decay: 0.01)
    let adam = Optimizer(bench.store, configuration)
    let pool = WorkerPool(count: 2)
    var plain = Plain(bench.parameters)
    var generator = SplitMix64(seed: 2)
    for step in 1...12 {
      // Some steps are clipped, and some are not.
      let scale: Float = step % 2 == 0 ? 1 : 1e-3
      let (one, two) = (bench.random(&generator, scale: scale), bench.random(&generator, scale: scale))
      // The second parameter has a gradient from one worker alone, the third from none.
      bench.set([one[0], nil, nil], worker: 0)
      bench.set([two[0], two[1], nil], worker: 1)
      let norm = adam.step(bench.buffers, learningRate: 0.01, pool: pool)
      let sum = zip(one[0], two[0]).map { Double($0) + Double($1) }
      let expected = plain.update([sum, two[1].map(Double.init), nil], rate: 0.01, configuration)
      #expect(abs(Double(norm) - expected) < 1e-5 * expected)
    }
    for (place, parameter) in bench.parameters.enumerated() {
      #expect(GradientCheck.error(parameter.array, plain.values[place]) < 1e-5)
      let (first, second) = (adam.slots[2 * place], adam.slots[2 * place + 1])
      #expect(GradientCheck.error(first.values, plain.first[place]) < 1e-5)
      #expect(GradientCheck.error(second.values, plain.second[place]) < 1e-5)
      #expect(first.name == "\(parameter.name).first" && second.name == "\(parameter.name).second")
    }
    #expect(adam.slots[4].values.allSatisfy { $0 == 0 })
  }

  @Test("The pool's size changes no bit")
  func poolSize() {
    func train(_ pool: Int) -> [[Float]] {
      let bench = Bench([(50, 1_000), (3, 5)], workers: 3)
      let adam = Optimizer(bench.store, configuration(clip: 0.5))
      var generator = SplitMix64(seed: 3)
      let workers = WorkerPool(count: pool)
      for _ in 0..<4 {
        for worker in 0..<3 { bench.set(bench.random(&generator), worker: worker) }
        adam.step(bench.buffers, learningRate: 0.01, pool: workers)
      }
      return bench.parameters.map(\.array)
    }
    let one = train(1)
    #expect(train(2) == one)
    #expect(train(5) == one)
  }

  @Test("Moments that are taken out and put back go on as if nothing had been")
  func restore() {
    let (whole, parted) = (Bench([(3, 5)]), Bench([(3, 5)]))
    let pool = WorkerPool(count: 1)
    let adam = Optimizer(whole.store, configuration())
    var other = Optimizer(parted.store, configuration())
    var generator = SplitMix64(seed: 4)
    for step in 1...10 {
      let gradients = whole.random(&generator)
      whole.set(gradients)
      parted.set(gradients)
      adam.step(whole.buffers, learningRate: 0.01, pool: pool)
      other.step(parted.buffers, learningRate: 0.01, pool: pool)
      if step == 5 {
        let slots = Dictionary(uniqueKeysWithValues: other.slots.map { ($0.name, $0.values) })
        let count = other.stepCount
        other = Optimizer(parted.store, configuration())
        #expect(other.restore(slots, stepCount: count) == nil)
      }
    }
    #expect(whole.parameters[0].array == parted.parameters[0].array)
  }

  @Test("A gradient that is not finite is reported and changes nothing", arguments: [Float.nan, .infinity])
  func notFinite(value: Float) {
    let bench = Bench([(3, 5)])
    let adam = Optimizer(bench.store, configuration(clip: 1))
    let before = bench.parameters[0].array
    var gradient = [Float](repeating: 1, count: 15)
    gradient[7] = value
    bench.set([gradient])
    #expect(!adam.step(bench.buffers, learningRate: 0.1, pool: WorkerPool(count: 2)).isFinite)
    #expect(bench.parameters[0].array == before)
    #expect(adam.slots.count == 2 && adam.slots.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }

  @Test("It finds the bottom of a bowl")
  func converges() {
    let bench = Bench([(1, 8)])
    let adam = Optimizer(bench.store, configuration(clip: 1))
    let pool = WorkerPool(count: 1)
    for step in 0..<600 {
      bench.set([bench.parameters[0].array.enumerated().map { 2 * ($1 - Float($0)) }])
      adam.step(bench.buffers, learningRate: step < 400 ? 0.1 : 0.005, pool: pool)
    }
    for (index, value) in bench.parameters[0].array.enumerated() { #expect(abs(value - Float(index)) < 1e-2) }
  }
}
