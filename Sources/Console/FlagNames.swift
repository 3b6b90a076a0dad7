/// Lets `-` and `_` stand for each other in the names of flags, as `--source_lang` for `--source-lang`.
public enum FlagNames {
  /// Replaces `_` by `-` in the names of long flags. Values keep theirs, and so does all that follows `--`.
  public static func hyphenated(_ arguments: some Sequence<String>) -> [String] {
    var sawTerminator = false
    return arguments.map { argument in
      guard !sawTerminator, argument.hasPrefix("--") else { return argument }
      guard argument != "--" else {
        sawTerminator = true
        return argument
      }
      let name = argument.prefix { $0 != "=" }
      return String(name.map { $0 == "_" ? "-" : $0 }) + argument.dropFirst(name.count)
    }
  }

  /// The arguments of this process, without its name, with flags spelt with `-`.
  public static var processArguments: [String] { hyphenated(CommandLine.arguments.dropFirst()) }
}
