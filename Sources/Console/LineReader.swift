import Foundation

/// Reads lines from a file or the standard input, in pieces, so that a corpus of any size fits.
///
/// A line ends at `\n` and nowhere else: not at U+2028, not at a lone `\r`. One `\r` before the `\n` is taken
/// off with it. A byte order mark at the beginning of the input is dropped unless asked for. Bytes that are not UTF-8 become
/// U+FFFD, and ``invalidLineCount`` says in how many lines.
public final class LineReader {
  /// The name to use in messages: the path, or `standard input`.
  public let name: String
  /// The number of the line that ``next()`` gave last, from 1; 0 before the first.
  public private(set) var lineNumber = 0
  /// Whether the line that ``next()`` gave last had to be repaired.
  public private(set) var lastLineWasInvalid = false
  /// How many lines so far were not UTF-8.
  public private(set) var invalidLineCount = 0
  /// The number of the first line that was not UTF-8.
  public private(set) var firstInvalidLine: Int?
  /// The bytes taken from the input so far.
  public private(set) var bytesRead: Int64 = 0
  /// The size of the input in bytes, where it is a regular file.
  public let totalBytes: Int64?

  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private let keepsByteOrderMark: Bool
  private var buffer: [UInt8]
  private var position = 0
  private var end = 0
  private var isAtEnd = false

  /// Opens `path`; nil or `-` is the standard input.
  ///
  /// - Parameter keepsByteOrderMark: whether a byte order mark at the beginning is part of the first line.
  /// - Throws: ``ConsoleError/missingInput(path:reason:)`` when it can't be opened or is a folder.
  public init(path: String? = nil, bufferSize: Int = 1 << 16, keepsByteOrderMark: Bool = false) throws {
    self.keepsByteOrderMark = keepsByteOrderMark
    precondition(bufferSize > 0, "a buffer of \(bufferSize) bytes can't hold anything")
    if let path, path != "-" {
      name = path
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw ConsoleError.missingInput(path: path, reason: systemMessage(errno))
      }
      ownsDescriptor = true
    } else {
      name = "standard input"
      descriptor = STDIN_FILENO
      ownsDescriptor = false
    }
    var status = stat()
    let known = fstat(descriptor, &status) == 0
    let kind = status.st_mode & S_IFMT
    totalBytes = known && kind == S_IFREG ? Int64(status.st_size) : nil
    buffer = [UInt8](repeating: 0, count: bufferSize)
    if known && kind == S_IFDIR {
      if ownsDescriptor { close(descriptor) }
      throw ConsoleError.missingInput(path: name, reason: systemMessage(EISDIR))
    }
  }

  deinit {
    if ownsDescriptor { close(descriptor) }
  }

  /// How many lines there are, where the input is a regular file: they are counted without moving the place of reading.
  /// To be asked before the first line is read.
  public func lineCount() -> Int? {
    guard totalBytes != nil, bytesRead == 0 else { return nil }
    var place = lseek(descriptor, 0, SEEK_CUR)
    var (count, last) = (0, UInt8(0x0A))
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while place >= 0 {
      let got = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress!, $0.count, place) }
      guard got != 0 else { return last == 0x0A ? count : count + 1 }
      guard got > 0 else { return nil }
      count += chunk[..<got].count { $0 == 0x0A }
      last = chunk[got - 1]
      place += off_t(got)
    }
    return nil
  }

  /// The next line without its end, or nil after the last.
  ///
  /// - Throws: ``ConsoleError/unreadable(path:reason:)``.
  public func next() throws -> String? {
    var pending: [UInt8] = []
    while true {
      if position == end, try !fill() {
        return pending.isEmpty ? nil : decode(pending[...])
      }
      if let newline = buffer[position..<end].firstIndex(of: 0x0A) {
        defer { position = newline + 1 }
        if pending.isEmpty { return decode(buffer[position..<newline]) }
        pending.append(contentsOf: buffer[position..<newline])
        return decode(pending[...])
      }
      pending.append(contentsOf: buffer[position..<end])
      position = end
    }
  }

  /// At least one line, and as many more as have arrived already, up to `limit`; none at the end.
  ///
  /// A filter that answers each batch before it asks for the next never keeps a waiting person or process
  /// from an answer, and still works in large pieces on a file.
  public func nextBatch(limit: Int) throws -> [String] {
    guard let first = try next() else { return [] }
    var lines = [first]
    while lines.count < limit, buffer[position..<end].contains(0x0A), let line = try next() {
      lines.append(line)
    }
    return lines
  }

  /// The bytes of at least one line, and of as many more as have arrived already, with their ends; none at the end.
  ///
  /// Lines that are taken so are not counted here.
  func nextBlock() throws -> [UInt8] {
    var block: [UInt8] = []
    while true {
      if position == end, try !fill() { return block }
      if let newline = buffer[position..<end].lastIndex(of: 0x0A) {
        block.append(contentsOf: buffer[position...newline])
        position = newline + 1
        return block
      }
      block.append(contentsOf: buffer[position..<end])
      position = end
    }
  }

  private func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
      if count > 0 {
        if bytesRead == 0, count > 1, buffer[0] == 0x1F, buffer[1] == 0x8B {
          throw ConsoleError.failure(
            .dataError,
            "\(name) is compressed by gzip, and lines of text are wanted; unpack it first, with gunzip or zcat"
          )
        }
        if bytesRead == 0, count > 1, [[0xFF, 0xFE], [0xFE, 0xFF]].contains(Array(buffer[..<2])) {
          throw ConsoleError.failure(
            .dataError,
            "\(name) is encoded in UTF-16, and UTF-8 is wanted; convert it first: iconv -f UTF-16 -t UTF-8")
        }
        position = 0
        end = count
        bytesRead += Int64(count)
        return true
      }
      if count == 0 {
        isAtEnd = true
        return false
      }
      if errno == EINTR { continue }
      throw ConsoleError.unreadable(path: name, reason: systemMessage(errno))
    }
  }

  private func decode(_ bytes: ArraySlice<UInt8>) -> String {
    lineNumber += 1
    let (text, isValid) = bytes.withUnsafeBufferPointer { self.text(ofLine: $0, isFirst: lineNumber == 1) }
    lastLineWasInvalid = !isValid
    if !isValid {
      invalidLineCount += 1
      if firstInvalidLine == nil { firstInvalidLine = lineNumber }
    }
    return text
  }

  /// The text of a line's bytes without their `\n`, and whether they are UTF-8.
  func text(ofLine bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> (text: String, isValid: Bool) {
    var bytes = bytes[...]
    if bytes.last == 0x0D { bytes.removeLast() }
    if isFirst, !keepsByteOrderMark, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let line = UnsafeBufferPointer(rebasing: bytes)
    // What was valid has the same bytes still. Comparing them costs less than the general `String(validating:as:)`.
    var text = String(decoding: line, as: UTF8.self)
    let isValid = text.withUTF8 {
      $0.count == line.count && ($0.isEmpty || memcmp($0.baseAddress!, line.baseAddress!, $0.count) == 0)
    }
    return (text, isValid)
  }
}
