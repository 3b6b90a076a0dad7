import Foundation
import Interchange
import Storage
import Testing

/// Inputs of all formats, several at once, compressed, and files of the first format.
@Suite struct InputTests {
  let folder: TemporaryFolder
  let corpus: CorpusDatabase

  init() throws {
    folder = try TemporaryFolder()
    corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
  }

  private static let tmx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <tmx version="1.4"><header srclang="en" segtype="sentence" datatype="plaintext"
      creationtool="t" creationtoolversion="1" o-tmf="t" adminlang="en"/><body>
    <tu><tuv xml:lang="en-US"><seg>A <bpt i="1">&lt;b&gt;</bpt>cat<ept i="1">&lt;/b&gt;</ept></seg></tuv>
      <tuv xml:lang="fr"><seg>Un chat</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Nothing</seg></tuv><tuv xml:lang="fr"><seg> </seg></tuv></tu>
    </body></tmx>
    """

  private static let po = """
    msgid ""
    msgstr "Content-Type: text/plain; charset=UTF-8\\n"

    msgid "Dog"
    msgstr "Chien"

    #, fuzzy
    msgid "Wolf"
    msgstr "Chien"

    msgid "Fox"
    msgstr ""

    #~ msgid "Bear"
    #~ msgstr "Ours"
    """

  /// A gzip member with stored blocks (RFC 1952 and 1951).
  private func gzip(_ text: String) -> [UInt8] {
    let data = Array(text.utf8)
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]
    func little(_ value: UInt32, _ count: Int) {
      for i in 0..<count { bytes.append(UInt8(value >> (8 * i) & 255)) }
    }
    little(UInt32(data.count), 2)
    little(~UInt32(data.count), 2)
    bytes += data
    little(Checksum.crc32(data), 4)
    little(UInt32(data.count), 4)
    return bytes
  }

  @Test func takesAllFormatsInOneImport() throws {
    let inputs: [CorpusInput] = [
      .tmx(.path(try folder.write(Self.tmx, to: "m.tmx"))), .po(.path(try folder.write(Self.po, to: "c.po"))),
      .tabSeparated(.path(try folder.write("one\tun\n", to: "p.tsv"))),
      .aligned(
        source: .path(try folder.write("two\n", to: "a.en")),
        target: .path(try folder.write("deux\n", to: "a.fr"))),
    ]
    let summary = try corpus.importPairs(from: inputs, split: .train, cleaning: .emptySides)
    #expect(try corpus.pairs(split: .train).map(\.source) == ["A cat", "Dog", "one", "two"])
    #expect(try corpus.pairs(split: .train).map(\.target) == ["Un chat", "Chien", "un", "deux"])
    #expect(try corpus.pairs(split: .train).map(\.line) == [4, 4, 1, 1])
    #expect(summary.candidates == 9)
    #expect(
      summary.origins.map { URL(fileURLWithPath: $0).lastPathComponent } == [
        "m.tmx", "c.po", "p.tsv", "a.en", "a.fr",
      ])
    let rejected = try corpus.rejectedPairs(split: .train)
    #expect(rejected.map(\.rule) == [.missingTarget, .empty, .fuzzy, .untranslated, .obsolete])
    #expect(rejected.map(\.source) == ["Alone", "Nothing", "Wolf", "Fox", "Bear"])
    #expect(rejected.map(\.target) == ["", " ", "Chien", "", "Ours"])
    #expect(rejected.map(\.line) == [6, 7, 8, 11, 14])
  }

  @Test func whatIsCompressedIsReadAsWhatItHolds() throws {
    let plain = folder.path("a.en")
    let (source, target) = (gzip("one\ntwo\n"), gzip("un\ndeux\n") + gzip("trois\n"))
    try folder.write(source, to: "a.en")
    // A name need not tell.
    try folder.write(target, to: "a.fr.gz")
    let unequal = try storageError {
      try corpus.importAligned(sourcePath: plain, targetPath: folder.path("a.fr.gz"), split: .train)
    }
    #expect(
      unequal
        == .unequalLineCounts(source: plain, sourceLines: 2, target: folder.path("a.fr.gz"), targetLines: 3))
    #expect(try corpus.count(split: .train) == 0)
    try folder.write(source + gzip("three"), to: "a.en")
    #expect(
      try corpus.importAligned(sourcePath: plain, targetPath: folder.path("a.fr.gz"), split: .train).imported
        == 3)
    for (text, name) in [(Self.tmx, "m.tmx.gz"), (Self.po, "c.po.gz")] {
      try folder.write(gzip(text), to: name)
    }
    let inputs: [CorpusInput] = [.tmx(.path(folder.path("m.tmx.gz"))), .po(.path(folder.path("c.po.gz")))]
    #expect(try corpus.importPairs(from: inputs, split: .dev, cleaning: .none).imported == 3)
  }

  @Test func anErrorInTheLastInputTakesBackAll() throws {
    try folder.write("one\tun\n", to: "p.tsv")
    try folder.write(Self.tmx.replacing("</tu>\n<tu>", with: "\n<tu>"), to: "broken.tmx")
    let inputs: [CorpusInput] = [
      .tabSeparated(.path(folder.path("p.tsv"))), .tmx(.path(folder.path("broken.tmx"))),
    ]
    let error = #expect(throws: InterchangeError.self) {
      try corpus.importPairs(from: inputs, split: .train, cleaning: .emptySides)
    }
    #expect(try #require(error).description.hasPrefix(folder.path("broken.tmx") + ":"))
    #expect(try corpus.count(split: .train) == 0)
    #expect(try corpus.imports().isEmpty)
  }

  // MARK: - The first format

  /// Golden/format-1.corpus.sqlite.gz was written before rules had names, by these commands, and gzip -9n:
  ///
  ///     printf 'one\n\nb\xff\nthree\n' > a.en; printf 'un\ndeux\nb\ntrois\n' > a.fr
  ///     printf 'four\tquatre\nno tab\n' > d.tsv
  ///     tokenize import --db format-1.corpus.sqlite --source-lang en --target-lang fr --split train a.en a.fr
  ///     tokenize import --db format-1.corpus.sqlite --source-lang en --target-lang fr --split dev d.tsv
  private func oldFile() throws -> String {
    let golden = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    let source = try ByteSource(path: golden.appendingPathComponent("format-1.corpus.sqlite.gz").path)
    var bytes: [UInt8] = []
    while let chunk = try source.nextChunk() { bytes += chunk }
    return try folder.write(bytes, to: "old.sqlite")
  }

  private func check(_ old: CorpusDatabase) throws {
    #expect(try old.pairs(split: .train).map(\.source) == ["one", "three"])
    #expect(try old.rejectedPairs(split: .train).map(\.rule) == [.empty, .invalidUTF8])
    #expect(try old.rejectedPairs(split: .train).map(\.reason) == ["the source is empty", "not UTF-8"])
    #expect(try old.rejectedPairs(split: .dev).map(\.rule) == [.missingColumn])
    #expect(try old.rejectedPairs(split: .dev).map(\.source) == [""])
    #expect(try old.rejectionCounts().count == 3)
    #expect(try old.imports().isEmpty)
  }

  @Test func aFileOfTheFirstFormatIsReadAsItIs() throws {
    let path = try oldFile()
    let before = try folder.bytes(of: "old.sqlite")
    try check(CorpusDatabase(opening: path, readOnly: true))
    #expect(try folder.bytes(of: "old.sqlite") == before)
  }

  @Test func aFileOfTheFirstFormatIsBroughtUpToDateWhenWritten() throws {
    let path = try oldFile()
    try check(CorpusDatabase(opening: path))
    let old = try CorpusDatabase(opening: path)
    try old.importTSV(path: folder.write("a\tb\n\tc\n", to: "n.tsv"), split: .train, mode: .append)
    #expect(try old.rejectedPairs(split: .train).map(\.target) == ["", "", "c"])
    #expect(try old.imports().count == 1)
  }
}
