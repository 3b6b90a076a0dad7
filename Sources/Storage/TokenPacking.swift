import Foundation
import Text

/// How the token ids of a sentence pair stand in the `ids` blob of the table `segment`.
///
/// Each id is an unsigned LEB128 number (seven bits a byte, lowest first, the top bit set on all bytes but
/// the last): one byte below 128, two below 16,384, three below 2,097,152. The source's ids come first, then
/// the target's; `source_length` and `target_length` say how many of each. Frequent symbols have low ids, so
/// a corpus takes about one and a half bytes a token.
public enum TokenPacking {
  /// Packs the ids of both sides.
  ///
  /// - Throws: ``StorageError/invalidValue(_:)`` for a negative id.
  public static func pack(source: [TokenID], target: [TokenID]) throws -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * (source.count + target.count))
    for id in [source, target].joined() {
      guard id >= 0 else { throw StorageError.invalidValue("the token id \(id) is negative") }
      var rest = UInt32(id)
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    return Data(bytes)
  }

  /// The ids that ``pack(source:target:)`` packed, or nil when the bytes are not
  /// `sourceLength + targetLength` whole numbers.
  public static func unpack(
    _ data: Data, sourceLength: Int, targetLength: Int
  ) -> (source: [TokenID], target: [TokenID])? {
    guard sourceLength >= 0, targetLength >= 0, sourceLength + targetLength <= data.count else { return nil }
    return data.withUnsafeBytes { bytes in
      var position = 0
      guard let source = ids(sourceLength, from: bytes, at: &position),
        let target = ids(targetLength, from: bytes, at: &position), position == bytes.count
      else { return nil }
      return (source, target)
    }
  }

  private static func ids(
    _ count: Int, from bytes: UnsafeRawBufferPointer, at position: inout Int
  ) -> [TokenID]? {
    var ids: [TokenID] = []
    ids.reserveCapacity(count)
    for _ in 0..<count {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        guard position < bytes.count, shift <= 28 else { return nil }
        let byte = bytes[position]
        position += 1
        value |= UInt64(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      guard let id = TokenID(exactly: value) else { return nil }
      ids.append(id)
    }
    return ids
  }
}
