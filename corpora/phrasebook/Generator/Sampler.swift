/// Draws constructions by weight until the corpus has its size.
struct Sampler {
  static let sizes = (train: 24_000, dev: 1_000, test: 1_000)
  /// Every word of a dev or test sentence occurs at least this often in train.
  static let leastCount = 8

  struct Corpus {
    var train: [SentencePair] = []
    var dev: [SentencePair] = []
    var test: [SentencePair] = []
  }

  private let author: Author
  private let constructions: [(weight: Int, write: @Sendable (Author) -> Phrase)]

  init(author: Author) {
    self.author = author
    constructions = Author.constructions
  }

  mutating func corpus() -> Corpus {
    var pool = sentences(count: Self.sizes.train + Self.sizes.dev + Self.sizes.test)
    author.random.shuffle(&pool)
    return split(pool)
  }

  /// Different English sentences. One English sentence must never have two translations.
  private func sentences(count: Int) -> [SentencePair] {
    let total = constructions.reduce(0) { $0 + $1.weight }
    var translations: [String: String] = [:]
    var sentences: [SentencePair] = []
    while sentences.count < count {
      var ticket = author.random.below(total)
      let construction = constructions.first { entry in
        ticket -= entry.weight
        return ticket < 0
      }
      guard let phrase = author.sentence(construction!.write) else { continue }
      let pair = Linearizer.pair(phrase)
      if let known = translations[pair.english] {
        require(
          known == pair.french, "two translations of “\(pair.english)”: “\(known)”, “\(pair.french)”")
        continue
      }
      guard (2...19).contains(pair.englishTokens.count) else { continue }
      translations[pair.english] = pair.french
      sentences.append(pair)
    }
    return sentences
  }

  /// Takes dev and test from the front of the pool: only sentences whose words stay frequent enough
  /// in the rest, and whose French is nobody else's translation.
  private func split(_ pool: [SentencePair]) -> Corpus {
    var counts: [String: Int] = [:]
    var translations: [String: Int] = [:]
    for pair in pool {
      for word in Self.words(pair) { counts[word, default: 0] += 1 }
      translations[pair.french, default: 0] += 1
    }
    var corpus = Corpus()
    for pair in pool {
      let words = Self.words(pair)
      let isFull = corpus.test.count == Self.sizes.test
      let isCovered = words.allSatisfy { counts[$0]! - words.count >= Self.leastCount }
      if isFull || !isCovered || translations[pair.french]! > 1 {
        corpus.train.append(pair)
      } else {
        for word in words { counts[word]! -= 1 }
        if corpus.dev.count <= corpus.test.count { corpus.dev.append(pair) } else { corpus.test.append(pair) }
      }
    }
    return corpus
  }

  private static func words(_ pair: SentencePair) -> [String] {
    pair.englishTokens.map { "en " + $0.lowercased() } + pair.frenchTokens.map { "fr " + $0.lowercased() }
  }
}

extension Author {
  /// One sentence, with a vocative if it says "you" to somebody who is named.
  func sentence(_ write: (Author) -> Phrase) -> Phrase? {
    address = random.chance(35) ? someAddress() : .plain
    saysYou = false
    isRejected = false
    let phrase = write(self)
    if isRejected { return nil }
    guard saysYou, let vocative = address.vocative else { return phrase }
    return addressed(phrase, vocative)
  }

  /// Puts the vocative before the last mark, or at the beginning.
  private func addressed(_ phrase: Phrase, _ vocative: Phrase) -> Phrase {
    guard let englishMark = phrase.english.last, let frenchMark = phrase.french.last,
      englishMark.joinsLeft, frenchMark.joinsLeft, random.chance(70)
    else { return frame("{0} , {1}", "{0} , {1}", vocative, phrase) }
    let body = Phrase(
      english: Array(phrase.english.dropLast()), french: Array(phrase.french.dropLast()))
    let marks = Phrase(english: [englishMark], french: [frenchMark])
    return frame("{0} , {1} {2}", "{0} , {1} {2}", body, vocative, marks)
  }
}
