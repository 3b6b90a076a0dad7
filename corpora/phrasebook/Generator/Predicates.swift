/// Sentences with "be": feelings, character, comparison.
extension Author {
  func full(_ phrase: Phrase) -> Phrase { frame("{0} .", "{0} .", phrase) }

  func asked(_ phrase: Phrase) -> Phrase { frame("{0} ?", "{0} ?", phrase) }

  func exclaimed(_ phrase: Phrase) -> Phrase { frame("{0} !", "{0} !", phrase) }

  func adjectivePhrase(_ adjective: Adjective, _ agreement: Agreement) -> Phrase {
    let key = newKey()
    return Phrase(
      english: Leaf.english(words: adjective.english, [key]),
      french: Leaf.french(words: adjective.form(agreement.gender, plural: agreement.isPlural), [key]))
  }

  func adjective(_ kinds: [String]) -> Adjective {
    let kind = random.pick(kinds)
    guard let adjectives = lexicon.adjectives[kind] else { fatalError("no adjective of kind “\(kind)”") }
    return random.pick(adjectives)
  }

  private static let ungraded: Set<String> = [
    "married", "lost", "alone", "ready", "excellent", "delicious", "famous",
  ]

  /// "very", "too", "a little" before an adjective that has degrees.
  func degree(of adjective: Adjective) -> Phrase {
    guard random.chance(35), !Self.ungraded.contains(adjective.english) else { return .empty }
    var degrees = [
      ("very/1", "très/1"), ("very/1", "très/1"), ("too/1", "trop/1"), ("really/1", "vraiment/1"),
      ("quite/1", "assez/1"),
    ]
    if adjective.kinds.contains("state") { degrees.append(("a/1 little/1", "un/1 peu/1")) }
    return pickPattern(degrees)
  }

  /// "I am tired", "Aren't you happy?", "Marie was very kind".
  func feeling() -> Phrase {
    let subject = person()
    let adjective = adjective(["state", "state", "trait"])
    let tense: Tense = random.pick([.present, .present, .present, .past, .future])
    let negation: Negation = random.chance(25) ? .not : .none
    var clause = Clause(subject: subject, verb: verb("be"), tense: tense, negation: negation)
    clause.object = degree(of: adjective) + adjectivePhrase(adjective, subject.agreement)
    if isNegated(negation) { clause.object = adjectivePhrase(adjective, subject.agreement) }
    let isOfMoment = adjective.kinds.contains("state") && adjective.english != "married"
    if isOfMoment, random.chance(25) {
      switch tense {
      case .present:
        clause.tail = pickPattern([("today/1", "aujourd'hui/1"), ("this/1 morning/2", "ce/1 matin/2")])
      case .past:
        clause.tail = pickPattern([
          ("yesterday/1", "hier/1"), ("last/1 night/2", "hier/1 soir/2"),
          ("this/1 morning/2", "ce/1 matin/2"),
        ])
      default: break
      }
    }
    let asks = random.chance(25) && subject.agreement.person != 0
    if asks, case .present = tense { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "Léa looks sad": "Léa a l'air triste"; "seem": "sembler".
  func seeming() -> Phrase {
    let subject = person()
    let adjective = adjective(["state", "trait"])
    let words = adjectivePhrase(adjective, subject.agreement)
    var clause = Clause(subject: subject, verb: verb(random.pick(["seem", "look"])), tense: .present)
    clause.negation = random.chance(20) ? .not : .none
    clause.object = isNegated(clause.negation) ? words : degree(of: adjective) + words
    return full(statement(clause))
  }

  /// "I'm hungry": "J'ai faim".
  func sensation() -> Phrase {
    let subject = person()
    let states = [
      ("hungry/2", "faim/2", true), ("thirsty/2", "soif/2", true), ("cold/2", "froid/2", true),
      ("hot/2", "chaud/2", true), ("sleepy/2", "sommeil/2", true), ("right/2", "raison/2", false),
      ("wrong/2", "tort/2", false), ("afraid/2", "peur/2", true), ("lucky/2", "de/2 la/2 chance/2", false),
    ]
    let state = random.pick(states)
    var words = frame(state.0, state.1)
    let negation: Negation = random.chance(20) && state.0 != "lucky/2" ? .not : .none
    if state.2, !isNegated(negation), random.chance(35) {
      words = pickPattern([("very/1", "très/1"), ("too/1", "trop/1"), ("really/1", "vraiment/1")]) + words
    }
    let tense: Tense = random.pick([.present, .present, .past])
    var clause = Clause(subject: subject, verb: verb("beHave"), tense: tense, negation: negation)
    clause.object = words
    if random.chance(25), subject.agreement.person != 0 { return asked(question(clause)) }
    if state.2, random.chance(30), case .present = tense {
      clause.tail = pickPattern([
        ("today/1", "aujourd'hui/1"), ("now/1", "maintenant/1"), ("this/1 morning/2", "ce/1 matin/2"),
      ])
    }
    return full(statement(clause))
  }

  /// "My sister is afraid of the dark".
  func fear() -> Phrase {
    let subject = person()
    let thing = nounPhrase(
      noun(["wild", "animal", "pet"]), random.pick([.generic, .generic, .this]), plural: true)
    var clause = Clause(subject: subject, verb: verb("beHave"), tense: random.pick([.present, .past]))
    clause.negation = random.chance(25) ? .not : .none
    clause.object = frame("afraid/1 of/2 {0}", "peur/1 de/2 {0}", thing.phrase)
    if random.chance(25) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "He is twenty years old": "Il a vingt ans".
  func age() -> Phrase {
    let subject =
      random.chance(50) ? anyPronoun() : random.chance(50) ? anyFirstName() : relative(plural: false)
    let years = random.pick(Self.ages)
    var clause = Clause(
      subject: subject, verb: verb("beHave"), tense: random.pick([.present, .present, .past, .future]))
    clause.object = frame("\(years.0) years/2 old/2", "\(years.1) ans/2")
    if case .future = clause.tense {
      clause.tail = pickPattern([
        ("next/1 month/2", "le/2 mois/2 prochain/1"), ("next/1 year/2", "l'/2 année/2 prochaine/1"),
        ("tomorrow/1", "demain/1"), ("next/1 week/2", "la/2 semaine/2 prochaine/1"),
      ])
    }
    return full(statement(clause))
  }

  static let ages = [
    ("five/1", "cinq/1"), ("six/1", "six/1"), ("seven/1", "sept/1"), ("eight/1", "huit/1"),
    ("nine/1", "neuf/1"), ("ten/1", "dix/1"), ("eleven/1", "onze/1"), ("twelve/1", "douze/1"),
    ("fifteen/1", "quinze/1"), ("sixteen/1", "seize/1"), ("eighteen/1", "dix-huit/1"),
    ("twenty/1", "vingt/1"),
    ("thirty/1", "trente/1"), ("forty/1", "quarante/1"), ("fifty/1", "cinquante/1"),
    ("sixty/1", "soixante/1"), ("eighty/1", "quatre-vingts/1"), ("twenty-one/1", "vingt/1 et/1 un/1"),
    ("thirty-five/1", "trente-cinq/1"), ("forty-two/1", "quarante-deux/1"), ("a/1 hundred/1", "cent/1"),
  ]

  // MARK: comparison

  private static let comparatives: [String: (String, String)] = [
    "big": ("bigger", "biggest"), "small": ("smaller", "smallest"), "new": ("newer", "newest"),
    "old": ("older", "oldest"), "pretty": ("prettier", "prettiest"), "young": ("younger", "youngest"),
    "long": ("longer", "longest"), "short": ("shorter", "shortest"), "easy": ("easier", "easiest"),
    "funny": ("funnier", "funniest"), "heavy": ("heavier", "heaviest"), "light": ("lighter", "lightest"),
    "clean": ("cleaner", "cleanest"), "dirty": ("dirtier", "dirtiest"), "quiet": ("quieter", "quietest"),
    "noisy": ("noisier", "noisiest"), "fast": ("faster", "fastest"), "slow": ("slower", "slowest"),
    "strong": ("stronger", "strongest"), "happy": ("happier", "happiest"), "sad": ("sadder", "saddest"),
    "busy": ("busier", "busiest"), "kind": ("kinder", "kindest"), "lazy": ("lazier", "laziest"),
    "shy": ("shyer", "shyest"), "brave": ("braver", "bravest"), "tall": ("taller", "tallest"),
    "rich": ("richer", "richest"), "friendly": ("friendlier", "friendliest"), "soft": ("softer", "softest"),
    "simple": ("simpler", "simplest"), "cheap": ("cheaper", "cheapest"), "hot": ("hotter", "hottest"),
    "cold": ("colder", "coldest"),
  ]
  private static let incomparable: Set<String> = [
    "excellent", "delicious", "new", "red", "blue", "green", "white", "black", "yellow", "grey", "brown",
    "pink",
    "purple", "orange", "round", "square", "empty", "wooden", "good", "bad", "fresh", "leather",
  ]

  /// "taller than", "as kind as", "less shy than": the two halves around nothing.
  private func comparison(_ adjective: Adjective, _ agreement: Agreement, _ other: Phrase) -> Phrase {
    let form = adjectivePhrase(adjective, agreement)
    switch random.below(5) {
    case 0: return frame("as/1 {0} as/2 {1}", "aussi/1 {0} que/2 {1}", form, other)
    case 1: return frame("less/1 {0} than/2 {1}", "moins/1 {0} que/2 {1}", form, other)
    default:
      guard let short = Self.comparatives[adjective.english]?.0 else {
        return frame("more/1 {0} than/2 {1}", "plus/1 {0} que/2 {1}", form, other)
      }
      let french = Phrase(french: form.french)
      let word = Phrase(english: [Leaf(short, form.english[0].keys)])
      var more = frame("{0} than/2 {1}", "plus {2} que/2 {1}", word, other, french)
      more.french[0].keys = form.english[0].keys
      return more
    }
  }

  /// "Paul is taller than me".
  func comparingPeople() -> Phrase {
    let subject = person()
    var other = anyFirstName().phrase
    switch random.below(3) {
    case 0: other = stressedPronoun(besides: subject.agreement.person)
    case 1: other = relative(plural: false).phrase
    default: break
    }
    var clause = Clause(subject: subject, verb: verb("be"), tense: random.pick([.present, .present, .past]))
    let adjective = adjective(["trait"])
    clause.object = comparison(adjective, subject.agreement, other)
    if random.chance(20), subject.agreement.person != 0 { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "than me": "que moi".
  func stressedPronoun(besides person: Int) -> Phrase {
    var choices = [
      ("me/1", "moi/1", 0), ("him/1", "lui/1", 2), ("her/1", "elle/1", 2), ("us/1", "nous/1", 3),
      ("them/1", "eux/1", 5),
    ]
    choices.removeAll { $0.2 == person || ($0.2 == 3 && person == 0) || ($0.2 == 0 && person == 3) }
    if person != 1, person != 4, random.chance(20) {
      saysYou = true
      return frame("you/1", address.person == 1 ? "toi/1" : "vous/1")
    }
    let choice = random.pick(choices)
    return frame(choice.0, choice.1)
  }

  /// "This dress is prettier than that skirt", "My car is faster than yours".
  func comparingThings() -> Phrase {
    let noun = noun(["cloth", "veh", "furn", "home", "reading", "watch", "sight", "cycle", "room", "wear"])
    guard let adjective = adjective(for: noun), !Self.incomparable.contains(adjective.english) else {
      return comparingThings()
    }
    let plural = random.chance(25)
    let isMine = random.chance(50)
    let owner = anyOwner()
    let subject = nounPhrase(noun, isMine ? owner : random.pick([.this, .the]), plural: plural)
    var other = demonstrativePronoun(subject.agreement)
    if isMine { other = possessivePronoun(subject.agreement, besides: owner) }
    var clause = Clause(subject: subject, verb: verb("be"), tense: .present)
    clause.object = comparison(adjective, subject.agreement, other)
    return full(statement(clause))
  }

  /// "that one": "celui-là".
  func demonstrativePronoun(_ agreement: Agreement) -> Phrase {
    let forms = agreement.gender == .feminine ? ("celle", "celles") : ("celui", "ceux")
    let french = "\(agreement.isPlural ? forms.1 : forms.0)-là/1"
    return agreement.isPlural ? frame("those/1", french) : frame("that/1 one/1", french)
  }

  /// "yours": "la vôtre", "le tien".
  func possessivePronoun(_ agreement: Agreement, besides: Determiner) -> Phrase {
    let isFeminine = agreement.gender == .feminine
    var owners = [
      ("mine", ["mien", "mienne"]), ("his", ["sien", "sienne"]), ("ours", ["nôtre"]), ("theirs", ["leur"]),
    ]
    owners.append(("yours", address.person == 1 ? ["tien", "tienne"] : ["vôtre"]))
    if case .of(let person, _) = besides {
      let same = ["mine", "yours", "his", "ours", "yours", "theirs"][person]
      owners.removeAll { $0.0 == same }
    }
    let owner = random.pick(owners)
    if owner.0 == "yours" { saysYou = true }
    let stem = isFeminine ? owner.1.last! : owner.1[0]
    let article = article(agreement.gender, plural: agreement.isPlural)
    return frame("\(owner.0)/1", "\(article)/1 \(stem + (agreement.isPlural ? "s" : ""))/1")
  }

  /// "It's the prettiest town in Italy."
  func superlative() -> Phrase {
    let noun = noun(["sight", "reading", "watch", "veh", "home", "cloth", "course", "scenery", "water"])
    guard let adjective = adjective(for: noun), !Self.incomparable.contains(adjective.english) else {
      return superlative()
    }
    let agreement = Agreement(person: 2, gender: noun.gender, isPlural: false)
    let article = article(noun.gender, plural: false)
    let (a, s, n) = (newKey(), newKey(), newKey())
    let form = Leaf.french(words: adjective.form(agreement.gender, plural: false), [a])
    let nounLeaves = Leaf.french(words: noun.french, [n])
    let short = Self.comparatives[adjective.english]?.1
    let mostKeys = short == nil ? [s] : [a]
    var phrase = Phrase(english: Leaf.english(words: short ?? "most", mostKeys))
    if short == nil { phrase.english += Leaf.english(words: adjective.english, [a]) }
    phrase.english += Leaf.english(words: noun.english, [n])
    let the = newKey()
    phrase.english = Leaf.english(words: "the", [the]) + phrase.english
    let plus = Leaf.french(words: "plus", mostKeys) + form
    phrase.french = Leaf.french(words: article, [the])
    if adjective.precedesNoun {
      phrase.french += plus + nounLeaves
    } else {
      phrase.french += nounLeaves + Leaf.french(words: article, mostKeys) + plus
    }
    let isPlace = !Set(noun.kinds).isDisjoint(with: ["sight", "scenery", "water"])
    let scope =
      isPlace
      ? country("in", contracting: "de")
      : pickPattern([
        ("in/1 the/2 world/3", "de/1 le/2 monde/3"), ("in/1 the/2 shop/3", "de/1 le/2 magasin/3"),
      ])
    let end = isPlace || ["veh", "cloth"].contains(where: noun.kinds.contains) ? scope : .empty
    let isThis = random.chance(50)
    return isThis
      ? frame("it/1 's/2 {0} {1} .", "c'est/1+2 {0} {1} .", phrase, end)
      : frame("this/1 is/2 {0} {1} .", "c'est/1+2 {0} {1} .", phrase, end)
  }

  /// "in Italy" after a superlative: "d'Italie", "du Japon".
  func country(_ english: String, contracting french: String) -> Phrase {
    let country = random.pick(Lexicon.countries.filter { !$0.isPlural })
    let preposition = country.gender == .feminine ? french : french + "/1 le"
    return frame("\(english)/1 \(country.english)/2", "\(preposition)/1 \(country.french)/2")
  }
}
