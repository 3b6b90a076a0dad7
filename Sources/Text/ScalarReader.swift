/// Reads Unicode scalars from valid UTF-8.
enum ScalarReader {
  /// The scalar that begins at `index`, and the number of its bytes.
  @inline(__always)
  static func scalar(
    in bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (value: UInt32, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    if first < 0xE0 {
      return (UInt32(first & 0x1F) << 6 | continuation(bytes, index + 1), 2)
    }
    if first < 0xF0 {
      return (
        UInt32(first & 0x0F) << 12 | continuation(bytes, index + 1) << 6 | continuation(bytes, index + 2), 3
      )
    }
    return (
      UInt32(first & 0x07) << 18 | continuation(bytes, index + 1) << 12
        | continuation(bytes, index + 2) << 6 | continuation(bytes, index + 3), 4
    )
  }

  @inline(__always)
  private static func continuation(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32 {
    UInt32(bytes[index] & 0x3F)
  }
}

extension String {
  /// Calls the body with the text's UTF-8, which is valid by construction.
  @inline(__always)
  func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return try copy.withUTF8(body)
  }
}

extension ScalarReader {
  /// The number of bytes of the scalar that begins with a byte; 1 for a byte that begins none.
  @inline(__always)
  static func length(ofFirstByte byte: UInt8) -> Int {
    if byte < 0xC0 { return 1 }
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
