/// A finished sentence pair: texts, numbers of tokens, and links between tokens.
struct SentencePair {
  var english: String
  var french: String
  var englishTokens: [String]
  var frenchTokens: [String]
  /// Source (English) and target (French) token numbers from 0, in order.
  var links: [(source: Int, target: Int)]
}

/// Puts leaves side by side: elision, contraction, "an", capitals, spaces, links.
enum Linearizer {
  static func pair(_ phrase: Phrase) -> SentencePair {
    let english = capitalized(resolved(phrase.english, startsWithVowel: startsWithEnglishVowel))
    let elided = resolved(phrase.french, startsWithVowel: startsWithFrenchVowel)
    let french = capitalized(contracted(elided))
    var links: [(source: Int, target: Int)] = []
    for (i, source) in english.enumerated() {
      for (j, target) in french.enumerated() where source.keys.contains(where: target.keys.contains) {
        links.append((i, j))
      }
    }
    return SentencePair(
      english: text(english), french: text(french), englishTokens: english.map(\.text),
      frenchTokens: french.map(\.text), links: links)
  }

  /// Chooses the form before a vowel, from right to left, since a word's start can depend on its follower.
  private static func resolved(_ leaves: [Leaf], startsWithVowel: (Leaf) -> Bool) -> [Leaf] {
    var leaves = leaves
    for i in leaves.indices.dropLast().reversed() {
      let follower = leaves[i + 1]
      let isAfterHyphen = i > 0 && leaves[i - 1].text == "-"
      if let form = leaves[i].beforeVowel, !isAfterHyphen, !follower.joinsLeft, startsWithVowel(follower) {
        leaves[i].text = form
        leaves[i].joinsRight = form.hasSuffix("'")
      } else if leaves[i].text == "si", ["il", "ils"].contains(follower.text) {
        leaves[i].text = "s'"
        leaves[i].joinsRight = true
      }
    }
    return leaves
  }

  /// "de le" becomes "du", "de les" "des", "à le" "au", "à les" "aux".
  private static func contracted(_ leaves: [Leaf]) -> [Leaf] {
    var result: [Leaf] = []
    for leaf in leaves {
      guard let last = result.last, last.role == .preposition, leaf.role == .article,
        let form = contractions[last.text + " " + leaf.text]
      else {
        result.append(leaf)
        continue
      }
      result[result.count - 1] = Leaf(form, last.keys + leaf.keys)
    }
    return result
  }

  private static let contractions = ["de le": "du", "de les": "des", "à le": "au", "à les": "aux"]

  private static func capitalized(_ leaves: [Leaf]) -> [Leaf] {
    var leaves = leaves
    var isStart = true
    for i in leaves.indices {
      if isStart, let first = leaves[i].text.first, first.isLetter || first.isNumber {
        leaves[i].text = first.uppercased() + leaves[i].text.dropFirst()
        isStart = false
      }
      if leaves[i].capitalizesNext { isStart = true }
    }
    return leaves
  }

  private static func text(_ leaves: [Leaf]) -> String {
    var text = ""
    for (i, leaf) in leaves.enumerated() {
      if i > 0, !leaf.joinsLeft, !leaves[i - 1].joinsRight { text += " " }
      text += leaf.text
    }
    return text
  }

  private static func startsWithFrenchVowel(_ leaf: Leaf) -> Bool {
    guard !leaf.resistsElision, let first = leaf.text.lowercased().first else { return false }
    return first == "y" ? leaf.text.count == 1 : "aàâeéèêëiîïoôöuùûhœæ".contains(first)
  }

  private static func startsWithEnglishVowel(_ leaf: Leaf) -> Bool {
    let word = leaf.text.lowercased()
    if ["hour", "honest", "hours"].contains(word) { return true }
    if ["university", "uniform", "useful", "one", "european"].contains(word) { return false }
    guard let first = word.first else { return false }
    return "aeiou".contains(first)
  }
}
