extension TextCodec {
  /// The numbers of raw text under a SentencePiece model. Its tokens are the words between spaces.
  func encode(_ raw: String, by model: SentencePieceModel) -> EncodedSentence {
    var ids: [TokenID] = []
    var grouper = WordGrouper(model: model)
    for segment in model.segments(of: raw) {
      ids.append(segment.isUnknown ? Vocabulary.unknown : vocabulary.id(of: segment.text))
      grouper.add(segment.text)
    }
    let (tokens, tokenIndex, _) = grouper.finish()
    return EncodedSentence(ids: ids, tokens: tokens, tokenIndex: tokenIndex)
  }

  /// The text of numbers under a SentencePiece model; an unknown piece becomes the source word that it
  /// attends to most.
  func decode(
    _ ids: [TokenID], by model: SentencePieceModel, from source: EncodedSentence?,
    _ attention: [SourceWeights]
  ) -> DecodedSentence {
    var grouper = WordGrouper(model: model)
    var copied: Int?
    for (place, id) in ids.enumerated() {
      if id == Vocabulary.endOfSentence { break }
      if id == Vocabulary.beginOfSentence || id == Vocabulary.padding { continue }
      guard id == Vocabulary.unknown || !(0..<vocabulary.count).contains(Int(id)) else {
        grouper.add(vocabulary.symbol(for: id))
        copied = nil
        continue
      }
      let most = attention.isEmpty ? nil : source.flatMap { attention[place].mostAttended(in: $0) }
      if let most {
        grouper.addPlain(most == copied ? "" : Tokenizer.surface(of: source!.tokens[most]))
      } else {
        grouper.addPlain(Vocabulary.specialSymbols[Int(Vocabulary.unknown)])
      }
      copied = most
    }
    let (tokens, tokenIndex, text) = grouper.finish()
    return DecodedSentence(text: model.finished(text), tokens: tokens, tokenIndex: tokenIndex)
  }
}

/// Puts pieces of SentencePiece together to words, written as tokens.
private struct WordGrouper {
  private let model: SentencePieceModel
  private var joiner: SentencePieceModel.PieceJoiner
  private var words: [String] = []
  private var index: [Int] = []
  private var text = ""
  private var nextIsNew = true

  init(model: SentencePieceModel) {
    self.model = model
    joiner = SentencePieceModel.PieceJoiner(model: model)
  }

  mutating func add(_ piece: String) {
    let parts = model.parts(piece)
    if nextIsNew || (parts && !model.spaceIsSuffix) { begin() }
    nextIsNew = parts && model.spaceIsSuffix
    append(joiner.text(of: piece))
  }

  /// Adds text that is no piece.
  mutating func addPlain(_ plain: String) {
    if nextIsNew { begin() }
    nextIsNew = false
    append(joiner.finish() + plain)
  }

  mutating func finish() -> (tokens: [String], tokenIndex: [Int], text: String) {
    let rest = joiner.finish()
    if !rest.isEmpty {
      words[words.count - 1] += rest
      text += rest
    }
    return (words.map(Self.token), index, text)
  }

  private mutating func begin() {
    let rest = joiner.finish()
    if !rest.isEmpty, !words.isEmpty {
      words[words.count - 1] += rest
      text += rest
    }
    words.append("")
  }

  private mutating func append(_ part: String) {
    index.append(words.count - 1)
    words[words.count - 1] += part
    text += part
  }

  /// A word as a token: without the space around it, and with signs by their names.
  private static func token(_ word: String) -> String {
    let bytes = Array(word.utf8)
    let trimmed = bytes.drop { $0 == 0x20 }
    let end = trimmed.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? trimmed.startIndex
    var output: [UInt8] = []
    Array(trimmed[..<end]).withUnsafeBufferPointer { Joiner.appendEscaped($0, to: &output) }
    return String(decoding: output, as: UTF8.self)
  }
}
