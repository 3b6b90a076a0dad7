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

  private static let bothReferences = zip(
    reference.split(separator: "\n"), otherReference.split(separator: "\n")
  )
  .map { "\($0)\t\($1)\n" }.joined()

  private func run(
    _ arguments: [String], input: String = "", files: [String: String] = [:],
    bytes: [String: [UInt8]] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let texts = [
      "ref.fr": Self.reference, "ref2.fr": Self.otherReference, "hyp.fr": Self.translation,
      "refs.tsv": Self.bothReferences,
    ]
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
      ["ref.fr", "-i", "hyp.fr", "-m", "ter", "-sl", "-w", "3"],
      """
      TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0 = 0.000
      TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0 = 30.000
      TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0 = 42.857

      """
    ),
    (
      [
        "ref.fr", "-i", "hyp.fr", "-m", "ter", "--ter-normalized", "--ter-no-punct", "--ter-asian-support",
        "--ter-case-sensitive", "-w", "6", "-f", "text",
      ],
      """
      TER|nrefs:1|case:mixed|tok:tercom|norm:yes|punct:no|asian:yes|version:2.6.0 = 18.181818

      """
    ),
    (["ref.fr", "-i", "hyp.fr", "-l", "en-zh", "-b", "-w", "6"], "65.283412\n"),
    (["refs.tsv", "-nr", "2", "-i", "hyp.fr", "-b", "-w", "5"], "92.19713\n"),
    // Of these two, sacreBLEU has the options in Python alone.
    (["ref.fr", "-i", "hyp.fr", "-b", "-w", "6", "--max-ngram-order", "2"], "75.359222\n"),
    (["ref.fr", "-i", "hyp.fr", "-b", "-w", "6", "--max-ngram-order", "12", "-eff"], "33.637956\n"),
    (
      ["ref.fr", "-i", "hyp.fr", "--confidence", "-cin", "100", "-f", "text", "-w", "3"],
      """
      BLEU|nrefs:1|bs:100|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 61.626 (μ = 61.731 ± 29.628) 85.2/66.7/57.1/44.4 (BP = 1.000 ratio = 1.038 hyp_len = 27 ref_len = 26)

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "ref2.fr", "-m", "ter", "bleu"],
      """
      [
          {
              "system": "hyp.fr",
              "BLEU": "61.6",
              "TER": "25.0"
          },
          {
              "system": "ref2.fr",
              "BLEU": "54.3",
              "TER": "33.3"
          }
      ]

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "ref2.fr", "-m", "ter", "chrf", "-f", "text", "-sh"],
      """
      ╒══════════╤═════════╤═══════╕
      │   System │  chrF2  │  TER  │
      ╞══════════╪═════════╪═══════╡
      │   hyp.fr │  77.5   │ 25.0  │
      ├──────────┼─────────┼───────┤
      │  ref2.fr │  70.2   │ 33.3  │
      ╘══════════╧═════════╧═══════╛

      -----------------
      Metric signatures
      -----------------
       - chrF2      #:1|c:mixed|e:yes|nc:6|nw:0|s:no|v:2.6.0
       - TER        #:1|c:lc|t:tercom|nr:no|pn:yes|as:no|v:2.6.0

      """
    ),
    (
      ["ref.fr", "-i", "hyp.fr", "ref2.fr", "-f", "json", "--paired-bs", "-pbsn", "50"],
      """
      [
          {
              "system": "Baseline: hyp.fr",
              "BLEU": {
                  "score": 61.62586972231741,
                  "p_value": null,
                  "mean": 62.56495199146711,
                  "ci": 29.627747440167006
              }
          },
          {
              "system": "ref2.fr",
              "BLEU": {
                  "score": 54.27247408528382,
                  "p_value": 0.0196078431372549,
                  "mean": 53.24620639120236,
                  "ci": 24.17542093300003
              }
          }
      ]

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

  @Test("the tables of paired tests are sacreBLEU's, the explanation is not")
  func pairedTables() throws {
    let text = try run(
      ["ref.fr", "-i", "hyp.fr", "ref2.fr", "-m", "chrf", "bleu", "-f", "text", "--paired-bs", "-w", "3"])
    #expect(
      text.output.hasPrefix(
        """
        ╒══════════════════╤══════════════════════════╤══════════════════════════╕
        │           System │    chrF2 (μ ± 95% CI)    │    BLEU (μ ± 95% CI)     │
        ╞══════════════════╪══════════════════════════╪══════════════════════════╡
        │ Baseline: hyp.fr │ 77.539 (78.212 ± 15.946) │ 61.626 (61.039 ± 33.484) │
        ├──────────────────┼──────────────────────────┼──────────────────────────┤
        │          ref2.fr │ 70.207 (70.568 ± 17.597) │ 54.272 (51.931 ± 25.529) │
        │                  │      (p = 0.0010)*       │      (p = 0.0010)*       │
        ╘══════════════════╧══════════════════════════╧══════════════════════════╛


        """))
    #expect(
      text.output.hasSuffix(
        """
        -----------------
        Metric signatures
        -----------------
         - chrF2      nrefs:1|bs:1000|seed:12345|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0
         - BLEU       nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0

        """))
    let latex = try run(["ref.fr", "-i", "hyp.fr", "ref2.fr", "-f", "latex", "--paired-ar", "-w", "2"])
    #expect(
      latex.output.hasPrefix(
        #"""
        \begin{tabular}{rc}
        \toprule
                   System &        BLEU         \\
        \midrule
         Baseline: hyp.fr &        61.63        \\
                  ref2.fr & 54.27 (p = 0.0001)* \\
        \bottomrule
        \end{tabular}

        """#))
  }

  @Test("columns of the standard input are systems")
  func columns() throws {
    let result = try run(["ref.fr", "-m", "ter"], input: Self.bothReferences)
    #expect(result.output.contains("\"System 2\",\n        \"TER\": \"33.3\""))
    let paired = try run(["ref.fr", "--paired-ar", "-parn", "10"], input: Self.bothReferences)
    #expect(
      paired.output.contains("\"system\": \"Baseline\"") && paired.output.contains("\"system\": \"System 1\"")
    )
    let uneven = try run(["ref.fr"], input: "a\tb\nc\nd\te\n")
    #expect(uneven.status == 65 && uneven.error.contains("line 2 has 1 columns instead of 2"))
    let missing = try run(["refs.tsv", "-nr", "3", "-i", "hyp.fr"])
    #expect(missing.status == 65 && missing.error.contains("refs.tsv: line 1 has 2 columns instead of 3"))
  }

  @Test("of several files with different numbers of lines, all are named")
  func manyUnequalLines() throws {
    let result = try run(
      ["ref.fr", "ref2.fr", "-i", "hyp.fr", "b.fr"], files: ["b.fr": "une\n", "ref2.fr": "une\ndeux\n"])
    #expect(result.status == 65 && result.output.isEmpty)
    for part in ["hyp.fr has 3 lines", "b.fr has 1 lines", "ref.fr has 3 lines", "ref2.fr has 2 lines"] {
      #expect(result.error.contains(part))
    }
  }

  @Test("what needs data from elsewhere is refused with a reason")
  func outsideData() throws {
    for (arguments, reason) in [
      (["-tok", "ja-mecab"], "ja-mecab needs a dictionary"), (["-tok", "flores200"], "flores200 needs"),
      (["-l", "en-ja"], "ja-mecab needs"), (["-t", "wmt14"], "no test sets"),
      (["-e", "latin1"], "UTF-8 alone"),
      (["-tok", "moses"], "no tokeniser moses"),
    ] {
      let result = try run(["ref.fr", "-i", "hyp.fr"] + arguments)
      #expect(result.status == 64 && result.error.contains(reason), "\(arguments): \(result.error)")
    }
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
    let columns = try run(["ref.fr", "-nr", "1000000000000", "-i", "hyp.fr"])
    #expect(columns.status == 65 && columns.error.contains("instead of 1000000000000"))
    let links = try run(["aer", "empty", "-i", "empty"], files: ["empty": ""])
    #expect(links.status == 65 && links.error.contains("nothing to score"))
    let missing = try run(["nowhere.fr", "-i", "hyp.fr"])
    #expect(missing.status == 66 && missing.error.contains("nowhere.fr"))
    for arguments in [
      ["-i", "hyp.fr"], ["ref.fr", "-m", "comet"], ["ref.fr", "-w", "-1"],
      ["ref.fr", "-i", "hyp.fr", "hyp.fr"],
      ["ref.fr", "-i", "hyp.fr", "--paired-bs"], ["ref.fr", "-i", "hyp.fr", "ref2.fr", "--confidence"],
      ["ref.fr", "-i", "hyp.fr", "-sl", "-m", "bleu", "ter"],
      ["ref.fr", "-i", "hyp.fr", "--paired-bs", "--paired-ar"],
      ["ref.fr", "ref2.fr", "-nr", "2", "-i", "hyp.fr"], ["ref.fr", "--model", "m.sqlite"],
      ["ref.fr", "-i", "hyp.fr", "--report-sentences", "3"],
      ["ref.fr", "--model", "m.sqlite", "--source", "hyp.fr", "-tok", "intl"],
      ["ref.fr", "--model", "m.sqlite", "--source", "hyp.fr", "--chrf-beta", "3"],
      ["ref.fr", "--model", "m.sqlite", "--source", "hyp.fr", "-sh"],
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

  @Test("a byte order mark is warned of, and counts as it does for sacreBLEU")
  func byteOrderMark() throws {
    let result = try run(
      ["ref.fr", "-i", "bom.fr", "-b", "-w", "8", "-m", "bleu", "chrf", "ter", "-f", "text"],
      bytes: ["bom.fr": [0xEF, 0xBB, 0xBF] + Array(Self.translation.utf8)])
    #expect(result.output == "56.75243041\n77.36034377\n29.16666667\n")
    #expect(result.error.contains("bom.fr begins with a byte order mark"))
  }

  @Test("aer prints precision, recall and error rate")
  func alignmentErrorRate() throws {
    let files = ["gold": "0-0 1-2 2p1\n0-0 1p1\n0-1\n", "links": "0-0 2-1 2-2\n0-0 1-1\n\n"]
    #expect(try run(["aer", "gold", "-i", "links", "-f", "latex"], files: files).status == 64)
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
    // What translate --alignment hard prints.
    let lines = ["Un | chat. ||| 0-0 2-1 2-2", "x ||| y ||| 0-0 1-1", " ||| ", ""].joined(separator: "\n")
    #expect(try run(["aer", "gold", "-b"], input: lines, files: files).output == "0.3333\n")
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
    // Counted from 1, with possible links, in the manner of the WPT 2003 shared task.
    let wpt = try run(
      ["aer", "gold", "--one-based", "-i", "links", "--one-based-input", "-w", "6"],
      files: ["gold": "2-2 1-1 3p2 3p3\n1p1 1p2 2-3\n", "links": "1-1 2-2 3-3\n1-2 2-2\n"])
    #expect(wpt.output == "precision  0.800000\nrecall     0.666667\nAER        0.250000\n")
    let zero = try run(["aer", "gold", "--one-based"], input: "\n", files: ["gold": "0-1\n"])
    #expect(zero.status == 65 && zero.error.contains("gold: line 1"))
    let unequal = try run(["aer", "gold"], input: "0-0\n", files: ["gold": "0-0\n0-0\n"])
    #expect(unequal.status == 65)
    #expect(unequal.error.contains("standard input has 1 lines but gold has 2"))
  }

  @Test("the options of chrF are in its name and signature")
  func chrFOptions() throws {
    let result = try run([
      "ref.fr", "-i", "hyp.fr", "-m", "chrf", "-cc", "4", "--chrf-beta", "3", "--chrf-lowercase",
      "--chrf-eps-smoothing", "-f", "text",
    ])
    #expect(
      result.output.hasPrefix("chrF3|nrefs:1|case:lc|eff:no|nc:4|nw:0|space:no|version:2.6.0 = "),
      "\(result.output) \(result.error)")
  }
}
