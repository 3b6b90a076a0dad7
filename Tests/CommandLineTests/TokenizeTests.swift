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
    // A byte order mark is no part of the first line, which is the version.
    try folder.write("\u{FEFF}#version: 0.2\nl o\n", to: "marked")
    #expect(try tool.run("--bpe", folder.path("marked"), input: "low\n").text == "lo@@ w\n")
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
      ["--detokenize", "--rules", "quotes"], ["--detokenize", "--normalize-form", "none"],
      ["--case", "loud"], ["--rules", "all"], ["--protect", "cats"], ["--case", "keep", "--lowercase"],
      ["--vocabulary", "v"], ["--bpe", "c", "--vocabulary-threshold", "2"],
      ["--sentencepiece", "m", "--bpe", "c"],
      ["import"], ["import", "--db", "x"], ["inspect"], ["inspect", "--db", "x", "--sample", "-1"],
      ["inspect", "--db", "x", "fuzzy"], ["inspect", "--db", "x", "--rejected", "nonsense"],
      ["inspect", "--db", "x", "--rejected", "--sample", "2"], ["inspect", "--db", "x", "--seed", "2"],
      ["export", "--db", "x", "--split", "dev", "y", "./y"],
      ["export", "--db", "x", "--split", "dev", "x", "y"],
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
}
