/// The time and mood of an English verb, each with one French counterpart.
enum Tense {
  /// "eats" and "is eating": présent.
  case present, progressive
  /// "ate" and "has eaten": passé composé.
  case past, perfect
  /// "will eat": futur simple; "is going to eat": futur proche.
  case future, near
  /// "used to eat" and "was eating": imparfait.
  case habitual, ongoing
  /// "can eat", "wants to eat", "has to eat": a verb before an infinitive.
  case modal(Verb)
  /// "would like to eat": conditionnel.
  case wish
  /// "has just eaten": venir de.
  case just
}

enum Negation { case none, not, never, noLonger }

/// A subject, a verb and what goes with them, before their order is known.
struct Clause {
  var subject: NounPhrase
  var verb: Verb
  var tense: Tense
  var negation = Negation.none
  /// French object pronouns, which stand before the verb.
  var clitics: [Leaf] = []
  /// What the participle agrees with after avoir: a direct object that stands before it.
  var precedingObject: Agreement?
  /// A reflexive participle does not agree when a direct object follows: "elle s'est lavé les mains".
  var objectFollowsReflexive = false
  /// "often", "always", and their French.
  var adverb = Phrase.empty
  /// What stands after the verb; object pronouns are here on the English side alone.
  var object = Phrase.empty
  var tail = Phrase.empty
}

/// The parts of a verb group, to be put in the order of a statement or of a question.
struct VerbGroup {
  var auxiliary: Leaf?
  var englishMain: [Leaf] = []
  var finite: Leaf
  /// Participle or infinitive with its pronouns.
  var nonfinite: [Leaf] = []
  var negationKey: Int
  /// Object pronouns go before the finite verb, but in front of an infinitive.
  var cliticsOnFinite: [Leaf] = []
}

extension Author {
  static let beForms = ["am", "are", "is", "are", "are", "are"]
  static let wasForms = ["was", "were", "was", "were", "were", "were"]
  static let reflexives = ["me", "te", "se", "nous", "vous", "se"]

  /// The verb group of a clause.
  /// - Parameter withDo: true in questions and negations, where a simple tense takes "do".
  func verbGroup(_ clause: Clause, asking: Bool) -> VerbGroup {
    let verb = clause.verb
    let person = clause.subject.agreement.person
    let (v, a) = (newKey(), newKey())
    let particleKey = newKey()
    let isThird = person == 2
    let be = verb.english == "be"
    let needsDo = asking || clause.negation == .not

    let particle = Leaf.english(words: verb.particle, [particleKey])
    let verbKeys = verb.preposition.isEmpty && !particle.isEmpty ? [v, particleKey] : [v]
    let tailKeys = particle.isEmpty || !verb.preposition.isEmpty ? [v] : [v, particleKey]
    var tail = Leaf.french(words: verb.frenchTail, tailKeys)
    tail += Leaf.french(words: verb.preposition, [particle.isEmpty ? v : particleKey])
    let reflexive =
      verb.isReflexive ? [Leaf.french(Self.reflexives[person], [[v]])[0]] : []
    let clitics = reflexive + clause.clitics

    func leaf(_ text: String, _ keys: [Int]) -> Leaf { Leaf(text, keys) }
    func to(_ key: Int) -> [Leaf] { [leaf("to", [key]), leaf(verb.english, [v])] }
    func french(_ text: String, _ keys: [Int]) -> Leaf { Leaf.french(text, [keys])[0] }

    var group = VerbGroup(finite: french("est", []), negationKey: newKey())
    /// A simple French tense.
    func simple(_ form: String) {
      group.finite = french(form, verbKeys + [a])
      group.nonfinite = tail
      group.cliticsOnFinite = clitics
    }
    /// A French auxiliary or modal before an infinitive.
    func infinitive(after finite: String, _ keys: [Int], _ toKey: Int, linking: [Leaf] = []) {
      group.finite = french(finite, keys)
      group.nonfinite = linking + clitics + [french(verb.french.infinitive, verbKeys + [toKey])] + tail
    }
    func compound() {
      let usesÊtre = verb.french.auxiliary == .être || verb.isReflexive
      let auxiliary = FrenchVerb(usesÊtre ? "être" : "avoir").present[person]
      var participle = verb.french.participle
      if usesÊtre, !clause.objectFollowsReflexive {
        let subject = clause.subject.agreement
        participle = verb.french.participle(subject.gender, plural: subject.isPlural)
      } else if !usesÊtre, let object = clause.precedingObject {
        participle = verb.french.participle(object.gender, plural: object.isPlural)
      }
      group.finite = french(auxiliary, [a])
      group.nonfinite = [french(participle, verbKeys)] + tail
      group.cliticsOnFinite = clitics
    }

    let toKey = newKey()
    switch clause.tense {
    case .present:
      if be {
        group.auxiliary = leaf(Self.beForms[person], [v])
      } else if needsDo {
        group.auxiliary = leaf(isThird ? "does" : "do", [a])
        group.englishMain = [leaf(verb.english, [v])]
      } else {
        group.englishMain = [leaf(isThird ? verb.thirdPerson : verb.english, [v])]
      }
      simple(verb.french.present[person])
    case .progressive:
      group.auxiliary = leaf(Self.beForms[person], [a])
      group.englishMain = [leaf(verb.gerund, [v])]
      simple(verb.french.present[person])
    case .past:
      if be {
        group.auxiliary = leaf(Self.wasForms[person], [v])
        simple(verb.french.imperfect(person))
        break
      } else if needsDo {
        group.auxiliary = leaf("did", [a])
        group.englishMain = [leaf(verb.english, [v])]
      } else {
        group.englishMain = [leaf(verb.past, [v, a])]
      }
      compound()
    case .perfect:
      group.auxiliary = leaf(isThird ? "has" : "have", [a])
      group.englishMain = [leaf(verb.pastParticiple, [v])]
      compound()
    case .just:
      let justKey = newKey()
      group.auxiliary = leaf(isThird ? "has" : "have", [a])
      group.englishMain = [leaf("just", [justKey]), leaf(verb.pastParticiple, [v])]
      infinitive(
        after: FrenchVerb("venir").present[person], [a, justKey], toKey, linking: [french("de", [justKey])])
    case .future:
      group.auxiliary = leaf("will", [a])
      group.englishMain = [leaf(verb.english, [v])]
      simple(verb.french.future(person))
    case .near:
      group.auxiliary = leaf(Self.beForms[person], [a])
      group.englishMain = [leaf("going", [a])] + to(toKey)
      infinitive(after: FrenchVerb("aller").present[person], [a], toKey)
    case .habitual:
      group.englishMain = [leaf("used", [a]), leaf("to", [a]), leaf(verb.english, [v])]
      simple(verb.french.imperfect(person))
    case .ongoing:
      group.auxiliary = leaf(Self.wasForms[person], [a])
      group.englishMain = [leaf(verb.gerund, [v])]
      simple(verb.french.imperfect(person))
    case .wish:
      group.auxiliary = leaf("would", [a])
      group.englishMain = [leaf("like", [a])] + to(toKey)
      infinitive(after: FrenchVerb("vouloir").conditional(person), [a], toKey)
    case .modal(let modal):
      infinitive(after: modal.french.present[person], [a], toKey)
      if modal.particle.isEmpty {
        switch modal.english {
        case "can", "must":
          group.auxiliary = leaf(modal.english, [a])
          group.englishMain = [leaf(verb.english, [v])]
        default: modalWithTo([])
        }
      } else {
        modalWithTo(modal.particle == "to" ? [] : Leaf.english(words: modal.particle, [a]))
      }
      func modalWithTo(_ particle: [Leaf]) {
        if needsDo { group.auxiliary = leaf(isThird ? "does" : "do", [a]) }
        let form = needsDo || !isThird ? modal.english : modal.thirdPerson
        group.englishMain = [leaf(form, [a])] + particle + to(toKey)
      }
    }
    group.englishMain += particle
    return group
  }
}
