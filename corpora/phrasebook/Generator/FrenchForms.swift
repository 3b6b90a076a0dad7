/// French plurals by rule.
enum FrenchNoun {
  /// The plural of a noun or a masculine adjective. Of several words the first one changes:
  /// "pommes de terre".
  static func plural(_ noun: String) -> String {
    var words = noun.split(separator: " ").map(String.init)
    words[0] = pluralOfWord(words[0])
    return words.joined(separator: " ")
  }

  private static func pluralOfWord(_ word: String) -> String {
    if ["s", "x", "z"].contains(where: word.hasSuffix) { return word }
    if ["genou", "*hibou", "bijou", "chou"].contains(word) { return word + "x" }
    if ["au", "eu"].contains(where: word.hasSuffix), word != "pneu", word != "bleu" { return word + "x" }
    if word.hasSuffix("al"), !["festival", "carnaval", "bal"].contains(word) {
      return word.dropLast(2) + "aux"
    }
    return word + "s"
  }
}

/// French feminines by rule.
enum FrenchAdjective {
  static func feminine(_ masculine: String) -> String {
    let endings = [
      ("e", "e"), ("eux", "euse"), ("er", "ère"), ("et", "ète"), ("if", "ive"), ("ien", "ienne"),
      ("on", "onne"), ("el", "elle"), ("os", "osse"), ("as", "asse"),
    ]
    for (ending, feminine) in endings where masculine.hasSuffix(ending) {
      return masculine.dropLast(ending.count) + feminine
    }
    return masculine + "e"
  }
}
