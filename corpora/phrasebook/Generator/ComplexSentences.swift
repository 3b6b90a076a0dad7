/// Sentences of two clauses: relatives, conditions, reasons, reports, quotations.
extension Author {
  // MARK: relative clauses

  /// "the man who lives in Rome", "the dress that Marie bought", "the town where I was born".
  func relative() -> Phrase {
    switch random.below(6) {
    case 0, 1: return relativeSubject()
    case 2, 3, 4: return relativeObject()
    default: return relativePlace()
    }
  }

  private func someone(plural: Bool) -> NounPhrase {
    nounPhrase(noun(["person", "pro"]), .the, plural: plural)
  }

  /// "The woman who speaks Italian is a doctor.", "I know a man who lives in Berlin."
  private func relativeSubject() -> Phrase {
    let known = random.chance(45)
    let plural = !known && random.chance(30)
    let head = known ? nounPhrase(noun(["person", "pro"]), .a, plural: false) : someone(plural: plural)
    let who = NounPhrase(phrase: frame("who/1", "qui/1"), agreement: head.agreement)
    let inner = shortPredicate(who)
    if known {
      let subject = random.chance(60) ? anyPronoun() : nounPerson()
      var clause = Clause(
        subject: subject, verb: verb("see", random.pick(["know", "know", "meet"])), tense: .present)
      if clause.verb.english == "meet" { clause.tense = .past }
      clause.object = head.phrase + inner
      return full(statement(clause))
    }
    var subject = head
    subject.phrase = head.phrase + inner
    var clause = Clause(subject: subject, verb: verb("be"), tense: random.pick([.present, .present, .past]))
    let adjective = adjective(["state", "trait"])
    clause.object =
      random.chance(50)
      ? degree(of: adjective) + adjectivePhrase(adjective, head.agreement)
      : adjectivePhrase(adjective, head.agreement)
    return full(statement(clause))
  }

  /// "lives in Paris", "speaks Chinese", "sells cars".
  private func shortPredicate(_ subject: NounPhrase) -> Phrase {
    var clause = Clause(subject: subject, verb: verb("live"), tense: .present)
    switch random.below(5) {
    case 0: clause.object = random.chance(60) ? inCity() : inCountry()
    case 1:
      let key = newKey()
      let tongue = noun(["tongue"])
      clause.verb = verb("speak", "speak")
      clause.object = Phrase(english: [Leaf(tongue.english, [key])], french: [Leaf(tongue.french, [key])])
    case 2:
      clause.verb = verb("trans", random.pick(["sell", "repair", "draw", "drive", "write"]))
      clause.object = object(of: clause.verb, subject: subject.agreement, negated: false).phrase
    case 3:
      clause.verb = verb("intrans", random.pick(["work", "study", "sing", "wait"]))
      clause.object = inPlaceFor(clause.verb)
      clause.tense = random.pick([.present, .progressive])
    default:
      clause.verb = verb("see", random.pick(["help", "call", "invite"]))
      clause.tense = .past
      let pronoun = objectPronoun(besides: 9, indirect: false)
      clause.object = Phrase(english: [pronoun.english])
      clause.clitics = [pronoun.french]
      clause.precedingObject = pronoun.agreement
    }
    return statement(clause)
  }

  /// "The dress that Marie bought is beautiful.", "I like the poems that you write."
  private func relativeObject() -> Phrase {
    let verb = verb("see", random.pick(["buy", "find", "sell", "lose", "see", "take", "bring", "borrow"]))
    let noun = noun(["item", "reading", "cloth", "wear", "jewel", "present", "school", "post"])
    let plural = random.chance(35)
    let head = nounPhrase(noun, .the, plural: plural)
    let owner = random.chance(55) ? anyPronoun() : nounPerson()
    let tense: Tense = random.pick([.past, .past, .past, .perfect, .modal(self.verb("modal", "want"))])
    var inner = Clause(subject: owner, verb: verb, tense: tense, precedingObject: head.agreement)
    inner.tail = time(for: tense, percent: 30)
    if case .modal = tense { inner.tail = .empty }
    let that = frame("that/1 {0}", "que/1 {0}", statement(inner))
    if random.chance(45) {
      let subject = anyPronoun()
      let taste = self.verb("taste", random.pick(["like", "love", "hate"]))
      var clause = Clause(subject: subject, verb: taste, tense: .present)
      clause.negation = taste.english == "like" && random.chance(40) ? .not : .none
      clause.object = head.phrase + that
      return random.chance(20) && isAskable(clause) ? asked(question(clause)) : full(statement(clause))
    }
    guard let adjective = adjective(for: noun) else { return relativeObject() }
    var subject = head
    subject.phrase = head.phrase + that
    var clause = Clause(subject: subject, verb: self.verb("be"), tense: .present)
    clause.negation = random.chance(15) ? .not : .none
    clause.object = adjectivePhrase(adjective, head.agreement)
    return full(statement(clause))
  }

  /// "The hotel where we stayed is near the station."
  private func relativePlace() -> Phrase {
    let isTown = random.chance(40)
    let head = nounPhrase(noun(isTown ? ["home", "sight"] : ["place"]), .the, plural: false)
    let owner = random.chance(60) ? anyPronoun() : nounPerson()
    let verb =
      isTown
      ? self.verb("live") : self.verb("intrans", random.pick(["work", "work", "eat", "wait", "study"]))
    let tense: Tense =
      isTown ? random.pick([.present, .habitual]) : random.pick([.present, .past, .habitual])
    let inner = Clause(subject: owner, verb: verb, tense: tense)
    let place = frame("where/1 {0}", "où/1 {0}", statement(inner))
    var subject = head
    subject.phrase = head.phrase + place
    var clause = Clause(subject: subject, verb: self.verb("be"), tense: .present)
    let adjective = adjective(for: noun(isTown ? ["home"] : ["place"]))!
    clause.object = random.chance(60) ? nearPlace() : adjectivePhrase(adjective, head.agreement)
    return full(statement(clause))
  }

  // MARK: two clauses

  /// A clause of few words for the inside of others.
  func shortClause(_ tense: Tense? = nil, negated: Int = 20) -> Phrase {
    let subject = someoneElse()
    let tense = tense ?? random.pick([.present, .past, .future])
    switch random.below(5) {
    case 0:
      let adjective = adjective(["state"])
      var clause = Clause(subject: subject, verb: verb("be"), tense: tense)
      clause.negation = random.chance(negated) ? .not : .none
      clause.object = adjectivePhrase(adjective, subject.agreement)
      return statement(clause)
    case 1:
      let verb = verb(random.pick(["move", "move", "routine"]))
      var clause = Clause(subject: subject, verb: verb, tense: tense)
      clause.negation = random.chance(negated) ? .not : .none
      return statement(clause)
    case 2:
      var clause = Clause(subject: subject, verb: verb("go", "go"), tense: tense)
      clause.negation = random.chance(negated) ? .not : .none
      clause.object = toSomewhere()
      return statement(clause)
    default:
      let verb = verb(
        "trans",
        random.pick([
          "buy", "find", "sell", "read", "visit", "eat", "drink", "bring", "take", "prepare", "clean",
          "repair",
        ]))
      var clause = Clause(subject: subject, verb: verb, tense: tense)
      clause.negation = random.chance(negated) ? .not : .none
      clause.object = object(of: verb, subject: subject.agreement, negated: isNegated(clause.negation)).phrase
      return statement(clause)
    }
  }

  /// He, she, they or somebody named.
  private func someoneElse() -> NounPhrase {
    switch random.below(8) {
    case 0: return pronoun(2, .masculine)
    case 1: return pronoun(2, .feminine)
    case 2: return pronoun(5)
    default: return nounPerson()
    }
  }

  /// "I think that he is tired.", "She knows that we are leaving."
  func report() -> Phrase {
    let subject = random.chance(70) ? anyPronoun() : nounPerson()
    let choice = random.pick([
      ("think", "penser"), ("know", "savoir"), ("hope", "espérer"), ("say", "dire"), ("believe", "croire"),
    ])
    let person = subject.agreement.person
    let key = newKey()
    let english = person == 2 ? English.thirdPerson(choice.0) : choice.0
    let phrase = Phrase(
      english: subject.phrase.english + [Leaf(english, [key])],
      french: subject.phrase.french + Leaf.french(FrenchVerb(choice.1).present[person], [[key]]))
    let inner = shortClause(choice.0 == "hope" ? .future : nil)
    return full(frame("{0} that/1 {1}", "{0} que/1 {1}", phrase, inner))
  }

  /// "When I was young, I used to play football."
  func youth() -> Phrase {
    let (subject, who) = subjectAndItsPronoun()
    var first = Clause(subject: subject, verb: verb("be"), tense: .past)
    first.object = adjectivePhrase(adjective(named: "young"), subject.agreement)
    var second = Clause(subject: who, verb: verb("live"), tense: .habitual)
    switch random.below(4) {
    case 0: second.object = random.chance(50) ? inCity() : inCountry()
    case 1:
      second.verb = verb("sport")
      second.object = nounPhrase(noun(["sport"]), .generic, plural: false).phrase
    case 2:
      second.verb = verb("instrument")
      second.object = nounPhrase(noun(["instrument"]), .the, plural: false).phrase
    default:
      second.verb = verb("intrans", random.pick(["sing", "dance", "run", "swim", "read", "travel"]))
      second.tail = random.chance(50) ? habitTime() : .empty
    }
    return full(frame("when/1 {0} , {1}", "quand/1 {0} , {1}", statement(first), statement(second)))
  }

  /// `She said: "I am tired."`: « Je suis fatiguée. »
  func quotation() -> Phrase {
    let speaker = random.chance(40) ? anyPronoun() : nounPerson()
    let person = speaker.agreement.person
    let tense = random.chance(60)
    let key = newKey()
    let auxiliary = FrenchVerb("avoir").present[person]
    let said: Phrase
    if tense {
      let participle = random.pick([("said", "dit"), ("answered", "répondu"), ("shouted", "crié")])
      said = Phrase(
        english: speaker.phrase.english + [Leaf(participle.0, [key])],
        french: speaker.phrase.french + Leaf.french(auxiliary, [[key]]) + [Leaf(participle.1, [key])])
    } else {
      let form = person == 2 ? "says" : "say"
      said = Phrase(
        english: speaker.phrase.english + [Leaf(form, [key])],
        french: speaker.phrase.french + Leaf.french(FrenchVerb("dire").present[person], [[key]]))
    }
    let inside: Phrase
    switch random.below(5) {
    case 0: inside = pickPattern(Self.interjections)
    case 1: inside = exclaimed(imperativeInside())
    default:
      // What is said has no "I" whose gender only the speaker shows.
      inside = quotedClause()
    }
    let (open, close) = (newKey(), newKey())
    var englishOpen = Leaf("\"", [open])
    (englishOpen.joinsRight, englishOpen.capitalizesNext) = (true, true)
    var englishClose = Leaf("\"", [close])
    englishClose.joinsLeft = true
    var frenchOpen = Leaf("«\u{A0}", [open])
    (frenchOpen.joinsRight, frenchOpen.capitalizesNext) = (true, true)
    var frenchClose = Leaf("\u{A0}»", [close])
    frenchClose.joinsLeft = true
    let quoted = Phrase(
      english: [englishOpen] + inside.english + [englishClose],
      french: [frenchOpen] + inside.french + [frenchClose])
    return frame("{0} : {1}", "{0} : {1}", said, quoted)
  }

  private static let interjections = [
    ("yes/1 .", "oui/1 ."), ("no/1 .", "non/1 ."), ("good/1 morning/1 !", "bonjour/1 !"),
    ("thank/1 you/1 !", "merci/1 !"), ("goodbye/1 !", "au/1 revoir/1 !"),
    ("good/1 night/2 !", "bonne/1 nuit/2 !"), ("welcome/1 !", "bienvenue/1 !"),
    ("of/1 course/1 !", "bien/1 sûr/1 !"), ("perhaps/1 .", "peut-être/1 ."),
    ("good/1 evening/1 !", "bonsoir/1 !"),
  ]

  private func imperativeInside() -> Phrase {
    pickPattern([
      ("come/1 in/1", "entrez/1"), ("wait/1 for/1 me/2", "attendez-moi/1+2+2"),
      ("help/1 me/2", "aidez-moi/1+2+2"), ("listen/1 to/1 me/2", "écoutez-moi/1+2+2"),
      ("look/1 at/1 that/2", "regardez/1 ça/2"),
    ])
  }

  private func quotedClause() -> Phrase {
    let subject = pronoun(random.pick([0, 3, 3, 2, 5]))
    let verb = verb(random.pick(["intrans", "move", "trans"]))
    // A simple tense with avoir or none, so that nothing agrees with an unknown "I".
    var clause = Clause(
      subject: subject, verb: verb,
      tense: random.pick([
        .present, .future, .near, .modal(self.verb("modal", "want")), .modal(self.verb("modal", "can")),
      ]))
    clause.negation = random.chance(25) ? .not : .none
    if verb.kinds.isEmpty == false {
      clause.object = object(of: verb, subject: subject.agreement, negated: isNegated(clause.negation)).phrase
    }
    return full(statement(clause))
  }

  /// "We need three things: a lamp, a chair and a table."
  func list() -> Phrase {
    let subject = person()
    let kinds = random.pick([
      ["cloth", "wear"], ["fruit", "vegetable"], ["furn"], ["item", "school"], ["ware"],
    ])
    let verb = verb("see", random.pick(["buy", "find", "sell", "take", "bring"]))
    var nouns: [Noun] = []
    while nouns.count < 3 {
      let next = noun(kinds)
      if !nouns.contains(where: { $0.english == next.english }) { nouns.append(next) }
    }
    let items = nouns.map { nounPhrase($0, .a, plural: false).phrase }
    var clause = Clause(subject: subject, verb: verb, tense: random.pick([.past, .past, .near, .future]))
    clause.object = frame("three/1 things/2", "trois/1 choses/2")
    let joined = frame("{0} , {1} and/1 {2}", "{0} , {1} et/1 {2}", items[0], items[1], items[2])
    return full(frame("{0} : {1}", "{0} : {1}", statement(clause), joined))
  }
}
