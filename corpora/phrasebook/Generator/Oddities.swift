/// What the grammar allows and nobody says.
extension Author {
  /// Verbs of a state of mind: no progressive.
  private static let statives: Set<String> = [
    "know", "need", "remember", "understand", "see", "hear", "want", "love", "like", "hate", "recognise",
    "seem",
    "prefer",
  ]
  /// Verbs of a moment: no habit, no progress.
  private static let momentary: Set<String> = [
    "break", "lose", "find", "forget", "receive", "win", "fall", "recognise", "become", "meet",
  ]
  private static let skills: Set<String> = [
    "dance", "swim", "cook", "sing", "read", "write", "drive", "repair", "draw", "paint", "prepare", "play",
    "speak", "teach", "listen",
  ]

  func isOdd(_ clause: Clause) -> Bool {
    let name = clause.verb.english
    let isPlainAvoir = clause.verb.french.infinitive == "avoir"
    switch clause.tense {
    case .progressive, .ongoing:
      if Self.statives.contains(name) || Self.momentary.contains(name) || isPlainAvoir { return true }
    case .present:
      if Self.momentary.contains(name), !clause.verb.particle.contains("asleep") { return true }
    case .habitual:
      if Self.momentary.contains(name) { return true }
    case .modal(let modal):
      if modal.english == "know", !Self.skills.contains(name) { return true }
      // "Doesn't have to" is not "ne doit pas".
      if modal.english == "have", clause.negation == .not { return true }
      if Self.momentary.contains(name), modal.english == "must" || modal.english == "have" { return true }
    case .just: if name == "stay" || isPlainAvoir { return true }
    default: break
    }
    let subject = clause.subject.phrase.english[0].text
    return ["everyone", "all"].contains(subject) && clause.negation != .none
  }

  /// "I read" could be a present: the past of such verbs keeps to "he read", "I didn't read".
  func isAmbiguous(_ clause: Clause) -> Bool {
    guard case .past = clause.tense, clause.verb.english == clause.verb.past, clause.verb.english != "put"
    else { return false }
    return clause.subject.agreement.person != 2 && clause.negation != .not
  }

  /// Nobody asks what he does himself.
  func isOddQuestion(_ clause: Clause) -> Bool {
    let person = clause.subject.agreement.person
    guard person == 0 || person == 3 else { return false }
    switch clause.tense {
    case .future, .near: return person == 0
    case .modal(let modal): return !["can", "must", "have"].contains(modal.english)
    default: return true
    }
  }

  /// Where one does it: "sleep in the bedroom", "work at the bank".
  func inPlaceFor(_ verb: Verb) -> Phrase {
    let places: [String: [String]] = [
      "sleep": ["bedroom", "living room", "attic"], "eat": ["kitchen", "dining room", "garden"],
      "read": ["garden", "living room", "bedroom"], "rest": ["garden", "living room", "bedroom"],
      "cook": ["kitchen"], "study": ["bedroom", "living room"],
      "play": ["garden", "bedroom", "attic", "cellar"],
      "sing": ["bathroom", "kitchen"], "dance": ["living room", "garden"],
      "talk": ["kitchen", "garden", "living room"], "stay": ["garden", "kitchen"],
      "wait": ["kitchen", "garden"],
    ]
    let publicPlaces: [String: [String]] = [
      "sleep": ["hotel", "campsite"], "eat": ["restaurant", "market", "hotel", "university"],
      "read": ["library", "beach", "park", "swimming pool"],
      "rest": ["beach", "park", "swimming pool", "hotel"],
      "cook": ["restaurant", "hotel"], "study": ["library", "university", "school"],
      "play": ["park", "beach", "stadium", "school"], "sing": ["theatre", "church", "stadium"],
      "dance": ["theatre", "beach"], "talk": ["market", "school"], "run": ["park", "stadium", "beach"],
      "swim": ["beach", "swimming pool"], "walk": ["beach", "park"],
      "laugh": ["cinema", "theatre", "school"],
    ]
    switch random.below(6) {
    case 0 where verb.english != "swim": return random.chance(50) ? inCity() : inCountry()
    case 1 where !["swim", "run", "walk"].contains(verb.english):
      return pickPattern([("at/1 home/2", "à/1 la/1 maison/2"), ("here/1", "ici/1"), ("there/1", "là-bas/1")])
    case 2, 3:
      guard let rooms = places[verb.english] else { return inPlaceFor(verb) }
      let room = nounPhrase(place(random.pick(rooms)), .the, plural: false).phrase
      return frame("in/1 {0}", "dans/1 {0}", room)
    default:
      let noun = publicPlaces[verb.english].map { place(random.pick($0)) } ?? noun(["place"])
      return frame("at/1 {0}", "à/1 {0}", nounPhrase(noun, .the, plural: false).phrase)
    }
  }

  private func place(_ english: String) -> Noun {
    for kind in ["room", "place"] {
      if let noun = lexicon.nouns[kind]?.first(where: { $0.english == english }) { return noun }
    }
    fatalError("no place “\(english)”")
  }
}
