import Foundation

/// The process's own streams, below the level of Foundation's handles.
public enum StandardStreams {
  /// Whether standard error is a terminal that a progress bar can be drawn on.
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard output is a terminal.
  public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether standard input is a terminal, so that a person is typing.
  public static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The width of the terminal behind standard error in columns, or 80.
  public static var errorWidth: Int { width(of: STDERR_FILENO) ?? 80 }

  /// The width of the terminal behind standard output in columns, or 100.
  public static var outputWidth: Int { width(of: STDOUT_FILENO) ?? 100 }

  private static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    let answered = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    return answered && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Makes writing to a closed pipe an error to handle in place of a signal that kills.
  public static func ignoreBrokenPipeSignal() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Writes `text` to standard error at once. Where standard error itself is closed there is nobody to tell.
  public static func writeError(_ text: String) {
    var bytes = Array(text.utf8)
    bytes.withUnsafeMutableBytes { _ = writeAll($0, to: STDERR_FILENO) }
  }

  /// Writes every byte to a descriptor, however many calls it takes.
  ///
  /// - Returns: 0, or the error number of the call that failed.
  static func writeAll(_ bytes: UnsafeMutableRawBufferPointer, to descriptor: Int32) -> Int32 {
    writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
  }

  /// Writes every byte to a descriptor, however many calls it takes.
  ///
  /// - Returns: 0, or the error number of the call that failed.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var start = 0
    while start < bytes.count {
      let written = write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      if written >= 0 {
        start += written
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&ready, 1, -1) < 0, errno != EINTR { return errno }
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
