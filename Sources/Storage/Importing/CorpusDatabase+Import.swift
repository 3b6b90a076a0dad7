import Foundation
import GRDB

extension CorpusDatabase {
  /// Takes in the pairs of some inputs, one after another.
  ///
  /// The inputs are read in pieces, and all is one transaction: an error leaves the corpus as it was. What is
  /// left out goes to the table `rejected` with its place, the rule and the text, and the table `import` notes
  /// what was done.
  ///
  /// - Parameters:
  ///   - inputs: what to read.
  ///   - split: what the pairs are for.
  ///   - mode: what becomes of the pairs that the split holds.
  ///   - cleaning: which pairs are left out.
  ///   - progress: is told now and then how many lines, entries or units have been read.
  /// - Throws: ``StorageError``, as when the numbers of lines differ or not one pair could be taken, and the
  ///   errors of `Interchange` for what can't be read.
  @discardableResult
  public func importPairs(
    from inputs: [CorpusInput], split: Split, mode: ImportMode = .intoEmpty, cleaning: Cleaning,
    progress: ((Int) -> Void)? = nil
  ) throws -> ImportSummary {
    try file.write { db in
      let writer = try PairWriter(self, split: split, mode: mode, cleaning: cleaning, db)
      for input in inputs {
        try writer.take(input, progress: progress)
      }
      return try writer.finish(inputs: inputs, mode: mode)
    }
  }

  /// Takes in two files whose lines correspond. Unless told, only pairs with an empty side are left out.
  ///
  /// - Parameters:
  ///   - sourcePath: the sentences, one a line. A line ends at `\n` only.
  ///   - targetPath: their translations, with as many lines.
  @discardableResult
  public func importAligned(
    sourcePath: String, targetPath: String, split: Split, mode: ImportMode = .intoEmpty,
    cleaning: Cleaning = .emptySides
  ) throws -> ImportSummary {
    let input = CorpusInput.aligned(source: .path(sourcePath), target: .path(targetPath))
    return try importPairs(from: [input], split: split, mode: mode, cleaning: cleaning)
  }

  /// Takes in a file with the source, a tab and the target on each line. Unless told, only pairs with an empty
  /// side are left out.
  @discardableResult
  public func importTSV(
    path: String, split: Split, mode: ImportMode = .intoEmpty, cleaning: Cleaning = .emptySides
  ) throws -> ImportSummary {
    try importPairs(from: [.tabSeparated(.path(path))], split: split, mode: mode, cleaning: cleaning)
  }
}

/// One import in the middle of its transaction.
private final class PairWriter {
  private let corpus: CorpusDatabase
  private let db: Database
  private let split: Split
  private let cleaning: Cleaning
  private let cleaner: PairCleaner
  private var summary: ImportSummary
  private let insertPair: Statement
  private let insertRejected: Statement
  private let selectPair: Statement
  /// The pairs of this split, where they must be known again.
  private var own = PairIndex()
  /// The pairs that may not stand in `train`.
  private var held = PairIndex()
  private let findsDuplicates: Bool
  private let findsOverlap: Bool

  init(_ corpus: CorpusDatabase, split: Split, mode: ImportMode, cleaning: Cleaning, _ db: Database) throws {
    self.corpus = corpus
    self.db = db
    self.split = split
    self.cleaning = cleaning
    cleaner = PairCleaner(
      cleaning, sourceLanguage: corpus.sourceLanguage, targetLanguage: corpus.targetLanguage)
    summary = ImportSummary(split: split, cleaning: cleaning)
    insertPair = try db.makeStatement(
      sql: "INSERT INTO sentence_pair (split, source, target, origin, line) VALUES (?, ?, ?, ?, ?)")
    insertRejected = try db.makeStatement(
      sql: """
        INSERT INTO rejected (split, origin, line, rule, reason, source, target) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    selectPair = try db.makeStatement(
      sql: "SELECT source, target, split, origin, line FROM sentence_pair WHERE id = ?")
    findsDuplicates = cleaning.rules.contains(.duplicate)
    findsOverlap = cleaning.rules.contains(.overlap)
    try makeWay(mode)
    if findsDuplicates || (findsOverlap && split != .train) { own = try index(of: [split]) }
    if findsOverlap && split == .train { held = try index(of: [.dev, .test]) }
  }

  private func makeWay(_ mode: ImportMode) throws {
    let count = try CorpusDatabase.count(split: split, db)
    switch mode {
    case .append: return
    case .intoEmpty where count > 0:
      throw StorageError.splitNotEmpty(path: corpus.path, split: split, count: count)
    case .intoEmpty, .replace:
      summary.replaced = count
      for table in ["sentence_pair", "rejected", "import"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE split = ?", arguments: [split.rawValue])
      }
    }
  }

  private func index(of splits: [Split]) throws -> PairIndex {
    var index = PairIndex()
    for split in splits {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, source, target FROM sentence_pair WHERE split = ?", arguments: [split.rawValue])
      while let row = try rows.next() {
        index.insert(PairIndex.hash(source: row[1], target: row[2]), id: row[0])
      }
    }
    return index
  }

  // MARK: - Pair by pair

  func take(_ input: CorpusInput, progress: ((Int) -> Void)?) throws {
    let reader = try input.reader(
      sourceLanguage: corpus.sourceLanguage, targetLanguage: corpus.targetLanguage)
    summary.origins += input.files.map(\.name)
    while let candidate = try reader.next() {
      summary.candidates += 1
      try take(candidate, origin: reader.origin)
      if summary.candidates % 1000 == 0 { progress?(summary.candidates) }
    }
    progress?(summary.candidates)
  }

  private func take(_ candidate: CandidatePair, origin: String) throws {
    if let flaw = candidate.flaw {
      return try reject(flaw, candidate.source, candidate.target, origin, candidate.line)
    }
    let source = PairCleaner.composed(candidate.source)
    let target = PairCleaner.composed(candidate.target)
    let verdicts = cleaner.verdicts(source: source, target: target)
    if let verdict = verdicts.first(where: { !$0.rule.isSwitchable || cleaning.rules.contains($0.rule) }) {
      return try reject(verdict, source, target, origin, candidate.line)
    }
    let mustBeKnown = findsDuplicates || findsOverlap
    let hash = mustBeKnown ? PairIndex.hash(source: source, target: target) : 0
    if let place = try place(of: hash, source, target, in: held) {
      let verdict = PairCleaner.Verdict(rule: .overlap, reason: "it stands in \(place)")
      return try reject(verdict, source, target, origin, candidate.line)
    }
    if findsDuplicates, let place = try place(of: hash, source, target, in: own) {
      let verdict = PairCleaner.Verdict(rule: .duplicate, reason: "the same as \(place)")
      return try reject(verdict, source, target, origin, candidate.line)
    }
    for verdict in verdicts { summary.noteKept(verdict, at: "\(origin):\(candidate.line)", text: source) }
    try insertPair.execute(arguments: [split.rawValue, source, target, origin, candidate.line])
    summary.imported += 1
    if findsDuplicates || (findsOverlap && split != .train) { own.insert(hash, id: db.lastInsertedRowID) }
  }

  /// Where a pair stands already, as `dev, dev.en:17`, by an index and by its text.
  private func place(
    of hash: UInt64, _ source: String, _ target: String, in index: PairIndex
  ) throws -> String? {
    var place: String?
    _ = try index.first(hash) { id in
      guard let row = try Row.fetchOne(selectPair, arguments: [id]) else { return false }
      let (otherSource, otherTarget): (String, String) = (row[0], row[1])
      guard otherSource.utf8.elementsEqual(source.utf8), otherTarget.utf8.elementsEqual(target.utf8) else {
        return false
      }
      let (split, origin, line): (String, String, Int) = (row[2], row[3], row[4])
      place = "\(split), \(origin):\(line)"
      return true
    }
    return place
  }

  private func reject(
    _ verdict: PairCleaner.Verdict, _ source: String, _ target: String, _ origin: String, _ line: Int
  ) throws {
    summary.noteLeftOut(verdict, at: "\(origin):\(line)", text: source)
    try note(verdict, source, target, origin, line, split: split)
  }

  private func note(
    _ verdict: PairCleaner.Verdict, _ source: String, _ target: String, _ origin: String, _ line: Int,
    split: Split
  ) throws {
    // SQLite's own functions and its shell take U+0000 for the end of a text.
    let texts = [source, target].map { text in
      text.utf8.contains(0)
        ? String(text.unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : Character($0) }) : text
    }
    try insertRejected.execute(arguments: [
      split.rawValue, origin, line, verdict.rule.rawValue, verdict.reason, texts[0], texts[1],
    ])
  }

  // MARK: - The end

  func finish(inputs: [CorpusInput], mode: ImportMode) throws -> ImportSummary {
    guard summary.imported > 0 else {
      let reasons = RejectionRule.allCases.compactMap { rule in
        summary.tallies[rule].map {
          "\($0.leftOut) times \(rule.rawValue), first \($0.firstPlace): \($0.reason)"
        }
      }
      throw StorageError.nothingToImport(
        input: summary.origins.count > 2
          ? "\(summary.origins.count) files" : summary.origins.joined(separator: " and "),
        reasons: reasons.isEmpty ? "there is none in it" : reasons.joined(separator: "; "))
    }
    if findsOverlap && split != .train { try removeOverlapFromTrain() }
    try db.execute(
      sql: """
        INSERT INTO import (split, mode, origins, cleaning, candidates, taken, tool_version)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        split.rawValue, mode.rawValue, try JSONText.encode(summary.origins), try JSONText.encode(cleaning),
        summary.candidates, summary.imported, StorageVersion.current,
      ])
    return summary
  }

  /// Moves the train pairs that stand in this split to `rejected`.
  private func removeOverlapFromTrain() throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, source, target, origin, line FROM sentence_pair WHERE split = 'train'")
    var found: [Int64] = []
    while let row = try rows.next() {
      let pair = CorpusDatabase.pair(row)
      let hash = PairIndex.hash(source: pair.source, target: pair.target)
      guard let place = try place(of: hash, pair.source, pair.target, in: own) else { continue }
      let verdict = PairCleaner.Verdict(rule: .overlap, reason: "it stands in \(place)")
      try note(verdict, pair.source, pair.target, pair.origin, pair.line, split: .train)
      let first = ImportSummary.Tally(
        firstPlace: "\(pair.origin):\(pair.line)", reason: verdict.reason, text: pair.source)
      summary.removedFromTrain = summary.removedFromTrain ?? first
      summary.removedFromTrain?.leftOut += 1
      found.append(pair.id)
    }
    let delete = try db.makeStatement(sql: "DELETE FROM sentence_pair WHERE id = ?")
    for id in found { try delete.execute(arguments: [id]) }
  }
}
