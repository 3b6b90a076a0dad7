/// An entry of a PO file, with the lines that it is written on.
struct POEntry {
  /// A keyword with its text.
  struct Field {
    /// The text, with escapes resolved.
    var text: String
    /// The lines it is written on, as indices into ``POEntry/lines``.
    var lines: Range<Int>
    /// Whether another keyword stands on one of these lines.
    var sharesLine = false
  }

  /// All lines since the entry before, blank ones and comments among them, with their ends.
  var lines: [[UInt8]] = []
  /// The number of the first of them.
  var firstLine: Int
  /// `msgctxt`.
  var context: Field?
  /// `msgid`.
  var id: Field?
  /// `msgid_plural`.
  var pluralID: Field?
  /// `msgstr`, or `msgstr[0]`, `msgstr[1]` and so on.
  var translations: [Field] = []
  /// Words of the lines that begin with `#,`.
  var flags: Set<String> = []
  /// The first line that begins with `#,`.
  var flagLine: Int?
  /// The first line with the previous text (`#|`) or a keyword.
  var bodyStart: Int?
  /// Whether its lines begin with `#~`.
  var isObsolete = false

  /// The number of the line with the first keyword.
  var line: Int { firstLine + (context ?? id).map(\.lines.lowerBound)! }

  /// Whether it is what the file says about itself.
  var isHeader: Bool { id?.text.isEmpty == true && context == nil && !isObsolete }

  /// Whether a person has yet to look at it.
  var isFuzzy: Bool { flags.contains("fuzzy") }

  /// Whether it has no translation at all.
  var isUntranslated: Bool { translations.allSatisfy(\.text.isEmpty) }
}

/// What the header of a PO file says.
struct POHeader {
  /// `charset` of `Content-Type`.
  let charset: String?
  /// `Language`.
  let language: String?
  /// `nplurals` of `Plural-Forms`, and its `plural` if that makes sense.
  let pluralForms: PluralForms?

  init(_ text: String) {
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " || $0 == "\t" })
    }
    charset = Self.value(of: "charset", in: fields["content-type"]).flatMap { value in
      let name = String(value.prefix { !$0.isWhitespace })
      return name == "CHARSET" ? nil : name
    }
    let language = fields["language"]?.filter { !$0.isWhitespace }
    self.language = language?.isEmpty == true ? nil : language
    // No language has more than six; a larger number is a slip, and not to be written out.
    let count = Self.value(of: "nplurals", in: fields["plural-forms"]).flatMap { Int($0) }
      .flatMap { (1...10).contains($0) ? $0 : nil }
    let formula = Self.value(of: "plural", in: fields["plural-forms"])
    pluralForms = count.map { count in
      formula.flatMap { PluralForms(count: count, formula: $0) } ?? PluralForms(count: count)
    }
  }

  /// The value of `name=value` among others that `;` parts.
  private static func value(of name: String, in field: String?) -> String? {
    for part in field?.split(separator: ";") ?? [] {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { continue }
      guard trimmed(sides[0]).lowercased() == name else { continue }
      let value = trimmed(sides[1])
      return value.isEmpty ? nil : value
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
