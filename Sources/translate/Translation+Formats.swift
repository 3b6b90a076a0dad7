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

  /// The weights as blocks, for a terminal, and an empty line; nothing for a blank line.
  var drawing: String {
    alignment.map { $0.terminalDrawing(width: StandardStreams.outputWidth) + "\n" } ?? ""
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
