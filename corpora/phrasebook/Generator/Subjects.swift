/// Whom "you" means: it decides between tu and vous, and the gender of what agrees with it.
struct Address {
  var person: Int
  var gender: Gender
  var isPlural: Bool
  var vocative: Phrase?

  /// Without a vocative, "you" is a polite vous for one man, by convention.
  static let plain = Address(person: 4, gender: .masculine, isPlural: false, vocative: nil)
}

extension Author {
  /// Somebody to speak to: a first name, a friend or a parent is tu; "sir", "madam" and several people are vous.
  func someAddress() -> Address {
    switch random.below(20) {
    case 0..<11:
      let gender: Gender = random.chance(50) ? .masculine : .feminine
      return Address(person: 1, gender: gender, isPlural: false, vocative: firstName(gender).phrase)
    case 11: return addressee("my/1 friend/2", "mon/1 ami/2", 1, .masculine)
    case 12: return addressee("Mum/1", "maman/1", 1, .feminine)
    case 13: return addressee("Dad/1", "papa/1", 1, .masculine)
    case 14: return addressee("sir/1", "monsieur/1", 4, .masculine)
    case 15: return addressee("madam/1", "madame/1", 4, .feminine)
    case 16: return addressee("children/1", "les/1 enfants/1", 4, .masculine, plural: true)
    case 17: return addressee("my/1 friends/2", "mes/1 amis/2", 4, .masculine, plural: true)
    case 18:
      let name = random.pick(Lexicon.surnames)
      return addressee("Mr/1 \(name)/2", "monsieur/1 \(name)/2", 4, .masculine)
    default:
      let name = random.pick(Lexicon.surnames)
      return addressee("Mrs/1 \(name)/2", "madame/1 \(name)/2", 4, .feminine)
    }
  }

  private func addressee(
    _ english: String, _ french: String, _ person: Int, _ gender: Gender, plural: Bool = false
  ) -> Address {
    Address(person: person, gender: gender, isPlural: plural, vocative: frame(english, french))
  }

  func firstName(_ gender: Gender) -> NounPhrase {
    let name = random.pick(gender == .feminine ? Lexicon.women : Lexicon.men)
    return NounPhrase(
      phrase: frame("\(name)/1", "\(name)/1"),
      agreement: Agreement(person: 2, gender: gender, isPlural: false))
  }

  func anyFirstName() -> NounPhrase { firstName(random.chance(50) ? .masculine : .feminine) }

  static let pronounsEnglish = ["I", "you", "he", "we", "you", "they"]
  static let pronounsFrench = ["je", "tu", "il", "nous", "vous", "ils"]

  /// A subject pronoun: 0 I, 1 or 4 you (as the address has it), 2 he or she, 3 we, 5 they.
  func pronoun(_ person: Int, _ gender: Gender = .masculine) -> NounPhrase {
    let key = newKey()
    var agreement = Agreement(person: person, gender: gender, isPlural: person == 3 || person == 5)
    if person == 1 || person == 4 {
      saysYou = true
      agreement = Agreement(person: address.person, gender: address.gender, isPlural: address.isPlural)
    }
    let isShe = person == 2 && gender == .feminine
    return NounPhrase(
      phrase: Phrase(
        english: Leaf.english(isShe ? "she" : Self.pronounsEnglish[person], [[key]]),
        french: Leaf.french(isShe ? "elle" : Self.pronounsFrench[agreement.person], [[key]])),
      agreement: agreement, pronounKey: key)
  }

  /// I, you, he, she, we or they.
  func anyPronoun() -> NounPhrase {
    switch random.below(10) {
    case 0..<3: return pronoun(0)
    case 3..<5: return pronoun(4)
    case 5: return pronoun(2, .masculine)
    case 6: return pronoun(2, .feminine)
    case 7, 8: return pronoun(3)
    default: return pronoun(5)
    }
  }

  /// Somebody who does something.
  func person() -> NounPhrase {
    switch random.below(20) {
    case 0..<10: return anyPronoun()
    case 10..<13: return anyFirstName()
    default: return nounPerson()
    }
  }

  /// Somebody named by more than a pronoun.
  func nounPerson() -> NounPhrase {
    switch random.below(12) {
    case 0, 1: return anyFirstName()
    case 2: return coupleOfNames()
    case 3: return surname()
    case 4: return relative(plural: true)
    case 5, 6, 7: return relative(plural: false)
    case 8: return nounPhrase(noun(["pro", "person"]), random.pick([.the, .the, .this]), plural: false)
    case 9: return nounPhrase(noun(["pro", "person"]), .the, plural: false)
    case 10:
      return nounPhrase(noun(["pro", "person"]), random.pick([.the, .the, .the, .all, .this]), plural: true)
    default:
      return NounPhrase(
        phrase: frame("everyone/1", "tout/1 le/1 monde/1"),
        agreement: Agreement(person: 2, gender: .masculine, isPlural: false))
    }
  }

  private func surname() -> NounPhrase {
    let name = random.pick(Lexicon.surnames)
    let isWoman = random.chance(50)
    return NounPhrase(
      phrase: isWoman
        ? frame("Mrs/1 \(name)/2", "madame/1 \(name)/2") : frame("Mr/1 \(name)/2", "monsieur/1 \(name)/2"),
      agreement: Agreement(person: 2, gender: isWoman ? .feminine : .masculine, isPlural: false))
  }

  private func coupleOfNames() -> NounPhrase {
    let first = anyFirstName()
    var second = anyFirstName()
    while second.phrase.english[0].text == first.phrase.english[0].text { second = anyFirstName() }
    let bothWomen = first.agreement.gender == .feminine && second.agreement.gender == .feminine
    return NounPhrase(
      phrase: frame("{0} and/1 {1}", "{0} et/1 {1}", first.phrase, second.phrase),
      agreement: Agreement(person: 5, gender: bothWomen ? .feminine : .masculine, isPlural: true))
  }

  /// "my brother", "her sisters", "Paul's aunt".
  func relative(plural: Bool) -> NounPhrase {
    if !plural, random.chance(12) {
      // One husband or boss at a time, and not "our wife".
      let mine = random.pick([0, 0, 2, 2])
      let noun = noun(["spouse"])
      let gender: Gender = noun.gender == .feminine ? .masculine : .feminine
      let owner: Determiner =
        random.chance(70) ? .of(owner: mine, gender: gender) : .named(firstName(gender).phrase)
      return nounPhrase(noun, owner, plural: false)
    }
    let noun = plural ? noun(["sibling", "sibling", "adult"]) : noun(["kin"])
    return nounPhrase(noun, anyOwner(), plural: plural)
  }

  func anyOwner() -> Determiner {
    switch random.below(12) {
    case 0..<4: return .of(owner: 0, gender: .masculine)
    case 4: return your()
    case 5: return .of(owner: 2, gender: .masculine)
    case 6: return .of(owner: 2, gender: .feminine)
    case 7, 8: return .of(owner: 3, gender: .masculine)
    case 9: return .of(owner: 5, gender: .masculine)
    default: return .named(anyFirstName().phrase)
    }
  }

  func your() -> Determiner {
    saysYou = true
    return .of(owner: address.person, gender: .masculine)
  }

  /// The possessive of a subject, most of the time, or somebody else's.
  func owner(for subject: Agreement) -> Determiner {
    if random.chance(30) { return anyOwner() }
    if subject.person == 1 || subject.person == 4 { return your() }
    return .of(owner: subject.person, gender: subject.gender)
  }

  /// A noun of one of these kinds, each kind with the same chance.
  func noun(_ kinds: [String]) -> Noun {
    let kind = random.pick(kinds)
    guard let nouns = lexicon.nouns[kind] else { fatalError("no noun of kind “\(kind)”") }
    return random.pick(nouns)
  }

  func verb(_ frame: String) -> Verb {
    guard let verbs = lexicon.verbs[frame] else { fatalError("no verb with the frame “\(frame)”") }
    return random.pick(verbs)
  }

  func verb(_ frame: String, _ english: String) -> Verb {
    guard let verb = lexicon.verbs[frame]?.first(where: { $0.english == english }) else {
      fatalError("no verb “\(english)” with the frame “\(frame)”")
    }
    return verb
  }

  /// An adjective that can be said of this noun, if there is one.
  func adjective(for noun: Noun) -> Adjective? {
    let adjectives = noun.kinds.flatMap { lexicon.adjectives[$0] ?? [] }
    return adjectives.isEmpty ? nil : random.pick(adjectives)
  }
}
