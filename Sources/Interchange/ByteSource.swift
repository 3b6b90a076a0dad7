import Foundation

/// The bytes of a file, of the standard input or of memory, in pieces, so that a file of any size fits.
///
/// Input that begins as gzip does is inflated on the way, whatever its name, all of its members one after another.
/// Not to be used by two threads at once.
public final class ByteSource {
  /// The name to use in messages: the path, or what the creator said.
  public let name: String
  /// Whether the input is gzip. Known after the first piece.
  public private(set) var isCompressed = false
  /// How many `\n` there were in the pieces given so far.
  public private(set) var newlineCount = 0

  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private let capacity: Int
  private var raw: [UInt8]
  private var rawPosition = 0
  private var rawEnd = 0
  private var decoder: GzipDecoder?
  private var isBetweenMembers = false
  private var hasBegun = false
  private var isAtEnd = false
  private var pending: [UInt8] = []
  private var pendingPosition = 0

  /// Opens a file.
  ///
  /// - Parameter chunkSize: the most bytes of a piece, if it is 16 or more.
  /// - Throws: ``InterchangeError/missingFile(path:reason:)`` when it can't be opened or is a folder.
  public init(path: String, chunkSize: Int = 1 << 16) throws {
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InterchangeError.missingFile(path: path, reason: String(cString: strerror(errno)))
    }
    ownsDescriptor = true
    capacity = chunkSize
    raw = [UInt8](repeating: 0, count: max(chunkSize, 16))
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw InterchangeError.missingFile(path: path, reason: String(cString: strerror(EISDIR)))
    }
  }

  /// The standard input, under a name for messages.
  public init(standardInput name: String = "standard input", chunkSize: Int = 1 << 16) {
    self.name = name
    descriptor = STDIN_FILENO
    ownsDescriptor = false
    capacity = chunkSize
    raw = [UInt8](repeating: 0, count: max(chunkSize, 16))
  }

  /// Bytes that are there already.
  public init(_ bytes: [UInt8], name: String, chunkSize: Int = 1 << 16) {
    self.name = name
    descriptor = -1
    ownsDescriptor = false
    capacity = chunkSize
    raw = bytes
    rawEnd = bytes.count
    isAtEnd = true
  }

  deinit {
    if ownsDescriptor { close(descriptor) }
  }

  /// The next piece, which is never empty, or nil after the last.
  ///
  /// - Throws: ``InterchangeError/unreadable(file:line:reason:)`` or
  ///   ``InterchangeError/damagedCompression(file:line:reason:)``.
  public func nextChunk() throws -> [UInt8]? {
    precondition(pendingPosition == pending.count, "nextChunk() after nextLine() would lose what is left")
    guard let chunk = try inflatedChunk() else { return nil }
    chunk.withUnsafeBufferPointer { bytes in
      for byte in bytes where byte == 0x0A { newlineCount += 1 }
    }
    return chunk
  }

  /// The next line with the `\n` that ends it, if it has one, or nil after the last. Throws as ``nextChunk()`` does.
  ///
  /// A line ends at `\n` and nowhere else. A byte order mark is part of the first line.
  public func nextLine() throws -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if pendingPosition == pending.count {
        guard let chunk = try inflatedChunk() else { return line.isEmpty ? nil : line }
        pending = chunk
        pendingPosition = 0
      }
      if let end = pending[pendingPosition...].firstIndex(of: 0x0A) {
        line += pending[pendingPosition...end]
        pendingPosition = end + 1
        newlineCount += 1
        return line
      }
      line += pending[pendingPosition...]
      pendingPosition = pending.count
    }
  }

  private func inflatedChunk() throws -> [UInt8]? {
    if !hasBegun { try begin() }
    guard decoder != nil else {
      if rawPosition == rawEnd, try !fill() { return nil }
      let chunk = Array(raw[rawPosition..<min(rawEnd, rawPosition + capacity)])
      rawPosition += chunk.count
      return chunk
    }
    return try inflate()
  }

  /// Reads enough to tell gzip from plain bytes.
  private func begin() throws {
    hasBegun = true
    while rawEnd < 2, try fillMore() {}
    guard raw[..<rawEnd].starts(with: [0x1F, 0x8B]) else { return }
    isCompressed = true
    decoder = GzipDecoder()
    if decoder == nil { throw damaged("zlib has no memory") }
  }

  private func inflate() throws -> [UInt8]? {
    guard let decoder else { return nil }
    var output = [UInt8](repeating: 0, count: capacity)
    var made = 0
    while made < capacity {
      if rawPosition == rawEnd, try !fill() {
        if isBetweenMembers || made > 0 { break }
        throw damaged("it ends in the middle")
      }
      if isBetweenMembers {
        guard try beginMember(decoder) else { break }
      }
      let result = raw.withUnsafeBytes { input in
        output.withUnsafeMutableBytes { target in
          decoder.inflate(
            UnsafeRawBufferPointer(rebasing: input[rawPosition..<rawEnd]),
            to: UnsafeMutableRawBufferPointer(rebasing: target[made...]))
        }
      }
      rawPosition += result.used
      made += result.made
      switch result.progress {
      case .damaged(let reason): throw damaged(reason)
      case .memberEnded: isBetweenMembers = true
      case .needsInput, .outputFull: break
      }
    }
    guard made > 0 else { return nil }
    output.removeLast(capacity - made)
    return output
  }

  /// Whether another member follows. Zeros after a member are padding.
  private func beginMember(_ decoder: GzipDecoder) throws -> Bool {
    while true {
      while rawPosition < rawEnd, raw[rawPosition] == 0 { rawPosition += 1 }
      if rawPosition < rawEnd { break }
      guard try fill() else { return false }
    }
    guard raw[rawPosition] == 0x1F else { throw damaged("something else follows it") }
    decoder.reset()
    isBetweenMembers = false
    return true
  }

  private func damaged(_ reason: String) -> InterchangeError {
    .damagedCompression(file: name, line: newlineCount + 1, reason: reason)
  }

  private func fill() throws -> Bool {
    rawPosition = 0
    rawEnd = 0
    return try fillMore()
  }

  private func fillMore() throws -> Bool {
    while !isAtEnd {
      let count = raw.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress! + rawEnd, bytes.count - rawEnd)
      }
      if count > 0 {
        rawEnd += count
        return true
      }
      if count == 0 {
        isAtEnd = true
      } else if errno != EINTR {
        throw InterchangeError.unreadable(
          file: name, line: newlineCount + 1, reason: String(cString: strerror(errno)))
      }
    }
    return false
  }
}
