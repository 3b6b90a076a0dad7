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
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT position, chunk, name, shape, checksum, data FROM \(name)
        WHERE checkpoint_id = ? ORDER BY position, chunk
        """,
      arguments: [checkpoint])
    var tensors: [StoredTensor] = []
    tensors.reserveCapacity(count)
    var assembly: Assembly?
    while let row = try rows.next() {
      let position: Int = row[0]
      if position != assembly?.position {
        if let assembly { tensors.append(try assembly.finished()) }
        guard position == tensors.count else { break }
        assembly = Assembly(
          position: position, name: row[2], shape: try JSONText.decode(row[3], path: path), noun: noun,
          path: path)
      }
      try row.withUnsafeData(atIndex: 5) { data in
        try assembly?.add(chunk: row[1], checksum: row[4], data ?? Data())
      }
    }
    if let assembly, assembly.position == tensors.count { tensors.append(try assembly.finished()) }
    guard tensors.count == count else {
      throw StorageError.damagedBlob(
        path: path, item: "the list of \(noun)s", detail: "\(tensors.count) of \(count) are there")
    }
    return tensors
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

  /// A tensor that is being put together from its chunks.
  private struct Assembly {
    let position: Int
    let name: String
    let shape: [Int]
    let noun: String
    let path: String
    var chunks = 0
    var values: [Float] = []

    init(position: Int, name: String, shape: [Int], noun: String, path: String) {
      self.position = position
      self.name = name
      self.shape = shape
      self.noun = noun
      self.path = path
    }

    mutating func add(chunk: Int, checksum: Int64, _ data: Data) throws {
      guard chunk == chunks else { throw damaged("chunk \(chunks) is missing") }
      chunks += 1
      try data.withUnsafeBytes { bytes in
        guard Int64(Checksum.crc32(bytes)) == checksum else {
          throw damaged("the checksum of chunk \(chunk) is wrong")
        }
        guard bytes.count % 4 == 0 else { throw damaged("chunk \(chunk) is cut off") }
        values.append(contentsOf: Self.floats(bytes))
      }
    }

    func finished() throws -> StoredTensor {
      guard shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) == values.count else {
        throw damaged("\(values.count) values do not fit the shape \(shape)")
      }
      return StoredTensor(name: name, shape: shape, values: values)
    }

    private static func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
      [Float](unsafeUninitializedCapacity: bytes.count / 4) { floats, count in
        UnsafeMutableRawBufferPointer(floats).copyMemory(from: bytes)
        count = bytes.count / 4
        #if _endian(big)
          for index in 0..<count {
            floats[index] = Float(bitPattern: floats[index].bitPattern.byteSwapped)
          }
        #endif
      }
    }

    private func damaged(_ detail: String) -> StorageError {
      .damagedBlob(path: path, item: "\(noun) \(name)", detail: detail)
    }
  }
}
