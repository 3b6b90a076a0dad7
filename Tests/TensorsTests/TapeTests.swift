import Reference
import Tensors
import Testing

@Suite("Tape, arena and gradients")
struct TapeTests {
  @Test("The arena hands out apart, aligned pieces, and winds back to a mark")
  func marks() {
    let arena = Arena(capacity: 4_096)
    let tape = Tape(rowIndependent: false, arena: arena)
    let first = tape.tensor([1, 2, 3], rows: 1, columns: 3)
    let mark = arena.mark()
    let second = tape.tensor([4, 5], rows: 2, columns: 1)
    for tensor in [first, second] { #expect(Int(bitPattern: tensor.values) % 64 == 0) }
    // Past the first block, into others.
    let large = (0..<5).map {
      tape.tensor([Float](repeating: Float($0), count: 2_000), rows: 40, columns: 50)
    }
    for (index, tensor) in large.enumerated() { #expect(tensor.array.allSatisfy { $0 == Float(index) }) }
    #expect(first.array == [1, 2, 3] && second.array == [4, 5])
    arena.release(to: mark)
    let third = tape.tensor([6], rows: 1, columns: 1)
    #expect(third.values == second.values, "the place after the mark is used anew")
    #expect(first.array == [1, 2, 3])
    let again = tape.tensor([Float](repeating: 8, count: 2_000), rows: 40, columns: 50)
    #expect(first.array == [1, 2, 3] && third.array == [6] && again.array.allSatisfy { $0 == 8 })
  }

  @Test("After the largest batch the arena grows no more")
  func growth() {
    let arena = Arena(capacity: 1_024)
    let tape = Tape(rowIndependent: false, arena: arena)
    #expect(arena.capacity == 0)
    func batch(_ size: Int) -> UnsafeMutablePointer<Float> {
      tape.reset()
      let first = tape.make(rows: 1, columns: 10).values
      for _ in 0..<size { _ = tape.make(rows: 10, columns: 100) }
      return first
    }
    _ = batch(50)
    let first = batch(50)
    let capacity = arena.capacity
    #expect(capacity >= 50 * 4_000)
    for round in 0..<10 {
      #expect(batch(50 - round) == first)
      #expect(arena.capacity == capacity)
    }
    _ = batch(500)
    #expect(arena.capacity >= 500 * 4_000)
  }

  @Test("Kept numbers stay, empty ones too")
  func keep() {
    let tape = Tape(rowIndependent: false)
    let flags = tape.keep([UInt8](0..<200))
    let none = tape.keep([Int64]())
    let numbers = tape.keep([Int64.min, 7])
    _ = none
    #expect((0..<200).allSatisfy { flags[$0] == UInt8($0) })
    #expect(numbers[0] == .min && numbers[1] == 7)
  }

  @Test("A new batch starts from no gradient, and parameters that no operation used have none")
  func reset() {
    let store = ParameterStore()
    let used = store.add("used", rows: 2, columns: 2)
    let unused = store.add("unused", rows: 1, columns: 2)
    used.assign([1, 2, 3, 4])
    let gradients = GradientBuffer(store)
    let tape = Tape(recordingInto: gradients)
    func run() -> [Float] {
      tape.reset()
      #expect(gradients.gradient(used) == nil)
      let x = tape.tensor([1, 1], rows: 1, columns: 2)
      #expect(x.gradientArray == [0, 0])
      let y = tape.product(x, used)
      y.gradient![0] = 1
      tape.backward()
      #expect(x.gradientArray == [1, 3])
      return Array(UnsafeBufferPointer(start: gradients.gradient(used)!, count: 4))
    }
    #expect(run() == [1, 0, 1, 0])
    #expect(run() == [1, 0, 1, 0])
    #expect(gradients.gradient(unused) == nil)
    #expect(store.count == 6)
    #expect(tape.isRecording && !Tape(rowIndependent: true).isRecording)
  }

  @Test("A row-independent product gives a row the same bits alone and in a batch")
  func rowIndependence() {
    var generator = SplitMix64(seed: 31)
    let store = ParameterStore()
    let weight = store.add("weight", rows: 37, columns: 45, isProductWeight: true)
    weight.assign(random(37 * 45, &generator))
    store.pack()
    let x = Matrix.random(40, 37, using: &generator)
    let tape = Tape(rowIndependent: true)
    let all = tape.product(tape.tensor(x.floats, rows: 40, columns: 37), weight)
    for row in 0..<40 {
      let one = tape.product(tape.tensor(x.row(row).floats, rows: 1, columns: 37), weight)
      #expect(one.array == Array(all.row(row)))
    }
    let plain = Tape(rowIndependent: false)
    let general = plain.product(plain.tensor(x.floats, rows: 40, columns: 37), weight)
    #expect(GradientCheck.error(all.array, general.array.map(Double.init)) < 1e-5)
  }

  @Test("New values reach the transposed copies that the backward pass uses")
  func freshTransposed() {
    let store = ParameterStore()
    let weight = store.add("weight", rows: 1, columns: 2, isProductWeight: true)
    let gradients = GradientBuffer(store)
    let tape = Tape(recordingInto: gradients)
    func slope() -> Float {
      tape.reset()
      let x = tape.tensor([1], rows: 1, columns: 1)
      let y = RepeatedProduct(tape, steps: 1, rows: 1, weight: weight)(0, x)
      y.gradient!.update(repeating: 1, count: 2)
      tape.backward()
      return x.gradient![0]
    }
    weight.assign([1, 2])
    #expect(slope() == 3)
    weight.assign([10, 20])
    store.refreshCopies(worker: 0, of: 1)
    #expect(slope() == 30)
    weight.assign([5, 5])
    #expect(slope() == 10)
  }
}
