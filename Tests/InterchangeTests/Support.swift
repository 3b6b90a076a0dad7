import Foundation
import Interchange
import Testing

/// The public corpora beside the checkout, where they are there.
enum Corpora {
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/corpora")

  static func exist(_ names: String...) -> Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
  }

  /// The files below a folder whose names end so, in order.
  static func files(below name: String, _ ending: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.appendingPathComponent(name).path)
      .filter { $0.hasSuffix(ending) }.sorted()
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

/// A file that is gone when the test is over.
final class TemporaryFile {
  let path: String

  init(_ bytes: some Sequence<UInt8>) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: url)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A gzip member that holds the bytes as they are, in stored blocks (RFC 1951, 3.2.4; RFC 1952).
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = bytes[...]
  repeat {
    let block = rest.prefix(65_535)
    rest = rest.dropFirst(block.count)
    let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
    member += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
  } while !rest.isEmpty
  var checksum: UInt32 = ~0
  for byte in bytes {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
  }
  for value in [~checksum, UInt32(truncatingIfNeeded: bytes.count)] {
    member += (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) }
  }
  return member
}

/// A text in UTF-16 with its mark.
func utf16(_ text: String, isBigEndian: Bool = false) -> [UInt8] {
  ("\u{FEFF}" + text).utf16.flatMap { unit -> [UInt8] in
    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
    return isBigEndian ? [high, low] : [low, high]
  }
}

/// Random numbers that are the same in each run (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// What a reader gives, without line numbers.
enum Found: Equatable {
  case pair(String, String)
  case skipped(InterchangeSkip.Reason)

  init(_ entry: InterchangeEntry) {
    switch entry {
    case .pair(let pair): self = .pair(pair.source, pair.target)
    case .skipped(let skip): self = .skipped(skip.reason)
    }
  }
}

func readTMX(
  _ bytes: [UInt8], _ source: String = "en", _ target: String = "fr", name: String = "m.tmx",
  chunkSize: Int = 1 << 16
) throws -> [InterchangeEntry] {
  let reader = try TMXReader(
    ByteSource(bytes, name: name, chunkSize: chunkSize), sourceLanguage: source, targetLanguage: target)
  var entries: [InterchangeEntry] = []
  while let entry = try reader.next() { entries.append(entry) }
  return entries
}

func readPO(_ bytes: [UInt8], chunkSize: Int = 1 << 16) throws -> [InterchangeEntry] {
  let reader = POReader(ByteSource(bytes, name: "fr.po", chunkSize: chunkSize))
  var entries: [InterchangeEntry] = []
  while let entry = try reader.next() { entries.append(entry) }
  return entries
}

/// The words of the error that a piece of code throws, or nil if it throws none.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return error.localizedDescription
  }
}
