import Foundation

/// What can go wrong between a command line and the streams and files that it works on.
public enum ConsoleError: Error, Equatable, Sendable {
  /// An input file is not there, or is a folder.
  case missingInput(path: String, reason: String)
  /// Reading failed part of the way.
  case unreadable(path: String, reason: String)
  /// An output could not be written.
  case unwritable(path: String, reason: String)
  /// Another process is changing the file.
  case inUse(path: String, process: Int32?)
  /// Whoever read the standard output has gone away: not a fault, but there is nothing left to do.
  case brokenPipe
  /// A failure that a tool words itself, with the status to leave with.
  case failure(ExitStatus, String)

  /// The code to leave with for this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .missingInput: .noInput
    case .unreadable, .unwritable, .inUse: .ioError
    case .brokenPipe: .success
    case .failure(let status, _): status
    }
  }
}

extension ConsoleError: CustomStringConvertible, LocalizedError, CustomNSError {
  /// One line that says what happened, where, and what to do.
  public var description: String {
    switch self {
    case .missingInput(let path, let reason):
      "can't open \(path): \(reason). Check the path and its permissions"
    case .unreadable(let path, let reason):
      "reading \(path) failed: \(reason)"
    case .unwritable(let path, let reason):
      "can't write \(path): \(reason). Check that the folder exists, is writable and has space left"
    case .inUse(let path, let process):
      "\(path) is being changed by another process\(process.map { ", number \($0)" } ?? ""). Wait for it or stop it, then "
        + "try again"
    case .brokenPipe:
      "the reader of the standard output has closed it"
    case .failure(_, let message):
      message
    }
  }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }
  /// The same as ``description``.
  public var errorDescription: String? { description }
  /// The code to leave with: see ``Tool``.
  public var errorCode: Int { Int(exitStatus.rawValue) }
}

/// The system's words for an error number, as in "No such file or directory".
func systemMessage(_ code: Int32) -> String {
  String(cString: strerror(code))
}
