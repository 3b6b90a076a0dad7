/// Tercom's greedy search for blocks of words to move (Snover et al. 2006, section 3).
///
/// A block of the hypothesis that stands in the reference too, but elsewhere, may be moved there. Of all such
/// moves the one that lowers the edit distance most is made, until none does.
struct ShiftSearch {
  private static let maximumLength = 10
  private static let maximumDistance = 50
  private static let maximumCandidates = 1_000

  /// A move and what it brings. Of moves that bring the same, the longest, then the first to be found from
  /// the left of the hypothesis, then the one with the leftmost target.
  private struct Shift {
    var gain: Int
    var length: Int
    var start: Int
    var target: Int

    func isBetter(than other: Shift) -> Bool {
      (gain, length, -start, -target) > (other.gain, other.length, -other.start, -other.target)
    }
  }

  private var distance = BeamEditDistance()

  /// How many edits turn a hypothesis into a reference, both as numbers of words.
  mutating func edits(from hypothesis: [UInt32], to reference: [UInt32]) -> Int {
    guard !reference.isEmpty else { return hypothesis.count }
    guard !hypothesis.isEmpty else { return reference.count }
    var words = hypothesis
    var cost = distance.start(base: words, reference: reference)
    var shifts = 0
    var candidates = 0
    while cost > 0, let best = bestShift(of: words, to: reference, cost: cost, &candidates),
      candidates < Self.maximumCandidates, best.gain > 0
    {
      words = shifted(words, best)
      cost = distance.rebase(words, from: min(best.start, best.target))
      shifts += 1
    }
    return shifts + cost
  }

  private mutating func bestShift(
    of words: [UInt32], to reference: [UInt32], cost: Int, _ candidates: inout Int
  ) -> Shift? {
    let alignment = WordAlignment(distance.operations())
    var best: Shift?
    for start in words.indices {
      let (first, end) = (max(0, start - Self.maximumDistance), start + Self.maximumDistance + 1)
      for place in first..<max(first, min(reference.count, end)) {
        var length = 0
        while length < Self.maximumLength, start + length < words.count, place + length < reference.count,
          words[start + length] == reference[place + length]
        {
          length += 1
          guard alignment.isWorthwhile(start: start, place: place, length: length) else { continue }
          var last = -1
          for offset in -1..<length {
            let target = place + offset < 0 ? 0 : alignment.hypothesisPlace[place + offset] + 1
            if target == last { continue }
            last = target
            var shift = Shift(gain: 0, length: length, start: start, target: target)
            shift.gain = cost - distanceAfter(shift, of: words)
            candidates += 1
            if best.map(shift.isBetter) ?? true { best = shift }
          }
          if candidates >= Self.maximumCandidates { return best }
        }
      }
    }
    return best
  }

  private mutating func distanceAfter(_ shift: Shift, of words: [UInt32]) -> Int {
    let result = shifted(words, shift)
    let end = shift.start + shift.length
    let upper = shift.target <= end ? min(words.count, max(end, shift.target + shift.length)) : shift.target
    return distance.distance(of: result, changed: min(shift.start, shift.target)..<upper)
  }

  /// The words with a block moved in front of what stands at the target; a target within the block, or at its
  /// end, counts from the block's start among the words that are left.
  private func shifted(_ words: [UInt32], _ shift: Shift) -> [UInt32] {
    let block = words[shift.start..<(shift.start + shift.length)]
    var rest = words
    rest.removeSubrange(shift.start..<(shift.start + shift.length))
    let place: Int
    if shift.target < shift.start || shift.target <= shift.start + shift.length {
      place = min(shift.target, rest.count)
    } else {
      place = shift.target - shift.length
    }
    rest.insert(contentsOf: block, at: place)
    return rest
  }
}

/// Which word of the hypothesis each word of the reference came from, and which words are wrong.
private struct WordAlignment {
  /// For each word of the reference, the place in the hypothesis; of an inserted one that of the word before
  /// it, -1 at the beginning.
  private(set) var hypothesisPlace: [Int] = []
  /// How many of the first words are wrong, on either side.
  private var hypothesisErrors = [0]
  private var referenceErrors = [0]

  init(_ operations: [BeamEditDistance.Operation]) {
    var place = -1
    for operation in operations {
      let error = operation == .keep ? 0 : 1
      if operation != .insert {
        place += 1
        hypothesisErrors.append(hypothesisErrors[hypothesisErrors.count - 1] + error)
      }
      if operation != .delete {
        hypothesisPlace.append(place)
        referenceErrors.append(referenceErrors[referenceErrors.count - 1] + error)
      }
    }
  }

  /// Whether something is wrong with a block both where it stands and where it would go, and it would leave
  /// its place.
  func isWorthwhile(start: Int, place: Int, length: Int) -> Bool {
    hypothesisErrors[start + length] > hypothesisErrors[start]
      && referenceErrors[place + length] > referenceErrors[place]
      && !(start..<(start + length)).contains(hypothesisPlace[place])
  }
}
