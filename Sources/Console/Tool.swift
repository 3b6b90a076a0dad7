import Foundation

/// One run of a command line: its name on every message, and its way out.
///
/// ```swift
/// mutating func run() throws {
///   Tool("tokenize").run { tool in
///     tool.note("reading \(path)")
///     ...
///   }
/// }
/// ```
///
/// An error that leaves the closure is printed on standard error as `tokenize: error: what happened`, and the
/// process leaves with a code of sysexits. Which code: the errors of this project conform to `CustomNSError`
/// and give it as their `errorCode`; a tool may decide by itself with `classify`; Foundation's errors about
/// files are 66 or 74; anything else is 70, an internal fault.
public struct Tool: Sendable {
  /// The name that begins each message.
  public let name: String
  /// Whether notes are left out (`--quiet`). Errors are not.
  public let isQuiet: Bool
  /// Whether warnings are printed.
  private let warns: Bool
  private let classify: @Sendable (any Error) -> ExitStatus?

  /// - Parameters:
  ///   - name: the name that begins each message.
  ///   - quiet: leave notes and progress out.
  ///   - warns: print warnings.
  ///   - classify: decides the exit status of an error before the rules above do; nil leaves it to them.
  public init(
    _ name: String, quiet: Bool = false, warns: Bool = true,
    classify: @escaping @Sendable (any Error) -> ExitStatus? = { _ in nil }
  ) {
    self.name = name
    self.isQuiet = quiet
    self.warns = warns
    self.classify = classify
  }

  /// Runs `body` and returns when it returns. When it throws, prints the error and ends the process.
  ///
  /// Writing to a closed pipe ends the process quietly with status 0: the reader had what it wanted.
  public func run(_ body: (Tool) throws -> Void) {
    StandardStreams.ignoreBrokenPipeSignal()
    do {
      try body(self)
    } catch {
      exit(report(error).rawValue)
    }
  }

  /// The same as ``run(_:)-(_)`` for work that awaits.
  public func run(_ body: (Tool) async throws -> Void) async {
    StandardStreams.ignoreBrokenPipeSignal()
    do {
      try await body(self)
    } catch {
      exit(report(error).rawValue)
    }
  }

  /// Prints `error`, unless it is a broken pipe, and says which status to leave with.
  public func report(_ error: any Error) -> ExitStatus {
    if let error = error as? ConsoleError, error == .brokenPipe { return .success }
    let message = Self.message(of: error)
    say("error: \(message)")
    return status(of: error)
  }

  /// The status to leave with for `error`.
  public func status(of error: any Error) -> ExitStatus {
    if let status = classify(error) { return status }
    if let error = error as? CocoaError {
      let isMissing = error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
      return isMissing ? .noInput : .ioError
    }
    if let error = error as? any CustomNSError,
      let code = Int32(exactly: error.errorCode), let status = ExitStatus(rawValue: code)
    {
      return status
    }
    return .internalError
  }

  /// Prints `tool: message`, unless quiet.
  public func note(_ message: String) {
    if !isQuiet { say(message) }
  }

  /// Prints `tool: warning: message`, unless it is to print none.
  public func warning(_ message: String) {
    if warns { say("warning: \(message)") }
  }

  /// A message may hold what a file says, which is not to take over the terminal: characters that control it or the
  /// direction of writing are replaced, but for line ends and tabs.
  public static func harmless(_ message: String) -> String {
    var harmless = String.UnicodeScalarView()
    for scalar in message.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: harmless.append(scalar)
      case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: harmless.append("\u{FFFD}")
      default: harmless.append(scalar)
      }
    }
    return String(harmless)
  }

  private func say(_ message: String) {
    StandardStreams.writeError("\(name): \(Self.harmless(message))\n")
  }

  private static func message(of error: any Error) -> String {
    if let error = error as? any LocalizedError, let text = error.errorDescription { return text }
    return String(describing: error)
  }
}
