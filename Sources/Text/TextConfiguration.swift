/// How the text of one side is turned into symbols: all of a ``TextCodec`` but its codes and vocabulary.
public struct TextConfiguration: Codable, Hashable, Sendable {
  /// The language's code: "fr", "en-GB".
  public var language: String
  /// How raw text is normalised.
  public var normalizer: Normalizer
  /// Whether text is put in lower case.
  public var lowercase: Bool
  /// The units into which tokens are parted.
  public var kind: SubwordKind

  /// A configuration of the given parts.
  public init(
    language: String, normalizer: Normalizer = Normalizer(), lowercase: Bool = false,
    kind: SubwordKind = .bpe
  ) {
    self.language = language
    self.normalizer = normalizer
    self.lowercase = lowercase
    self.kind = kind
  }
}
