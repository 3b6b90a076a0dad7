import Seq2Seq
import Tensors
import Testing
import Text

@Suite("Learning")
struct LearningTests {
  @Test("A small model learns to turn sentences round, without one mistake")
  func reversal() {
    var generator = SplitMix64(seed: 71)
    let sentences = (0..<300).map { TinyLanguage.sentence(1 + $0 % 6, &generator) }
    for beam in [1, 5] {
      var options = SearchOptions()
      options.beamSize = beam
      let found = BeamSearcher(Reverser.model).search(sentences, options)
      let wrong = zip(sentences, found).count { $0 != $1[0].ids.reversed() }
      #expect(wrong == 0, "\(wrong) of \(sentences.count) with beam \(beam)")
    }
  }

  @Test("Attention has learned where to look: the diagonal that runs the other way")
  func attention() {
    let sentence: [TokenID] = [4, 9, 6, 11, 5, 8]
    let hypothesis = BeamSearcher(Reverser.model).search([sentence], SearchOptions())[0][0]
    #expect(hypothesis.attention.count == 7)
    #expect(hypothesis.attention.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 && $0.count == 7 })
    let looks = hypothesis.attention.prefix(6).map { row in row.indices.max { row[$0] < row[$1] }! }
    #expect(looks == [5, 4, 3, 2, 1, 0])
  }

  @Test("Training is a function of the seed, to the bit")
  func determinism() {
    let (one, two) = (Reverser.train(updates: 12), Reverser.train(updates: 12))
    for (first, second) in zip(one.store.parameters, two.store.parameters) {
      #expect(first.array.map(\.bitPattern) == second.array.map(\.bitPattern), "\(first.name) differs")
    }
  }
}
