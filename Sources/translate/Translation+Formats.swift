import Alignment
import Console
import Foundation
import Seq2Seq

extension Translation {
  /// Links `source-target`, counted from 0; empty for a blank line.
  var hardAlignment: String { alignment.map { Pharaoh.format($0.hardLinks()) } ?? "" }

  /// A group of comma-separated weights for each target word.
  var softAlignment: String {
    guard let alignment else { return "" }
    return alignment.targetTokens.indices
      .map { target in alignment.row(target: target).map { String(format: "%.4f", $0) }.joined(separator: ",")
      }
      .joined(separator: " ")
  }

  /// `{"source": …, "translation": …, "logProbability": …, "alignment": {…}}` on one line.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(
        decoding: try encoder.encode(
          TranslationRecord(
            source: source, translation: text, logProbability: logProbability, alignment: alignment)),
        as: UTF8.self)
    }
  }
}

/// What `--alignment json` prints.
private struct TranslationRecord: Encodable {
  let source: String
  let translation: String
  let logProbability: Float
  let alignment: AlignmentMatrix?
}

/// Collects alignments for a page.
struct TranslationPictures {
  /// A page of more would be slow to open.
  private static let limit = 200
  private let path: String
  private var items: [AlignmentPage.Item] = []
  /// Sentences that came too late for the page.
  private(set) var leftOut = 0

  init(path: String) { self.path = path }

  mutating func add(_ translation: Translation, reference: String?) {
    guard let matrix = translation.alignment else { return }
    guard items.count < Self.limit else {
      leftOut += 1
      return
    }
    items.append(
      AlignmentPage.Item(
        source: translation.source, translation: translation.text, reference: reference,
        score: Double(translation.logProbability), matrix: matrix))
  }

  func write() throws {
    try AtomicFile.write(AlignmentPage.html(title: "Word alignments", items: items), to: path)
  }
}
