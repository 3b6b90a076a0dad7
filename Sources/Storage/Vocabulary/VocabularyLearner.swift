import Text

/// Makes a vocabulary of a corpus.
///
/// ```swift
/// let learnt = try VocabularyLearner().learn(from: corpus)
/// try corpus.prepare(learnt.record(name: "en-fr"))
/// ```
public struct VocabularyLearner: Sendable {
  /// What symbols are; not ``SubwordKind/sentencepiece``, whose models come from elsewhere.
  public var kind = SubwordKind.bpe
  /// Merges of byte-pair encoding (Sennrich et al. 2016), else symbols, at most.
  public var size = 8_000
  /// What was seen less often is no merge, 2 unless given, or no symbol, 1 unless given.
  public var minimumFrequency: Int?
  /// Whether both languages have one vocabulary.
  public var isShared = true
  /// How text is normalised.
  public var normalizer = Normalizer()
  /// What is done with capital letters.
  public var letterCase = LetterCase.keep
  /// What stays whole and is copied.
  public var protected = Set<ProtectedClass>.all
  /// Pieces of BPE that were seen less often are taken apart; `nil`: none.
  public var threshold: Int?

  /// 8,000 merges of both languages together.
  public init() {}

  /// Learns from the train split.
  ///
  /// - Parameter progress: is called after each pair.
  /// - Throws: ``StorageError``, with ``StorageError/notFound(path:item:)`` where there is no pair.
  public func learn(from corpus: CorpusDatabase, progress: () -> Void = {}) throws -> LearntVocabulary {
    guard try corpus.count(split: .train) > 0 else {
      throw StorageError.notFound(path: corpus.path, item: "train pairs")
    }
    let configurations = [corpus.sourceLanguage, corpus.targetLanguage].map {
      TextConfiguration(
        language: $0, normalizer: normalizer, letterCase: letterCase, protected: protected, kind: kind)
    }
    var source = TokenCounter(configuration: configurations[0])
    var target = TokenCounter(configuration: configurations[1])
    try corpus.forEachPair(split: .train) { pair in
      TokenCounter.add(source: pair.source, target: pair.target, to: &source, and: &target)
      progress()
    }
    let typeCounts = [source.counts.count, target.counts.count]
    var sides: [LearntVocabulary.Side]
    if isShared {
      var both = source
      both.merge(target)
      sides = [try side(both, writing: target)]
    } else {
      sides = [try side(source), try side(target)]
    }
    return LearntVocabulary(
      sides: sides, typeCounts: typeCounts, sourceConfiguration: configurations[0],
      targetConfiguration: configurations[1])
  }

  /// - Parameter target: what the target side has, where the counter is of both sides: its symbols come first, and are the
  ///   vocabulary of that side.
  private func side(_ counter: TokenCounter, writing target: TokenCounter? = nil) throws
    -> LearntVocabulary.Side
  {
    func side(
      _ codes: BPECodes?, limit: Int? = nil, minimumCount: Int = 0,
      _ counts: (TokenCounter) -> [ExactKey: Int]
    ) throws -> LearntVocabulary.Side {
      let written = Set(target.map(counts)?.keys ?? [:].keys)
      let whole = try Vocabulary(
        counts: counts(counter), limit: limit, minimumCount: minimumCount, first: written)
      let first = Vocabulary.specialSymbols.count
      let end = (first..<whole.count).first { !written.contains(ExactKey(whole.symbol(for: TokenID($0)))) }
      return LearntVocabulary.Side(
        codes: codes, vocabulary: whole, written: target == nil ? nil : try end.map(whole.prefix))
    }
    guard kind == .bpe else {
      return try side(nil, limit: size, minimumCount: minimumFrequency ?? 1) {
        $0.symbolCounts(kind: kind, codes: nil)
      }
    }
    let codes = BPECodes.learn(
      wordCounts: counter.counts, merges: size, minimumFrequency: minimumFrequency ?? 2)
    guard let threshold else {
      return try side(codes) { $0.symbolCounts(kind: kind, codes: codes) }
    }
    // Characters stay, however rare: they are what rare pieces are taken apart to.
    let counts = counter.symbolCounts(kind: kind, codes: codes)
    let frequent = try Vocabulary(counts: counts.filter { $1 >= threshold })
    return try side(codes) { $0.symbolCounts(kind: kind, codes: codes, within: frequent) }
  }
}
