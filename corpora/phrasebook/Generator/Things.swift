/// Having, being somewhere, belonging, describing.
extension Author {
  /// "We don't have any bread."
  func having() -> Phrase {
    let subject = person()
    let negation: Negation = random.chance(30) ? .not : .none
    let tense: Tense = random.pick([.present, .present, .present, .future])
    let asks = random.chance(25) && subject.agreement.person != 0 && !isNegated(negation)
    let kinds = [
      "dish", "drink", "stuff", "fruit", "item", "pet", "car", "cloth", "school", "cycle", "reading",
      "sibling", "question", "linen",
    ]
    let kind = random.pick(kinds)
    let noun = noun([kind])
    let isMass = ["dish", "drink", "stuff"].contains(kind)
    let plural = !isMass && (random.chance(35) || kind == "fruit")
    let adjective = !isMass && random.chance(25) ? adjective(for: noun) : nil
    var determiner: Determiner = isMass || plural ? .some : .a
    if plural, random.chance(55) {
      determiner =
        random.chance(60)
        ? .number(2 + random.below(6)) : quantity(plural: true, negated: isNegated(negation))
    } else if isMass, random.chance(35) {
      determiner = quantity(plural: false, negated: isNegated(negation))
    }
    let object = nounPhrase(
      noun, determiner, plural: plural, adjective: adjective, negated: isNegated(negation), asking: asks)
    var clause = Clause(subject: subject, verb: verb("have"), tense: tense, negation: negation)
    clause.object = object.phrase
    return asks ? asked(question(clause)) : full(statement(clause))
  }

  /// "a lot of", "enough"; small quantities are not negated.
  func quantity(plural: Bool, negated: Bool) -> Determiner {
    var choices =
      plural
      ? [("a lot of", "beaucoup de"), ("too many", "trop de"), ("enough", "assez de")]
      : [("a lot of", "beaucoup de"), ("too much", "trop de"), ("enough", "assez de")]
    if !negated {
      choices +=
        plural ? [("several", "plusieurs"), ("a few", "quelques")] : [("a little", "un peu de")]
    }
    let choice = random.pick(choices)
    return .quantity(english: choice.0, french: choice.1)
  }

  static let relations = [
    ("in/1", "dans/1"), ("near/1", "près/1 de/1"), ("behind/1", "derrière/1"),
    ("in/1 front/2 of/3", "devant/1,2,3"), ("next/1 to/2", "à/1 côté/1 de/2"),
    ("opposite/1", "en/1 face/1 de/1"),
  ]
  static let positions = [
    ("on/1", "sur/1"), ("under/1", "sous/1"), ("behind/1", "derrière/1"), ("next/1 to/2", "à/1 côté/1 de/2"),
    ("near/1", "près/1 de/1"), ("in/1 front/2 of/3", "devant/1,2,3"),
  ]

  /// "opposite the bank", "near the old church".
  func nearPlace() -> Phrase {
    let place = nounPhrase(noun(["place"]), .the, plural: false).phrase
    return pattern(random.pick(Array(Self.relations.dropFirst()))) + place
  }

  /// "under the table", "in the kitchen".
  func atFurniture() -> Phrase {
    if random.chance(30) {
      let room = nounPhrase(noun(["room"]), .the, plural: false).phrase
      return frame("in/1 {0}", "dans/1 {0}", room)
    }
    if random.chance(25) {
      let container = nounPhrase(noun(["openable", "pack"]), .the, plural: false).phrase
      return frame("in/1 {0}", "dans/1 {0}", container)
    }
    let noun = nounPhrase(noun(["surface"]), .the, plural: false).phrase
    return pickPattern(Self.positions) + noun
  }

  /// "There are three cats under the table."
  func existence() -> Phrase {
    let isTown = random.chance(35)
    let isNegated = random.chance(20)
    let noun = noun(
      isTown ? ["place", "shop"] : ["item", "pet", "ware", "reading", "linen", "present", "school"])
    let plural = random.chance(45)
    let adjective = random.chance(20) ? adjective(for: noun) : nil
    let number = 2 + random.below(5)
    let determiner: Determiner = plural ? (random.chance(40) && !isNegated ? .number(number) : .some) : .a
    let thing = nounPhrase(
      noun, determiner, plural: plural, adjective: adjective, negated: isNegated
    ).phrase
    let place = isTown ? (random.chance(50) ? nearPlace() : inTown()) : atFurniture()
    let be = plural ? "are" : "is"
    if isNegated {
      return random.chance(60)
        ? frame("there/1 \(be)n't/2+3 {0} {1} .", "il/1 n'y/3+1 a/2 pas/3 {0} {1} .", thing, place)
        : frame("there/1 \(be)/2 not/3 {0} {1} .", "il/1 n'y/3+1 a/2 pas/3 {0} {1} .", thing, place)
    }
    if random.chance(30) {
      let asked = nounPhrase(noun, plural ? .some : .a, plural: plural, adjective: adjective, asking: true)
        .phrase
      return frame("\(be)/2 there/1 {0} {1} ?", "y/1 a-t-il/2+1+1+1+1 {0} {1} ?", asked, place)
    }
    let wasWill = random.below(6)
    if wasWill == 0 {
      return frame(
        "there/1 \(plural ? "were" : "was")/2 {0} {1} .", "il/1 y/1 avait/2 {0} {1} .", thing, place)
    }
    return !plural && random.chance(35)
      ? frame("there/1 's/2 {0} {1} .", "il/1 y/1 a/2 {0} {1} .", thing, place)
      : frame("there/1 \(be)/2 {0} {1} .", "il/1 y/1 a/2 {0} {1} .", thing, place)
  }

  private func inTown() -> Phrase {
    pickPattern([
      ("in/1 this/2 street/3", "dans/1 cette/2 rue/3"), ("in/1 the/2 town/3", "dans/1 la/2 ville/3"),
      ("in/1 our/2 village/3", "dans/1 notre/2 village/3"), ("near/1 here/2", "près/1 d'ici/1+2"),
    ])
  }

  /// "The key is in the drawer", "Where are my glasses?"
  func location() -> Phrase {
    let plural = random.chance(25)
    let isPlace = random.chance(35)
    let noun = noun(isPlace ? ["place"] : ["item", "pet", "ware", "reading", "cloth", "wear", "present"])
    let subject = nounPhrase(
      noun, isPlace ? .the : random.chance(50) ? .the : anyOwner(), plural: isPlace ? false : plural)
    var clause = Clause(subject: subject, verb: verb("be"), tense: random.pick([.present, .present, .past]))
    clause.negation = random.chance(20) ? .not : .none
    clause.object = isPlace ? nearPlace() : atFurniture()
    return full(statement(clause))
  }

  /// "Where is the nearest bank?", "Where are my gloves?"
  func whereIs() -> Phrase {
    let isPlace = random.chance(50)
    let plural = !isPlace && random.chance(40)
    let noun = noun(isPlace ? ["place"] : ["item", "pet", "reading", "cloth", "wear", "kin"])
    var subject = nounPhrase(noun, isPlace ? .the : anyOwner(), plural: plural)
    if isPlace, random.chance(30) {
      let article = article(noun.gender, plural: false)
      subject.phrase = frame(
        "the/1 nearest/2 {0}", "\(article)/1 {0} \(article)/2 plus/2 proche/2", bareNoun(noun))
    }
    let be = plural ? "are" : "is"
    let french = plural ? "sont" : "est"
    let opening = isPlace && random.chance(40) ? frame("excuse/1 me/2 ,", "excusez-moi/1+1,2+2 ,") : .empty
    if !plural, opening.english.isEmpty, random.chance(35) {
      return frame("where/1 's/2 {0} ?", "où/1 est/2 {0} ?", subject.phrase)
    }
    return opening + frame("where/1 \(be)/2 {0} ?", "où/1 \(french)/2 {0} ?", subject.phrase)
  }

  func bareNoun(_ noun: Noun, plural: Bool = false) -> Phrase {
    let key = newKey()
    return Phrase(
      english: Leaf.english(words: plural ? noun.englishPlural : noun.english, [key]),
      french: Leaf.french(words: plural ? noun.frenchPlural : noun.french, [key]))
  }

  /// "These shoes are too expensive."
  func description() -> Phrase {
    let noun = noun([
      "cloth", "wear", "veh", "furn", "fruit", "dish", "drink", "reading", "watch", "sight", "home", "room",
      "task", "talk", "pack", "street", "linen", "course", "cycle", "mach", "jewel", "animal", "pro",
      "scenery",
    ])
    guard let adjective = adjective(for: noun), !["good", "new"].contains(adjective.english) else {
      return description()
    }
    let isMass = ["dish", "drink"].contains(where: noun.kinds.contains)
    let plural = !isMass && random.chance(35)
    let determiner: Determiner = random.pick([.the, .this, .this, isMass ? .the : anyOwner()])
    let subject = nounPhrase(noun, determiner, plural: plural)
    let tense: Tense = random.pick([.present, .present, .present, .past])
    var clause = Clause(subject: subject, verb: verb("be"), tense: tense)
    clause.negation = random.chance(22) ? .not : .none
    let words = adjectivePhrase(adjective, subject.agreement)
    let isColour = noun.kinds.contains("tint") && adjective.kinds == ["tint"]
    let isShape = ["round", "square", "wooden"].contains(adjective.english)
    clause.object = isNegated(clause.negation) || isColour || isShape ? words : degree(of: adjective) + words
    if random.chance(20), case .present = tense { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "This book is mine": "Ce livre est à moi".
  func belonging() -> Phrase {
    let noun = noun(["item", "reading", "cloth", "wear", "school", "present", "pet", "cycle"])
    let plural = random.chance(40)
    let subject = nounPhrase(noun, .this, plural: plural)
    let be = plural ? "are" : "is"
    let french = plural ? "sont" : "est"
    let owner: Phrase
    if random.chance(40) {
      owner = frame("{0} 's/1", "à/1 {0}", anyFirstName().phrase)
    } else {
      var choices = [("mine", "moi"), ("his", "lui"), ("hers", "elle"), ("ours", "nous"), ("theirs", "eux")]
      choices.append(("yours", address.person == 1 ? "toi" : "vous"))
      let choice = random.pick(choices)
      if choice.0 == "yours" { saysYou = true }
      owner = frame("\(choice.0)/1", "à/1 \(choice.1)/1")
    }
    return random.chance(25)
      ? frame(
        "\(be)n't/1+2 {0} {1} ?", "est-ce/1 que/1 {0} ne/2 \(french)/1 pas/2 {1} ?", subject.phrase, owner)
      : frame("{0} \(be)/1 {1} .", "{0} \(french)/1 {1} .", subject.phrase, owner)
  }

  /// "What a beautiful dress!"
  func exclamation() -> Phrase {
    let noun = noun([
      "cloth", "jewel", "flower", "home", "sight", "watch", "course", "room", "reading", "scenery",
    ])
    let praise: Set<String> = [
      "beautiful", "pretty", "good", "big", "excellent", "strange", "interesting", "elegant",
    ]
    guard let adjective = adjective(for: noun), praise.contains(adjective.english) else {
      return exclamation()
    }
    let pattern = nounPhrase(
      noun, .quantity(english: "what a", french: noun.gender == .feminine ? "quelle" : "quel"), plural: false,
      adjective: adjective)
    return exclaimed(pattern.phrase)
  }

  /// "This house was built in 1950": agreement of the passive.
  func passive() -> Phrase {
    let choices: [([String], String, String, Bool)] = [
      (["sight", "home", "built"], "built", "construire", true), (["reading"], "written", "écrire", false),
      (["veh", "cycle", "mach"], "repaired", "réparer", false),
      (["home", "veh", "mach"], "sold", "vendre", false),
      (["room", "veh", "linen"], "cleaned", "nettoyer", false), (["lodging"], "closed", "fermer", true),
    ]
    let choice = random.pick(choices)
    let plural = random.chance(30)
    let subject = nounPhrase(noun(choice.0), random.pick([.this, .the]), plural: plural)
    let participle = FrenchVerb(choice.2).participle(subject.agreement.gender, plural: plural)
    let when =
      choice.3
      ? year()
      : pickPattern([
        ("yesterday/1", "hier/1"), ("last/1 week/2", "la/2 semaine/2 dernière/1"),
        ("this/1 morning/2", "ce/1 matin/2"),
      ])
    return frame(
      "{0} \(plural ? "were" : "was")/1 \(choice.1)/2 {1} .",
      "{0} \(plural ? "ont" : "a")/1 été/1 \(participle)/2 {1} .", subject.phrase, when)
  }

  /// "in 1985".
  func year() -> Phrase {
    let year = random.pick([
      1889, 1900, 1914, 1945, 1950, 1968, 1975, 1980, 1985, 1990, 1995, 2000, 2005, 2010, 2015, 2020,
    ])
    return frame("in/1 \(year)/2", "en/1 \(year)/2")
  }
}
