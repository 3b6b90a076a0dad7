import Foundation
import GRDB
import Text

extension CorpusDatabase {
  /// Takes in two files whose lines correspond.
  ///
  /// The files are read in pieces, and all is one transaction: an error leaves the corpus as it was. Lines
  /// with an empty side or bytes that are not UTF-8 go to the table `rejected` with the reason.
  ///
  /// - Parameters:
  ///   - sourcePath: the sentences, one a line. A line ends at `\n` only.
  ///   - targetPath: their translations, with as many lines.
  ///   - split: what they are for.
  ///   - mode: what becomes of the pairs that the split holds.
  ///   - progress: is told now and then how many lines have been read.
  /// - Throws: ``StorageError``, as when the numbers of lines differ or not one pair could be taken.
  @discardableResult
  public func importAligned(
    sourcePath: String, targetPath: String, split: Split, mode: ImportMode = .intoEmpty,
    progress: ((Int) -> Void)? = nil
  ) throws -> ImportSummary {
    let reader = try AlignedFilesReader(sourcePath: sourcePath, targetPath: targetPath)
    return try importPairs(from: reader, split: split, mode: mode, progress: progress)
  }

  /// Takes in a file with the source, a tab and the target on each line. Otherwise it is as
  /// ``importAligned(sourcePath:targetPath:split:mode:progress:)``.
  @discardableResult
  public func importTSV(
    path: String, split: Split, mode: ImportMode = .intoEmpty, progress: ((Int) -> Void)? = nil
  ) throws -> ImportSummary {
    let reader = try TabSeparatedReader(path: path)
    return try importPairs(from: reader, split: split, mode: mode, progress: progress)
  }

  private func importPairs(
    from reader: some PairReader, split: Split, mode: ImportMode, progress: ((Int) -> Void)?
  ) throws -> ImportSummary {
    try file.write { db in
      var summary = ImportSummary(split: split, origins: reader.origins)
      try makeWay(for: split, mode: mode, &summary, db)
      let insertPair = try db.makeStatement(
        sql: "INSERT INTO sentence_pair (split, source, target, origin, line) VALUES (?, ?, ?, ?, ?)")
      let insertRejected = try db.makeStatement(
        sql: "INSERT INTO rejected (split, origin, line, reason) VALUES (?, ?, ?, ?)")
      while let candidate = try reader.next() {
        summary.lines += 1
        let place = "\(reader.origin):\(summary.lines)"
        switch PairCheck(candidate) {
        case .rejected(let reason):
          summary.note(reason, at: place)
          try insertRejected.execute(
            arguments: [split.rawValue, reader.origin, summary.lines, reason.rawValue])
        case .taken(let source, let target, let warnings):
          for warning in warnings { summary.note(warning, at: place, text: source) }
          summary.imported += 1
          try insertPair.execute(arguments: [split.rawValue, source, target, reader.origin, summary.lines])
        }
        if summary.lines % 1000 == 0 { progress?(summary.lines) }
      }
      guard summary.imported > 0 else {
        let reasons = summary.findings.map { "\($0.value.count) times \($0.key.rawValue)" }.sorted()
        throw StorageError.nothingToImport(
          input: reader.origin, reasons: reasons.isEmpty ? "it is empty" : reasons.joined(separator: ", "))
      }
      progress?(summary.lines)
      return summary
    }
  }

  private func makeWay(
    for split: Split, mode: ImportMode, _ summary: inout ImportSummary, _ db: Database
  ) throws {
    let count = try Self.count(split: split, db)
    switch mode {
    case .append: return
    case .intoEmpty where count > 0:
      throw StorageError.splitNotEmpty(path: path, split: split, count: count)
    case .intoEmpty, .replace:
      summary.replaced = count
      try db.execute(sql: "DELETE FROM sentence_pair WHERE split = ?", arguments: [split.rawValue])
      try db.execute(sql: "DELETE FROM rejected WHERE split = ?", arguments: [split.rawValue])
    }
  }
}

/// What becomes of a candidate.
enum PairCheck {
  case taken(source: String, target: String, warnings: [ImportFinding])
  case rejected(ImportFinding)

  init(_ candidate: CandidatePair) {
    switch candidate {
    case .rejected(let reason): self = .rejected(reason)
    case .pair(let source, let target): self = Self.examine(source, target)
    }
  }

  private static func examine(_ source: String, _ target: String) -> PairCheck {
    if source.utf8.contains(0) || target.utf8.contains(0) { return .rejected(.nullCharacter) }
    switch (isBlank(source), isBlank(target)) {
    case (true, true): return .rejected(.emptyPair)
    case (true, false): return .rejected(.emptySource)
    case (false, true): return .rejected(.emptyTarget)
    case (false, false): break
    }
    let (source, target) = (composed(source), composed(target))
    var warnings: [ImportFinding] = []
    if source == target { warnings.append(.identicalSides) }
    let (shorter, longer) = minAndMax(wordCount(source), wordCount(target))
    if longer > 9 * shorter && longer >= 15 { warnings.append(.lengthRatio) }
    return .taken(source: source, target: target, warnings: warnings)
  }

  /// Whether nothing of a text is left once it has been normalised.
  private static func isBlank(_ text: String) -> Bool {
    if text.utf8.contains(where: { 0x21...0x7E ~= $0 }) { return false }
    return Normalizer()(text).isEmpty
  }

  /// The text in NFC.
  private static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  /// The number of runs between spaces: only an estimate, and good enough to compare two lengths.
  private static func wordCount(_ text: String) -> Int {
    var count = 0
    var isInWord = false
    for byte in text.utf8 {
      let isSpace = byte == 0x20 || byte == 0x09
      if !isSpace && !isInWord { count += 1 }
      isInWord = !isSpace
    }
    return count
  }

  private static func minAndMax(_ a: Int, _ b: Int) -> (Int, Int) { a < b ? (a, b) : (b, a) }
}
