import Foundation
import Storage
import Testing
import Text

@Suite struct CorpusDatabaseTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("c.sqlite")
  }

  /// A corpus whose train split has `count` pairs and whose dev split has three.
  private func makeCorpus(count: Int) throws -> CorpusDatabase {
    let corpus = try CorpusDatabase(creatingOrOpening: path, sourceLanguage: "en", targetLanguage: "fr")
    for (split, count) in [(Split.train, count), (.dev, 3)] {
      let lines = (1...count).map { "\(split) \($0)\n" }.joined()
      let targets = (1...count).map { "cible \($0)\n" }.joined()
      try corpus.importAligned(
        sourcePath: folder.write(lines, to: "\(split).en"),
        targetPath: folder.write(targets, to: "\(split).fr"),
        split: split)
    }
    return corpus
  }

  @Test func opensWhatItMade() throws {
    _ = try makeCorpus(count: 5)
    let again = try CorpusDatabase(opening: path)
    #expect(again.sourceLanguage == "en")
    #expect(again.targetLanguage == "fr")
    #expect(try again.count(split: .train) == 5)
    try again.describe(licence: "CC0")
    try again.describe(source: "https://example.org")
    let about = try CorpusDatabase(opening: path, readOnly: true).description()
    #expect(about.licence == "CC0")
    #expect(about.source == "https://example.org")
    #expect(about.createdAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
  }

  @Test func leavesNothingBesideTheFile() throws {
    do { _ = try makeCorpus(count: 5) }
    do { _ = try CorpusDatabase(opening: path, readOnly: true).pairs(split: .train) }
    #expect(try folder.names.filter { $0.hasPrefix("c.sqlite") } == ["c.sqlite"])
  }

  @Test func holdsToItsLanguages() throws {
    _ = try makeCorpus(count: 1)
    let error = try storageError {
      _ = try CorpusDatabase(creatingOrOpening: path, sourceLanguage: "en", targetLanguage: "de")
    }
    #expect(error == .languageMismatch(path: path, expected: "en-de", found: "en-fr"))
  }

  @Test func streamsAndSamples() throws {
    let corpus = try makeCorpus(count: 1000)
    var seen: [String] = []
    var counts: Set<Int> = []
    try corpus.forEachPair(split: .train) {
      // Other readings may stand within one.
      counts.insert(try corpus.count(split: .train))
      seen.append($0.source)
    }
    #expect(counts == [seen.count])
    #expect(seen == (1...1000).map { "train \($0)" })
    let sample = try corpus.sample(split: .train, count: 40).map(\.line)
    #expect(sample == sample.sorted() && Set(sample).count == 40)
    #expect((300..<700).contains(sample.reduce(0, +) / 40), "drawn from all parts")
    #expect(try corpus.sample(split: .train, count: 40, seed: 1).map(\.line) == sample)
    #expect(try corpus.sample(split: .train, count: 40, seed: 2).map(\.line) != sample)
    #expect(try corpus.sample(split: .dev, count: 10).map(\.line) == [1, 2, 3])
    #expect(try corpus.sample(split: .test, count: 10).isEmpty)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try corpus.forEachPair(split: .train) { _ in throw Stop() } }
  }

  // MARK: - Vocabulary and segments

  @Test func vocabularyComesBackWhole() throws {
    let corpus = try makeCorpus(count: 1)
    #expect(try corpus.vocabulary() == nil)
    #expect(try corpus.vocabularyID() == nil)
    let record = try VocabularyRecord.sample()
    let id = try corpus.saveVocabulary(record) { _, _ in ([4], [5]) }
    #expect(try corpus.vocabulary() == record)
    #expect(try corpus.vocabularyID() == id)
    let codecs = try #require(try corpus.vocabulary()).codecs()
    #expect(codecs.source.language == "en")
    #expect(codecs.target.configuration.lowercase)
    let encoded = codecs.source.encode("lower lowest")
    #expect(encoded.ids.map { codecs.source.vocabulary.symbol(for: $0) } == ["lowe@@", "r", "lowe@@", "st"])
    #expect(codecs.source.decode(encoded.ids).text == "lower lowest")
  }

  @Test func segmentsComeBackInTheOrderAskedFor() throws {
    let corpus = try makeCorpus(count: 200)
    let id = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, pair in
      ((0..<pair.line).map { TokenID($0 * 100) }, [TokenID(pair.line)])
    }
    let lengths = try corpus.segmentLengths(vocabulary: id, split: .train)
    #expect(lengths.map(\.source) == (1...200).map { Int32($0) })
    #expect(lengths.allSatisfy { $0.target == 1 })
    #expect(try corpus.segmentLengths(vocabulary: id, split: .dev).count == 3)
    #expect(try corpus.segmentLengths(vocabulary: id, split: .test).isEmpty)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .dev) == 0)
    #expect(try corpus.countWithoutSegments(vocabulary: id + 1, split: .dev) == 3)
    let wanted = [lengths[150], lengths[3], lengths[150], lengths[0]].map(\.id)
    let segments = try corpus.segments(vocabulary: id, ids: wanted)
    #expect(segments.map(\.id) == wanted)
    #expect(segments.map(\.target) == [[151], [4], [151], [1]])
    #expect(segments[1].source == [0, 100, 200, 300])
    let error = try storageError { _ = try corpus.segments(vocabulary: id, ids: [wanted[0], 999_999]) }
    #expect(error == .notFound(path: path, item: "tokens of pair 999999 under vocabulary \(id)"))
  }

  @Test func aVocabularyReplacesTheOneOfItsName() throws {
    let corpus = try makeCorpus(count: 2)
    let first = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, pair in ([7], [TokenID(pair.line)])
    }
    #expect(try corpus.segmentLengths(vocabulary: first, split: .dev).count == 3)
    let second = try corpus.saveVocabulary(VocabularyRecord.sample(name: "other")) { _, _ in ([8, 8], []) }
    #expect(try corpus.segmentLengths(vocabulary: first, split: .train).count == 2)
    let third = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, _ in ([9], [9]) }
    #expect(try corpus.segmentLengths(vocabulary: first, split: .train).isEmpty)
    #expect(try corpus.segmentLengths(vocabulary: second, split: .train).map(\.source) == [2, 2])
    #expect(try corpus.vocabularyID() == third)
  }

  @Test func anErrorWhileEncodingChangesNothing() throws {
    let corpus = try makeCorpus(count: 10)
    let record = try VocabularyRecord.sample()
    let id = try corpus.saveVocabulary(record) { _, _ in ([5], [6]) }
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try corpus.saveVocabulary(record) { _, pair in
        if pair.line == 7 { throw Stop() }
        return ([1], [1])
      }
    }
    #expect(try corpus.vocabularyID() == id)
    #expect(try corpus.segmentLengths(vocabulary: id, split: .train).count == 10)
  }

  @Test func segmentsGoWithTheirPairs() throws {
    let corpus = try makeCorpus(count: 10)
    let id = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, _ in ([5], [6]) }
    try corpus.importTSV(path: folder.write("a\tb\n", to: "n.tsv"), split: .train, mode: .replace)
    #expect(try corpus.segmentLengths(vocabulary: id, split: .train).isEmpty)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .train) == 1)
    #expect(try corpus.segmentLengths(vocabulary: id, split: .dev).count == 3)
  }

  @Test func othersReadWhileOneWrites() throws {
    let corpus = try makeCorpus(count: 10)
    let reader = try CorpusDatabase(opening: path, readOnly: true)
    let id = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, pair in
      let seen = (try reader.count(split: .train), try reader.vocabularyID())
      #expect(seen.0 == 10 && seen.1 == nil)
      return ([1], [TokenID(pair.line)])
    }
    #expect(try reader.segmentLengths(vocabulary: id, split: .train).count == 10)
    let error = try storageError {
      _ = try reader.saveVocabulary(VocabularyRecord.sample()) { _, _ in ([1], [1]) }
    }
    #expect(error == .database(path: path, detail: "it was opened for reading only"))
  }
}
