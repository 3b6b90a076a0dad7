import Foundation
import Storage
import Text

/// Pairs drawn from a corpus, with the pieces that the newest vocabulary parts them into, or their tokens where
/// there is none.
struct PairSample {
  /// A pair as it is shown.
  struct Shown: Encodable {
    let split: String
    let origin: String
    let line: Int
    let source: String
    let target: String
    let sourceSegmentation: [String]
    let targetSegmentation: [String]
  }

  /// A report with the sample beside it.
  private struct Combined: Encodable {
    let report: CorpusReport
    let sample: [Shown]

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(sample, forKey: .sample)
    }

    private enum CodingKeys: String, CodingKey {
      case sample
    }
  }

  private let languages: (source: String, target: String)
  private let pairs: [Shown]

  init(_ corpus: CorpusDatabase, splits: [Split], count: Int, seed: UInt64) throws {
    languages = (corpus.sourceLanguage, corpus.targetLanguage)
    guard count > 0 else {
      pairs = []
      return
    }
    let codecs = try corpus.vocabulary()?.codecs()
    pairs = try splits.flatMap { split in
      try corpus.sample(split: split, count: count, seed: seed).map { pair in
        Shown(
          split: split.rawValue, origin: pair.origin, line: pair.line, source: pair.source,
          target: pair.target,
          sourceSegmentation: Self.pieces(pair.source, codecs?.source, corpus.sourceLanguage),
          targetSegmentation: Self.pieces(pair.target, codecs?.target, corpus.targetLanguage))
      }
    }
  }

  private static func pieces(_ text: String, _ codec: TextCodec?, _ language: String) -> [String] {
    guard let codec else { return Tokenizer(language: language).tokenize(Normalizer()(text)) }
    return codec.encode(text).ids.map { codec.vocabulary.symbol(for: $0) }
  }

  /// Whether nothing was drawn.
  var isEmpty: Bool { pairs.isEmpty }

  /// A report with the sample in it.
  func json(beside report: CorpusReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Combined(report: report, sample: pairs)), as: UTF8.self)
  }

  /// The sample for a person: each text, and below it the pieces.
  func lines(_ style: TerminalStyle) -> [String] {
    var lines: [String] = []
    var split = ""
    for pair in pairs {
      lines.append("")
      if pair.split != split {
        split = pair.split
        lines.append(style.bold("Sample of \(split)"))
      }
      lines.append("  " + style.dim("\(pair.origin):\(pair.line)"))
      lines += side(languages.source, pair.source, pair.sourceSegmentation, style)
      lines += side(languages.target, pair.target, pair.targetSegmentation, style)
    }
    return lines
  }

  private func side(
    _ language: String, _ text: String, _ pieces: [String], _ style: TerminalStyle
  ) -> [String] {
    let indent = max(8, language.count + 4)
    let space = String(repeating: " ", count: indent)
    // The ends of lines in a text would break the form.
    let flat = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(
      separator: "⏎")
    let texts = style.wrapped(flat, indent: indent)
    let first = ("    " + language).padded(to: indent) + texts[0]
    return [first] + texts.dropFirst().map { space + $0 }
      + style.wrapped(pieces.joined(separator: " "), indent: indent).map { style.dim(space + $0) }
  }
}
