import Foundation
import Interchange
import Storage
import Testing

@Suite struct ImportTests {
  let folder: TemporaryFolder
  let corpus: CorpusDatabase

  init() throws {
    folder = try TemporaryFolder()
    corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
  }

  private func importFiles(
    _ source: String, _ target: String, split: Split = .train, mode: ImportMode = .intoEmpty
  ) throws -> ImportSummary {
    try corpus.importAligned(
      sourcePath: folder.write(source, to: "a.en"), targetPath: folder.write(target, to: "a.fr"),
      split: split, mode: mode)
  }

  @Test func takesPairsInOrderWithTheirPlace() throws {
    let summary = try importFiles("one\ntwo\nthree\n", "un\ndeux\ntrois\n")
    #expect(summary.candidates == 3)
    #expect(summary.imported == 3)
    #expect(summary.rejected == 0)
    #expect(summary.tallies.isEmpty)
    let pairs = try corpus.pairs(split: .train)
    #expect(pairs.map(\.source) == ["one", "two", "three"])
    #expect(pairs.map(\.target) == ["un", "deux", "trois"])
    #expect(pairs.map(\.line) == [1, 2, 3])
    #expect(pairs.allSatisfy { $0.origin == folder.path("a.en") })
    #expect(try corpus.pairs(split: .train, limit: 2).count == 2)
    #expect(try corpus.count(split: .dev) == 0)
  }

  @Test func aLineEndsAtALineFeedOnly() throws {
    let separators = "a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f\rg"
    let summary = try importFiles(separators + "\r\nlast", "un\r\nfin")
    #expect(summary.imported == 2)
    let pairs = try corpus.pairs(split: .train)
    #expect(pairs.map(\.source) == [separators, "last"])
    #expect(pairs.map(\.target) == ["un", "fin"])
  }

  @Test func unequalLineCountsStopTheImport() throws {
    _ = try importFiles("kept\n", "gardé\n")
    let error = try storageError {
      _ = try importFiles("one\ntwo\nthree\nfour\n", "un\ndeux\n", mode: .replace)
    }
    #expect(
      error
        == .unequalLineCounts(
          source: folder.path("a.en"), sourceLines: 4, target: folder.path("a.fr"), targetLines: 2))
    #expect(error.description.contains("has 4 lines"))
    #expect(error.description.contains("has 2, so"))
    #expect(try corpus.pairs(split: .train).map(\.source) == ["kept"])
    let other = try storageError { _ = try importFiles("one\n", "un\n\n", split: .dev) }
    #expect(
      other
        == .unequalLineCounts(
          source: folder.path("a.en"), sourceLines: 1, target: folder.path("a.fr"), targetLines: 2))
  }

  @Test func leavesOutWhatIsNoPairAndSaysWhy() throws {
    let source = try folder.write(
      Array("good\n".utf8) + [0x62, 0xFF, 0x0A] + Array("\n \t \nx\nnul\0\n\u{FEFF}\u{3000}\n".utf8),
      to: "b.en")
    let target = try folder.write("bon\nb\ncible\n\n\u{2003}\nnul\n!\n", to: "b.fr")
    let summary = try corpus.importAligned(sourcePath: source, targetPath: target, split: .test)
    #expect(summary.candidates == 7)
    #expect(summary.imported == 1)
    #expect(summary.rejected == 6)
    let rejected = try corpus.rejectedPairs(split: .test)
    #expect(rejected.map(\.line) == [2, 3, 4, 5, 6, 7])
    #expect(rejected.map(\.rule) == [.invalidUTF8, .empty, .empty, .empty, .nullCharacter, .empty])
    #expect(
      rejected.map(\.reason) == [
        "the source is not UTF-8", "the source is empty", "both sides are empty", "the target is empty",
        "a side holds U+0000", "the source is empty",
      ])
    #expect(rejected.map(\.source) == ["b\u{FFFD}", "", " \t ", "x", "nul\u{FFFD}", "\u{FEFF}\u{3000}"])
    #expect(rejected.map(\.target) == ["b", "cible", "", "\u{2003}", "nul", "!"])
    #expect(rejected.allSatisfy { $0.origin == source && $0.split == .test })
    #expect(summary.tallies[.empty]?.leftOut == 4)
    #expect(summary.tallies[.empty]?.firstPlace == source + ":3")
    #expect(try corpus.rejectedPairs(split: .test, rule: .empty).map(\.line) == [3, 4, 5, 7])
    #expect(
      try corpus.rejectionCounts().map { "\($0.split) \($0.rule.rawValue) \($0.count) \($0.firstPlace)" } == [
        "test empty 4 \(source):3", "test invalid-utf8 1 \(source):2", "test null-character 1 \(source):6",
      ])
    #expect(try corpus.pairs(split: .test).map(\.line) == [1])
  }

  @Test func keepsTextAsItCameInNormalFormC() throws {
    _ = try importFiles("\u{FEFF}  e\u{301}te\u{301}\u{A0}!\n", "l\u{2019}e\u{301}te\u{301}\t\u{FB01}\n")
    let pair = try #require(try corpus.pairs(split: .train).first)
    #expect(Array(pair.source.unicodeScalars) == Array("  \u{E9}t\u{E9}\u{A0}!".unicodeScalars))
    #expect(Array(pair.target.unicodeScalars) == Array("l\u{2019}\u{E9}t\u{E9}\t\u{FB01}".unicodeScalars))
  }

  @Test func aFilledSplitIsReplacedOrAddedToOnlyWhenTold() throws {
    _ = try importFiles("one\n\n", "un\nx\n")
    let error = try storageError { _ = try importFiles("two\n", "deux\n") }
    #expect(error == .splitNotEmpty(path: corpus.path, split: .train, count: 1))
    #expect(error.description.contains("--replace"))
    #expect(try importFiles("dev\n", "dév\n", split: .dev).imported == 1)
    #expect(try importFiles("two\n", "deux\n", mode: .append).replaced == 0)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["one", "two"])
    #expect(try corpus.rejectedPairs(split: .train).count == 1)
    #expect(try importFiles("three\n", "trois\n", mode: .replace).replaced == 2)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["three"])
    #expect(try corpus.rejectedPairs(split: .train).isEmpty)
    #expect(try corpus.count(split: .dev) == 1)
  }

  @Test func readsTabSeparatedFiles() throws {
    let path = try folder.write("a\tb\tCC BY 2.0\nno tab\n\nc\td\n\te\nf\t\n", to: "p.tsv")
    let summary = try corpus.importTSV(path: path, split: .train)
    #expect(summary.imported == 2)
    #expect(try corpus.pairs(split: .train).map(\.target) == ["b", "d"])
    let rejected = try corpus.rejectedPairs(split: .train)
    #expect(rejected.map(\.rule) == [.missingColumn, .empty, .empty, .empty])
    #expect(rejected.map(\.source) == ["no tab", "", "", "f"])
    #expect(rejected.map(\.target) == ["", "", "e", ""])
  }

  @Test func refusesInputsThatHoldNothingItCanRead() throws {
    let empty = try storageError { _ = try importFiles("", "") }
    let name = "\(folder.path("a.en")) and \(folder.path("a.fr"))"
    #expect(empty == .nothingToImport(input: name, reasons: "there is none in it"))
    let blank = try storageError { _ = try importFiles("\n\n", "\nx\n") }
    #expect(
      blank
        == .nothingToImport(
          input: name, reasons: "2 times empty, first \(folder.path("a.en")):1: both sides are empty"))
    let text = try folder.write("x\n", to: "x.fr")
    let wide = try folder.write([0xFF, 0xFE, 0x61, 0x00], to: "wide.en")
    #expect(
      try storageError { try corpus.importAligned(sourcePath: wide, targetPath: text, split: .train) }
        == .notUTF8(input: wide, encoding: "UTF-16"))
    #expect(
      throws: InterchangeError.missingFile(path: folder.path("no"), reason: "No such file or directory")
    ) {
      try corpus.importAligned(sourcePath: text, targetPath: folder.path("no"), split: .train)
    }
    #expect(throws: InterchangeError.missingFile(path: folder.url.path, reason: "Is a directory")) {
      try corpus.importTSV(path: folder.url.path, split: .train)
    }
    #expect(try corpus.count(split: .train) == 0)
    #expect(try corpus.rejectedPairs(split: .train).isEmpty)
    #expect(try corpus.imports().isEmpty)
  }

  @Test func anImportThatFailsPinsNoLanguages() throws {
    func open(_ target: String) throws -> CorpusDatabase {
      try CorpusDatabase(creatingOrOpening: corpus.path, sourceLanguage: "en", targetLanguage: target)
    }
    _ = try storageError { _ = try importFiles("\n", "\n") }
    let german = try open("de")
    #expect(german.targetLanguage == "de")
    // Nothing comes in by a value that was opened for the languages of before.
    let mismatch = StorageError.languageMismatch(path: corpus.path, expected: "en-fr", found: "en-de")
    #expect(try storageError { _ = try importFiles("one\n", "un\n") } == mismatch)
    try german.importTSV(path: folder.write("one\teins\n", to: "p.tsv"), split: .train)
    #expect(try CorpusDatabase(opening: corpus.path).targetLanguage == "de")
    #expect(try storageError { _ = try open("fr") } == mismatch)
  }

  @Test func linesMayBeLongerThanTheBuffer() throws {
    let long = String(repeating: "mot é ", count: 100_000)
    let summary = try importFiles("a\n\(long)\nb", "a\n\(long)!\nb\n")
    #expect(summary.imported == 3)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["a", long, "b"])
  }
}
