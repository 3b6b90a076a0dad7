import ArgumentParser

/// What is read, by sacreBLEU's names.
struct InputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help: "One or more files of translations, a system each, instead of the standard input.")
  var input: [String] = []

  @Option(
    name: [.long, .customLong("nr", withSingleDash: true)],
    help: "The only reference file has this many references a line, with tabs between.")
  var numRefs = 1

  @Option(name: .shortAndLong, help: "The encoding of all files: utf-8, and no other.")
  var encoding = "utf-8"

  @Option(name: [.long, .customShort("t")], help: .hidden)
  var testSet: String?

  func validate() throws {
    guard ["utf-8", "utf8"].contains(encoding.lowercased()) else {
      throw ValidationError(
        "--encoding \(encoding): text is read as UTF-8 alone. Convert it first: iconv -f \(encoding) -t utf-8"
      )
    }
    if testSet != nil {
      throw ValidationError(
        "--test-set: score has no test sets of its own. Name files of references instead.")
    }
    guard numRefs >= 1 else { throw ValidationError("--num-refs is at least 1, not \(numRefs).") }
  }
}
