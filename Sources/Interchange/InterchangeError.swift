import Foundation

/// What can go wrong with a file that comes from another tool.
///
/// Each description says what happened, in which file and line, and what to do; ``errorCode`` is the code of
/// sysexits that a command line should leave with.
public enum InterchangeError: Error, Equatable, Sendable {
  /// There is no file at the path, or it can't be opened.
  case missingFile(path: String, reason: String)
  /// Reading failed part of the way.
  case unreadable(file: String, line: Int, reason: String)
  /// The file is gzip, but damaged or cut off.
  case damagedCompression(file: String, line: Int, reason: String)
  /// The file is not what its format says it should be.
  case invalid(file: String, line: Int, reason: String, remedy: String)
  /// The file is in an encoding that can't be read, or holds bytes that its encoding does not have.
  case encoding(file: String, line: Int, encoding: String, reason: String)
  /// The file is of another language than what is to be written to it.
  case languageMismatch(file: String, line: Int, expected: String, found: String)
}

extension InterchangeError: CustomStringConvertible, LocalizedError, CustomNSError {
  /// One line that says what happened, where, and what to do.
  public var description: String {
    switch self {
    case .missingFile(let path, let reason):
      "can't open \(path): \(reason). Check the path and its permissions"
    case .unreadable(let file, let line, let reason):
      "\(file):\(line): reading failed: \(reason)"
    case .damagedCompression(let file, let line, let reason):
      "\(file):\(line): the gzip data is damaged (\(reason)). Fetch the file again, or test it with gzip -t"
    case .invalid(let file, let line, let reason, let remedy):
      "\(file):\(line): \(reason). \(remedy)"
    case .encoding(let file, let line, let encoding, let reason):
      "\(file):\(line): \(reason). The file is taken to be \(encoding): "
        + "correct what it says of its encoding, or convert it to UTF-8"
    case .languageMismatch(let file, let line, let expected, let found):
      "\(file):\(line): the file is for the language \(found), the model writes \(expected). "
        + "Use another model, or correct the file's language"
    }
  }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }
  /// The same as ``description``.
  public var errorDescription: String? { description }

  /// The code of sysexits for this error: 65 bad data, 66 no input, 74 input or output.
  public var errorCode: Int {
    switch self {
    case .missingFile: 66
    case .unreadable: 74
    default: 65
    }
  }
}
