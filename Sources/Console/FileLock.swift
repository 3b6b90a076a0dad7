import Foundation

/// The right to change a file that one process at a time may have.
///
/// ```swift
/// let lock = try FileLock(path: "models/demo.model.sqlite")
/// defer { lock.release() }
/// ```
///
/// It is an advisory lock (`flock(2)`) on a file beside the one that is meant, with `.lock` behind its name, which holds
/// the number of the process and is gone when the lock is. The system ends the lock of a process that is killed: the file
/// that is left behind then is in nobody's way.
public final class FileLock {
  private let path: String
  private var descriptor: Int32

  /// Takes the lock of the file at `path`, which need not be there. Folders above it are made where they are missing.
  ///
  /// - Throws: ``ConsoleError/inUse(path:process:)`` at once when another process has it, and
  ///   ``ConsoleError/unwritable(path:reason:)``.
  public init(path: String) throws {
    // A link and the file behind it have one lock.
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    self.path = file.path + ".lock"
    while true {
      descriptor = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw ConsoleError.unwritable(path: self.path, reason: systemMessage(errno))
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        let process = Self.process(descriptor)
        close(descriptor)
        descriptor = -1
        if code == EINTR { continue }
        guard code == EWOULDBLOCK else {
          throw ConsoleError.unwritable(path: self.path, reason: systemMessage(code))
        }
        throw ConsoleError.inUse(path: path, process: process)
      }
      // Whoever had the lock before may have removed its file after it was opened here: then this is no lock.
      var (held, named) = (stat(), stat())
      if fstat(descriptor, &held) == 0, stat(self.path, &named) == 0, held.st_ino == named.st_ino { break }
      close(descriptor)
    }
    let number = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    _ = number.withUnsafeBytes { StandardStreams.writeAll($0, to: descriptor) }
  }

  deinit { release() }

  /// Gives the lock back. A second time does nothing.
  public func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  /// The number that stands in a lock's file.
  private static func process(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .newlines))
  }
}
