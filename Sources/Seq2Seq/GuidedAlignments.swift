import Alignment
import Storage
import Text

/// Which words of the training pairs belong together, given from outside to guide attention (Chen et al. 2016).
public struct GuidedAlignments: Sendable {
  private var links: [Int64: [AlignmentLink]] = [:]

  /// Pairs with at least one link.
  public var count: Int { links.count }

  /// Reads links in Pharaoh's form over the tokens of `tokenize`, sure and possible ones alike.
  ///
  /// - Parameters:
  ///   - lines: a line for each pair of the train split in the order of import, or for each line of the file that the
  ///     split was imported from.
  ///   - path: the name of the file, for messages.
  /// - Throws: ``Seq2SeqError/links(path:line:_:)`` for lines that do not fit.
  public init(_ lines: [String], path: String, corpus: CorpusDatabase) throws {
    let codecs = try Self.codecs(corpus)
    let encoder = PairEncoder(source: codecs.source, target: codecs.target)
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
      let encoded = encoder.encode(source: pair.source, target: pair.target)
      let sizes = (encoded.source.tokens.count, encoded.target.tokens.count)
      if let outside = parsed.all.sorted().first(where: { $0.source >= sizes.0 || $0.target >= sizes.1 }) {
        throw Seq2SeqError.links(
          path: path, line: line + 1,
          "the link \(outside.source)-\(outside.target) is outside a pair of \(sizes.0) and \(sizes.1) tokens, "
            + "\"\(pair.source.prefix(60))\"; align what `tokenize` gives")
      }
      links[pair.id] = parsed.all.sorted()
    }
  }

  private static func codecs(_ corpus: CorpusDatabase) throws -> (source: TextCodec, target: TextCodec) {
    guard let vocabulary = try corpus.vocabulary() else {
      throw Seq2SeqError.corpus(path: corpus.path, "it has no vocabulary yet; run build-vocab")
    }
    return try vocabulary.codecs()
  }

  /// The links of a pair between pieces: each piece of a linked target token looks at all pieces of its source tokens.
  func links(of pair: Int64, source: EncodedSentence, target: EncodedSentence) -> [PieceLink] {
    guard let links = links[pair] else { return [] }
    return target.tokenIndex.enumerated().flatMap { place, token -> [PieceLink] in
      let sources = Set(links.lazy.filter { $0.target == token }.map(\.source))
      let pieces = source.tokenIndex.indices.filter { sources.contains(source.tokenIndex[$0]) }
      return pieces.map { PieceLink(target: place, source: $0, share: 1 / Float(pieces.count)) }
    }
  }
}
