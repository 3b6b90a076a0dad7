extension Normalizer {
  /// A change of spelling that can be asked for beside the normal form. None is made unless asked for.
  public enum Rule: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
    /// `‘ ’ ‚ ‛` become `'`, and `“ ” „ ‟` become `"`. Guillemets stay: where they stand they are the
    /// language's own.
    case quotes
    /// Hyphens, dashes and the minus sign (U+2010 to U+2015, U+2212) become `-`.
    case dashes
    /// The no-break spaces of French typography, U+00A0 and U+202F, become plain spaces.
    case frenchSpaces = "french-spaces"

    /// The order of the names, in which rules are stored.
    public static func < (left: Rule, right: Rule) -> Bool { left.rawValue < right.rawValue }
  }

  /// What becomes of each scalar, whatever the normal form.
  struct ScalarRules {
    private let quotes: Bool
    private let dashes: Bool
    private let frenchSpaces: Bool

    init(_ rules: Set<Rule>) {
      quotes = rules.contains(.quotes)
      dashes = rules.contains(.dashes)
      frenchSpaces = rules.contains(.frenchSpaces)
    }

    /// A scalar that is to be removed.
    static let removed: UInt32 = 0

    /// The scalar that stands for another: itself, a space for white space, ``removed`` for controls.
    @inline(__always)
    func replacement(of value: UInt32) -> UInt32 {
      switch value {
      case 0x09...0x0D, 0x20, 0x85, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x205F, 0x3000: 0x20
      case 0x00...0x1F, 0x7F...0x9F, 0xFEFF: Self.removed
      case 0xA0, 0x202F: frenchSpaces ? 0x20 : value
      case 0x2018...0x201B, 0xFF07: quotes ? 0x27 : value
      case 0x201C...0x201F, 0xFF02: quotes ? 0x22 : value
      case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: dashes ? 0x2D : value
      default: value
      }
    }
  }
}

extension Normalizer: Codable {
  private enum CodingKeys: String, CodingKey { case form, rules }

  /// Reads a normaliser; files that were written before there were rules have none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      form: try container.decode(Form.self, forKey: .form),
      rules: Set(try container.decodeIfPresent([Rule].self, forKey: .rules) ?? []))
  }

  /// Writes the rules in the order of their names, and only if there are any.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(form, forKey: .form)
    if !rules.isEmpty { try container.encode(rules.sorted(), forKey: .rules) }
  }
}
