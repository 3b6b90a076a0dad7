import CVectorMath
import Reference
import Tensors
import Testing

@Suite("Weights that are packed alone")
struct PackedAloneTests {
  private func bits(_ x: Matrix, _ weight: Parameter) -> [UInt32] {
    let tape = Tape(rowIndependent: true)
    let input = tape.tensor(x.floats, rows: x.rows, columns: x.columns)
    return tape.product(input, weight).array.map(\.bitPattern)
  }

  @Test(
    "They multiply as weights that have values do, to the bit", arguments: WeightFormat.allCases,
    [(1, 1), (5, 31), (8, 32), (37, 45), (64, 96), (130, 257)])
  func products(_ format: WeightFormat, _ size: (rows: Int, columns: Int)) throws {
    var generator = SplitMix64(seed: 31)
    let x = Matrix.random(9, size.rows, using: &generator)
    let w = Matrix.random(size.rows, size.columns, using: &generator).floats
    func make(_ store: ParameterStore, hasValues: Bool) -> Parameter {
      store.add("w", rows: size.rows, columns: size.columns, isProductWeight: true, hasValues: hasValues)
    }
    let whole = ParameterStore()
    let weight = make(whole, hasValues: true)
    weight.assign(w)
    whole.pack(format)
    let expected = bits(x, weight)

    let alone = make(ParameterStore(), hasValues: false)
    alone.pack(w, format)
    #expect(!alone.hasValues && weight.hasValues)
    #expect(bits(x, alone) == expected)
    guard format == .int8 else {
      #expect(alone.quantized == nil)
      return
    }
    // What was quantised, taken out and laid out again.
    let (values, scales) = try #require(alone.quantized)
    #expect(values.count == w.count && scales.count == size.columns)
    for (place, value) in values.enumerated() {
      let scale = scales[place % size.columns]
      #expect(abs(Float(value) * scale - w[place]) <= 0.5001 * scale)
    }
    let again = make(ParameterStore(), hasValues: false)
    again.pack(quantized: values, scales: scales)
    #expect(bits(x, again) == expected)
    #expect(again.quantized?.values == values && again.quantized?.scales == scales)
  }

  @Test("Integers are laid out as quantised columns are", arguments: KernelSet.all)
  func arrangement(_ set: KernelSet) {
    var generator = SplitMix64(seed: 32)
    for (rows, columns) in [(1, 1), (3, 31), (4, 32), (6, 33), (16, 95), (51, 64), (129, 100)] {
      let values = (0..<rows * columns).map { _ in Int8(truncatingIfNeeded: generator.below(256)) }
      let (groups, width) = ((rows + 3) / 4, Int(VM_PANEL))
      let panelCount = (columns + width - 1) / width
      var expected = [UInt8](repeating: 128, count: panelCount * width * groups * 4)
      for row in 0..<rows {
        for column in 0..<columns {
          let place = ((column / width * groups + row / 4) * width + column % width) * 4 + row % 4
          expected[place] = UInt8(Int(values[row * columns + column]) + 128)
        }
      }
      var panels = [UInt8](repeating: 7, count: expected.count)
      set.kernels.arrange_int8(&panels, values, rows, columns)
      #expect(panels == expected, "[\(rows), \(columns)]")
    }
  }

  @Test("Values that are not there are not zeros: who reads them ends")
  func noValues() async {
    await #expect(processExitsWith: .failure) {
      let weight = ParameterStore().add("w", rows: 2, columns: 2, isProductWeight: true, hasValues: false)
      weight.pack([1, 2, 3, 4], .f32)
      _ = weight.array
    }
  }

  @Test("A parameter gets its values in the room that it makes")
  func room() {
    let table = ParameterStore().add("table", rows: 2, columns: 3, hasValues: false)
    #expect(!table.hasValues && table.needsValues)
    for (place, index) in table.room().indices.enumerated() { table.room()[index] = Float(place) }
    table.valuesChanged()
    #expect(table.hasValues && table.array == [0, 1, 2, 3, 4, 5])
    let weight = ParameterStore().add("w", rows: 1, columns: 1, isProductWeight: true)
    #expect(!weight.needsValues && weight.array == [0])
    weight.keepValues()
    #expect(weight.needsValues)
  }
}
