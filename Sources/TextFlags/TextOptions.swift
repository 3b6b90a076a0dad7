import ArgumentParser
import Text

/// The flags that `tokenize` and `build-vocab` share: how text is read and parted.
public struct TextOptions: ParsableArguments {
  /// The normal form of Unicode.
  @Option(help: "The normal form of Unicode: nfc, nfkc or none.")
  public var normalizeForm: Normalizer.Form = .nfc

  /// What else the normaliser folds.
  @Option(help: "Also fold, separated by commas: quotes, dashes, french-spaces.")
  public var rules: String?

  /// What is done with capital letters, if it was said.
  @Option(help: "Capital letters: keep, lower, or feature, which writes symbols beside the words.")
  public var `case`: LetterCase?

  /// Whether capital letters are lost.
  @Flag(help: "The same as --case lower.")
  public var lowercase = false

  /// What stays whole.
  @Option(
    help: """
      What stays whole and is copied, separated by commas: urls, emails, placeholders, tags, entities, numbers; or all, or none.
      """)
  public var protect = "all"

  /// No flags.
  public init() {}

  /// Refuses names that are none.
  public func validate() throws {
    _ = try normalizer
    _ = try protected
    if lowercase, let given = `case`, given != .lower {
      throw ValidationError("--lowercase and --case \(given.rawValue) can't both be; leave one of them out.")
    }
  }

  /// What is done with capital letters.
  public var letterCase: LetterCase { lowercase ? .lower : `case` ?? .keep }

  /// How raw text is normalised.
  public var normalizer: Normalizer {
    get throws { Normalizer(form: normalizeForm, rules: try names(rules ?? "", of: "--rules")) }
  }

  /// What stays whole.
  public var protected: Set<ProtectedClass> {
    get throws {
      switch protect {
      case "all": .all
      case "none": []
      default: try names(protect, of: "--protect")
      }
    }
  }

  /// Whether nothing was asked for.
  public var isDefault: Bool {
    normalizeForm == .nfc && rules == nil && letterCase == .keep && protect == "all"
  }

  private func names<Name: RawRepresentable<String> & CaseIterable & Hashable>(
    _ list: String, of flag: String
  ) throws -> Set<Name> {
    let names = list.split(separator: ",").map(String.init)
    return Set(
      try names.map { text in
        guard let name = Name(rawValue: text) else {
          let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("\(flag) has \"\(text)\"; give some of \(known), separated by commas.")
        }
        return name
      })
  }
}

extension Normalizer.Form: ExpressibleByArgument {}
extension LetterCase: ExpressibleByArgument {}
