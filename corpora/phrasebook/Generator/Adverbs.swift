/// Manner, company, "only", "not yet", and actions that others interrupt.
extension Author {
  /// "She drives slowly.", "They listened carefully."
  func manner() -> Phrase {
    let subject = person()
    let choice = random.pick([
      ("drive", "slowly/1", "lentement/1"), ("drive", "carefully/1", "prudemment/1"),
      ("drive", "fast/1", "vite/1"), ("walk", "slowly/1", "lentement/1"), ("walk", "fast/1", "vite/1"),
      ("run", "fast/1", "vite/1"), ("talk", "slowly/1", "lentement/1"), ("talk", "softly/1", "doucement/1"),
      ("talk", "loudly/1", "fort/1"), ("eat", "quickly/1", "rapidement/1"),
      ("eat", "slowly/1", "lentement/1"),
      ("answer", "quickly/1", "rapidement/1"), ("answer", "politely/1", "poliment/1"),
      ("sing", "loudly/1", "fort/1"), ("sing", "softly/1", "doucement/1"),
      ("work", "seriously/1", "sérieusement/1"), ("work", "quietly/1", "tranquillement/1"),
      ("wait", "patiently/1", "patiemment/1"), ("wait", "quietly/1", "tranquillement/1"),
      ("read", "quietly/1", "tranquillement/1"), ("smile", "politely/1", "poliment/1"),
      ("study", "seriously/1", "sérieusement/1"), ("travel", "alone/1", ""), ("live", "alone/1", ""),
    ])
    let verb =
      ["drive", "answer", "live"].contains(choice.0) ? verb("plain", choice.0) : verb("intrans", choice.0)
    let tense: Tense = random.pick([
      .present, .past, .past, .future, .progressive, .habitual, .modal(self.verb("modal", "can")),
      .modal(self.verb("modal", "must")),
    ])
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    if case .modal = tense {} else { clause.negation = negation(for: tense, percent: 15) }
    if choice.2.isEmpty {
      clause.tail = frame("alone/1", feminine("seul", subject.agreement) + "/1")
    } else {
      let very = random.chance(30) ? frame("very/1", "très/1") : .empty
      clause.tail = very + frame(choice.1, choice.2)
    }
    if random.chance(18), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  private func feminine(_ adjective: String, _ agreement: Agreement) -> String {
    adjective + (agreement.gender == .feminine ? "e" : "") + (agreement.isPlural ? "s" : "")
  }

  /// "with Marie", "without you".
  func company(besides person: Int) -> Phrase {
    let other: Phrase
    switch random.below(4) {
    case 0: other = anyFirstName().phrase
    case 1: other = relative(plural: random.chance(40)).phrase
    default: other = stressedPronoun(besides: person)
    }
    return random.chance(80)
      ? frame("with/1 {0}", "avec/1 {0}", other) : frame("without/1 {0}", "sans/1 {0}", other)
  }

  /// "We're going to the beach with our cousins."
  func together() -> Phrase {
    let subject = person()
    let goes = random.chance(45)
    let verb =
      goes
      ? verb("go", "go")
      : verb(
        "intrans", random.pick(["work", "dance", "travel", "eat", "play", "talk", "sing", "study", "cook"]))
    let tense = tense(for: verb)
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.negation = negation(for: tense, percent: 12)
    clause.object = goes ? toSomewhere() : .empty
    clause.tail = company(besides: subject.agreement.person)
    if case .near = tense, goes { clause.tense = .progressive }
    if random.chance(20), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I only have two euros.": "Je n'ai que deux euros."
  func only() -> Phrase {
    let subject = person()
    let key = newKey()
    let name = random.pick(["have", "have", "eat", "drink", "buy", "speak", "read"])
    let verb: Verb
    let object: Phrase
    let number = 2 + random.below(9)
    switch name {
    case "have":
      verb = self.verb("have")
      let noun = noun(["item", "sibling", "cloth", "school", "pet"])
      object =
        random.chance(35)
        ? frame("\(Self.numbersEnglish[number])/1 euros/2", "\(Self.numbersFrench[number])/1 euros/2")
        : nounPhrase(noun, .number(number), plural: true).phrase
    case "eat":
      verb = self.verb("trans", "eat")
      object = nounPhrase(noun(["dish"]), .bare, plural: false).phrase
    case "drink":
      verb = self.verb("trans", "drink")
      object = nounPhrase(noun(["drink"]), .bare, plural: false).phrase
    case "speak":
      verb = self.verb("speak", "speak")
      let tongue = noun(["tongue"])
      let t = newKey()
      object = Phrase(english: [Leaf(tongue.english, [t])], french: [Leaf(tongue.french, [t])])
    default:
      verb = self.verb("trans", name)
      object = nounPhrase(noun([name == "buy" ? "fruit" : "reading"]), .bare, plural: true).phrase
    }
    var clause = Clause(subject: subject, verb: verb, tense: .present)
    clause.adverb = Phrase(english: [Leaf("only", [key])])
    clause.object = Phrase(
      english: object.english, french: Leaf.french(words: "que", [key]) + object.french)
    var phrase = statement(clause)
    phrase.french.insert(Leaf.french("ne", [[key]])[0], at: subject.phrase.french.count)
    return full(phrase)
  }

  /// "I haven't eaten yet.": "Je n'ai pas encore mangé."
  func notYet() -> Phrase {
    let subject = person()
    let key = newKey()
    let verb = random.chance(50) ? verb("trans") : verb(random.pick(["intrans", "move", "routine"]))
    let usual: Set<String> = [
      "eat", "leave", "arrive", "get", "come", "go", "wake", "fall", "shave", "rest", "sleep", "win", "dance",
    ]
    if verb.english == "know" || (verb.kinds.isEmpty && !usual.contains(verb.english)) { return notYet() }
    var clause = Clause(subject: subject, verb: verb, tense: .perfect, negation: .not)
    if !verb.kinds.isEmpty {
      clause.object = object(of: verb, subject: subject.agreement, negated: true).phrase
    }
    clause.adverb = Phrase(french: [Leaf("encore", [key])])
    clause.tail = Phrase(english: [Leaf("yet", [key])])
    if random.chance(15), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I was sleeping when Paul called me.": imparfait and passé composé.
  func interrupted() -> Phrase {
    let subject = random.chance(55) ? anyPronoun() : nounPerson()
    let isTransitive = random.chance(50)
    let verb =
      isTransitive
      ? verb(
        "trans",
        random.pick([
          "read", "eat", "drink", "watch", "write", "prepare", "clean", "wash", "listen", "repair", "wait",
          "look", "draw", "paint",
        ]))
      : verb(
        "intrans",
        random.pick([
          "sleep", "work", "sing", "dance", "run", "swim", "play", "cook", "wait", "walk", "study", "talk",
        ]))
    var first = Clause(subject: subject, verb: verb, tense: .ongoing)
    if isTransitive {
      first.object = object(of: verb, subject: subject.agreement, negated: false).phrase
    } else if random.chance(35) {
      first.tail = inPlaceFor(verb)
    }
    let other = nounPerson()
    var second = Clause(
      subject: other, verb: self.verb("move", random.pick(["arrive", "leave", "come"])), tense: .past)
    if random.chance(55) {
      second.verb = self.verb("see", random.pick(["call", "see", "find"]))
      let person = subject.agreement.person
      let key = newKey()
      let isHer = person == 2 && subject.agreement.gender == .feminine
      let english = isHer ? "her" : ["me", "you", "him", "us", "you", "them"][person]
      let french = ["me", "te", isHer ? "la^" : "le^", "nous", "vous", "les^"][person]
      second.object = Phrase(english: [Leaf(english, [key])])
      second.clitics = Leaf.french(french, [[key]])
      second.precedingObject = subject.agreement
      if subject.phrase.english[0].text == "everyone" { return interrupted() }
    }
    return full(frame("{0} when/1 {1}", "{0} quand/1 {1}", statement(first), statement(second)))
  }

  /// "I'm too tired to work.": "Je suis trop fatigué pour travailler."
  func tooMuch() -> Phrase {
    let subject = person()
    let adjective = adjective(
      named: random.pick(["tired", "ill", "busy", "sad", "nervous", "lazy", "young", "shy", "worried"]))
    let verb = verb(
      "intrans",
      random.pick([
        "work", "travel", "dance", "sing", "run", "swim", "study", "talk", "sleep", "cook", "play", "laugh",
      ]))
    var clause = Clause(
      subject: subject, verb: self.verb("be"), tense: random.pick([.present, .present, .past]))
    let (t, v) = (newKey(), newKey())
    let to = Phrase(
      english: [Leaf("to", [t]), Leaf(verb.english, [v])],
      french: [Leaf("pour", [t]), Leaf(verb.french.infinitive, [v])])
    clause.object = frame(
      "too/1 {0} {1}", "trop/1 {0} {1}", adjectivePhrase(adjective, subject.agreement), to)
    return full(statement(clause))
  }
}
