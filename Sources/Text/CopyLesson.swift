/// Lessons in copying, for corpora that hold few placeholders or none.
///
/// A model copies the symbol of a protected token only if it has seen that done. In a tenth of the pairs where one word
/// is the same on both sides, as a name is, that word gives way to a protected token on both: "Paul arrives." becomes
/// "%s arrives.", or is put between tags: "<b>Paul</b> arrives." The choice follows from the words of the pair alone, so it is the same each time.
struct CopyLesson {
  /// One in so many pairs that a lesson can be made of.
  private static let interval: UInt64 = 10

  /// What stands for a class in a lesson. Placeholders are what most files to translate are full of.
  private static let examples: [(kind: ProtectedClass, token: String)] = [
    (.placeholder, "%s"), (.url, "https://example.org"), (.tag, "<b>"), (.placeholder, "{name}"),
    (.number, "0"), (.tag, "<br/>"), (.email, "name@example.org"), (.entity, "&amp;"),
  ]

  /// Puts a protected token in the place of a word of both sides, if this pair is chosen.
  ///
  /// - Parameter protected: the classes that are protected on both sides; without any there are no lessons.
  static func apply(
    source: inout [String], target: inout [String], protected: Set<ProtectedClass>
  ) {
    let known = examples.filter { protected.contains($0.kind) }
    guard !known.isEmpty else { return }
    // The hash first: it spares nine pairs in ten the search.
    let hash = hash(of: source, target)
    guard hash % interval == 0, let (from, to) = sharedWord(source, target) else { return }
    let token = known[Int(hash / interval % UInt64(known.count))].token
    if token == "<b>" {
      let joiner = String(Joiner.mark)
      source.replaceSubrange(from...from, with: ["<b>" + joiner, source[from], joiner + "</b>"])
      target.replaceSubrange(to...to, with: ["<b>" + joiner, target[to], joiner + "</b>"])
    } else {
      // Another number each time: one that came often would be a word of the vocabulary.
      let text = token == "0" ? String(1_000_000 + hash / 80 % 9_000_000) : token
      (source[from], target[to]) = (text, text)
    }
  }

  /// The places of the first word that stands once on each side and is the same. Pairs with protected tokens are lessons
  /// already.
  private static func sharedWord(_ source: [String], _ target: [String]) -> (Int, Int)? {
    let all = Set(ProtectedClass.allCases)
    guard !(source + target).contains(where: { ProtectedClass(token: $0, among: all) != nil }) else {
      return nil
    }
    let inSource = Dictionary(grouping: source.indices) { source[$0] }
    let inTarget = Dictionary(grouping: target.indices) { target[$0] }
    for (from, word) in source.enumerated() where isWord(word) && inSource[word]?.count == 1 {
      if let places = inTarget[word], places.count == 1 { return (from, places[0]) }
    }
    return nil
  }

  /// Letters and nothing else, no joiner.
  private static func isWord(_ token: String) -> Bool {
    token.unicodeScalars.count > 1 && token.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
  }

  /// FNV-1a of the words of both sides.
  private static func hash(of source: [String], _ target: [String]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in source + ["\n"] + target {
      for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0x20) &* 0x100_0000_01B3
    }
    return hash ^ (hash >> 32)
  }
}
