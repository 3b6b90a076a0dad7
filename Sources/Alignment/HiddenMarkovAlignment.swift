import Foundation

/// Which source word each word of a translation comes from, in one direction: a hidden Markov model (Vogel, Ney and
/// Tillmann 1996) whose states are the source words and whose moves depend on how wide they are.
///
/// Each state has a twin that means no word and keeps the place (Och and Ney 2003, section 3.2.1). What words say,
/// `t(f | e)`, starts from IBM Model 1, and is estimated with a prior that wants each word to have few translations
/// (Dirichlet, by variational Bayes; Riley and Gildea 2012), so that rare words do not gather what nothing explains.
struct HiddenMarkovAlignment: Sendable {
  /// Moves that are wider than this count as this wide.
  private static let widest = 12
  /// How likely the next word comes from none.
  private static let emptyShare: Float = 0.1
  /// The part of a move that is uniform over the sentence.
  private static let uniformShare: Float = 0.1
  /// The prior's count of each translation.
  private static let prior = 0.01
  /// No word is less likely than this.
  private static let floor: Float = 1e-10

  /// For each source word and, last, the empty word, where its translations start; one more at the end.
  private var starts: [Int] = []
  /// Translations by number, below each source word.
  private var targets: [Int32] = []
  /// `t(target | source)` of each.
  private var probabilities: [Float] = []
  /// Weights of moves of `-widest ... widest` words.
  private var moves = [Float](repeating: 1, count: 2 * Self.widest + 1)

  /// Learns from pairs of word numbers, in time in proportion to the sum of `S * S * T`.
  init(
    pairs: [(source: [Int32], target: [Int32])], sourceCount: Int, targetCount: Int,
    lexicalIterations: Int = 5, iterations: Int = 5
  ) {
    let entries = Cooccurrences(pairs: pairs, sourceCount: sourceCount, targetCount: targetCount)
    probabilities = [Float](repeating: 1, count: entries.targets.count)
    var counts = probabilities
    var lattice = AlignmentLattice()
    for iteration in 0..<lexicalIterations + iterations {
      for entry in counts.indices { counts[entry] = 0 }
      var moved = [Double](repeating: 0, count: moves.count)
      var movesOf: [Int: [Float]] = [:]
      var offset = 0
      for pair in pairs {
        let (sources, targets) = (pair.source.count, pair.target.count)
        let places = entries.places[offset..<offset + (sources + 1) * targets]
        offset += places.count
        guard sources > 0, targets > 0 else { continue }
        lattice.prepare(sources: sources, targets: targets)
        lattice.fill { probabilities[Int(places[places.startIndex + $0 * targets + $1])] }
        if iteration < lexicalIterations {
          lattice.runWithoutOrder()
        } else {
          let moves = movesOf[sources] ?? matrix(sources)
          movesOf[sources] = moves
          lattice.run(moves: moves, emptyShare: Self.emptyShare)
          lattice.forEachMove { moved[place(ofMove: $0)] += Double($1) }
        }
        lattice.forEachPosterior { counts[Int(places[places.startIndex + $0 * targets + $1])] += $2 }
      }
      for source in 0...sourceCount { estimate(counts, entries.starts[source]..<entries.starts[source + 1]) }
      if iteration >= lexicalIterations { moves = moved.map { Float($0 + 1) } }
    }
    sort(entries)
  }

  /// The most likely translations of a distribution under the prior: `exp(ψ(c + α) - ψ(Σ (c + α)))`.
  private mutating func estimate(_ counts: [Float], _ entries: Range<Int>) {
    let total = entries.reduce(0.0) { $0 + Double(counts[$1]) + Self.prior }
    let whole = digamma(total)
    for entry in entries {
      probabilities[entry] = max(Self.floor, Float(exp(digamma(Double(counts[entry]) + Self.prior) - whole)))
    }
  }

  /// Brings translations into the order in which they are looked up.
  private mutating func sort(_ entries: Cooccurrences) {
    let all = probabilities
    (starts, targets, probabilities) = ([0], [], [])
    for word in entries.starts.indices.dropLast() {
      let kept = (entries.starts[word]..<entries.starts[word + 1])
        .filter { all[$0] > Self.floor }
        .sorted { entries.targets[$0] < entries.targets[$1] }
      targets += kept.map { entries.targets[$0] }
      probabilities += kept.map { all[$0] }
      starts.append(targets.count)
    }
  }

  private func place(ofMove width: Int) -> Int { min(max(width, -Self.widest), Self.widest) + Self.widest }

  /// How likely each source word is next, `[S + 1, S]`: row 0 before the first move, row `i + 1` after word `i`.
  private func matrix(_ sources: Int) -> [Float] {
    var matrix = [Float](repeating: 0, count: (sources + 1) * sources)
    for from in 0...sources {
      let weights = (0..<sources).map { moves[place(ofMove: $0 - (from - 1))] }
      let total = weights.reduce(0, +)
      for (to, weight) in weights.enumerated() {
        matrix[from * sources + to] =
          (1 - Self.uniformShare) * weight / total + Self.uniformShare / Float(sources)
      }
    }
    return matrix
  }

  /// How likely each target word comes from each source word, given the whole pair, `[T, S]`.
  func posteriors(source: [Int32], target: [Int32]) -> [Float] {
    guard !source.isEmpty, !target.isEmpty else { return [] }
    var lattice = AlignmentLattice()
    lattice.prepare(sources: source.count, targets: target.count)
    let empty = Int32(starts.count - 2)
    lattice.fill { probability(of: target[$1], from: $0 < source.count ? source[$0] : empty) }
    lattice.run(moves: matrix(source.count), emptyShare: Self.emptyShare)
    var result = [Float](repeating: 0, count: source.count * target.count)
    lattice.forEachPosterior { if $0 < source.count { result[$1 * source.count + $0] = $2 } }
    return result
  }

  private func probability(of target: Int32, from source: Int32) -> Float {
    guard source >= 0, Int(source) < starts.count - 1 else { return Self.floor }
    var (low, high) = (starts[Int(source)], starts[Int(source) + 1])
    while low < high {
      let middle = (low + high) / 2
      if targets[middle] < target { low = middle + 1 } else { high = middle }
    }
    return low < starts[Int(source) + 1] && targets[low] == target ? probabilities[low] : Self.floor
  }
}

/// `ψ(x)`, the slope of `log Γ`, for positive values (Abramowitz and Stegun 1964, 6.3.5 and 6.3.18).
public func digamma(_ x: Double) -> Double {
  var (x, result) = (x, 0.0)
  while x < 10 {
    result -= 1 / x
    x += 1
  }
  let square = 1 / (x * x)
  return result + log(x) - 1 / (2 * x) - square * (1 / 12 - square * (1 / 120 - square / 252))
}
