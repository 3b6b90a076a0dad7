/// Causes and what people do about them: "She is tired, so she is going to bed."
extension Author {
  /// A cause, what follows from it, and what would be a surprise.
  private static let consequences: [(cause: String, effects: [String], surprises: [String])] = [
    ("tired", ["bed", "rest", "home", "asleep"], ["work", "dance", "run"]),
    ("ill", ["home", "doctor", "bed", "rest"], ["work", "travel", "sing"]),
    ("hungry", ["eat", "order", "cook"], ["not eat", "work"]),
    ("thirsty", ["drink", "order drink"], ["not drink", "run"]),
    ("cold", ["close", "coat", "home", "tea"], ["swim", "go out"]),
    ("hot", ["open", "drink", "swim"], ["run", "dance", "work"]),
    ("late", ["hurry", "taxi", "run"], ["not hurry", "not run", "smile"]),
    ("sad", ["cry", "friend", "home"], ["smile", "sing"]),
    ("happy", ["sing", "dance", "smile", "laugh"], ["cry", "leave"]),
    ("busy", ["not go out", "not rest", "stay"], ["answer", "help"]),
    ("angry", ["shout", "leave", "not answer"], ["smile", "stay"]),
    ("sleepy", ["bed", "rest", "coffee"], ["work", "read", "drive"]),
    ("lost", ["map", "wait", "guide"], ["smile", "walk"]),
    ("early", ["wait", "coffee", "walk", "read"], ["hurry", "run"]),
    ("nervous", ["not sleep", "not eat", "smoke"], ["smile", "sleep"]),
    ("worried", ["phone", "not sleep", "friend"], ["sleep", "smile", "laugh"]),
  ]

  /// "I was hungry, so I ate a sandwich.", "He is staying at home because he's ill."
  func reason() -> Phrase {
    let row = random.pick(Self.consequences)
    let (first, second) = subjectAndItsPronoun()
    let isPast = random.chance(45)
    let isSurprise = random.chance(25)
    let effect = random.pick(isSurprise ? row.surprises : row.effects)
    let tense: Tense = isPast ? .past : random.pick([.progressive, .near, .future, .present])
    func cause(_ subject: NounPhrase) -> Phrase { state(row.cause, subject, isPast ? .past : .present) }
    func result(_ subject: NounPhrase) -> Phrase { happening(effect, subject, tense) }
    if isSurprise {
      return full(frame("{0} , but/1 {1}", "{0} , mais/1 {1}", cause(first), result(second)))
    }
    switch random.below(6) {
    case 0, 1:
      return full(frame("{0} , so/1 {1}", "{0} , donc/1 {1}", cause(first), result(second)))
    case 2, 3:
      return full(frame("{0} because/1 {1}", "{0} parce/1 que/1 {1}", result(first), cause(second)))
    case 4: return full(frame("{0} ; {1}", "{0} ; {1}", cause(first), result(second)))
    default:
      return full(frame("{0} and/1 {1}", "{0} et/1 {1}", cause(first), result(second)))
    }
  }

  /// "If it rains, we will stay at home.", "If you are tired, go to bed!" without the latter.
  func condition() -> Phrase {
    let condition: Phrase
    let result: Phrase
    if random.chance(45) {
      let isBad = random.chance(50)
      condition = pickPattern(
        isBad
          ? [
            ("it/1 rains/2", "il/1 pleut/2"), ("it/1 snows/2", "il/1 neige/2"),
            ("it/1 is/2 cold/3", "il/1 fait/2 froid/3"),
            ("the/1 weather/2 is/3 bad/4", "il/1 fait/3 mauvais/2,4"),
          ]
          : [
            ("the/1 weather/2 is/3 nice/4", "il/1 fait/3 beau/2,4"),
            ("it/1 is/2 hot/3", "il/1 fait/2 chaud/3"),
            ("it/1 is/2 sunny/3", "il/1 y/1 a/2 du/3 soleil/3"),
          ])
      let effects =
        isBad
        ? ["home", "taxi", "coat", "not go out", "museum", "film"]
        : ["swim", "go out", "walk", "beach", "open"]
      result = happening(random.pick(effects), person(), .future)
    } else {
      let row = random.pick(Self.consequences)
      let (first, second) = subjectAndItsPronoun()
      condition = state(row.cause, first, .present)
      let tense: Tense = random.chance(30) ? .modal(verb("modal", random.pick(["can", "must"]))) : .future
      result = happening(random.pick(row.effects.filter { !$0.hasPrefix("not") }), second, tense)
    }
    if random.chance(60) { return full(frame("if/1 {0} , {1}", "si/1 {0} , {1}", condition, result)) }
    return full(frame("{1} if/1 {0}", "{1} si/1 {0}", condition, result))
  }

  /// A subject and the pronoun that repeats it.
  func subjectAndItsPronoun() -> (NounPhrase, NounPhrase) {
    let first = random.chance(60) ? anyPronoun() : nounPerson()
    if first.phrase.english[0].text == "everyone" { return subjectAndItsPronoun() }
    // "They" would not show that it means women.
    if first.agreement.person == 5, first.agreement.gender == .feminine { return subjectAndItsPronoun() }
    return (first, pronoun(first.agreement.person, first.agreement.gender))
  }

  /// "I am tired", "she was hungry".
  private func state(_ name: String, _ subject: NounPhrase, _ tense: Tense) -> Phrase {
    let sensations = [
      "hungry": "faim", "thirsty": "soif", "cold": "froid", "hot": "chaud", "sleepy": "sommeil",
    ]
    var clause = Clause(subject: subject, verb: verb("be"), tense: tense)
    if let french = sensations[name] {
      clause.verb = verb("beHave")
      clause.object = frame("\(name)/1", "\(french)/1")
    } else {
      clause.object = adjectivePhrase(adjective(named: name), subject.agreement)
    }
    return statement(clause)
  }

  /// A small event: "goes to bed", "opens the window".
  private func happening(_ name: String, _ subject: NounPhrase, _ tense: Tense) -> Phrase {
    let isNegated = name.hasPrefix("not ")
    let action = isNegated ? String(name.dropFirst(4)) : name
    var clause = Clause(subject: subject, verb: verb("be"), tense: tense, negation: isNegated ? .not : .none)
    func use(_ verb: Verb, _ object: Phrase = .empty) {
      clause.verb = verb
      clause.object = object
    }
    func thing(_ english: String, _ kind: String, _ determiner: Determiner) -> Phrase {
      guard let noun = lexicon.nouns[kind]?.first(where: { $0.english == english }) else {
        fatalError("no \(kind) “\(english)”")
      }
      return nounPhrase(noun, determiner, plural: false).phrase
    }
    let home = frame("at/1 home/2", "à/1 la/1 maison/2")
    switch action {
    case "bed": use(routine("go"))
    case "asleep": use(routine("fall"))
    case "hurry": use(routine("hurry"))
    case "rest", "work", "dance", "run", "travel", "sing", "swim", "cry", "laugh", "smile", "shout", "wait",
      "walk", "smoke", "sleep", "read", "cook":
      use(verb("intrans", action))
    case "home": use(verb("stay"), home)
    case "stay": use(verb("stay"), thing("office", "place", .the).withPlace("at", "à", self))
    case "leave": use(verb("move", "leave"))
    case "go out": use(verb("move", "go"))
    case "doctor": use(verb("see", "call"), thing("doctor", "pro", .the))
    case "guide": use(verb("see", "call"), thing("guide", "pro", .the))
    case "friend": use(verb("see", "call"), thing("friend", "kin", random.pick([.a, anyOwner()])))
    case "phone":
      clause.verb = verb("dative", "phone")
      let pronoun = objectPronoun(besides: subject.agreement.person, indirect: true)
      clause.object = Phrase(english: [pronoun.english])
      clause.clitics = [pronoun.french]
    case "help", "answer":
      clause.verb = action == "help" ? verb("see", "help") : verb("dative", "answer")
      let pronoun = objectPronoun(besides: subject.agreement.person, indirect: action == "answer")
      clause.object = Phrase(english: [pronoun.english])
      clause.clitics = [pronoun.french]
      if action == "help" { clause.precedingObject = pronoun.agreement }
    case "eat":
      if isNegated { use(verb("intrans", "eat")) } else { use(verb("trans", "eat"), snack()) }
    case "order": use(verb("trans", "order"), snack())
    case "drink":
      let noun = noun(["drink"])
      use(
        verb("trans", "drink"),
        nounPhrase(noun, random.pick([.some, .bare]), plural: false, negated: isNegated).phrase)
    case "order drink": use(verb("trans", "order"), container())
    case "tea": use(verb("trans", "drink"), thing("tea", "drink", .bare))
    case "coffee": use(verb("trans", "drink"), thing("coffee", "drink", .bare))
    case "close": use(verb("trans", "close"), thing(random.pick(["window", "door"]), "openable", .the))
    case "open": use(verb("trans", "open"), thing(random.pick(["window", "door"]), "openable", .the))
    case "coat":
      use(verb("trans", "wear"), thing(random.pick(["coat", "sweater", "scarf", "raincoat"]), "cloth", .a))
    case "taxi":
      use(
        verb("trans", "take"), thing(random.pick(["taxi", "bus", "tram"]), "ride", random.pick([.a, .the])))
    case "map": use(verb("trans", "look"), thing("map", "item", .the))
    case "drive": use(verb("trans", "drive"), thing(random.pick(["car", "bus"]), "veh", .the))
    case "museum":
      use(verb("trans", "visit"), thing(random.pick(["museum", "castle", "church"]), "sight", .the))
    case "film": use(verb("trans", "watch"), thing(random.pick(["film", "documentary"]), "watch", .a))
    case "beach":
      let noun = thing(random.pick(["beach", "park", "swimming pool"]), "place", .the)
      use(verb("go", "go"), noun.withPlace("to", "à", self))
    default: fatalError("no action “\(action)”")
    }
    return statement(clause)
  }

  private func routine(_ name: String) -> Verb {
    let particles = ["go": "to bed", "fall": "asleep", "hurry": ""]
    guard
      let verb = lexicon.verbs["routine"]?.first(where: {
        $0.english == name && $0.particle == particles[name]
      })
    else { fatalError("no routine “\(name)”") }
    return verb
  }

  private func snack() -> Phrase {
    nounPhrase(noun(["snack"]), .a, plural: false).phrase
  }
}

extension Phrase {
  /// "at the office".
  fileprivate func withPlace(_ english: String, _ french: String, _ author: Author) -> Phrase {
    author.frame("\(english)/1 {0}", "\(french)/1 {0}", self)
  }
}
