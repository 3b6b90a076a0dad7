import Console
import Foundation
import Storage
import Testing

/// The five executables one after another on 200 pairs, as `make pipeline` runs them.
@Suite("pipeline")
struct PipelineTests {
  private static let names = [
    "Anna", "Marc", "Léa", "Paul", "Sophie", "Hugo", "Emma", "Louis", "Alice", "Jules",
  ]
  private static let verbs = [
    ("eats", "mange"), ("sees", "voit"), ("buys", "achète"), ("wants", "veut"), ("sells", "vend"),
  ]
  private static let nouns = [
    ("an apple", "une pomme"), ("a book", "un livre"), ("a dog", "un chien"), ("a house", "une maison"),
  ]

  /// 200 sentences, each once.
  private static let pairs: [(english: String, french: String)] = names.flatMap { name in
    verbs.flatMap { verb in
      nouns.map { ("\(name) \(verb.0) \($0.0).", "\(name) \(verb.1) \($0.1).") }
    }
  }

  private static func write(
    _ pairs: [(english: String, french: String)], _ name: String, _ folder: TemporaryFolder
  ) throws {
    try folder.write(pairs.map(\.english).joined(separator: "\n") + "\n", to: "\(name).en")
    try folder.write(pairs.map(\.french).joined(separator: "\n") + "\n", to: "\(name).fr")
  }

  /// A folder with a corpus database and a vocabulary.
  static func corpus() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    // Every tenth pair is kept for dev; it has the words of the others.
    try write(pairs.enumerated().filter { $0.offset % 10 != 7 }.map(\.element), "train", folder)
    try write(pairs.enumerated().filter { $0.offset % 10 == 7 }.map(\.element), "dev", folder)
    let tokenize = try CommandLineTool("tokenize")
    for split in ["train", "dev"] {
      let result = try tokenize.run(
        "import", "--db", "c.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", split,
        "\(split).en", "\(split).fr", in: folder.url)
      try #require(result.status == 0, "\(result.errors)")
    }
    let vocabulary = try CommandLineTool("build-vocab").run(
      "--db", "c.sqlite", "--size", "100", "--output", "en-fr", in: folder.url)
    try #require(vocabulary.status == 0, "\(vocabulary.errors)")
    return folder
  }

  static let small = [
    "--db", "c.sqlite", "--dim-emb", "32", "--dim-rnn", "64", "--attention", "mlp", "--mini-batch", "16",
    "--learn-rate", "0.01", "--dropout", "0", "--label-smoothing", "0", "--workers", "2", "--early-stopping",
    "0",
  ]

  static func train(_ folder: TemporaryFolder, _ arguments: String...) throws -> ToolResult {
    try CommandLineTool("train-seq2seq").run(small + arguments, bytes: [], in: folder.url)
  }

  @Test("learns 180 pairs, translates 20 others, scores and draws them")
  func wholePipeline() throws {
    let folder = try Self.corpus()
    let training = try Self.train(
      folder, "--model", "m.sqlite", "--after-epochs", "30", "--lr-schedule", "cosine", "--dropout", "0.2",
      "--label-smoothing", "0.1")
    #expect(training.status == 0, "\(training.errors)")
    #expect(training.output.isEmpty, "standard output is for results")
    #expect(training.errors.contains("dev BLEU"))
    #expect(training.errors.contains("  reference  "))

    let translate = try CommandLineTool("translate")
    let dev = try folder.text(of: "dev.en")
    let translated = try translate.run("-m", "m.sqlite", "--html", "page.html", input: dev, in: folder.url)
    #expect(translated.status == 0, "\(translated.errors)")
    try folder.write(translated.output, to: "dev.hyp")
    let score = try CommandLineTool("score").run(
      "dev.fr", "-i", "dev.hyp", "-m", "bleu", "-b", in: folder.url)
    let bleu = try #require(Double(score.text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(bleu > 90, "translations: \(translated.text)")

    let page = try folder.text(of: "page.html")
    #expect(page.contains("</html>") && page.contains("maison"))
    for foreign in ["http://", "https://", "<script src", "<link", "@import"] {
      #expect(!page.contains(foreign), "nothing is loaded from elsewhere")
    }

    let links = try translate.run(
      "-m", "m.sqlite", "--force-decode", "dev.fr", "--alignment", "hard", input: dev, in: folder.url)
    #expect(links.text.split(separator: "\n").count == 20)
    #expect(links.text.split(separator: "\n").allSatisfy { $0.split(separator: " ").count == 5 })
    // The weights as text are those in JSON.
    let forms = try ["soft", "json"].map {
      try translate.run(
        "-m", "m.sqlite", "--force-decode", "dev.fr", "--alignment", $0, input: dev, in: folder.url
      )
      .text.split(separator: "\n").map(String.init)
    }
    #expect(forms.map(\.count) == [20, 20])
    for (soft, json) in zip(forms[0], forms[1]) {
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let weights = try #require((object?["alignment"] as? [String: Any])?["weights"] as? [[Double]])
      let rows = soft.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
      #expect(rows.map(\.count) == weights.map(\.count))
      for (one, other) in zip(rows.joined(), weights.joined()) { #expect(abs(one - other) < 1e-3) }
    }
    try Self.checkPictures(folder, translations: translated.text)
    try Self.checkModelScores(folder)
  }

  /// `translate --alignment drawing`, `--svg`, `--html`, and `--profile` with given translations.
  private static func checkPictures(_ folder: TemporaryFolder, translations: String) throws {
    func translate(_ arguments: String...) throws -> ToolResult {
      try CommandLineTool("translate").run(["-m", "m.sqlite"] + arguments, bytes: [], in: folder.url)
    }
    let first = String(try #require(translations.split(separator: "\n").first))
    let lines = try folder.text(of: "dev.en").split(separator: "\n")
    try folder.write("\(lines[0])\n\n\(lines[1])\n", to: "three.en")
    let drawn = try translate("-i", "three.en", "--alignment", "drawing", "--svg", "pictures/of-three")
    #expect(drawn.status == 0 && drawn.text.hasPrefix(first + "\n\n"), "\(drawn.errors)")
    // Each word of the translation has a row of its own, the full stop, too.
    let rows = drawn.text.dropFirst(first.count).split(separator: "\n")
    for word in first.dropLast().split(separator: " ") { #expect(rows.contains { $0.contains(word) }) }
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path("pictures/of-three"))
    #expect(pictures.sorted() == ["1.svg", "3.svg"], "a blank line has no picture")
    #expect(!drawn.errors.contains("earlier run"))
    try folder.write("", to: "pictures/of-three/legend.svg")
    try folder.write("\(lines[0])\n", to: "one.en")
    let again = try translate("-i", "one.en", "--svg", "pictures/of-three")
    #expect(
      again.errors.contains(
        "pictures/of-three: 1 picture(s) of an earlier run are still there, such as 3.svg"))
    let picture = try folder.text(of: "pictures/of-three/1.svg")
    #expect(picture.hasPrefix("<svg ") && picture.contains(first.split(separator: " ")[0]))

    // What nobody could look at is not drawn, and told of.
    try folder.write(
      "\(lines[0])\n" + [String](repeating: String(lines[0]), count: 200).joined(separator: " ") + "\n",
      to: "long.en")
    let long = try translate(
      "-i", "long.en", "--force-decode", "long.en", "--svg", "pictures/long", "--html", "long.html")
    #expect(long.status == 0 && long.errors.contains("1 line(s) of more than 300 words"), "\(long.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("pictures/long")) == ["1.svg"])
    #expect(try folder.text(of: "long.html").utf8.count < 100_000)

    // Where the page's name was forgotten, a text does not make way for it.
    let page = try translate("-i", "three.en", "--html", "dev.fr")
    #expect(page.status == 64 && page.errors.contains("dev.fr is there already"), "\(page.errors)")
    #expect(try folder.text(of: "dev.fr").split(separator: "\n").count == 20)

    let given = try translate("-i", "dev.en", "--force-decode", "dev.fr", "--alignment", "hard", "--profile")
    #expect(given.status == 0 && given.errors.contains("attention"), "\(given.errors)")
  }

  /// `score --model` on what the model has learnt.
  private static func checkModelScores(_ folder: TemporaryFolder) throws {
    func score(_ arguments: String...) throws -> ToolResult {
      try CommandLineTool("score").run(
        ["--model", "m.sqlite", "--source", "dev.en"] + arguments, bytes: [], in: folder.url)
    }
    let good = try score("dev.fr", "-b")
    let perplexity = try #require(Double(good.text.dropLast()))
    #expect(good.status == 0 && perplexity > 1 && perplexity < 2, "\(good.text) \(good.errors)")
    let lines = try folder.text(of: "dev.fr").split(separator: "\n").map(String.init)
    try folder.write(lines.reversed().joined(separator: "\n") + "\n", to: "reversed.fr")
    let bad = try score("reversed.fr", "-b")
    #expect(try #require(Double(bad.text.dropLast())) > 2 * perplexity)

    // The sum over lines is the corpus, the sum over tokens the line.
    let sentences = try score("dev.fr", "-sl", "-w", "6").text.split(separator: "\n").map {
      $0.split(separator: "\t")
    }
    #expect(sentences.count == 20 && sentences.allSatisfy { $0.count == 3 })
    let json = try JSONSerialization.jsonObject(with: Data(try score("dev.fr", "-f", "json").output))
    let total = try #require((json as? [String: Any])?["log_probability"] as? Double)
    #expect(abs(total - sentences.reduce(0) { $0 + (Double($1[0]) ?? .nan) }) < 1e-4)
    let first = try #require(((json as? [String: Any])?["lines"] as? [[String: Any]])?.first)
    let tokens = try #require(first["tokens"] as? [[String: Any]])
    let sum = tokens.reduce(0) { $0 + ($1["log_probability"] as? Double ?? .nan) }
    #expect(abs(sum - (first["log_probability"] as? Double ?? .nan)) < 1e-9)
    #expect(tokens.last?["token"] as? String == "</s>")

    try folder.write("une ligne\n", to: "short.fr")
    let short = try score("short.fr")
    #expect(short.status == 65 && short.errors.contains("20 lines") && short.errors.contains("1 lines"))
    try folder.write("\n\n", to: "empty.en")
    try folder.write("une\nmaison\n", to: "two.fr")
    let nothing = try CommandLineTool("score").run(
      "--model", "m.sqlite", "--source", "empty.en", "two.fr", "-b", in: folder.url)
    #expect(nothing.status == 65 && nothing.output.isEmpty && nothing.errors.contains("only blank lines"))
    try folder.write("\nmaison\n", to: "blank.en")
    try folder.write("une\nmaison\n", to: "blank.fr")
    let blank = try CommandLineTool("score").run(
      ["--model", "m.sqlite", "--source", "blank.en", "blank.fr", "-sl"], bytes: [], in: folder.url)
    #expect(blank.text.hasPrefix("-\t-\t-\n") && blank.text.split(separator: "\n").count == 2)
  }

  @Test("a line in, a line out, whatever the lines hold")
  func linesInLinesOut() throws {
    let folder = try Self.corpus()
    try #require(try Self.train(folder, "--model", "m.sqlite", "--after-batches", "20").status == 0)
    let lines: [[UInt8]] = [
      Array("Anna eats an apple.".utf8), [], Array(String(repeating: "book ", count: 300).utf8),
      Array("😀🎉👨‍👩‍👧‍👦 ☃️".utf8), [0x62, 0xFF, 0xFE, 0x20, 0xC3, 0x28], Array("   ".utf8),
      Array("one\u{2028}line\rstill".utf8), Array("a\tb".utf8), Array("no end".utf8),
    ]
    let translate = try CommandLineTool("translate")
    let input = Array(lines.joined(separator: [0x0A]))
    let result = try translate.run(["-m", "m.sqlite", "-b", "2"], bytes: input, in: folder.url)
    #expect(result.status == 0)
    let outputs = result.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(outputs.count == lines.count + 1, "\(result.text)")
    #expect(outputs[1].isEmpty && outputs[5].isEmpty && outputs.last == "")
    #expect(result.errors.contains("line 5"))
    #expect(Array(outputs[3].utf8) == lines[3], "what the model knows nothing of is copied")

    // Other lines, other order, other threads: the same translation.
    let alone = try translate.run(
      ["-m", "m.sqlite", "-b", "2", "--threads", "1"], bytes: lines[0], in: folder.url)
    #expect(alone.text == outputs[0] + "\n")

    let json = try translate.run(
      ["-m", "m.sqlite", "--alignment", "json"], bytes: Array("Anna eats an apple.\n".utf8), in: folder.url)
    let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    #expect(object?["source"] as? String == "Anna eats an apple.")
    #expect((object?["alignment"] as? [String: Any])?.isEmpty == false)
    let best = try translate.run(
      ["-m", "m.sqlite", "--n-best", "3"], bytes: Array("Anna eats an apple.\n".utf8), in: folder.url)
    #expect(best.text.split(separator: "\n").count == 3)
    try Self.checkSearchFlags(folder)
  }

  /// `-b`, `--normalize` and `--split-sentences` do what they say.
  private static func checkSearchFlags(_ folder: TemporaryFolder) throws {
    func run(_ text: String, _ flags: String...) throws -> [String] {
      try CommandLineTool("translate").run(
        ["-m", "m.sqlite"] + flags, bytes: Array(text.utf8), in: folder.url
      )
      .text.split(separator: "\n").map(String.init)
    }
    func logProbability(_ text: String, _ flag: String...) throws -> Double {
      try CommandLineTool("translate").run(
        ["-m", "m.sqlite", "--alignment", "json"] + flag, bytes: Array(text.utf8), in: folder.url
      ).text.split(separator: "\n").reduce(0) { sum, line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return sum + (object?["logProbability"] as? Double ?? .nan)
      }
    }
    let text = "Anna eats an apple.\n"
    #expect(try run(text, "-b", "7", "--n-best", "7").count == 7)
    let score = try #require(try run(text, "--n-best", "1", "--normalize", "0")[0].split(separator: " ").last)
    #expect(abs(try #require(Double(score)) - (try logProbability(text, "--normalize", "0"))) < 1e-3)
    let (apart, both) = (text + "Marc sees a dog.\n", "Anna eats an apple. Marc sees a dog.\n")
    #expect(abs(try logProbability(both, "--split-sentences") - logProbability(apart)) < 1e-2)
    #expect(abs(try logProbability(both, "--no-split-sentences") - logProbability(apart)) > 1e-2)
  }

  @Test("training that was interrupted goes on and ends with the same parameters")
  func resume() throws {
    let folder = try Self.corpus()
    #expect(try Self.train(folder, "--model", "whole.sqlite", "--after-batches", "24").status == 0)
    #expect(try Self.train(folder, "--model", "parts.sqlite", "--after-batches", "11").status == 0)
    let second = try Self.train(folder, "--model", "parts.sqlite", "--after-batches", "24")
    #expect(second.status == 0)
    #expect(second.errors.contains("going on after update 11"))
    // The last parameters, not the best: what was ended after update 11 was validated there too, which may be its best.
    func bits(_ name: String) throws -> [[UInt32]] {
      try ModelDatabase(opening: folder.path(name)).tensors(.last).map { $0.values.map(\.bitPattern) }
    }
    let whole = try bits("whole.sqlite")
    #expect(try !whole.isEmpty && whole == bits("parts.sqlite"))
    // Nothing is left to do: the third run says so and ends well.
    let third = try Self.train(folder, "--model", "parts.sqlite", "--after-batches", "24")
    #expect(third.status == 0 && third.errors.contains("24 updates are done"))
  }

  @Test("fine-tuning starts from a model, on text that takes its vocabulary; an ensemble is of such models")
  func fineTuning() throws {
    let folder = try Self.corpus()
    try #require(try Self.train(folder, "--model", "m.sqlite", "--after-epochs", "12").status == 0)
    // A second corpus, without a vocabulary of its own.
    let tokenize = try CommandLineTool("tokenize")
    for split in ["train", "dev"] {
      let result = try tokenize.run(
        "import", "--db", "second.sqlite", "--source-lang", "en", "--target-lang", "fr", "--split", split,
        "\(split).en", "\(split).fr", in: folder.url)
      try #require(result.status == 0, "\(result.errors)")
    }
    let train = try CommandLineTool("train-seq2seq")
    var arguments = Self.small
    arguments[1] = "second.sqlite"
    // What does not fit writes nothing, nor does a plan.
    let wrong = try train.run(
      arguments + ["--model", "t.sqlite", "--init-from", "m.sqlite", "--dim-emb", "48"], bytes: [],
      in: folder.url)
    #expect(wrong.status == 78 && wrong.errors.contains("another shape"))
    let plan = try train.run(arguments + ["--init-from", "m.sqlite"], bytes: [], in: folder.url)
    #expect(plan.status == 64 && plan.errors.contains("takes that of --init-from"), "\(plan.errors)")
    #expect(try CorpusDatabase(opening: folder.path("second.sqlite")).vocabulary() == nil)
    let tuned = try train.run(
      arguments + [
        "--model", "t.sqlite", "--init-from", "m.sqlite", "--after-batches", "4", "--learn-rate", "0.001",
        "--profile",
      ],
      bytes: [], in: folder.url)
    #expect(tuned.status == 0 && tuned.errors.contains("it has that of m.sqlite now"), "\(tuned.errors)")
    #expect(tuned.errors.contains("attention"), "no profile: \(tuned.errors)")
    let fresh = try train.run(
      arguments + ["--model", "f.sqlite", "--after-batches", "4", "--learn-rate", "0.001"], bytes: [],
      in: folder.url)
    func loss(_ result: ToolResult) throws -> Double {
      let line = try #require(result.errors.split(separator: "\n").last { $0.contains("perplexity") })
      let words = line.split(separator: " ")
      let place = try #require(words.firstIndex(of: "loss"))
      return try #require(Double(words[place + 1]))
    }
    #expect(try loss(tuned) < loss(fresh) - 1, "a model that has learnt much is not better than a new one")

    let translate = try CommandLineTool("translate")
    let input = try folder.text(of: "dev.en")
    let ensemble = try translate.run("-m", "m.sqlite", "-m", "t.sqlite", input: input, in: folder.url)
    #expect(ensemble.status == 0 && ensemble.text.split(separator: "\n").count == 20, "\(ensemble.errors)")

    // Other languages: nothing is lent.
    for (split, name) in [("train", "back.sqlite"), ("dev", "back.sqlite")] {
      let result = try tokenize.run(
        "import", "--db", name, "--source-lang", "fr", "--target-lang", "en", "--split", split,
        "\(split).fr", "\(split).en", in: folder.url)
      try #require(result.status == 0, "\(result.errors)")
    }
    let turned = try train.run(
      ["--db", "back.sqlite"] + Self.small.dropFirst(2) + ["--model", "b.sqlite", "--init-from", "m.sqlite"],
      bytes: [],
      in: folder.url)
    #expect(turned.status == 78 && turned.errors.contains("m.sqlite translates en to fr"), "\(turned.errors)")
    #expect(try CorpusDatabase(opening: folder.path("back.sqlite")).vocabulary() == nil)

    // Other vocabularies, other shapes.
    let vocabulary = try CommandLineTool("build-vocab").run(
      "--db", "second.sqlite", "--size", "30", "--output", "other", in: folder.url)
    try #require(vocabulary.status == 0, "\(vocabulary.errors)")
    let refused = try train.run(
      arguments + ["--model", "r.sqlite", "--init-from", "m.sqlite"], bytes: [], in: folder.url)
    #expect(refused.status == 78 && refused.errors.contains("different vocabularies (source merges: "))
    #expect(try !folder.names.contains("r.sqlite"))
    let shape = try Self.train(folder, "--model", "r.sqlite", "--init-from", "m.sqlite", "--dim-emb", "48")
    #expect(shape.status == 78 && shape.errors.contains("dim-emb is 32 there and 48 here"))
    try #require(
      try train.run(arguments + ["--model", "o.sqlite", "--after-batches", "1"], bytes: [], in: folder.url)
        .status == 0)
    let unlike = try translate.run("-m", "m.sqlite", "-m", "o.sqlite", input: "Anna\n", in: folder.url)
    #expect(unlike.status == 78 && unlike.errors.contains("different vocabularies"))
  }

  @Test("Each flag reaches the setting of its name, with its value")
  func settings() throws {
    let (folder, train) = (try Self.corpus(), try CommandLineTool("train-seq2seq"))
    let plain = [
      "mini-batch": "7", "mini-batch-words": "300", "optimizer-delay": "3", "max-length": "77",
      "adam-beta1": "0.5", "adam-beta2": "0.75", "adam-epsilon": "0.125", "momentum": "0.25",
      "learn-rate": "0.0625", "lr-schedule": "exponential", "lr-warmup": "11", "lr-decay": "0.375",
      "lr-period": "13", "lr-cooldown": "0.625", "lr-patience": "17", "lr-floor": "0.875",
      "weight-decay": "1.5", "clip-norm": "2.5", "clip-value": "3.5", "dropout": "0.4375",
      "dropout-emb": "0.125", "dropout-layers": "0.25", "dropout-enc": "0.375", "dropout-out": "0.5",
      "dropout-readout": "0.625", "dropout-rnn": "0.75", "dropout-src": "0.1875", "dropout-trg": "0.3125",
      "bpe-dropout": "0.5625", "label-smoothing": "0.6875", "ema": "0.9375", "average": "4",
      "average-of": "best", "after-epochs": "19", "after-batches": "23", "after-minutes": "1.5",
      "early-stopping": "29", "early-stopping-on": "perplexity", "valid-freq": "31", "valid-sentences": "37",
      "save-minutes": "2.5", "seed": "41", "enc-depth": "2", "dec-depth": "3", "dim-emb": "24",
      "dim-rnn": "48", "enc-cell": "gru", "dec-cell": "elman", "bridge": "last", "attention": "general",
      "attention-timing": "before",
    ]
    let risk = [
      "risk-candidates": "5", "risk-weight": "1.5", "risk-sharpness": "0.75", "risk-after": "2",
      "optimizer": "sgd",
    ]
    let losses = [
      "r-drop": "1.5", "guided-alignment-weight": "0.75", "coverage-loss": "0.5",
      "scheduled-sampling": "0.25", "scheduled-sampling-warmup": "9",
    ]
    for (values, more) in [(plain, []), (risk, []), (losses, ["--attention", "mlp", "--coverage"])] {
      let plan = try train.run(
        ["--db", "c.sqlite"] + more + values.map { "--\($0)=\($1)" }, bytes: [], in: folder.url)
      let line = try #require(
        plan.text.split(separator: "\n").first { $0.hasPrefix("  set ") }, "\(plan.errors)")
      let set = ", " + line.dropFirst(6).trimmingCharacters(in: .whitespaces) + ","
      for (name, value) in values { #expect(set.contains(", \(name) \(value),"), "\(name): \(set)") }
    }
  }

  @Test("A training that is asked to end saves, says so by its exit code, and goes on later")
  func interrupted() throws {
    let folder = try Self.corpus()
    let script = """
      "$TOOL" \(Self.small.joined(separator: " ")) --model m.sqlite --after-batches 1000000 --after-minutes 1 2> log & pid=$!
      i=0; until grep -q 'million parameters' log || [ $i -gt 300 ]; do sleep 0.1; i=$((i+1)); done
      kill -TERM $pid; wait $pid; echo "status $?"
      """
    #expect(
      try CommandLineTool("train-seq2seq").shell(script, in: folder.url).text == "status 130\n")
    #expect(try folder.text(of: "log").contains("the same command goes on from there"))
    let step = try ModelDatabase(opening: folder.path("m.sqlite")).checkpoint(.last).step
    let again = try Self.train(folder, "--model", "m.sqlite", "--after-batches", "\(step + 1)")
    #expect(again.status == 0 && again.errors.contains("going on after update \(step)"), "\(again.errors)")
  }

  @Test("every field of a recipe is a flag, with a value of its own kind")
  func recipeFields() throws {
    let folder = try Self.corpus()
    try folder.write(
      """
      enc-cell: gru
      dec-cell: elman
      layer-normalization: true
      enc-connection: residual
      dec-connection: highway
      tied-embeddings-all: true
      coverage: true
      attention: mlp
      optimizer: sgd
      momentum: 0.5
      lr-schedule: inverse-sqrt
      lr-warmup: 10
      clip-value: 0.1
      mini-batch-words: 200
      optimizer-delay: 2
      bpe-dropout: 0.1
      r-drop: 1
      coverage-loss: 1
      scheduled-sampling: 0.1
      scheduled-sampling-warmup: 5
      dropout-emb: 0.1
      dropout-layers: 0.1
      dropout-rnn: 0.1
      ema: 0.9
      average: 2
      average-of: best
      early-stopping-on: perplexity
      after-batches: 6
      valid-freq: 2
      """, to: "all.yaml")
    let flags = ["--db", "c.sqlite", "--config", "all.yaml", "--dim-emb", "16", "--dim-rnn", "16"]
    let train = try CommandLineTool("train-seq2seq")
    let plan = try train.run(flags, bytes: [], in: folder.url)
    #expect(plan.status == 0 && plan.text.contains("GRU layer(s)") && plan.text.contains("Elman layer(s)"))
    #expect(plan.text.contains("sgd") && plan.text.contains("learn-rate 0.5"), "\(plan.text)")
    #expect(plan.text.contains("2 times 200 target words"), "\(plan.text)")
    let result = try train.run(flags + ["--model", "m.sqlite"], bytes: [], in: folder.url)
    #expect(result.status == 0 && result.errors.contains("6 updates are done"), "\(result.errors)")
    let translated = try CommandLineTool("translate").run(
      "-m", "m.sqlite", "-b", "2", input: "Anna eats an apple.\n", in: folder.url)
    #expect(
      translated.status == 0
        && translated.text.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    // All the flags that there are, at their defaults.
    let (fields, defaults) = try Self.recipeFlags(train)
    #expect(fields.count > 60 && fields.isSuperset(of: ["both-directions", "input-feeding", "seed"]))
    try folder.write(defaults, to: "defaults.yaml")
    let usual = try train.run(["--db", "c.sqlite"], bytes: [], in: folder.url)
    let same = try train.run(["--db", "c.sqlite", "--config", "defaults.yaml"], bytes: [], in: folder.url)
    // Settings are called as their flags are.
    let settings = plan.text.split(separator: "\n").first { $0.hasPrefix("  set ") }?.dropFirst(6) ?? ""
    for setting in settings.split(separator: ",") {
      let name = setting.split(separator: " ").first.map(String.init) ?? ""
      #expect(fields.contains(name), "\(setting)")
    }
    #expect(settings.split(separator: ",").count > 20, "\(settings)")
    // Rates that are those of other rates by default are 0 here, and that of learning is adam's.
    func planned(_ result: ToolResult) -> [Substring] {
      result.text.split(separator: "\n").filter { !$0.hasPrefix("  set ") }
    }
    #expect(
      same.status == 0 && planned(same) == planned(usual), "\(same.errors)")
    // Of two recipes the later one wins, and a flag over both.
    try folder.write("dim-rnn: 24\ndim-emb: 24\n", to: "later.yaml")
    let both = try train.run(
      [
        "--config", "later.yaml", "--db", "c.sqlite", "--config=all.yaml", "-c", "later.yaml", "--dim-emb",
        "8",
      ],
      bytes: [], in: folder.url)
    let silent = try train.run(
      [
        "--config", "later.yaml", "--db", "c.sqlite", "-qc", "all.yaml", "-c", "later.yaml", "--dim-emb", "8",
      ],
      bytes: [], in: folder.url)
    #expect(silent.text == both.text)
    let one = try train.run(
      ["--db", "c.sqlite", "--config", "all.yaml", "--dim-rnn", "24", "--dim-emb", "8"], bytes: [],
      in: folder.url)
    #expect(both.status == 0 && both.text == one.text && one.text != plan.text, "\(both.errors)")
    for name in ["db", "model", "workers", "init-from", "profile"] {
      #expect(!fields.contains(name))
      try folder.write("\(name): 1\n", to: "place.yaml")
      let place = try train.run(["--db", "c.sqlite", "--config", "place.yaml"], bytes: [], in: folder.url)
      #expect(place.status == 78 && place.errors.contains("there is no field \(name)"), "\(place.errors)")
    }
    // Links guide a model, from a file, which is not a recipe's business, or found in the corpus.
    try folder.write(String(repeating: "0-0\n", count: 180), to: "links")
    let guided = try train.run(
      flags + ["--model", "g.sqlite", "--guided-alignment", "links"], bytes: [], in: folder.url)
    #expect(guided.status == 0 && guided.errors.contains("180 training pairs have alignments"))
    let found = try train.run(
      flags + ["--model", "f.sqlite", "--guided-alignment-weight", "0.2"], bytes: [], in: folder.url)
    #expect(found.status == 0 && found.errors.contains("training pairs have alignments"), "\(found.errors)")
    try folder.write("guided-alignment: links\n", to: "place.yaml")
    let place = try train.run(["--db", "c.sqlite", "--config", "place.yaml"], bytes: [], in: folder.url)
    #expect(place.status == 78 && place.errors.contains("there is no field guided-alignment"))
  }

  /// The flags that shape a model and its training, as the program itself lists them, and a recipe with the default of each.
  private static func recipeFlags(_ train: CommandLineTool) throws -> (names: Set<String>, recipe: String) {
    struct Help: Decodable {
      struct Command: Decodable { let arguments: [Argument] }
      struct Argument: Decodable {
        struct Name: Decodable { let name: String }
        let kind: String
        let sectionTitle: String?
        let names: [Name]?
        let defaultValue: String?
      }
      let command: Command
    }
    let dump = try train.run("--experimental-dump-help")
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.text.utf8))
    var names: Set<String> = []
    var lines: [String] = []
    for argument in help.command.arguments
    where ["Model", "Training"].contains(argument.sectionTitle) {
      let name = argument.names![0].name
      guard name != "workers", !name.hasPrefix("no-") else { continue }
      names.insert(name)
      if argument.kind == "flag" {
        lines.append("\(name): \(["bidirectional", "input-feeding"].contains(name))")
      } else {
        lines.append("\(name): \(argument.defaultValue ?? (name == "learn-rate" ? "0.001" : "0"))")
      }
    }
    return (names, lines.joined(separator: "\n") + "\n")
  }

  @Test("Every recipe that comes with Passerelle can be trained with, and sets nothing in vain")
  func recipes() throws {
    let folder = try Self.corpus()
    let train = try CommandLineTool("train-seq2seq")
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let recipes = try FileManager.default.contentsOfDirectory(
      at: root.appendingPathComponent("recipes"), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "yaml" }
    #expect(recipes.count >= 7)
    for recipe in recipes {
      let plan = try train.run("--db", "c.sqlite", "--config", recipe.path, in: folder.url)
      #expect(plan.status == 0 && plan.text.contains("This would train"), "\(recipe.path): \(plan.errors)")
      // The corpus is tiny; nothing else is to be warned of.
      let warnings = plan.errors.split(separator: "\n").filter { !$0.contains("very few to learn from") }
      #expect(warnings.isEmpty, "\(recipe.path): \(plan.errors)")
    }
  }

  @Test("Each program says which Passerelle it is of, and what it writes says the same")
  func versions() throws {
    let names = ["tokenize", "build-vocab", "train-seq2seq", "translate", "score", "score-model"]
    let lines = try names.map { name in
      let result = try CommandLineTool(name).run("--version")
      #expect(result.status == 0 && result.text.hasPrefix("\(name) of Passerelle "), "\(result.errors)")
      return result.text.dropFirst(name.count + 4).prefix { $0 != "," && $0 != "\n" }
    }
    #expect(Set(lines).count == 1)
    let corpus = try Self.corpus().bytes(of: "c.sqlite")
    #expect(String(decoding: corpus, as: UTF8.self).contains(lines[0].lowercased()))
  }

  @Test("train-seq2seq: bad input has its exit code, and says what to do")
  func trainErrors() throws {
    let folder = try Self.corpus()
    let train = try CommandLineTool("train-seq2seq")
    func check(_ arguments: [String], status: Int32, _ words: String) throws {
      let result = try train.run(arguments, bytes: [], in: folder.url)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    try check(["--model", "m.sqlite"], status: 64, "--db")
    try check(["--db", "absent.sqlite"], status: 66, "absent.sqlite")
    try check(["--db", "c.sqlite", "--dim-rnn", "7"], status: 78, "dim-rnn 7 is odd")
    try check(["--db", "c.sqlite", "--attention", "wide"], status: 64, "wide")
    let blind = ["--db", "c.sqlite", "--attention", "none", "--no-input-feeding"]
    try check(blind + ["--guided-alignment-weight", "1"], status: 78, "none to guide")
    try check(blind + ["--coverage-loss", "1"], status: 78, "coverage-loss needs")
    let trained = try CommandLineTool("train-seq2seq").run(
      blind + ["--model", "b.sqlite", "--after-batches", "1"], bytes: [], in: folder.url)
    #expect(trained.status == 0, "\(trained.errors)")
    for form in ["hard", "soft", "drawing", "json"] {
      let result = try CommandLineTool("translate").run(
        "-m", "b.sqlite", "--alignment", form, input: "Anna\n", in: folder.url)
      #expect(result.status == (form == "json" ? 0 : 78), "\(form): \(result.errors)")
      #expect(result.status == 0 || result.errors.contains("without attention") && result.output.isEmpty)
    }
    try check(["--db", "c.sqlite", "--config", "absent.yaml"], status: 66, "absent.yaml")
    try folder.write("dim-emb: 32\ndim-rn: 64\n", to: "typo.yaml")
    try check(
      ["--db", "c.sqlite", "--config", "typo.yaml"], status: 78, "typo.yaml:2: there is no field dim-rn")
    try check(["--db", "c.sqlite", "--config", "typo.yaml"], status: 78, "did you mean dim-rnn?")
    // As an editor of Windows writes it.
    try folder.write("\u{FEFF}dim-emb: 24\r\ndim-rnn: 48\r\n", to: "windows.yaml")
    let windows = try train.run("--db", "c.sqlite", "--config", "windows.yaml", in: folder.url)
    #expect(windows.status == 0 && windows.text.contains("dim-emb 24, dim-rnn 48"), "\(windows.errors)")
    try folder.write("dim-emb: [1, 2]\n", to: "list.yaml")
    try check(["--db", "c.sqlite", "--config", "list.yaml"], status: 78, "takes one value")
    try folder.write("dim-emb: 32\ndropout: many\n", to: "word.yaml")
    try check(
      ["--db", "c.sqlite", "--config", "word.yaml"], status: 78, "word.yaml:2: dropout can't be many")
    try folder.write("dropout: -0.2\n", to: "below.yaml")
    try check(
      ["--db", "c.sqlite", "-c", "below.yaml"], status: 78,
      "error: below.yaml:1: dropout -0.2 is outside 0..<1")
    try check(
      ["--db", "c.sqlite", "-c", "below.yaml", "--dropout", "1"], status: 78,
      "error: dropout 1.0 is outside 0..<1")
    try check(["--db", "c.sqlite", "-c=absent.yaml"], status: 66, "absent.yaml")
    try check(
      ["--db", "c.sqlite", "--guided-alignment", "links", "--guided-alignment-weight", "0"], status: 64,
      "guides nothing")
    // Pairs that came after the vocabulary, and how to get on.
    let corpus = try CorpusDatabase(opening: folder.path("c.sqlite"))
    try corpus.importTSV(path: folder.write("Anna\tAnna\n", to: "more.tsv"), split: .dev, mode: .append)
    try check(["--db", "c.sqlite"], status: 65, "build-vocab --db c.sqlite --update")
    let buildVocab = try CommandLineTool("build-vocab")
    #expect(try buildVocab.run(["--db", "c.sqlite", "--update"], bytes: [], in: folder.url).status == 0)

    // Flags that are typed win over the recipe, `_` is `-`, and without a model nothing is written.
    try folder.write("dim_emb: 32\ndim-rnn: 64\ninput-feeding: false\n", to: "good.yaml")
    let plan = try train.run(
      ["--db", "c.sqlite", "--config", "good.yaml", "--dim_rnn", "128"], bytes: [], in: folder.url)
    #expect(plan.status == 0 && !plan.errors.contains("dec-connection"), "\(plan.errors)")
    #expect(plan.text.contains("word vectors 32") && plan.text.contains("LSTM layer(s) of 128"))
    #expect(!plan.text.contains("input feeding") && plan.text.contains("Nothing was trained"))

    let idle = try train.run(
      ["--db", "c.sqlite", "--dec-connection", "residual"], bytes: [], in: folder.url)
    #expect(idle.status == 0 && idle.errors.contains("warning: dec-connection residual connects"))

    try #require(try Self.train(folder, "--model", "m.sqlite", "--after-batches", "2").status == 0)
    try check(
      Self.small + ["--model", "m.sqlite", "--dim-emb", "48"], status: 78, "dim-emb is 32 there and 48 here")
    // Only a model is set aside, and only when all else fits.
    try check(Self.small + ["--model", "c.sqlite", "--no-reload"], status: 64, "is the corpus, not a model")
    try FileManager.default.createDirectory(atPath: folder.path("models"), withIntermediateDirectories: true)
    try check(Self.small + ["--model", "models", "--no-reload"], status: 64, "is a folder")
    try check(Self.small + ["--model", "train.en", "--no-reload"], status: 65, "not an SQLite database")
    try check(
      Self.small + ["--model", "m.sqlite", "--no-reload", "--guided-alignment", "absent"], status: 66,
      "absent")
    try check(
      Self.small + ["--model", "m.sqlite", "--no-reload", "--max-length", "2"], status: 65, "--max-length")
    #expect(try !folder.names.contains { $0.hasSuffix(".old") })
    // While one process trains a model, another is turned away, whatever it is about to do.
    let lock = try FileLock(path: folder.path("m.sqlite"))
    try check(
      Self.small + ["--model", "m.sqlite", "--no-reload"], status: 74,
      "m.sqlite is being changed by another process, number \(getpid())")
    lock.release()
    let anew = try Self.train(folder, "--model", "m.sqlite", "--no-reload", "--after-batches", "3")
    #expect(anew.status == 0)
    #expect(try folder.names.contains("m.sqlite.old"))
    #expect(try Self.train(folder, "--model", "m.sqlite", "--no-reload", "--after-batches", "2").status == 0)
    for (name, step) in [("m.sqlite", 2), ("m.sqlite.old-2", 3)] {
      #expect(try ModelDatabase(opening: folder.path(name)).checkpoint(.last).step == step)
    }
    #expect(try !folder.names.contains { $0.hasSuffix(".lock") })
  }

  @Test("translate: bad input has its exit code, and says what to do")
  func translateErrors() throws {
    let folder = try Self.corpus()
    let translate = try CommandLineTool("translate")
    func check(_ arguments: [String], status: Int32, _ words: String) throws {
      let result = try translate.run(arguments, bytes: Array("Anna\n".utf8), in: folder.url)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    try check(["-m", "absent.sqlite"], status: 66, "absent.sqlite")
    try check(["-m", "c.sqlite"], status: 65, "corpus database")
    try check(["-m", "train.en"], status: 65, "not an SQLite database")
    try check(["-b", "0"], status: 64, "from 1 to 1000")
    try check(["--n-best", "9"], status: 64, "beam size 5")
    try check(["--beamsize", "3"], status: 64, "beam-size")
    try #require(try Self.train(folder, "--model", "m.sqlite", "--after-batches", "2").status == 0)
    try folder.write("Anna\nMarc\n", to: "two.fr")
    try folder.write("Anna\n", to: "one.fr")
    try check(["-m", "m.sqlite", "--force-decode", "two.fr", "-o", "out"], status: 65, "more lines")
    try folder.write([0x1F, 0x8B, 8, 0, 0], to: "text.en.gz")
    try check(["-m", "m.sqlite", "-i", "text.en.gz"], status: 65, "text.en.gz is compressed by gzip")
    #expect(try !folder.names.contains("out"), "no half-written file")
    // What is written is no other file of the command line, and one standard input is read once.
    try check(["-m", "m.sqlite", "--html", "same.html", "-o", "./same.html"], status: 64, "are one file")
    try check(["-m", "m.sqlite", "-o", "m.sqlite"], status: 64, "are one file")
    try check(["-m", "m.sqlite", "--force-decode", "-"], status: 64, "one standard input")
    try check(["-m", "m.sqlite", "-q", "--profile"], status: 64, "--quiet")
    let dashed = try translate.run("-m", "m.sqlite", "-o", "-", input: "Anna\n", in: folder.url)
    #expect(dashed.status == 0 && dashed.text.split(separator: "\n").count == 1, "\(dashed.errors)")
    #expect(try !folder.names.contains("-"))
    // Without a word, warnings included.
    let quiet = try translate.run(
      ["-m", "m.sqlite", "-q", "--force-decode", "one.fr", "-b", "3"], bytes: Array("Anna\n".utf8),
      in: folder.url)
    #expect(quiet.status == 0 && quiet.errors.isEmpty, "\(quiet.errors)")

    // One byte of the parameters changed: found, never translated with.
    let tensors = try ModelDatabase(opening: folder.path("m.sqlite")).tensors(.best)
    let values = try #require(tensors.first { $0.name == "decoder.output.weight" }).values
    let needle = Data(values[100..<104].flatMap { withUnsafeBytes(of: $0.bitPattern) { Array($0) } })
    var bytes = Data(try folder.bytes(of: "m.sqlite"))
    var damaged = 0
    while let place = bytes.range(of: needle) {
      bytes[place.lowerBound] ^= 1
      damaged += 1
    }
    try #require(damaged > 0)
    try folder.write(Array(bytes), to: "m.sqlite")
    try check(["-m", "m.sqlite"], status: 65, "decoder.output.weight is damaged")
  }
}
