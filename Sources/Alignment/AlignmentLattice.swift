/// The states of one sentence pair in a hidden Markov model of alignment, and what is known of them once the whole pair is
/// seen: forward-backward, scaled at each word (Rabiner 1989, sections III and V.A).
public struct AlignmentLattice: Sendable {
  private var sources = 0
  private var targets = 0
  /// `t(target | source)`, and in the last column of the empty word; afterwards posteriors in its place, `[T, S + 1]`.
  private var emissions: [Float] = []
  /// Of states with a word, `[T, S]`, and of their twins without one, `[T, S + 1]`, forward.
  private var words: [Float] = []
  private var twins: [Float] = []
  /// Both by place, `[T, S + 1]`: place 0 is before the first move.
  private var forward: [Float] = []
  private var scales: [Float] = []
  /// How often each move was made, `[S + 1, S]`.
  private var moved: [Float] = []
  private var backward: [Float] = []
  private var ahead: [Float] = []

  /// A lattice of no pair.
  public init() {}

  /// Makes room for a pair of `S` and `T` words.
  public mutating func prepare(sources: Int, targets: Int) {
    (self.sources, self.targets) = (sources, targets)
    func fit(_ array: inout [Float], _ count: Int) {
      if array.count < count { array += [Float](repeating: 0, count: count - array.count) }
    }
    fit(&emissions, targets * (sources + 1))
    fit(&words, targets * sources)
    fit(&twins, targets * (sources + 1))
    fit(&forward, targets * (sources + 1))
    fit(&scales, targets)
    fit(&moved, (sources + 1) * sources)
    fit(&backward, sources + 1)
    fit(&ahead, sources)
  }

  /// Says what words say.
  ///
  /// - Parameter probability: of a target word, given a source word, or the empty word at place `S`.
  public mutating func fill(_ probability: (_ source: Int, _ target: Int) -> Float) {
    for target in 0..<targets {
      for source in 0...sources { emissions[target * (sources + 1) + source] = probability(source, target) }
    }
  }

  /// Finds out what is likely in IBM Model 1: every source word, and the empty one, is as likely as the others.
  public mutating func runWithoutOrder() {
    let width = sources + 1
    for target in 0..<targets {
      let row = target * width..<(target + 1) * width
      let total = row.reduce(0) { $0 + emissions[$1] }
      for place in row { emissions[place] /= total }
    }
  }

  /// Finds out what is likely, once.
  ///
  /// - Parameters:
  ///   - moves: how likely each source word is next, `[S + 1, S]`: row 0 before the first move, row `i + 1` after word `i`.
  ///   - emptyShare: how likely the next word comes from none.
  public mutating func run(moves: [Float], emptyShare: Float) {
    let (sources, width) = (sources, sources + 1)
    for target in 0..<targets {
      let row = target * width
      var total: Float = 0
      for source in 0..<sources {
        var sum: Float = 0
        if target == 0 {
          sum = moves[source]
        } else {
          for from in 0..<width { sum += forward[row - width + from] * moves[from * sources + source] }
        }
        words[target * sources + source] = sum * (1 - emptyShare) * emissions[row + source]
        total += words[target * sources + source]
      }
      for from in 0..<width {
        let before: Float = target == 0 ? (from == 0 ? 1 : 0) : forward[row - width + from]
        twins[row + from] = before * emptyShare * emissions[row + sources]
        total += twins[row + from]
      }
      scales[target] = total
      for source in 0..<sources { words[target * sources + source] /= total }
      for from in 0..<width {
        twins[row + from] /= total
        forward[row + from] = twins[row + from] + (from > 0 ? words[target * sources + from - 1] : 0)
      }
    }
    runBackward(moves, emptyShare)
  }

  private mutating func runBackward(_ moves: [Float], _ emptyShare: Float) {
    let (sources, width) = (sources, sources + 1)
    for place in 0..<width * sources { moved[place] = 0 }
    for from in 0..<width { backward[from] = 1 }
    for target in stride(from: targets - 1, through: 0, by: -1) {
      let row = target * width
      for source in 0..<sources {
        ahead[source] = (1 - emptyShare) * emissions[row + source] * backward[source + 1] / scales[target]
      }
      let stay = emptyShare * emissions[row + sources] / scales[target]
      // From here on the row holds posteriors.
      var none: Float = 0
      for from in 0..<width { none += twins[row + from] * backward[from] }
      for source in 0..<sources {
        emissions[row + source] = words[target * sources + source] * backward[source + 1]
      }
      emissions[row + sources] = none
      for from in 0..<width {
        let before: Float = target == 0 ? (from == 0 ? 1 : 0) : forward[row - width + from]
        var sum: Float = 0
        for source in 0..<sources {
          let step = moves[from * sources + source] * ahead[source]
          sum += step
          moved[from * sources + source] += before * step
        }
        backward[from] = sum + stay * backward[from]
      }
    }
  }

  /// How often moves of each width are expected.
  public func forEachMove(_ body: (_ width: Int, _ count: Float) -> Void) {
    for from in 0...sources {
      for source in 0..<sources { body(source - (from - 1), moved[from * sources + source]) }
    }
  }

  /// How likely each target word comes from each source word, and from the empty word at place `S`.
  public func forEachPosterior(_ body: (_ source: Int, _ target: Int, _ probability: Float) -> Void) {
    for target in 0..<targets {
      for source in 0...sources { body(source, target, emissions[target * (sources + 1) + source]) }
    }
  }
}
