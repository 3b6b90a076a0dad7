import Foundation

/// A file that appears whole under its name, or not at all.
///
/// What is written goes to a temporary file in the same folder; ``commit()`` brings it to the disk and
/// renames it over the old one. Without a commit nothing of it is left, unless the process was killed: then the
/// temporary file, `NAME.PROCESS-NUMBER.tmp`, may be removed. A path that is no regular file, such as `/dev/stdout` or a
/// named pipe, is written directly.
public final class AtomicFile {
  /// The path that was asked for.
  public let path: String
  private let destination: String
  private let temporary: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Begins a file at `path`. Folders above it are made where they are missing.
  ///
  /// - Throws: ``ConsoleError/unwritable(path:reason:)``.
  public init(path: String) throws {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists && status.st_mode & S_IFMT == S_IFDIR {
      throw ConsoleError.unwritable(path: path, reason: systemMessage(EISDIR))
    }
    if let number = Self.descriptor(named: path) {
      // To open it by its name would begin a file of its own, or at the beginning of what it is redirected to.
      destination = path
      temporary = nil
      descriptor = fcntl(number, F_DUPFD_CLOEXEC, 0)
    } else if exists && status.st_mode & S_IFMT != S_IFREG {
      destination = path
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link stays a link: the file behind it is what gets replaced, or made.
      destination = Self.followed(path)
      let folder = URL(fileURLWithPath: destination).deletingLastPathComponent()
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw ConsoleError.unwritable(path: path, reason: "its folder could not be made")
      }
      let name = "\(destination).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
      temporary = name
      let mode = exists ? mode_t(status.st_mode & 0o777) : 0o666
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      // Whatever the mask of new files is.
      if exists, descriptor >= 0 { fchmod(descriptor, mode) }
    }
    guard descriptor >= 0 else {
      throw ConsoleError.unwritable(path: path, reason: systemMessage(errno))
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// Adds `text`. Throws ``ConsoleError/unwritable(path:reason:)``.
  public func write(_ text: String) throws {
    try write(bytes: text.utf8)
  }

  /// Adds bytes as they are. Throws ``ConsoleError/unwritable(path:reason:)``.
  public func write(bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Brings the file to the disk and gives it its name. Nothing can be written afterwards.
  ///
  /// - Throws: ``ConsoleError/unwritable(path:reason:)``, with the old file untouched.
  public func commit() throws {
    precondition(descriptor >= 0, "\(path) has been committed already")
    try flush()
    if temporary != nil, fsync(descriptor) != 0 { try fail() }
    let closed = close(descriptor)
    descriptor = -1
    guard let temporary else { return }
    guard closed == 0, rename(temporary, destination) == 0 else {
      let reason = systemMessage(errno)
      unlink(temporary)
      throw ConsoleError.unwritable(path: path, reason: reason)
    }
  }

  /// Writes `text` to `path` in one go. Throws ``ConsoleError/unwritable(path:reason:)``.
  public static func write(_ text: String, to path: String) throws {
    let file = try AtomicFile(path: path)
    try file.write(text)
    try file.commit()
  }

  private func flush() throws {
    let code = buffer.withUnsafeBytes { StandardStreams.writeAll($0, to: descriptor) }
    buffer.removeAll(keepingCapacity: true)
    // Nobody reads a standard stream on any more. Of a pipe with a name somebody waits for the whole.
    if code == EPIPE, path.hasPrefix("/dev/") { throw ConsoleError.brokenPipe }
    if code != 0 { throw ConsoleError.unwritable(path: path, reason: systemMessage(code)) }
  }

  /// The path that a link leads to, whether there is something or not; any other path as it is.
  private static func followed(_ path: String) -> String {
    var path = path
    // As many as Linux follows.
    for _ in 0..<40 {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
      path =
        target.hasPrefix("/")
        ? target : URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(target).path
    }
    return path
  }

  /// The number of an open file that a path names, such as `/dev/stdout`.
  private static func descriptor(named path: String) -> Int32? {
    switch path {
    case "/dev/stdin": return STDIN_FILENO
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
      return folder.flatMap { Int32(path.dropFirst($0.count)) }
    }
  }

  private func fail() throws {
    throw ConsoleError.unwritable(path: path, reason: systemMessage(errno))
  }
}
