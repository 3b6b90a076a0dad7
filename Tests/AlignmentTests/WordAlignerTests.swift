import Alignment
import Foundation
import Testing

@Suite("Word aligner")
struct WordAlignerTests {
  // MARK: - The lattice

  /// Posteriors and expected moves of a pair by the definition: the sum over all ways through the states, a word or its
  /// twin at each step.
  private struct AllPaths {
    var posteriors: [[Double]]
    var moved: [[Double]]

    init(emissions: [[Double]], moves: [[Double]], emptyShare: Double) {
      let (targets, sources) = (emissions.count, emissions[0].count - 1)
      posteriors = [[Double]](repeating: [Double](repeating: 0, count: sources + 1), count: targets)
      moved = [[Double]](repeating: [Double](repeating: 0, count: sources), count: sources + 1)
      var whole = 0.0
      // A step is a source word, or `sources` for staying without one.
      var steps = [Int](repeating: 0, count: targets)
      for number in 0..<Int(pow(Double(sources + 1), Double(targets))) {
        var rest = number
        for target in 0..<targets { (steps[target], rest) = (rest % (sources + 1), rest / (sources + 1)) }
        var (probability, place) = (1.0, 0)
        for (target, step) in steps.enumerated() {
          if step == sources {
            probability *= emptyShare * emissions[target][sources]
          } else {
            probability *= (1 - emptyShare) * moves[place][step] * emissions[target][step]
            place = step + 1
          }
        }
        whole += probability
        place = 0
        for (target, step) in steps.enumerated() {
          posteriors[target][step] += probability
          if step < sources {
            moved[place][step] += probability
            place = step + 1
          }
        }
      }
      posteriors = posteriors.map { $0.map { $0 / whole } }
      moved = moved.map { $0.map { $0 / whole } }
    }
  }

  @Test(
    "What is known of a pair is the sum over all ways through it",
    arguments: [(1, 1), (1, 4), (4, 1), (3, 5)])
  func lattice(sources: Int, targets: Int) {
    var seed: UInt64 = 7
    func draw() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 40) / Double(1 << 24) * 0.9 + 0.05
    }
    let emissions = (0..<targets).map { _ in (0...sources).map { _ in draw() } }
    let moves = (0...sources).map { _ in
      let weights = (0..<sources).map { _ in draw() }
      return weights.map { $0 / weights.reduce(0, +) }
    }
    let expected = AllPaths(emissions: emissions, moves: moves, emptyShare: 0.3)
    var lattice = AlignmentLattice()
    // Room that was made for a larger pair is taken again.
    lattice.prepare(sources: 9, targets: 9)
    lattice.fill { _, _ in 1 }
    lattice.runWithoutOrder()
    lattice.prepare(sources: sources, targets: targets)
    lattice.fill { Float(emissions[$1][$0]) }
    lattice.run(moves: moves.joined().map { Float($0) }, emptyShare: 0.3)
    var seen = 0
    lattice.forEachPosterior { source, target, probability in
      #expect(abs(Double(probability) - expected.posteriors[target][source]) < 1e-5)
      seen += 1
    }
    #expect(seen == targets * (sources + 1))
    var widths: [Int: Double] = [:]
    lattice.forEachMove { widths[$0, default: 0] += Double($1) }
    var expectedWidths: [Int: Double] = [:]
    for (place, row) in expected.moved.enumerated() {
      for (source, count) in row.enumerated() { expectedWidths[source - place + 1, default: 0] += count }
    }
    #expect(Set(widths.keys) == Set(expectedWidths.keys))
    for (width, count) in widths { #expect(abs(count - expectedWidths[width]!) < 1e-5) }
  }

  @Test("digamma, by its values in Abramowitz and Stegun, table 6.1, and its recurrence")
  func slope() {
    #expect(abs(digamma(1) + 0.577_215_664_9) < 1e-9)
    #expect(abs(digamma(1.5) - 0.036_489_974_0) < 1e-9)
    #expect(abs(digamma(2) - 0.422_784_335_1) < 1e-9)
    for x in [0.01, 0.3, 4.2, 5.99, 6, 70, 1e6] {
      #expect(abs(digamma(x + 1) - digamma(x) - 1 / x) < 1e-8 / x)
    }
  }

  // MARK: - Learning

  /// Sentences of ten words whose translations turn each two words round and put a word of no meaning first.
  private static func pairs(_ count: Int) -> [(source: [Int32], target: [Int32], links: [AlignmentLink])] {
    var seed: UInt64 = 3
    return (0..<count).map { _ in
      let source = (0..<10).map { _ -> Int32 in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int32(seed >> 33) % 60
      }
      let order = (0..<10).map { $0 ^ 1 }
      return (
        source, [60] + order.map { 59 - source[$0] },
        order.enumerated().map { AlignmentLink(source: $1, target: $0 + 1) }.sorted()
      )
    }
  }

  private static func aligner(_ count: Int) -> WordAligner {
    WordAligner(pairs: pairs(count).map { ($0.source, $0.target) }, sourceCount: 60, targetCount: 61)
  }

  @Test("It finds a hidden dictionary, the order of words, and the word that comes from none")
  func finds() {
    let aligner = Self.aligner(300)
    var (right, found, all) = (0, 0, 0)
    for pair in Self.pairs(300) {
      let links = aligner.links(source: pair.source, target: pair.target)
      #expect(links == links.sorted())
      right += Set(links).intersection(pair.links).count
      found += links.count
      all += pair.links.count
    }
    #expect(
      Double(right) > 0.98 * Double(found) && Double(right) > 0.98 * Double(all),
      "\(right) of \(found), \(all)")
  }

  @Test("Where a word stands twice, its neighbours say which is meant")
  func order() {
    let aligner = Self.aligner(300)
    let source: [Int32] = [5, 8, 40, 33, 5, 21]
    // Each two words turned round: 8 5 33 40 21 5.
    let links = aligner.links(source: source, target: [60] + [8, 5, 33, 40, 21, 5].map { 59 - $0 })
    let expected = [(0, 2), (1, 1), (2, 4), (3, 3), (4, 6), (5, 5)].map {
      AlignmentLink(source: $0, target: $1)
    }
    #expect(Set(links).isSuperset(of: expected) && links.count <= 7, "\(links)")
  }

  @Test("The same pairs give the same links, whatever else runs")
  func same() {
    let (one, other) = (Self.aligner(40), Self.aligner(40))
    for pair in Self.pairs(40) {
      #expect(
        one.links(source: pair.source, target: pair.target)
          == other.links(source: pair.source, target: pair.target))
    }
  }

  @Test("Sides without words, words that are not known, and nothing to learn from")
  func edges() {
    let aligner = WordAligner(pairs: [([], [0]), ([0], []), ([0], [0])], sourceCount: 1, targetCount: 1)
    #expect(aligner.links(source: [], target: [0]).isEmpty)
    #expect(aligner.links(source: [0], target: []).isEmpty)
    #expect(aligner.links(source: [0], target: [0]) == [AlignmentLink(source: 0, target: 0)])
    let known = Self.aligner(100)
    let links = known.links(source: [5, -1, 9], target: [54, -1, 50])
    #expect(
      links.contains(AlignmentLink(source: 0, target: 0))
        && links.contains(AlignmentLink(source: 2, target: 2)))
    let none = WordAligner(pairs: [], sourceCount: 0, targetCount: 0)
    #expect(none.links(source: [-1], target: [-1]).count <= 1)
  }
}
