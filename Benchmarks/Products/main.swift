// What the matrix products of one training step cost, and nothing else: the ceiling of a training's speed.
//
//   benchmark-products [TARGET-WORDS [VOCABULARY]]
//
// The shapes are those of the reference model (one bidirectional layer of 256 a direction, a decoder of 512 with input
// feeding and general attention, word vectors of 256) with 64 sentences a batch, a worker's half of it, on two threads.
// Prints a line of Markdown for f32 and, where the processor has it, for bf16.
import COneDNN
import Foundation

struct Product {
  let name: String
  let m: Int, k: Int, n: Int
  var count = 1
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let words = arguments.first ?? 448
let vocabulary = arguments.dropFirst().first ?? 5_535
let rows = 32
let steps = words / rows

/// The weights of the reference model, as the left factor's rows and the matrix `[k, n]` that they meet.
let weights: [Product] = [
  Product(name: "encoder, input", m: words, k: 256, n: 1_024, count: 2),
  Product(name: "encoder, recurrent", m: rows, k: 256, n: 1_024, count: 2 * steps),
  Product(name: "attention, keys", m: words, k: 512, n: 512),
  Product(name: "decoder, words", m: words, k: 256, n: 2_048),
  Product(name: "decoder, recurrent", m: rows, k: 1_024, n: 2_048, count: steps),
  Product(name: "decoder, readout", m: rows, k: 1_024, n: 512, count: steps),
  Product(name: "output", m: words, k: 512, n: vocabulary),
]

final class Buffers: @unchecked Sendable {
  let a, b, c: UnsafeMutableRawPointer

  init(_ floats: Int) {
    func make() -> UnsafeMutableRawPointer {
      let made = UnsafeMutableRawPointer.allocate(byteCount: 4 * floats + 4_096, alignment: 64)
      made.initializeMemory(as: UInt8.self, repeating: 0, count: 4 * floats + 4_096)
      return made
    }
    (a, b, c) = (make(), make(), make())
  }
}

func f32(_ buffers: Buffers, _ m: Int, _ k: Int, _ n: Int, transposeA: Bool) {
  let (a, b) = (buffers.a.assumingMemoryBound(to: Float.self), buffers.b.assumingMemoryBound(to: Float.self))
  let status = onednn_sgemm(
    transposeA ? 1 : 0, 0, m, n, k, a, transposeA ? m : k, b, n, 0,
    buffers.c.assumingMemoryBound(to: Float.self), n)
  precondition(status == 0)
}

func bf16(_ buffers: Buffers, _ m: Int, _ k: Int, _ n: Int, transposeA: Bool) {
  let (a, b) = (
    buffers.a.assumingMemoryBound(to: UInt16.self), buffers.b.assumingMemoryBound(to: UInt16.self)
  )
  let c = buffers.c.assumingMemoryBound(to: Float.self)
  // A gradient of weights in tiles of columns, as in training; other products with packed weights.
  let width = transposeA && n > 1_024 ? 256 : n
  for first in stride(from: 0, to: n, by: width) {
    var shape = onednn_bf16_shape(
      m: Int64(m), n: Int64(min(width, n - first)), k: Int64(k), lda: Int64(transposeA ? m : k),
      ldb: Int64(n),
      ldc: Int64(n), transpose_a: transposeA ? 1 : 0, packed_b: transposeA ? 0 : 1, accumulate: 0)
    precondition(onednn_bf16_product(&shape, a, b + first, c + first) == 0)
  }
}

/// Seconds of all products of a step on the calling thread.
func step(_ buffers: Buffers, _ product: (Buffers, Int, Int, Int, Bool) -> Void) -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  for weight in weights {
    let block = min(weight.m, 64)
    for _ in 0..<weight.count {
      for first in stride(from: 0, to: weight.m, by: block) {
        let taken = min(block, weight.m - first)
        product(buffers, taken, weight.k, weight.n, false)
        product(buffers, taken, weight.n, weight.k, false)
      }
    }
    // The gradient of the weights: one product over all rows.
    product(buffers, weight.k, words, weight.n, true)
    if weight.name == "encoder, input" || weight.name == "encoder, recurrent" {
      product(buffers, weight.k, words, weight.n, true)
    }
  }
  return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
}

final class Times: @unchecked Sendable {
  var seconds = [[Double]](repeating: [], count: 2)
}

func measure(_ product: @escaping @Sendable (Buffers, Int, Int, Int, Bool) -> Void) -> Double {
  let times = Times()
  let group = DispatchGroup()
  for worker in 0..<2 {
    let thread = Thread {
      onednn_use_one_thread()
      let buffers = Buffers(max(words, 1_024) * max(vocabulary, 2_048))
      for _ in 0..<7 { times.seconds[worker].append(step(buffers, product)) }
      group.leave()
    }
    group.enter()
    thread.stackSize = 8 << 20
    thread.start()
  }
  group.wait()
  // The first steps make oneDNN's code.
  let medians = times.seconds.map { $0.dropFirst(2).sorted()[2] }
  return medians.reduce(0, +) / 2
}

let perWord = weights.reduce(0.0) { $0 + 6 * Double($1.m * $1.k * $1.n * $1.count) } / Double(words)
for (name, product, isThere) in [
  ("f32", f32(_:_:_:_:transposeA:), true), ("bf16", bf16(_:_:_:_:transposeA:), onednn_has_bf16() != 0),
] where isThere {
  let seconds = measure { product($0, $1, $2, $3, $4) }
  let rate = perWord * Double(words) / seconds / 1e9
  print(
    String(
      format:
        "| products of a training step alone, %@, two threads | %.0f target words/s, %.0f GFLOP/s a core |",
      name,
      2 * Double(words) / seconds, rate))
}
