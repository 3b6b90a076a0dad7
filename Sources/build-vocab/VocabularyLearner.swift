import Console
import Foundation
import Storage
import Text

/// How a vocabulary is to be made.
struct VocabularyLearner {
  let kind: SubwordKind
  let size: Int
  let minimumFrequency: Int?
  let isShared: Bool
  let normalizer: Normalizer
  let letterCase: LetterCase
  let protected: Set<ProtectedClass>
  /// Pieces of BPE that were seen less often are taken apart.
  let threshold: Int?
  let languages: (source: String, target: String)

  /// How text of a language is read.
  func configuration(_ language: String) -> TextConfiguration {
    TextConfiguration(
      language: language, normalizer: normalizer, letterCase: letterCase, protected: protected, kind: kind)
  }

  /// The codes and vocabularies of two languages whose tokens have been counted.
  func learn(source: TokenCounter, target: TokenCounter) throws -> LearntVocabulary {
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
      sides: sides, typeCounts: typeCounts, sourceConfiguration: configuration(languages.source),
      targetConfiguration: configuration(languages.target))
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

/// How a vocabulary's file separates symbol and count.
enum VocabularyFormat: String, CaseIterable {
  case tab
  case space
}

/// What was learnt: one side where both languages share it, two otherwise.
struct LearntVocabulary {
  /// The codes and the vocabulary of a language, or of both.
  struct Side {
    let codes: BPECodes?
    let vocabulary: Vocabulary
    /// The first symbols of a vocabulary of both languages: those that the target has. `nil`: all.
    var written: Vocabulary?
    var sentencePiece: SentencePieceModel?

    /// What the database keeps beside the vocabulary.
    var storedCodes: String? { sentencePiece?.text ?? codes?.text }
  }

  let sides: [Side]
  /// How many different tokens the source and the target have.
  let typeCounts: [Int]
  let sourceConfiguration: TextConfiguration
  let targetConfiguration: TextConfiguration

  /// What the database keeps.
  func record(name: String) -> VocabularyRecord {
    let (source, target) = (sides[0], sides[sides.count - 1])
    return VocabularyRecord(
      name: name, sourceConfiguration: sourceConfiguration, targetConfiguration: targetConfiguration,
      sourceCodes: source.storedCodes, targetCodes: target.storedCodes,
      sourceVocabulary: source.vocabulary.text, targetVocabulary: (target.written ?? target.vocabulary).text,
      isShared: sides.count == 1)
  }

  /// Writes `output.codes` and `output.vocab`, or one of each for a language. Each appears whole or not at
  /// all.
  func write(to output: String, format: VocabularyFormat) throws {
    var names = [""]
    if sides.count == 2 {
      let languages = [sourceConfiguration.language, targetConfiguration.language]
      names = languages[0] == languages[1] ? [".source", ".target"] : languages.map { ".\($0)" }
    }
    for (name, side) in zip(names, sides) {
      if let codes = side.codes { try AtomicFile.write(codes.text, to: "\(output)\(name).codes") }
      let text = format == .tab ? side.vocabulary.text : side.vocabulary.subwordNMTText
      try AtomicFile.write(text, to: "\(output)\(name).vocab")
    }
  }
}

extension LearntVocabulary {
  /// The pieces of SentencePiece models, one for both languages or one for each, counted in pairs.
  init(
    models: [SentencePieceModel], languages: (source: String, target: String),
    forEachPair: ((SentencePair) throws -> Void) throws -> Void
  ) throws {
    var counts = models.map { model in
      Dictionary(model.symbols.map { (ExactKey($0), 0) }, uniquingKeysWith: { first, _ in first })
    }
    func count(_ text: String, _ side: Int) {
      for piece in models[side].pieces(of: text) { counts[side][ExactKey(piece)]? += 1 }
    }
    try forEachPair { pair in
      count(pair.source, 0)
      count(pair.target, models.count - 1)
    }
    let sides = try models.indices.map { side in
      let symbols = models[side].symbols
      let vocabulary = try Vocabulary(symbols: symbols, counts: symbols.map { counts[side][ExactKey($0)]! })
      return Side(codes: nil, vocabulary: vocabulary, sentencePiece: models[side])
    }
    // The model's own rules decide all; nothing is done to the text before them.
    let configurations = [languages.source, languages.target].map {
      TextConfiguration(
        language: $0, normalizer: Normalizer(form: .none), protected: [], kind: .sentencepiece)
    }
    self.init(
      sides: sides, typeCounts: [], sourceConfiguration: configurations[0],
      targetConfiguration: configurations[1])
  }
}

/// How a split looks under a vocabulary.
struct PieceUsage {
  private var sentences = 0
  private var words = 0
  private var pieces = 0
  private var unknown = 0

  /// Counts a sentence of one side.
  mutating func add(_ sentence: EncodedSentence) {
    sentences += 1
    words += sentence.tokens.count
    pieces += sentence.ids.count
    unknown += sentence.ids.reduce(0) { $0 + ($1 == Vocabulary.unknown ? 1 : 0) }
  }

  /// `1200 pairs, 1.31 pieces a token, 0.02% unknown`.
  var line: String {
    let perWord = Double(pieces) / Double(max(words, 1))
    let share = 100 * Double(unknown) / Double(max(pieces, 1))
    return "\(sentences / 2) pairs, " + String(format: "%.2f pieces a token, %.2f%% unknown", perWord, share)
  }
}
