import Interchange

/// The lines of a UTF-8 text, read in pieces.
///
/// A line ends at `\n` and nowhere else; one `\r` before it goes with it. A byte order mark at the beginning
/// is dropped. What is not UTF-8 in a line becomes U+FFFD.
final class TextLines {
  private(set) var lineNumber = 0
  private let input: ByteSource
  private var buffer: [UInt8]
  private var position = 0

  /// Reads the first piece of an input.
  ///
  /// - Throws: ``StorageError/notUTF8(input:encoding:)`` when it begins with the mark of UTF-16, and what
  ///   `ByteSource` throws.
  init(_ input: ByteSource) throws {
    self.input = input
    buffer = try input.nextChunk() ?? []
    // A pipe may give less than a whole mark.
    while buffer.count < 3, let more = try input.nextChunk() { buffer += more }
    if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
      throw StorageError.notUTF8(input: input.name, encoding: "UTF-16")
    }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The input's name.
  var name: String { input.name }

  /// A line's text, and whether it was UTF-8.
  struct Line {
    let text: String
    let isValid: Bool
  }

  /// The next line, or nil after the last.
  func next() throws -> Line? {
    var pending: [UInt8] = []
    while true {
      if position == buffer.count {
        guard let chunk = try input.nextChunk() else { return pending.isEmpty ? nil : decode(pending[...]) }
        buffer = chunk
        position = 0
      }
      let rest = buffer[position...]
      guard let newline = rest.firstIndex(of: 0x0A) else {
        pending.append(contentsOf: rest)
        position = buffer.count
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
    if let text = String(validating: line, as: UTF8.self) { return Line(text: text, isValid: true) }
    return Line(text: String(decoding: line, as: UTF8.self), isValid: false)
  }
}
