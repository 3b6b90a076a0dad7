import Foundation
import Storage
import Testing

/// What each rule leaves out, and what it lets be.
@Suite struct CleaningTests {
  let folder: TemporaryFolder
  let corpus: CorpusDatabase

  init() throws {
    folder = try TemporaryFolder()
    corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
  }

  @discardableResult
  private func take(
    _ pairs: [(String, String)], _ rules: Set<RejectionRule>, split: Split = .train, name: String = "a",
    mode: ImportMode = .append, maximumLength: Int = 250, maximumRatio: Double = 9,
    into corpus: CorpusDatabase? = nil
  ) throws -> ImportSummary {
    let text = pairs.map { "\($0)\t\($1)\n" }.joined()
    let cleaning = Cleaning(rules: rules, maximumLength: maximumLength, maximumRatio: maximumRatio)
    return try (corpus ?? self.corpus).importTSV(
      path: folder.write(text, to: name + ".tsv"), split: split, mode: mode, cleaning: cleaning)
  }

  private func words(_ count: Int) -> String { Array(repeating: "mot", count: count).joined(separator: " ") }

  @Test func aRuleThatIsOffCountsWhatItWouldLeaveOut() throws {
    let pairs = [
      ("same", "same"), ("one", words(20)), (words(30), "vingt mots"), ("да", "oui"), ("yes", "oui"),
    ]
    let kept = try take(pairs, [], maximumLength: 25)
    #expect(kept.imported == 5)
    #expect(kept.rejected == 0)
    let expected: [RejectionRule: Int] = [.identical: 1, .tooLong: 1, .lengthRatio: 2, .wrongScript: 1]
    #expect(kept.tallies.mapValues(\.kept) == expected)
    #expect(kept.tallies[.identical]?.firstPlace == folder.path("a.tsv") + ":1")
    #expect(kept.tallies[.identical]?.text == "same")
    for rule in expected.keys {
      let summary = try take(pairs, [rule], split: .dev, mode: .replace, maximumLength: 25)
      #expect(summary.tallies[rule]?.leftOut == expected[rule], "\(rule)")
      #expect(summary.tallies[rule]?.kept == 0, "\(rule)")
      #expect(summary.imported == 5 - expected[rule]!, "\(rule)")
      #expect(
        try corpus.rejectedPairs(split: .dev).map(\.rule) == Array(repeating: rule, count: expected[rule]!))
    }
  }

  @Test func lengthsAreWordsAndTheLimitsAreIncluded() throws {
    let pairs = [(words(10), words(10)), (words(10), words(11)), (words(2), words(6)), (words(2), words(7))]
    let summary = try take(pairs, [.tooLong, .lengthRatio], maximumLength: 10, maximumRatio: 3)
    #expect(summary.imported == 2)
    #expect(
      try corpus.rejectedPairs(split: .train).map(\.reason) == [
        "the target has 11 words, the most is 10", "2 against 7 words",
      ])
  }

  @Test func wordsAreCountedInTextWithoutSpaces() throws {
    let chinese = try CorpusDatabase(
      creatingOrOpening: folder.path("zh.sqlite"), sourceLanguage: "en", targetLanguage: "zh")
    let sentence = "我们昨天在北京的一家小餐馆里吃了一顿非常好吃的晚饭"
    let pair = ("Yesterday we had a very good dinner at a small restaurant in Beijing", sentence)
    #expect(try take([pair], [.lengthRatio, .wrongScript], maximumRatio: 3, into: chinese).imported == 1)
    let long = try take([("dinner", sentence), ("day", "天")], [.lengthRatio], into: chinese)
    #expect(long.tallies[.lengthRatio]?.leftOut == 1)
  }

  @Test func scriptsAreThoseOfTheLanguage() throws {
    let russian = try CorpusDatabase(
      creatingOrOpening: folder.path("ru.sqlite"), sourceLanguage: "en", targetLanguage: "ru")
    let pairs = [
      ("Good day", "Добрый день"), ("Install Swift", "Установите Swift из Swift.org"),
      ("Good day", "Bonjour"),
      ("Swift", "Swift"), ("12 %", "12 %"), ("Добрый", "Добрый день"),
    ]
    let summary = try take(pairs, [.wrongScript], into: russian)
    #expect(summary.imported == 4)
    let rejected = try russian.rejectedPairs(split: .train)
    #expect(rejected.map(\.line) == [3, 6])
    #expect(rejected.map(\.reason) == ["the target is not in Cyrillic", "the source is not in Latin"])
    // Of a language without a known script nothing is said.
    let unknown = try CorpusDatabase(
      creatingOrOpening: folder.path("xx.sqlite"), sourceLanguage: "en", targetLanguage: "xx")
    #expect(try take([("Good day", "Добрый день")], [.wrongScript], into: unknown).imported == 1)
  }

  @Test func aPairIsTakenOnce() throws {
    let pairs = [("a", "b"), ("a", "c"), ("a", "b"), ("ab", ""), ("a", "b"), ("é", "É"), ("e\u{301}", "É")]
    let summary = try take(pairs, [.duplicate, .empty])
    #expect(summary.imported == 3)
    let rejected = try corpus.rejectedPairs(split: .train, rule: .duplicate)
    #expect(rejected.map(\.line) == [3, 5, 7])
    let path = folder.path("a.tsv")
    #expect(rejected.map(\.reason) == [1, 1, 6].map { "the same as train, \(path):\($0)" })
    // What the split holds already counts too, what another split holds does not.
    #expect(try take([("a", "c"), ("new", "neuf")], [.duplicate], name: "b").imported == 1)
    #expect(try take([("a", "c")], [.duplicate], split: .dev, name: "c").imported == 1)
    // The two sides are not one text.
    #expect(try take([("a b", "c"), ("a", "b c")], [.duplicate], name: "d").imported == 2)
  }

  @Test func manyPairsAreToldApart() throws {
    let pairs = (0..<5000).map { ("source \($0 % 4000)", "cible \($0 % 4000)") }
    let summary = try take(pairs, [.duplicate])
    #expect(summary.imported == 4000)
    #expect(try corpus.rejectedPairs(split: .train).map(\.line) == Array(4001...5000))
    #expect(try take(pairs, [.duplicate, .empty], split: .test).imported == 4000)
    let again = try take(pairs, [.duplicate])
    #expect(again.imported == 0 && again.known == 5000 && again.tallies[.duplicate]?.leftOut == 5000)
    #expect(try corpus.rejectedPairs(split: .train).count == 1000)
  }

  @Test func anAppendNotesOnlyWhatIsNew() throws {
    let rules: Set<RejectionRule> = [.empty, .duplicate]
    let pairs = [("a", "x"), ("", "y"), ("b", "z"), ("a", "x")]
    try take(pairs, rules)
    let again = try take(pairs, rules, name: "again")
    #expect(again.imported == 0 && again.rejected == 4 && again.known == 4)
    #expect(try corpus.rejectedPairs(split: .train).map(\.line) == [2, 4])
    let grown = try take(pairs + [("c", "w"), ("c", "w"), ("", "v")], rules, name: "grown")
    #expect(grown.imported == 1 && grown.rejected == 6 && grown.known == 4)
    #expect(try corpus.rejectedPairs(split: .train).map(\.line) == [2, 4, 6, 7])
    #expect(try corpus.imports().map(\.taken) == [2, 0, 1])
    // Without the rule, an append takes all of it again.
    let all = try take(pairs, [.empty], name: "all")
    #expect(all.imported == 3 && all.known == 0)
    #expect(try corpus.rejectedPairs(split: .train).count == 5)
    // What is neither new nor known could not be taken.
    let error = try storageError { try take([("", "new")], rules, name: "none") }
    #expect("\(error)".contains("no sentence pair could be taken"))
  }

  @Test func whatIsMeasuredWithLeavesTrain() throws {
    try take([("a", "x"), ("b", "y"), ("c", "z")], [.duplicate])
    let id = try corpus.saveVocabulary(VocabularyRecord.sample()) { _, _ in ([5], [6]) }
    let dev = try take([("b", "y"), ("d", "w")], [.overlap], split: .dev, name: "dev")
    #expect(dev.imported == 2)
    #expect(dev.rejected == 0)
    #expect(dev.removedFromTrain?.leftOut == 1)
    #expect(dev.removedFromTrain?.firstPlace == folder.path("a.tsv") + ":2")
    #expect(try corpus.pairs(split: .train).map(\.source) == ["a", "c"])
    #expect(try corpus.segmentLengths(vocabulary: id, split: .train).count == 2)
    let gone = try corpus.rejectedPairs(split: .train)
    #expect(gone.map(\.rule) == [.overlap])
    #expect(gone[0].source == "b" && gone[0].target == "y" && gone[0].line == 2)
    #expect(gone[0].reason == "it stands in dev, \(folder.path("dev.tsv")):1")
    // The other way round, and for test as for dev.
    try take([("e", "v")], [.overlap], split: .test, name: "test")
    let train = try take([("d", "w"), ("e", "v"), ("d", "v"), ("f", "u")], [.overlap], name: "more")
    #expect(train.imported == 2)
    #expect(train.tallies[.overlap]?.leftOut == 2)
    #expect(
      try corpus.rejectedPairs(split: .train, rule: .overlap).map(\.reason).suffix(2) == [
        "it stands in dev, \(folder.path("dev.tsv")):2", "it stands in test, \(folder.path("test.tsv")):1",
      ])
    // Off, it lets all be.
    #expect(try take([("f", "u")], [], split: .dev, name: "off").removedFromTrain == nil)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["a", "c", "d", "f"])
  }

  @Test func aSetThatIsReplacedGivesBackWhatItTookFromTrain() throws {
    let rules: Set<RejectionRule> = [.overlap, .duplicate]
    func trained() throws -> [String] { try corpus.pairs(split: .train).map(\.source) }
    func replaceDev(_ pairs: [(String, String)]) throws -> ImportSummary {
      try take(pairs, [.overlap], split: .dev, name: "dev", mode: .replace)
    }
    try take([("a", "x"), ("b", "y"), ("c", "z"), ("d", "w"), ("e", "v")], rules)
    try take([("d", "w")], [.overlap], split: .test, name: "test")
    #expect(try replaceDev([("b", "y"), ("c", "z"), ("f", "u")]).returnedToTrain == 0)
    // A copy of what was taken out, twice what never was in train, and what is new.
    let more = try take([("b", "y"), ("f", "u"), ("f", "u"), ("g", "t")], rules, name: "more")
    #expect(more.imported == 1 && more.tallies[.overlap]?.leftOut == 3)
    #expect(try trained() == ["a", "e", "g"])

    // The same set takes the same pairs.
    #expect(try replaceDev([("b", "y"), ("c", "z"), ("f", "u")]).returnedToTrain == 0)
    #expect(try trained() == ["a", "e", "g"])
    // What has been in train stands where it stood; what is in both sets stays out.
    let other = try replaceDev([("c", "z"), ("g", "t"), ("d", "w")])
    #expect(other.returnedToTrain == 2 && other.removedFromTrain?.leftOut == 1)
    #expect(try trained() == ["a", "b", "e", "f"])
    #expect(try corpus.rejectedPairs(split: .train, rule: .duplicate).map(\.source) == ["f"])
    #expect(try replaceDev([("h", "s")]).returnedToTrain == 2)
    #expect(try trained() == ["a", "b", "c", "e", "g", "f"])
    let gone = try corpus.rejectedPairs(split: .train, rule: .overlap)
    #expect(gone.map(\.source) == ["d"])
    #expect(gone[0].reason == "it stands in test, \(folder.path("test.tsv")):1")
  }

  @Test func asManyComeBackAsTheirImportTook() throws {
    try take([("a", "x")], [.overlap], split: .dev, name: "dev")
    #expect(try take([("a", "x"), ("b", "y"), ("a", "x")], [.overlap]).imported == 1)
    let summary = try take([("c", "z")], [], split: .dev, name: "dev", mode: .replace)
    #expect(summary.returnedToTrain == 2)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["b", "a", "a"])
    #expect(try corpus.rejectedPairs(split: .train).isEmpty)
  }

  @Test func emptySidesMayBeKept() throws {
    #expect(try take([("", "x"), ("y", "")], []).imported == 2)
    #expect(try take([("", "x"), ("y", ""), ("z", "z")], [.empty]).imported == 1)
  }

  @Test func placeholdersAreTheSameOnBothSides() throws {
    let pairs = [
      ("open {file}", "ouvrir {file}"), ("open {file}", "ouvrir"), ("it is done", "<b>c'est</b> fait"),
      ("%s of %d", "%d sur %s"), ("%1$s of %2$d", "%2$d sur %1$s"), ("<b>yes</b>", "oui"),
      ("half, 50 %", "50% de tout"),
    ]
    let summary = try take(pairs, [.placeholders])
    #expect(summary.imported == 3)
    #expect(
      try corpus.rejectedPairs(split: .train).map { "\($0.source): \($0.reason)" } == [
        "open {file}: the target loses {file}", "it is done: the target invents <b>, and 1 more",
        "%s of %d: the target has placeholders in another order",
        "<b>yes</b>: the target loses <b>, and 1 more",
      ])
    #expect(try take(pairs, [], split: .dev).tallies[.placeholders]?.kept == 4)
  }

  @Test func theFileSaysWhatWasDone() throws {
    try take([("a", "x"), ("a", "x"), ("b", "y")], [.duplicate, .tooLong], maximumLength: 80)
    try take([("c", "z")], [], split: .dev, name: "dev")
    let imports = try corpus.imports()
    #expect(imports.map(\.split) == [.train, .dev])
    #expect(imports.map(\.mode) == [.append, .append])
    #expect(imports[0].origins == [folder.path("a.tsv")])
    #expect(imports[0].cleaning == Cleaning(rules: [.duplicate, .tooLong], maximumLength: 80))
    #expect(imports[0].candidates == 3 && imports[0].taken == 2)
    #expect(imports[1].cleaning == Cleaning.none)
    #expect(imports[0].createdAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    try take([("d", "w")], [], mode: .replace)
    #expect(try corpus.imports().map(\.split) == [.dev, .train])
  }

  @Test func theDefaultsSpareWhatIsMeasuredWith() {
    #expect(
      Cleaning.standard(for: .train).rules
        == Set(RejectionRule.switchable).subtracting([.identical, .placeholders]))
    for split in [Split.dev, .test] {
      #expect(Cleaning.standard(for: split).rules == [.empty, .overlap])
    }
  }
}
