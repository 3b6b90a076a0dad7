import Foundation

/// Writes lines to the standard output through a buffer.
///
/// Call ``flush()`` at the end: what can fail must be able to say so, which a `deinit` can't. On a terminal
/// each line is shown at once.
public final class LineWriter {
  private let descriptor: Int32
  private let capacity: Int
  private let flushesEachLine: Bool
  private var buffer: [UInt8] = []

  /// - Parameters:
  ///   - descriptor: where to write; the standard output unless told.
  ///   - capacity: how many bytes wait before they are written.
  public init(descriptor: Int32 = STDOUT_FILENO, capacity: Int = 1 << 16) {
    self.descriptor = descriptor
    self.capacity = capacity
    self.flushesEachLine = isatty(descriptor) == 1
    buffer.reserveCapacity(capacity + 4096)
  }

  /// Writes `line` and a `\n`.
  ///
  /// - Throws: ``ConsoleError/brokenPipe`` when the reader has gone, or
  ///   ``ConsoleError/unwritable(path:reason:)``.
  public func writeLine(_ line: String) throws {
    buffer.append(contentsOf: line.utf8)
    buffer.append(0x0A)
    if flushesEachLine || buffer.count >= capacity { try flush() }
  }

  /// Writes `text` as it is. Throws as ``writeLine(_:)`` does.
  public func write(_ text: String) throws {
    try write(bytes: text.utf8)
  }

  /// Writes bytes as they are. Throws as ``writeLine(_:)`` does.
  public func write(bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= capacity { try flush() }
  }

  /// Hands everything that waits to the system. Throws as ``writeLine(_:)`` does.
  public func flush() throws {
    guard !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes { try Self.send($0, to: descriptor) }
  }

  /// Hands bytes to the system. Throws as ``writeLine(_:)`` does.
  static func send(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    let code = StandardStreams.writeAll(bytes, to: descriptor)
    switch code {
    case 0: return
    case EPIPE: throw ConsoleError.brokenPipe
    default: throw ConsoleError.unwritable(path: "standard output", reason: systemMessage(code))
    }
  }
}
