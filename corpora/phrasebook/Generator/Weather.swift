/// Weather, clock and calendar.
extension Author {
  func weather() -> Phrase {
    let present = [
      ("it/1 's/2 raining/3", "il/1 pleut/2,3"), ("it/1 's/2 snowing/3", "il/1 neige/2,3"),
      ("it/1 is/2 cold/3", "il/1 fait/2 froid/3"),
      ("it/1 is/2 hot/3", "il/1 fait/2 chaud/3"), ("it/1 's/2 sunny/3", "il/1 y/1 a/2 du/3 soleil/3"),
      ("it/1 's/2 windy/3", "il/1 y/1 a/2 du/3 vent/3"),
      ("it/1 is/2 foggy/3", "il/1 y/1 a/2 du/3 brouillard/3"), ("it/1 is/2 dark/3", "il/1 fait/2 nuit/3"),
      ("the/1 weather/2 is/3 nice/4", "il/1 fait/3 beau/2,4"),
      ("the/1 weather/2 is/3 bad/4", "il/1 fait/3 mauvais/2,4"), ("it/1 's/2 cool/3", "il/1 fait/2 frais/3"),
      ("it/1 's/2 very/3 cold/4", "il/1 fait/2 très/3 froid/4"),
      ("it/1 's/2 too/3 hot/4", "il/1 fait/2 trop/3 chaud/4"),
      ("it/1 isn't/2+3 cold/4", "il/1 ne/3 fait/2 pas/3 froid/4"),
      ("it/1 isn't/2+3 raining/4", "il/1 ne/3 pleut/2,4 pas/3"),
      ("there/1 's/2 a/3 storm/4", "il/1 y/1 a/2 un/3 orage/4"),
    ]
    let past = [
      ("it/1 rained/2", "il/1 a/2 plu/2"), ("it/1 snowed/2", "il/1 a/2 neigé/2"),
      ("it/1 was/2 cold/3", "il/1 faisait/2 froid/3"), ("it/1 was/2 hot/3", "il/1 faisait/2 chaud/3"),
      ("it/1 was/2 sunny/3", "il/1 y/1 avait/2 du/3 soleil/3"),
      ("the/1 weather/2 was/3 nice/4", "il/1 faisait/3 beau/2,4"),
      ("it/1 was/2 windy/3", "il/1 y/1 avait/2 du/3 vent/3"),
      ("it/1 didn't/2+3 rain/4", "il/1 n'a/3+2 pas/3 plu/4"),
      ("it/1 did/2 not/3 snow/4", "il/1 n'a/3+2 pas/3 neigé/4"),
    ]
    let future = [
      ("it/1 will/2 rain/3", "il/1 pleuvra/2,3"), ("it/1 will/2 snow/3", "il/1 neigera/2,3"),
      ("it/1 'll/2 be/2 hot/3", "il/1 fera/2 chaud/3"), ("it/1 will/2 be/2 cold/3", "il/1 fera/2 froid/3"),
      ("it/1 's/2 going/2 to/3 rain/3", "il/1 va/2 pleuvoir/3"),
      ("it/1 's/2 going/2 to/3 snow/3", "il/1 va/2 neiger/3"),
      ("the/1 weather/2 will/3 be/3 nice/4", "il/1 fera/3 beau/2,4"),
      ("it/1 won't/2+3 rain/4", "il/1 ne/3 pleuvra/2,4 pas/3"),
      ("there/1 will/2 be/2 a/3 storm/4", "il/1 y/1 aura/2 un/3 orage/4"),
    ]
    let place = random.chance(60) ? (random.chance(60) ? inCity() : inCountry()) : .empty
    let placeIsEmpty = place.english.isEmpty
    switch random.below(3) {
    case 0:
      let when =
        random.chance(45)
        ? pickPattern([
          ("today/1", "aujourd'hui/1"), ("this/1 morning/2", "ce/1 matin/2"), ("now/1", "maintenant/1"),
          ("this/1 week/2", "cette/1 semaine/2"),
        ]) : .empty
      return full(pickPattern(present) + place + (placeIsEmpty ? when : random.chance(50) ? .empty : when))
    case 1: return full(pickPattern(past) + place + weatherPast())
    default: return full(pickPattern(future) + place + weatherFuture())
    }
  }

  private func weatherPast() -> Phrase {
    let day = random.pick(Self.days)
    return pickPattern([
      ("yesterday/1", "hier/1"), ("yesterday/1", "hier/1"), ("last/1 week/2", "la/2 semaine/2 dernière/1"),
      ("last/1 \(day.0)/2", "\(day.1)/2 dernier/1"), ("on/1 \(day.0)/1", "\(day.1)/1"),
      ("last/1 night/2", "hier/1 soir/2"), ("this/1 morning/2", "ce/1 matin/2"),
      ("last/1 winter/2", "l'hiver/2 dernier/1"),
    ])
  }

  private func weatherFuture() -> Phrase {
    let day = random.pick(Self.days)
    return pickPattern([
      ("tomorrow/1", "demain/1"), ("tomorrow/1", "demain/1"), ("next/1 week/2", "la/2 semaine/2 prochaine/1"),
      ("on/1 \(day.0)/1", "\(day.1)/1"), ("tonight/1", "ce/1 soir/1"),
      ("this/1 weekend/2", "ce/1 week-end/2"), ("this/1 afternoon/2", "cet/1 après-midi/2"),
    ])
  }

  /// "It is half past eight.", "Today is Monday.", "My birthday is on 3 May."
  func clockAndCalendar() -> Phrase {
    switch random.below(9) {
    case 0, 1:
      let time = clockTime()
      let when =
        random.chance(25)
        ? pickPattern([("in/1 the/1 morning/2", "du/1 matin/2"), ("in/1 the/1 evening/2", "du/1 soir/2")])
        : .empty
      let isExact = time.english.count == 1  // noon and midnight need no part of the day
      return random.chance(50)
        ? full(frame("it/1 is/2 {0} {1}", "il/1 est/2 {0} {1}", time, isExact ? .empty : when))
        : full(frame("it/1 's/2 {0} {1}", "il/1 est/2 {0} {1}", time, isExact ? .empty : when))
    case 2:
      let day = random.pick(Self.days)
      return full(
        pickPattern([
          ("today/1 is/2 \(day.0)/3", "aujourd'hui/1 ,/2 c'est/2 \(day.1)/3"),
          ("tomorrow/1 is/2 \(day.0)/3", "demain/1 ,/2 c'est/2 \(day.1)/3"),
          ("yesterday/1 was/2 \(day.0)/3", "hier/1 ,/2 c'était/2 \(day.1)/3"),
        ]))
    case 3, 4:
      let owner = relative(plural: false).phrase
      if random.chance(50) {
        return full(
          frame(
            "{0} 's/1 birthday/2 is/3 on/4 {1}", "l'anniversaire/1+2 de/1 {0} est/3 le/4 {1}",
            random.chance(50) ? anyFirstName().phrase : owner, dayOfMonth()))
      }
      let mine = nounPhrase(
        Noun(
          english: "birthday", englishPlural: "", french: "anniversaire", frenchPlural: "",
          gender: .masculine, kinds: [], feminine: nil),
        random.pick([
          .of(owner: 0, gender: .masculine), .of(owner: 2, gender: .masculine),
          .of(owner: 2, gender: .feminine), your(),
        ]), plural: false)
      return full(frame("{0} is/1 on/2 {1}", "{0} est/1 le/2 {1}", mine.phrase, dayOfMonth()))
    case 5, 6:
      let event = nounPhrase(noun(["event"]), .the, plural: false).phrase
      switch random.below(3) {
      case 0: return full(frame("{0} starts/1 {1}", "{0} commence/1 {1}", event, atClock()))
      case 1: return full(frame("{0} will/1 start/2 {1}", "{0} commencera/1,2 {1}", event, atClock()))
      default: return full(frame("{0} is/1 on/2 {1}", "{0} est/1 le/2 {1}", event, dayOfMonth()))
      }
    case 7:
      let subject = random.chance(50) ? anyPronoun() : nounPerson()
      let place = random.chance(55) ? year() : inCity()
      if subject.phrase.english[0].text == "everyone" { return clockAndCalendar() }
      let agreement = subject.agreement
      let (w, b) = (newKey(), newKey())
      let participle = FrenchVerb("naître").participle(agreement.gender, plural: agreement.isPlural)
      return full(
        Phrase(
          english: subject.phrase.english + [Leaf(Self.wasForms[agreement.person], [w]), Leaf("born", [b])]
            + place.english,
          french: subject.phrase.french + Leaf.french(FrenchVerb("être").present[agreement.person], [[w]]) + [
            Leaf(participle, [b])
          ] + place.french))
    default:
      let event = nounPhrase(noun(["event", "show"]), .the, plural: false).phrase
      let span = duration(0, 1)
      return full(
        random.chance(50)
          ? frame("{0} lasts/1 {1}", "{0} dure/1 {1}", event, span)
          : frame("{0} lasted/1 {1}", "{0} a/1 duré/1 {1}", event, span))
    }
  }
}
