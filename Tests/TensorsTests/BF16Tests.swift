import COneDNN
import CVectorMath
import Foundation
import Reference
import Tensors
import Testing

/// The nearest bfloat16, ties to even, of a finite number, by the definition.
private func rounded(_ value: Float) -> Float {
  let bits = value.bitPattern
  let (kept, rest) = (bits & 0xFFFF_0000, bits & 0xFFFF)
  let isUp = rest > 0x8000 || (rest == 0x8000 && kept & 0x1_0000 != 0)
  return Float(bitPattern: isUp ? kept &+ 0x1_0000 : kept)
}

@Suite("Rounding to bf16 and adding columns")
struct BF16KernelTests {
  @Test("to_bf16 is the nearest, ties to even, and keeps infinities and NaN", arguments: KernelSet.all)
  func rounding(_ set: KernelSet) {
    var generator = SplitMix64(seed: 3)
    var values = random(1_000, &generator, in: -1e3...1e3)
    values += (0..<1_000).map { _ in Float(bitPattern: UInt32.random(in: 0...(.max), using: &generator)) }
    values += [0, -0.0, 1, -1, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
    // Halfway between two: the even one below, the even one above.
    values += [
      Float(bitPattern: 0x3F80_8000), Float(bitPattern: 0x3F81_8000), Float(bitPattern: 0x3F80_8001),
    ]
    for n in KernelSet.sizes + [values.count] {
      var halves = [UInt16](repeating: 0, count: n)
      set.kernels.to_bf16(&halves, values, n)
      for (half, value) in zip(halves, values) {
        let found = Float(bitPattern: UInt32(half) << 16)
        if value.isNaN {
          #expect(found.isNaN)
        } else {
          #expect(found.bitPattern == (value.isInfinite ? value : rounded(value)).bitPattern, "\(value)")
        }
      }
    }
    var half: [UInt16] = [0, 0]
    set.kernels.to_bf16(&half, [Float(bitPattern: 0x7F80_0001), Float(bitPattern: 0xFFFF_FFFF)], 2)
    #expect(half.allSatisfy { Float(bitPattern: UInt32($0) << 16).isNaN })
  }

  /// Matrices of whole and of broken panels, steps and pairs.
  static let packedShapes = [(16, 64), (48, 100), (1, 1), (33, 37), (7, 130), (96, 31), (130, 65)]

  @Test("pack_bf16 has the values of to_bf16, and zeros beyond the end", arguments: KernelSet.all)
  func packing(_ set: KernelSet) {
    var generator = SplitMix64(seed: 5)
    func padded(_ count: Int, _ multiple: Int) -> Int { (count + multiple - 1) / multiple * multiple }
    let (width, multiple, step) = (Int(VM_BF16_COLUMNS), Int(VM_BF16_ROWS), Int(VM_BF16_STEP))
    for (rows, columns) in Self.packedShapes {
      let values = random(rows * columns, &generator)
      var halves = [UInt16](repeating: 0, count: values.count)
      set.kernels.to_bf16(&halves, values, values.count)
      // The right sides [K, N] of products with the matrix and with its transpose.
      let sides = [(k: rows, n: columns), (k: columns, n: rows)]
      var expected = sides.map { [UInt16](repeating: 0, count: padded($0.k, multiple) * padded($0.n, width)) }
      for row in 0..<rows {
        for column in 0..<columns {
          for (side, (k, n)) in [(row, column), (column, row)].enumerated() {
            let panel = n / width * padded(sides[side].k, multiple) * width
            expected[side][panel + k / 2 * 2 * width + n % width * 2 + k % 2] = halves[row * columns + column]
          }
        }
      }
      for wanted in [[true, true], [true, false], [false, true]] {
        let found = expected.map { side in
          let room = UnsafeMutableBufferPointer<UInt16>(
            start: UnsafeMutableRawPointer.allocate(byteCount: 2 * side.count, alignment: 64)
              .bindMemory(to: UInt16.self, capacity: side.count), count: side.count)
          room.initialize(repeating: 0)
          return room
        }
        for first in stride(from: 0, to: rows, by: step) {
          set.kernels.pack_bf16(
            wanted[0] ? found[0].baseAddress : nil, wanted[1] ? found[1].baseAddress : nil, values, rows,
            columns, first, min(step, rows - first))
        }
        for side in 0..<2 {
          let nothing = [UInt16](repeating: 0, count: expected[side].count)
          #expect(Array(found[side]) == (wanted[side] ? expected[side] : nothing), "[\(rows), \(columns)]")
          found[side].baseAddress!.deallocate()
        }
      }
    }
  }

  @Test("Where oneDNN's layout is the usual one, pack_bf16 writes the bytes that oneDNN writes")
  func layout() throws {
    guard Precision.bf16.isSupported else { return }
    var generator = SplitMix64(seed: 6)
    var compared = 0
    for (rows, columns) in Self.packedShapes {
      let values = random(rows * columns, &generator)
      for isTransposed in [false, true] {
        let (k, n) = isTransposed ? (columns, rows) : (rows, columns)
        guard onednn_bf16_is_paired(Int64(k), Int64(n), Int64(VM_BF16_COLUMNS), Int64(VM_BF16_ROWS)) != 0
        else { continue }
        compared += 1
        let count = onednn_bf16_packed_size(Int64(k), Int64(n)) / 2
        let rooms = (0..<2).map { _ in
          UnsafeMutableRawPointer.allocate(byteCount: 2 * count, alignment: 64)
            .bindMemory(to: UInt16.self, capacity: count)
        }
        defer { for room in rooms { room.deallocate() } }
        for room in rooms { room.initialize(repeating: 0, count: count) }
        try #require(onednn_bf16_pack(Int64(k), Int64(n), isTransposed ? 1 : 0, values, rooms[0]) == 0)
        let kernels = try #require(vm_best()).pointee
        kernels.pack_bf16(
          isTransposed ? nil : rooms[1], isTransposed ? rooms[1] : nil, values, rows, columns, 0, rows)
        let found = rooms.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
        #expect(found[0] == found[1], "[\(k), \(n)], transposed: \(isTransposed)")
      }
    }
    #expect(compared > 0, "where there are bf16 products, oneDNN's layout is the usual one for some shape")
  }

  @Test("add_columns touches its columns alone", arguments: KernelSet.all)
  func columns(_ set: KernelSet) {
    var generator = SplitMix64(seed: 4)
    for (rows, columns) in [(1, 1), (3, 7), (5, 64), (4, 33)] {
      let (to, from) = (random(rows * (columns + 2), &generator), random(rows * (columns + 5), &generator))
      var found = to
      set.kernels.add_columns(&found, columns + 2, from, columns + 5, rows, columns)
      for row in 0..<rows {
        for column in 0..<columns + 2 {
          let place = row * (columns + 2) + column
          #expect(found[place] == to[place] + (column < columns ? from[row * (columns + 5) + column] : 0))
        }
      }
    }
  }
}

@Suite(
  "Products in bf16",
  .enabled(if: Precision.bf16.isSupported, "this processor has no bf16 products"))
struct BF16ProductTests {
  private var generator = SplitMix64(seed: 31)

  /// Numbers that bf16 holds exactly: products of them differ from f64's by the rounding of f32 sums alone.
  private mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    let plain = Matrix.random(rows, columns, using: &generator)
    return Matrix(rows: rows, columns: columns, floats: plain.floats.map(rounded))
  }

  private func parameter(_ store: ParameterStore, _ name: String, _ matrix: Matrix) -> Parameter {
    let made = store.add(name, rows: matrix.rows, columns: matrix.columns, isProductWeight: true)
    made.assign(matrix.floats)
    return made
  }

  private func gradient(_ buffer: GradientBuffer, _ parameter: Parameter) throws -> [Float] {
    let start = try #require(buffer.gradient(parameter))
    return Array(UnsafeBufferPointer(start: start, count: parameter.count))
  }

  @Test(
    "Forward and both gradients for odd and large sizes",
    arguments: [
      [1, 1, 1], [3, 5, 7], [1, 256, 65], [31, 17, 130], [32, 64, 64], [33, 100, 257], [300, 48, 1_100],
      [513, 33, 31],
    ])
  mutating func product(size: [Int]) throws {
    let (x, w, b) = (matrix(size[0], size[1]), matrix(size[1], size[2]), matrix(1, size[2]))
    let slope = matrix(size[0], size[2])
    let store = ParameterStore()
    let (weight, bias) = (parameter(store, "w", w), parameter(store, "b", b))
    let buffer = GradientBuffer(store)
    let tape = Tape(recordingInto: buffer, precision: .bf16)
    // Twice on one tape: nothing of the first batch is left in the second.
    for _ in 0..<2 {
      tape.reset()
      let input = tape.tensor(x.floats, rows: x.rows, columns: x.columns)
      let output = tape.product(input, weight, bias: bias)
      #expect(GradientCheck.error(output.array, x * w + b) < 1e-5)
      for (place, value) in slope.floats.enumerated() { output.gradient![place] = value }
      tape.backward()
      #expect(GradientCheck.error(input.gradientArray, slope * w.transposed) < 1e-5)
      #expect(GradientCheck.error(try gradient(buffer, weight), x.transposed * slope) < 1e-5)
    }
    // The factors are rounded indeed: a number that bf16 does not hold is not used as it is.
    tape.reset()
    let fine = tape.tensor([Float](repeating: 1.003, count: x.values.count), rows: x.rows, columns: x.columns)
    let ones = Matrix(rows: x.rows, columns: x.columns, [Double](repeating: 1, count: x.values.count))
    #expect(GradientCheck.error(tape.product(fine, weight).array, ones * w) < 1e-5)
  }

  @Test("A repeated product: every step, the weights' gradient over all, new values after an update")
  mutating func repeated() throws {
    for (steps, rows, widths, n) in [(1, 1, [1], 1), (4, 3, [5, 8], 12), (7, 33, [16], 64)] {
      let width = widths.reduce(0, +)
      let store = ParameterStore()
      let weight = parameter(store, "w", matrix(width, n))
      let buffer = GradientBuffer(store)
      let tape = Tape(recordingInto: buffer, precision: .bf16)
      for _ in 0..<2 {
        let w = matrix(width, n)
        weight.assign(w.floats)
        tape.reset()
        let parts = (0..<steps).map { _ in widths.map { matrix(rows, $0) } }
        let slopes = (0..<steps).map { _ in matrix(rows, n) }
        let base = matrix(steps * rows, n)
        let product = RepeatedProduct(
          tape, steps: steps, rows: rows, weight: weight,
          addingTo: tape.tensor(base.floats, rows: base.rows, columns: n))
        var inputs: [[Tensor]] = []
        for step in 0..<steps {
          let tensors = parts[step].map { tape.tensor($0.floats, rows: $0.rows, columns: $0.columns) }
          let output =
            tensors.count == 1 ? product(step, tensors[0]) : product(step, tensors[0], tensors[1])
          let expected = base[rows: step * rows..<(step + 1) * rows] + Matrix.beside(parts[step]) * w
          #expect(GradientCheck.error(output.array, expected) < 1e-5)
          for (place, value) in slopes[step].floats.enumerated() { output.gradient![place] = value }
          inputs.append(tensors)
        }
        tape.backward()
        for step in 0..<steps {
          let expected = slopes[step] * w.transposed
          var offset = 0
          for tensor in inputs[step] {
            let part = expected[columns: offset..<offset + tensor.columns]
            #expect(GradientCheck.error(tensor.gradientArray, part) < 1e-5)
            offset += tensor.columns
          }
        }
        let whole = Matrix.stacked(parts.map { Matrix.beside($0) })
        #expect(
          GradientCheck.error(try gradient(buffer, weight), whole.transposed * .stacked(slopes)) < 1e-5)
      }
    }
  }

  @Test(
    "The output layer's loss and gradients are those of f32, but for the rounding", arguments: [1, 64, 100])
  mutating func crossEntropy(rows: Int) throws {
    let (width, vocabulary) = (24, 1_300)
    let (x, w, b) = (matrix(rows, width), matrix(width, vocabulary), matrix(1, vocabulary))
    let targets = (0..<rows).map { Int32(($0 * 37) % vocabulary) }
    var found: [(LossSum, [[Float]])] = []
    for precision in [Precision.f32, .bf16] {
      let store = ParameterStore()
      let (weight, bias) = (parameter(store, "w", w), parameter(store, "b", b))
      let buffer = GradientBuffer(store)
      let tape = Tape(recordingInto: buffer, precision: precision)
      let hidden = tape.tensor(x.floats, rows: rows, columns: width)
      let loss = tape.crossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: targets, smoothing: 0.1, scale: 0.5)
      tape.backward()
      found.append((loss, [hidden.gradientArray, try gradient(buffer, weight), try gradient(buffer, bias)]))
    }
    #expect(abs(found[0].0.smoothed - found[1].0.smoothed) < 1e-5 * found[0].0.smoothed)
    #expect(found[1].0.words == rows)
    for (plain, half) in zip(found[0].1, found[1].1) {
      #expect(GradientCheck.error(half, plain.map(Double.init)) < 4e-3)
    }
    // The bias sees no product, so its gradient is not rounded.
    #expect(GradientCheck.error(found[1].1[2], found[0].1[2].map(Double.init)) < 1e-5)
  }
}
