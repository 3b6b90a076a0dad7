/// English forms by rule.
enum English {
  static func plural(_ noun: String) -> String {
    // Only the last word changes: "bus stops".
    let words = noun.split(separator: " ")
    let last = String(words.last!)
    return (words.dropLast().map(String.init) + [withS(last)]).joined(separator: " ")
  }

  /// "works", "watches", "cries".
  static func thirdPerson(_ verb: String) -> String {
    ["be": "is", "have": "has", "go": "goes", "do": "does"][verb] ?? withS(verb)
  }

  static func past(_ verb: String) -> String {
    if verb.hasSuffix("e") { return verb + "d" }
    if endsInConsonantAndY(verb) { return verb.dropLast() + "ied" }
    return (doubled[verb] ?? verb) + "ed"
  }

  static func gerund(_ verb: String) -> String {
    if let stem = doubled[verb] { return stem + "ing" }
    if verb == "lie" || verb == "die" { return verb.dropLast(2) + "ying" }
    if verb.hasSuffix("e"), !verb.hasSuffix("ee"), verb != "be" { return verb.dropLast() + "ing" }
    return verb + "ing"
  }

  private static let doubled: [String: String] = [
    "run": "runn", "swim": "swimm", "sit": "sitt", "get": "gett", "put": "putt", "cut": "cutt",
    "stop": "stopp", "begin": "beginn", "forget": "forgett", "travel": "travell", "plan": "plann",
    "hit": "hitt", "rob": "robb", "shop": "shopp", "prefer": "preferr", "rub": "rubb",
  ]

  private static func withS(_ word: String) -> String {
    if endsInConsonantAndY(word) { return word.dropLast() + "ies" }
    let hisses = ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) }
    return word + (hisses ? "es" : "s")
  }

  private static func endsInConsonantAndY(_ word: String) -> Bool {
    guard word.hasSuffix("y"), let before = word.dropLast().last else { return false }
    return !"aeiou".contains(before)
  }
}
