import Foundation
import Storage
import Testing

/// `tokenize hold-out` and `tokenize export`.
@Suite struct HoldOutCommandTests {
  let tool: CommandLineTool
  let folder: TemporaryFolder

  init() throws {
    tool = try CommandLineTool("tokenize")
    folder = try TemporaryFolder()
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("c.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    let lines = (0..<100).map { "sentence \($0)\tphrase \($0)\n" }.joined()
    try corpus.importTSV(path: folder.write(lines, to: "p.tsv"), split: .train)
  }

  private func run(_ arguments: String...) throws -> ToolResult {
    try tool.run(arguments, bytes: [], in: folder.url)
  }

  @Test func holdsOutATwentiethAndWritesIt() throws {
    let held = try run("hold-out", "--db", "c.sqlite")
    #expect(held.status == 0 && held.errors.contains("train 90, dev 5, test 5"), "\(held.errors)")
    let exported = try run("export", "--db", "c.sqlite", "--split", "test", "test.en", "test.fr")
    #expect(exported.status == 0 && exported.errors.contains("5 pairs are in test.en and test.fr"))
    // What stands before in the file that the standard output goes to stays there.
    let script = "echo head > all; \"$TOOL\" export -q --db c.sqlite --split test /dev/stdout again.fr >> all"
    #expect(try CommandLineTool("tokenize").shell(script, in: folder.url).status == 0)
    #expect(try folder.text(of: "all") == "head\n" + folder.text(of: "test.en"))
    let (sources, targets) = (try folder.text(of: "test.en"), try folder.text(of: "test.fr"))
    #expect(sources.split(separator: "\n").count == 5)
    #expect(sources.replacingOccurrences(of: "sentence", with: "phrase") == targets)

    let again = try run("hold-out", "--db", "c.sqlite")
    #expect(again.status == 65 && again.errors.contains("5 dev pairs already"))
    #expect(try run("hold-out", "--db", "c.sqlite", "--dev", "-1").status == 64)
    #expect(try run("hold-out", "--db", "c.sqlite", "--dev", "0").status == 64)
    #expect(try run("hold-out", "--db", "absent.sqlite").status == 66)
  }

  @Test func numbersThatCannotBeHeldOutAreRefused() throws {
    let most = "\(Int.max)"
    let huge = try run("hold-out", "--db", "c.sqlite", "--dev", most, "--test", most)
    #expect(huge.status == 65 && huge.errors.contains("more than half of the 100"), "\(huge.errors)")
    let corpus = try CorpusDatabase(
      creatingOrOpening: folder.path("small.sqlite"), sourceLanguage: "en", targetLanguage: "fr")
    let lines = (0..<19).map { "sentence \($0)\tphrase \($0)\n" }.joined()
    try corpus.importTSV(path: folder.write(lines, to: "small.tsv"), split: .train)
    let small = try run("hold-out", "--db", "small.sqlite")
    #expect(small.status == 65 && small.errors.contains("a twentieth of 19 pairs"), "\(small.errors)")
    #expect(small.errors.contains("Give other numbers with --dev and --test"))
    let given = try run("hold-out", "--db", "small.sqlite", "--dev", "2")
    #expect(given.status == 0 && given.errors.contains("train 15, dev 2, test 2"), "\(given.errors)")
  }

  @Test func aTextOfTwoLinesIsWrittenAsOne() throws {
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    let memory = """
      <tmx version="1.4"><header srclang="en" segtype="block" datatype="plaintext" creationtool="t" \
      creationtoolversion="1" adminlang="en" o-tmf="t"/><body><tu><tuv xml:lang="en"><seg>one\ntwo</seg></tuv>\
      <tuv xml:lang="fr"><seg>un deux</seg></tuv></tu></body></tmx>
      """
    try folder.write(memory, to: "m.tmx")
    let imported = try run(
      "import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", "dev", "m.tmx")
    try #require(imported.status == 0, "\(imported.errors)")
    #expect(try corpus.count(split: .dev) == 1)
    let exported = try run("export", "--db", "c.sqlite", "--split", "dev", "dev.en", "dev.fr")
    #expect(exported.status == 0 && exported.errors.contains("1 texts had more than one line"))
    #expect(try folder.text(of: "dev.en") == "one two\n" && folder.text(of: "dev.fr") == "un deux\n")
    let empty = try run("export", "--db", "c.sqlite", "--split", "test", "x.en", "x.fr")
    #expect(empty.status == 65 && empty.errors.contains("holds no test pairs"))
    #expect(try !folder.names.contains { $0.hasPrefix("x.") })
  }
}
