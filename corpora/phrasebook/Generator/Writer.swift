import Foundation

/// Writes the corpus as text files, one sentence a line.
struct Writer {
  let folder: URL

  func write(_ corpus: Sampler.Corpus) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, pairs) in [("train", corpus.train), ("dev", corpus.dev), ("test", corpus.test)] {
      try write(pairs.map(\.english), to: name + ".en")
      try write(pairs.map(\.french), to: name + ".fr")
      if name != "train" { try write(pairs.map(Self.pharaoh), to: name + ".align") }
    }
  }

  private func write(_ lines: [String], to name: String) throws {
    let text = lines.map { $0 + "\n" }.joined()
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// The Pharaoh format: `source-target`, counted from 0.
  private static func pharaoh(_ pair: SentencePair) -> String {
    pair.links.map { "\($0.source)-\($0.target)" }.joined(separator: " ")
  }
}
