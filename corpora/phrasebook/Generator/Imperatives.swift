/// Orders, requests and advice.
extension Author {
  /// "Open the window, please!", "Don't forget your keys, Paul!"
  func order() -> Phrase {
    saysYou = true
    let isNegative = random.chance(28)
    let kind = random.below(10)
    if kind < 3 { return exclaimed(reflexiveOrder(isNegative: isNegative)) }
    let names =
      isNegative
      ? [
        "forget", "open", "lose", "break", "sell", "eat", "cross", "wait", "read", "buy", "close", "watch",
        "touch",
      ]
      : [
        "open", "close", "bring", "take", "wash", "clean", "read", "write", "listen", "finish", "choose",
        "wait", "look", "buy", "help", "prepare", "watch", "answer",
      ]
    let verb = verb("trans", random.pick(names))
    let subject = Agreement(person: address.person, gender: address.gender, isPlural: address.isPlural)
    let object = object(of: verb, subject: subject, negated: isNegative)
    let phrase = imperative(verb, isNegative: isNegative, pronoun: nil, object: object.phrase)
    if !isNegative, random.chance(25) { return exclaimed(frame("{0} , {1}", "{0} , {1}", phrase, please())) }
    return random.chance(55) ? exclaimed(phrase) : full(phrase)
  }

  private func reflexiveOrder(isNegative: Bool) -> Phrase {
    let verb = verb("routine", random.pick(["get", "wake", "hurry", "rest", "go"]))
    let reflexive = address.person == 1 ? (isNegative ? "te" : "toi") : "vous"
    let key = newKey()
    return imperative(
      verb, isNegative: isNegative, pronoun: Phrase(french: Leaf.french(reflexive, [[key]])), object: .empty,
      reflexiveKey: key)
  }

  /// "Listen to me!", "Don't wait for us!", "Give it to her".
  func pronounOrder() -> Phrase {
    saysYou = true
    let isNegative = random.chance(30)
    let indirect = random.chance(35)
    let verb =
      indirect
      ? verb("dative", random.pick(["write", "talk", "phone", "answer"]))
      : verb("see", random.pick(["help", "call", "wait", "invite", "follow", "thank", "look", "watch"]))
    let key = newKey()
    let choices: [(String, String, String)] =
      indirect
      ? [("me", "moi", "me"), ("us", "nous", "nous"), ("him", "lui", "lui"), ("them", "leur", "leur")]
      : [
        ("me", "moi", "me"), ("us", "nous", "nous"), ("him", "le^", "le^"), ("her", "la^", "la^"),
        ("them", "les^", "les^"),
      ]
    let choice = random.pick(choices)
    let pronoun = Phrase(
      english: [Leaf(choice.0, [key])], french: Leaf.french(isNegative ? choice.2 : choice.1, [[key]]))
    let tail =
      random.chance(25) && !isNegative
      ? pickPattern([
        ("tomorrow/1", "demain/1"), ("now/1", "maintenant/1"), ("tonight/1", "ce/1 soir/1"),
        ("at/1 the/1 station/2", "à/1 la/1 gare/2"),
      ]) : .empty
    let phrase = imperative(verb, isNegative: isNegative, pronoun: pronoun, object: tail)
    return random.chance(55) ? exclaimed(phrase) : full(phrase)
  }

  /// "Give me the keys", "Show us your passport, please."
  func requestToGive() -> Phrase {
    saysYou = true
    let verb = verb("give", random.pick(["give", "show", "bring", "lend", "send"]))
    let choice = random.pick([
      ("me", "moi"), ("us", "nous"), ("him", "lui"), ("her", "lui"), ("them", "leur"),
    ])
    let key = newKey()
    let pronoun = Phrase(english: [Leaf(choice.0, [key])], french: Leaf.french(choice.1, [[key]]))
    let subject = Agreement(person: address.person, gender: address.gender, isPlural: address.isPlural)
    let kinds =
      verb.english == "bring"
      ? ["drink", "course", "ware", "snack"] : ["item", "reading", "paperwork", "present"]
    let object = object(kinds: kinds, subject: subject, negated: false)
    let phrase = imperative(verb, isNegative: false, pronoun: pronoun, object: object.phrase)
    return random.chance(60) ? full(frame("{0} , {1}", "{0} , {1}", phrase, please())) : full(phrase)
  }

  /// A verb in the imperative: pronouns follow with a hyphen, or precede under negation.
  private func imperative(
    _ verb: Verb, isNegative: Bool, pronoun: Phrase?, object: Phrase, reflexiveKey: Int? = nil
  ) -> Phrase {
    let (v, p, d, n) = (newKey(), newKey(), newKey(), newKey())
    let particle = Leaf.english(words: verb.particle, [p])
    let keys = particle.isEmpty || !verb.preposition.isEmpty ? [v] : [v, p]
    var english: [Leaf] = []
    if isNegative { english += Leaf.english("don't", [[d], [n]]) }
    var main = Leaf(verb.english, [v])
    if let reflexiveKey { main.keys.append(reflexiveKey) }
    english += [main] + particle + (pronoun?.english ?? []) + object.english
    let form = Leaf.french(verb.french.imperative(address.person), [keys + (isNegative ? [d] : [])])
    var french: [Leaf] = []
    if isNegative {
      french = Leaf.french("ne", [[n]]) + (pronoun?.french ?? []) + form + [Leaf("pas", [n])]
    } else if let after = pronoun?.french, !after.isEmpty {
      var tail = after
      tail[0].beforeVowel = nil
      french = form + [hyphen(after[0].keys)] + tail
    } else {
      french = form
    }
    french += Leaf.french(words: verb.frenchTail, keys)
    french += Leaf.french(words: verb.preposition, [particle.isEmpty ? v : p])
    return Phrase(english: english, french: french + object.french)
  }

  func hyphen(_ keys: [Int]) -> Leaf {
    var leaf = Leaf("-", keys)
    (leaf.joinsLeft, leaf.joinsRight) = (true, true)
    return leaf
  }

  /// "Let's go to the beach!": "Allons à la plage !"
  func suggestion() -> Phrase {
    let (l, v, p) = (newKey(), newKey(), newKey())
    let usesGo = random.chance(40)
    let verb =
      usesGo
      ? verb("go", "go")
      : verb(
        "trans",
        random.pick([
          "eat", "drink", "visit", "watch", "listen", "prepare", "clean", "buy", "take", "call", "wait",
          "help", "invite", "order",
        ]))
    let us = Agreement(person: 3, gender: .masculine, isPlural: true)
    let object = usesGo ? toSomewhere() : object(of: verb, subject: us, negated: false).phrase
    let particle = Leaf.english(words: verb.particle, [p])
    let phrase = Phrase(
      english: Leaf.english("let's", [[l]]) + [Leaf(verb.english, [v])] + particle + object.english,
      french: Leaf.french(verb.french.imperative(3), [[l, v] + (verb.preposition.isEmpty ? [p] : [])])
        + Leaf.french(words: verb.preposition, [p]) + object.french)
    return exclaimed(phrase)
  }

  /// "Could you help me, please?"
  func politeRequest() -> Phrase {
    let subject = pronoun(4)
    let person = subject.agreement.person
    let (c, v, p) = (newKey(), newKey(), newKey())
    let choice = random.pick([("me", "me"), ("us", "nous"), ("him", "lui"), ("them", "leur")])
    let k = newKey()
    let usesGive = random.chance(60)
    let verb =
      usesGive
      ? verb("give", random.pick(["give", "show", "bring", "lend", "send"]))
      : verb("see", random.pick(["help", "call", "wait", "follow"]))
    let pair = usesGive ? choice : random.pick([("me", "me"), ("us", "nous")])
    let object =
      usesGive
      ? self.object(
        kinds: verb.english == "bring"
          ? ["drink", "course", "ware"] : ["item", "reading", "paperwork", "school"],
        subject: subject.agreement, negated: false
      ).phrase : .empty
    let finite = Leaf(FrenchVerb("pouvoir").conditional(person), [c])
    let particle = Leaf.english(words: verb.particle, [p])
    let phrase = Phrase(
      english: [Leaf("could", [c])] + subject.phrase.english + [Leaf(verb.english, [v])] + particle + [
        Leaf(pair.0, [k])
      ] + object.english,
      french: inverted(finite, subject) + Leaf.french(pair.1, [[k]])
        + Leaf.french(words: verb.french.infinitive, [v, p]) + object.french)
    return random.chance(55) ? asked(frame("{0} , {1}", "{0} , {1}", phrase, please())) : asked(phrase)
  }
}
