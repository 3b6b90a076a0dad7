/// Encodes the two sides of a pair for training.
///
/// A protected token becomes the symbol of its class where the same token stands on both sides, and is
/// parted like any word where it does not: so a model learns that a symbol is to be copied, always, and that
/// it stands for something that the source has.
public struct PairEncoder: Sendable {
  private let source: TextCodec
  private let target: TextCodec
  private let givesLessons: Bool

  /// An encoder for pairs of the two codecs' languages.
  ///
  /// - Parameter givesLessons: for training: in some pairs a word that both sides have gives way to a protected token,
  ///   so that a model learns to copy these, even from a corpus without any.
  public init(source: TextCodec, target: TextCodec, givesLessons: Bool = false) {
    self.source = source
    self.target = target
    self.givesLessons = givesLessons
  }

  /// The numbers of both sides.
  public func encode(source: String, target: String) -> (source: EncodedSentence, target: EncodedSentence) {
    guard let (from, to, common) = tokens(source, target) else {
      return (self.source.encode(source), self.target.encode(target))
    }
    return (
      self.source.encode(tokens: from, copied: common.source),
      self.target.encode(tokens: to, copied: common.target)
    )
  }

  /// The numbers of both sides, some merges left out by chance as by ``TextCodec/encode(_:dropout:using:)``.
  public func encode(
    source: String, target: String, dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> (source: EncodedSentence, target: EncodedSentence) {
    guard let (from, to, common) = tokens(source, target) else {
      return (self.source.encode(source), self.target.encode(target))
    }
    return (
      self.source.encode(tokens: from, copied: common.source, dropout: dropout, using: &generator),
      self.target.encode(tokens: to, copied: common.target, dropout: dropout, using: &generator)
    )
  }

  /// The tokens of both sides and those that are to be copied; `nil` where a SentencePiece model does without tokens.
  private func tokens(
    _ source: String, _ target: String
  ) -> (source: [String], target: [String], common: CommonTokens)? {
    guard self.source.sentencePiece == nil, self.target.sentencePiece == nil else { return nil }
    var (from, to) = (self.source.tokens(of: source), self.target.tokens(of: target))
    if givesLessons {
      CopyLesson.apply(
        source: &from, target: &to,
        protected: self.source.configuration.protected.intersection(self.target.configuration.protected))
    }
    return (from, to, CommonTokens(copies(from, self.source), copies(to, self.target)))
  }

  /// The tokens that a codec has a symbol for, by their places.
  private func copies(_ tokens: [String], _ codec: TextCodec) -> [(place: Int, token: String)] {
    codec.codes(of: tokens).enumerated().compactMap { $1.copied == nil ? nil : ($0, tokens[$0]) }
  }
}

/// Which of the protected tokens of a pair stand on both sides, each as often as on the other.
struct CommonTokens {
  private(set) var source: Set<Int> = []
  private(set) var target: Set<Int> = []

  init(_ source: [(place: Int, token: String)], _ target: [(place: Int, token: String)]) {
    guard !source.isEmpty, !target.isEmpty else { return }
    var places: [ExactKey: [Int]] = [:]
    // Backwards, so that the first of a token's places is the last of the list.
    for (place, token) in source.reversed() {
      places[ExactKey(Tokenizer.surface(of: token)), default: []].append(place)
    }
    for (place, token) in target {
      guard let first = places[ExactKey(Tokenizer.surface(of: token))]?.popLast() else { continue }
      self.source.insert(first)
      self.target.insert(place)
    }
  }
}
