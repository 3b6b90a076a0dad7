import Text

/// From which language a model translates to which.
public enum TranslationDirection: String, Codable, Sendable, CaseIterable {
  /// From the source language of the corpus to its target language.
  case forward
  /// From the target language to the source language.
  case reverse

  /// The other one.
  public var opposite: TranslationDirection { self == .forward ? .reverse : .forward }
}

/// Which end of a sentence is written first.
public enum WordOrder: String, Codable, Sendable, CaseIterable {
  /// As it is read.
  case leftToRight
  /// The last word first (Liu et al. 2016).
  case rightToLeft
}

/// What a decoder is asked to write.
///
/// A model may learn several modes with one encoder, one decoder and one vocabulary: to translate back as well (Niu et al.
/// 2018), or to write from right to left as well. The encoder is not told, for it reads the language. The decoder is, by
/// the symbol that it starts from; the other special symbols are there for that, since it never reads them otherwise,
/// but for `<unk>`, which it does not read first. (Johnson et al. 2017 put a symbol into the source; here it would stand in
/// each alignment.)
public struct TranslationMode: Hashable, Sendable {
  /// From which language to which.
  public var direction: TranslationDirection
  /// Which end is written first.
  public var order: WordOrder

  /// A mode from its parts; without them the one that every model has.
  public init(_ direction: TranslationDirection = .forward, _ order: WordOrder = .leftToRight) {
    self.direction = direction
    self.order = order
  }

  /// What the decoder reads before its first word.
  var start: TokenID {
    switch (direction, order) {
    case (.forward, .leftToRight): Vocabulary.beginOfSentence
    case (.reverse, .leftToRight): Vocabulary.endOfSentence
    case (.forward, .rightToLeft): Vocabulary.padding
    case (.reverse, .rightToLeft): Vocabulary.unknown
    }
  }

  /// A sentence as it is written, or as it is read if it was written so.
  func ordered<Element>(_ sentence: [Element]) -> [Element] {
    order == .leftToRight ? sentence : sentence.reversed()
  }
}
