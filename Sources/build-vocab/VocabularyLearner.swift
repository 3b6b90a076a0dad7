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
  let lowercase: Bool
  let languages: (source: String, target: String)

  /// How text of a language is read.
  func configuration(_ language: String) -> TextConfiguration {
    TextConfiguration(language: language, lowercase: lowercase, kind: kind)
  }

  /// The codes and vocabularies of two languages whose tokens have been counted.
  func learn(source: TokenCounter, target: TokenCounter) throws -> LearntVocabulary {
    let typeCounts = [source.counts.count, target.counts.count]
    var sides: [LearntVocabulary.Side]
    if isShared {
      var both = source
      both.merge(target)
      sides = [try side(both)]
    } else {
      sides = [try side(source), try side(target)]
    }
    return LearntVocabulary(
      sides: sides, typeCounts: typeCounts, sourceConfiguration: configuration(languages.source),
      targetConfiguration: configuration(languages.target))
  }

  private func side(_ counter: TokenCounter) throws -> LearntVocabulary.Side {
    guard kind == .bpe else {
      let counts = counter.symbolCounts(kind: kind, codes: nil)
      let vocabulary = try Vocabulary(counts: counts, limit: size, minimumCount: minimumFrequency ?? 1)
      return LearntVocabulary.Side(codes: nil, vocabulary: vocabulary)
    }
    let codes = BPECodes.learn(
      wordCounts: counter.counts, merges: size, minimumFrequency: minimumFrequency ?? 2)
    let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: kind, codes: codes))
    return LearntVocabulary.Side(codes: codes, vocabulary: vocabulary)
  }
}

/// What was learnt: one side where both languages share it, two otherwise.
struct LearntVocabulary {
  /// The codes and the vocabulary of a language, or of both.
  struct Side {
    let codes: BPECodes?
    let vocabulary: Vocabulary
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
      sourceCodes: source.codes?.text, targetCodes: target.codes?.text,
      sourceVocabulary: source.vocabulary.text, targetVocabulary: target.vocabulary.text,
      isShared: sides.count == 1)
  }

  /// Writes `output.codes` and `output.vocab`, or one of each for a language. Each appears whole or not at
  /// all.
  func write(to output: String) throws {
    var names = [""]
    if sides.count == 2 {
      let languages = [sourceConfiguration.language, targetConfiguration.language]
      names = languages[0] == languages[1] ? [".source", ".target"] : languages.map { ".\($0)" }
    }
    for (name, side) in zip(names, sides) {
      if let codes = side.codes { try AtomicFile.write(codes.text, to: "\(output)\(name).codes") }
      try AtomicFile.write(side.vocabulary.text, to: "\(output)\(name).vocab")
    }
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
