import Text

/// What was learnt: one side where both languages share it, two otherwise.
public struct LearntVocabulary: Sendable {
  /// The codes and the vocabulary of a language, or of both.
  public struct Side: Sendable {
    /// The merges, where there are any.
    public let codes: BPECodes?
    /// The symbols.
    public let vocabulary: Vocabulary
    /// The first symbols of a vocabulary of both languages: those that the target has. `nil`: all.
    public internal(set) var written: Vocabulary?
    var sentencePiece: SentencePieceModel?

    /// What the database keeps beside the vocabulary.
    var storedCodes: String? { sentencePiece?.text ?? codes?.text }
  }

  /// One of both languages, or the source's and the target's.
  public let sides: [Side]
  /// How many different tokens the source and the target have; none where pieces are those of a SentencePiece model.
  public let typeCounts: [Int]
  /// How text of each side is read.
  public let sourceConfiguration: TextConfiguration, targetConfiguration: TextConfiguration

  /// What a corpus and a model file keep.
  public func record(name: String) -> VocabularyRecord {
    let (source, target) = (sides[0], sides[sides.count - 1])
    return VocabularyRecord(
      name: name, sourceConfiguration: sourceConfiguration, targetConfiguration: targetConfiguration,
      sourceCodes: source.storedCodes, targetCodes: target.storedCodes,
      sourceVocabulary: source.vocabulary.text, targetVocabulary: (target.written ?? target.vocabulary).text,
      isShared: sides.count == 1)
  }
}

extension LearntVocabulary {
  /// The pieces of SentencePiece models, one for both languages or one for each, counted in the train split.
  ///
  /// - Precondition: there are one or two models.
  /// - Throws: ``StorageError``, with ``StorageError/notFound(path:item:)`` where there is no pair.
  public init(_ models: [SentencePieceModel], from corpus: CorpusDatabase) throws {
    precondition((1...2).contains(models.count), "\(models.count) models for two languages")
    guard try corpus.count(split: .train) > 0 else {
      throw StorageError.notFound(path: corpus.path, item: "train pairs")
    }
    var counts = models.map { model in
      Dictionary(model.symbols.map { (ExactKey($0), 0) }, uniquingKeysWith: { first, _ in first })
    }
    func count(_ text: String, _ side: Int) {
      for piece in models[side].pieces(of: text) { counts[side][ExactKey(piece)]? += 1 }
    }
    try corpus.forEachPair(split: .train) { pair in
      count(pair.source, 0)
      count(pair.target, models.count - 1)
    }
    let sides = try models.indices.map { side in
      let symbols = models[side].symbols
      let vocabulary = try Vocabulary(symbols: symbols, counts: symbols.map { counts[side][ExactKey($0)]! })
      return Side(codes: nil, vocabulary: vocabulary, sentencePiece: models[side])
    }
    // The model's own rules decide all; nothing is done to the text before them.
    let configurations = [corpus.sourceLanguage, corpus.targetLanguage].map {
      TextConfiguration(
        language: $0, normalizer: Normalizer(form: .none), protected: [], kind: .sentencepiece)
    }
    self.init(
      sides: sides, typeCounts: [], sourceConfiguration: configurations[0],
      targetConfiguration: configurations[1])
  }
}
