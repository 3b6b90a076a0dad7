import Foundation
import GRDB

extension CorpusDatabase {
  /// Takes in the pairs of some inputs, one after another.
  ///
  /// The inputs are read in pieces, and all is one transaction: an error leaves the corpus as it was. What is
  /// left out goes to the table `rejected` with its place, the rule and the text, and the table `import` notes
  /// what was done. An append that leaves out duplicates notes only what is new: what the split held before it, or
  /// what was left out before by the same rule, is counted and not stored again.
  ///
  /// A dev or test set that is replaced gives back to `train` what was left out of it for that set alone, the pairs
  /// that ``holdOut(dev:test:)`` took for it included.
  ///
  /// - Parameters:
  ///   - inputs: what to read.
  ///   - split: what the pairs are for.
  ///   - mode: what becomes of the pairs that the split holds.
  ///   - cleaning: which pairs are left out.
  ///   - progress: is told now and then how many lines, entries or units have been read.
  /// - Throws: ``StorageError``, as when the numbers of lines differ or not one pair could be taken, unless an
  ///   append finds pairs that are there already; and the errors of `Interchange` for what can't be read.
  @discardableResult
  public func importPairs(
    from inputs: [CorpusInput], split: Split, mode: ImportMode = .intoEmpty, cleaning: Cleaning,
    progress: ((Int) -> Void)? = nil
  ) throws -> ImportSummary {
    try file.write { db in
      try checkLanguages(db)
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
  /// - Throws: as ``importPairs(from:split:mode:cleaning:progress:)``.
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
  ///
  /// - Throws: as ``importPairs(from:split:mode:cleaning:progress:)``.
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
  private let findsDuplicates: Bool
  private let findsOverlap: Bool
  /// The pairs of this split, where they must be known again.
  private var own: PairLookup?
  /// What may not stand in `train`, where that is asked.
  private var held: HeldPairs?
  /// The last pair and the last rejected one before an append that leaves out duplicates.
  private var before: (pair: Int64, rejected: Int64)?
  /// What had been left out before that, by the rules that came up.
  private var rejectedBefore: [RejectionRule: PairLookup] = [:]
  /// The least number that its pairs can have.
  private let firstPairID: Int64

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
        INSERT INTO rejected (split, origin, line, rule, reason, source, target, pair_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let last = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'sentence_pair'")
    firstPairID = (last ?? 0) + 1
    findsDuplicates = cleaning.rules.contains(.duplicate)
    findsOverlap = cleaning.rules.contains(.overlap)
    try makeWay(mode)
    if findsDuplicates || (findsOverlap && split != .train) {
      own = try PairLookup(db, where: "split = ?", arguments: [split.rawValue])
    }
    if findsOverlap && split == .train { held = try HeldPairs(db) }
    if findsDuplicates && mode == .append {
      let pair = try Int64.fetchOne(db, sql: "SELECT max(id) FROM sentence_pair") ?? 0
      let rejected = try Int64.fetchOne(db, sql: "SELECT max(id) FROM rejected") ?? 0
      before = (pair: pair, rejected: rejected)
    }
  }

  private func makeWay(_ mode: ImportMode) throws {
    let count = try CorpusDatabase.count(split: split, db)
    switch mode {
    case .append: return
    case .intoEmpty where count > 0:
      throw StorageError.splitNotEmpty(path: corpus.path, split: split, count: count)
    case .intoEmpty, .replace:
      summary.replaced = count
      if split != .train { try noteHeldOut() }
      for table in ["sentence_pair", "rejected", "import"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE split = ?", arguments: [split.rawValue])
      }
    }
  }

  /// Notes the pairs of this split that were held out as left out of `train`, unless what they came from was replaced.
  private func noteHeldOut() throws {
    try db.execute(
      sql: """
        INSERT INTO rejected (split, origin, line, rule, reason, source, target, pair_id)
        SELECT 'train', origin, line, 'overlap', 'it was held out for ' || split, source, target, id
        FROM sentence_pair
        WHERE split = ? AND held_out
          AND EXISTS (
            SELECT 1 FROM import, json_each(origins)
            WHERE import.split = 'train' AND value = origin AND first_pair_id <= sentence_pair.id)
        """,
      arguments: [split.rawValue])
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
    let hash = own == nil && held == nil ? 0 : PairIndex.hash(source: source, target: target)
    if let verdict = try held?.verdict(source: source, target: target, hash: hash) {
      return try reject(verdict, source, target, origin, candidate.line)
    }
    if findsDuplicates, let place = try own?.place(source: source, target: target, hash: hash) {
      let verdict = PairCleaner.Verdict(rule: .duplicate, reason: "the same as \(place.name)")
      return try reject(
        verdict, source, target, origin, candidate.line, isKnown: place.id <= before?.pair ?? 0)
    }
    // A rule that both sides break is broken by one pair.
    for (place, verdict) in verdicts.enumerated()
    where !verdicts[..<place].contains(where: { $0.rule == verdict.rule }) {
      summary.noteKept(verdict, at: "\(origin):\(candidate.line)", text: source)
    }
    try insertPair.execute(arguments: [split.rawValue, source, target, origin, candidate.line])
    summary.imported += 1
    own?.insert(hash, id: db.lastInsertedRowID)
  }

  /// Counts a pair as left out, and notes it unless it is known from before.
  private func reject(
    _ verdict: PairCleaner.Verdict, _ source: String, _ target: String, _ origin: String, _ line: Int,
    isKnown: Bool = false
  ) throws {
    summary.noteLeftOut(verdict, at: "\(origin):\(line)", text: source)
    let texts = (source: Self.storable(source), target: Self.storable(target))
    guard try !isKnown && !wasRejected(verdict.rule, texts.source, texts.target) else {
      summary.known += 1
      return
    }
    try insertRejected.execute(arguments: [
      split.rawValue, origin, line, verdict.rule.rawValue, verdict.reason, texts.source, texts.target, nil,
    ])
  }

  /// SQLite's own functions and its shell take U+0000 for the end of a text.
  private static func storable(_ text: String) -> String {
    text.utf8.contains(0)
      ? String(text.unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : Character($0) }) : text
  }

  /// Whether a rule had left out the same texts before an append that leaves out duplicates.
  private func wasRejected(_ rule: RejectionRule, _ source: String, _ target: String) throws -> Bool {
    guard let before, before.rejected > 0 else { return false }
    if rejectedBefore[rule] == nil {
      rejectedBefore[rule] = try PairLookup(
        db, in: "rejected", where: "split = ? AND rule = ? AND id <= ?",
        arguments: [split.rawValue, rule.rawValue, before.rejected])
    }
    return try rejectedBefore[rule]?.place(source: source, target: target) != nil
  }

  // MARK: - The end

  func finish(inputs: [CorpusInput], mode: ImportMode) throws -> ImportSummary {
    guard summary.imported > 0 || summary.known > 0 else {
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
    if split != .train {
      if summary.replaced > 0 { summary.returnedToTrain = try corpus.returnOverlap(db) }
      if findsOverlap { try removeOverlapFromTrain() }
    }
    try db.execute(
      sql: """
        INSERT INTO import (split, mode, origins, cleaning, candidates, taken, tool_version, first_pair_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        split.rawValue, mode.rawValue, try JSONText.encode(summary.origins), try JSONText.encode(cleaning),
        summary.candidates, summary.imported, StorageVersion.current, firstPairID,
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
      guard let place = try own?.place(source: pair.source, target: pair.target) else { continue }
      let verdict = PairCleaner.Verdict(rule: .overlap, reason: "it stands in \(place.name)")
      try insertRejected.execute(arguments: [
        Split.train.rawValue, pair.origin, pair.line, verdict.rule.rawValue, verdict.reason, pair.source,
        pair.target, pair.id,
      ])
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
