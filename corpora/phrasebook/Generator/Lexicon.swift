/// A noun and its translation.
struct Noun {
  let english: String
  let englishPlural: String
  let french: String
  let frenchPlural: String
  let gender: Gender
  /// What the noun means, for verbs and adjectives to choose by.
  let kinds: [String]
  /// The French feminine of a person's noun that has one.
  let feminine: String?
}

/// An adjective and its translation.
struct Adjective {
  let english: String
  /// Masculine singular, feminine singular, masculine plural, feminine plural.
  let forms: [String]
  /// The masculine before a vowel: "bel".
  let beforeVowel: String?
  let precedesNoun: Bool
  let kinds: [String]

  func form(_ gender: Gender, plural: Bool) -> String {
    forms[(plural ? 2 : 0) + (gender == .feminine ? 1 : 0)]
  }
}

/// A verb and its translation.
struct Verb {
  let english: String
  let past: String
  let pastParticiple: String
  let gerund: String
  /// "up" of "get up", "for" of "look for".
  let particle: String
  let french: FrenchVerb
  let isReflexive: Bool
  /// "besoin" of "avoir besoin de".
  let frenchTail: String
  /// What stands before the object: "à", "de" or nothing.
  let preposition: String
  /// The kinds of its object.
  let kinds: [String]

  var thirdPerson: String { English.thirdPerson(english) }
}

/// All words, by class.
struct Lexicon {
  var nouns: [String: [Noun]] = [:]
  var adjectives: [String: [Adjective]] = [:]
  var verbs: [String: [Verb]] = [:]

  init() {
    for table in Self.nounTables { for line in Self.lines(table) { add(noun: line) } }
    for line in Self.lines(Self.adjectiveTable) { add(adjective: line) }
    for line in Self.lines(Self.verbTable) { add(verb: line) }
  }

  private static func lines(_ table: String) -> [[String]] {
    table.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map { field in
        field.split(separator: " ").joined(separator: " ")
      }
    }
  }

  /// `english[:plural] | french[:plural] m|f [feminine] | kinds`
  private mutating func add(noun fields: [String]) {
    require(fields.count == 3, "bad noun: \(fields)")
    let english = fields[0].split(separator: ":").map(String.init)
    let halves = fields[1].split(separator: ";").map { Self.trimmed(String($0)) }
    let gender: Gender = halves[0].hasSuffix(" f") ? .feminine : .masculine
    require(halves[0].hasSuffix(" f") || halves[0].hasSuffix(" m"), "no gender: \(fields)")
    let french = halves[0].dropLast(2).split(separator: ":").map(String.init)
    let noun = Noun(
      english: english[0], englishPlural: english.count > 1 ? english[1] : English.plural(english[0]),
      french: french[0], frenchPlural: french.count > 1 ? french[1] : FrenchNoun.plural(french[0]),
      gender: gender, kinds: fields[2].split(separator: " ").map(String.init),
      feminine: halves.count > 1 ? halves[1] : nil)
    for kind in noun.kinds { nouns[kind, default: []].append(noun) }
  }

  /// `english | masculine [feminine [masculine plural [before a vowel]]] | pre|post | kinds`; `en_bois` is
  /// two words.
  private mutating func add(adjective fields: [String]) {
    require(fields.count == 4, "bad adjective: \(fields)")
    let forms = fields[1].split(separator: " ").map { word in
      word.split(separator: "_").joined(separator: " ")
    }
    let masculine = forms[0]
    let isInvariable = forms.last == "="
    let feminine = isInvariable ? masculine : forms.count > 1 ? forms[1] : FrenchAdjective.feminine(masculine)
    let plural = isInvariable ? masculine : forms.count > 2 ? forms[2] : FrenchNoun.plural(masculine)
    let adjective = Adjective(
      english: fields[0], forms: [masculine, feminine, plural, isInvariable ? masculine : feminine + "s"],
      beforeVowel: forms.count > 3 ? forms[3] : nil, precedesNoun: fields[2] == "pre",
      kinds: fields[3].split(separator: " ").map(String.init))
    for kind in adjective.kinds { adjectives[kind, default: []].append(adjective) }
  }

  /// `english[:past[:participle]] [particle] | french | frame[, kinds]`
  private mutating func add(verb fields: [String]) {
    require(fields.count == 3, "bad verb: \(fields)")
    let words = fields[0].split(separator: " ")
    let forms = words[0].split(separator: ":").map(String.init)
    var french = fields[1].split(separator: " ").map(String.init)
    var isReflexive = false
    if french[0].hasPrefix("s'") {
      french[0] = String(french[0].dropFirst(2))
      isReflexive = true
    } else if french[0] == "se" {
      french.removeFirst()
      isReflexive = true
    }
    let preposition = french.count > 1 && ["à", "de"].contains(french.last!) ? french.removeLast() : ""
    let past = forms.count > 1 ? forms[1] : English.past(forms[0])
    let uses = fields[2].split(separator: " ").map(String.init)
    let verb = Verb(
      english: forms[0], past: past, pastParticiple: forms.count > 2 ? forms[2] : past,
      gerund: English.gerund(forms[0]), particle: words.dropFirst().joined(separator: " "),
      french: FrenchVerb(french[0]), isReflexive: isReflexive,
      frenchTail: french.dropFirst().joined(separator: " "), preposition: preposition,
      kinds: Array(uses.dropFirst()))
    verbs[uses[0], default: []].append(verb)
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  static func adjective(_ english: String, in lexicon: Lexicon) -> Adjective? {
    for line in lines(adjectiveTable) where line[0] == english {
      let kind = line[3].split(separator: " ").map(String.init)[0]
      return lexicon.adjectives[kind]?.first { $0.english == english }
    }
    return nil
  }
}
