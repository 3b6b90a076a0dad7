/// Into which units the tokens of a sentence are parted.
public enum SubwordKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// Pieces of byte pair encoding, see ``BPECodes``.
  case bpe
  /// Whole tokens.
  case word
  /// Scalars; those that do not end their token are written with `@@`.
  case char
  /// Pieces of a model of SentencePiece, which has a tokeniser of its own, see ``SentencePieceModel``.
  case sentencepiece
}
