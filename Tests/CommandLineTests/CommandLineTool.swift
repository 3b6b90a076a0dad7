import Foundation
import Testing

/// What a command line did.
struct ToolResult {
  let status: Int32
  let output: [UInt8]
  let errors: String

  /// The standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
}

/// One of this package's executables, as the build has left it beside the tests.
struct CommandLineTool {
  let url: URL

  /// - Throws: when the build has left no such executable.
  init(_ name: String) throws {
    url = Self.folder.appendingPathComponent(name)
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path),
      "\(url.path) is missing: build the executables with 'swift build' in the same configuration first")
  }

  /// Runs it to its end.
  ///
  /// - Parameter input: what it finds on its standard input.
  func run(_ arguments: String..., input: String = "", in folder: URL? = nil) throws -> ToolResult {
    try Self.run(url, arguments, input: Array(input.utf8), in: folder)
  }

  /// Runs it to its end with any bytes on its standard input.
  func run(_ arguments: [String], bytes: [UInt8], in folder: URL? = nil) throws -> ToolResult {
    try Self.run(url, arguments, input: bytes, in: folder)
  }

  /// Runs a line of shell, where `$TOOL` is this executable.
  func shell(_ script: String, in folder: URL? = nil) throws -> ToolResult {
    let line = "TOOL='\(url.path)'; " + script
    return try Self.run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], input: [], in: folder)
  }

  private static var folder: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let tests = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.resolvingSymlinksInPath().deletingLastPathComponent()
  }

  // Files, not pipes: no process waits for another to empty one.
  private static func run(
    _ executable: URL, _ arguments: [String], input: [UInt8], in folder: URL?
  ) throws -> ToolResult {
    let scratch = try TemporaryFolder()
    try scratch.write(input, to: "in")
    for name in ["out", "err"] { try scratch.write([], to: name) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? scratch.url
    let streams = (
      try FileHandle(forReadingFrom: scratch.url.appendingPathComponent("in")),
      try FileHandle(forWritingTo: scratch.url.appendingPathComponent("out")),
      try FileHandle(forWritingTo: scratch.url.appendingPathComponent("err"))
    )
    process.standardInput = streams.0
    process.standardOutput = streams.1
    process.standardError = streams.2
    try process.run()
    process.waitUntilExit()
    for stream in [streams.0, streams.1, streams.2] { try stream.close() }
    #expect(process.terminationReason == .exit, "\(executable.lastPathComponent) was ended by a signal")
    return ToolResult(
      status: process.terminationStatus, output: try scratch.bytes(of: "out"),
      errors: String(decoding: try scratch.bytes(of: "err"), as: UTF8.self))
  }
}

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appendingPathComponent(name)))
  }

  func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
