/// How the text of one side is turned into symbols: all of a ``TextCodec`` but its codes and vocabulary.
public struct TextConfiguration: Hashable, Sendable {
  /// The language's code: "fr", "en-GB".
  public var language: String
  /// How raw text is normalised.
  public var normalizer: Normalizer
  /// What is done with capital letters.
  public var letterCase: LetterCase
  /// What stays whole and is copied.
  public var protected: Set<ProtectedClass>
  /// The units into which tokens are parted.
  public var kind: SubwordKind

  /// A configuration of the given parts.
  public init(
    language: String, normalizer: Normalizer = Normalizer(), letterCase: LetterCase = .keep,
    protected: Set<ProtectedClass> = .all, kind: SubwordKind = .bpe
  ) {
    self.language = language
    self.normalizer = normalizer
    self.letterCase = letterCase
    self.protected = protected
    self.kind = kind
  }

  /// A configuration that puts text in lower case, or does not.
  public init(
    language: String, normalizer: Normalizer = Normalizer(), lowercase: Bool, kind: SubwordKind = .bpe
  ) {
    self.init(
      language: language, normalizer: normalizer, letterCase: lowercase ? .lower : .keep, kind: kind)
  }

  /// Whether text is put in lower case.
  public var lowercase: Bool { letterCase == .lower }

  /// The tokeniser of this configuration, which leaves the marking of case to the codec.
  var tokenizer: Tokenizer {
    Tokenizer(language: language, letterCase: letterCase, protected: protected)
  }

  /// The markup of case, if it is a feature.
  var markup: CaseMarkup? {
    letterCase == .feature ? CaseMarkup(language: language, protected: protected) : nil
  }
}

extension TextConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case language, normalizer, lowercase, letterCase = "case", protected, kind
  }

  /// Reads a configuration. One that was written before anything was protected protects nothing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let lowercase = try container.decode(Bool.self, forKey: .lowercase)
    self.init(
      language: try container.decode(String.self, forKey: .language),
      normalizer: try container.decode(Normalizer.self, forKey: .normalizer),
      letterCase: try container.decodeIfPresent(LetterCase.self, forKey: .letterCase)
        ?? (lowercase ? .lower : .keep),
      protected: Set(try container.decodeIfPresent([ProtectedClass].self, forKey: .protected) ?? []),
      kind: try container.decode(SubwordKind.self, forKey: .kind))
  }

  /// Writes a configuration; what is as it always was is left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(language, forKey: .language)
    try container.encode(normalizer, forKey: .normalizer)
    try container.encode(lowercase, forKey: .lowercase)
    if letterCase == .feature { try container.encode(letterCase, forKey: .letterCase) }
    if !protected.isEmpty { try container.encode(protected.sorted(), forKey: .protected) }
    try container.encode(kind, forKey: .kind)
  }
}
