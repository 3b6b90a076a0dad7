/// Turns the raw text of one side of a corpus into numbers of a vocabulary, and numbers into text.
///
/// When all pieces are in the vocabulary, `decode(encoded.ids, from: encoded).text` is the normalised text,
/// byte for byte (in lower case, if asked for). A piece that is not in the vocabulary is taken apart into
/// those that are; a character that is not becomes `<unk>`, which decodes to the token `<unk>`.
///
/// A protected token (``ProtectedClass``) is one number, that of its class's symbol, if the vocabulary has
/// it, and ``decode(_:from:attention:)`` puts the token back. Without the symbol it is parted like any word.
///
/// ```swift
/// let codec = TextCodec(
///   language: "fr", normalizer: Normalizer(), lowercase: false, kind: .bpe, codes: codes,
///   vocabulary: vocabulary)
/// let ids = codec.encode("L'homme est là !").ids
/// let text = codec.decode(ids).text
/// ```
public struct TextCodec: Sendable {
  /// All but the codes and the vocabulary.
  public let configuration: TextConfiguration
  /// The merges that part tokens into pieces, if the kind is ``SubwordKind/bpe``.
  public let codes: BPECodes?
  /// The model that parts text into pieces, if the kind is ``SubwordKind/sentencepiece``.
  public let sentencePiece: SentencePieceModel?
  /// The symbols and their numbers.
  public let vocabulary: Vocabulary
  /// The tokeniser, which says how text is parted before the pieces.
  public let tokenizer: Tokenizer

  let symbols: SymbolRoles
  let markup: CaseMarkup?
  private let cache = WordCache<TokenCode>()

  /// A codec of the given parts. With kind ``SubwordKind/bpe`` and no codes, tokens are parted into scalars.
  public init(
    language: String, normalizer: Normalizer, lowercase: Bool, kind: SubwordKind, codes: BPECodes?,
    vocabulary: Vocabulary
  ) {
    self.init(
      configuration: TextConfiguration(
        language: language, normalizer: normalizer, lowercase: lowercase, kind: kind),
      codes: codes, vocabulary: vocabulary)
  }

  /// A codec from its parts.
  public init(
    configuration: TextConfiguration, codes: BPECodes?, sentencePiece: SentencePieceModel? = nil,
    vocabulary: Vocabulary
  ) {
    precondition(
      (configuration.kind == .sentencepiece) == (sentencePiece != nil),
      "A codec of kind \(configuration.kind) \(sentencePiece == nil ? "lacks" : "got") a SentencePiece model."
    )
    self.configuration = configuration
    self.codes = configuration.kind == .bpe ? codes ?? .characters : nil
    self.sentencePiece = sentencePiece
    self.vocabulary = vocabulary
    tokenizer = configuration.tokenizer
    markup = configuration.markup
    symbols = SymbolRoles(vocabulary, configuration)
  }

  /// A codec from its stored parts: the text of ``BPECodes/text`` or of ``SentencePieceModel/text``.
  ///
  /// - Throws: ``TextError``.
  public init(configuration: TextConfiguration, storedCodes: String?, vocabulary: Vocabulary) throws {
    let isSentencePiece = configuration.kind == .sentencepiece
    if isSentencePiece, storedCodes == nil {
      throw TextError.sentencePieceModel(detail: "the vocabulary is of its kind but holds no model")
    }
    self.init(
      configuration: configuration,
      codes: isSentencePiece ? nil : try storedCodes.map(BPECodes.init(parsing:)),
      sentencePiece: isSentencePiece ? try storedCodes.map(SentencePieceModel.init(parsing:)) : nil,
      vocabulary: vocabulary)
  }

  /// The language's code.
  public var language: String { configuration.language }

  /// The numbers of raw text.
  public func encode(_ raw: String) -> EncodedSentence {
    if let sentencePiece { return encode(raw, by: sentencePiece) }
    return encode(tokens: tokens(of: raw))
  }

  /// The numbers of text that the tokeniser has parted already.
  public func encode(tokens: [String]) -> EncodedSentence {
    assemble(tokens) { cache.values(of: $0, compute: code) }
  }

  /// The numbers of raw text, some merges left out by chance (BPE-dropout, Provilkov, Emelianenko and Voita
  /// 2020), so that a model meets a word in many segmentations. For training data only.
  ///
  /// - Parameters:
  ///   - dropout: how likely a merge is left out, from 0 to 1. Kinds other than ``SubwordKind/bpe`` have no
  ///     merges, and are encoded as always.
  ///   - generator: where the chance comes from.
  public func encode(
    _ raw: String, dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(raw) }
    return encode(tokens: tokens(of: raw), copied: nil, dropout: dropout, using: &generator)
  }

  /// The pieces of a token that the vocabulary is looked up with.
  public func symbols(of token: String) -> [String] {
    switch configuration.kind {
    case .word, .sentencepiece: [token]
    case .bpe, .char: (codes ?? .characters).segment(token, within: vocabulary)
    }
  }

  /// The tokens of raw text before their case is marked.
  func tokens(of raw: String) -> [String] { tokenizer.words(of: configuration.normalizer(raw)) }
}

// MARK: - From tokens to numbers

/// The numbers of a token.
struct TokenCode: Sendable {
  var ids: [TokenID]
  /// The class of a token whose number is that of the class's symbol.
  var copied: ProtectedClass?
}

extension TextCodec {
  /// The numbers of a token: the symbol of a protected one, else its pieces.
  func code(of token: String) -> TokenCode {
    guard let kind = ProtectedClass(token: token, among: configuration.protected) else {
      return TokenCode(ids: pieceIDs(of: token))
    }
    let plain = plainCode(of: token)
    // A number that the vocabulary knows is a word like others.
    if kind == .number, plain.ids.count == 1, plain.ids[0] != Vocabulary.unknown { return plain }
    guard let id = symbols.id(of: ProtectedSymbol(kind: kind, token: token)) else { return plain }
    return TokenCode(ids: [id], copied: kind)
  }

  /// The pieces of a protected token for which there is no symbol, or none to be used. If some of them are
  /// unknown, it is unknown as a whole: then attention can still copy it.
  func plainCode(of token: String) -> TokenCode {
    let ids = pieceIDs(of: token)
    return TokenCode(ids: ids.contains(Vocabulary.unknown) ? [Vocabulary.unknown] : ids)
  }

  private func pieceIDs(of token: String) -> [TokenID] { symbols(of: token).map(vocabulary.id(of:)) }

  /// A sentence from its tokens, whose case is marked where that is wanted.
  ///
  /// - Parameters:
  ///   - copied: the indices of protected tokens that may be symbols; all unless given.
  ///   - code: the numbers of each of the given words.
  func assemble(
    _ tokens: [String], copied: Set<Int>? = nil, code: ([String]) -> [TokenCode]
  ) -> EncodedSentence {
    let marked = markup?.marked(tokens)
    var ids: [TokenID] = []
    var tokenIndex: [Int] = []
    var copies: [EncodedSentence.Copy] = []
    ids.reserveCapacity(tokens.count * 2)
    tokenIndex.reserveCapacity(tokens.count * 2)
    func append(_ id: TokenID, _ index: Int) {
      ids.append(id)
      tokenIndex.append(index)
    }
    for (index, known) in code(marked?.map(\.text) ?? tokens).enumerated() {
      var known = known
      if known.copied != nil, let copied, !copied.contains(index) { known = plainCode(of: tokens[index]) }
      if let before = marked?[index].before { append(vocabulary.id(of: before.rawValue), index) }
      if let kind = known.copied { copies.append(EncodedSentence.Copy(token: index, kind: kind)) }
      for id in known.ids { append(id, index) }
      if let after = marked?[index].after { append(vocabulary.id(of: after.rawValue), index) }
    }
    return EncodedSentence(ids: ids, tokens: tokens, tokenIndex: tokenIndex, copies: copies)
  }

  /// The numbers of a sentence of a pair, of whose protected tokens those at the given indices are copied.
  func encode(tokens: [String], copied: Set<Int>) -> EncodedSentence {
    assemble(tokens, copied: copied) { cache.values(of: $0, compute: code) }
  }

  /// The same with some merges left out by chance. A protected token is parted as always.
  ///
  /// - Parameter places: the indices of protected tokens that may be symbols; `nil`: all.
  func encode(
    tokens: [String], copied places: Set<Int>?, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    assemble(tokens, copied: places) { words in
      zip(words, cache.values(of: words, compute: code)).map { word, whole in
        guard let codes, whole.copied == nil, whole.ids != [Vocabulary.unknown] else { return whole }
        let pieces = codes.segment(word, within: vocabulary, dropout: dropout, using: &generator)
        return TokenCode(ids: pieces.map(vocabulary.id(of:)))
      }
    }
  }

  /// The codes of tokens, remembered.
  func codes(of tokens: [String]) -> [TokenCode] { cache.values(of: tokens, compute: code) }
}
