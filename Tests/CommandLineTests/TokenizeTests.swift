import Foundation
import Storage
import Testing

@Suite struct TokenizeTests {
  let tool: CommandLineTool
  let folder: TemporaryFolder

  init() throws {
    tool = try CommandLineTool("tokenize")
    folder = try TemporaryFolder()
  }

  // MARK: - The filter

  @Test func turnsTextIntoTokensAndBack() throws {
    let raw = "L'homme est-il là\u{A0}?\nAujourd'hui, 3,14 €.\n"
    let tokens = try tool.run("--lang", "fr", input: raw)
    #expect(tokens.status == 0)
    #expect(tokens.errors.isEmpty)
    #expect(tokens.text == "L'￭ homme est ￭-￭ il là ￭\u{A0}?\nAujourd'￭ hui ￭, 3,14 € ￭.\n")
    let back = try tool.run("--lang", "fr", "--detokenize", input: tokens.text)
    #expect(back.text == raw)
  }

  @Test func readsEnglishUnlessTold() throws {
    #expect(try tool.run(input: "don't\n").text == "don ￭'t\n")
    #expect(try tool.run("-l", "fr", input: "l'été\n").text == "l'￭ été\n")
    #expect(try tool.run("--lowercase", input: "ÉTÉ Été\n").text == "été été\n")
  }

  @Test func keepsCaseAndProtectedTokensAsTold() throws {
    let raw = "Open NEW %s at http://x.org/a?b.\n10\u{202F}000 <b x=\"y z\">\n"
    let tokens = try tool.run("--case", "feature", input: raw)
    #expect(
      tokens.text
        == "⦅C⦆ open ⦅U⦆ new ⦅/U⦆ %s at http://x.org/a?b ￭.\n10\u{202F}000 <b￮_x=\"y￮_z\">\n")
    #expect(try tool.run("--case", "feature", "--detokenize", input: tokens.text).text == raw)
    #expect(try tool.run("--protect", "none", input: "%s\n").text == "%￭ s\n")
    #expect(try tool.run("--protect", "urls,tags", input: "<b>%s\n").text == "<b> ￭%￭ s\n")
    let folded = try tool.run(
      "--rules", "quotes,dashes,french-spaces", "--normalize-form", "nfkc", input: "“ﬁn”\u{A0}– ½\n")
    #expect(folded.text == "\"￭ fin ￭\" - 1 ￭⁄￭ 2\n")
  }

  @Test func partsIntoPieces() throws {
    try folder.write("#version: 0.2\nl o\nlo w</w>\n", to: "codes")
    try folder.write("lo@@ 9\nw 5\nlow 1\n", to: "list")
    let arguments = ["--bpe", folder.path("codes")]
    #expect(try tool.run(arguments, bytes: Array("low, slow\n".utf8)).text == "low ￭@@ , s@@ low\n")
    let limited = arguments + ["--vocabulary", folder.path("list"), "--vocabulary-threshold", "2"]
    #expect(try tool.run(limited, bytes: Array("low\n".utf8)).text == "lo@@ w\n")
    #expect(try tool.run("--detokenize", input: "lo@@ w ￭@@ , s@@ low\n").text == "low, slow\n")
    try folder.write("not codes at all\n", to: "bad")
    let bad = try tool.run(["--bpe", folder.path("bad")], bytes: [])
    #expect(bad.status == 65)
    #expect(bad.errors.contains("bad: BPE codes, line 1"))
    #expect(try tool.run(["--bpe", folder.path("none")], bytes: []).status == 66)
    let model = try tool.run(["--sentencepiece", folder.path("bad")], bytes: [])
    #expect(model.status == 65 && model.errors.contains("SentencePiece model"))
  }

  @Test func givesALineForEachLine() throws {
    let input = "\n  \n\na\u{2028}b\u{85}c\n\u{FEFF}\n\r\nlast"
    let result = try tool.run(input: input)
    #expect(result.status == 0)
    #expect(result.text == "\n\n\na b c\n\n\nlast\n")
    #expect(try tool.run(input: "").text == "")
    #expect(try tool.run("--detokenize", input: "\n\na ￭b\n").text == "\n\nab\n")
  }

  @Test func repairsWhatIsNotUTF8AndSaysSo() throws {
    let result = try tool.run([], bytes: Array("ok\nb".utf8) + [0xFF, 0xFE] + Array("d\nok\n".utf8) + [0xC3])
    #expect(result.status == 0)
    let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5)
    #expect(lines[0] == "ok" && lines[2] == "ok")
    #expect(lines[1].contains("\u{FFFD}"))
    #expect(result.errors.hasPrefix("tokenize: warning: standard input: 2 lines are not UTF-8"))
    #expect(result.errors.contains("the first is line 2"))
  }

  @Test func threadsDoNotChangeTheResult() throws {
    let input = (0..<20_000).map { $0 % 7 == 0 ? "\n" : "Line \($0), isn't it?\n" }.joined()
    let one = try tool.run("--threads", "1", input: input)
    let four = try tool.run("--threads", "4", input: input)
    #expect(one.output == four.output)
    #expect(one.text.split(separator: "\n", omittingEmptySubsequences: false).count == 20_001)
    #expect(one.text.hasPrefix("\nLine 1 ￭, isn ￭'t it ￭?\n"))
  }

  @Test func endsQuietlyWhenItsReaderHasGone() throws {
    try folder.write(String(repeating: "a line of text\n", count: 200_000), to: "big")
    let result = try tool.shell("{ \"$TOOL\" < big; echo \"status $?\" >&2; } | head -n 1", in: folder.url)
    #expect(result.text == "a line of text\n")
    #expect(result.errors == "status 0\n")
  }

  @Test func answersBeforeItsInputEnds() throws {
    // The second line is written only when the answer to the first has come.
    let script = """
      mkfifo to from; "$TOOL" < to > from & exec 3> to 4< from
      echo "a, b" >&3; read -r first <&4; echo "c!" >&3; read -r second <&4
      exec 3>&-; wait; echo "$first|$second"
      """
    #expect(try tool.shell(script, in: folder.url).text == "a ￭, b|c ￭!\n")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func saysWhenItCanNotWrite() throws {
    let result = try tool.shell("echo a | \"$TOOL\" > /dev/full")
    #expect(result.status == 74)
    #expect(result.errors.hasPrefix("tokenize: error: can't write standard output: No space left on device"))
  }

  @Test func wrongUseIsStatus64() throws {
    for arguments in [
      ["--nonsense"], ["--threads", "0"], ["--threads", "x"], ["--detokenize", "--lowercase"], ["stray"],
      ["--case", "loud"], ["--rules", "all"], ["--protect", "cats"], ["--case", "keep", "--lowercase"],
      ["--vocabulary", "v"], ["--bpe", "c", "--vocabulary-threshold", "2"],
      ["--sentencepiece", "m", "--bpe", "c"],
      ["import"], ["import", "--db", "x"], ["inspect"], ["inspect", "--db", "x", "--sample", "-1"],
    ] {
      let result = try tool.run(arguments, bytes: [])
      #expect(result.status == 64, "\(arguments)")
      #expect(result.output.isEmpty)
      #expect(!result.errors.isEmpty)
    }
  }

  @Test func helpHasAnExample() throws {
    for arguments in [["--help"], ["import", "--help"], ["inspect", "--help"]] {
      let result = try tool.run(arguments, bytes: [])
      #expect(result.status == 0)
      #expect(result.text.contains("Example:\n"))
    }
  }

  // MARK: - import and inspect

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
        tokenize: train: 2 of 3 pairs of a.en and a.fr taken, 1 left out
        tokenize: warning: 1 line left out: the source is empty; first a.en:2

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

  @Test func inspectShowsWhatIsThere() throws {
    try folder.write("Hello, John!\tBonjour !\n\tvide\nYes.\tOui.\n", to: "p.tsv")
    #expect(try importFiles("--split", "train", "--licence", "CC0", "p.tsv").status == 0)
    let result = try tool.run(
      "inspect", "--db", folder.path("c.sqlite"), "--sample", "1", in: folder.url)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    let lines = result.text.split(separator: "\n").map(String.init)
    for line in [
      "languages   en -> fr", "licence     CC0", "train       2 pairs",
      "  en        6 tokens, 3.0 a sentence, at most 4", "  fr        4 tokens, 2.0 a sentence, at most 2",
      "  left out  1: the source is empty, first p.tsv:2", "  p.tsv:3", "    Yes.", "    Oui.",
      "dev         0 pairs", "vocabulary  none yet; run build-vocab",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }
}
