import Reference
import Tensors
import Testing

@Suite("Some outputs of a packed product")
struct SelectedOutputsTests {
  @Test(
    "They have the bits that they have among all, with any number of them",
    arguments: WeightFormat.allCases, [1, 3, 31, 32, 33, 70, 96])
  func bits(_ format: WeightFormat, count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    for inputs in [1, 36, 37] {
      let store = ParameterStore()
      let weight = store.add("weight", rows: inputs, columns: 100, isProductWeight: true)
      weight.assign(Matrix.random(inputs, 100, using: &generator).floats)
      let bias = store.add("bias", rows: 1, columns: 100)
      bias.assign(Matrix.random(1, 100, using: &generator).floats)
      store.pack(format)
      let tape = Tape(rowIndependent: true)
      let x = tape.tensor(Matrix.random(5, inputs, using: &generator).floats, rows: 5, columns: inputs)
      let all = SelectedOutputs((0..<100).map { Int32($0) }, weight: weight, bias: bias)(x, tape)
      let ids = (0..<100).map { Int32($0) }.shuffled(using: &generator).prefix(count)
      for chosen in [ids.sorted(), Array(ids)] {
        let some = SelectedOutputs(chosen, weight: weight, bias: bias)(x, tape)
        #expect(some.array == (0..<5).flatMap { row in chosen.map { all.array[row * 100 + Int($0)] } })
      }
      let plain = tape.product(x, weight)
      #expect(
        all.array == (0..<500).map { plain.array[$0] + bias.values[$0 % 100] },
        "all of them are the product itself")
    }
  }
}
