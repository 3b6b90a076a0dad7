/// Questions with a question word, and sentences with nobody and nothing.
extension Author {
  /// Somebody to ask about: never "I", rarely "we".
  func askedPerson() -> NounPhrase {
    switch random.below(10) {
    case 0..<4: return pronoun(4)
    case 4: return pronoun(2, .masculine)
    case 5: return pronoun(2, .feminine)
    case 6: return pronoun(5)
    default: return nounPerson()
    }
  }

  /// "Where do you work?", "Why is Marie crying?", "When will they come back?"
  func asking() -> Phrase {
    let subject = askedPerson()
    let word = random.pick([
      ("where/1", "où/1"), ("when/1", "quand/1"), ("why/1", "pourquoi/1"), ("how/1", "comment/1"),
    ])
    let names: [String]
    switch word.0 {
    case "where/1":
      names = ["sleep", "work", "wait", "study", "play", "eat", "stay", "dance", "swim", "live", "go"]
    case "when/1": names = ["arrive", "leave", "come", "eat", "work", "get", "wake", "travel", "go"]
    case "why/1":
      names = ["cry", "laugh", "run", "shout", "leave", "smile", "wait", "work", "stay", "hurry", "go"]
    default: names = ["travel", "work", "come", "cook", "arrive"]
    }
    let name = random.pick(names)
    let verb: Verb
    switch name {
    case "live": verb = self.verb("live")
    case "go": verb = random.chance(50) ? self.verb("go") : self.verb("move", "go")
    case "stay": verb = self.verb("stay")
    case "arrive", "leave", "come": verb = self.verb("move", name)
    case "get", "wake", "hurry": verb = self.verb("routine", name)
    default: verb = self.verb("intrans", name)
    }
    var tense: Tense = random.pick([
      .present, .present, .past, .future, .near, .modal(self.verb("modal", "want")), .wish,
    ])
    if word.0 == "why/1", random.chance(50) { tense = .progressive }
    if name == "live" { tense = random.pick([.present, .present, .future]) }
    if case .near = tense, name == "go" { tense = .progressive }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    if name == "go", verb.particle.isEmpty, word.0 != "where/1" { clause.object = toSomewhere() }
    if word.0 == "where/1", case .past = tense { clause.tail = random.chance(50) ? pastTime() : .empty }
    return asked(question(clause, word: pattern(word)))
  }

  /// "What are you eating?": "Que mangez-vous ?"; "What does Paul want?": "Qu'est-ce que Paul veut ?"
  func what() -> Phrase {
    let subject = askedPerson()
    let name = random.pick([
      "eat", "drink", "read", "write", "buy", "sell", "choose", "order", "watch", "draw", "study", "learn",
      "wear", "prepare", "clean", "repair", "bring", "lose",
    ])
    let verb = verb("trans", name)
    var tense: Tense = random.pick([
      .progressive, .past, .past, .future, .near, .modal(self.verb("modal", "want")), .wish,
    ])
    if name == "lose" { tense = .past }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.tail = time(for: tense, percent: 35)
    return asked(question(clause, word: frame("what/1", "que/1")))
  }

  /// "Which dress did she choose?", "How many eggs do you want?"
  func whichThing() -> Phrase {
    let subject = askedPerson()
    let counts = random.chance(40)
    let verb = verb(
      "trans",
      random.pick(
        counts
          ? ["buy", "sell", "bring", "eat", "see", "read", "find", "need"]
          : ["buy", "choose", "read", "see", "watch", "visit", "borrow", "wear", "study", "learn", "order"]))
    if verb.english == "need" { return whichThing() }
    let tense: Tense = random.pick([.past, .past, .future, .near, .modal(self.verb("modal", "want")), .wish])
    let kinds = verb.kinds.filter { !["kin", "pro", "goods", "dish", "subject", "person"].contains($0) }
    if kinds.isEmpty { return whichThing() }
    let plural = counts || random.chance(25)
    let noun = noun([random.pick(kinds)])
    if ["subject", "meal", "drink"].contains(where: noun.kinds.contains) {
      if plural { return whichThing() }
    }
    let determiner: Determiner = counts ? .quantity(english: "how many", french: "combien de") : .which
    let object = nounPhrase(noun, determiner, plural: plural)
    var clause = Clause(subject: subject, verb: verb, tense: tense, precedingObject: object.agreement)
    clause.tail = time(for: tense, percent: 15)
    return asked(question(clause, word: object.phrase))
  }

  /// "Who wants a coffee?", "Who broke this glass?"
  func who() -> Phrase {
    let verb = verb("trans")
    let subject = NounPhrase(
      phrase: frame("who/1", "qui/1"), agreement: Agreement(person: 2, gender: .masculine, isPlural: false))
    let tense = tense(for: verb)
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.object = object(of: verb, subject: subject.agreement, negated: false).phrase
    clause.tail = time(for: tense, percent: 25)
    return asked(statement(clause))
  }

  /// "Nobody called me", "I don't see anything" in its plain form: "I see nothing".
  func nobody() -> Phrase {
    let key = newKey()
    let usesPast = random.chance(50)
    let person = NounPhrase(
      phrase: Phrase(english: [Leaf("nobody", [key])], french: Leaf.french(words: "personne", [key])),
      agreement: Agreement(person: 2, gender: .masculine, isPlural: false))
    let isTransitive = random.chance(55)
    let verb =
      isTransitive
      ? verb(
        "see",
        random.pick([
          "call", "help", "see", "invite", "know", "understand", "thank", "follow", "meet", "hear",
        ])) : verb(random.pick(["intrans", "move"]))
    var tense: Tense =
      usesPast
      ? .past : random.pick([.present, .future, .modal(self.verb("modal", random.pick(["want", "can"])))])
    if verb.english == "know" || verb.english == "understand" { tense = .present }
    var clause = Clause(subject: person, verb: verb, tense: tense)
    if isTransitive {
      let pronoun = objectPronoun(besides: 9, indirect: false)
      clause.object = Phrase(english: [pronoun.english])
      clause.clitics = [pronoun.french]
      clause.precedingObject = pronoun.agreement
    } else {
      clause.tail = time(for: tense, percent: 50)
    }
    // The subject is one leaf on the French side, so "ne" follows it.
    var phrase = statement(clause)
    phrase.french.insert(Leaf.french("ne", [[key]])[0], at: 1)
    return full(phrase)
  }

  /// "He says nothing": "Il ne dit rien"; "They ate nothing": "Ils n'ont rien mangé".
  func nothing() -> Phrase {
    let subject = person()
    if ["everyone", "all"].contains(subject.phrase.english[0].text) { return nothing() }
    let verb = verb(
      "trans",
      random.pick([
        "eat", "buy", "see", "find", "drink", "lose", "forget", "understand", "bring", "receive", "sell",
        "choose", "break",
      ]))
    var tense: Tense = random.pick([.past, .past, .future, .near, .modal(self.verb("modal", "want"))])
    if verb.english == "understand" { tense = .present }
    if ["see", "lose", "forget", "find", "break", "receive"].contains(verb.english) { tense = .past }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    let key = newKey()
    clause.object = Phrase(english: [Leaf("nothing", [key])])
    clause.adverb = Phrase(french: [Leaf("rien", [key])])
    clause.clitics = []
    clause.tail = verb.english == "understand" ? .empty : time(for: tense, percent: 40)
    var phrase = statement(clause)
    phrase.french.insert(Leaf.french("ne", [[key]])[0], at: subject.phrase.french.count)
    return full(phrase)
  }
}
