import CZlib

/// CRC-32 as in zlib, PNG and ISO 3309: polynomial `0xEDB88320`, reflected, complemented at both ends.
///
/// Anyone can check a stored blob with it, with `python3 -c 'import zlib; ...'` for one.
public enum Checksum {
  /// The CRC-32 of `bytes`.
  public static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
  }

  /// The CRC-32 of an array of bytes.
  public static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { crc32($0) }
  }
}
