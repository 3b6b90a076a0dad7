import Foundation
import Storage
import Testing
import Text

@Suite("Vocabulary of a corpus")
struct VocabularyLearnerTests {
  private let folder: TemporaryFolder
  private let corpus: CorpusDatabase

  init() throws {
    folder = try TemporaryFolder()
    corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    let train = (0..<20).map { "the cat sees \($0 % 2 == 0 ? "cats" : "%d dogs")\tle chat voit %d chiens\n" }
    try corpus.importTSV(path: folder.write(train.joined(), to: "train.tsv"), split: .train)
    try corpus.importTSV(path: folder.write("the cat\tle chat\n", to: "dev.tsv"), split: .dev)
  }

  @Test("Learns merges of both languages, with the symbols of the target first, and prepares all pairs")
  func shared() throws {
    var learner = VocabularyLearner()
    learner.size = 30
    var counted = 0
    let learnt = try learner.learn(from: corpus) { counted += 1 }
    #expect(counted == 20 && learnt.sides.count == 1)
    let side = learnt.sides[0]
    let written = try #require(side.written)
    #expect((1...30).contains(side.codes?.merges.count ?? 0) && written.count < side.vocabulary.count)
    let record = learnt.record(name: "v")
    #expect(record.isShared && record.symbolCounts == (side.vocabulary.count, written.count))
    var stored = 0
    let usage = try corpus.prepare(record) { stored += 1 }
    #expect(stored == 21 && usage[.train]!.line.hasPrefix("20 pairs") && usage[.test] == nil)
    #expect(try corpus.vocabulary()?.name == "v")
    let id = try #require(try corpus.vocabularyID())
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .train) == 0)
    // What the pair of dev becomes is what the vocabulary makes of it.
    let pair = try #require(try corpus.pairs(split: .dev).first)
    let codecs = try record.codecs()
    let segment = try #require(try corpus.segments(vocabulary: id, ids: [pair.id]).first)
    #expect(segment.source == codecs.source.encode(pair.source).ids)
    #expect(codecs.target.decode(segment.target).text == "le chat")
  }

  @Test("Each language may have its own, of whole words, and rare ones are left out")
  func separate() throws {
    var learner = VocabularyLearner()
    (learner.isShared, learner.kind, learner.minimumFrequency) = (false, .word, 11)
    let learnt = try learner.learn(from: corpus)
    #expect(learnt.sides.count == 2 && learnt.sides.allSatisfy { $0.codes == nil && $0.written == nil })
    #expect(!learnt.record(name: "v").isShared)
    // A placeholder that both sides have is copied, and no word of either.
    #expect(learnt.typeCounts == [5, 5])
    #expect(learnt.sides[0].vocabulary.contains("cat") && !learnt.sides[0].vocabulary.contains("cats"))
    #expect(learnt.sides[1].vocabulary.contains("chat"))
  }

  @Test("Of nothing nothing is learnt")
  func empty() throws {
    let none = try CorpusDatabase(
      creatingOrOpening: folder.path("none.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    #expect(throws: StorageError.notFound(path: none.path, item: "train pairs")) {
      try VocabularyLearner().learn(from: none)
    }
  }
}
