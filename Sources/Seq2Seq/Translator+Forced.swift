import Tensors
import Text

/// What models say of translations that are given.
extension Translator {
  /// The given translation of each sentence, with its probability and alignment; with a log-probability of 0 and no
  /// alignment where the source is blank, for then nothing is known of it.
  public func align(_ pairs: [(source: String, target: String)]) -> [Translation] {
    let (encoded, found) = forceDecode(pairs, wantsAttention: true)
    return pairs.indices.map { index in
      let (from, to) = encoded[index]
      guard let forced = found[index] else {
        return Translation(
          source: pairs[index].source, text: pairs[index].target, logProbability: 0, score: 0, attention: nil)
      }
      let logProbability = forced.logProbabilities.reduce(0, +)
      return Translation(
        source: pairs[index].source, text: pairs[index].target, logProbability: logProbability,
        score: logProbability / Float(forced.logProbabilities.count),
        attention: forced.attention.isEmpty
          ? nil
          : WordAttention(
            source: from, tokens: to.tokens, tokenIndex: to.tokenIndex,
            rows: Self.rows(forced.attention, of: to.ids.count)))
    }
  }

  /// The probability of each piece of the given translations; nil where the source is blank.
  public func scores(_ pairs: [(source: String, target: String)]) -> [ForcedScore?] {
    let (encoded, found) = forceDecode(pairs, wantsAttention: false)
    return pairs.indices.map { index in
      let to = encoded[index].1
      return found[index].map { forced in
        let names =
          to.ids.map { target.vocabulary.symbol(for: $0) } + [
            Vocabulary.specialSymbols[Int(Vocabulary.endOfSentence)]
          ]
        let pieces = zip(names, forced.logProbabilities).enumerated().map { place, piece in
          ForcedScore.Piece(
            text: piece.0, logProbability: piece.1,
            isUnknown: place < to.ids.count && to.ids[place] == Vocabulary.unknown)
        }
        return ForcedScore(pieces: pieces, wordCount: to.tokens.count)
      }
    }
  }

  /// Sentence pairs as the model reads them, and what it says of the targets; nil where the source is blank.
  private func forceDecode(
    _ pairs: [(source: String, target: String)], wantsAttention: Bool
  ) -> ([(EncodedSentence, EncodedSentence)], Results<ForcedDecoding>) {
    let encoder = PairEncoder(source: source, target: target)
    let encoded = pairs.map { encoder.encode(source: $0.source, target: $0.target) }
    let batches = plan(encoded.map { max($0.0.ids.count, $0.1.ids.count) }, beamSize: 5)
    let found = Results<ForcedDecoding>(count: pairs.count)
    parallel(batches.count) { [models, direction, profile] in
      let tape = Tape(rowIndependent: true)
      return { batch in
        if profile != nil { tape.profile = Profile() }
        defer { tape.profile.map { profile?.add($0) } }
        let kept = batches[batch].filter { !encoded[$0].0.ids.isEmpty }
        let pairs = kept.map { (source: encoded[$0].0.ids, target: encoded[$0].1.ids) }
        let results = ForcedDecoding.mean(
          of: models.map {
            $0.forceDecode(pairs, mode: TranslationMode(direction), wantsAttention: wantsAttention, tape)
          })
        for (pair, result) in zip(kept, results) { found[pair] = result }
      }
    }
    return (encoded, found)
  }
}
