import Foundation
import Storage
import Testing

@Suite struct HoldOutTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func corpus(_ name: String, _ lines: [String]) throws -> CorpusDatabase {
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path(name), sourceLanguage: "en", targetLanguage: "fr")
    let path = folder.path("\(name).tsv")
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    try corpus.importTSV(path: path, split: .train)
    return corpus
  }

  private func sources(_ corpus: CorpusDatabase, _ split: Split) throws -> Set<String> {
    Set(try corpus.pairs(split: split).map(\.source))
  }

  private static let lines = (0..<200).map { "a sentence \($0)\tune phrase \($0)" }

  @Test func takesAsManyAsAskedForAndLosesNone() throws {
    let corpus = try corpus("c", Self.lines)
    #expect(try corpus.holdOut(dev: 20, test: 30) == [.train: 150, .dev: 20, .test: 30])
    let splits = try Split.allCases.map { try sources(corpus, $0) }
    #expect(splits.map(\.count) == [150, 20, 30])
    #expect(splits.reduce(Set()) { $0.union($1) }.count == 200)
  }

  @Test func theSameTextGivesTheSameSplitsInAnyOrder() throws {
    let one = try corpus("one", Self.lines)
    let other = try corpus("other", Self.lines.reversed())
    try one.holdOut(dev: 20, test: 30)
    try other.holdOut(dev: 20, test: 30)
    for split in Split.allCases { #expect(try sources(one, split) == sources(other, split)) }
    // With a tenth more text, most are those of before.
    let grown = try corpus("grown", Self.lines + (0..<20).map { "more \($0)\tplus \($0)" })
    try grown.holdOut(dev: 20, test: 30)
    let held = try sources(grown, .dev).union(sources(grown, .test))
    let before = try sources(one, .dev).union(sources(one, .test))
    #expect(held.intersection(before).count > 35)
  }

  @Test func pairsOfOneSourceStayTogether() throws {
    let corpus = try corpus("c", (0..<300).map { "sentence \($0 / 3)\tphrase \($0)" })
    let counts = try corpus.holdOut(dev: 10, test: 10)
    #expect(counts[.dev] == 12 && counts[.test] == 12)
    #expect(try sources(corpus, .train).isDisjoint(with: sources(corpus, .dev).union(sources(corpus, .test))))
    #expect(try sources(corpus, .dev).isDisjoint(with: sources(corpus, .test)))
  }

  @Test func refusesWhatLeavesTooLittleOrIsThereAlready() throws {
    let corpus = try corpus("c", Self.lines)
    func refusal(dev: Int, test: Int) throws -> String {
      let error = try storageError { try corpus.holdOut(dev: dev, test: test) }
      guard case .cannotHoldOut(_, let detail) = error else { return "\(error)" }
      #expect(error.errorCode == 65)
      return detail
    }
    #expect(try refusal(dev: 60, test: 41).contains("more than half of the 200"))
    #expect(try refusal(dev: -1, test: 4).contains("-1"))
    try corpus.holdOut(dev: 10, test: 0)
    #expect(try refusal(dev: 5, test: 5).contains("10 dev pairs already"))
    #expect(try corpus.holdOut(dev: 0, test: 10) == [.train: 180, .dev: 10, .test: 10])

    let same = try self.corpus("same", (0..<50).map { "one source\tphrase \($0)" })
    let error = try storageError { try same.holdOut(dev: 5, test: 5) }
    #expect("\(error)".contains("the same source"))
    #expect(try same.count(split: .train) == 50, "nothing is changed")
  }

  @Test func tokenIdsOfWhatIsHeldOutAreForgotten() throws {
    let corpus = try corpus("c", Self.lines)
    let id = try corpus.saveVocabulary(.sample()) { _, _ in ([4], [5]) }
    try corpus.holdOut(dev: 10, test: 10)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .train) == 0)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .dev) == 10)
  }
}
