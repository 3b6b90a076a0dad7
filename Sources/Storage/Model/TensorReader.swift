import Foundation
import GRDB
import GRDBSQLite

/// What is known of a stored tensor before its values are read.
public struct TensorHeader: Sendable, Hashable {
  /// The parameter's name, as `encoder.0.forward.input`.
  public let name: String
  /// The lengths of its dimensions; none for a single number.
  public let shape: [Int]
  /// The number of its values.
  public let count: Int
  /// The bytes that they take.
  public var byteCount: Int { count * MemoryLayout<Float>.stride }
}

/// Takes the tensors of a checkpoint as they are read, without a copy between.
public protocol TensorReceiver: AnyObject {
  /// Where a tensor's values go, in this machine's order of bytes: ``TensorHeader/byteCount`` bytes. `nil` for a tensor
  /// that is not wanted; it is checked all the same.
  func place(for tensor: TensorHeader) throws -> UnsafeMutableRawBufferPointer?
  /// All values of the tensor are in their place, and are what was stored.
  func received(_ tensor: TensorHeader) throws
}

extension TensorTable {
  /// A row without its blob.
  private struct Chunk {
    let id: Int64
    let number: Int
    let checksum: Int64
    let bytes: Int
  }

  /// Reads the tensors of a checkpoint in the order in which they were stored, each chunk checked.
  ///
  /// - Throws: ``StorageError/damagedBlob(path:item:detail:)``, and what the receiver throws.
  func read(
    checkpoint: Int64, count: Int, path: String, _ db: Database, into receiver: some TensorReceiver
  ) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT position, name, shape, id, chunk, checksum, length(data) FROM \(name)
        WHERE checkpoint_id = ? ORDER BY position, chunk
        """,
      arguments: [checkpoint])
    let blob = BlobReader(db, table: name)
    var (next, found) = (rows.startIndex, 0)
    while next < rows.endIndex, rows[next][0] == found {
      let first = rows[next]
      let end = rows[next...].firstIndex { $0[0] != found } ?? rows.endIndex
      let chunks = rows[next..<end].map {
        Chunk(id: $0[3], number: $0[4], checksum: $0[5], bytes: $0[6] ?? 0)
      }
      let item = "\(noun) \(first[1] as String)"
      func damaged(_ detail: String) -> StorageError { .damagedBlob(path: path, item: item, detail: detail) }
      let header = try header(first[1], shape: JSONText.decode(first[2], path: path), chunks, damaged)
      let place = try receiver.place(for: header)
      precondition(place.map { $0.count == header.byteCount } ?? true, "no place for \(header)")
      try blob.read(chunks, into: place, damaged)
      try receiver.received(header)
      (next, found) = (end, found + 1)
    }
    guard found == count else {
      throw StorageError.damagedBlob(
        path: path, item: "the list of \(noun)s", detail: "\(found) of \(count) are there")
    }
  }

  /// What the rows of a tensor are of, when they are whole.
  private func header(
    _ name: String, shape: [Int], _ chunks: [Chunk], _ damaged: (String) -> StorageError
  ) throws -> TensorHeader {
    if let gap = chunks.indices.first(where: { chunks[$0].number != $0 }) {
      throw damaged("chunk \(gap) is missing")
    }
    let bytes = chunks.reduce(0) { $0 + $1.bytes }
    let stride = MemoryLayout<Float>.stride
    let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard bytes % stride == 0, shape.allSatisfy({ $0 >= 0 }), count == bytes / stride else {
      throw damaged("\(bytes) bytes do not fit the shape \(shape)")
    }
    return TensorHeader(name: name, shape: shape, count: count)
  }

  /// Reads blobs of the column `data` of a table straight to where they belong.
  private final class BlobReader {
    private let connection: OpaquePointer?
    private let table: String
    private var blob: OpaquePointer?
    /// What is not wanted goes here.
    private var unwanted: [UInt8] = []

    init(_ db: Database, table: String) {
      connection = db.sqliteConnection
      self.table = table
    }

    deinit { sqlite3_blob_close(blob) }

    func read(
      _ chunks: [Chunk], into place: UnsafeMutableRawBufferPointer?, _ damaged: (String) -> StorageError
    ) throws {
      var done = 0
      for chunk in chunks {
        try open(chunk)
        guard Int(sqlite3_blob_bytes(blob)) == chunk.bytes else {
          throw damaged("chunk \(chunk.number) is text")
        }
        let sum: UInt32
        if let place {
          sum = try fill(UnsafeMutableRawBufferPointer(rebasing: place[done..<done + chunk.bytes]))
        } else {
          unwanted = [UInt8](repeating: 0, count: chunk.bytes)
          sum = try unwanted.withUnsafeMutableBytes { try fill($0) }
        }
        guard Int64(sum) == chunk.checksum else {
          throw damaged("the checksum of chunk \(chunk.number) is wrong")
        }
        done += chunk.bytes
      }
      #if _endian(big)
        if let words = place?.bindMemory(to: UInt32.self) {
          for index in words.indices { words[index] = words[index].byteSwapped }
        }
      #endif
    }

    private func open(_ chunk: Chunk) throws {
      try check(
        blob == nil
          ? sqlite3_blob_open(connection, "main", table, "data", chunk.id, 0, &blob)
          : sqlite3_blob_reopen(blob, chunk.id))
    }

    /// Reads the open blob and returns its checksum.
    private func fill(_ bytes: UnsafeMutableRawBufferPointer) throws -> UInt32 {
      if let start = bytes.baseAddress, bytes.count > 0 {
        try check(sqlite3_blob_read(blob, start, Int32(bytes.count), 0))
      }
      return Checksum.crc32(UnsafeRawBufferPointer(bytes))
    }

    private func check(_ status: Int32) throws {
      guard status == SQLITE_OK else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: status), message: String(cString: sqlite3_errmsg(connection)))
      }
    }
  }
}

/// Makes stored tensors of what it receives.
final class TensorCollector: TensorReceiver {
  private(set) var tensors: [StoredTensor] = []
  private var values: UnsafeMutableBufferPointer<Float>?

  deinit { values?.deallocate() }

  func place(for tensor: TensorHeader) -> UnsafeMutableRawBufferPointer? {
    let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: tensor.count)
    values = room
    return UnsafeMutableRawBufferPointer(room)
  }

  func received(_ tensor: TensorHeader) {
    guard let room = values else { return }
    tensors.append(StoredTensor(name: tensor.name, shape: tensor.shape, values: Array(room)))
    room.deallocate()
    values = nil
  }
}
