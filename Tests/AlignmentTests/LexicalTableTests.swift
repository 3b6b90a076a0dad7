import Alignment
import Testing

@Suite("Lexical table")
struct LexicalTableTests {
  /// the = 0, house = 1, book = 2, a = 3; das = 0, Haus = 1, Buch = 2, ein = 3: the example of Koehn, "Statistical Machine
  /// Translation", section 4.2.3.
  private let pairs: [(source: [Int32], target: [Int32])] = [
    ([0, 1], [0, 1]), ([0, 2], [0, 2]), ([3, 2], [3, 2]),
  ]

  /// IBM Model 1 in plain f64, by the definition.
  private func plain(_ iterations: Int, sources: Int, targets: Int) -> [[Double]] {
    var t = [[Double]](repeating: [Double](repeating: 1, count: targets), count: sources + 1)
    for _ in 0..<iterations {
      var counts = [[Double]](repeating: [Double](repeating: 0, count: targets), count: sources + 1)
      for pair in pairs {
        let words = pair.source.map(Int.init) + [sources]
        for target in pair.target.map(Int.init) {
          let total = words.reduce(0) { $0 + t[$1][target] }
          for word in words { counts[word][target] += t[word][target] / total }
        }
      }
      t = counts.map { row in
        let total = row.reduce(0, +)
        return row.map { total > 0 ? $0 / total : 0 }
      }
    }
    return t
  }

  @Test("It is Model 1 with an empty word, iteration by iteration", arguments: [1, 2, 5, 20])
  func definition(iterations: Int) {
    let table = LexicalTable(
      pairs: pairs, sourceCount: 5, targetCount: 4, iterations: iterations, threshold: 0)
    let expected = plain(iterations, sources: 5, targets: 4)
    #expect(table.translations.count == 5)
    #expect(table.translations[4].isEmpty)
    for source in 0..<4 {
      #expect(Set(table.translations[source].map(\.target)).count == table.translations[source].count)
      for entry in table.translations[source] {
        #expect(abs(Double(entry.probability) - expected[source][Int(entry.target)]) < 1e-5)
      }
    }
  }

  @Test("It finds what translates what, likeliest first, as many as are wanted")
  func translations() {
    let table = LexicalTable(pairs: pairs, sourceCount: 4, targetCount: 4, iterations: 30)
    #expect(table.translations.map { $0[0].target } == [0, 1, 2, 3])
    #expect(
      table.translations[0].map(\.probability) == table.translations[0].map(\.probability).sorted(by: >))
    let short = LexicalTable(pairs: pairs, sourceCount: 4, targetCount: 4, iterations: 30, limit: 1)
    #expect(short.translations.map(\.count) == [1, 1, 1, 1])
    let sure = LexicalTable(pairs: pairs, sourceCount: 4, targetCount: 4, iterations: 30, threshold: 0.6)
    #expect(sure.translations.joined().allSatisfy { $0.probability >= 0.6 })
  }

  @Test("Nothing to learn from, and sides without words")
  func empty() {
    #expect(LexicalTable(pairs: [], sourceCount: 2, targetCount: 2).translations == [[], []])
    let sides = LexicalTable(pairs: [([], [1]), ([0], [])], sourceCount: 2, targetCount: 2)
    #expect(sides.translations == [[], []])
  }
}
