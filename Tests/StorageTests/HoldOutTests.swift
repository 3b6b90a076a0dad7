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

  /// Imports lines of a TSV file as the command line does.
  private func importLines(
    _ lines: [String], into corpus: CorpusDatabase, _ split: Split, _ mode: ImportMode, to name: String
  ) throws -> ImportSummary {
    try corpus.importTSV(
      path: folder.write(lines.joined(separator: "\n"), to: name), split: split, mode: mode,
      cleaning: .standard(for: split))
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
    #expect(try refusal(dev: .max, test: .max).contains("more than half of the 200"))
    #expect(try refusal(dev: 1, test: .max).contains("more than half of the 200"))
    #expect(try refusal(dev: -1, test: 4).contains("-1"))
    try corpus.holdOut(dev: 10, test: 0)
    #expect(try refusal(dev: 5, test: 5).contains("10 dev pairs already"))
    #expect(try corpus.holdOut(dev: 0, test: 10) == [.train: 180, .dev: 10, .test: 10])

    let same = try self.corpus("same", (0..<50).map { "one source\tphrase \($0)" })
    let error = try storageError { try same.holdOut(dev: 5, test: 5) }
    #expect("\(error)".contains("the same source"))
    #expect(try same.count(split: .train) == 50, "nothing is changed")
  }

  @Test func whatIsHeldOutIsNotTrainedOnLater() throws {
    let corpus = try corpus("c", Self.lines)
    try corpus.holdOut(dev: 20, test: 30)
    let held = try sources(corpus, .dev).union(sources(corpus, .test))
    // The same sources with other translations, and a new one.
    let lines = (0..<200).map { "a sentence \($0)\tune autre phrase \($0)" } + ["new\tneuf"]
    let grown = try importLines(lines, into: corpus, .train, .append, to: "grown.tsv")
    #expect(grown.imported == 151 && grown.tallies[.overlap]?.leftOut == 50)
    #expect(try sources(corpus, .train).isDisjoint(with: held))
    let rejected = try corpus.rejectedPairs(split: .train)
    #expect(rejected.count == 50)
    #expect(rejected.allSatisfy { $0.reason.hasPrefix("its source is held out in ") })
    // What was not held out keeps nothing out but itself.
    #expect(try importLines(["plain\tsimple"], into: corpus, .test, .append, to: "test.tsv").imported == 1)
    let both = ["plain\tbanal", "plain\tsimple"]
    #expect(try importLines(both, into: corpus, .train, .append, to: "both.tsv").imported == 1)
    #expect(try corpus.pairs(split: .train).last?.target == "banal")
  }

  @Test func aSetThatIsReplacedGoesBackToTrain() throws {
    let corpus = try corpus("c", Self.lines)
    try corpus.holdOut(dev: 20, test: 30)
    let held = try corpus.pairs(split: .dev)
    let (kept, returned) = (held[0], held[1])
    let lines = ["\(kept.source)\t\(kept.target)", "other\tautre"]
    let summary = try importLines(lines, into: corpus, .dev, .replace, to: "dev.tsv")
    #expect(summary.replaced == 20 && summary.returnedToTrain == 19 && summary.removedFromTrain == nil)
    let trained = try corpus.pairs(split: .train).map(\.line)
    #expect(trained.count == 169 && trained == trained.sorted(), "each stands where it stood")
    let rejected = try corpus.rejectedPairs(split: .train)
    #expect(rejected.map(\.source) == [kept.source])
    #expect(rejected.map(\.reason) == ["it stands in dev, \(folder.path("dev.tsv")):1"])
    // Their sources are held out no more.
    let again = ["\(returned.source)\tencore une phrase"]
    #expect(try importLines(again, into: corpus, .train, .append, to: "again.tsv").imported == 1)
    // What came from a train split that is gone does not go back.
    #expect(try importLines(["only\tseul"], into: corpus, .train, .replace, to: "train.tsv").imported == 1)
    let test = try importLines(["test\tessai"], into: corpus, .test, .replace, to: "test.tsv")
    #expect(test.replaced == 30 && test.returnedToTrain == 0)
    #expect(try sources(corpus, .train) == ["only"])
  }

  @Test func whatCameFromAnEarlierVersionOfAFileDoesNotGoBack() throws {
    let corpus = try corpus("c", Self.lines)
    try corpus.holdOut(dev: 20, test: 0)
    // The memory was corrected, and has the name that it had.
    let origin = try #require(try corpus.pairs(split: .train).first?.origin)
    let name = String(try #require(origin.split(separator: "/").last))
    let corrected = Self.lines.map { $0 + " !" }
    let second = try importLines(corrected, into: corpus, .train, .replace, to: name)
    #expect(try corpus.pairs(split: .train).first?.origin == origin)
    #expect(second.tallies[.overlap]?.leftOut == 20, "their sources are held out")
    let dev = try importLines(["other\tautre"], into: corpus, .dev, .replace, to: "dev.tsv")
    #expect(dev.returnedToTrain == 20, "what the second import left out comes back, and nothing else")
    let trained = try corpus.pairs(split: .train)
    #expect(trained.count == 200 && trained.allSatisfy { $0.target.hasSuffix(" !") })
  }

  @Test func aFileOfTheFormatOfBeforeKnowsWhatWasHeldOut() throws {
    let path = folder.path("c")
    let held: Set<String>
    do {
      let made = try corpus("c", Self.lines)
      try made.holdOut(dev: 20, test: 0)
      held = try sources(made, .dev)
      _ = try importLines(["plain\tsimple"], into: made, .test, .intoEmpty, to: "test.tsv")
    }
    _ = try runSQL(
      """
      ALTER TABLE sentence_pair DROP COLUMN held_out;
      ALTER TABLE rejected DROP COLUMN pair_id;
      ALTER TABLE import DROP COLUMN first_pair_id;
      DELETE FROM grdb_migrations WHERE identifier IN ('corpus-3', 'corpus-4');
      PRAGMA user_version = 2;
      """, on: path)
    #expect(try sources(CorpusDatabase(opening: path, readOnly: true), .dev) == held)
    #expect(try runSQL("PRAGMA user_version", on: path) == [["2"]])
    let migrated = try CorpusDatabase(opening: path)
    #expect(try runSQL("PRAGMA user_version", on: path) == [["4"]])
    let lines = held.sorted().map { "\($0)\tune autre phrase" } + ["plain\tbanal"]
    let grown = try importLines(lines, into: migrated, .train, .append, to: "grown.tsv")
    #expect(grown.imported == 1 && grown.tallies[.overlap]?.leftOut == 20)
  }

  @Test func tokenIdsOfWhatIsHeldOutAreForgotten() throws {
    let corpus = try corpus("c", Self.lines)
    let id = try corpus.saveVocabulary(.sample()) { _, _ in ([4], [5]) }
    try corpus.holdOut(dev: 10, test: 10)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .train) == 0)
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .dev) == 10)
  }
}
