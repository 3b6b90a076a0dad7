import Foundation
import Storage
import Testing

@Suite struct BuildVocabTests {
  let tool: CommandLineTool
  let folder: TemporaryFolder

  init() throws {
    tool = try CommandLineTool("build-vocab")
    folder = try TemporaryFolder()
  }

  private func makeCorpus() throws {
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    let pairs = [("low lower lowest.", "bas plus bas."), ("new newer", "neuf plus neuf"), ("low", "bas")]
    let lines = pairs.map { "\($0)\t\($1)\n" }.joined()
    try corpus.importTSV(path: folder.write(lines, to: "train.tsv"), split: .train)
    try corpus.importTSV(path: folder.write("low new\tbas 漢\n", to: "dev.tsv"), split: .dev)
  }

  private func run(_ arguments: String...) throws -> ToolResult {
    try tool.run(["--db", "c.sqlite"] + arguments, bytes: [], in: folder.url)
  }

  @Test func learnsOneVocabularyForBoth() throws {
    try makeCorpus()
    let result = try run("--size", "10", "--output", "vocab/en-fr")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("vocab")).count == 2)
    let codes = try folder.text(of: "vocab/en-fr.codes").split(separator: "\n")
    #expect(codes.count == 11)
    #expect(codes[0] == "#version: 0.2")
    let vocabulary = try folder.text(of: "vocab/en-fr.vocab")
    #expect(vocabulary.contains("\t"))

    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    let record = try #require(try corpus.vocabulary())
    #expect(record.name == "en-fr")
    #expect(record.isShared)
    #expect(record.sourceVocabulary == vocabulary)
    // What French has comes first, and is all that a model writes.
    #expect(vocabulary.hasPrefix(record.targetVocabulary))
    #expect(record.writingAll.targetVocabulary == vocabulary)
    #expect(try record.sourceCodes == folder.text(of: "vocab/en-fr.codes"))
    let codecs = try record.codecs()
    let (whole, french) = (codecs.source.vocabulary, codecs.target.vocabulary)
    for letter in "abflnpsu." { #expect(french.contains("\(letter)@@")) }
    for letter in "twor" { #expect(whole.contains("\(letter)@@") && !french.contains("\(letter)@@")) }
    let id = try #require(try corpus.vocabularyID())
    for split in [Split.train, .dev] {
      let pairs = try corpus.pairs(split: split)
      let segments = try corpus.segments(vocabulary: id, ids: pairs.map(\.id))
      #expect(segments.map(\.source) == pairs.map { codecs.source.encode($0.source).ids })
      #expect(segments.map(\.target) == pairs.map { codecs.target.encode($0.target).ids })
    }
    #expect(result.errors.contains("build-vocab: token types: 6 in en, 4 in fr\n"))
    #expect(result.errors.contains("build-vocab: merges: 10\n"))
    #expect(
      result.errors.contains(
        "build-vocab: vocabulary: \(whole.count) symbols, shared, \(french.count) of them in fr\n"))
    // 漢 of the dev split has not been seen.
    let dev = try #require(result.errors.split(separator: "\n").first { $0.hasPrefix("build-vocab: dev: ") })
    #expect(dev.hasPrefix("build-vocab: dev: 1 pairs, "))
    #expect(!dev.hasSuffix("0.00% unknown"))
    let train = try #require(
      result.errors.split(separator: "\n").first { $0.hasPrefix("build-vocab: train") })
    #expect(train.hasSuffix(" 0.00% unknown"))
  }

  @Test func learnsEachLanguageByItself() throws {
    try makeCorpus()
    #expect(try run("--size", "5", "--separate", "--output", "v", "--quiet").errors == "")
    #expect(
      try folder.names.filter { $0.hasPrefix("v.") } == [
        "v.en.codes", "v.en.vocab", "v.fr.codes", "v.fr.vocab",
      ])
    let record = try #require(try CorpusDatabase(opening: folder.path("c.sqlite")).vocabulary())
    #expect(!record.isShared)
    #expect(try record.targetVocabulary == folder.text(of: "v.fr.vocab"))
    #expect(record.sourceVocabulary != record.targetVocabulary)
  }

  @Test func countsWordsAndCharacters() throws {
    try makeCorpus()
    #expect(
      try run("--kind", "word", "--size", "3", "--separate", "--output", "w", "--min_frequency", "2").status
        == 0)
    #expect(try folder.text(of: "w.en.vocab") == "low\t2\n")
    #expect(try folder.text(of: "w.fr.vocab") == "bas\t3\nneuf\t2\nplus\t2\n")
    #expect(try folder.names.filter { $0.hasSuffix(".codes") }.isEmpty)
    #expect(try run("--kind", "char", "--lowercase", "--output", "c").status == 0)
    let record = try #require(try CorpusDatabase(opening: folder.path("c.sqlite")).vocabulary())
    #expect(record.sourceConfiguration.kind == .char)
    #expect(record.sourceConfiguration.lowercase)
    let codec = try record.codecs().source
    #expect(codec.decode(codec.encode("Wolf").ids).text == "wolf")
  }

  @Test func recordsHowTextIsRead() throws {
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    let lines = "Open “%s” NOW\tOuvrez “%s” VITE\nThe <b>end</b>\tLa <b>fin</b>\n"
    try corpus.importTSV(path: folder.write(lines, to: "t.tsv"), split: .train)
    let result = try run(
      "--size", "30", "--case", "feature", "--rules", "quotes", "--output", "v", "--vocabulary-format",
      "space")
    #expect(result.status == 0)
    #expect(try folder.text(of: "v.vocab").contains("⦅mark⦆ 2\n"))
    let record = try #require(try corpus.vocabulary())
    #expect(record.sourceConfiguration.letterCase == .feature)
    #expect(record.sourceConfiguration.normalizer.rules == [.quotes])
    let codecs = try record.codecs()
    let pair = try #require(try corpus.pairs(split: .train).first)
    let id = try #require(try corpus.vocabularyID())
    let segment = try #require(try corpus.segments(vocabulary: id, ids: [pair.id]).first)
    let decoded = codecs.target.decode(segment.target, from: codecs.source.encode("Close “{0}”"))
    #expect(decoded.text == "Ouvrez \"{0}\" VITE")
    #expect(try run("--protect", "none", "--size", "30", "--output", "w").status == 0)
    #expect(try !folder.text(of: "w.vocab").contains("⦅"))
  }

  @Test func rarePiecesAreTakenApart() throws {
    try makeCorpus()
    #expect(try run("--size", "10", "--vocabulary-threshold", "2", "--output", "v").status == 0)
    let rare = try folder.text(of: "v.vocab").split(separator: "\n").filter { line in
      let fields = line.split(separator: "\t")
      let piece = fields[0].hasSuffix("@@") ? fields[0].dropLast(2) : fields[0]
      return Int(fields[1])! < 2 && piece.unicodeScalars.count > 1
    }
    #expect(rare.isEmpty)
    for arguments in [
      ["--kind", "sentencepiece"], ["--kind", "word", "--vocabulary-threshold", "2"],
      ["--sentencepiece", "m", "--separate"], ["--sentencepiece", "m", "--case", "lower"],
    ] {
      #expect(
        try tool.run(["--db", "c.sqlite", "--output", "v"] + arguments, bytes: [], in: folder.url).status
          == 64)
    }
    #expect(try run("--sentencepiece", "none.model", "--output", "v").status == 66)
  }

  @Test func maybeRunAgainAndAgain() throws {
    try makeCorpus()
    #expect(try run("--size", "10", "--output", "v").status == 0)
    let first = try folder.text(of: "v.codes") + folder.text(of: "v.vocab")
    #expect(try run("--size", "10", "--output", "v").status == 0)
    #expect(try folder.text(of: "v.codes") + folder.text(of: "v.vocab") == first)
  }

  @Test func preparesPairsThatCameLater() throws {
    try makeCorpus()
    #expect(try run("--size", "10", "--output", "v").status == 0)
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    let before = try #require(try corpus.vocabulary())
    let more = try folder.write("newest low\tplus neuf bas\n", to: "more.tsv")
    try corpus.importTSV(path: more, split: .train, mode: .append)
    let first = try #require(try corpus.vocabularyID())
    #expect(try corpus.countWithoutSegments(vocabulary: first, split: .train) == 1)
    let result = try run("--update")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("vocabulary: v, as it was") && result.errors.contains("train: 4 pairs"))
    let id = try #require(try corpus.vocabularyID())
    #expect(try corpus.vocabulary() == before)
    #expect(id == first, "a training that goes on meanwhile finds its pairs")
    #expect(try corpus.countWithoutSegments(vocabulary: id, split: .train) == 0)
    #expect(try run("--update", "--output", "w").status == 64)
    #expect(try run("--update", "--case", "lower").status == 64)
    #expect(try run("--update", "--size", "9").status == 64)
    #expect(try run("--update", "--vocabulary-format", "space").status == 64)
    #expect(try run("--sentencepiece", "m.model", "--size", "9", "--output", "v").status == 64)
  }

  @Test func thereIsNothingToUpdateWithoutAVocabulary() throws {
    try makeCorpus()
    let result = try run("--update")
    #expect(result.status == 65 && result.errors.contains("has no vocabulary to keep"))
  }

  @Test func saysWhenPairsRunOut() throws {
    try makeCorpus()
    let result = try run("--size", "500", "--output", "v")
    #expect(result.errors.contains("no pair was frequent enough for more; --size is 500"))
  }

  @Test func badInputsHaveTheirOwnStatus() throws {
    let missing = try run("--output", "v")
    #expect(missing.status == 66)
    #expect(missing.errors.hasPrefix("build-vocab: error: can't open c.sqlite: No such file or directory"))
    do {
      _ = try CorpusDatabase(
        creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    }
    let empty = try run("--output", "v")
    #expect(empty.status == 65)
    #expect(empty.errors.contains("holds no train pairs. Bring some in first: tokenize import"))
    #expect(try folder.names == ["c.sqlite"])
    for arguments in [
      ["--size", "-1"], ["--size", "x"], ["--kind", "word", "--size", "0"], ["--min-frequency", "0"],
    ] {
      #expect(try tool.run(["--db", "c.sqlite", "--output", "v"] + arguments, bytes: []).status == 64)
    }
    #expect(try run("--output", "folder/").status == 64)
    #expect(try tool.run("--db", "c.sqlite").status == 64)
    #expect(try tool.run("--help").text.contains("Example:\n"))
  }

  @Test func anOutputThatCanNotBeWrittenChangesNothing() throws {
    try makeCorpus()
    try folder.write("a file", to: "blocked")
    let result = try run("--output", "blocked/v")
    #expect(result.status == 74)
    #expect(result.errors.contains("build-vocab: error: can't write blocked/v.codes"))
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).vocabulary() == nil)
  }
}
