/// Directions, transport, hotels, restaurants, shops.
extension Author {
  /// "Turn left at the bank."
  func direction() -> Phrase {
    saysYou = true
    let isTu = address.person == 1
    let place = nounPhrase(noun(["place"]), .the, plural: false).phrase
    switch random.below(7) {
    case 0, 1:
      let side = random.pick([("left/2", "à/2 gauche/2"), ("right/2", "à/2 droite/2")])
      let after =
        random.chance(50) ? frame("after/1 {0}", "après/1 {0}", place) : frame("at/1 {0}", "à/1 {0}", place)
      return frame("turn/1 \(side.0) {0} .", "\(isTu ? "tourne" : "tournez")/1 \(side.1) {0} .", after)
    case 2:
      let until = frame("as/1 far/1 as/1 {0}", "jusque/1 à/1 {0}", place)
      var phrase = frame(
        "go/1 straight/2 on/2 {0} .", "\(isTu ? "va" : "allez")/1 tout/2 droit/2 {0} .", until)
      for i in phrase.french.indices where phrase.french[i].text == "jusque" {
        phrase.french[i].text = "jusqu'"
        phrase.french[i].joinsRight = true
      }
      return phrase
    case 3:
      let ordinal = random.pick([
        ("first/2", "première/2"), ("second/2", "deuxième/2"), ("third/2", "troisième/2"),
        ("next/2", "prochaine/2"),
      ])
      let side = random.pick([("left/4", "gauche/4"), ("right/4", "droite/4")])
      return frame(
        "take/5 the/1 \(ordinal.0) street/3 on/6 the/6 \(side.0) .",
        "\(isTu ? "prends" : "prenez")/5 la/1 \(ordinal.1) rue/3 à/6 \(side.1) .")
    case 4:
      let crossing = nounPhrase(noun(["crossing"]), .the, plural: false).phrase
      return frame(
        "cross/1 {0} and/2 turn/3 left/4 .",
        "\(isTu ? "traverse" : "traversez")/1 {0} et/2 \(isTu ? "tourne" : "tournez")/3 à/4 gauche/4 .",
        crossing)
    case 5:
      let side = random.pick([("left/4", "gauche/4"), ("right/4", "droite/4")])
      return frame("{0} is/1 on/2 the/2 \(side.0) .", "{0} est/1 à/2 \(side.1) .", place)
    default:
      return asked(
        frame(
          "how/1 do/2 I/3 get/4 to/5 {0}", "comment/1 aller/2,3,4 à/5 {0}", place))
    }
  }

  /// How one travels in town and from town to town.
  static let nearTransports = [
    ("by/1 car/2", "en/1 voiture/2"), ("by/1 bus/2", "en/1 bus/2"), ("by/1 taxi/2", "en/1 taxi/2"),
    ("by/1 bicycle/2", "à/1 vélo/2"), ("on/1 foot/2", "à/1 pied/2"), ("by/1 tram/2", "en/1 tramway/2"),
  ]
  static let farTransports = [
    ("by/1 train/2", "en/1 train/2"), ("by/1 car/2", "en/1 voiture/2"), ("by/1 bus/2", "en/1 bus/2"),
    ("by/1 plane/2", "en/1 avion/2"), ("by/1 boat/2", "en/1 bateau/2"),
  ]

  /// "We're going to Rome by train."
  func transport() -> Phrase {
    let subject = person()
    let verb = random.chance(60) ? verb("go", "go") : verb("move", random.pick(["come", "arrive", "leave"]))
    var tense: Tense = random.pick([
      .present, .past, .past, .future, .modal(self.verb("modal", "want")), .modal(self.verb("modal", "can")),
      .wish,
    ])
    if verb.english == "go", random.chance(30) { tense = .progressive }
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    let isFar = random.chance(60)
    if verb.english == "go" { clause.object = isFar ? toFarAway() : toPlace() }
    clause.tail = pickPattern(isFar ? Self.farTransports : Self.nearTransports)
    clause.negation = random.chance(12) ? .not : .none
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// "The train to Lyon leaves at half past nine."
  func timetable() -> Phrase {
    let vehicle = nounPhrase(noun(["ride"]), .the, plural: false)
    let city = random.pick(Lexicon.cities)
    let subject =
      random.chance(60)
      ? vehicle.phrase
        + (random.chance(60) ? cityFrame("to/1", "pour/1", city) : cityFrame("from/1", "de/1", city))
      : vehicle.phrase
    var phrase = vehicle
    phrase.phrase = subject
    let verb = verb("move", random.pick(["arrive", "leave"]))
    var clause = Clause(
      subject: phrase, verb: verb, tense: random.pick([.present, .present, .future, .past, .near]))
    let asks = random.chance(30)
    if asks {
      if random.chance(50) {
        return asked(question(clause, word: frame("what/2 time/3", "à/2 quelle/2 heure/3")))
      }
      return asked(question(clause, word: frame("when/1", "quand/1")))
    }
    clause.tail = atClock()
    return full(statement(clause))
  }

  /// "The museum opens at nine o'clock on Sundays."
  func openingHours() -> Phrase {
    let place = nounPhrase(noun(["open"]), .the, plural: false)
    let verb = random.pick([
      ("opens/1", "ouvre/1", "open/1", "est-ce/3 que/3"),
      ("closes/1", "ferme/1", "close/1", "est-ce/3 que/3"),
    ])
    let day = random.pick(Self.days)
    let when = random.chance(40) ? atClock() + frame("on/1 \(day.0)s/2", "le/1 \(day.1)/2") : atClock()
    switch random.below(5) {
    case 0:
      return asked(
        frame(
          "what/1 time/2 does/3 {0} \(verb.2)", "à/1 quelle/1 heure/2 \(verb.3) {0} \(verb.1)", place.phrase))
    case 1:
      let closed = random.chance(50) ? ("closed/2", FrenchVerb("fermer")) : ("open/2", FrenchVerb("ouvrir"))
      let form = closed.1.participle(place.agreement.gender, plural: false)
      let isEvery = random.chance(50)
      let time = isEvery ? frame("on/1 \(day.0)s/2", "le/1 \(day.1)/2") : nowTime()
      return full(frame("{0} is/1 \(closed.0) {1}", "{0} est/1 \(form)/2 {1}", place.phrase, time))
    default: return full(frame("{0} \(verb.0) {1}", "{0} \(verb.1) {1}", place.phrase, when))
    }
  }

  /// "I'd like to book a room for two nights."
  func booking() -> Phrase {
    let subject = pronoun(random.pick([0, 0, 3]))
    let number = 2 + random.below(7)
    let (english, french) = (Self.numbersEnglish[number], Self.numbersFrench[number])
    let what = pickPattern([
      ("a/1 room/2 for/3 \(english)/4 nights/5", "une/1 chambre/2 pour/3 \(french)/4 nuits/5"),
      ("a/1 room/2 for/3 \(english)/4 people/5", "une/1 chambre/2 pour/3 \(french)/4 personnes/5"),
      ("a/1 table/2 for/3 \(english)/4 people/5", "une/1 table/2 pour/3 \(french)/4 personnes/5"),
      ("a/1 double/2 room/3", "une/1 chambre/3 double/2"),
      ("a/1 single/2 room/3", "une/1 chambre/3 simple/2"),
      ("a/1 room/2 with/3 a/4 bathroom/5", "une/1 chambre/2 avec/3 salle/5 de/5 bains/5"),
      ("a/1 table/2 near/3 the/4 window/5", "une/1 table/2 près/3 de/3 la/4 fenêtre/5"),
      ("\(english)/1 tickets/2 to/3 Paris/4", "\(french)/1 billets/2 pour/3 Paris/4"),
      ("\(english)/1 tickets/2 for/3 the/4 concert/5", "\(french)/1 billets/2 pour/3 le/4 concert/5"),
      ("a/1 return/2 ticket/3", "un/1 billet/3 aller-retour/2"), ("two/1 seats/2", "deux/1 places/2"),
    ])
    let tense: Tense = random.pick([.wish, .past, .perfect, .near, .modal(verb("modal", "want"))])
    var clause = Clause(subject: subject, verb: verb("book"), tense: tense)
    clause.object = what
    clause.tail =
      random.chance(50)
      ? pickPattern([
        ("for/1 tonight/2", "pour/1 ce/2 soir/2"), ("for/1 tomorrow/2", "pour/1 demain/2"),
        ("for/1 Saturday/2", "pour/1 samedi/2"), ("for/1 this/2 weekend/3", "pour/1 ce/2 week-end/3"),
      ]) : .empty
    return full(statement(clause))
  }

  /// "a cup of tea", "two kilos of apples".
  func container() -> Phrase {
    let choices: [(String, String, Gender, String)] = [
      ("cup", "tasse", .feminine, "coffee tea"),
      ("glass", "verre", .masculine, "water wine milk orange-juice lemonade"),
      ("bottle", "bouteille", .feminine, "wine water beer cider"),
      ("slice", "tranche", .feminine, "bread ham cheese"),
      ("piece", "morceau", .masculine, "cheese cake bread chocolate"),
      ("bowl", "bol", .masculine, "soup rice milk"),
      ("kilo", "kilo", .masculine, "+"), ("basket", "panier", .masculine, "+"),
      ("pot", "pot", .masculine, "jam honey cream"),
      ("packet", "paquet", .masculine, "sugar flour rice biscuit+"),
      ("litre", "litre", .masculine, "milk water oil"),
    ]
    let choice = random.pick(choices)
    let number = random.chance(60) ? 1 : 2 + random.below(5)
    let contents = choice.3 == "+" ? "+" : random.pick(choice.3.split(separator: " ").map(String.init))
    let inside: Phrase
    if contents == "+" {
      inside = bareNoun(noun(["vegetable", "fruit"]), plural: true)
    } else if contents.hasSuffix("+") {
      inside = bareNoun(named(String(contents.dropLast())), plural: true)
    } else {
      inside = bareNoun(named(contents.replacingHyphen))
    }
    let plural = number > 1
    let one = choice.2 == .feminine ? "une" : "un"
    return frame(
      "\(plural ? Self.numbersEnglish[number] : "a")/1 \(plural ? English.plural(choice.0) : choice.0)/2 of/3 {0}",
      "\(plural ? Self.numbersFrench[number] : one)/1 \(plural ? FrenchNoun.plural(choice.1) : choice.1)/2 de/3 {0}",
      inside)
  }

  func named(_ english: String) -> Noun {
    for kind in ["drink", "dish", "spice", "fruit", "bake"] {
      if let noun = lexicon.nouns[kind]?.first(where: { $0.english == english }) { return noun }
    }
    fatalError("no food “\(english)”")
  }

  /// "I would like a cup of tea, please.", "She drank two glasses of water."
  func ordering() -> Phrase {
    if random.chance(30) {
      return full(frame("{0} , {1}", "{0} , {1}", container(), please()))
    }
    let subject = person()
    let names = ["want", "buy", "order", "bring"]
    let name = random.pick(names)
    let verb =
      name == "want"
      ? verb("want")
      : name == "buy" ? verb("see", "buy") : name == "order" ? verb("trans", "order") : verb("see", "bring")
    var clause = Clause(
      subject: subject, verb: verb,
      tense: name == "want"
        ? .present : random.pick([.past, .future, .near, .wish, .modal(self.verb("modal", "want"))]))
    clause.object = container()
    clause.tail = name == "want" ? .empty : time(for: clause.tense, percent: 30)
    if random.chance(25), isAskable(clause) { return asked(question(clause)) }
    return full(statement(clause))
  }

  /// Prices of small, middling and dear things.
  static let prices = [
    [
      ("two/1", "deux/1"), ("three/1", "trois/1"), ("five/1", "cinq/1"), ("ten/1", "dix/1"),
      ("3.50/1", "3,50/1"), ("4.20/1", "4,20/1"), ("7.90/1", "7,90/1"), ("2.30/1", "2,30/1"),
    ],
    [
      ("ten/1", "dix/1"), ("fifteen/1", "quinze/1"), ("twenty/1", "vingt/1"), ("thirty/1", "trente/1"),
      ("fifty/1", "cinquante/1"), ("12.80/1", "12,80/1"), ("25/1", "25/1"), ("40/1", "40/1"),
      ("15.50/1", "15,50/1"), ("60/1", "60/1"), ("eighty/1", "quatre-vingts/1"),
    ],
    [
      ("99/1", "99/1"), ("a/1 hundred/1", "cent/1"), ("two/1 hundred/2", "deux/1 cents/2"),
      ("three/1 hundred/2", "trois/1 cents/2"), ("250/1", "250/1"), ("480/1", "480/1"),
      ("a/1 thousand/1", "mille/1"),
    ],
  ]

  /// "How much does this coat cost?", "These shoes cost eighty euros."
  func price() -> Phrase {
    let tier = random.below(3)
    let kinds = [
      ["fruit", "snack", "bake", "post", "school"], ["cloth", "wear", "present", "linen"],
      ["furn", "mach", "jewel", "cycle"],
    ]
    let noun = noun(kinds[tier])
    let plural = random.chance(40)
    let thing = nounPhrase(noun, .this, plural: plural)
    let price = random.pick(Self.prices[tier])
    let coûte = plural ? "coûtent" : "coûte"
    switch random.below(5) {
    case 0, 1:
      return asked(
        frame(
          "how/1 much/1 \(plural ? "do" : "does")/2 {0} cost/3", "combien/1 \(coûte)/2,3 {0}", thing.phrase))
    case 2:
      return full(frame("it/1 costs/2 {0} euros/3", "ça/1 coûte/2 {0} euros/3", frame(price.0, price.1)))
    default:
      return full(
        frame(
          "{0} \(plural ? "cost" : "costs")/1 {1} euros/2", "{0} \(coûte)/1 {1} euros/2", thing.phrase,
          frame(price.0, price.1)))
    }
  }
}

extension String {
  /// "orange-juice" as the two words of the lexicon.
  fileprivate var replacingHyphen: String { split(separator: "-").joined(separator: " ") }
}
