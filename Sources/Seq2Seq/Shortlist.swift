import Alignment
import BitCollections
import Storage
import Tensors
import Text

/// The target words that come into question for a sentence: the likely translations of its words, the most frequent
/// words of the language, and the sentence's own words (Jean et al. 2015, section 3.2.1).
///
/// Search computes the output layer for these alone. A sentence's list depends on the sentence and the model, so its
/// translation still depends on nothing else; its probabilities are those among the words of its list.
public struct Shortlist: Sendable {
  /// Words that every list has: `</s>`, the unknown word and the most frequent ones.
  private let always: BitSet
  private let lexicon: [[TokenID]]
  /// How many of a word's translations are taken.
  let translations: Int
  /// The target id of the same symbol as a source id, or -1.
  private let sameSymbol: [TokenID]

  /// - Parameters:
  ///   - lexicon: for each source id target ids, likeliest first; see `ModelDatabase.lexicon(isReverse:)`.
  ///   - translations: how many of a word's translations are taken.
  ///   - frequent: how many of the most frequent words are taken, by the counts of the target vocabulary; of equal ones
  ///     those with the smaller ids.
  public init(
    lexicon: [[TokenID]], translations: Int, frequent: Int = 500, source: Vocabulary, target: Vocabulary
  ) {
    self.lexicon = lexicon
    self.translations = translations
    let first = Vocabulary.specialSymbols.count
    var always = BitSet(reservingCapacity: target.count)
    always.insert(Int(Vocabulary.unknown))
    always.insert(Int(Vocabulary.endOfSentence))
    let byCount = (first..<max(first, target.count)).sorted {
      (target.count(of: TokenID($0)), -$0) > (target.count(of: TokenID($1)), -$1)
    }
    for id in byCount.prefix(frequent) { always.insert(id) }
    self.always = always
    sameSymbol = (0..<source.count).map { id in
      let found = id < first ? Vocabulary.unknown : target.id(of: source.symbol(for: TokenID(id)))
      return found == Vocabulary.unknown ? -1 : found
    }
  }

  /// The target ids for a sentence, ascending.
  public func ids(for sentence: [TokenID]) -> [TokenID] {
    var ids = always
    for word in sentence where word >= 0 && Int(word) < sameSymbol.count {
      if sameSymbol[Int(word)] >= 0 { ids.insert(Int(sameSymbol[Int(word)])) }
      if Int(word) < lexicon.count {
        for translation in lexicon[Int(word)].prefix(translations) { ids.insert(Int(translation)) }
      }
    }
    return ids.map { TokenID($0) }
  }
}
