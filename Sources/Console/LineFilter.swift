import Foundation

/// Makes a line of output of each line of input, with several threads, in the order of the input.
///
/// Each thread takes the next block of whole lines, works on it, and writes what came of it when all blocks before are
/// written: there is no thread that only reads or writes, and none waits for the others but for its turn to write. A
/// block is what has arrived, so that a person or process is never kept waiting for an answer; one that does not come
/// because a thread waits for input is none.
///
/// ```swift
/// let filter = LineFilter(reader: try LineReader())
/// try filter.run(threads: 2) { line, output in output.append(contentsOf: line.uppercased().utf8) }
/// ```
public final class LineFilter: @unchecked Sendable {
  /// Makes a line: appends to the bytes what becomes of the text, without a `\n`.
  public typealias Transform = @Sendable (_ line: String, _ output: inout [UInt8]) -> Void

  /// How many lines were not UTF-8 and had to be repaired.
  public private(set) var invalidLineCount = 0
  /// The number of the first line that was not UTF-8.
  public private(set) var firstInvalidLine: Int?

  private let descriptor: Int32

  // Under the lock of reading.
  private let reading = NSLock()
  private let reader: LineReader
  private var blocksTaken = 0
  private var isAtEnd = false

  // Under the lock of the turn.
  private let turn = NSCondition()
  private var blocksWritten = 0
  private var linesWritten = 0
  private var threadsAtWork = 0
  private var failure: (any Error)?

  /// - Parameters:
  ///   - reader: where the lines come from; nothing has been read from it yet.
  ///   - descriptor: where they go; the standard output unless told.
  public init(reader: LineReader, descriptor: Int32 = STDOUT_FILENO) {
    self.reader = reader
    self.descriptor = descriptor
  }

  /// Works through the whole input, once.
  ///
  /// When something fails it throws at once; a thread that waits for input then still does.
  ///
  /// - Throws: what ``LineReader`` and ``LineWriter`` throw. All lines before the failure have been written.
  public func run(threads: Int, _ transform: @escaping Transform) throws {
    precondition(threads > 0, "a filter of \(threads) threads")
    threadsAtWork = threads
    if threads == 1 {
      work(transform)
    } else {
      for _ in 0..<threads { Thread.detachNewThread { self.work(transform) } }
    }
    turn.lock()
    defer { turn.unlock() }
    while threadsAtWork > 0, failure == nil { turn.wait() }
    if let failure { throw failure }
  }

  /// What each thread does.
  private func work(_ transform: Transform) {
    var output: [UInt8] = []
    while let (number, read) = nextBlock() {
      var lines = 0
      var invalid: [Int] = []
      if case .success(let block) = read {
        output.removeAll(keepingCapacity: true)
        block.withUnsafeBufferPointer { bytes in
          var start = bytes.startIndex
          while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let isFirst = number == 0 && lines == 0
            let (line, isValid) = reader.text(
              ofLine: UnsafeBufferPointer(rebasing: bytes[start..<end]), isFirst: isFirst)
            if !isValid { invalid.append(lines) }
            transform(line, &output)
            output.append(0x0A)
            lines += 1
            start = end + 1
          }
        }
      }
      guard finish(number, read.map { _ in output }, lines: lines, invalid: invalid) else { break }
    }
    turn.withLock {
      threadsAtWork -= 1
      turn.broadcast()
    }
  }

  /// The next block and its number, or why there is none; nil behind the last.
  private func nextBlock() -> (Int, Result<[UInt8], any Error>)? {
    reading.withLock {
      guard !isAtEnd else { return nil }
      let block = Result { try reader.nextBlock() }
      if case .success(let bytes) = block {
        if bytes.isEmpty {
          isAtEnd = true
          return nil
        }
      } else {
        isAtEnd = true
      }
      defer { blocksTaken += 1 }
      return (blocksTaken, block)
    }
  }

  /// Writes what came of a block when its turn has come.
  ///
  /// - Returns: whether to go on.
  private func finish(_ number: Int, _ output: Result<[UInt8], any Error>, lines: Int, invalid: [Int]) -> Bool
  {
    turn.lock()
    defer {
      turn.broadcast()
      turn.unlock()
    }
    while blocksWritten < number, failure == nil { turn.wait() }
    guard failure == nil else { return false }
    do {
      try output.get().withUnsafeBytes { try LineWriter.send($0, to: descriptor) }
    } catch {
      failure = error
      return false
    }
    if firstInvalidLine == nil, let first = invalid.first { firstInvalidLine = linesWritten + first + 1 }
    invalidLineCount += invalid.count
    linesWritten += lines
    blocksWritten += 1
    return true
  }
}
