import Storage
import Testing

@Suite struct ChecksumTests {
  // python3 -c 'import zlib; print(hex(zlib.crc32(b"123456789")))'
  @Test func agreesWithZlib() {
    #expect(Checksum.crc32([]) == 0)
    #expect(Checksum.crc32(Array("a".utf8)) == 0xE8B7_BE43)
    #expect(Checksum.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(Checksum.crc32(Array("The quick brown fox jumps over the lazy dog".utf8)) == 0x414F_A339)
  }

  @Test func agreesWithTheDefinitionAtAnyLengthAndPlace() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    for start in 0..<9 {
      for end in start...40 {
        let part = Array(bytes[start..<end])
        #expect(Checksum.crc32(part) == bitwise(part))
        bytes.withUnsafeBytes {
          #expect(Checksum.crc32(UnsafeRawBufferPointer(rebasing: $0[start..<end])) == bitwise(part))
        }
      }
    }
  }

  private func bitwise(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
