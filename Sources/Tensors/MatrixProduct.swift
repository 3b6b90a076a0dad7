import COneDNN

/// Matrix products of the training path, computed by oneDNN in f32, row-major.
enum MatrixProduct {
  static var libraryVersion: String {
    let number = Int(onednn_version_number())
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  /// `C[m, n] = op(A) op(B) + beta C`.
  ///
  /// - Parameters:
  ///   - a: `[m, k]`, or `[k, m]` when `transposeA`.
  ///   - b: `[k, n]`, or `[n, k]` when `transposeB`.
  static func compute(
    _ a: UnsafePointer<Float>, transposeA: Bool = false, _ b: UnsafePointer<Float>, transposeB: Bool = false,
    into c: UnsafeMutablePointer<Float>, m: Int, n: Int, k: Int, accumulate: Bool
  ) {
    guard m > 0, n > 0 else { return }
    let status = onednn_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n,
      accumulate ? 1 : 0, c, n)
    precondition(status == 0, "oneDNN refused a product [\(m), \(k)] x [\(k), \(n)] with status \(status)")
  }
}
