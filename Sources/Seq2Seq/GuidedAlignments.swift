import Alignment
import Storage
import Text

/// Which words of the training pairs belong together, to guide attention (Chen et al. 2016): given from outside, or found
/// by `WordAligner` of `Alignment`.
public struct GuidedAlignments: Sendable {
  /// Links between tokens, for segmentations that are drawn anew.
  private var tokens = LinkTable()
  /// Links between the pieces of the stored segmentation.
  private var pieces = LinkTable()

  /// Pairs with at least one link.
  public var count: Int { tokens.count }

  /// Reads links in Pharaoh's form over the tokens of `tokenize`, sure and possible ones alike.
  ///
  /// - Parameters:
  ///   - lines: a line for each pair of the train split in the order of import, or for each line of the file that the
  ///     split was imported from.
  ///   - path: the name of the file, for messages.
  ///   - vocabulary: what the pairs are prepared for; the newest of the corpus when not given.
  /// - Throws: ``Seq2SeqError/links(path:line:_:)`` for lines that do not fit.
  public init(
    _ lines: [String], path: String, corpus: CorpusDatabase, vocabulary: VocabularyRecord? = nil
  ) throws {
    let codecs = try Self.codecs(corpus, vocabulary)
    let plain = PairEncoder(source: codecs.source, target: codecs.target)
    let encoder = PairEncoder(source: codecs.source, target: codecs.target, givesLessons: true)
    let total = try corpus.count(split: .train)
    let byPlace = lines.count == total
    var place = 0
    var origins: Set<String> = []
    try corpus.forEachPair(split: .train) { pair in
      origins.insert(pair.origin)
      let line = byPlace ? place : pair.line - 1
      place += 1
      guard byPlace || (origins.count == 1 && line < lines.count) else {
        throw Seq2SeqError.links(
          path: path, line: lines.count,
          "it has \(lines.count) lines, but the train split has \(total) pairs; it needs a line for each pair, or for "
            + "each line of the one file that they came from")
      }
      guard !lines[line].isEmpty else { return }
      let parsed: Pharaoh.Sentence
      do {
        parsed = try Pharaoh.parse(line: lines[line], number: line + 1)
      } catch let error as AlignmentError {
        throw Seq2SeqError.links(path: path, line: line + 1, error.description)
      }
      let text = plain.encode(source: pair.source, target: pair.target)
      let sizes = (text.source.tokens.count, text.target.tokens.count)
      if let outside = parsed.all.sorted().first(where: { $0.source >= sizes.0 || $0.target >= sizes.1 }) {
        throw Seq2SeqError.links(
          path: path, line: line + 1,
          "the link \(outside.source)-\(outside.target) is outside a pair of \(sizes.0) and \(sizes.1) tokens, "
            + "\"\(pair.source.prefix(60))\"; align what `tokenize` gives")
      }
      let encoded = encoder.encode(source: pair.source, target: pair.target)
      let moved = parsed.all.sorted().map {
        AlignmentLink(
          source: Self.place($0.source, of: text.source.tokens, in: encoded.source.tokens),
          target: Self.place($0.target, of: text.target.tokens, in: encoded.target.tokens))
      }
      add(moved, pair.id, encoded)
    }
  }

  /// Pairs that alignments are learnt from, at most: taken evenly from the corpus.
  private static let learningPairs = 100_000

  /// Finds the links: learns from the pairs of the train split which words belong together, whatever their case.
  ///
  /// - Parameters:
  ///   - maximumLength: pairs with a side of more ids are left out, as they are in training: time grows with the third
  ///     power of lengths.
  ///   - vocabulary: what the pairs are prepared for; the newest of the corpus when not given.
  /// - Throws: ``Seq2SeqError/corpus(path:_:)`` for a corpus without a vocabulary, and what reading it throws.
  public init(
    learningFrom corpus: CorpusDatabase, maximumLength: Int = 200, vocabulary: VocabularyRecord? = nil
  ) throws {
    let codecs = try Self.codecs(corpus, vocabulary)
    let encoder = PairEncoder(source: codecs.source, target: codecs.target, givesLessons: true)
    var words = (source: WordNumbers(), target: WordNumbers())
    let interval = max(1, (try corpus.count(split: .train) + Self.learningPairs - 1) / Self.learningPairs)
    var sample: [(source: [Int32], target: [Int32])] = []
    var place = 0
    try corpus.forEachPair(split: .train) { pair in
      defer { place += 1 }
      guard place % interval == 0 else { return }
      let encoded = encoder.encode(source: pair.source, target: pair.target)
      guard max(encoded.source.ids.count, encoded.target.ids.count) <= maximumLength else { return }
      sample.append(
        (words.source.learn(encoded.source.tokens), words.target.learn(encoded.target.tokens)))
    }
    let aligner = WordAligner(pairs: sample, sourceCount: words.source.count, targetCount: words.target.count)
    sample = []
    try corpus.forEachPair(split: .train) { pair in
      let encoded = encoder.encode(source: pair.source, target: pair.target)
      guard max(encoded.source.ids.count, encoded.target.ids.count) <= maximumLength else { return }
      let links = aligner.links(
        source: words.source.numbers(of: encoded.source.tokens),
        target: words.target.numbers(of: encoded.target.tokens))
      add(links, pair.id, encoded)
    }
  }

  private static func codecs(
    _ corpus: CorpusDatabase, _ vocabulary: VocabularyRecord?
  ) throws -> (source: TextCodec, target: TextCodec) {
    guard let vocabulary = try vocabulary ?? corpus.vocabulary() else {
      throw Seq2SeqError.corpus(path: corpus.path, "it has no vocabulary yet; run build-vocab")
    }
    return try vocabulary.codecs()
  }

  /// Where a token of a text stands in its lesson in copying, which may have put one token between two tags.
  private static func place(_ place: Int, of text: [String], in lesson: [String]) -> Int {
    guard lesson.count > text.count else { return place }
    let tagged = zip(text, lesson).prefix { $0 == $1 }.count
    return place < tagged ? place : place == tagged ? place + 1 : place + lesson.count - text.count
  }

  private mutating func add(
    _ links: [AlignmentLink], _ pair: Int64, _ encoded: (source: EncodedSentence, target: EncodedSentence)
  ) {
    tokens.add(links, pair)
    let pieces = Self.pieceLinks(links, source: encoded.source, target: encoded.target)
    self.pieces.add(pieces.map { AlignmentLink(source: $0.source, target: $0.target) }, pair)
  }

  /// The links of a pair between the pieces that the corpus has of it.
  package func links(of pair: Int64) -> [PieceLink] {
    PieceLink.even(pieces[pair].map { (target: $0.target, source: $0.source) })
  }

  /// The links of a pair between the pieces of another segmentation.
  func links(of pair: Int64, source: EncodedSentence, target: EncodedSentence) -> [PieceLink] {
    Self.pieceLinks(tokens[pair], source: source, target: target)
  }

  /// Each piece of a linked target token looks at all pieces of its source tokens.
  private static func pieceLinks(
    _ links: [AlignmentLink], source: EncodedSentence, target: EncodedSentence
  ) -> [PieceLink] {
    guard !links.isEmpty else { return [] }
    return target.tokenIndex.enumerated().flatMap { place, token -> [PieceLink] in
      let sources = Set(links.lazy.filter { $0.target == token }.map(\.source))
      let pieces = source.tokenIndex.indices.filter { sources.contains(source.tokenIndex[$0]) }
      return pieces.map { PieceLink(target: place, source: $0, share: 1 / Float(pieces.count)) }
    }
  }
}

/// Links by pair, four bytes each.
private struct LinkTable {
  private var ranges: [Int64: Range<Int>] = [:]
  private var links: [(source: UInt16, target: UInt16)] = []

  /// Pairs with at least one link.
  var count: Int { ranges.count }

  /// Keeps the links of a pair; those of words too far out in a sentence to be trained with are dropped.
  mutating func add(_ links: [AlignmentLink], _ pair: Int64) {
    let start = self.links.count
    for link in links {
      guard let source = UInt16(exactly: link.source), let target = UInt16(exactly: link.target) else {
        continue
      }
      self.links.append((source, target))
    }
    if self.links.count > start { ranges[pair] = start..<self.links.count }
  }

  subscript(pair: Int64) -> [AlignmentLink] {
    (ranges[pair] ?? 0..<0).map {
      AlignmentLink(source: Int(links[$0].source), target: Int(links[$0].target))
    }
  }
}

/// Numbers for the words of a side, in the order in which they come.
private struct WordNumbers {
  private var numbers: [String: Int32] = [:]

  var count: Int { numbers.count }

  mutating func learn(_ tokens: [String]) -> [Int32] {
    tokens.map { token in
      let word = Self.word(token)
      if let number = numbers[word] { return number }
      let number = Int32(numbers.count)
      numbers[word] = number
      return number
    }
  }

  /// The numbers of words; -1 for one that is not known.
  func numbers(of tokens: [String]) -> [Int32] { tokens.map { numbers[Self.word($0)] ?? -1 } }

  private static func word(_ token: String) -> String { Tokenizer.surface(of: token).lowercased() }
}
