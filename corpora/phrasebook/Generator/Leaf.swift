/// A token of one side of a sentence pair, before it meets its neighbours.
///
/// Two leaves, one of each side, that share a key are aligned.
struct Leaf {
  /// What a word does to the word before or after it.
  enum Role { case plain, article, preposition }

  var text: String
  var keys: [Int]
  /// The form before a vowel: "l'" for "le", "cet" for "ce", "an" for "a".
  var beforeVowel: String?
  var role = Role.plain
  /// True for a word in h aspiré, and for "onze", "oui", "huit": "le héros", "le onze".
  var resistsElision = false
  var joinsLeft = false
  var joinsRight = false
  var capitalizesNext = false

  init(_ text: String, _ keys: [Int], beforeVowel: String? = nil) {
    self.text = text
    self.keys = keys
    self.beforeVowel = beforeVowel
  }
}

/// The same piece of a sentence in both languages.
struct Phrase {
  var english: [Leaf] = []
  var french: [Leaf] = []

  static func + (left: Phrase, right: Phrase) -> Phrase {
    Phrase(english: left.english + right.english, french: left.french + right.french)
  }

  static let empty = Phrase()
}

extension Leaf {
  static let typographicSpaces: [String: String] = [
    "?": "\u{202F}?", "!": "\u{202F}!", ";": "\u{202F};", ":": "\u{A0}:",
  ]

  /// The leaves of an English word: "don't" is "don" and "'t"; a hyphen stands alone.
  /// - Parameter keys: one list of keys for each part; the last list serves for the parts that remain.
  static func english(_ word: String, _ keys: [[Int]]) -> [Leaf] {
    if isPunctuation(word) { return [punctuation(word, keys.first ?? [])] }
    var leaves: [Leaf] = []
    for part in parts(of: word, splittingBefore: true) {
      var leaf = Leaf(part, keys.isEmpty ? [] : keys[min(leaves.count, keys.count - 1)])
      if part == "a" { leaf.beforeVowel = "an" }
      if part.hasPrefix("'") { leaf.joinsLeft = true }
      if part == "-" { (leaf.joinsLeft, leaf.joinsRight) = (true, true) }
      leaves.append(leaf)
    }
    return leaves
  }

  /// The leaves of a French word: "s'il" is "s'" and "il"; a hyphen stands alone.
  ///
  /// A leading `*` marks h aspiré; a trailing `^` marks a pronoun (le, la, les) that never contracts.
  static func french(_ word: String, _ keys: [[Int]]) -> [Leaf] {
    if isPunctuation(word) {
      return [punctuation(typographicSpaces[word] ?? word, keys.first ?? [])]
    }
    var leaves: [Leaf] = []
    for part in parts(of: word, splittingBefore: false) {
      var text = part
      var resists = resisting.contains(part)
      if text.hasPrefix("*") {
        text.removeFirst()
        resists = true
      }
      let isPronoun = text.hasSuffix("^")
      if isPronoun { text.removeLast() }
      var leaf = Leaf(text, keys.isEmpty ? [] : keys[min(leaves.count, keys.count - 1)])
      leaf.resistsElision = resists
      leaf.beforeVowel = elided[text]
      if !isPronoun, ["le", "la", "les"].contains(text) { leaf.role = .article }
      if ["de", "à"].contains(text) { leaf.role = .preposition }
      if text.hasSuffix("'") { leaf.joinsRight = true }
      if text == "-" { (leaf.joinsLeft, leaf.joinsRight) = (true, true) }
      leaves.append(leaf)
    }
    return leaves
  }

  /// The leaves of several words with the same keys.
  static func english(words: String, _ keys: [Int]) -> [Leaf] {
    words.split(separator: " ").flatMap { english(String($0), [keys]) }
  }

  static func french(words: String, _ keys: [Int]) -> [Leaf] {
    words.split(separator: " ").flatMap { french(String($0), [keys]) }
  }

  private static let resisting: Set<String> = ["onze", "oui", "huit", "onzième", "huitième"]

  private static let elided: [String: String] = [
    "le": "l'", "la": "l'", "je": "j'", "me": "m'", "te": "t'", "se": "s'", "ne": "n'", "de": "d'",
    "que": "qu'", "lorsque": "lorsqu'", "puisque": "puisqu'", "ce": "cet", "ma": "mon", "ta": "ton",
    "sa": "son",
  ]

  private static func isPunctuation(_ word: String) -> Bool { [",", ".", "?", "!", ":", ";"].contains(word) }

  private static func punctuation(_ text: String, _ keys: [Int]) -> Leaf {
    var leaf = Leaf(text, keys)
    leaf.joinsLeft = true
    leaf.capitalizesNext = text.hasSuffix("?") || text.hasSuffix("!") || text == "."
    return leaf
  }

  private static func parts(of word: String, splittingBefore: Bool) -> [String] {
    var parts = [""]
    let letters = Array(word)
    for (index, letter) in letters.enumerated() {
      let isInside = index > 0 && index + 1 < letters.count
      if letter == "-" && isInside {
        parts += ["-", ""]
      } else if letter == "'" && index > 0 && splittingBefore {
        parts.append("'")
      } else if letter == "'" && isInside && !splittingBefore {
        parts[parts.count - 1].append("'")
        parts.append("")
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}
