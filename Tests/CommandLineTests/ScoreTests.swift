import Foundation
import Testing

/// The built `score`, run as a person would.
///
/// Golden results are those of `sacrebleu reference -i translation` with the same options, release 2.6.0.
@Suite("score")
struct ScoreTests {
  private struct Result {
    let status: Int32
    let output: String
    let error: String
  }

  private static let translation = """
    Le chat noir dort sur le canapé.
    La gare est loin d’ici, prenez le bus.
    Pourquoi est-ce qu'elle ne vient pas avec nous ?

    """
  private static let reference = """
    Le chat noir dort sur le canapé.
    La gare est loin d’ici : prenez donc le bus.
    Pourquoi ne vient-elle pas avec nous ?

    """
  private static let otherReference = """
    Un chat noir dort sur le canapé.
    La gare est loin, prenez le bus.
    Pourquoi est-ce qu'elle ne vient pas avec nous ?

    """

  private func run(
    _ arguments: [String], input: String = "", files: [String: String] = [:],
    bytes: [String: [UInt8]] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let texts = ["ref.fr": Self.reference, "ref2.fr": Self.otherReference, "hyp.fr": Self.translation]
      .merging(files) { $1 }
    for (name, content) in texts.mapValues({ Array($0.utf8) }).merging(bytes, uniquingKeysWith: { $1 }) {
      try folder.write(content, to: name)
    }
    let result = try CommandLineTool("score").run(arguments, bytes: Array(input.utf8), in: folder.url)
    return Result(status: result.status, output: result.text, error: result.errors)
  }

  private static let printed: [([String], String)] = [
    (
      ["ref.fr", "-i", "hyp.fr"],
      """
      {
       "name": "BLEU",
       "score": 61.6,
       "signature": "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
       "verbose_score": "85.2/66.7/57.1/44.4 (BP = 1.000 ratio = 1.038 hyp_len = 27 ref_len = 26)",
       "nrefs": "1",
       "case": "mixed",
       "eff": "no",
       "tok": "13a",
       "smooth": "exp",
       "version": "2.6.0"
      }

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-f", "text", "-w", "2"],
      """
      BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 61.63 85.2/66.7/57.1/44.4 (BP = 1.000 ratio = 1.038 hyp_len = 27 ref_len = 26)

      """
    ),
    (
      ["ref.fr", "ref2.fr", "-i", "hyp.fr", "-m", "bleu", "chrf", "-f", "text", "-w", "4", "-sh"],
      """
         BLEU|#:2|c:mixed|e:no|tok:13a|s:exp|v:2.6.0 = 92.1971 100.0/95.8/90.5/83.3 (BP = 1.000 ratio = 1.038 hyp_len = 27 ref_len = 26)
      chrF2|#:2|c:mixed|e:yes|nc:6|nw:0|s:no|v:2.6.0 = 95.7714

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-m", "chrf", "bleu"],
      """
      [
      {
       "name": "BLEU",
       "score": 61.6,
       "signature": "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
       "verbose_score": "85.2/66.7/57.1/44.4 (BP = 1.000 ratio = 1.038 hyp_len = 27 ref_len = 26)",
       "nrefs": "1",
       "case": "mixed",
       "eff": "no",
       "tok": "13a",
       "smooth": "exp",
       "version": "2.6.0"
      },
      {
       "name": "chrF2",
       "score": 77.5,
       "signature": "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0",
       "nrefs": "1",
       "case": "mixed",
       "eff": "yes",
       "nc": "6",
       "nw": "0",
       "space": "no",
       "version": "2.6.0"
      }
      ]

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-tok", "intl", "-lc", "-f", "text"],
      """
      BLEU|nrefs:1|case:lc|eff:no|tok:intl|smooth:exp|version:2.6.0 = 58.4 84.8/63.3/51.9/41.7 (BP = 1.000 ratio = 1.100 hyp_len = 33 ref_len = 30)

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-b", "-w", "5", "-s", "floor", "-sv", "0.5", "-sl"],
      """
      100.00000
      48.95915
      33.03164

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-m", "chrf", "-sl", "--chrf-word-order", "2"],
      """
      chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 100.0
      chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 70.8
      chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 67.1

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "-m", "bleu", "chrf", "-b", "-cw", "2", "--chrf-whitespace", "-f", "text"],
      """
      61.6
      81.4

      """
    ),
  ]

  @Test("prints what sacreBLEU prints", arguments: printed)
  func golden(arguments: [String], expected: String) throws {
    let result = try run(arguments)
    #expect(result.output == expected)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
  }

  @Test("reads translations from the standard input, and takes _ for - in flags")
  func standardInput() throws {
    let result = try run(["ref.fr", "--score_only"], input: Self.translation)
    #expect(result.output == "61.6\n")
    #expect(result.status == 0)
  }

  @Test("different numbers of lines are bad data, and both are named")
  func unequalLines() throws {
    let result = try run(["ref.fr", "-i", "hyp.fr"], files: ["hyp.fr": "une\ndeux\n"])
    #expect(result.status == 65)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("hyp.fr has 2 lines") && result.error.contains("ref.fr has 3"))
  }

  @Test("nothing to score is bad data, a missing file no input, a wrong flag a fault of usage")
  func failures() throws {
    let empty = try run(["ref.fr"], files: ["ref.fr": ""])
    #expect(empty.status == 65 && empty.error.contains("standard input has no lines"))
    let missing = try run(["nowhere.fr", "-i", "hyp.fr"])
    #expect(missing.status == 66 && missing.error.contains("nowhere.fr"))
    for arguments in [
      ["-i", "hyp.fr"], ["ref.fr", "-m", "comet"], ["ref.fr", "-w", "-1"], ["ref.fr", "-i", "a", "b"],
      ["ref.fr", "-i", "hyp.fr", "-sv", "1"], ["ref.fr", "-i", "hyp.fr", "-m", "chrf", "-cc", "0"],
    ] {
      let result = try run(arguments)
      #expect(result.status == 64, "\(arguments): \(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test("bytes that are not UTF-8, and text that looks tokenised, are warned of")
  func warnings() throws {
    let lines = String(repeating: "oui .\n", count: 100)
    let tokenised = try run(["ref.fr", "-b"], input: lines, files: ["ref.fr": lines])
    #expect(tokenised.status == 0 && tokenised.error.contains("100 lines end in a point"))
    let forced = try run(["ref.fr", "-b", "--force"], input: lines, files: ["ref.fr": lines])
    #expect(forced.error.isEmpty && forced.output == tokenised.output)
    let broken = try run(
      ["ref.fr", "-b"], input: "a\n", bytes: ["ref.fr": [0x61, 0xFF, 0x0A]])
    #expect(broken.status == 0 && broken.error.contains("ref.fr: 1 lines are not UTF-8"))
  }

  @Test("aer prints precision, recall and error rate")
  func alignmentErrorRate() throws {
    let files = ["gold": "0-0 1-2 2p1\n0-0 1p1\n0-1\n", "links": "0-0 2-1 2-2\n0-0 1-1\n\n"]
    let text = try run(["aer", "gold", "-i", "links"], files: files)
    #expect(text.output == "precision  0.8000\nrecall     0.5000\nAER        0.3333\n")
    #expect(text.status == 0)
    let json = try run(["aer", "gold", "-f", "json", "-w", "2"], input: files["links"]!, files: files)
    #expect(
      json.output == """
        {
         "precision": 0.80,
         "recall": 0.50,
         "aer": 0.33,
         "links": 5,
         "sure_links": 4
        }

        """)
    let oneBased = ["gold": "1-1 2-3 3p2\n1-1 2p2\n1-2\n", "links": files["links"]!]
    let rate = try run(["aer", "gold", "--one-based", "-i", "links", "-b"], files: oneBased)
    #expect(rate.output == "0.3333\n")
  }

  @Test("aer names the file and line of what is no alignment")
  func alignmentFailures() throws {
    let malformed = try run(
      ["aer", "gold", "-i", "links"], files: ["gold": "0-0\n1-1\n", "links": "0-0\n1:1\n"])
    #expect(malformed.status == 65)
    #expect(malformed.error.contains("links: line 2: \"1:1\""))
    let zero = try run(["aer", "gold", "--one-based"], input: "\n", files: ["gold": "0-1\n"])
    #expect(zero.status == 65 && zero.error.contains("gold: line 1"))
    let unequal = try run(["aer", "gold"], input: "0-0\n", files: ["gold": "0-0\n0-0\n"])
    #expect(unequal.status == 65)
    #expect(unequal.error.contains("standard input has 1 lines but gold has 2"))
  }
}
