/// Names, ages, journeys, and things handed from one to another.
extension Author {
  /// "What's your name?", "How old is your brother?", "My name is Karim."
  func introduction() -> Phrase {
    switch random.below(8) {
    case 0, 1:
      let subject =
        random.chance(40) ? pronoun(4) : random.chance(50) ? pronoun(2, .feminine) : pronoun(2, .masculine)
      let agreement = subject.agreement
      let isHer = agreement.gender == .feminine
      let owner = agreement.person == 2 ? (isHer ? "her" : "his") : "your"
      let form = FrenchVerb("appeler").present[agreement.person]
      let (w, i, n, y) = (newKey(), newKey(), newKey(), newKey())
      let english =
        [Leaf("what", [w])] + (random.chance(50) ? Leaf.english("'s", [[i]]) : [Leaf("is", [i])])
        + [Leaf(owner, [y]), Leaf("name", [n])]
      let finite = Leaf(form, [i, n])
      var pronoun = subject
      pronoun.phrase.french[0].keys = [y]
      let french =
        [Leaf("comment", [w])] + Leaf.french(Self.reflexives[agreement.person], [[n]])
        + inverted(finite, pronoun)
      return asked(Phrase(english: english, french: french))
    case 2, 3, 4:
      let gender: Gender = random.chance(50) ? .masculine : .feminine
      let name = firstName(gender)
      let he = gender == .feminine ? ("her", "elle") : ("his", "il")
      switch random.below(3) {
      case 0: return full(frame("my/1 name/2 is/3 {0}", "je/1 m'appelle/2+2,3 {0}", name.phrase))
      case 1: return full(frame("\(he.0)/1 name/2 is/3 {0}", "\(he.1)/1 s'appelle/2+2,3 {0}", name.phrase))
      default:
        let kin = noun([random.pick(["kin", "pet"])])
        let owner = nounPhrase(kin, anyOwner(), plural: false)
        let named = firstName(kin.gender)
        return full(frame("{0} is/1 called/2 {1}", "{0} s'appelle/1+2 {1}", owner.phrase, named.phrase))
      }
    default:
      let subject = random.chance(40) ? pronoun(4) : random.chance(40) ? pronoun(2, .feminine) : nounPerson()
      if subject.phrase.english[0].text == "everyone" { return introduction() }
      let person = subject.agreement.person
      let be = newKey()
      let phrase = frame("how/1 old/2", "quel/1 âge/2")
      let finite = Leaf(FrenchVerb("avoir").present[person], [be])
      let french = subject.pronounKey != nil ? inverted(finite, subject) : [finite] + subject.phrase.french
      return asked(
        Phrase(
          english: phrase.english + [Leaf(Self.beForms[person], [be])] + subject.phrase.english,
          french: phrase.french + french))
    }
  }

  /// "It takes two hours to go to Lyon by train."
  func journeyTime() -> Phrase {
    let isFar = random.chance(60)
    let way = pickPattern(isFar ? Self.farTransports : Self.nearTransports)
    let place = isFar ? toFarAway() : toPlace()
    let go = frame("to/1 go/2 {0} {1}", "pour/1 aller/2 {0} {1}", place, way)
    let span = isFar ? duration(1, 1) : duration(0, 0)
    switch random.below(3) {
    case 0: return full(frame("it/1 takes/2 {0} {1}", "il/1 faut/2 {0} {1}", span, go))
    case 1: return full(frame("it/1 will/2 take/3 {0} {1}", "il/1 faudra/2,3 {0} {1}", span, go))
    default: return full(frame("you/1 need/2 {0} {1}", "il/1 faut/2 {0} {1}", span, go))
    }
  }

  /// "The book? I gave it to her.": "Je le lui ai donné."; "He'll show it to me.": "Il me le montrera."
  func doublePronoun() -> Phrase {
    let verb = verb("give")
    let noun = noun(handedOver(by: verb))
    let thing = nounPhrase(
      noun, random.pick([.the, .this, .of(owner: 0, gender: .masculine)]), plural: random.chance(35))
    let subject = random.chance(70) ? anyPronoun() : nounPerson()
    let receiver = objectPronoun(besides: subject.agreement.person, indirect: true)
    let tense: Tense = random.pick([
      .past, .past, .future, .near, .modal(self.verb("modal", "want")), .perfect,
    ])
    var clause = Clause(subject: subject, verb: verb, tense: tense)
    clause.negation = negation(for: tense, percent: 15)
    let (it, to) = (newKey(), newKey())
    let agreement = thing.agreement
    let direct = agreement.isPlural ? "les^" : agreement.gender == .feminine ? "la^" : "le^"
    let directLeaf = Leaf.french(direct, [[it]])[0]
    var receiverLeaf = receiver.french
    receiverLeaf.keys.append(to)
    let isThird = ["lui", "leur"].contains(receiverLeaf.text)
    clause.clitics = isThird ? [directLeaf, receiverLeaf] : [receiverLeaf, directLeaf]
    clause.precedingObject = agreement
    clause.object = Phrase(english: [
      Leaf(agreement.isPlural ? "them" : "it", [it]), Leaf("to", [to]), receiver.english,
    ])
    clause.tail = random.chance(30) ? time(for: tense, percent: 100) : .empty
    return frame("{0} ? {1} .", "{0} ? {1} .", thing.phrase, statement(clause))
  }
}
