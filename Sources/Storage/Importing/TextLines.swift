import Interchange

/// The lines of a UTF-8 text, read in pieces.
///
/// A line ends at `\n` and nowhere else; one `\r` before it goes with it. A byte order mark at the beginning
/// is dropped. What is not UTF-8 in a line becomes U+FFFD.
final class TextLines {
  private(set) var lineNumber = 0
  private let input: ByteSource

  /// The lines of an input.
  init(_ input: ByteSource) { self.input = input }

  /// The input's name.
  var name: String { input.name }

  /// A line's text, and whether it was UTF-8.
  struct Line {
    let text: String
    let isValid: Bool
  }

  /// The next line, or nil after the last.
  ///
  /// - Throws: ``StorageError/notUTF8(input:encoding:)`` when the input begins with the mark of UTF-16, and what
  ///   `ByteSource` throws.
  func next() throws -> Line? {
    guard let bytes = try input.nextLine() else { return nil }
    lineNumber += 1
    var line = bytes[...]
    if lineNumber == 1 {
      if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) {
        throw StorageError.notUTF8(input: input.name, encoding: "UTF-16")
      }
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      // A mark alone is no line.
      guard !line.isEmpty else {
        lineNumber = 0
        return nil
      }
    }
    if line.last == 0x0A { line = line.dropLast() }
    if line.last == 0x0D { line = line.dropLast() }
    if let text = String(validating: line, as: UTF8.self) { return Line(text: text, isValid: true) }
    return Line(text: String(decoding: line, as: UTF8.self), isValid: false)
  }

  /// Reads to the end and returns how many lines there are in all.
  func countAll() throws -> Int {
    while try next() != nil {}
    return lineNumber
  }
}
