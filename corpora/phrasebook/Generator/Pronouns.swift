/// Object pronouns: "I see him", "she wrote to us", "I can't find it", "I'm going there".
extension Author {
  /// A pronoun object: English words for after the verb, French for before it.
  struct ObjectPronoun {
    var english: Leaf
    var french: Leaf
    var agreement: Agreement
  }

  /// "him": "le" or, for a verb with à, "lui". `besides` is the subject, which cannot be its own object.
  func objectPronoun(besides subject: Int, indirect: Bool) -> ObjectPronoun {
    var people = [0, 2, 2, 2, 3, 4, 5]
    people.removeAll { person in
      person == subject || (person == 0 && subject == 3) || (person == 3 && subject == 0)
        || (person == 4 && subject == 1)
    }
    let person = random.pick(people)
    let key = newKey()
    var agreement = Agreement(person: person, gender: .masculine, isPlural: person == 3 || person == 5)
    if person == 2, random.chance(50) { agreement.gender = .feminine }
    if person == 4 {
      saysYou = true
      agreement = Agreement(person: address.person, gender: address.gender, isPlural: address.isPlural)
    }
    let isHer = person == 2 && agreement.gender == .feminine
    let english = isHer ? "her" : ["me", "you", "him", "us", "you", "them"][person]
    let third = indirect ? ["lui", "leur"] : [isHer ? "la^" : "le^", "les^"]
    let french = ["me", "te", third[0], "nous", "vous", third[1]][agreement.person]
    return ObjectPronoun(
      english: Leaf(english, [key]), french: Leaf.french(french, [[key]])[0], agreement: agreement)
  }

  /// "She invited us", "I'm waiting for them", "We called you yesterday".
  func directPronoun() -> Phrase {
    let subject = person()
    let verb = verb(
      "see",
      random.pick([
        "see", "know", "meet", "help", "call", "wait", "invite", "thank", "look", "understand", "hear",
        "follow", "recognise", "find", "love", "take",
      ]))
    let pronoun = objectPronoun(besides: subject.agreement.person, indirect: false)
    return pronounClause(subject, verb, pronoun, indirect: false)
  }

  /// "She wrote to me", "I'll phone him".
  func indirectPronoun() -> Phrase {
    let subject = person()
    let verb = verb("dative")
    let pronoun = objectPronoun(besides: subject.agreement.person, indirect: true)
    return pronounClause(subject, verb, pronoun, indirect: true)
  }

  private func pronounClause(
    _ subject: NounPhrase, _ verb: Verb, _ pronoun: ObjectPronoun, indirect: Bool
  ) -> Phrase {
    let isStative = ["know", "love", "understand", "see", "hear", "recognise", "find", "need"].contains(
      verb.english)
    var tense = tense(for: verb)
    if isStative { tense = verb.english == "know" ? .present : random.pick([.present, .present, .future]) }
    if ["see", "hear", "find", "recognise"].contains(verb.english), random.chance(60) {
      tense = random.pick([.past, .past, .perfect])
    }
    let negation = negation(for: tense, percent: 30)
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    clause.object = Phrase(english: [pronoun.english])
    clause.clitics = [pronoun.french]
    if !indirect { clause.precedingObject = pronoun.agreement }
    clause.adverb = frequency(for: tense, negation, percent: 15)
    if clause.adverb.english.isEmpty, !isStative, negation == .none || negation == .not {
      clause.tail = time(for: tense, percent: 30)
    }
    if random.chance(22), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// Whether a question can be made of the clause without oddity.
  func isAskable(_ clause: Clause) -> Bool {
    if case .habitual = clause.tense { return false }
    if case .just = clause.tense { return false }
    return clause.subject.agreement.person != 0
  }

  /// What is sold, offered or given.
  func handedOver(by verb: Verb) -> [String] {
    switch verb.english {
    case "sell": return ["item", "jewel", "cycle", "furn", "cloth"]
    case "offer": return ["present", "jewel", "flower", "bake", "snack"]
    case "send": return ["present", "reading", "post", "flower", "paperwork"]
    default: return ["item", "present", "reading", "post", "jewel", "flower", "school"]
    }
  }

  /// "He gives the keys to Marie", "I'll show you my photos".
  func giving() -> Phrase {
    let subject = person()
    let verb = verb("give")
    let tense: Tense = random.pick([
      .present, .past, .past, .past, .future, .near, .modal(self.verb("modal", "want")),
      .modal(self.verb("modal", "can")),
    ])
    let negation: Negation = random.chance(18) ? .not : .none
    let thing = object(
      kinds: handedOver(by: verb), subject: subject.agreement, negated: isNegated(negation))
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    if random.chance(50) {
      let pronoun = objectPronoun(besides: subject.agreement.person, indirect: true)
      clause.object = Phrase(english: [pronoun.english]) + thing.phrase
      clause.clitics = [pronoun.french]
    } else {
      let receiver =
        random.chance(50)
        ? anyFirstName().phrase : nounPhrase(noun(["person", "pro"]), .the, plural: false).phrase
      let owned = relative(plural: false).phrase
      let to = random.chance(50) ? receiver : owned
      clause.object = frame("{0} to/1 {1}", "{0} à/1 {1}", thing.phrase, to)
    }
    if random.chance(20), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  // MARK: pronouns with an antecedent

  private func thirdPerson(_ agreement: Agreement) -> (english: Leaf, french: Leaf) {
    let key = newKey()
    let french = agreement.isPlural ? "les^" : agreement.gender == .feminine ? "la^" : "le^"
    return (Leaf(agreement.isPlural ? "them" : "it", [key]), Leaf.french(french, [[key]])[0])
  }

  private static let antecedents = [
    "item", "reading", "cloth", "wear", "jewel", "school", "present", "post", "paperwork",
  ]

  private func antecedent(_ kinds: [String]? = nil) -> NounPhrase {
    let noun = noun(kinds ?? Self.antecedents)
    let adjective = random.chance(15) ? adjective(for: noun) : nil
    return nounPhrase(noun, random.pick([.the, .this]), plural: random.chance(35), adjective: adjective)
  }

  private func pronounStatement(
    _ subject: NounPhrase, _ verb: Verb, _ tense: Tense, _ negation: Negation, _ object: Agreement,
    tail: Phrase = .empty
  ) -> Phrase {
    let pronoun = thirdPerson(object)
    var clause = Clause(subject: subject, verb: verb, tense: tense, negation: negation)
    clause.clitics = [pronoun.french]
    clause.object = Phrase(english: [pronoun.english])
    clause.precedingObject = object
    clause.tail = tail
    return statement(clause)
  }

  /// "Where is the key? I can't find it." "This dress is too expensive, but I want to buy it."
  func antecedentDialogue() -> Phrase {
    let thing = antecedent()
    let isPlural = thing.agreement.isPlural
    let be = isPlural ? "are/1" : "is/1"
    let est = isPlural ? "sont/1" : "est/1"
    func verb(_ name: String) -> Verb { self.verb("see", name) }
    let subject = random.chance(60) ? pronoun(0) : anyPronoun()
    let can = self.verb("modal", "can")
    let want = self.verb("modal", "want")
    switch random.below(7) {
    case 0:
      let answer = pronounStatement(subject, verb("find"), .modal(can), .not, thing.agreement)
      return frame("where/2 \(be) {0} ? {1} .", "où/2 \(est) {0} ? {1} .", thing.phrase, answer)
    case 1:
      let tense: Tense = random.pick([.past, .perfect])
      let answer = pronounStatement(
        subject, verb(random.pick(["lose", "sell", "forget", "find", "break"])), tense, .none, thing.agreement
      )
      return frame("{0} ? {1} .", "{0} ? {1} .", thing.phrase, answer)
    case 2, 3:
      let words = random.pick(["expensive", "old", "beautiful", "useful"])
      let quality = adjective(named: words)
      let answer = pronounStatement(
        subject, verb(random.pick(["buy", "keep", "take", "sell"])),
        random.pick([.modal(want), .near, .future, .modal(can)]),
        random.chance(30) ? .not : .none, thing.agreement)
      let form = degree(of: quality) + adjectivePhrase(quality, thing.agreement)
      let link = random.pick([("but", "mais"), ("and", "et")])
      return frame(
        "{0} \(be) {1} , \(link.0)/3 {2} .", "{0} \(est) {1} , \(link.1)/3 {2} .", thing.phrase, form, answer)
    case 4:
      let answer = pronounStatement(
        subject, verb(random.pick(["buy", "take", "bring", "find", "see"])), .past, .none, thing.agreement,
        tail: pastTime())
      return frame("{0} ? {1} .", "{0} ? {1} .", thing.phrase, answer)
    case 5:
      let place = atFurniture()
      let put = self.verb("put")
      let answer = pronounStatement(subject, put, .past, .none, thing.agreement, tail: place)
      return frame("{0} ? {1} .", "{0} ? {1} .", thing.phrase, answer)
    default:
      let borrower = pronoun(random.pick([4, 4, 4, 4, 2, 5]))
      let owner: Determiner = random.pick([
        .the, .of(owner: 0, gender: .masculine), .of(owner: 3, gender: .masculine),
      ])
      let mine = nounPhrase(noun(Self.antecedents), owner, plural: random.chance(35))
      let be = mine.agreement.isPlural ? "are/1" : "is/1"
      let answer = pronounStatement(
        borrower, verb(random.pick(["take", "keep", "borrow", "use"])), .modal(can), .none, mine.agreement)
      return frame("here/1 \(be) {0} . {1} .", "voici/1 {0} . {1} .", mine.phrase, answer)
    }
  }

  func adjective(named english: String) -> Adjective {
    guard let found = Lexicon.adjective(english, in: lexicon) else { fatalError("no adjective “\(english)”") }
    return found
  }

  /// "Where is Marie? I haven't seen her."
  func antecedentPerson() -> Phrase {
    let isPlural = random.chance(30)
    let someone =
      isPlural ? relative(plural: true) : random.chance(50) ? anyFirstName() : relative(plural: false)
    let subject = pronoun(random.pick([0, 0, 3]))
    let key = newKey()
    let isHer = someone.agreement.gender == .feminine
    let english = isPlural ? "them" : isHer ? "her" : "him"
    let direct = isPlural ? "les^" : isHer ? "la^" : "le^"
    let isIndirect = random.chance(35)
    let verb =
      isIndirect
      ? self.verb("dative")
      : self.verb("see", random.pick(["see", "call", "invite", "look", "wait", "help", "meet"]))
    var clause = Clause(subject: subject, verb: verb, tense: random.pick([.past, .perfect, .future, .near]))
    clause.object = Phrase(english: [Leaf(english, [key])])
    clause.clitics = Leaf.french(isIndirect ? (isPlural ? "leur" : "lui") : direct, [[key]])
    if !isIndirect { clause.precedingObject = someone.agreement }
    if case .perfect = clause.tense { clause.negation = .not }
    clause.tail = time(for: clause.tense, percent: 60)
    let be = isPlural ? "are/2" : "is/2"
    let est = isPlural ? "sont/2" : "est/2"
    return random.chance(50)
      ? frame("where/1 \(be) {0} ? {1} .", "où/1 \(est) {0} ? {1} .", someone.phrase, statement(clause))
      : frame("{0} \(be) here/3 . {1} .", "{0} \(est) là/3 . {1} .", someone.phrase, statement(clause))
  }

  /// "I'm going there tomorrow", "We have two of them", "I need it", "I'm thinking about it".
  func adverbialPronoun() -> Phrase {
    let subject = person()
    let key = newKey()
    switch random.below(4) {
    case 0, 1:
      let tense: Tense = random.pick([
        .progressive, .past, .future, .present, .modal(verb("modal", "want")), .modal(verb("modal", "can")),
      ])
      var clause = Clause(subject: subject, verb: verb("go", "go"), tense: tense)
      // Before "irai", y is dropped: "j'irai".
      if case .future = tense { return adverbialPronoun() }
      clause.negation = negation(for: tense, percent: 20)
      clause.object = Phrase(english: [Leaf("there", [key])])
      clause.clitics = [Leaf("y", [key])]
      clause.tail = isNegated(clause.negation) ? .empty : time(for: tense, percent: 60)
      if random.chance(25), isAskable(clause) { return asked(question(clause)) }
      return full(statement(clause))
    case 2:
      let number = 2 + random.below(9)
      let verb =
        random.chance(50) ? verb("have") : verb("see", random.pick(["buy", "sell", "find", "take", "see"]))
      let tense: Tense =
        verb.english == "have" ? .present : random.pick([.past, .future, .modal(self.verb("modal", "want"))])
      var clause = Clause(subject: subject, verb: verb, tense: tense)
      let count =
        random.chance(30)
        ? frame("several/1", "plusieurs/1")
        : frame("\(Self.numbersEnglish[number])/1", "\(Self.numbersFrench[number])/1")
      clause.object = count + Phrase(english: Leaf.english(words: "of them", [key]))
      clause.clitics = [Leaf("en", [key])]
      return full(statement(clause))
    default:
      // "Avoir besoin", without its "de": the pronoun stands for it.
      let tense: Tense = random.pick([.present, .present, .future])
      var clause = Clause(subject: subject, verb: verb("needIt", "need"), tense: tense)
      clause.negation = random.chance(30) ? .not : .none
      clause.object = Phrase(english: [Leaf("it", [key])])
      clause.clitics = [Leaf("en", [key])]
      clause.tail = isNegated(clause.negation) ? .empty : time(for: .future, percent: 40)
      if random.chance(25), isAskable(clause) { return asked(question(clause)) }
      return full(statement(clause))
    }
  }
}
