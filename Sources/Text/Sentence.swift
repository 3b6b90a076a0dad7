/// A sentence as a model reads it.
public struct EncodedSentence: Hashable, Sendable {
  /// A token that is copied: in its place stands the symbol of its class.
  public struct Copy: Hashable, Sendable {
    /// The index of the token.
    public let token: Int
    /// What it is.
    public let kind: ProtectedClass

    /// A token of the given class.
    public init(token: Int, kind: ProtectedClass) {
      self.token = token
      self.kind = kind
    }
  }

  /// The numbers of the sentence's pieces, without `</s>`.
  public let ids: [TokenID]
  /// The tokens, with joiners.
  public let tokens: [String]
  /// For each number, the index in ``tokens`` of the token that the piece is part of.
  public let tokenIndex: [Int]
  /// The tokens that are copied, in their order.
  public let copies: [Copy]

  /// A sentence of the given parts.
  public init(ids: [TokenID], tokens: [String], tokenIndex: [Int], copies: [Copy] = []) {
    self.ids = ids
    self.tokens = tokens
    self.tokenIndex = tokenIndex
    self.copies = copies
  }

  /// Sentences one behind the other.
  public init(joining sentences: [EncodedSentence]) {
    var (ids, tokens, tokenIndex, copies) = ([TokenID](), [String](), [Int](), [Copy]())
    for sentence in sentences {
      tokenIndex += sentence.tokenIndex.map { $0 + tokens.count }
      copies += sentence.copies.map { Copy(token: $0.token + tokens.count, kind: $0.kind) }
      ids += sentence.ids
      tokens += sentence.tokens
    }
    self.init(ids: ids, tokens: tokens, tokenIndex: tokenIndex, copies: copies)
  }

  /// A token without joiners, to show it or to compare it.
  public static func surface(of token: String) -> String { Tokenizer.surface(of: token) }
}

/// A sentence as a model wrote it.
public struct DecodedSentence: Hashable, Sendable {
  /// The sentence's text.
  public let text: String
  /// The tokens, with joiners.
  public let tokens: [String]
  /// For each number that is no special symbol, up to `</s>`, the index in ``tokens`` of the token that the
  /// piece is part of. `<unk>` counts as a piece.
  public let tokenIndex: [Int]

  /// A sentence of the given parts.
  public init(text: String, tokens: [String], tokenIndex: [Int]) {
    self.text = text
    self.tokens = tokens
    self.tokenIndex = tokenIndex
  }

  /// A token without joiners, to show it or to compare it.
  public static func surface(of token: String) -> String { Tokenizer.surface(of: token) }
}
