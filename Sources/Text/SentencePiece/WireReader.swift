/// Reads the wire format of protocol buffers, as far as a model of SentencePiece needs it
/// (https://protobuf.dev/programming-guides/encoding/).
struct WireReader {
  /// The value of a field.
  enum Value {
    case integer(UInt64)
    case fixed32(UInt32)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field's number and value, `nil` at the end.
  ///
  /// - Throws: ``TextError/sentencePieceModel(detail:)`` where the bytes are cut off or are no message.
  mutating func next() throws -> (field: Int, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let key = try varint()
    let field = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0: return (field, .integer(try varint()))
    case 1: return (field, .fixed64(try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }))
    case 2:
      let count = try varint()
      guard count <= UInt64(rest.count) else { throw Self.damaged }
      return (field, .bytes(try take(Int(count))))
    case 5: return (field, .fixed32(try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }))
    default: throw Self.damaged
    }
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Self.damaged }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw Self.damaged
  }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw Self.damaged }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private static let damaged = TextError.sentencePieceModel(
    detail: "the bytes are no such model, or the file is cut off")
}

extension WireReader.Value {
  /// Whether a field of type `bool` is set.
  var isTrue: Bool {
    if case .integer(let value) = self { return value != 0 }
    return false
  }
  /// The number in a field of an integer type or an enumeration.
  var integer: Int? {
    if case .integer(let value) = self { return Int(truncatingIfNeeded: value) }
    return nil
  }
  /// The number in a field of type `float`.
  var float: Float? {
    if case .fixed32(let value) = self { return Float(bitPattern: value) }
    return nil
  }
  /// The content of a field of type `bytes`, `string` or of a message.
  var bytes: ArraySlice<UInt8>? {
    if case .bytes(let value) = self { return value }
    return nil
  }
}
