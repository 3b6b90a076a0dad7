/// The writer of the corpus: it holds the words, the random numbers, and whom the sentence addresses.
///
/// Grammar lives in extensions, one file for each kind of phrase.
final class Author {
  let lexicon: Lexicon
  var random: SplitMix64
  /// Whom "you" means in the sentence that is being written.
  var address = Address.plain
  /// True once the sentence has used "you" or an imperative, so that it needs its vocative.
  var saysYou = false
  /// True once the sentence has come out as something that nobody says; it is thrown away.
  var isRejected = false
  private var lastKey = 0

  init(lexicon: Lexicon, seed: UInt64) {
    self.lexicon = lexicon
    random = SplitMix64(seed: seed)
  }

  /// A key that no other leaf has.
  func newKey() -> Int {
    lastKey += 1
    return lastKey
  }

  /// A phrase from two patterns of words with keys, such as `"where/1 is/2 {0} ?"` and `"où/1 est/2 {0} ?"`.
  ///
  /// Words with the same number are aligned; `don't/1+2` keys the parts "don" and "'t"; `du/1,2` has two
  /// keys. Punctuation without a key is aligned with the same mark of the other side. `{0}` is the
  /// first of `slots`.
  func frame(_ english: String, _ french: String, _ slots: Phrase...) -> Phrase {
    let base = lastKey
    lastKey += 100
    return Phrase(
      english: leaves(english, base: base, make: Leaf.english(_:_:), slots: slots.map(\.english)),
      french: leaves(french, base: base, make: Leaf.french(_:_:), slots: slots.map(\.french)))
  }

  private func leaves(
    _ pattern: String, base: Int, make: (String, [[Int]]) -> [Leaf], slots: [[Leaf]]
  ) -> [Leaf] {
    pattern.split(separator: " ").flatMap { item -> [Leaf] in
      if item.hasPrefix("{"), let number = Int(item.dropFirst().dropLast()) { return slots[number] }
      let halves = item.split(separator: "/")
      let word = String(halves[0])
      if halves.count == 1 {
        let mark = Self.marks.firstIndex(of: word)
        return make(word, mark.map { [[base + 80 + $0]] } ?? [])
      }
      let keys = halves[1].split(separator: "+").map { part in
        part.split(separator: ",").map { key -> Int in
          guard let number = Int(key) else { fatalError("no number in the key of “\(item)”") }
          return base + number
        }
      }
      return make(word, keys)
    }
  }

  private static let marks = [",", ".", "?", "!", ":", ";"]
}
