import Foundation

/// The lines of a UTF-8 file, read in pieces.
///
/// A line ends at `\n` and nowhere else; one `\r` before it goes with it. A byte order mark at the beginning
/// is dropped. A line that is not UTF-8 comes as nil text, for the caller to reject.
final class TextLines {
  let path: String
  private(set) var lineNumber = 0
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var position = 0
  private var end = 0
  private var isAtEnd = false

  /// Opens a file.
  ///
  /// - Throws: ``StorageError/missingFile(path:reason:)``, ``StorageError/notUTF8(input:encoding:)`` when it
  ///   begins with the mark of UTF-16, ``StorageError/compressed(input:)`` when it begins with gzip's.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StorageError.missingFile(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw StorageError.missingFile(path: path, reason: String(cString: strerror(EISDIR)))
    }
    try fill()
    if buffer[..<end].starts(with: [0xFF, 0xFE]) || buffer[..<end].starts(with: [0xFE, 0xFF]) {
      throw StorageError.notUTF8(input: path, encoding: "UTF-16")
    }
    if buffer[..<end].starts(with: [0x1F, 0x8B]) { throw StorageError.compressed(input: path) }
    if buffer[..<end].starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  deinit { close(descriptor) }

  /// A line's text; nil text where the line is not UTF-8.
  struct Line {
    let text: String?
  }

  /// The next line, or nil after the last.
  func next() throws -> Line? {
    var pending: [UInt8] = []
    while true {
      if position == end {
        try fill()
        if isAtEnd { return pending.isEmpty ? nil : decode(pending[...]) }
      }
      let rest = buffer[position..<end]
      guard let newline = rest.firstIndex(of: 0x0A) else {
        pending.append(contentsOf: rest)
        position = end
        continue
      }
      defer { position = newline + 1 }
      if pending.isEmpty { return decode(buffer[position..<newline]) }
      pending.append(contentsOf: buffer[position..<newline])
      return decode(pending[...])
    }
  }

  /// Reads to the end and returns how many lines there are in all.
  func countAll() throws -> Int {
    while try next() != nil {}
    return lineNumber
  }

  private func decode(_ bytes: ArraySlice<UInt8>) -> Line {
    lineNumber += 1
    let line = bytes.last == 0x0D ? bytes.dropLast() : bytes
    return Line(text: String(validating: line, as: UTF8.self))
  }

  private func fill() throws {
    while !isAtEnd {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
      if count > 0 {
        position = 0
        end = count
        return
      }
      if count == 0 {
        isAtEnd = true
      } else if errno != EINTR {
        let reason = String(cString: strerror(errno))
        throw StorageError.unreadable(input: path, line: lineNumber + 1, reason: reason)
      }
    }
  }
}
