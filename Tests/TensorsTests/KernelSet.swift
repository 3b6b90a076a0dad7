import CVectorMath
import Reference
import Tensors
import Testing

/// The kernels of one instruction set that this processor has.
struct KernelSet: @unchecked Sendable, CustomTestStringConvertible {
  let name: String
  let kernels: vm_kernels

  var testDescription: String { name }

  /// All sets that can be run here.
  static let all: [KernelSet] = ["baseline", "avx2", "avx512", "avx512vnni", "avx512bf16"].compactMap {
    name in
    vm_named(name).map { KernelSet(name: name, kernels: $0.pointee) }
  }

  /// Lengths around the widths of vector registers, blocks and panels.
  static let sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 129, 257]
}

/// Uniform numbers.
func random(_ count: Int, _ generator: inout SplitMix64, in range: ClosedRange<Float> = -1...1) -> [Float] {
  (0..<count).map { _ in Float.random(in: range, using: &generator) }
}

@Suite("Kernel sets")
struct KernelSetTests {
  @Test("The baseline is always there, and the processor's choice is one of the sets")
  func choice() {
    #expect(KernelSet.all.contains { $0.name == "baseline" })
    #expect(KernelSet.all.map(\.name).contains(Processor.kernelName))
    #expect(KernelSet.all.last?.name == Processor.kernelName)
    #expect(vm_named("avx1024") == nil)
    for set in KernelSet.all { #expect(String(cString: set.kernels.name) == set.name) }
  }
}

/// Memory that stays in its place, for kernels that are handed pointers in structures.
final class Values<Element: BitwiseCopyable> {
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  init(_ values: [Element]) {
    count = values.count
    pointer = .allocate(capacity: max(1, count))
    pointer.initialize(from: values, count: count)
  }

  deinit { pointer.deallocate() }

  var array: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

typealias Floats = Values<Float>
