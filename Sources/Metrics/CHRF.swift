/// chrF (Popović 2015) and chrF++ (Popović 2017): an F-score of character n-grams, and word n-grams in `++`.
///
/// Scores and signatures are those of sacreBLEU 2.6.0.
///
/// ```swift
/// let score = try CHRF(wordOrder: 2).corpusScore(hypotheses: translations, references: [references])
/// print(score.name, score.value)  // chrF2++ 61.4...
/// ```
public struct CHRF: CorpusMetric, Hashable {
  /// The longest character n-gram that counts.
  public let characterOrder: Int
  /// The longest word n-gram that counts: 0 in chrF, 2 in chrF++.
  public let wordOrder: Int
  /// How many times as much recall weighs as precision.
  public let beta: Int
  /// Whether case is ignored.
  public let lowercase: Bool
  /// Whether white space is part of the character n-grams.
  public let whitespace: Bool
  /// Whether orders that one side does not have count a tiny number, as in chrF++.py, instead of not at all.
  public let epsilonSmoothing: Bool

  /// Creates the metric; without arguments, chrF2 as everybody reports it.
  ///
  /// - Parameters:
  ///   - characterOrder: the longest character n-gram that counts, at least 1.
  ///   - wordOrder: the longest word n-gram that counts, at least 0.
  ///   - beta: how many times as much recall weighs as precision, at least 1.
  ///   - lowercase: whether case is ignored.
  ///   - whitespace: whether white space is part of the character n-grams.
  ///   - epsilonSmoothing: whether orders that one side does not have count a tiny number.
  public init(
    characterOrder: Int = 6, wordOrder: Int = 0, beta: Int = 2, lowercase: Bool = false,
    whitespace: Bool = false, epsilonSmoothing: Bool = false
  ) {
    precondition(
      characterOrder >= 1, "chrF needs character n-grams of at least order 1, not \(characterOrder)")
    precondition(wordOrder >= 0, "an order of word n-grams is not negative: \(wordOrder)")
    precondition(beta >= 1, "chrF needs a beta of at least 1, not \(beta)")
    self.characterOrder = characterOrder
    self.wordOrder = wordOrder
    self.beta = beta
    self.lowercase = lowercase
    self.whitespace = whitespace
    self.epsilonSmoothing = epsilonSmoothing
  }

  /// The counts of an empty corpus.
  public var emptyStatistics: CHRFStatistics { CHRFStatistics(order: characterOrder + wordOrder) }

  /// Counts each segment against the reference that gives it the highest score.
  ///
  /// - Throws: ``MetricsError`` when there is nothing to score or a stream is shorter or longer.
  public func segmentStatistics(
    hypotheses: [String], references: [[String]]
  ) throws -> [CHRFStatistics] {
    try checkShape(hypotheses: hypotheses, references: references)
    return inParallel(hypotheses.count) { segments in
      var counter = NgramCounter()
      return segments.map { segmentStatistics(hypotheses, references, $0, &counter) }
    }
  }

  private func segmentStatistics(
    _ hypotheses: [String], _ references: [[String]], _ segment: Int, _ counter: inout NgramCounter
  ) -> CHRFStatistics {
    counter.startSegment()
    let hypothesis = ngrams(of: hypotheses[segment], &counter)
    var best = emptyStatistics
    var bestScore = -1.0
    for stream in references {
      let reference = ngrams(of: stream[segment], &counter)
      counter.addReference(reference)
      var statistics = emptyStatistics
      statistics.matches = counter.matches(hypothesis)
      statistics.references = reference.counts
      // An order that the reference is too short for says nothing about the hypothesis.
      statistics.hypotheses = zip(reference.counts, hypothesis.counts).map { $0 == 0 ? 0 : $1 }
      counter.removeReferences(reference)
      let score = fScore(of: statistics)
      if score > bestScore {
        bestScore = score
        best = statistics
      }
    }
    return best
  }

  private func ngrams(of line: String, _ counter: inout NgramCounter) -> Ngrams {
    let text = lowercase ? lowercased(line) : line
    var characters: [UInt32] = []
    characters.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars where whitespace || !Whitespace.contains(scalar) {
      characters.append(scalar.value)
    }
    var result = counter.ngrams(of: characters, order: characterOrder, areWords: false)
    if wordOrder > 0 {
      let words = counter.wordNumbers(separatingPunctuation(in: Array(text.utf8)))
      result += counter.ngrams(of: words, order: wordOrder, areWords: true)
    }
    return result
  }

  /// The words between white space, of which the last character is cut off where it is ASCII punctuation,
  /// otherwise the first one where it is.
  private func separatingPunctuation(in bytes: [UInt8]) -> TokenizedLine {
    var words: [Range<Int>] = []
    for word in Whitespace.words(in: bytes) {
      if word.count > 1, isPunctuation(bytes[word.upperBound - 1]) {
        words += [word.lowerBound..<(word.upperBound - 1), (word.upperBound - 1)..<word.upperBound]
      } else if word.count > 1, isPunctuation(bytes[word.lowerBound]) {
        words += [word.lowerBound..<(word.lowerBound + 1), (word.lowerBound + 1)..<word.upperBound]
      } else {
        words.append(word)
      }
    }
    return TokenizedLine(bytes: bytes, words: words)
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    default: return false
    }
  }

  /// The score of counts that were added up over any number of segments.
  public func score(of statistics: CHRFStatistics) -> CHRFScore {
    CHRFScore(value: fScore(of: statistics), beta: beta, wordOrder: wordOrder)
  }

  /// The score of a sample, in single precision.
  public func sampledScore(of sums: [Float]) -> SampledScore {
    guard let score = fScore(sums) else { return .double(0) }
    return .single(score)
  }

  private func fScore(of statistics: CHRFStatistics) -> Double { fScore(statistics.counts) ?? 0 }

  /// The score of counts; nil where nothing matches and 0 is the score.
  private func fScore<Value: BinaryFloatingPoint>(_ counts: [Value]) -> Value? {
    let epsilon = 1e-16
    let factor = Double(beta * beta)
    var smoothed: Value = 0
    var precisionSum: Value = 0
    var recallSum: Value = 0
    var effectiveOrders = 0
    for place in stride(from: 0, to: counts.count, by: 3) {
      let (hypotheses, references, matches) = (counts[place], counts[place + 1], counts[place + 2])
      if hypotheses > 0 && references > 0 {
        let precision = matches / hypotheses
        let recall = matches / references
        let denominator = Value(factor) * precision + recall
        smoothed +=
          denominator > 0 ? Value(1 + factor) * precision * recall / denominator : Value(epsilon)
        precisionSum += precision
        recallSum += recall
        effectiveOrders += 1
      } else {
        // Epsilon stands for what is missing, multiplied in double precision as long as it meets no count.
        let precision = hypotheses > 0 ? matches / hypotheses : Value(epsilon)
        let recall = references > 0 ? matches / references : Value(epsilon)
        let weighted = hypotheses > 0 ? Value(factor) * precision : Value(factor * epsilon)
        let product = hypotheses > 0 ? Value(1 + factor) * precision : Value((1 + factor) * epsilon)
        smoothed += product * recall / (weighted + recall)
      }
    }
    if epsilonSmoothing { return 100 * smoothed / Value(counts.count / 3) }
    guard effectiveOrders > 0, precisionSum + recallSum > 0 else { return nil }
    let precision = precisionSum / Value(effectiveOrders)
    let recall = recallSum / Value(effectiveOrders)
    return 100 * (Value(1 + factor) * precision * recall / (Value(factor) * precision + recall))
  }

  /// sacreBLEU's signature of these settings.
  public func signature(referenceCount: Int) -> MetricSignature {
    MetricSignature(
      referenceCount: referenceCount,
      settings: [
        .init(name: "case", shortName: "c", value: lowercase ? "lc" : "mixed"),
        .init(name: "eff", shortName: "e", value: epsilonSmoothing ? "no" : "yes"),
        .init(name: "nc", shortName: "nc", value: String(characterOrder)),
        .init(name: "nw", shortName: "nw", value: String(wordOrder)),
        .init(name: "space", shortName: "s", value: whitespace ? "yes" : "no"),
      ])
  }
}
