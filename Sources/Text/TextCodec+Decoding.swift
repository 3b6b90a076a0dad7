extension TextCodec {
  /// The text of numbers: stops at `</s>`, skips `<s>` and `<pad>`. Symbols of protected classes are shown
  /// as they are; ``decode(_:from:attention:)`` knows what they stand for.
  public func decode(_ ids: [TokenID]) -> DecodedSentence { decode(ids, from: nil, attention: []) }

  /// The text of numbers that a model wrote for a source sentence.
  ///
  /// - A symbol of a protected class becomes a token of that class in the source, each of them once: the
  ///   one that the model clearly attended to, else the next in order, always the next for tags. A symbol
  ///   for which the source has no more tokens is left out; a token for which the model wrote no symbol is
  ///   not put anywhere.
  /// - An unknown word becomes the source token that it attends to most (Luong et al. 2015b), if there is
  ///   attention. Unknown words in a row that look at the same one write it once.
  ///
  /// - Parameters:
  ///   - ids: what the model wrote.
  ///   - source: what it read, encoded by the codec of the source side.
  ///   - attention: what each of `ids` looked at; empty if the model has no attention.
  public func decode(
    _ ids: [TokenID], from source: EncodedSentence?, attention: [SourceWeights] = []
  ) -> DecodedSentence {
    let hasAttention = source != nil && attention.count == ids.count
    if let sentencePiece {
      return decode(ids, by: sentencePiece, from: source, hasAttention ? attention : [])
    }
    var builder = SentenceBuilder(source: source, markup: markup)
    for (place, id) in ids.enumerated() {
      if id == Vocabulary.endOfSentence { break }
      if id == Vocabulary.beginOfSentence || id == Vocabulary.padding { continue }
      builder.add(symbols[id], attention: hasAttention ? attention[place] : nil)
    }
    return builder.finish()
  }
}

/// Puts the pieces of a sentence together.
private struct SentenceBuilder {
  private let source: EncodedSentence?
  private var unused: [EncodedSentence.Copy]
  private var restorer: CaseMarkup.Restorer?

  private var tokens: [String] = []
  private var tokenIndex: [Int] = []
  /// The token that is being built, and whether its case is fixed.
  private var open: (text: String, isFixed: Bool)?
  private var goesOn = false
  /// The source token that the last token is a copy of, if it stands for an unknown word.
  private var copied: Int?
  /// Markers that wait for the next token.
  private var waiting = 0

  init(source: EncodedSentence?, markup: CaseMarkup?) {
    self.source = source
    unused = source?.copies ?? []
    restorer = markup.map(CaseMarkup.Restorer.init)
  }

  mutating func add(_ role: SymbolRoles.Role, attention: SourceWeights?) {
    switch role {
    case .piece(let text, let goesOn):
      continueToken(text)
      self.goesOn = goesOn
    case .unknown:
      if goesOn {
        continueToken(Vocabulary.specialSymbols[Int(Vocabulary.unknown)])
      } else if let source, let place = attention?.mostAttended(in: source) {
        copyUnknown(place)
      } else {
        continueToken(Vocabulary.specialSymbols[Int(Vocabulary.unknown)])
      }
      goesOn = false
    case .copy(let symbol):
      begin(copy(symbol, attention), isFixed: true)
      goesOn = false
    case .marker(let marker):
      mark(marker)
    }
  }

  mutating func finish() -> DecodedSentence {
    close()
    if waiting > 0 {
      // Markers after the last word say nothing, but every number has its token.
      if tokens.isEmpty { tokens.append("") }
      flushWaiting()
    }
    return DecodedSentence(text: Tokenizer.text(of: tokens), tokens: tokens, tokenIndex: tokenIndex)
  }

  // MARK: Tokens

  private mutating func continueToken(_ text: String) {
    if goesOn, open != nil {
      open!.text += text
      tokenIndex.append(tokens.count)
    } else {
      begin(text, isFixed: false)
    }
  }

  private mutating func begin(_ text: String, isFixed: Bool) {
    close()
    open = (text, isFixed)
    copied = nil
    for _ in 0..<waiting { tokenIndex.append(tokens.count) }
    waiting = 0
    tokenIndex.append(tokens.count)
  }

  private mutating func close() {
    guard let (text, isFixed) = open else { return }
    tokens.append(restorer?.restored(text, fixed: isFixed) ?? text)
    open = nil
  }

  private mutating func flushWaiting() {
    for _ in 0..<waiting { tokenIndex.append(tokens.count - 1) }
    waiting = 0
  }

  private mutating func mark(_ marker: CaseMarkup.Marker) {
    close()
    goesOn = false
    restorer?.take(marker)
    waiting += 1
    if marker == .end, !tokens.isEmpty { flushWaiting() }
  }

  // MARK: Copies

  private mutating func copyUnknown(_ place: Int) {
    if place == copied {
      if open == nil {
        // A marker has stood between. What it says is of a word that is there already.
        _ = restorer?.restored("", fixed: true)
        flushWaiting()
      }
      tokenIndex.append(open == nil ? tokens.count - 1 : tokens.count)
    } else {
      begin(source!.tokens[place], isFixed: true)
      copied = place
    }
  }

  /// The text of the next copy of a class, which is then used; empty if there is none.
  private mutating func copy(_ symbol: ProtectedSymbol, _ attention: SourceWeights?) -> String {
    guard let source else { return symbol.text }
    let places = unused.indices.filter { unused[$0].kind == symbol.kind }
    guard var chosen = places.first else { return "" }
    if places.count > 1, symbol.kind != .tag, let attention {
      let weights = places.map { attention.weight(of: unused[$0].token, in: source) }
      let ranked = weights.indices.sorted { weights[$0] > weights[$1] }
      // Attention that can't tell two of them apart is no reason to leave the order.
      if weights[ranked[0]] > 2 * weights[ranked[1]] { chosen = places[ranked[0]] }
    }
    return symbol.rejoined(source.tokens[unused.remove(at: chosen).token])
  }
}

extension TextCodec {
  /// Whether a number stands for text, not for a copy or for the case of the words beside it.
  public func isText(_ id: TokenID) -> Bool {
    if case .piece = symbols[id] { return true }
    return false
  }

  /// The placeholders, tags, entities and addresses of a source text that a translation holds less often,
  /// in the order of the source. Numbers are not among them: languages write them differently.
  public func protectedTokens(of source: String, missingIn translation: String) -> [String] {
    let classes = Set<ProtectedClass>.all.subtracting([.number])
    func found(_ raw: String) -> [String] {
      configuration.normalizer(raw).withUTF8Bytes { bytes in
        ProtectedScanner(bytes: bytes, classes: classes).spans().map { span in
          String(decoding: UnsafeBufferPointer(rebasing: bytes[span.range]), as: UTF8.self)
        }
      }
    }
    var missing = found(source)
    if missing.isEmpty { return [] }
    for token in found(translation) {
      if let place = missing.firstIndex(of: token) { missing.remove(at: place) }
    }
    return missing
  }
}
