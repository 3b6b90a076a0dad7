import Foundation

/// The committed files of `corpora/phrasebook`.
struct Corpus {
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("corpora/phrasebook")

  static let fileNames = [
    "train.en", "train.fr", "dev.en", "dev.fr", "dev.align", "test.en", "test.fr", "test.align",
  ]

  /// The lines of one file; each line, the last one too, ends in `\n`.
  static func lines(_ name: String) throws -> [String] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.removeLast().isEmpty else { throw CocoaError(.fileReadCorruptFile) }
    return lines
  }

  /// The pairs of one split.
  static func pairs(_ split: String) throws -> [(english: String, french: String)] {
    let (english, french) = (try lines(split + ".en"), try lines(split + ".fr"))
    guard english.count == french.count else { throw CocoaError(.fileReadCorruptFile) }
    return Array(zip(english, french)).map { (english: $0.0, french: $0.1) }
  }
}
