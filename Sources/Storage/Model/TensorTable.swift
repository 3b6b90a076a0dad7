import Foundation
import GRDB

/// A table that holds tensors as little-endian f32 in chunks of at most 1 MiB, each with its CRC-32.
///
/// A chunk is a row; `position` is the tensor's place in the list that was stored, `chunk` counts from 0, and
/// `shape` is a JSON list. All chunks but a tensor's last are full.
struct TensorTable {
  /// The table of parameters.
  static let parameters = TensorTable(name: "tensor", noun: "tensor")
  /// The table of the optimiser's moments.
  static let optimizer = TensorTable(name: "optimizer_state", noun: "optimiser state")

  /// Bytes in a full chunk.
  static let chunkBytes = 1 << 20

  let name: String
  let noun: String

  var definition: String {
    """
    -- Little-endian f32 in chunks; the checksum of each is CRC-32 as in zlib.
    CREATE TABLE \(name) (
      id INTEGER PRIMARY KEY,
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      name TEXT NOT NULL,
      shape TEXT NOT NULL,
      type TEXT NOT NULL CHECK (type IN ('f32')),
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
        VALUES (?, ?, ?, ?, ?, 'f32', ?, ?)
        """)
    var names: Set<String> = []
    for (position, tensor) in tensors.enumerated() {
      guard names.insert(tensor.name).inserted else {
        throw StorageError.invalidValue("two tensors are called \(tensor.name)")
      }
      guard tensor.shape.allSatisfy({ $0 >= 0 }), tensor.shape.reduce(1, *) == tensor.values.count else {
        throw StorageError.invalidValue(
          "\(tensor.name) has \(tensor.values.count) values, which do not fit its shape \(tensor.shape)")
      }
      let shape = try JSONText.encode(tensor.shape)
      try Self.withLittleEndianBytes(tensor.values) { bytes in
        for (chunk, start) in Self.chunkStarts(bytes.count).enumerated() {
          let end = min(start + Self.chunkBytes, bytes.count)
          let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          try statement.execute(arguments: [
            checkpoint, position, chunk, tensor.name, shape, Int64(Checksum.crc32(part)), Data(part),
          ])
        }
      }
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
