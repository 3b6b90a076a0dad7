/// Sentences around one verb and its complements.
extension Author {
  private static let masses: Set<String> = ["dish", "drink", "goods", "spice", "stuff"]
  private static let generics: Set<String> = ["subject", "tongue", "sport", "meal"]
  private static let statives: Set<String> = ["need", "know", "remember", "understand"]

  func tense(for verb: Verb) -> Tense {
    if verb.english == "know" { return .present }
    if Self.statives.contains(verb.english) { return random.chance(75) ? .present : .future }
    switch random.below(20) {
    case 0..<5: return .present
    case 5, 6: return .progressive
    case 7..<11: return .past
    case 11: return .perfect
    case 12, 13: return .future
    case 14, 15: return .near
    case 16: return .habitual
    case 17: return .wish
    case 18: return random.chance(30) ? .just : .modal(self.verb("modal"))
    default: return .modal(self.verb("modal"))
    }
  }

  /// Whether and how a clause in this tense is negated.
  func negation(for tense: Tense, percent: Int) -> Negation {
    guard random.chance(percent) else { return .none }
    switch tense {
    case .habitual, .just, .wish: return .none
    case .present: return random.pick([.not, .not, .not, .never, .noLonger])
    case .past: return random.pick([.not, .not, .not])
    case .perfect: return random.pick([.not, .never])
    case .future: return random.pick([.not, .not, .never, .noLonger])
    case .modal, .progressive, .near, .ongoing: return .not
    }
  }

  /// What a verb can be done to.
  func object(
    of verb: Verb, subject: Agreement, negated: Bool, asking: Bool = false
  ) -> NounPhrase {
    object(
      kinds: verb.kinds, preposition: verb.preposition, subject: subject, negated: negated, asking: asking)
  }

  func object(
    kinds: [String], preposition: String = "", subject: Agreement, negated: Bool, asking: Bool = false
  ) -> NounPhrase {
    let kind = random.pick(kinds)
    let noun = noun([kind])
    if kind == "sound" { return nounPhrase(noun, .the, plural: false) }
    if Self.generics.contains(kind) { return nounPhrase(noun, .generic, plural: false) }
    if kind == "kin" { return nounPhrase(noun, anyOwner(), plural: false) }
    if Self.masses.contains(kind) {
      let determiner: Determiner = random.pick([.some, .bare, .bare, .the])
      return nounPhrase(noun, determiner, plural: false, negated: negated, asking: asking)
    }
    let plural = random.chance(kind == "fruit" || kind == "vegetable" || kind == "wear" ? 70 : 22)
    let adjective = random.chance(25) ? adjective(for: noun) : nil
    let after = !preposition.isEmpty
    let determiner: Determiner
    switch random.below(10) {
    case 0..<3: determiner = .the
    case 3..<6:
      if ["sight", "crossing", "street"].contains(kind) || (negated && ["person", "pro"].contains(kind)) {
        determiner = .the; break
      }
      if plural, after { determiner = .the; break }
      determiner = plural ? (random.chance(50) ? .some : .number(2 + random.below(5))) : .a
    case 6: determiner = .this
    case 7 where kind != "sight" && kind != "crossing" && kind != "ride" && kind != "person" && kind != "pro":
      determiner = owner(for: subject)
    case 8 where plural && !after && !negated: determiner = .quantity(english: "a few", french: "quelques")
    default: determiner = kind == "person" || kind == "pro" ? .the : plural && !after ? .bare : .the
    }
    return nounPhrase(
      noun, determiner, plural: plural, adjective: adjective, negated: negated && !after, asking: asking)
  }

  func transitive() -> Phrase {
    let verb = verb("trans")
    let subject = person()
    let tense = tense(for: verb)
    let negation = negation(for: tense, percent: 25)
    let object = object(of: verb, subject: subject.agreement, negated: isNegated(negation))
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    clause.object = object.phrase
    clause.adverb = frequency(for: tense, negation, percent: 12)
    let hasAdverb = !clause.adverb.english.isEmpty
    clause.tail = time(for: tense, percent: hasAdverb || isNegated(negation) ? 0 : 35)
    return frame("{0} .", "{0} .", statement(clause))
  }

  func isNegated(_ negation: Negation) -> Bool {
    if case .none = negation { return false }
    return true
  }

  func frequency(for tense: Tense, _ negation: Negation, percent: Int) -> Phrase {
    guard random.chance(percent), !isNegated(negation) else { return .empty }
    switch tense {
    case .present, .future:
      return pickPattern([
        ("often/1", "souvent/1"), ("always/1", "toujours/1"), ("sometimes/1", "parfois/1"),
        ("rarely/1", "rarement/1"), ("usually/1", "généralement/1"),
      ])
    case .perfect: return pickPattern([("already/1", "déjà/1"), ("often/1", "souvent/1")])
    default: return .empty
    }
  }

  func transitiveQuestion() -> Phrase {
    let verb = verb("trans")
    let subject = random.chance(70) ? anyPronoun() : nounPerson()
    var tense = tense(for: verb)
    if case .habitual = tense { tense = .present }
    if case .just = tense { tense = .past }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.object = object(of: verb, subject: subject.agreement, negated: false, asking: true).phrase
    clause.tail = time(for: tense, percent: 20)
    return frame("{0} ?", "{0} ?", question(clause))
  }

  func intransitive() -> Phrase {
    let frames = ["intrans", "intrans", "move", "routine", "stay"]
    let verb = verb(random.pick(frames))
    let subject = person()
    let tense = tense(for: verb)
    let negation = negation(for: tense, percent: 22)
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    clause.adverb = frequency(for: tense, negation, percent: 15)
    let hasAdverb = !clause.adverb.english.isEmpty
    if [
      "work", "sleep", "eat", "wait", "study", "read", "dance", "stay", "sing", "rest", "play", "swim", "run",
      "walk", "cook",
    ].contains(verb.english),
      random.chance(60)
    {
      clause.tail = inPlaceFor(verb)
    } else if ["arrive", "leave", "come", "go", "get", "wake"].contains(verb.english),
      verb.particle != "lost", verb.particle != "in", random.chance(40)
    {
      clause.tail = random.chance(70) ? atClock() : pickPattern([("early/1", "tôt/1"), ("late/1", "tard/1")])
    } else if !hasAdverb, ["get", "wake", "go", "hurry"].contains(verb.english), verb.particle != "lost" {
      if random.chance(60) { clause.tail = routineTail(tense) }
    } else if !hasAdverb {
      clause.tail = time(for: tense, percent: isNegated(negation) ? 20 : 50)
    }
    if random.chance(25) {
      guard case .habitual = tense else {
        return frame("{0} ?", "{0} ?", question(clause))
      }
    }
    return frame("{0} .", "{0} .", statement(clause))
  }

  private func routineTail(_ tense: Tense) -> Phrase {
    switch tense {
    case .present, .habitual, .modal: return routineTime()
    default: return time(for: tense, percent: 100)
    }
  }

  /// "at the station", "in Paris", "in Italy", "at home".
  func inPlace() -> Phrase {
    switch random.below(6) {
    case 0: return inCity()
    case 1: return inCountry()
    case 2:
      let room = nounPhrase(noun(["room"]), .the, plural: false).phrase
      return frame("in/1 {0}", "dans/1 {0}", room)
    case 3:
      return pickPattern([("at/1 home/2", "à/1 la/1 maison/2"), ("here/1", "ici/1"), ("there/1", "là-bas/1")])
    default:
      let place = nounPhrase(noun(["place"]), .the, plural: false).phrase
      return frame("at/1 {0}", "à/1 {0}", place)
    }
  }

  func inCity() -> Phrase {
    let city = random.pick(Lexicon.cities)
    return cityFrame("in/1", "à/1", city)
  }

  func cityFrame(_ english: String, _ french: String, _ city: (english: String, french: String)) -> Phrase {
    let key = newKey()
    let name = Phrase(
      english: Leaf.english(words: city.english, [key]), french: Leaf.french(words: city.french, [key]))
    return frame(english + " {0}", french + " {0}", name)
  }

  /// "in Italy": "en Italie", "au Japon", "aux États-Unis".
  func inCountry(_ english: String = "in") -> Phrase {
    let country = random.pick(Lexicon.countries)
    let french =
      country.isPlural
      ? "aux/1 \(country.french)/2"
      : country.gender == .feminine ? "en/1 \(country.french)/2" : "au/1 \(country.french)/2"
    return frame(countryPattern(english, country.english), french)
  }

  private func countryPattern(_ preposition: String, _ country: String) -> String {
    "\(preposition)/1 "
      + country.split(separator: " ").map { $0 == "the" ? "the/1" : "\($0)/2" }.joined(separator: " ")
  }

  /// "from Italy": "d'Italie", "du Japon", "des États-Unis"; "from Paris": "de Paris".
  func fromSomewhere() -> Phrase {
    if random.chance(40) { return cityFrame("from/1", "de/1", random.pick(Lexicon.cities)) }
    let country = random.pick(Lexicon.countries)
    let french = country.isPlural ? "des/1" : country.gender == .feminine ? "de/1" : "du/1"
    return frame(countryPattern("from", country.english), "\(french) \(country.french)/2")
  }

  /// "to the station", "to Rome", "to Canada".
  func toSomewhere() -> Phrase {
    switch random.below(6) {
    case 0, 1, 2: return toFarAway()
    default: return toPlace()
    }
  }

  func toFarAway() -> Phrase {
    random.chance(60) ? cityFrame("to/1", "à/1", random.pick(Lexicon.cities)) : inCountry("to")
  }

  func toPlace() -> Phrase {
    frame("to/1 {0}", "à/1 {0}", nounPhrase(noun(["place"]), .the, plural: false).phrase)
  }

  private func farTime() -> Phrase {
    pickPattern([
      ("next/1 year/2", "l'/2 année/2 prochaine/1"), ("next/1 summer/2", "l'/2 été/2 prochain/1"),
      ("next/1 winter/2", "l'/2 hiver/2 prochain/1"), ("next/1 month/2", "le/2 mois/2 prochain/1"),
    ])
  }

  func going() -> Phrase {
    let subject = person()
    let verb = verb("go", "go")
    var tense = tense(for: verb)
    if case .near = tense { tense = .progressive }
    if case .just = tense { tense = .past }
    let negation = negation(for: tense, percent: 20)
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    let isFar = random.chance(50)
    clause.object = isFar ? toFarAway() : toPlace()
    clause.tail = isNegated(negation) ? .empty : time(for: tense, percent: 40)
    if isFar, !clause.tail.english.isEmpty {
      switch tense {
      case .present, .habitual: clause.tail = seasonTime()
      case .future, .wish, .modal: if random.chance(40) { clause.tail = farTime() }
      default: break
      }
    }
    if random.chance(25) {
      guard case .habitual = tense else { return frame("{0} ?", "{0} ?", question(clause)) }
    }
    return frame("{0} .", "{0} .", statement(clause))
  }
}
