/// Person (0 je, 1 tu, 2 il, 3 nous, 4 vous, 5 ils), gender and number: what verbs and adjectives agree with.
struct Agreement {
  var person: Int
  var gender: Gender
  var isPlural: Bool
}

/// A noun phrase with what it makes other words agree with.
struct NounPhrase {
  var phrase: Phrase
  var agreement: Agreement
  /// The key of a subject pronoun, which inverts in questions and contracts with "is", "have", "will".
  var pronounKey: Int?
}

/// What stands before a noun.
enum Determiner {
  case the, a, some, bare, generic, this, which, all
  case of(owner: Int, gender: Gender)
  case named(Phrase)
  case number(Int)
  case quantity(english: String, french: String)
}

extension Author {
  static let numbersEnglish = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
  ]
  static let numbersFrench = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
  ]

  /// A noun with its determiner and, if given, an adjective.
  /// - Parameter negated: under a negation the indefinite and the partitive articles become "de".
  func nounPhrase(
    _ noun: Noun, _ determiner: Determiner, plural: Bool, adjective: Adjective? = nil,
    negated: Bool = false, asking: Bool = false
  ) -> NounPhrase {
    let key = newKey()
    let determinerKey = newKey()
    let gender = noun.gender
    var english = Leaf.english(words: plural ? noun.englishPlural : noun.english, [key])
    var french = Leaf.french(words: plural ? noun.frenchPlural : noun.french, [key])
    var startsWithAdjective = false
    if let adjective {
      let adjectiveKey = newKey()
      english = Leaf.english(words: adjective.english, [adjectiveKey]) + english
      var form = Leaf.french(words: adjective.form(gender, plural: plural), [adjectiveKey])
      if adjective.precedesNoun {
        if gender == .masculine, !plural { form[0].beforeVowel = adjective.beforeVowel }
        french = form + french
        startsWithAdjective = true
      } else {
        french += form
      }
    }
    let words = determinerWords(
      determiner, gender: gender, plural: plural, negated: negated, asking: asking,
      startsWithAdjective: startsWithAdjective)
    let isImplicit = words.english.isEmpty
    let keys = isImplicit ? [key] : [determinerKey]
    var phrase = Phrase(
      english: Leaf.english(words: words.english, [determinerKey]) + english,
      french: Leaf.french(words: words.french, keys) + french)
    if case .named(let owner) = determiner {
      let mark = newKey()
      var possessive = Leaf("'s", [mark])
      possessive.joinsLeft = true
      phrase.english = owner.english + [possessive] + english
      phrase.french = Leaf.french(words: article(gender, plural: plural), [mark]) + french
      phrase.french += Leaf.french(words: "de", [mark]) + owner.french
    }
    return NounPhrase(
      phrase: phrase, agreement: Agreement(person: plural ? 5 : 2, gender: gender, isPlural: plural))
  }

  func article(_ gender: Gender, plural: Bool) -> String {
    plural ? "les" : gender == .feminine ? "la" : "le"
  }

  private func determinerWords(
    _ determiner: Determiner, gender: Gender, plural: Bool, negated: Bool, asking: Bool,
    startsWithAdjective: Bool
  ) -> (english: String, french: String) {
    let isFeminine = gender == .feminine
    let article = article(gender, plural: plural)
    let indefinite = negated || (plural && startsWithAdjective) ? "de" : plural ? "des" : "de " + article
    switch determiner {
    case .the: return ("the", article)
    case .a: return ("a", negated ? "de" : isFeminine ? "une" : "un")
    case .some: return (negated || asking ? "any" : "some", indefinite)
    case .bare: return ("", indefinite)
    case .generic: return ("", article)
    case .this: return (plural ? "these" : "this", plural ? "ces" : isFeminine ? "cette" : "ce")
    case .which:
      return ("which", "quel" + (isFeminine ? "le" : "") + (plural ? "s" : ""))
    case .all: return ("all the", (isFeminine ? "toutes" : "tous") + " les")
    case .of(let owner, let ownerGender):
      return possessive(owner, ownerGender, isFeminine: isFeminine, plural: plural)
    case .named: return ("", "")
    case .number(let number):
      let french = number == 1 && isFeminine ? "une" : Self.numbersFrench[number]
      return (Self.numbersEnglish[number], french)
    case .quantity(let english, let french): return (english, french)
    }
  }

  private func possessive(_ owner: Int, _ ownerGender: Gender, isFeminine: Bool, plural: Bool)
    -> (english: String, french: String)
  {
    let third = ownerGender == .feminine ? "her" : "his"
    let english = ["my", "your", third, "our", "your", "their"][owner]
    let singular = isFeminine ? ["ma", "ta", "sa"] : ["mon", "ton", "son"]
    if owner < 3 { return (english, plural ? ["mes", "tes", "ses"][owner] : singular[owner]) }
    let french = plural ? ["nos", "vos", "leurs"] : ["notre", "votre", "leur"]
    return (english, french[owner - 3])
  }
}
