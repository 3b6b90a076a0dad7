import Foundation

/// An HTML page that appears whole under its name, or not at all, and only in the place of another page.
///
/// The name of a page stands beside names of texts on a command line; where it was forgotten, a text must not make way.
public struct PageFile {
  private static let beginning = Array("<!DOCTYPE html>".utf8)
  private let file: AtomicFile

  /// Begins a page at `path`.
  ///
  /// - Throws: ``ConsoleError`` where it can't be written, or what is there is no page.
  public init(path: String) throws {
    // Asked before it is opened: to open a named pipe is to wait for who writes to it.
    var status = stat()
    let isFile = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if isFile, status.st_size > 0 {
      guard let there = FileHandle(forReadingAtPath: path) else {
        throw ConsoleError.unwritable(
          path: path, reason: "what is there can't be read: \(systemMessage(errno))")
      }
      defer { try? there.close() }
      let first = Array(try there.read(upToCount: Self.beginning.count) ?? Data())
      guard first == Self.beginning else {
        throw ConsoleError.failure(
          .usage,
          "\(path) is there already and is no HTML page, so it is left as it is; give the page another name"
        )
      }
    }
    file = try AtomicFile(path: path)
  }

  /// Writes the whole page.
  ///
  /// - Precondition: it begins with `<!DOCTYPE html>`.
  public func write(_ html: String) throws {
    precondition(html.utf8.starts(with: Self.beginning), "a page that would not be known as one again")
    try file.write(html)
    try file.commit()
  }
}
