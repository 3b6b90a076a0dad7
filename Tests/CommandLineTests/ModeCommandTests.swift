import Foundation
import Storage
import Testing

@Suite("both directions, both orders")
struct ModeCommandTests {
  @Test("One model translates there and back, ranks what it wrote, and scores it")
  func wholeWay() throws {
    let folder = try PipelineTests.corpus()
    let training = try PipelineTests.train(
      folder, "--model", "m.sqlite", "--both-directions", "--both-orders", "--after-epochs", "60",
      "--lr-schedule", "cosine",
      "--dropout", "0.2", "--label-smoothing", "0.1")
    try #require(training.status == 0, "\(training.errors)")
    #expect(
      training.errors.contains(" of the other order and ")
        && training.errors.contains(" read back: dev BLEU "))
    let translate = try CommandLineTool("translate")
    let (english, french) = (try folder.text(of: "dev.en"), try folder.text(of: "dev.fr"))
    func run(_ arguments: String..., input: String) throws -> ToolResult {
      try translate.run(arguments, bytes: Array(input.utf8), in: folder.url)
    }
    func right(_ result: ToolResult, _ reference: String) -> Int {
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      return zip(result.text.split(separator: "\n"), reference.split(separator: "\n")).count { $0 == $1 }
    }
    let forth = try run("-m", "m.sqlite", input: english)
    let back = try run("-m", "m.sqlite", "--reverse", input: french)
    #expect(right(forth, french) >= 10 && right(back, english) >= 10, "\(forth.text)\n\(back.text)")
    // Ranking is the default of such a model, and can be left out.
    let ranked = try run("-m", "m.sqlite", "--rerank", input: english)
    #expect(ranked.text == forth.text)
    #expect(right(try run("-m", "m.sqlite", "--no-rerank", input: english), french) >= 10)
    let scores = try ["--rerank", "--no-rerank"].map { flag in
      try run("-m", "m.sqlite", "--n-best", "2", flag, input: english).text
    }
    #expect(scores[0] != scores[1])

    // A shortlist has the words of the language that is translated to: each direction has a lexicon of its own.
    let model = try ModelDatabase(opening: folder.path("m.sqlite"))
    let (there, home) = (try #require(try model.lexicon()), try #require(try model.lexicon(isReverse: true)))
    let mutual = there.indices.count { word in
      guard let other = there[word].first.map(Int.init), other != word, other < home.count else {
        return false
      }
      return home[other].first.map(Int.init) == word
    }
    #expect(mutual >= 5)
    let short = try run("-m", "m.sqlite", "--reverse", "--shortlist", "5", input: french)
    #expect(right(short, english) >= 10, "\(short.text)")

    // A small file goes both ways as well, catalogues are filled either way, and alignments have the new source.
    #expect(try run("-m", "m.sqlite", "--quantize", "small.sqlite", input: "").status == 0)
    #expect(right(try run("-m", "small.sqlite", "--reverse", input: french), english) >= 10)
    #expect(
      right(try run("-m", "small.sqlite", "--reverse", "--shortlist", "5", input: french), english) >= 10)
    let catalogue = try run(
      "-m", "m.sqlite", "--reverse", "--format", "po", input: "msgid \"Anna mange une pomme.\"\nmsgstr \"\"\n"
    )
    #expect(catalogue.status == 0 && catalogue.text.contains("msgstr \"Anna eats an apple.\""))
    let forced = try run(
      "-m", "m.sqlite", "--reverse", "--force-decode", "dev.en", "--alignment", "json", input: french)
    let memory = try run(
      "-m", "m.sqlite", "--reverse", "--format", "tmx",
      input: """
        <?xml version="1.0"?>
        <tmx version="1.4"><header srclang="fr" datatype="plaintext" segtype="sentence" adminlang="en"
        creationtool="t" creationtoolversion="1" o-tmf="t"/><body>
        <tu><tuv xml:lang="fr"><seg>Anna mange une pomme.</seg></tuv></tu></body></tmx>
        """)
    #expect(memory.status == 0, "\(memory.errors)")
    #expect(memory.text.contains("xml:lang=\"en\"") && memory.text.contains("<seg>Anna eats an apple.</seg>"))
    let verb = try #require(french.split(separator: " ").dropFirst().first)
    #expect(forced.status == 0 && forced.text.contains("\"\(verb)\""), "\(forced.text.prefix(200))")

    let score = try CommandLineTool("score")
    let perplexities = try [["--reverse"], []].map { flags in
      let result = try score.run(
        ["--model", "m.sqlite", "--source", "dev.fr", "dev.en", "-b"] + flags, bytes: [], in: folder.url)
      #expect(result.status == 0, "\(result.errors)")
      return Double(result.text.dropLast()) ?? 0
    }
    #expect(
      perplexities[0] > 1 && perplexities[0] < 3 && perplexities[0] != perplexities[1], "\(perplexities)")
  }

  @Test("Of a model of one direction, and of what does not go together, the message says so")
  func refusals() throws {
    let folder = try PipelineTests.corpus()
    try #require(try PipelineTests.train(folder, "--model", "one.sqlite", "--after-batches", "1").status == 0)
    let translate = try CommandLineTool("translate")
    try folder.write("Anna\n", to: "given")
    func refused(_ arguments: String..., status: Int32, words: String) throws {
      let result = try translate.run(arguments, bytes: Array("Anna\n".utf8), in: folder.url)
      #expect(result.status == status && result.output.isEmpty, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
    }
    try refused("-m", "one.sqlite", "--reverse", status: 78, words: "--both-directions")
    try refused("-m", "one.sqlite", "--rerank", status: 78, words: "one.sqlite is not")
    try refused("-m", "one.sqlite", "--rerank", "-b", "1", status: 64, words: "--beam-size 1")
    try refused("-m", "one.sqlite", "--reverse", "--shortlist", "5", status: 78, words: "--both-directions")
    try refused(
      "-m", "one.sqlite", "--rerank", "--force-decode", "dev.fr", status: 64, words: "--force-decode")
    for option in ["--normalize=nan", "--normalize=80", "--normalize=-1", "--threads=9223372036854775807"] {
      try refused("-m", "one.sqlite", option, status: 64, words: option.split(separator: "=")[0].description)
    }
    // What is given is not searched for: what is about the search is named, and the rest goes on.
    for option in [
      "--beam-size=1", "--normalize=0", "--shortlist=50", "--no-rerank", "--split-sentences",
      "--no-split-sentences",
    ] {
      let result = try translate.run(
        ["-m", "one.sqlite", "--force-decode", "given", option], bytes: Array("Anna\n".utf8), in: folder.url)
      #expect(
        result.status == 0 && result.errors.contains(option.split(separator: "=")[0]), "\(result.errors)")
    }
    let score = try CommandLineTool("score").run(
      ["--reverse", "dev.fr", "-i", "dev.fr"], bytes: [], in: folder.url)
    #expect(score.status == 64 && score.errors.contains("--model"))

    // Another shape: what one direction has learnt is not gone on with in two.
    let other = try PipelineTests.train(
      folder, "--model", "one.sqlite", "--both-directions", "--after-batches", "2")
    #expect(other.status == 78 && other.errors.contains("both-directions"), "\(other.errors)")

    #expect(
      try CommandLineTool("build-vocab").run(
        "--db", "c.sqlite", "--size", "100", "--separate", "--output", "two", in: folder.url
      ).status == 0)
    let two = try PipelineTests.train(
      folder, "--model", "two.sqlite", "--both-directions", "--after-batches", "1")
    #expect(two.status == 78 && two.errors.contains("without --separate"), "\(two.errors)")
  }
}
