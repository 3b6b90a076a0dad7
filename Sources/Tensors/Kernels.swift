import CVectorMath

/// The vector kernels of this processor, chosen once at start.
///
/// The fields are C function pointers; see `CVectorMath.h` for what each computes.
nonisolated(unsafe) let vm: vm_kernels = vm_best().pointee

/// What the numerics run on.
public enum Processor {
  /// The instruction set of the vector kernels: `baseline`, `avx2`, `avx512`, `avx512vnni` or `avx512bf16`.
  public static var kernelName: String { String(cString: vm.name) }

  /// oneDNN's version, for example `2.6.0`.
  public static var oneDNNVersion: String { MatrixProduct.libraryVersion }
}
