import Foundation
import Interchange
import Testing

@Suite("Byte source")
struct ByteSourceTests {
  private static let text = Array(
    (1...20_000).map { "line \($0) é\u{2028}still\r" }.joined(separator: "\n").utf8)

  private func readAll(_ source: ByteSource) throws -> [UInt8] {
    var all: [UInt8] = []
    while let chunk = try source.nextChunk() {
      #expect(!chunk.isEmpty)
      all += chunk
    }
    return all
  }

  @Test("Gives a file's bytes in pieces, and counts line ends", arguments: [1 << 16, 1_000])
  func plain(chunkSize: Int) throws {
    let file = try TemporaryFile(Self.text)
    let source = try ByteSource(path: file.path, chunkSize: chunkSize)
    #expect(try readAll(source) == Self.text)
    #expect(!source.isCompressed && source.newlineCount == 19_999 && source.name == file.path)
    #expect(try source.nextChunk() == nil)
  }

  @Test(
    "Inflates gzip by its first bytes, member after member, padding behind them",
    arguments: [1 << 16, 777, 1])
  func members(chunkSize: Int) throws {
    let text = Self.text.prefix(chunkSize == 1 ? 500 : Self.text.count)
    let half = text.count / 2
    let bytes =
      gzip(Array(text.prefix(half))) + gzip([]) + gzip(Array(text.dropFirst(half)))
      + [UInt8](repeating: 0, count: 600)
    let file = try TemporaryFile(bytes)
    let source = try ByteSource(path: file.path, chunkSize: chunkSize)
    #expect(try readAll(source) == Array(text))
    #expect(source.isCompressed)
    #expect(try readAll(ByteSource(gzip([]), name: "empty")) == [])
  }

  // printf 'deux chats, deux chiens, deux chats\n' | gzip -9n | base64
  @Test("Inflates what gzip wrote")
  func golden() throws {
    let bytes = try #require(
      Data(base64Encoded: Self.golden)
    )
    #expect(
      try readAll(ByteSource(Array(bytes), name: "g.gz"))
        == Array("deux chats, deux chiens, deux chats\n".utf8))
  }
  private static let golden = "H4sIAAAAAAACA0tJLa1QSM5ILCnWUUiBsDNT8xAcoAQXAOzHIuUkAAAA"

  @Test("Says where gzip data is cut off, changed, or followed by something else")
  func damaged() throws {
    let whole = gzip(Self.text)
    func fault(_ bytes: [UInt8]) -> String? { message { _ = try readAll(ByteSource(bytes, name: "a.gz")) } }
    for count in [2, 9, 12, 5_000, whole.count - 5] {
      let words = try #require(fault(Array(whole.prefix(count))))
      #expect(words.hasPrefix("a.gz:") && words.contains("ends in the middle"), "\(count) bytes: \(words)")
    }
    var changed = whole
    changed[20_000] ^= 1
    #expect(fault(changed)?.contains("gzip -t") == true)
    #expect(fault(whole + Array("junk".utf8))?.contains("something else follows") == true)
    #expect(fault(whole) == nil)
    let error = InterchangeError.damagedCompression(file: "a.gz", line: 1, reason: "")
    #expect(error.errorCode == 65)
  }

  @Test("Gives lines with their ends; only a line feed is one", arguments: [1 << 16, 3])
  func lines(chunkSize: Int) throws {
    let source = ByteSource(Array("a\r\nb\u{2028}c\n\nd".utf8), name: "t", chunkSize: chunkSize)
    var lines: [String] = []
    while let line = try source.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["a\r\n", "b\u{2028}c\n", "\n", "d"])
    #expect(source.newlineCount == 3)
  }

  @Test("A file that is not there, or a folder, is an error with the path and its own exit code")
  func missing() throws {
    for path in ["/nowhere/at/all.tmx", NSTemporaryDirectory()] {
      let words = try #require(message { _ = try ByteSource(path: path) })
      #expect(words.contains(path) && words.contains("Check the path"))
    }
    #expect(InterchangeError.missingFile(path: "p", reason: "r").errorCode == 66)
    #expect(InterchangeError.unreadable(file: "p", line: 1, reason: "r").errorCode == 74)
  }
}
