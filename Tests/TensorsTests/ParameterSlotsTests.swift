import Tensors
import Testing

@Suite("Values beside those of parameters")
struct ParameterSlotsTests {
  @Test("Each parameter has room of its own, in lines of the cache, with zeros at first")
  func room() {
    let store = ParameterStore()
    let shapes = [(1, 1), (3, 5), (1, 16), (4, 4), (300, 2_000), (1, 17), (7, 1)]
    let parameters = shapes.enumerated().map { store.add("\($0)", rows: $1.0, columns: $1.1) }
    let slots = ParameterSlots(store)
    for parameter in parameters {
      #expect(slots.array(parameter.index) == [Float](repeating: 0, count: parameter.count))
      #expect(UInt(bitPattern: slots.values[parameter.index]) % 64 == 0)
    }
    for parameter in parameters {
      slots.assign((0..<parameter.count).map { Float(parameter.index * 1_000_000 + $0) }, parameter.index)
    }
    for parameter in parameters {
      #expect(
        slots.array(parameter.index) == (0..<parameter.count).map { Float(parameter.index * 1_000_000 + $0) })
    }
    #expect(ParameterSlots(ParameterStore()).values.isEmpty)
  }
}
