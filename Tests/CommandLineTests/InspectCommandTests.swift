import Foundation
import Storage
import Testing

/// `tokenize inspect`: what it shows, as text and as JSON.
@Suite struct InspectCommandTests {
  let tool: CommandLineTool
  let folder: TemporaryFolder

  init() throws {
    tool = try CommandLineTool("tokenize")
    folder = try TemporaryFolder()
    try folder.write("Hello, John!\tBonjour !\n\tvide\nYes.\tOui.\nYes.\tOui.\n", to: "p.tsv")
    let result = try tool.run(
      ["import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", "train"]
        + ["--licence", "CC0", "--quiet", "p.tsv"], bytes: [], in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
  }

  private func inspect(_ arguments: String...) throws -> ToolResult {
    let result = try tool.run(["inspect", "--db", "c.sqlite"] + arguments, bytes: [], in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
    return result
  }

  private func buildVocabulary() throws {
    let result = try CommandLineTool("build-vocab").run(
      "--db", "c.sqlite", "--size", "20", "--output", "v", in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test func showsWhatIsThere() throws {
    let result = try inspect("--sample", "1")
    #expect(!result.text.contains("\u{1B}"), "no colours where no terminal is")
    let lines = result.text.split(separator: "\n").map(String.init)
    for line in [
      "c.sqlite", "  languages  en to fr", "  licence    CC0",
      "Splits               pairs    left out       en tokens       fr tokens",
      "  train                  2           2               6               4",
      "  dev                    0           0               0               0",
      "Tokens            mean      5%     25%    half     75%     95%     99% longest",
      "  train   en       3.0       2       2       2       4       4       4       4",
      "          fr       2.0       2       2       2       2       2       2       2",
      "Tokens        en, train                        fr, train",
      "          2   ███████████             50.0%    ██████████████████████ 100.0%",
      "Vocabulary    none yet; run build-vocab",
      "  train   duplicate                      1  p.tsv:4",
      "          empty                          1  p.tsv:2",
      "  train   2 of 4 from p.tsv",
      "          rules: empty, too-long, length-ratio, wrong-script, overlap, duplicate, max-length 250, max-ratio 9",
      "Sample of train",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(
      result.text.contains("    fr  Oui.\n        Oui ￭.\n") || result.text.contains("        Bonjour ￭ !\n"))
  }

  @Test func showsHowTheVocabularyCoversTheText() throws {
    try buildVocabulary()
    try folder.write("Yes, John.\tOui, 漢.\n", to: "d.tsv")
    let result = try tool.run(
      "import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", "dev", "--quiet",
      "d.tsv", in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
    let text = try inspect().text
    #expect(text.contains("Vocabulary    v: bpe, "))
    #expect(text.contains("  train   en           100.00%"))
    // Of oui, comma, 漢 and the stop, French had the first and the last; the comma stood in English alone.
    #expect(text.contains("          fr            50.00%"))
    #expect(text.contains("  1 dev pair came after it; run build-vocab again to take them in"))

    let json = try JSONSerialization.jsonObject(with: Data(inspect("-f", "json", "--sample", "2").output))
    let object = try #require(json as? [String: Any])
    #expect(object["sourceLanguage"] as? String == "en")
    let splits = try #require(object["splits"] as? [[String: Any]])
    #expect(splits.map { $0["pairs"] as? Int } == [2, 1, 0])
    #expect(splits.map { $0["leftOut"] as? Int } == [2, 0, 0])
    let target = try #require(splits[1]["target"] as? [String: Any])
    let coverage = try #require(target["coverage"] as? [String: Any])
    #expect(coverage["knownTokens"] as? Int == 2)
    #expect(coverage["unknownPieces"] as? Int == 2)
    let lengths = try #require(target["lengths"] as? [String: Any])
    #expect(lengths["tokens"] as? Int == 4 && lengths["maximum"] as? Int == 4)
    let sample = try #require(object["sample"] as? [[String: Any]])
    #expect(sample.count == 3)
    #expect((sample[2]["targetSegmentation"] as? [String])?.contains("<unk>") == true)
    #expect((object["imports"] as? [[String: Any]])?.count == 2)
  }

  @Test func theSeedSaysWhichPairsAreDrawn() throws {
    let lines = (1...200).map { "line \($0)\tligne \($0)\n" }.joined()
    try folder.write(lines, to: "t.tsv")
    let result = try tool.run(
      "import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", "test",
      "--quiet",
      "t.tsv", in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
    let first = try inspect("--split", "test", "--sample", "5")
    #expect(try inspect("--split", "test", "--sample", "5", "--seed", "1").text == first.text)
    #expect(try inspect("--split", "test", "--sample", "5", "--seed", "2").text != first.text)
    #expect(first.text.components(separatedBy: "  t.tsv:").count == 6)
    #expect(!first.text.contains("train"))
  }

  @Test func listsWhatWasLeftOut() throws {
    let all = try inspect("--rejected")
    #expect(
      all.text
        == """
        train\tempty\tp.tsv:2\tthe source is empty\t\tvide
        train\tduplicate\tp.tsv:4\tthe same as train, p.tsv:3\tYes.\tOui.

        """)
    #expect(try inspect("--rejected", "duplicate").text.split(separator: "\n").count == 1)
    #expect(try inspect("--rejected", "fuzzy").text.isEmpty)
    #expect(try inspect("--rejected", "--split", "dev").text.isEmpty)
    let line = try #require(
      try inspect("--rejected", "empty", "-f", "json").text.split(separator: "\n").first)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    #expect(object?["rule"] as? String == "empty" && object?["line"] as? Int == 2)
    #expect(object?["target"] as? String == "vide")
  }
}
