import Foundation
import Seq2Seq

/// How likely a model holds the lines of a file to be.
struct ModelScore: Encodable {
  /// One line; without numbers where its source is blank.
  struct Line: Encodable {
    /// A subword, or `</s>`.
    struct Token: Encodable {
      let token: String
      let logProbability: Double
      /// Whether the vocabulary lacks it.
      let unknown: Bool
    }

    /// From 1.
    let line: Int
    let logProbability: Double?
    /// The log-probability divided by the words and the end of the sentence.
    let perWord: Double?
    /// `nil` also where it is beyond all numbers.
    let perplexity: Double?
    let words: Int
    let tokens: [Token]

    init(_ score: ForcedScore?, number: Int) {
      line = number
      logProbability = score?.logProbability
      perWord = score.map { $0.logProbability / Double($0.eventCount) }
      perplexity = perWord.map { exp(-$0) }.flatMap { $0.isFinite ? $0 : nil }
      words = score?.wordCount ?? 0
      tokens = (score?.pieces ?? []).map {
        Token(token: $0.text, logProbability: Double($0.logProbability), unknown: $0.isUnknown)
      }
    }
  }

  let logProbability: Double
  /// The log-probability divided by the words and the ends of sentences.
  let perWord: Double
  /// `nil` where it is beyond all numbers.
  let perplexity: Double?
  let perToken: Double
  let words: Int
  let sentences: Int
  let unknownTokens: Int
  let lines: [Line]

  init(_ lines: [Line]) {
    let known = lines.filter { $0.logProbability != nil }
    logProbability = known.reduce(0) { $0 + ($1.logProbability ?? 0) }
    words = known.reduce(0) { $0 + $1.words }
    sentences = known.count
    perWord = known.isEmpty ? 0 : logProbability / Double(words + sentences)
    perplexity = exp(-perWord).isFinite ? exp(-perWord) : nil
    let tokens = known.reduce(0) { $0 + $1.tokens.count }
    perToken = tokens == 0 ? 0 : logProbability / Double(tokens)
    unknownTokens = known.reduce(0) { $0 + $1.tokens.count(where: \.unknown) }
    self.lines = lines
  }
}
