extension Author {
  private static let negativeContractions: [String: String] = [
    "do": "don't", "does": "doesn't", "did": "didn't", "is": "isn't", "are": "aren't", "was": "wasn't",
    "were": "weren't", "have": "haven't", "has": "hasn't", "will": "won't", "can": "can't",
    "must": "mustn't", "would": "wouldn't",
  ]
  private static let pronounContractions: [String: String] = [
    "am": "'m", "are": "'re", "is": "'s", "have": "'ve", "has": "'s", "will": "'ll", "would": "'d",
  ]

  /// Subject, verb, object; without a full stop.
  func statement(_ clause: Clause) -> Phrase {
    if isOdd(clause) || isAmbiguous(clause) { isRejected = true }
    let group = verbGroup(clause, asking: false)
    let contracts = random.chance(55)
    var english = clause.subject.phrase.english
    english += englishAuxiliary(group, clause, contracts: contracts)
    english += group.englishMain + clause.object.english + clause.tail.english

    var french = clause.subject.phrase.french
    french += frenchNe(clause, group) + group.cliticsOnFinite + [group.finite]
    french += frenchPas(clause, group) + clause.adverb.french
    french += group.nonfinite + clause.object.french + clause.tail.french
    return Phrase(english: english, french: french)
  }

  private func englishAuxiliary(_ group: VerbGroup, _ clause: Clause, contracts: Bool) -> [Leaf] {
    let negation = englishNegation(clause, group)
    guard let auxiliary = group.auxiliary else { return negation + clause.adverb.english }
    var leaves = [auxiliary]
    var negationLeaves = negation
    if contracts, clause.subject.pronounKey != nil, clause.negation != .not || auxiliary.text == "am",
      let short = Self.pronounContractions[auxiliary.text]
    {
      leaves = Leaf.english(short, [auxiliary.keys])
    } else if clause.negation == .not, contracts, let short = Self.negativeContractions[auxiliary.text] {
      leaves = Leaf.english(short, [auxiliary.keys, [group.negationKey]])
      negationLeaves = []
    } else if clause.negation == .not, auxiliary.text == "can" {
      leaves = [Leaf("cannot", auxiliary.keys + [group.negationKey])]
      negationLeaves = []
    }
    return leaves + negationLeaves + clause.adverb.english
  }

  private func englishNegation(_ clause: Clause, _ group: VerbGroup) -> [Leaf] {
    switch clause.negation {
    case .none: return []
    case .not: return [Leaf("not", [group.negationKey])]
    case .never: return [Leaf("never", [group.negationKey])]
    case .noLonger: return Leaf.english(words: "no longer", [group.negationKey])
    }
  }

  private func frenchNe(_ clause: Clause, _ group: VerbGroup) -> [Leaf] {
    clause.negation == .none ? [] : Leaf.french("ne", [[group.negationKey]])
  }

  private func frenchPas(_ clause: Clause, _ group: VerbGroup) -> [Leaf] {
    switch clause.negation {
    case .none: return []
    case .not: return [Leaf("pas", [group.negationKey])]
    case .never: return [Leaf("jamais", [group.negationKey])]
    case .noLonger: return [Leaf("plus", [group.negationKey])]
    }
  }

  /// A question, without its mark. A pronoun inverts; a noun and "I" take est-ce que.
  /// - Parameter word: "where" and "où", "what" and "que"; nothing asks for yes or no.
  func question(_ clause: Clause, word: Phrase = .empty) -> Phrase {
    if isOdd(clause) || isOddQuestion(clause) { isRejected = true }
    let group = verbGroup(clause, asking: true)
    guard var auxiliary = group.auxiliary else { fatalError("a question needs an auxiliary") }
    var french = word.french
    let inverts = clause.subject.pronounKey != nil && clause.subject.agreement.person != 0
    if inverts {
      french += frenchNe(clause, group) + group.cliticsOnFinite + inverted(group.finite, clause.subject)
    } else {
      // "Do" has no other counterpart beside est-ce que.
      let key = newKey()
      let isDo = auxiliary.text == "do" || auxiliary.text == "does"
      auxiliary.keys = isDo ? [key] : auxiliary.keys + [key]
      french += Leaf.french("est-ce", [[key]]) + Leaf.french("que", [[key]])
      french += clause.subject.phrase.french
      french += frenchNe(clause, group) + group.cliticsOnFinite + [group.finite]
    }
    french += frenchPas(clause, group) + clause.adverb.french
    french += group.nonfinite + clause.object.french + clause.tail.french

    var english = word.english
    if clause.negation == .not, let short = Self.negativeContractions[auxiliary.text] {
      english += Leaf.english(short, [auxiliary.keys, [group.negationKey]]) + clause.subject.phrase.english
    } else {
      english += [auxiliary] + clause.subject.phrase.english
      english += englishNegation(clause, group)
    }
    english += clause.adverb.english + group.englishMain + clause.object.english + clause.tail.english
    return Phrase(english: english, french: french)
  }

  /// "parlez-vous", "parle-t-il".
  func inverted(_ finite: Leaf, _ subject: NounPhrase) -> [Leaf] {
    let pronoun = subject.phrase.french[0]
    let endsInVowel = finite.text.hasSuffix("a") || finite.text.hasSuffix("e")
    let link = endsInVowel && (pronoun.text.hasPrefix("i") || pronoun.text.hasPrefix("e")) ? "x-t-x" : "x-x"
    let hyphens = Leaf.french(link, [pronoun.keys]).dropFirst().dropLast()
    var after = pronoun
    after.beforeVowel = nil
    return [finite] + hyphens + [after]
  }
}
