import Console
import Foundation

/// Where the model is when no flag names it.
enum ModelPath {
  /// The first of the usual places that has a file.
  ///
  /// - Throws: `ConsoleError` that names all places looked at.
  static func find() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["PASSERELLE_MODEL"], !path.isEmpty { return path }
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share"
    let places = ["models/default.model.sqlite", "\(data)/passerelle/default.model.sqlite"]
    if let found = places.first(where: { FileManager.default.fileExists(atPath: $0) }) { return found }
    throw ConsoleError.failure(
      .noInput,
      "no model: name one with -m, set PASSERELLE_MODEL, or train one with make pipeline. Looked for "
        + places.joined(separator: " and "))
  }
}
