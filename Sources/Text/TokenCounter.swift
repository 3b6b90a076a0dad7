/// Counts the tokens of raw text: what codes and vocabularies are learned from.
///
/// ```swift
/// var counter = TokenCounter(configuration: TextConfiguration(language: "fr"))
/// for line in lines { counter.add(line) }
/// let codes = BPECodes.learn(wordCounts: counter.counts, merges: 8000)
/// let vocabulary = try Vocabulary(counts: counter.symbolCounts(kind: .bpe, codes: codes))
/// ```
public struct TokenCounter: Sendable {
  private let normalizer: Normalizer
  private let tokenizer: Tokenizer
  private let markup: CaseMarkup?
  private let protected: Set<ProtectedClass>
  /// Protected tokens that stood on both sides of a pair. Numbers among them are counted as tokens too,
  /// because it is the codes that say which of them are rare.
  private var copied: [ExactKey: Int] = [:]
  private var markers: [CaseMarkup.Marker: Int] = [:]

  /// How often each token was seen that is parted into pieces.
  public private(set) var counts: [ExactKey: Int] = [:]
  /// The number of sentences counted.
  public private(set) var sentences = 0

  /// A counter that reads text as a codec of this configuration does.
  public init(configuration: TextConfiguration) {
    normalizer = configuration.normalizer
    tokenizer = configuration.tokenizer
    markup = configuration.markup
    protected = configuration.protected
  }

  /// Counts the tokens of a raw sentence, which is no part of a pair: all its tokens are words.
  public mutating func add(_ raw: String) {
    count(tokenizer.words(of: normalizer(raw)), copied: [])
  }

  /// Counts the tokens of a training pair, each side in its counter, as ``PairEncoder`` will encode them, lessons
  /// included.
  public static func add(
    source: String, target: String, to first: inout TokenCounter, and second: inout TokenCounter
  ) {
    var from = first.tokenizer.words(of: first.normalizer(source))
    var to = second.tokenizer.words(of: second.normalizer(target))
    CopyLesson.apply(source: &from, target: &to, protected: first.protected.intersection(second.protected))
    let common = CommonTokens(first.copies(from), second.copies(to))
    first.count(from, copied: common.source)
    second.count(to, copied: common.target)
  }

  private func copies(_ tokens: [String]) -> [(place: Int, token: String)] {
    tokens.enumerated().compactMap { place, token in
      ProtectedClass(token: token, among: protected) == nil ? nil : (place, token)
    }
  }

  private mutating func count(_ tokens: [String], copied places: Set<Int>) {
    sentences += 1
    guard let markup else {
      for (place, token) in tokens.enumerated() { count(token, isCopied: places.contains(place)) }
      return
    }
    for (place, token) in markup.marked(tokens).enumerated() {
      count(token.text, isCopied: places.contains(place))
      for marker in [token.before, token.after] {
        if let marker { markers[marker, default: 0] += 1 }
      }
    }
  }

  private mutating func count(_ token: String, isCopied: Bool) {
    let key = ExactKey(token)
    if isCopied {
      copied[key, default: 0] += 1
      guard ProtectedClass(token: token, among: protected) == .number else { return }
    }
    counts[key, default: 0] += 1
  }

  /// Adds what another counter has counted.
  public mutating func merge(_ other: TokenCounter) {
    sentences += other.sentences
    counts.merge(other.counts, uniquingKeysWith: +)
    copied.merge(other.copied, uniquingKeysWith: +)
    markers.merge(other.markers, uniquingKeysWith: +)
  }

  /// How often each symbol was seen when tokens are parted into these units.
  ///
  /// Every character that was seen is among them, both inside and at the end of a token, if need be with
  /// the count 0 (all its places were merged into longer pieces): with all of these symbols in a
  /// vocabulary, only characters that were never seen are unknown. So are the symbols of the protected
  /// classes of which a token was copied, and those of case where it is a feature.
  ///
  /// - Parameter vocabulary: if given, pieces that it does not hold are taken apart.
  public func symbolCounts(
    kind: SubwordKind, codes: BPECodes?, within vocabulary: Vocabulary? = nil
  ) -> [ExactKey: Int] {
    var result: [ExactKey: Int] = [:]
    let codes = kind == .bpe ? codes ?? .characters : .characters
    for (token, count) in counts {
      guard kind != .word else {
        result[token, default: 0] += count
        continue
      }
      for scalar in token.string.unicodeScalars {
        result[ExactKey(String(scalar)), default: 0] += 0
        result[ExactKey(String(scalar) + BPECodes.separator), default: 0] += 0
      }
      let pieces =
        vocabulary.map { codes.segmenter.pieces(of: token.string, within: $0) }
        ?? codes.segmenter.pieces(of: token.string)
      // A rare number that was copied stood there as its symbol, not in pieces.
      let inPieces = pieces.count > 1 ? count - (copied[token] ?? 0) : count
      for piece in pieces { result[ExactKey(piece), default: 0] += inPieces }
    }
    addSymbols(to: &result, kind: kind, codes: codes)
    return result
  }

  private func addSymbols(to result: inout [ExactKey: Int], kind: SubwordKind, codes: BPECodes) {
    for (token, count) in copied {
      guard let protectedClass = ProtectedClass(token: token.string, among: protected) else { continue }
      let isWord = protectedClass == .number && kind != .word && codes.segment(token.string).count == 1
      if isWord { continue }
      let symbol = ProtectedSymbol(kind: protectedClass, token: token.string)
      result[ExactKey(symbol.text), default: 0] += count
      // With other joiners in a sentence to come, the one without them is next best.
      result[ExactKey(protectedClass.symbol), default: 0] += 0
    }
    guard markup != nil else { return }
    for marker in CaseMarkup.Marker.allCases {
      result[ExactKey(marker.rawValue), default: 0] += markers[marker] ?? 0
    }
  }
}
