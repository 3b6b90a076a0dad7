import ArgumentParser
import Console
import Foundation
import Seq2Seq
import Tensors

/// How alignments are printed behind translations.
enum AlignmentFormat: String, ExpressibleByArgument, CaseIterable {
  /// `0-0 1-2`: for each target word the source word it looked at most.
  case hard
  /// For each target word the weights of all source words.
  case soft
  /// One JSON object a line, with words and weights.
  case json
  /// Under each translation, the weights as blocks, for a person at a terminal.
  case drawing
}

/// `translate`: lines in, lines out.
struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Translate text, a line at a time, or what is empty in a PO or TMX file.",
    discussion: """
      Reads raw text from the standard input and writes as many lines as it reads. A translation does not depend on \
      the lines around it. Without -m the model is $PASSERELLE_MODEL, else models/default.model.sqlite, else the one \
      that make install-model installed.

        translate -m models/en-fr.model.sqlite < en.txt > fr.txt
        translate -m one.model.sqlite -m two.model.sqlite < en.txt > fr.txt
        translate --alignment drawing < en.txt
        translate --html pictures.html < en.txt > fr.txt
        translate --format po < fr.po > filled.po
        translate -m en-fr.model.sqlite --quantize small.model.sqlite
      """,
    version: Release.line("translate"))

  @Option(
    name: .shortAndLong, help: "The model file; given several times, the mean of the models' probabilities.")
  var model: [String] = []

  @Option(name: .shortAndLong, help: "Hypotheses kept a step; 1 is greedy search, the fastest.")
  var beamSize = 5

  @Option(
    help: "Rank hypotheses by log-probability over length to this power, 0 to 10; 0: by log-probability.")
  var normalize: Float = SearchOptions().lengthPenalty

  @Flag(
    inversion: .prefixedNo,
    help:
      "Search from right to left as well, or read the source back out of what was found, and rank by all of it. Models of both orders or directions do it unless told not to."
  )
  var rerank: Bool?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Translate each sentence of a line by itself, or never part a line. By default, lines of more sentences than the model has learnt from are parted into lines of so many."
  )
  var splitSentences: Bool?

  @Flag(help: "Translate back, from the model's target language. For models of both directions.")
  var reverse = false

  @Option(help: "Print the N best translations of each line, as `line ||| translation ||| score`.")
  var nBest: Int?

  @Option(
    help:
      "Print the alignment behind each translation: hard, soft or json, or a drawing under it, to look at.")
  var alignment: AlignmentFormat?

  @Option(help: "Write a page with pictures of the alignments to this file, of the first 200 sentences.")
  var html: String?

  @Option(help: "Write a picture of each line's alignment to this folder, as 1.svg, 2.svg and so on.")
  var svg: String?

  @Option(
    help:
      "Do not search: read the given translations, a line each; with --alignment or --html, show how they align."
  )
  var forceDecode: String?

  @Option(
    name: .customLong("format"),
    help:
      "What is read: text, or a po or tmx file whose empty entries are filled. The name of --input tells unless it is given."
  )
  var givenFormat: InputFormat?

  @Option(help: "Threads that translate side by side; 0: one a processor.")
  var threads = 0

  @Option(
    help:
      "Weights in f32 or, faster, bf16 or int8; auto: int8 where the processor has instructions for it. Without it, as the model file has them."
  )
  var precision: WeightChoice?

  @Option(help: "Do not translate: write the model with weights in 8 bits to this file.")
  var quantize: String?

  @Option(
    help:
      "Consider only so many translations of each source word, and frequent words; 0: all words. 50 is usual."
  )
  var shortlist = 0

  @Flag(help: "At the end, show where the time of translation went, by operation.")
  var profile = false

  @Option(name: .shortAndLong, help: "Read this file instead of the standard input.")
  var input: String?

  @Option(name: .shortAndLong, help: "Write this file instead of the standard output, whole or not at all.")
  var output: String?

  @Flag(name: .shortAndLong, help: "Say which model is used, and how fast it was.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard (1...SearchOptions.largestBeamSize).contains(beamSize) else {
      throw ValidationError(
        "--beam-size is a number from 1 to \(SearchOptions.largestBeamSize), not \(beamSize).")
    }
    if let nBest, !(1...beamSize).contains(nBest) {
      throw ValidationError("--n-best is a number from 1 to the beam size \(beamSize), not \(nBest).")
    }
    if rerank == true, beamSize == 1 {
      throw ValidationError("--rerank chooses among the hypotheses of a beam; --beam-size 1 leaves one.")
    }
    if rerank == true, forceDecode != nil {
      throw ValidationError("--force-decode leaves nothing to choose, so it does not go with --rerank.")
    }
    if shortlist < 0 { throw ValidationError("--shortlist can't be negative.") }
    guard (0...Translator.mostThreads).contains(threads) else {
      throw ValidationError("--threads is a number from 0 to \(Translator.mostThreads), not \(threads).")
    }
    guard (0...SearchOptions.largestLengthPenalty).contains(normalize) else {
      throw ValidationError(
        "--normalize is a number from 0 to \(Int(SearchOptions.largestLengthPenalty)), not \(normalize).")
    }
    if quiet, verbose || profile {
      throw ValidationError("--quiet leaves nothing of --verbose and --profile; give one or the other.")
    }
    if forceDecode == "-", (input ?? "-") == "-" {
      throw ValidationError(
        "There is one standard input, for the text or for the translations of --force-decode; name the other file."
      )
    }
    // What is written takes the place of nothing that is read, but for the text: a catalogue may be filled where it is.
    let written = [resultPath, html].compactMap(\.self)
    let kept = model + [forceDecode].compactMap(\.self)
    func file(_ path: String) -> URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }
    for (place, path) in written.enumerated() where !path.hasPrefix("/dev/") {
      if let other = (written[..<place] + kept).first(where: { file($0) == file(path) }) {
        throw ValidationError("\(path) and \(other) are one file; give each a path of its own.")
      }
    }
    if quantize != nil {
      guard model.count < 2, precision == nil, nBest == nil, alignment == nil, html == nil, svg == nil,
        forceDecode == nil, rerank == nil, splitSentences == nil, !reverse, shortlist == 0, threads == 0,
        !profile,
        beamSize == 5,
        normalize == SearchOptions().lengthPenalty, format == .text, input == nil, output == nil
      else {
        throw ValidationError(
          "--quantize takes one model, and goes with nothing that is about translations or their precision.")
      }
    }
    let asksForAlignments = alignment != nil || html != nil || svg != nil || forceDecode != nil
    if let output, output.hasSuffix(".gz") {
      throw ValidationError(
        "\(output) would not be compressed; name it without .gz, and compress it with gzip.")
    }
    if nBest != nil, asksForAlignments {
      throw ValidationError("--n-best goes with neither --alignment, --html, --svg nor --force-decode.")
    }
    if format != .text, nBest != nil || asksForAlignments {
      throw ValidationError(
        "--format \(format.rawValue) goes with neither --n-best, --alignment, --html, --svg nor --force-decode."
      )
    }
  }

  func run() {
    Tool("translate", quiet: quiet, warns: !quiet).run { tool in
      let paths = model.isEmpty ? [try ModelPath.find()] : model
      if verbose { for path in paths { tool.note("model \(path)") } }
      if let quantize {
        let isNew = !FileManager.default.fileExists(atPath: quantize)
        try ModelQuantization.write(contentsOf: paths[0], to: quantize)
        if !isNew { tool.note("\(quantize) took the place of the one that was there") }
        if verbose {
          let sizes = try [quantize, paths[0]].map { try Self.megabytes($0) }
          tool.note("\(quantize) is \(sizes[0]) MB, the model is \(sizes[1]) MB")
        }
        return
      }
      let times = SharedProfile()
      let translator = try Translator(
        contentsOf: paths.map { URL(fileURLWithPath: $0) }, threads: threads, weights: precision?.format,
        shortlist: shortlist, direction: reverse ? .reverse : .forward, profile: profile ? times : nil)
      noteWeights(of: translator, tool)
      if forceDecode != nil, alignment == nil, html == nil, svg == nil {
        tool.warning(
          "--force-decode by itself gives back what it is given; add --alignment, --html or --svg to see how it aligns"
        )
      }
      if !idleOptions.isEmpty {
        tool.warning(
          "--force-decode does not search, so that \(idleOptions.joined(separator: ", ")) changed nothing")
      }
      guard rerank != true || translator.canRank else {
        throw ConsoleError.failure(
          .configuration,
          "--rerank needs a model that is trained with --both-orders or --both-directions, which "
            + (paths.count == 1 ? paths[0] : "one of \(paths.joined(separator: ", "))") + " is not")
      }
      let started = Date()
      let (count, seconds) = try translate(with: translator, tool)
      if profile {
        for line in times.table(threadSeconds: seconds * Double(translator.threads)) { tool.note(line) }
      }
      if verbose {
        let seconds = Date().timeIntervalSince(started)
        tool.note(
          String(
            format: "%d %@ in %.2f s, %.1f a second; ", count, format.unit, seconds,
            Double(count) / max(seconds, 1e-9)) + ProcessMemory.report)
      }
    }
  }

  /// Translates all there is.
  ///
  /// - Returns: how many lines, entries or units there are, and how long the translating alone took.
  private func translate(with translator: Translator, _ tool: Tool) throws -> (count: Int, seconds: Double) {
    let options = searchOptions
    guard format == .text else {
      let progress = TranslationProgress(input: input, output: resultPath, quiet: quiet, unit: "texts")
      defer { progress.finish() }
      let filling = FormatFilling(format: format, translator: translator, options: options)
      return (try filling.run(input: input, output: resultPath, progress, tool), progress.seconds)
    }
    guard
      translator.hasAttention || html == nil && svg == nil && (alignment == nil || alignment == .json)
    else {
      throw ConsoleError.failure(
        .configuration,
        "a model without attention has no alignments; leave --html, --svg and --alignment out, which but for "
          + "--alignment json have nothing to show")
    }
    let reader = try LineReader(path: input)
    let references = try forceDecode.map { try LineReader(path: $0) }
    let pictures: [(any AlignmentPictures)?] = [
      try html.map { try PicturePage(path: $0) }, svg.map { PictureFolder(path: $0) },
    ]
    let progress = TranslationProgress(
      input: input, output: resultPath, quiet: quiet, unit: "lines", total: reader.lineCount)
    defer { progress.finish() }
    let text = TextTranslation(
      translator: translator, options: options, isList: nBest != nil, alignment: alignment,
      pictures: pictures.compactMap(\.self), progress: progress)
    return (
      try text.run(reader, references: references, to: OutputSink(path: resultPath), tool), progress.seconds
    )
  }

  /// Options that were given and change nothing where translations are given.
  private var idleOptions: [String] {
    guard forceDecode != nil else { return [] }
    let usual = SearchOptions()
    return [
      ("--beam-size", beamSize != usual.beamSize), ("--normalize", normalize != usual.lengthPenalty),
      ("--no-rerank", rerank == false), ("--split-sentences", splitSentences == true),
      ("--no-split-sentences", splitSentences == false),
      ("--shortlist", shortlist > 0),
    ].filter(\.1).map(\.0)
  }

  /// Where the translations go; nil is the standard output.
  private var resultPath: String? { output == "-" ? nil : output }

  /// What is read.
  private var format: InputFormat { givenFormat ?? input.flatMap(InputFormat.init(name:)) ?? .text }

  private var searchOptions: SearchOptions {
    var options = SearchOptions()
    options.beamSize = beamSize
    options.lengthPenalty = normalize
    if rerank == false { options.ranking = .off }
    options.bestCount = nBest ?? 1
    if let splitSentences { options.splitting = splitSentences ? .always : .never }
    return options
  }

  private func noteWeights(of translator: Translator, _ tool: Tool) {
    guard verbose else { return }
    if translator.canRank, rerank != false, beamSize > 1, forceDecode == nil {
      let parts = [
        translator.ranksByOrders ? "\(translator.ranking.orderWeight) of the other order" : nil,
        translator.ranksByDirections ? "\(translator.ranking.directionWeight) of the source read back" : nil,
      ].compactMap(\.self)
      tool.note("hypotheses are ranked with a weight of \(parts.joined(separator: " and "))")
    }
    if splitSentences == nil, let count = translator.sentencesPerLine, forceDecode == nil {
      tool.note("lines of more than \(count) sentence\(count == 1 ? "" : "s") are translated in parts")
    }
    let names = translator.weights.map { [.int8: "8 bits", .bf16: "16 bits"][$0] ?? "32 bits" }
    tool.note("weights in \(names.joined(separator: " and "))\(precision == nil ? ", as stored" : "")")
  }

  /// The size of a file.
  private static func megabytes(_ path: String) throws -> String {
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Double ?? 0
    return String(format: "%.1f", bytes / 1e6)
  }
}

/// What `--precision` takes.
enum WeightChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, f32, bf16, int8

  /// The format, `nil` for that of the file: with `auto` a file of 8 bits is taken as it is anywhere.
  var format: WeightFormat? {
    switch self {
    case .auto: WeightFormat.fastest == .int8 ? .int8 : nil
    case .f32: .f32
    case .bf16: .bf16
    case .int8: .int8
    }
  }
}
