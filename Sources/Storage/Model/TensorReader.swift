import Foundation
import GRDB
import GRDBSQLite

/// What is known of a stored tensor before its values are read.
public struct TensorHeader: Sendable, Hashable {
  /// The parameter's name, as `encoder.0.forward.input`.
  public let name: String
  /// The lengths of its dimensions; none for a single number.
  public let shape: [Int]
  /// How its values are stored.
  public let type: TensorType
  /// The number of its values.
  public let count: Int
  /// Floats at the beginning of its bytes: all values, or the scales of the columns of integers.
  public var floatCount: Int { type == .f32 ? count : shape.last ?? 0 }
  /// The bytes of its values, with the scales before integers.
  public var byteCount: Int { Self.bytes(type, count: count, shape: shape) }

  static func bytes(_ type: TensorType, count: Int, shape: [Int]) -> Int {
    switch type {
    case .f32: count * MemoryLayout<Float>.stride
    case .int8: count + (shape.last ?? 0) * MemoryLayout<Float>.stride
    }
  }
}

/// Takes the tensors of a checkpoint as they are read, without a copy between.
public protocol TensorReceiver: AnyObject {
  /// Where a tensor's values go, in this machine's order of bytes: ``TensorHeader/byteCount`` bytes, of integers the
  /// scales of the columns first. `nil` for a tensor that is not wanted; it is checked all the same.
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
        SELECT position, name, shape, id, chunk, checksum, length(data), type FROM \(name)
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
      let header = try header(
        first[1], shape: JSONText.decode(first[2], path: path), type: first[7], chunks, damaged)
      let place = try receiver.place(for: header)
      precondition(place.map { $0.count == header.byteCount } ?? true, "no place for \(header)")
      try blob.read(chunks, into: place, floats: header.floatCount, damaged)
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
    _ name: String, shape: [Int], type: String, _ chunks: [Chunk], _ damaged: (String) -> StorageError
  ) throws -> TensorHeader {
    if let gap = chunks.indices.first(where: { chunks[$0].number != $0 }) {
      throw damaged("chunk \(gap) is missing")
    }
    guard let type = TensorType(rawValue: type), types.contains(type) else {
      throw damaged("its type \(type) is none that is known")
    }
    let bytes = chunks.reduce(0) { $0 + $1.bytes }
    // What is not in the file needs no room: a shape is believed when it is within the bytes.
    guard shape.allSatisfy({ $0 >= 0 }), let count = Self.product(shape, most: bytes),
      type == .f32 || shape.count == 2 && shape[1] <= bytes,
      bytes == TensorHeader.bytes(type, count: count, shape: shape)
    else {
      throw damaged("\(bytes) bytes do not fit the shape \(shape)")
    }
    return TensorHeader(name: name, shape: shape, type: type, count: count)
  }

  /// The product of lengths, `nil` when it or a part of it is above `most`.
  private static func product(_ shape: [Int], most: Int) -> Int? {
    if shape.contains(0) { return 0 }
    var product = 1
    for length in shape {
      let (next, isTooMuch) = product.multipliedReportingOverflow(by: length)
      guard !isTooMuch, next <= most else { return nil }
      product = next
    }
    return product
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
      _ chunks: [Chunk], into place: UnsafeMutableRawBufferPointer?, floats: Int,
      _ damaged: (String) -> StorageError
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
        if let words = place?.baseAddress?.bindMemory(to: UInt32.self, capacity: floats) {
          for index in 0..<floats { words[index] = words[index].byteSwapped }
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
  private var bytes: UnsafeMutableRawBufferPointer?

  deinit { bytes?.deallocate() }

  func place(for tensor: TensorHeader) -> UnsafeMutableRawBufferPointer? {
    bytes = .allocate(byteCount: tensor.byteCount, alignment: MemoryLayout<Float>.alignment)
    return bytes
  }

  func received(_ tensor: TensorHeader) {
    guard let room = bytes else { return }
    let split = tensor.floatCount * MemoryLayout<Float>.stride
    let floats = Array(UnsafeRawBufferPointer(rebasing: room[..<split]).bindMemory(to: Float.self))
    let integers = Array(UnsafeRawBufferPointer(rebasing: room[split...]).bindMemory(to: Int8.self))
    let content: StoredTensor.Content = tensor.type == .f32 ? .f32(floats) : .int8(integers, scales: floats)
    tensors.append(StoredTensor(name: tensor.name, shape: tensor.shape, content: content))
    room.deallocate()
    bytes = nil
  }
}
