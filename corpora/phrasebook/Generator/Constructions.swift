extension Author {
  /// All constructions with their weights.
  static let constructions: [(weight: Int, write: @Sendable (Author) -> Phrase)] = [
    // Verbs and their complements.
    (110, { $0.transitive() }), (45, { $0.transitiveQuestion() }), (70, { $0.intransitive() }),
    (40, { $0.going() }), (30, { $0.living() }), (20, { $0.since() }), (25, { $0.activity() }),
    // Pronouns.
    (40, { $0.directPronoun() }), (25, { $0.indirectPronoun() }), (40, { $0.giving() }),
    (40, { $0.antecedentDialogue() }), (25, { $0.antecedentPerson() }), (25, { $0.adverbialPronoun() }),
    // Being and having.
    (50, { $0.feeling() }), (15, { $0.seeming() }), (18, { $0.sensation() }), (12, { $0.fear() }),
    (14, { $0.age() }), (25, { $0.comparingPeople() }), (25, { $0.comparingThings() }),
    (18, { $0.superlative() }), (40, { $0.having() }), (35, { $0.existence() }), (25, { $0.location() }),
    (15, { $0.whereIs() }), (35, { $0.description() }), (15, { $0.belonging() }),
    (10, { $0.exclamation() }), (12, { $0.passive() }),
    // Everyday life.
    (35, { $0.taste() }), (12, { $0.preference() }), (35, { $0.wanting() }), (22, { $0.profession() }),
    (22, { $0.nationality() }), (14, { $0.nationalThing() }), (20, { $0.speaking() }),
    (20, { $0.playing() }), (12, { $0.pain() }), (16, { $0.bodyCare() }), (7, { $0.illness() }),
    (16, { $0.hurting() }),
    // Questions, orders, nobody and nothing.
    (35, { $0.asking() }), (25, { $0.what() }), (30, { $0.whichThing() }), (18, { $0.who() }),
    (16, { $0.nobody() }), (16, { $0.nothing() }), (35, { $0.order() }), (22, { $0.pronounOrder() }),
    (18, { $0.requestToGive() }), (14, { $0.suggestion() }), (14, { $0.politeRequest() }),
    (14, { $0.permission() }),
    // Travel, restaurants, shops, weather, calendar.
    (22, { $0.direction() }), (28, { $0.transport() }), (20, { $0.timetable() }),
    (20, { $0.openingHours() }), (14, { $0.booking() }), (26, { $0.ordering() }), (26, { $0.price() }),
    (30, { $0.weather() }), (35, { $0.clockAndCalendar() }),
    (20, { $0.manner() }), (22, { $0.together() }), (14, { $0.only() }), (16, { $0.notYet() }),
    (14, { $0.tooMuch() }), (18, { $0.introduction() }), (12, { $0.journeyTime() }),
    // Two clauses.
    (24, { $0.interrupted() }), (22, { $0.doublePronoun() }),
    (45, { $0.relative() }), (24, { $0.report() }), (22, { $0.condition() }), (50, { $0.reason() }),
    (14, { $0.youth() }), (26, { $0.quotation() }), (10, { $0.list() }),
    (22, { $0.infinitive() }), (20, { $0.impersonal() }), (24, { $0.greeting() }),
  ]
}
