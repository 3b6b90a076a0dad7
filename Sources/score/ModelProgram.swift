import Console
import Foundation

/// The program `score-model`, which stands beside this one and does what `--model` asks for.
///
/// Most scores need no model, and are there before the libraries that a model needs would have been loaded.
enum ModelProgram {
  /// Becomes that program.
  ///
  /// - Throws: `ConsoleError` when it is not there.
  static func run(_ arguments: [String]) throws -> Never {
    let folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    let path = folder?.appendingPathComponent("score-model").path ?? "score-model"
    var pointers = ([path] + arguments).map { strdup($0) } + [nil]
    execv(path, &pointers)
    let reason = String(cString: strerror(errno))
    throw ConsoleError.failure(
      .configuration, "--model needs the program \(path): \(reason). Build or install it beside score")
  }
}
