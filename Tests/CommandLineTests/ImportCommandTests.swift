import Foundation
import Storage
import Testing

/// `tokenize import`: what it takes, refuses and says.
@Suite struct ImportCommandTests {
  let tool: CommandLineTool
  let folder: TemporaryFolder

  init() throws {
    tool = try CommandLineTool("tokenize")
    folder = try TemporaryFolder()
  }

  private func importFiles(_ arguments: String..., quiet: Bool = false) throws -> ToolResult {
    let common = ["import", "--db", folder.path("c.sqlite"), "--source-lang", "en", "--target-lang", "fr"]
    return try tool.run(common + arguments + (quiet ? ["--quiet"] : []), bytes: [], in: folder.url)
  }

  @Test func importsTwoFiles() throws {
    try folder.write("one\n\nthree\n", to: "a.en")
    try folder.write("un\ndeux\ntrois\n", to: "a.fr")
    let result = try importFiles("--split", "train", "a.en", "a.fr")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(
      result.errors
        == """
        tokenize: train: 2 of 3 pairs taken, 1 left out, from a.en and a.fr
          rule              left out     kept  first
          empty                    1           a.en:2: the source is empty
          too-long                 0
          length-ratio             0
          identical              off
          wrong-script             0
          placeholders           off
          duplicate                0
          overlap                  0

        """)
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    #expect(try corpus.pairs(split: .train).map(\.target) == ["un", "trois"])
  }

  @Test func importsAgainOnlyWhenTold() throws {
    try folder.write("a\tb\n", to: "p.tsv")
    #expect(try importFiles("--split", "dev", "p.tsv", quiet: true).errors == "")
    let again = try importFiles("--split", "dev", "p.tsv")
    #expect(again.status == 65)
    #expect(again.errors.hasPrefix("tokenize: error: "))
    #expect(again.errors.contains("holds 1 dev pairs already. Give --replace"))
    #expect(try importFiles("--split", "dev", "--replace", "p.tsv").status == 0)
    #expect(try importFiles("--split", "dev", "--append", "p.tsv").status == 0)
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).count(split: .dev) == 2)
    #expect(try importFiles("--split", "dev", "--append", "--replace", "p.tsv").status == 64)
  }

  @Test func anAppendThatFindsNothingNewIsNoError() throws {
    try folder.write("a\tb\nc\td\n", to: "p.tsv")
    #expect(try importFiles("--split", "train", "p.tsv").status == 0)
    let again = try importFiles("--split", "train", "--append", "p.tsv")
    #expect(again.status == 0)
    #expect(
      again.errors.hasPrefix(
        """
        tokenize: train: 0 of 2 pairs taken, 2 left out, from p.tsv
        tokenize: train: nothing new; 2 of these were there already

        """))
    #expect(again.errors.contains("\n  duplicate                2           p.tsv:1: a\n"))
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).rejectedPairs(split: .train).isEmpty)
    try folder.write("\tb\n", to: "empty.tsv")
    #expect(try importFiles("--split", "train", "--append", "empty.tsv").status == 65)
  }

  @Test func aSetThatIsReplacedGivesBackWhatItTookFromTrain() throws {
    try folder.write("a\tb\nc\td\n", to: "p.tsv")
    try folder.write("a\tb\n", to: "dev.tsv")
    try folder.write("e\tf\n", to: "other.tsv")
    #expect(try importFiles("--split", "train", "p.tsv").status == 0)
    #expect(try importFiles("--split", "dev", "dev.tsv").status == 0)
    let other = try importFiles("--split", "dev", "--replace", "other.tsv")
    #expect(
      other.errors.hasPrefix(
        """
        tokenize: dev: 1 of 1 pairs taken in the place of 1, 0 left out, from other.tsv
        tokenize: train: 1 pair is back, for the dev set that held it was replaced

        """), "\(other.errors)")
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).count(split: .train) == 2)
  }

  @Test func aFirstImportThatFailsPinsNoLanguages() throws {
    try folder.write("\n", to: "wrong.tsv")
    try folder.write("one\teins\n", to: "p.tsv")
    #expect(try importFiles("--split", "train", "wrong.tsv").status == 65)
    let german = ["import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "de"]
    let result = try tool.run(german + ["--split", "train", "p.tsv"], bytes: [], in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).targetLanguage == "de")
    #expect(try importFiles("--split", "dev", "p.tsv").status == 78)
  }

  @Test func flagsMayBeSpeltWithUnderscores() throws {
    try folder.write("a\tb\n", to: "my_pairs.tsv")
    let arguments = [
      "import", "--db=my_corpus.sqlite", "--source_lang", "en", "--target_lang=fr", "--split", "test",
      "my_pairs.tsv",
    ]
    #expect(try tool.run(arguments, bytes: [], in: folder.url).status == 0)
    #expect(try CorpusDatabase(opening: folder.path("my_corpus.sqlite")).count(split: .test) == 1)
  }

  @Test func badInputsHaveTheirOwnStatus() throws {
    try folder.write("one\ntwo\n", to: "two")
    try folder.write("un\n", to: "one")
    try folder.write("plain text, and no database at all\n", to: "text")
    let unequal = try importFiles("--split", "train", "two", "one")
    #expect(unequal.status == 65)
    #expect(unequal.errors.contains("two has 2 lines and one has 1"))
    #expect(try CorpusDatabase(opening: folder.path("c.sqlite")).count(split: .train) == 0)

    let missing = try importFiles("--split", "train", "two", "none.fr")
    #expect(missing.status == 66)
    #expect(missing.errors.hasPrefix("tokenize: error: can't open none.fr: No such file or directory"))

    #expect(try importFiles("--split", "nonsense", "two", "one").status == 64)
    #expect(try importFiles("--split", "train", "two").status == 64)
    #expect(try importFiles("--split", "train", "two", "one", "two").status == 64)
    #expect(try importFiles("--split", "train", "--lang", "en", "two", "one").status == 64)

    let noCorpus = try tool.run("inspect", "--db", folder.path("none.sqlite"))
    #expect(noCorpus.status == 66)
    #expect(try !folder.names.contains("none.sqlite"))
    let text = try tool.run("inspect", "--db", folder.path("text"))
    #expect(text.status == 65)
    #expect(text.errors.contains("is not an SQLite database"))
  }

  @Test func aWrongPathLeavesNoDatabaseBehind() throws {
    #expect(try importFiles("--split", "train", "none.en", "none.fr").status == 66)
    #expect(try folder.names.isEmpty)
  }

  @Test func readsFromPipes() throws {
    let script = """
      mkfifo en fr; printf 'a\\nb\\n' > en & printf 'c\\nd\\n' > fr &
      "$TOOL" import --db p.sqlite --source-lang en --target-lang fr --split train en fr
      """
    #expect(try tool.shell(script, in: folder.url).status == 0)
    #expect(try CorpusDatabase(opening: folder.path("p.sqlite")).count(split: .train) == 2)
  }

  @Test func anImportThatIsKilledLeavesTheCorpusAsItWas() throws {
    try folder.write("kept\tgardé\n", to: "p.tsv")
    #expect(try importFiles("--split", "train", "p.tsv").status == 0)
    // The pipe stays open, so that the import is in the middle when it is killed.
    let script = """
      mkfifo more.tsv
      "$TOOL" import --db c.sqlite --source-lang en --target-lang fr --split train --replace more.tsv &
      pid=$!; exec 3> more.tsv
      i=0; while [ $i -lt 2000 ]; do echo "new $i	nouveau $i"; i=$((i+1)); done >&3
      sleep 0.2; kill -9 $pid; wait $pid; echo "status $?"
      """
    #expect(try tool.shell(script, in: folder.url).text == "status 137\n")
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    #expect(try corpus.pairs(split: .train).map(\.source) == ["kept"])
  }

  // MARK: - Formats

  private static let po = """
    msgid ""
    msgstr "Content-Type: text/plain; charset=UTF-8\\n"

    msgid "Dog"
    msgstr "Chien"

    #, fuzzy
    msgid "Wolf"
    msgstr "Chien"

    """

  @Test func takesSeveralFilesOfSeveralFormats() throws {
    try folder.write(Self.po, to: "c.po")
    try folder.write("a\tb\n", to: "p.tsv")
    try folder.write("one\n", to: "a.en")
    try folder.write("un\n", to: "a.fr")
    let compressed = try tool.shell("gzip -k c.po p.tsv a.en a.fr", in: folder.url)
    try #require(compressed.status == 0, "\(compressed.errors)")
    let result = try importFiles("--split", "train", "c.po", "a.en", "a.fr", "p.tsv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.hasPrefix("tokenize: train: 3 of 4 pairs taken, 1 left out, from 4 files\n"))
    #expect(result.errors.contains("\n  fuzzy                    1           c.po:8: Wolf\n"))
    #expect(try importFiles("--split", "dev", "c.po.gz", "a.en.gz", "a.fr.gz", "p.tsv.gz").status == 0)
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    #expect(try corpus.pairs(split: .dev).map(\.target) == ["Chien", "un", "b"])
    // dev is never in train.
    #expect(try corpus.count(split: .train) == 0)
    #expect(try corpus.rejectedPairs(split: .train, rule: .overlap).count == 3)
  }

  @Test func readsTheStandardInput() throws {
    try folder.write(Self.po, to: "c.po")
    try folder.write("un\ndeux\n", to: "a.fr")
    let flags = "--db s.sqlite --source-lang en --target-lang fr --quiet"
    let script = """
      gzip -c c.po | "$TOOL" import \(flags) --split train --format po - &&
      printf 'one\\ntwo\\n' | "$TOOL" import \(flags) --split dev --format text - a.fr &&
      printf 'x\\ty\\n' | "$TOOL" import \(flags) --split test --format tsv -
      """
    let result = try tool.shell(script, in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let corpus = try CorpusDatabase(opening: folder.path("s.sqlite"))
    #expect(try corpus.pairs(split: .train).map(\.source) == ["Dog"])
    #expect(try corpus.pairs(split: .train).map(\.origin) == ["standard input"])
    #expect(try corpus.pairs(split: .dev).map(\.source) == ["one", "two"])
    #expect(try corpus.count(split: .test) == 1)
    #expect(try importFiles("--split", "train", "-").errors.contains("--format"))
    #expect(try importFiles("--split", "train", "--format", "text", "-", "-").status == 64)
  }

  @Test func filesInTheWrongOrderAreNotice() throws {
    try folder.write("un\n", to: "a.fr")
    try folder.write("one\n", to: "a.en")
    let result = try importFiles("--split", "train", "a.fr", "a.en")
    #expect(result.status == 64)
    #expect(result.errors.contains("a.fr comes before a.en, but the source is en"))
    #expect(try importFiles("--split", "train", "--format", "text", "a.fr", "a.en").status == 0)
  }

  @Test func whatIsNotOfItsFormatIsNamedWithItsLine() throws {
    try folder.write("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">\n<body><tu></body></tmx>\n", to: "m.tmx")
    let result = try importFiles("--split", "train", "m.tmx")
    #expect(result.status == 65)
    #expect(result.errors.hasPrefix("tokenize: error: m.tmx:3: "), "\(result.errors)")
  }

  // MARK: - Cleaning

  private func rules(_ arguments: String...) throws -> [String] {
    try folder.write("a\tb\n", to: "p.tsv")
    let common = ["import", "--db", folder.path("r.sqlite"), "--source-lang", "en", "--target-lang", "fr"]
    let result = try tool.run(
      common + ["--split", "train", "--replace", "p.tsv"] + arguments, bytes: [], in: folder.url)
    try #require(result.status == 0, "\(arguments): \(result.errors)")
    let cleaning = try CorpusDatabase(opening: folder.path("r.sqlite")).imports()[0].cleaning
    let limits = [cleaning.maximumLength == 250 ? "" : "\(cleaning.maximumLength)"]
    return cleaning.rules.map(\.rawValue).sorted() + limits.filter { !$0.isEmpty }
  }

  @Test func aFormatThatIsNotReadIsNotTakenForText() throws {
    try folder.write("a,b\n", to: "a.csv")
    try folder.write("a,b\n", to: "b.csv.gz")
    let result = try importFiles("--split", "train", "a.csv", "b.csv.gz")
    #expect(result.status == 64)
    #expect(result.errors.contains("a.csv is of a format that is not read"), "\(result.errors)")
    #expect(try !folder.names.contains("c.sqlite"))
    #expect(try importFiles("--split", "train", "--format", "text", "a.csv", "a.csv").status == 0)
  }

  @Test func rulesAreSwitchedByName() throws {
    let standard = ["duplicate", "empty", "length-ratio", "overlap", "too-long", "wrong-script"]
    #expect(try rules() == standard)
    #expect(try rules("--no-clean") == [])
    #expect(try rules("--no_clean") == [])
    #expect(try rules("--clean", "none") == [])
    #expect(try rules("--clean", "all") == (standard + ["identical", "placeholders"]).sorted())
    #expect(try rules("--clean", "empty,identical") == ["empty", "identical"])
    #expect(try rules("--clean", "default,identical,no-overlap,no-empty").count == 5)
    #expect(try rules("--clean", "no-duplicate") == standard.filter { $0 != "duplicate" })
    #expect(try rules("--clean", "empty", "--max-length", "80") == ["empty", "too-long", "80"])
    #expect(try rules("--clean", "empty", "--max-ratio", "2.5") == ["empty", "length-ratio"])
    for wrong in [
      ["--clean", "nonsense"], ["--clean", "fuzzy"], ["--clean", ""], ["--no-clean", "--clean", "empty"],
      ["--max-length", "0"], ["--max-ratio", "0.5"], ["--max-ratio", "inf"],
      ["--no-clean", "--max-ratio", "2"],
    ] {
      let common = ["import", "--db", folder.path("w.sqlite"), "--source-lang", "en", "--target-lang", "fr"]
      let result = try tool.run(common + ["--split", "train", "p.tsv"] + wrong, bytes: [], in: folder.url)
      #expect(result.status == 64, "\(wrong)")
    }
    #expect(try !folder.names.contains("w.sqlite"))
  }

  @Test func theTableCountsEachRule() throws {
    let long = Array(repeating: "mot", count: 20).joined(separator: " ")
    try folder.write(
      "a\tb\na\tb\nParis\tParis\nдом\tmaison\nshort\t\(long)\nopen {file}\touvrir\n", to: "p.tsv")
    let result = try importFiles("--split", "train", "p.tsv")
    #expect(
      result.errors
        == """
        tokenize: train: 3 of 6 pairs taken, 3 left out, from p.tsv
          rule              left out     kept  first
          empty                    0
          too-long                 0
          length-ratio             1           p.tsv:5: short
          identical              off        1  p.tsv:3: Paris
          wrong-script             1           p.tsv:4: дом
          placeholders           off        1  p.tsv:6: open {file}
          duplicate                1           p.tsv:2: a
          overlap                  0

        """)
    try folder.write("Paris\tParis\nx\ty\n", to: "d.tsv")
    let dev = try importFiles("--split", "dev", "d.tsv")
    #expect(
      dev.errors.hasPrefix(
        """
        tokenize: dev: 2 of 2 pairs taken, 0 left out, from d.tsv
        tokenize: train: 1 pair left out from now on, for dev holds the same; the first is p.tsv:3

        """))
  }
}
