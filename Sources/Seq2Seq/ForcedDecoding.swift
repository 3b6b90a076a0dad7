import Alignment
import Foundation
import Layers
import Tensors
import Text

/// A given translation under the model.
public struct ForcedDecoding: Sendable {
  /// Attention weights of each target id and `</s>` over the source ids and `</s>`; empty without attention.
  public let attention: [[Float]]
  /// `log p` of each target id and of `</s>`, in nats.
  public let logProbabilities: [Float]

  /// The means of the probabilities and of the attention of several models, sentence by sentence.
  static func mean(of models: [[ForcedDecoding]]) -> [ForcedDecoding] {
    guard models.count > 1 else { return models[0] }
    return models[0].indices.map { sentence in
      let all = models.map { $0[sentence] }
      let attending = all.filter { !$0.attention.isEmpty }
      let probabilities = all[0].logProbabilities.indices.map { place in
        let sum = all.reduce(0) { $0 + exp(Double($1.logProbabilities[place])) }
        return Float(log(sum / Double(all.count)))
      }
      guard let first = attending.first else {
        return ForcedDecoding(attention: [], logProbabilities: probabilities)
      }
      let attention = first.attention.indices.map { row in
        first.attention[row].indices.map { place in
          attending.reduce(0) { $0 + $1.attention[row][place] } / Float(attending.count)
        }
      }
      return ForcedDecoding(attention: attention, logProbabilities: probabilities)
    }
  }
}

extension Seq2SeqModel {
  /// Runs the decoder over given targets, with the row-independent products of translation. In each mode the results are
  /// in the order in which a target is read.
  ///
  /// - Parameter wantsAttention: false: the results have none.
  /// - Precondition: the parameters are packed.
  func forceDecode(
    _ pairs: [(source: [TokenID], target: [TokenID])], mode: TranslationMode = TranslationMode(),
    wantsAttention: Bool = true, _ tape: Tape
  ) -> [ForcedDecoding] {
    guard !pairs.isEmpty else { return [] }
    tape.reset()
    let batch = SentenceBatch(pairs, mode: mode)
    let forced = force(batch, dropout: DropoutRates(), tape)
    let probabilities = logProbabilities(of: batch, under: forced.outputs, tape)
    return pairs.indices.map { sentence in
      let words = batch.targetLengths[sentence] - 1
      let steps = mode.ordered(Array(0..<words)) + [words]
      let attention = (wantsAttention && !forced.looks.isEmpty ? steps : []).map { step in
        let start = forced.looks[step].weights.values + sentence * batch.source.steps
        return Array(UnsafeBufferPointer(start: start, count: batch.source.lengths[sentence]))
      }
      return ForcedDecoding(
        attention: attention, logProbabilities: steps.map { probabilities[$0 * pairs.count + sentence] })
    }
  }

  /// The log-probability of each target word, `[T * B]`; 0 past a sentence's end.
  private func logProbabilities(of batch: SentenceBatch, under outputs: Tensor, _ tape: Tape) -> [Float] {
    var found = [Float](repeating: 0, count: outputs.rows)
    let rows = batch.wordRows(of: batch.targetLengths.indices)
    for start in stride(from: 0, to: rows.count, by: OutputLayer.rowsTogether) {
      let chunk = Array(rows[start..<min(start + OutputLayer.rowsTogether, rows.count)])
      let mark = tape.arena.mark()
      let logits = decoder.output(tape.gatherRows(outputs, chunk), tape)
      for (place, row) in chunk.enumerated() {
        let values = logits.row(place)
        found[row] =
          values[Int(batch.targetOutputs[row])] - LogitRow.logSumExp(UnsafeBufferPointer(values))
      }
      tape.arena.release(to: mark)
    }
    return found
  }
}
