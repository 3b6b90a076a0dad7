import Console

/// The standard output, or a file that appears only when it is complete.
final class OutputSink {
  private let file: AtomicFile?
  private let stream = LineWriter()

  init(path: String?) throws { file = try path.map(AtomicFile.init(path:)) }

  func write(_ line: String) throws {
    if let file { try file.write(line + "\n") } else { try stream.writeLine(line) }
  }

  func write(bytes: [UInt8]) throws {
    if let file { try file.write(bytes: bytes) } else { try stream.write(bytes: bytes) }
  }

  func flush() throws { try stream.flush() }

  func close() throws {
    try stream.flush()
    try file?.commit()
  }
}
