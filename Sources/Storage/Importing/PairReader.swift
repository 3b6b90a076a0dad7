/// What an input offers for a pair.
struct CandidatePair {
  /// The line that it stands on or begins on, from 1.
  let line: Int
  let source: String
  let target: String
  /// Why it can't be a pair, as far as the reader can tell.
  var flaw: PairCleaner.Verdict?
}

/// An input that gives one candidate after another.
protocol PairReader {
  /// The file that a pair's line number refers to.
  var origin: String { get }
  /// The next candidate, or nil after the last.
  func next() throws -> CandidatePair?
}

/// Two files whose lines correspond.
struct AlignedFilesReader: PairReader {
  let source: TextLines
  let target: TextLines

  var origin: String { source.name }

  func next() throws -> CandidatePair? {
    let (left, right) = (try source.next(), try target.next())
    guard let left, let right else {
      if left == nil && right == nil { return nil }
      throw StorageError.unequalLineCounts(
        source: source.name, sourceLines: try source.countAll(), target: target.name,
        targetLines: try target.countAll())
    }
    var flaw: PairCleaner.Verdict?
    if !left.isValid || !right.isValid {
      let side = left.isValid ? "the target is" : right.isValid ? "the source is" : "both sides are"
      flaw = PairCleaner.Verdict(rule: .invalidUTF8, reason: "\(side) not UTF-8")
    }
    return CandidatePair(line: source.lineNumber, source: left.text, target: right.text, flaw: flaw)
  }
}

/// One file with the source, a tab, the target, and perhaps more columns, which are not looked at.
struct TabSeparatedReader: PairReader {
  let lines: TextLines

  var origin: String { lines.name }

  func next() throws -> CandidatePair? {
    guard let line = try lines.next() else { return nil }
    let columns = line.text.utf8.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
    let source = columns.first.map { String(Substring($0)) } ?? ""
    let target = columns.count >= 2 ? String(Substring(columns[1])) : ""
    var flaw: PairCleaner.Verdict?
    if !line.isValid {
      flaw = PairCleaner.Verdict(rule: .invalidUTF8, reason: "the line is not UTF-8")
    } else if columns.count < 2 && !line.text.utf8.isEmpty {
      flaw = PairCleaner.Verdict(rule: .missingColumn, reason: "the line has no tab")
    }
    return CandidatePair(line: lines.lineNumber, source: source, target: target, flaw: flaw)
  }
}
