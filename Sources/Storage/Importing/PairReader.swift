/// What stands on one line of an input: a pair to look at, or a reason to leave it.
enum CandidatePair {
  case pair(source: String, target: String)
  case rejected(ImportFinding)
}

/// An input that gives one candidate a line.
protocol PairReader {
  /// The file that a pair's line number refers to.
  var origin: String { get }
  /// All files that are read.
  var origins: [String] { get }
  /// The next candidate, or nil after the last. Its line is the count of calls so far.
  func next() throws -> CandidatePair?
}

/// Two files whose lines correspond.
struct AlignedFilesReader: PairReader {
  private let source: TextLines
  private let target: TextLines

  init(sourcePath: String, targetPath: String) throws {
    source = try TextLines(path: sourcePath)
    target = try TextLines(path: targetPath)
  }

  var origin: String { source.path }
  var origins: [String] { [source.path, target.path] }

  func next() throws -> CandidatePair? {
    let (left, right) = (try source.next(), try target.next())
    guard let left, let right else {
      if left == nil && right == nil { return nil }
      throw StorageError.unequalLineCounts(
        source: source.path, sourceLines: try source.countAll(), target: target.path,
        targetLines: try target.countAll())
    }
    guard let left = left.text, let right = right.text else { return .rejected(.invalidUTF8) }
    return .pair(source: left, target: right)
  }
}

/// One file with the source, a tab, the target, and perhaps more columns, which are not looked at.
struct TabSeparatedReader: PairReader {
  private let lines: TextLines

  init(path: String) throws {
    lines = try TextLines(path: path)
  }

  var origin: String { lines.path }
  var origins: [String] { [lines.path] }

  func next() throws -> CandidatePair? {
    guard let line = try lines.next() else { return nil }
    guard let text = line.text else { return .rejected(.invalidUTF8) }
    if text.utf8.isEmpty { return .rejected(.emptyPair) }
    let columns = text.utf8.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
    guard columns.count >= 2 else { return .rejected(.missingColumn) }
    return .pair(source: String(Substring(columns[0])), target: String(Substring(columns[1])))
  }
}
