/// Greetings, thanks, apologies, and verbs with an infinitive.
extension Author {
  func greeting() -> Phrase {
    let name = someAddress()
    let vocative = name.vocative ?? .empty
    let isTu = name.person == 1
    let votre = isTu ? "ton" : "votre"
    switch random.below(9) {
    case 0:
      return frame(
        "{0} , {1} !", "{0} , {1} !",
        pickPattern([
          ("good/1 morning/1", "bonjour/1"), ("good/1 evening/1", "bonsoir/1"),
          ("goodbye/1", "au/1 revoir/1"), ("hello/1", "bonjour/1"), ("good/1 night/2", "bonne/1 nuit/2"),
          ("welcome/1", "bienvenue/1"), ("happy/2 birthday/1", "bon/2 anniversaire/1"),
          ("congratulations/1", "félicitations/1"), ("see/1 you/1 tomorrow/2", "à/1 demain/2"),
          ("see/1 you/1 soon/2", "à/1 bientôt/2"),
        ]), vocative)
    case 1, 2, 3:
      let thing = random.pick([
        ("help", "aide", true), ("letter", "lettre", true), ("gift", "cadeau", false),
        ("message", "message", false), ("answer", "réponse", true), ("patience", "patience", true),
        ("invitation", "invitation", true), ("advice", "conseil", false), ("work", "travail", false),
        ("photos", "photos+", true),
      ])
      let isPlural = thing.1.hasSuffix("+")
      let word = isPlural ? String(thing.1.dropLast()) : thing.1
      let possessive = isPlural ? (isTu ? "tes" : "vos") : isTu ? (thing.2 ? "ta" : "ton") : votre
      return frame(
        "thank/1 you/1 for/2 your/3 \(thing.0)/4 , {0} .", "merci/1 pour/2 \(possessive)/3 \(word)/4 , {0} .",
        vocative)
    case 4:
      let key = isTu ? "excuse-moi/1+2+2" : "excusez-moi/1+2+2"
      let feeling = pickPattern([
        ("I/1 'm/2 late/3", "je/1 suis/2 en/3 retard/3"), ("I/1 'm/2 lost/3", "je/1 suis/2 perdu/3"),
        ("I/1 'm/2 busy/3", "je/1 suis/2 occupé/3"), ("I/1 'm/2 tired/3", "je/1 suis/2 fatigué/3"),
        ("I/1 don't/2+3 understand/4", "je/1 ne/3 comprends/2,4 pas/3"),
      ])
      return frame("excuse/1 me/2 , {0} , {1} .", "\(key) , {0} , {1} .", vocative, feeling)
    case 5:
      let ton = isTu ? "vas-tu/3+2+2" : "allez-vous/3+2+2"
      return frame("hello/4 , {0} , how/1 are/3 you/2 ?", "bonjour/4 , {0} , comment/1 \(ton) ?", vocative)
    case 6:
      let isShe = name.gender == .feminine
      let ready = isShe ? "prête" : "prêt"
      let form = name.isPlural ? ready + "s" : ready
      return frame(
        "{0} , are/1 you/2 ready/3 ?", "{0} , \(isTu ? "es-tu" : "êtes-vous")/1+2+2 \(form)/3 ?", vocative)
    case 7:
      let day = random.pick(Self.days)
      return frame("see/1 you/1 on/2 \(day.0)/3 , {0} !", "à/1 \(day.1)/2,3 , {0} !", vocative)
    default:
      let wish = random.pick([
        ("have/1 a/2 good/3 trip/4", "bon/1,2,3 voyage/4"),
        ("have/1 a/2 nice/3 day/4", "bonne/1,2,3 journée/4"),
        ("have/1 a/2 nice/3 evening/4", "bonne/1,2,3 soirée/4"),
        ("have/1 a/2 good/3 weekend/4", "bon/1,2,3 week-end/4"),
        ("enjoy/1 your/2 meal/3", "bon/1,2 appétit/3"), ("good/1 luck/2", "bonne/1 chance/2"),
      ])
      return frame("\(wish.0) , {0} !", "\(wish.1) , {0} !", vocative)
    }
  }

  /// "I forgot to close the door.", "He's trying to open the window."
  func infinitive() -> Phrase {
    let subject = person()
    let outer = verb("infinitive")
    let lasts = ["begin", "continue"].contains(outer.english)
    let negation: Negation = random.chance(15) ? .not : .none
    let inner = verb(
      "trans",
      random.pick(
        lasts
          ? ["clean", "read", "paint", "learn", "use", "wash", "study", "prepare", "write", "repair"]
          : [
            "buy", "open", "close", "clean", "wash", "repair", "read", "call", "prepare", "sell", "visit",
            "finish", "write", "take", "paint", "learn", "use", "bring", "understand", "help",
          ]))
    let object = object(of: inner, subject: subject.agreement, negated: false)
    let keys = (newKey(), newKey(), newKey())
    let particle = Leaf.english(words: inner.particle, [keys.2])
    let innerKeys = [keys.0] + (inner.preposition.isEmpty ? [keys.2] : [])
    var clause = Clause(subject: subject, verb: outer, tense: .past, negation: negation)
    switch outer.english {
    case "forget", "promise", "refuse", "decide", "manage":
      clause.tense = random.pick([.past, .past, .perfect])
    case "hope", "plan": clause.tense = .present
    default: clause.tense = random.pick([.past, .progressive, .near, .future])
    }
    // The preposition of the outer verb stands for "to".
    clause.verb = Verb(
      english: outer.english, past: outer.past, pastParticiple: outer.pastParticiple, gerund: outer.gerund,
      particle: "",
      french: outer.french, isReflexive: outer.isReflexive, frenchTail: "", preposition: "", kinds: [])
    clause.object = Phrase(
      english: [Leaf("to", [keys.1]), Leaf(inner.english, [keys.0])] + particle + object.phrase.english,
      french: Leaf.french(words: outer.preposition, [keys.1])
        + Leaf.french(words: inner.french.infinitive, innerKeys + (outer.preposition.isEmpty ? [keys.1] : []))
        + Leaf.french(words: inner.preposition, [particle.isEmpty ? keys.0 : keys.2]) + object.phrase.french)
    if random.chance(22), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "It is easy to learn Italian."
  func impersonal() -> Phrase {
    let adjective = random.pick([
      ("easy", "facile"), ("difficult", "difficile"), ("important", "important"),
      ("interesting", "intéressant"), ("useful", "utile"), ("dangerous", "dangereux"),
      ("impossible", "impossible"), ("possible", "possible"),
    ])
    let verbs =
      adjective.0 == "dangerous"
      ? ["cross", "drive", "touch"]
      : [
        "understand", "learn", "find", "repair", "read", "visit", "choose", "clean", "use", "prepare", "buy",
        "help", "draw", "translate", "finish",
      ]
    let verb = verb("trans", random.pick(verbs))
    let subject = Agreement(person: 2, gender: .masculine, isPlural: false)
    let object = object(of: verb, subject: subject, negated: false)
    let (t, v, p) = (newKey(), newKey(), newKey())
    let infinitive = Phrase(
      english: [Leaf("to", [t]), Leaf(verb.english, [v])] + Leaf.english(words: verb.particle, [p])
        + object.phrase.english,
      french: Leaf.french(words: "de", [t]) + Leaf.french(words: verb.french.infinitive, [v, p])
        + object.phrase.french)
    let patterns = [
      ("it/1 is/2 \(adjective.0)/3 {0}", "il/1 est/2 \(adjective.1)/3 {0}"),
      ("it/1 's/2 \(adjective.0)/3 {0}", "il/1 est/2 \(adjective.1)/3 {0}"),
      ("it/1 isn't/2+4 \(adjective.0)/3 {0}", "il/1 n'est/4+2 pas/4 \(adjective.1)/3 {0}"),
      ("it/1 was/2 \(adjective.0)/3 {0}", "il/1 était/2 \(adjective.1)/3 {0}"),
      ("it/1 will/2 be/2 \(adjective.0)/3 {0}", "il/1 sera/2 \(adjective.1)/3 {0}"),
      ("it/1 is/2 not/4 \(adjective.0)/3 {0}", "il/1 n'est/4+2 pas/4 \(adjective.1)/3 {0}"),
    ]
    let pattern = random.pick(patterns)
    return full(frame(pattern.0, pattern.1, infinitive))
  }

  /// "Can I pay by card?", "May I come in?"
  func permission() -> Phrase {
    let verb =
      random.chance(30)
      ? verb("move", random.pick(["come", "leave", "go"]))
      : verb(
        "trans",
        random.pick([
          "open", "close", "see", "borrow", "use", "take", "visit", "order", "call", "keep", "buy", "rent",
        ]))
    let object =
      verb.kinds.isEmpty
      ? .empty
      : object(of: verb, subject: Agreement(person: 0, gender: .masculine, isPlural: false), negated: false)
        .phrase
    let (m, v, p, i) = (newKey(), newKey(), newKey(), newKey())
    let english: [Leaf] =
      [Leaf("may", [m]), Leaf("I", [i]), Leaf(verb.english, [v])] + Leaf.english(words: verb.particle, [p])
    let french: [Leaf] =
      [Leaf("puis", [m]), hyphen([i]), Leaf("je", [i])] + Leaf.french(words: verb.french.infinitive, [v, p])
    let phrase = Phrase(english: english + object.english, french: french + object.french)
    return random.chance(25) ? asked(frame("{0} , {1}", "{0} , {1}", phrase, please())) : asked(phrase)
  }

  /// "My head hurts.": "J'ai mal à la tête."
  func hurting() -> Phrase {
    let noun = noun(["body", "ache"])
    let (h, s, n) = (newKey(), newKey(), newKey())
    let article = article(noun.gender, plural: false)
    let part = Phrase(
      english: Leaf.english(words: noun.english, [n]),
      french: Leaf.french(words: article + " " + noun.french, [n]))
    if random.chance(55) {
      let choices: [(String, String, Int)] = [
        ("my", "je", 0), ("her", "elle", 2), ("his", "il", 2),
        ("your", address.person == 1 ? "tu" : "vous", address.person),
      ]
      let choice = random.pick(choices)
      if choice.0 == "your" { saysYou = true }
      let a = FrenchVerb("avoir").present[choice.2]
      let phrase = Phrase(
        english: [Leaf(choice.0, [s])] + part.english + [Leaf("hurts", [h])],
        french: Leaf.french(choice.1, [[s]]) + Leaf.french(words: "\(a) mal à", [h]) + part.french)
      return full(phrase)
    }
    let owner = anyFirstName().phrase
    return full(
      frame(
        "{0} 's/1 {1} hurts/2", "{0} a/2 mal/2 à/2 \(article)/1 {1}", owner,
        bareNoun(noun)))
  }
}
