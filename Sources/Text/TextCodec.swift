/// Turns the raw text of one side of a corpus into numbers of a vocabulary, and numbers into text.
///
/// When all pieces are in the vocabulary, `decode(encode(raw).ids).text` is the normalised text, byte for
/// byte (in lower case, if asked for). A piece that is not in the vocabulary is taken apart into those that
/// are; a character that is not becomes `<unk>`, which decodes to the token `<unk>`.
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
  /// The symbols and their numbers.
  public let vocabulary: Vocabulary
  /// The tokeniser, which says how text is parted before the pieces.
  public let tokenizer: Tokenizer

  /// The text of each number, and whether its token goes on after it.
  private struct Piece {
    let text: String
    let goesOn: Bool
  }

  private let pieces: [Piece]
  private let cache = WordCache<[TokenID]>()

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

  /// A codec from its stored parts.
  public init(configuration: TextConfiguration, codes: BPECodes?, vocabulary: Vocabulary) {
    self.configuration = configuration
    self.codes = configuration.kind == .bpe ? codes ?? .characters : nil
    self.vocabulary = vocabulary
    self.tokenizer = Tokenizer(language: configuration.language, lowercase: configuration.lowercase)
    let separator = Array(BPECodes.separator.utf8)
    self.pieces = (0..<vocabulary.count).map { id in
      let symbol = vocabulary.symbol(for: TokenID(id))
      let bytes = Array(symbol.utf8)
      guard configuration.kind != .word, bytes.suffix(separator.count) == separator[...] else {
        return Piece(text: symbol, goesOn: false)
      }
      return Piece(text: String(decoding: bytes.dropLast(separator.count), as: UTF8.self), goesOn: true)
    }
  }

  /// The language's code.
  public var language: String { configuration.language }

  /// The numbers of raw text.
  public func encode(_ raw: String) -> EncodedSentence {
    encode(tokens: tokenizer.tokenize(configuration.normalizer(raw)))
  }

  /// The numbers of text that the tokeniser has parted already.
  public func encode(tokens: [String]) -> EncodedSentence {
    var ids: [TokenID] = []
    var tokenIndex: [Int] = []
    ids.reserveCapacity(tokens.count * 2)
    tokenIndex.reserveCapacity(tokens.count * 2)
    for (index, tokenIDs) in cache.values(of: tokens, compute: numbers).enumerated() {
      for id in tokenIDs {
        ids.append(id)
        tokenIndex.append(index)
      }
    }
    return EncodedSentence(ids: ids, tokens: tokens, tokenIndex: tokenIndex)
  }

  /// The text of numbers: stops at `</s>`, skips `<s>` and `<pad>`.
  public func decode(_ ids: [TokenID]) -> DecodedSentence {
    var tokens: [String] = []
    var tokenIndex: [Int] = []
    tokenIndex.reserveCapacity(ids.count)
    var goesOn = false
    for id in ids {
      if id == Vocabulary.endOfSentence { break }
      if id == Vocabulary.beginOfSentence || id == Vocabulary.padding { continue }
      let piece = pieces[pieces.indices.contains(Int(id)) ? Int(id) : Int(Vocabulary.unknown)]
      if goesOn { tokens[tokens.count - 1] += piece.text } else { tokens.append(piece.text) }
      tokenIndex.append(tokens.count - 1)
      goesOn = piece.goesOn
    }
    return DecodedSentence(
      text: tokenizer.detokenize(tokens), tokens: tokens, tokenIndex: tokenIndex)
  }

  /// The pieces of a token that the vocabulary is looked up with.
  public func symbols(of token: String) -> [String] {
    switch configuration.kind {
    case .word: [token]
    case .bpe, .char: (codes ?? .characters).segment(token, within: vocabulary)
    }
  }

  private func numbers(of token: String) -> [TokenID] {
    symbols(of: token).map(vocabulary.id(of:))
  }
}
