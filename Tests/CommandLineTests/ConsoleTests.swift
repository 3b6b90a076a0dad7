import Console
import Foundation
import Testing

@Suite struct LineReaderTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func lines(_ bytes: [UInt8], bufferSize: Int) throws -> [String] {
    let reader = try LineReader(path: folder.write(bytes, to: "in"), bufferSize: bufferSize)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(line) }
    #expect(reader.lineNumber == lines.count)
    #expect(reader.bytesRead == Int64(bytes.count))
    #expect(reader.totalBytes == Int64(bytes.count))
    return lines
  }

  @Test(arguments: [1, 2, 3, 7, 65536]) func splitsAtLineFeedsOnly(bufferSize: Int) throws {
    let text = "\u{FEFF}one\r\n\né\u{2028}漢\u{85}\rx\n\u{FEFF}last"
    #expect(
      try lines(Array(text.utf8), bufferSize: bufferSize)
        == ["one", "", "é\u{2028}漢\u{85}\rx", "\u{FEFF}last"])
    #expect(try lines([], bufferSize: bufferSize) == [])
    #expect(try lines([0x0A], bufferSize: bufferSize) == [""])
    #expect(try lines(Array("a\n\n".utf8), bufferSize: bufferSize) == ["a", ""])
  }

  @Test func countsWhatItRepairs() throws {
    let path = try folder.write([0x61, 0x0A, 0xFF, 0x0A, 0x62, 0x0A, 0xC3, 0x0A], to: "bad")
    let reader = try LineReader(path: path)
    #expect(try reader.next() == "a")
    #expect(!reader.lastLineWasInvalid)
    #expect(try reader.next() == "\u{FFFD}")
    #expect(reader.lastLineWasInvalid)
    #expect(try reader.nextBatch(limit: 10) == ["b", "\u{FFFD}"])
    #expect(reader.invalidLineCount == 2)
    #expect(reader.firstInvalidLine == 2)
  }

  @Test func tellsWhatItRepairedFromWhatLooksLikeIt() throws {
    // U+FFFD itself, and three bytes in whose place it stands.
    let path = try folder.write([0xEF, 0xBF, 0xBD, 0x0A, 0xF0, 0x9F, 0x98, 0x0A], to: "alike")
    let reader = try LineReader(path: path)
    #expect(try reader.next() == "\u{FFFD}")
    #expect(!reader.lastLineWasInvalid)
    #expect(try reader.next() == "\u{FFFD}")
    #expect(reader.lastLineWasInvalid)
  }

  @Test func linesAreCountedWithoutBeingRead() throws {
    for (text, count) in [("", 0), ("\n", 1), ("a", 1), ("a\n\nb\n", 3), ("a\nb", 2)] {
      let reader = try LineReader(path: folder.write(text, to: "counted"))
      #expect(reader.lineCount() == count)
      var lines = 0
      while try reader.next() != nil { lines += 1 }
      #expect(lines == count)
    }
    #expect(try LineReader(path: "/dev/null").lineCount() == nil)
  }

  @Test func batchesTakeWhatIsThere() throws {
    let path = try folder.write("1\n2\n3\n4\n5", to: "five")
    let reader = try LineReader(path: path)
    #expect(try reader.nextBatch(limit: 3) == ["1", "2", "3"])
    #expect(try reader.nextBatch(limit: 3) == ["4"])
    #expect(try reader.nextBatch(limit: 3) == ["5"])
    #expect(try reader.nextBatch(limit: 3) == [])
  }

  @Test func saysWhyAFileCanNotBeOpened() throws {
    let path = folder.path("none")
    let missing = #expect(throws: ConsoleError.self) { try LineReader(path: path) }
    #expect(missing == .missingInput(path: path, reason: "No such file or directory"))
    #expect(missing?.exitStatus == .noInput)
    let directory = #expect(throws: ConsoleError.self) { try LineReader(path: folder.url.path) }
    #expect(directory == .missingInput(path: folder.url.path, reason: "Is a directory"))
  }
}

@Suite struct LineFilterTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// What comes of bytes when each line is put between brackets, and the filter.
  private func filtered(_ bytes: [UInt8], threads: Int, bufferSize: Int) throws -> (String, LineFilter) {
    let output = try folder.write([], to: "out")
    let descriptor = open(output, O_WRONLY | O_TRUNC)
    defer { close(descriptor) }
    let reader = try LineReader(path: folder.write(bytes, to: "in"), bufferSize: bufferSize)
    let filter = LineFilter(reader: reader, descriptor: descriptor)
    try filter.run(threads: threads) { line, output in output.append(contentsOf: "[\(line)]".utf8) }
    return (try folder.text(of: "out"), filter)
  }

  @Test(arguments: [1, 2, 5], [1, 3, 64, 65536])
  func keepsTheOrderAndTheEndsOfLines(threads: Int, bufferSize: Int) throws {
    let text = "\u{FEFF}one\r\n\né\u{2028}漢\rx\n\u{FEFF}last"
    let (lines, filter) = try filtered(Array(text.utf8), threads: threads, bufferSize: bufferSize)
    #expect(lines == "[one]\n[]\n[é\u{2028}漢\rx]\n[\u{FEFF}last]\n")
    #expect(filter.invalidLineCount == 0 && filter.firstInvalidLine == nil)
    #expect(try filtered([], threads: threads, bufferSize: bufferSize).0 == "")
    #expect(try filtered([0x0A], threads: threads, bufferSize: bufferSize).0 == "[]\n")
    let many = (0..<3000).map { String(repeating: "x", count: $0 % 90) }
    #expect(
      try filtered(Array(many.joined(separator: "\n").utf8), threads: threads, bufferSize: bufferSize).0
        == many.map { "[\($0)]\n" }.joined())
  }

  @Test(arguments: [1, 3]) func countsWhatItRepairs(threads: Int) throws {
    var bytes: [UInt8] = []
    for line in 1...100 { bytes += line % 30 == 0 ? [0xFF, 0x0A] : [0x61, 0x0A] }
    let (lines, filter) = try filtered(bytes, threads: threads, bufferSize: 7)
    #expect(filter.invalidLineCount == 3)
    #expect(filter.firstInvalidLine == 30)
    #expect(lines.split(separator: "\n")[29] == "[\u{FFFD}]")
  }

  @Test(arguments: [1, 4]) func saysWhyItCanNotWrite(threads: Int) throws {
    let input = try folder.write(String(repeating: "a\n", count: 10_000), to: "in")
    let descriptor = open(input, O_RDONLY)
    defer { close(descriptor) }
    let filter = LineFilter(reader: try LineReader(path: input, bufferSize: 64), descriptor: descriptor)
    let error = #expect(throws: ConsoleError.self) {
      try filter.run(threads: threads) { $1.append(contentsOf: $0.utf8) }
    }
    #expect(error == .unwritable(path: "standard output", reason: "Bad file descriptor"))
  }
}

@Suite struct FileLockTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func isForOneAtATime() throws {
    let path = folder.path("below/file")
    let lock = try FileLock(path: path)
    // flock(2) is of what was opened, not of the process, so that this process can stand for another.
    let error = #expect(throws: ConsoleError.self) { try FileLock(path: path) }
    #expect(error == .inUse(path: path, process: getpid()))
    #expect(error?.exitStatus == .ioError)
    let other = try FileLock(path: path + "2")
    other.release()
    lock.release()
    lock.release()
    let again = try FileLock(path: path)
    #expect(throws: ConsoleError.self) { try FileLock(path: path) }
    again.release()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("below")) == [])
  }

  @Test func aFileThatAKilledProcessLeftIsInNobodysWay() throws {
    let left = try folder.write("1234\n", to: "file.lock")
    try FileLock(path: folder.path("file")).release()
    #expect(!FileManager.default.fileExists(atPath: left))
  }

  @Test func aLinkAndItsFileHaveOneLock() throws {
    let file = try folder.write("", to: "file")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: file)
    let lock = try FileLock(path: folder.path("link"))
    #expect(throws: ConsoleError.self) { try FileLock(path: file) }
    lock.release()
  }
}

@Suite struct ProcessMemoryTests {
  @Test func countsWhatWasTaken() {
    let before = ProcessMemory.peak
    #expect(before > 1_000_000)
    let size = before + 64_000_000
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    memset(memory, 1, size)
    #expect(ProcessMemory.peak >= size)
    memory.deallocate()
    #expect(ProcessMemory.report == "peak memory \(ProcessMemory.peak / 1_000_000) MB")
  }
}

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func appearsWholeOrNotAtAll() throws {
    let path = try folder.write("old", to: "file")
    do {
      let file = try AtomicFile(path: path)
      try file.write(String(repeating: "new ", count: 50_000))
      #expect(try folder.text(of: "file") == "old")
    }
    #expect(try folder.names == ["file"])
    let file = try AtomicFile(path: path)
    try file.write("new")
    try file.commit()
    #expect(try folder.text(of: "file") == "new")
    #expect(try folder.names == ["file"])
  }

  @Test func makesFoldersAndKeepsLinks() throws {
    try AtomicFile.write("deep", to: folder.path("a/b/c.txt"))
    #expect(try folder.text(of: "a/b/c.txt") == "deep")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("a/b/c.txt"))
    try AtomicFile.write("through", to: folder.path("link"))
    #expect(try folder.text(of: "a/b/c.txt") == "through")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")).hasSuffix("c.txt"))
    // To what is not there yet as well, and over another link.
    for (link, target) in [("first", "second"), ("second", "a/new.txt")] {
      try FileManager.default.createSymbolicLink(atPath: folder.path(link), withDestinationPath: target)
    }
    try AtomicFile.write("made", to: folder.path("first"))
    #expect(try folder.text(of: "a/new.txt") == "made")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("second")) == "a/new.txt")
  }

  @Test func aNamedPipeThatNobodyReadsOnIsAnError() throws {
    StandardStreams.ignoreBrokenPipeSignal()
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    // Opened for both, so that neither end waits for the other.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    let page = try PageFile(path: path)
    close(reader)
    let error = #expect(throws: ConsoleError.self) { try page.write("<!DOCTYPE html>\n") }
    #expect(error?.exitStatus == .ioError)
  }

  @Test func saysWhyAFileCanNotBeWritten() throws {
    let path = folder.url.path
    let error = #expect(throws: ConsoleError.self) { try AtomicFile.write("x", to: path) }
    #expect(error == .unwritable(path: path, reason: "Is a directory"))
    #expect(error?.exitStatus == .ioError)
  }
}

@Suite struct PageFileTests {
  @Test func takesThePlaceOfPagesAlone() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("page.html")
    try PageFile(path: path).write("<!DOCTYPE html>\n<p>one</p>\n")
    try PageFile(path: path).write("<!DOCTYPE html>\n<p>two</p>\n")
    #expect(try folder.text(of: "page.html").contains("two"))
    // An empty file is what mktemp makes.
    try PageFile(path: try folder.write("", to: "empty")).write("<!DOCTYPE html>\n")
    let text = try folder.write("une ligne\n", to: "text.fr")
    let error = #expect(throws: ConsoleError.self) { _ = try PageFile(path: text) }
    #expect(error?.exitStatus == .usage && error?.localizedDescription.contains("no HTML page") == true)
    #expect(try folder.text(of: "text.fr") == "une ligne\n")
    #expect(try folder.names.count == 3)
  }
}

@Suite struct ProgressTests {
  /// Collects what a bar shows, under a clock that is set by hand.
  private final class Stage: @unchecked Sendable {
    var shown: [String] = []
    var now: TimeInterval = 100
  }

  @Test func writesPlainLinesAtIntervals() {
    let stage = Stage()
    let bar = ProgressBar(
      "reading", total: 400, unit: "lines", isTerminal: false, plainInterval: 10,
      sink: { stage.shown.append($0) }, clock: { stage.now })
    bar.advance(by: 50)
    stage.now += 5
    bar.advance(by: 50)
    #expect(stage.shown.isEmpty)
    stage.now += 5
    bar.advance(by: 100, detail: "loss 3.2")
    bar.advance(by: 100)
    stage.now += 10
    bar.advance(by: 100)
    bar.finish()
    bar.finish()
    #expect(
      stage.shown == [
        "reading: 200 of 400 lines (50%), 20.0 lines/s, 0:10 left, loss 3.2\n",
        "reading: 400 of 400 lines (100%), 20.0 lines/s, 0:00 left, loss 3.2\n",
        "reading: 400 of 400 lines (100%), 20.0 lines/s, 0:20 in all, loss 3.2\n",
      ])
  }

  @Test func drawsABarOnATerminal() {
    let stage = Stage()
    let bar = ProgressBar(
      "x", total: 10, unit: "u", isTerminal: true, sink: { stage.shown.append($0) }, clock: { stage.now })
    stage.now += 1
    bar.advance(by: 5)
    bar.log("note")
    bar.finish()
    #expect(stage.shown.first?.hasPrefix("x [") == true)
    #expect(stage.shown.contains("\r\u{1B}[K"))
    #expect(stage.shown.contains("note\n"))
    #expect(stage.shown.last == "\n")
  }

  @Test func isSilentWhenQuiet() {
    let stage = Stage()
    let bar = ProgressBar(
      "x", unit: "u", quiet: true, isTerminal: false, plainInterval: 0, sink: { stage.shown.append($0) })
    bar.advance()
    bar.log("note")
    bar.finish()
    #expect(stage.shown.isEmpty)
  }

  @Test func fitsItsWidth() {
    let resumed = ProgressState(
      label: "training", unit: "words", done: 250, doneBefore: 200, total: 300, elapsed: 5)
    #expect(
      resumed.rate == 10 && resumed.remaining == 5
        && resumed.line.hasPrefix("training: 250 of 300 words (83%)"))
    #expect(Tool.harmless("a\u{1B}]0;x\u{7}\n\tb\u{202E}") == "a\u{FFFD}]0;x\u{FFFD}\n\tb\u{FFFD}")
    var state = ProgressState(label: "training", unit: "words", done: 250, total: 1000, elapsed: 5)
    #expect(state.bar(width: 70) == "training [=======                       ]  25% 50.0 words/s, 0:15 left")
    for width in 1...100 { #expect(state.bar(width: width).count <= width) }
    state.total = nil
    #expect(state.line == "training: 250 words, 50.0 words/s")
    state.total = 0
    #expect(state.line.hasPrefix("training: 250 of 0 words (100%)"))
  }

  @Test func wordsDurations() {
    #expect(ProgressState.duration(0) == "0:00")
    #expect(ProgressState.duration(59.6) == "1:00")
    #expect(ProgressState.duration(754) == "12:34")
    #expect(ProgressState.duration(3723) == "1:02:03")
    #expect(ProgressState.duration(-1) == "0:00")
    #expect(ProgressState.duration(.infinity).hasSuffix(":40"))
  }
}

@Suite struct FlagNameTests {
  @Test func hyphensAndUnderscoresAreAlike() {
    let given = ["--source_lang", "en_GB", "--a_b=c_d", "-x_y", "a_b", "--", "--c_d"]
    #expect(
      FlagNames.hyphenated(given)
        == ["--source-lang", "en_GB", "--a-b=c_d", "-x_y", "a_b", "--", "--c_d"])
  }
}

@Suite struct ToolTests {
  private struct Plain: Error {}

  @Test func errorsHaveTheirStatus() {
    let tool = Tool("t") { $0 is Plain ? .configuration : nil }
    #expect(tool.status(of: Plain()) == .configuration)
    #expect(Tool("t").status(of: Plain()) == .internalError)
    #expect(tool.status(of: ConsoleError.failure(.dataError, "x")) == .dataError)
    #expect(tool.status(of: ConsoleError.unwritable(path: "p", reason: "r")) == .ioError)
    #expect(tool.status(of: CocoaError(.fileReadNoSuchFile)) == .noInput)
    #expect(tool.status(of: CocoaError(.fileWriteOutOfSpace)) == .ioError)
    #expect(tool.report(ConsoleError.brokenPipe) == .success)
  }
}
