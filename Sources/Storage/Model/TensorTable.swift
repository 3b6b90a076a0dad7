import Foundation
import GRDB

/// A table that holds tensors in chunks of at most 1 MiB, each with its CRC-32.
///
/// A chunk is a row; `position` is the tensor's place in the list that was stored, `chunk` counts from 0, and
/// `shape` is a JSON list. All chunks but a tensor's last are full. The bytes of type `f32` are little-endian floats;
/// those of `int8` begin with the scales of the columns, little-endian floats, and go on with a byte a value: the
/// checksums are of both.
struct TensorTable {
  /// The table of parameters.
  static let parameters = TensorTable(name: "tensor", noun: "tensor", types: TensorType.allCases)
  /// The table of the optimiser's moments.
  static let optimizer = TensorTable(name: "optimizer_state", noun: "optimiser state", types: [.f32])

  /// Bytes in a full chunk.
  static let chunkBytes = 1 << 20

  let name: String
  let noun: String
  let types: [TensorType]

  /// The table as SQL.
  ///
  /// - Parameter types: what it may hold, which was less in files of earlier formats.
  func definition(_ types: [TensorType]) -> String {
    """
    -- Little-endian numbers in chunks, of int8 the scales of the columns before them; the checksum of each chunk is
    -- CRC-32 as in zlib.
    CREATE TABLE \(name) (
      id INTEGER PRIMARY KEY,
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      name TEXT NOT NULL,
      shape TEXT NOT NULL,
      type TEXT NOT NULL CHECK (type IN (\(types.map { "'\($0.rawValue)'" }.joined(separator: ", ")))),
      checksum INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (checkpoint_id, position, chunk)
    );
    """
  }

  /// Adds tensors to a checkpoint.
  ///
  /// - Throws: ``StorageError/invalidValue(_:)`` when a shape does not fit the values or a name comes twice.
  func insert(_ tensors: [StoredTensor], checkpoint: Int64, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO \(name) (checkpoint_id, position, chunk, name, shape, type, checksum, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    var names: Set<String> = []
    for (position, tensor) in tensors.enumerated() {
      guard names.insert(tensor.name).inserted else {
        throw StorageError.invalidValue("two tensors are called \(tensor.name)")
      }
      guard types.contains(tensor.type) else {
        throw StorageError.invalidValue(
          "\(tensor.name) is \(tensor.type.rawValue), which is no \(noun)'s type")
      }
      try check(tensor)
      let shape = try JSONText.encode(tensor.shape)
      try Self.withBytes(tensor.content) { bytes in
        for (chunk, start) in Self.chunkStarts(bytes.count).enumerated() {
          let end = min(start + Self.chunkBytes, bytes.count)
          let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          try statement.execute(arguments: [
            checkpoint, position, chunk, tensor.name, shape, tensor.type.rawValue,
            Int64(Checksum.crc32(part)), Data(part),
          ])
        }
      }
    }
  }

  private func check(_ tensor: StoredTensor) throws {
    let count = tensor.shape.reduce(1, *)
    let found: Int
    switch tensor.content {
    case .f32(let values): found = values.count
    case .int8(let values, let scales):
      found = values.count
      guard tensor.shape.count == 2, scales.count == tensor.shape[1] else {
        throw StorageError.invalidValue(
          "\(tensor.name) has \(scales.count) scales, which are not the columns of its shape \(tensor.shape)")
      }
    }
    guard tensor.shape.allSatisfy({ $0 >= 0 }), count == found else {
      throw StorageError.invalidValue(
        "\(tensor.name) has \(found) values, which do not fit its shape \(tensor.shape)")
    }
  }

  /// The tensors of a checkpoint in the order in which they were stored, each chunk checked.
  ///
  /// - Throws: ``StorageError/damagedBlob(path:item:detail:)``.
  func tensors(checkpoint: Int64, count: Int, path: String, _ db: Database) throws -> [StoredTensor] {
    let collector = TensorCollector()
    try read(checkpoint: checkpoint, count: count, path: path, db, into: collector)
    return collector.tensors
  }

  /// Where the chunks of so many bytes begin; an empty tensor has one empty chunk.
  private static func chunkStarts(_ bytes: Int) -> StrideTo<Int> {
    stride(from: 0, to: max(bytes, 1), by: chunkBytes)
  }

  private static func withBytes(
    _ content: StoredTensor.Content, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    switch content {
    case .f32(let values): try withLittleEndianBytes(values, body)
    case .int8(let values, let scales):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(4 * scales.count + values.count)
      withLittleEndianBytes(scales) { bytes += $0 }
      values.withUnsafeBytes { bytes += $0 }
      try bytes.withUnsafeBytes(body)
    }
  }

  private static func withLittleEndianBytes(
    _ values: [Float], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    #if _endian(little)
      try values.withUnsafeBytes(body)
    #else
      try values.map(\.bitPattern.littleEndian).withUnsafeBytes(body)
    #endif
  }
}
