import ArgumentParser
import Storage

/// The flags that say which pairs an import leaves out.
struct CleaningFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Leave out what breaks these rules, with commas between: \
      \(RejectionRule.switchable.map(\.rawValue).joined(separator: ", ")), all, none, default; \
      no-RULE takes one away, as in default,identical,no-duplicate. The default of train is all but identical \
      and placeholders; that of dev and test is empty,overlap.
      """, valueName: "rules"))
  var clean: String?

  @Flag(help: "Leave out only what is no pair, such as text that is not UTF-8; the same as --clean none.")
  var noClean = false

  @Option(help: "The most words of a side; switches the rule too-long on. 250 unless given.")
  var maxLength: Int?

  @Option(
    help: """
      How many times the words of one side the other may have; switches the rule length-ratio on. 9 unless \
      given.
      """)
  var maxRatio: Double?

  func validate() throws {
    if noClean && (clean != nil || maxLength != nil || maxRatio != nil) {
      throw ValidationError("--no-clean goes with none of --clean, --max-length and --max-ratio.")
    }
    if let maxLength, maxLength < 1 { throw ValidationError("--max-length is \(maxLength); give 1 or more.") }
    if let maxRatio, !(maxRatio >= 1 && maxRatio.isFinite) {
      throw ValidationError("--max-ratio is \(maxRatio); give 1 or more.")
    }
    _ = try cleaning(for: .train)
  }

  /// What is asked for, beginning with the default of a split.
  func cleaning(for split: Split) throws -> Cleaning {
    if noClean { return .none }
    var cleaning = Cleaning.standard(for: split)
    if let clean { cleaning.rules = try Self.rules(clean, standard: cleaning.rules) }
    if let maxLength {
      cleaning.maximumLength = maxLength
      cleaning.rules.insert(.tooLong)
    }
    if let maxRatio {
      cleaning.maximumRatio = maxRatio
      cleaning.rules.insert(.lengthRatio)
    }
    return cleaning
  }

  /// The rules of a list. One that begins by taking a rule away takes it from the default.
  private static func rules(_ list: String, standard: Set<RejectionRule>) throws -> Set<RejectionRule> {
    var rules: Set<RejectionRule> = list.hasPrefix("no-") ? standard : []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let term = part.trimmingCharacters(in: .whitespaces)
      switch term {
      case "default": rules.formUnion(standard)
      case "all": rules.formUnion(RejectionRule.switchable)
      case "none": rules.removeAll()
      default:
        let isRemoved = term.hasPrefix("no-")
        let name = String(term.dropFirst(isRemoved ? 3 : 0))
        guard let rule = RejectionRule(rawValue: name), rule.isSwitchable else {
          let known = RejectionRule.switchable.map(\.rawValue).joined(separator: ", ")
          throw ValidationError(
            "--clean: there is no rule \"\(name)\"; the rules are \(known); or all, none, default.")
        }
        if isRemoved { rules.remove(rule) } else { rules.insert(rule) }
      }
    }
    return rules
  }
}
