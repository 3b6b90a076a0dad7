import Foundation

/// Files that are read whole: codes, vocabularies, models of other tools.
public enum InputFile {
  /// What `parse` makes of a file's bytes.
  ///
  /// - Throws: ``ConsoleError/missingInput(path:reason:)`` when the file can't be opened, and
  ///   ``ConsoleError/failure(_:_:)`` with the path before the message when `parse` throws.
  public static func read<Content>(
    _ path: String, _ parse: ([UInt8]) throws -> Content
  ) throws -> Content {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let reason =
        FileManager.default.fileExists(atPath: path)
        ? error.localizedDescription : "No such file or directory"
      throw ConsoleError.missingInput(path: path, reason: reason)
    }
    do {
      return try parse(Array(data))
    } catch {
      throw ConsoleError.failure(.dataError, "\(path): \(error.localizedDescription)")
    }
  }

  /// What `parse` makes of a file's text, which must be UTF-8. A byte order mark is not part of it.
  public static func readText<Content>(
    _ path: String, _ parse: (String) throws -> Content
  ) throws -> Content {
    try read(path) { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ConsoleError.failure(.dataError, "the file is not UTF-8")
      }
      return try parse(
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
    }
  }
}
