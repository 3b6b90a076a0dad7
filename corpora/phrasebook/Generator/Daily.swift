/// Everyday life: tastes, wishes, body, sport, languages, professions.
extension Author {
  /// "My brother likes cheese", "Do you like this film?", "I hate snakes".
  func taste() -> Phrase {
    let subject = person()
    let verb = verb("taste")
    let negation: Negation = random.chance(28) && verb.english == "like" ? .not : .none
    let kind = random.pick([
      "dish", "drink", "fruit", "subject", "sport", "animal", "watch", "hear", "flower", "tongue", "reading",
      "vegetable",
    ])
    let noun = noun([kind])
    let isMass = ["dish", "drink", "subject", "sport", "tongue"].contains(kind)
    let isThis = !["subject", "sport", "tongue", "animal"].contains(kind) && random.chance(25)
    let plural = !isMass && (!isThis || random.chance(30))
    let object = nounPhrase(noun, isThis ? .this : .generic, plural: plural)
    var clause = Clause(subject: subject, verb: verb, tense: .present, negation: negation)
    clause.object = object.phrase
    if !isThis, !isNegated(negation), verb.english == "like", random.chance(20) {
      clause.tail = frame("very/1 much/1", "beaucoup/1")
      // "J'aime beaucoup le fromage": the adverb follows the French verb.
      clause.adverb = Phrase(french: clause.tail.french)
      clause.tail.french = []
    }
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    if random.chance(12) {
      clause.tense = .habitual
      clause.negation = .none
      if isThis { clause.tense = .present }
    }
    return full(statement(clause))
  }

  /// "I prefer tea to coffee": "Je préfère le thé au café".
  func preference() -> Phrase {
    let subject = person()
    let kind = random.pick(["dish", "drink", "sport", "fruit", "subject"])
    let first = noun([kind])
    var second = noun([kind])
    while second.english == first.english { second = noun([kind]) }
    let plural = kind == "fruit"
    var clause = Clause(subject: subject, verb: verb("taste", "prefer"), tense: .present)
    clause.object = frame(
      "{0} to/1 {1}", "{0} à/1 {1}", nounPhrase(first, .generic, plural: plural).phrase,
      nounPhrase(second, .generic, plural: plural).phrase)
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I like to dance": "J'aime danser".
  func activity() -> Phrase {
    let subject = person()
    let verb = verb("activity")
    let main = self.verb(random.chance(70) ? "intrans" : "see")
    guard
      [
        "sleep", "work", "sing", "dance", "run", "swim", "travel", "walk", "study", "play", "cook", "eat",
        "read", "talk", "rest", "laugh",
      ].contains(main.english)
    else { return activity() }
    var clause = Clause(subject: subject, verb: main, tense: .modal(verb))
    clause.negation = random.chance(20) && verb.english == "like" ? .not : .none
    clause.tail = random.chance(50) ? inPlaceFor(main) : .empty
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "We would like a table", "I want this dress".
  func wanting() -> Phrase {
    let subject = person()
    let isPolite = random.chance(50)
    let negation: Negation = !isPolite && random.chance(25) ? .not : .none
    let object = object(
      kinds: [
        "dish", "drink", "fruit", "cloth", "present", "item", "course", "snack", "goods", "pet", "home",
      ],
      subject: subject.agreement, negated: isNegated(negation))
    var clause = Clause(subject: subject, verb: verb("want"), tense: .present, negation: negation)
    clause.object = object.phrase
    if isPolite {
      let (w, l) = (newKey(), newKey())
      let person = subject.agreement.person
      let form = FrenchVerb("vouloir").conditional(person)
      let would =
        subject.pronounKey != nil && random.chance(60)
        ? Leaf.english("'d", [[w]]) : [Leaf("would", [w])]
      let phrase = Phrase(
        english: subject.phrase.english + would + [Leaf("like", [l])] + object.phrase.english,
        french: subject.phrase.french + [Leaf(form, [w, l])] + object.phrase.french)
      return random.chance(35) ? frame("{0} , {1} .", "{0} , {1} .", phrase, please()) : full(phrase)
    }
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "please": "s'il vous plaît" or "s'il te plaît".
  func please() -> Phrase {
    saysYou = true
    return frame("please/1", address.person == 1 ? "s'il/1 te/1 plaît/1" : "s'il/1 vous/1 plaît/1")
  }

  /// "My father is a teacher", "She wants to become a doctor".
  func profession() -> Phrase {
    let subject =
      random.chance(40)
      ? anyPronoun() : random.chance(40) ? anyFirstName() : relative(plural: random.chance(20))
    let agreement = subject.agreement
    let noun = noun(["pro"])
    let isFeminine = agreement.gender == .feminine
    let stem = isFeminine ? noun.feminine ?? noun.french : noun.french
    let n = newKey()
    var job = Phrase(
      english: Leaf.english(words: agreement.isPlural ? noun.englishPlural : noun.english, [n]),
      french: Leaf.french(words: agreement.isPlural ? FrenchNoun.plural(stem) : stem, [n]))
    if !agreement.isPlural { job.english = Leaf.english(words: "a", [n]) + job.english }
    if random.chance(25) {
      var clause = Clause(
        subject: subject, verb: verb("become"),
        tense: random.pick([.past, .future, .near, .wish, .modal(verb("modal", "want"))]))
      clause.object = job
      return random.chance(25) && isAskable(clause) ? asked(question(clause)) : full(statement(clause))
    }
    var clause = Clause(subject: subject, verb: verb("be"), tense: random.pick([.present, .present, .past]))
    clause.negation = random.chance(20) ? .not : .none
    clause.object = job
    if random.chance(20), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "Her husband is Italian", "I come from Spain", "We bought an Italian car".
  func nationality() -> Phrase {
    let subject = person()
    if random.chance(40) {
      var clause = Clause(subject: subject, verb: verb("from"), tense: .present)
      clause.negation = random.chance(15) ? .not : .none
      clause.object = fromSomewhere()
      return random.chance(25) && isAskable(clause) ? asked(question(clause)) : full(statement(clause))
    }
    let nation = random.pick(Lexicon.nationalities)
    let isFeminine = subject.agreement.gender == .feminine
    let stem = isFeminine ? nation.feminine : nation.masculine
    let form = subject.agreement.isPlural ? FrenchNoun.plural(stem) : stem
    var clause = Clause(subject: subject, verb: verb("be"), tense: .present)
    clause.negation = random.chance(20) ? .not : .none
    clause.object = frame("\(nation.english)/1", "\(form)/1")
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "an Italian car": "une voiture italienne".
  func nationalThing() -> Phrase {
    let subject = person()
    let nation = random.pick(Lexicon.nationalities)
    let noun = noun(["veh", "cloth", "reading", "watch", "dish", "hear", "pro", "cycle"])
    let isMass = noun.kinds.contains("dish")
    let plural = !isMass && random.chance(30)
    let forms = [nation.masculine, nation.feminine]
    let adjective = Adjective(
      english: nation.english, forms: forms + [FrenchNoun.plural(forms[0]), forms[1] + "s"], beforeVowel: nil,
      precedesNoun: false, kinds: [])
    let verbs =
      noun.kinds.contains("pro")
      ? ["meet", "know", "see"]
      : noun.kinds.contains("hear")
        ? ["hear"]
        : noun.kinds.contains("watch")
          ? ["watch", "see"] : isMass ? ["buy", "love"] : ["buy", "sell", "find", "see"]
    let verb = verb("see", random.pick(verbs))
    let loves = verb.english == "love"
    let determiner: Determiner =
      isMass ? (loves ? .generic : .some) : plural ? (loves ? .generic : .some) : .a
    let tense: Tense =
      loves || verb.english == "know" ? .present : random.pick([.past, .future, .perfect, .near])
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.object = nounPhrase(noun, determiner, plural: plural, adjective: adjective).phrase
    return full(statement(clause))
  }

  /// "Do you speak German?", "My aunt is learning Chinese": the article goes with learning alone.
  func speaking() -> Phrase {
    let subject = person()
    let learns = random.chance(40)
    let verb = verb("speak", learns ? "learn" : "speak")
    var tense: Tense = random.pick([
      .present, .present, .modal(self.verb("modal", random.pick(["know", "want"]))), .future,
    ])
    if learns { tense = learningTense(or: tense) }
    let key = newKey()
    let tongue = noun(["tongue"])
    let article = learns ? Leaf.french(words: "le", [key]) : []
    let language = Phrase(
      english: [Leaf(tongue.english, [key])], french: article + [Leaf(tongue.french, [key])])
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.negation = random.chance(25) ? .not : .none
    clause.object = language
    if !learns, !isNegated(clause.negation), case .present = tense, random.chance(45) {
      let manner = random.pick([
        ("well/1", "bien/1", true), ("very/1 well/2", "très/1 bien/2", true),
        ("a/1 little/1", "un/1 peu/1", true), ("fluently/1", "couramment/1", false),
      ])
      let words = frame(manner.0, manner.1)
      clause.tail.english = words.english
      if manner.2 { clause.adverb.french = words.french } else { clause.tail.french = words.french }
    } else if random.chance(35) {
      clause.tail =
        random.chance(50)
        ? frame("at/1 school/2", "à/1 l'école/1+2") : frame("at/1 home/2", "à/1 la/1 maison/2")
    }
    if random.chance(30), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  private func learningTense(or tense: Tense) -> Tense {
    random.pick([.progressive, .present, .past, tense])
  }

  /// "They play tennis", "Léa plays the piano": à for sports, de for instruments.
  func playing() -> Phrase {
    let subject = person()
    let isSport = random.chance(55)
    let verb = verb(isSport ? "sport" : "instrument")
    var tense = tense(for: verb)
    if case .just = tense { tense = .past }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.negation = negation(for: tense, percent: 22)
    clause.object =
      nounPhrase(noun([isSport ? "sport" : "instrument"]), isSport ? .generic : .the, plural: false).phrase
    clause.adverb = frequency(for: tense, clause.negation, percent: 15)
    if clause.adverb.english.isEmpty { clause.tail = time(for: tense, percent: 45) }
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I have a sore throat": "J'ai mal à la gorge"; "My head hurts".
  func pain() -> Phrase {
    let subject = person()
    let noun = noun(["body"])
    let part = nounPhrase(noun, .generic, plural: false).phrase
    var clause = Clause(subject: subject, verb: verb("have"), tense: .present)
    let article = Phrase(french: part.french)
    clause.object = frame("a/1 sore/1 {0}", "mal/1 à/1 {1}", Phrase(english: part.english), article)
    clause.tail =
      random.chance(30)
      ? pickPattern([("today/1", "aujourd'hui/1"), ("this/1 morning/2", "ce/1 matin/2")]) : .empty
    if random.chance(22), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "She washed her hands": "Elle s'est lavé les mains"; "He broke his leg".
  func bodyCare() -> Phrase {
    let subject = person()
    let person = subject.agreement.person
    let breaks = random.chance(35)
    let verb = verb("body", breaks ? "break" : random.pick(["wash", "dry", "brush"]))
    let parts: [(String, String)] =
      breaks
      ? [
        ("arm", "le bras"), ("leg", "la jambe"), ("finger", "le doigt"), ("nose", "le nez"),
        ("foot", "le pied"),
      ]
      : verb.english == "brush"
        ? [("teeth", "les dents"), ("hair", "les cheveux")]
        : [("hands", "les mains"), ("face", "le visage"), ("hair", "les cheveux"), ("feet", "les pieds")]
    let part = random.pick(parts)
    var tense: Tense = breaks ? random.pick([.past, .past, .perfect]) : tense(for: verb)
    if case .habitual = tense { tense = .past }
    let owners = [
      "my", "your", subject.agreement.gender == .feminine ? "her" : "his", "our", "your", "their",
    ]
    // "Everyone broke their leg" would need other words on each side.
    if subject.phrase.english[0].text == "everyone" { return bodyCare() }
    if person == 1 || person == 4 { saysYou = true }
    var clause = Clause(subject: subject, verb: verb, tense: tense, objectFollowsReflexive: true)
    clause.negation = negation(for: tense, percent: breaks ? 10 : 20)
    let article = part.1.split(separator: " ")
    // "They washed their faces": each has one, and French says so.
    let isOneEach = subject.agreement.isPlural && article[0] != "les"
    let english = !isOneEach ? part.0 : part.0 == "foot" ? "feet" : English.plural(part.0)
    clause.object = frame("\(owners[person])/1 \(english)/2", "\(article[0])/1 \(article[1])/2")
    clause.tail = isNegated(clause.negation) ? .empty : time(for: tense, percent: 40)
    if random.chance(18), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I have a cold": fixed complaints.
  func illness() -> Phrase {
    let subject = person()
    var clause = Clause(subject: subject, verb: verb("have"), tense: .present)
    let illness = random.pick([
      ("a/1 cold/2", "un/1 rhume/2"), ("a/1 cough/2", "de/1 la/1 toux/2"),
      ("a/1 fever/2", "de/1 la/1 fièvre/2"), ("a/1 headache/2", "mal/2 à/2 la/2 tête/2"),
      ("a/1 stomachache/2", "mal/2 à/2 le/2 ventre/2"), ("flu/1", "la/1 grippe/1"),
      ("a/1 toothache/2", "mal/2 à/2 les/2 dents/2"),
    ])
    clause.object = frame(illness.0, illness.1)
    clause.tail =
      random.chance(35)
      ? pickPattern([
        ("today/1", "aujourd'hui/1"),
        ("this/1 week/2", "cette/1 semaine/2"),
      ]) : .empty
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "I have lived here for two years": a French present with depuis.
  func since() -> Phrase {
    let subject = person()
    let person = subject.agreement.person
    let (a, v) = (newKey(), newKey())
    let choices: [(String, String, Phrase)] = [
      ("lived", "habiter", inPlaceToLive()), ("worked", "travailler", inPlaceToWork()),
      ("waited", "attendre", .empty), ("known", "connaître", anyFirstName().phrase),
      ("studied", "étudier", nounPhrase(noun(["subject"]), .generic, plural: false).phrase),
    ]
    let choice = random.pick(choices)
    let auxiliary = person == 2 ? "has" : "have"
    let short = subject.pronounKey != nil && random.chance(50) && person != 2
    let english = short ? Leaf.english("'ve", [[a]]) : [Leaf(auxiliary, [a])]
    let verb = Phrase(
      english: subject.phrase.english + english + [Leaf(choice.0, [v])],
      french: subject.phrase.french + Leaf.french(FrenchVerb(choice.1).present[person], [[a, v]]))
    let span = choice.0 == "waited" ? duration(0, 1) : duration(3, 5)
    return frame("{0} {1} for/1 {2} .", "{0} {1} depuis/1 {2} .", verb, choice.2, span)
  }

  private func inPlaceToLive() -> Phrase {
    random.chance(50) ? inCity() : random.chance(50) ? inCountry() : frame("here/1", "ici/1")
  }

  private func inPlaceToWork() -> Phrase {
    random.chance(50)
      ? frame("at/1 {0}", "à/1 {0}", nounPhrase(noun(["place"]), .the, plural: false).phrase) : inCity()
  }

  /// "My aunt lives in Rome", "We used to live in Spain".
  func living() -> Phrase {
    let subject = person()
    let tense: Tense = random.pick([
      .present, .present, .habitual, .future, .wish, .modal(verb("modal", "want")),
    ])
    var clause = Clause(subject: subject, verb: verb("live"), tense: tense)
    clause.negation = negation(for: tense, percent: 20)
    let home = nounPhrase(
      noun(["home"]), .a, plural: false, adjective: random.chance(50) ? adjective(for: noun(["home"])) : nil)
    let inHome = frame("in/1 {0}", "dans/1 {0}", home.phrase)
    clause.object = random.pick([inCity(), inCity(), inCountry(), inHome, nearPlace()])
    if random.chance(22), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }
}
