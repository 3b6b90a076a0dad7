import Foundation
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
    #expect(summary.lines == 3)
    #expect(summary.imported == 3)
    #expect(summary.rejected == 0)
    #expect(summary.findings.isEmpty)
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
    #expect(summary.lines == 7)
    #expect(summary.imported == 1)
    #expect(summary.rejected == 6)
    let expected: [(Int, ImportFinding)] = [
      (2, .invalidUTF8), (3, .emptySource), (4, .emptyPair), (5, .emptyTarget), (6, .nullCharacter),
      (7, .emptySource),
    ]
    let rejected = try corpus.rejectedLines(split: .test)
    #expect(rejected.map(\.line) == expected.map(\.0))
    #expect(rejected.map(\.reason) == expected.map(\.1))
    #expect(summary.findings[.emptySource]?.count == 2)
    #expect(summary.findings[.emptySource]?.example == source + ":3")
    #expect(try corpus.pairs(split: .test).map(\.line) == [1])
  }

  @Test func warnsOfIdenticalSidesAndVeryDifferentLengths() throws {
    let long = Array(repeating: "mot", count: 20).joined(separator: " ")
    let almost = Array(repeating: "mot", count: 14).joined(separator: " ")
    let summary = try importFiles(
      "same\nshort\nalso\ntwo words\n", "same\n\(long)\n\(almost)\ndeux \(long)\n")
    #expect(summary.imported == 4)
    #expect(summary.findings[.identicalSides]?.count == 1)
    #expect(summary.findings[.identicalSides]?.example == folder.path("a.en") + ":1: same")
    #expect(summary.findings[.lengthRatio]?.count == 2)
    #expect(summary.findings[.lengthRatio]?.example == folder.path("a.en") + ":2: short")
    #expect(summary.rejected == 0)
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
    #expect(try corpus.rejectedLines(split: .train).count == 1)
    #expect(try importFiles("three\n", "trois\n", mode: .replace).replaced == 2)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["three"])
    #expect(try corpus.rejectedLines(split: .train).isEmpty)
    #expect(try corpus.count(split: .dev) == 1)
  }

  @Test func readsTabSeparatedFiles() throws {
    let path = try folder.write("a\tb\tCC BY 2.0\nno tab\n\nc\td\n\te\nf\t\n", to: "p.tsv")
    let summary = try corpus.importTSV(path: path, split: .train)
    #expect(summary.imported == 2)
    #expect(try corpus.pairs(split: .train).map(\.target) == ["b", "d"])
    #expect(
      try corpus.rejectedLines(split: .train).map(\.reason)
        == [.missingColumn, .emptyPair, .emptySource, .emptyTarget])
  }

  @Test func refusesInputsThatHoldNothingItCanRead() throws {
    let empty = try storageError { _ = try importFiles("", "") }
    #expect(empty == .nothingToImport(input: folder.path("a.en"), reasons: "it is empty"))
    let blank = try storageError { _ = try importFiles("\n\n", "\nx\n") }
    #expect(
      blank
        == .nothingToImport(
          input: folder.path("a.en"), reasons: "1 times both sides are empty, 1 times the source is empty"))
    let text = try folder.write("x\n", to: "x.fr")
    let wide = try folder.write([0xFF, 0xFE, 0x61, 0x00], to: "wide.en")
    #expect(
      try storageError { try corpus.importAligned(sourcePath: wide, targetPath: text, split: .train) }
        == .notUTF8(input: wide, encoding: "UTF-16"))
    let packed = try folder.write([0x1F, 0x8B, 8, 0], to: "packed.en")
    #expect(
      try storageError { try corpus.importAligned(sourcePath: text, targetPath: packed, split: .train) }
        == .compressed(input: packed))
    let missing = try storageError {
      try corpus.importAligned(sourcePath: text, targetPath: folder.path("none"), split: .train)
    }
    #expect(
      missing == .missingFile(path: folder.path("none"), reason: "No such file or directory"))
    #expect(missing.errorCode == 66)
    let directory = try storageError { try corpus.importTSV(path: folder.url.path, split: .train) }
    #expect(directory == .missingFile(path: folder.url.path, reason: "Is a directory"))
    #expect(try corpus.count(split: .train) == 0)
    #expect(try corpus.rejectedLines(split: .train).isEmpty)
  }

  @Test func linesMayBeLongerThanTheBuffer() throws {
    let long = String(repeating: "mot é ", count: 100_000)
    let summary = try importFiles("a\n\(long)\nb", "a\n\(long)!\nb\n")
    #expect(summary.imported == 3)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["a", long, "b"])
  }
}
