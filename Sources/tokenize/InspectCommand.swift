import ArgumentParser
import Console
import Foundation
import Storage
import Text

/// `tokenize inspect`: shows what a corpus database holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a corpus database holds.",
    discussion: """
      Example:
        tokenize inspect --db demo.corpus.sqlite --sample 3
      """)

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database.")
  var db: String

  @Option(help: "Show so many pairs of each split, drawn evenly.")
  var sample = 0

  func validate() throws {
    if sample < 0 { throw ValidationError("--sample is \(sample); give 0 or more.") }
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "inspect")
    Tool("tokenize", quiet: filter.quiet).run { _ in
      let corpus = try CorpusDatabase(opening: db, readOnly: true)
      let writer = LineWriter()
      try describe(corpus, writer)
      for split in Split.allCases { try describe(corpus, split, writer) }
      try describeVocabulary(corpus, writer)
      try writer.flush()
    }
  }

  private func describe(_ corpus: CorpusDatabase, _ writer: LineWriter) throws {
    let about = try corpus.description()
    try writer.writeLine("corpus      \(corpus.path)")
    try writer.writeLine("languages   \(corpus.sourceLanguage) -> \(corpus.targetLanguage)")
    try writer.writeLine("created     \(about.createdAt)")
    if !about.licence.isEmpty { try writer.writeLine("licence     \(about.licence)") }
    if !about.source.isEmpty { try writer.writeLine("source      \(about.source)") }
  }

  private func describe(_ corpus: CorpusDatabase, _ split: Split, _ writer: LineWriter) throws {
    var source = SideStatistics(language: corpus.sourceLanguage)
    var target = SideStatistics(language: corpus.targetLanguage)
    var pairs = 0
    try corpus.forEachPair(split: split) { pair in
      pairs += 1
      source.add(pair.source)
      target.add(pair.target)
    }
    try writer.writeLine("")
    try writer.writeLine("\(split.rawValue.padded(to: 12))\(pairs) pairs")
    if pairs > 0 {
      try writer.writeLine("  \(source.line)")
      try writer.writeLine("  \(target.line)")
    }
    let rejected = Dictionary(grouping: try corpus.rejectedLines(split: split), by: \.reason)
    for reason in ImportFinding.allCases {
      guard let lines = rejected[reason], let first = lines.first else { continue }
      try writer.writeLine(
        "  left out  \(lines.count): \(reason.rawValue), first \(first.origin):\(first.line)")
    }
    for pair in try corpus.sample(split: split, count: sample) {
      try writer.writeLine("  \(pair.origin):\(pair.line)")
      try writer.writeLine("    \(pair.source)")
      try writer.writeLine("    \(pair.target)")
    }
  }

  private func describeVocabulary(_ corpus: CorpusDatabase, _ writer: LineWriter) throws {
    try writer.writeLine("")
    guard let record = try corpus.vocabulary(), let id = try corpus.vocabularyID() else {
      try writer.writeLine("vocabulary  none yet; run build-vocab")
      return
    }
    let codecs = try record.codecs()
    let (source, target) = (codecs.source.vocabulary.count, codecs.target.vocabulary.count)
    let size = record.isShared ? "\(source) shared symbols" : "\(source) and \(target) symbols"
    try writer.writeLine(
      "vocabulary  \(record.name): \(record.sourceConfiguration.kind.rawValue), \(size)")
    for split in Split.allCases {
      let missing = try corpus.countWithoutSegments(vocabulary: id, split: split)
      if missing > 0 {
        try writer.writeLine(
          "  \(missing) \(split.rawValue) pairs came after it; run build-vocab again to take them in")
      }
    }
  }
}

/// The lengths of one side of a split in tokens.
private struct SideStatistics {
  let language: String
  private let normalizer = Normalizer()
  private let tokenizer: Tokenizer
  private var lines = 0
  private var total = 0
  private var longest = 0

  init(language: String) {
    self.language = language
    tokenizer = Tokenizer(language: language)
  }

  mutating func add(_ text: String) {
    let count = tokenizer.tokenize(normalizer(text)).count
    lines += 1
    total += count
    longest = max(longest, count)
  }

  var line: String {
    let mean = String(format: "%.1f", Double(total) / Double(max(lines, 1)))
    return "\(language.padded(to: 8))  \(total) tokens, \(mean) a sentence, at most \(longest)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
