import Console
import Foundation
import Seq2Seq

/// Shows a training run: a bar on a terminal, plain lines elsewhere, and samples after each validation.
final class TrainingDisplay {
  private let quiet: Bool
  private var bar: ProgressBar?
  private var epoch = 0

  init(quiet: Bool) { self.quiet = quiet }

  func show(_ event: TrainingEvent) {
    guard !quiet else { return }
    switch event {
    case .started(let start): say(opening(start))
    case .updated(let progress): update(progress)
    case .validated(let result): for line in lines(result) { say(line) }
    case .saved: break
    case .finished(let reason, let state):
      bar?.finish()
      bar = nil
      let best = state.bestScore.map { String(format: ", best dev BLEU %.2f", $0) } ?? ""
      say(
        "finished: \(reason); \(state.step) updates in \(ProgressState.duration(state.seconds)) of training\(best)"
      )
    }
  }

  private func opening(_ start: TrainingStart) -> String {
    let parameters = String(format: "%.2f million parameters", Double(start.parameterCount) / 1e6)
    let place = start.resumed.map { ", going on after update \($0.step) (epoch \($0.epoch))" } ?? ""
    return "\(parameters), \(start.pairs) pairs, \(start.batchesPerEpoch) updates an epoch\(place)"
  }

  private func update(_ progress: TrainingProgress) {
    if bar == nil || epoch != progress.epoch {
      bar?.finish()
      epoch = progress.epoch
      bar = ProgressBar("epoch \(epoch)", total: progress.batches, unit: "updates", plainInterval: 20)
      if progress.batch > 1 { bar?.advance(by: progress.batch - 1) }
    }
    bar?.advance(
      detail: String(
        format: "loss %.3f  rate %.5f  %.0f words/s", progress.loss, progress.learningRate,
        progress.wordsPerSecond))
  }

  private func lines(_ result: ValidationResult) -> [String] {
    var lines = [
      String(
        format: "epoch %d  update %d  dev BLEU %.2f%@  loss %.3f  perplexity %.2f  (%.1f s)", result.epoch,
        result.step, result.score, result.isBest ? " best" : "", result.loss, exp(result.loss), result.seconds
      )
    ]
    for sample in result.samples {
      lines += [
        "  source     \(sample.source)", "  model      \(sample.translation)",
        "  reference  \(sample.reference)",
      ]
    }
    return lines
  }

  private func say(_ line: String) {
    if let bar { bar.log(line) } else { StandardStreams.writeError(line + "\n") }
  }
}
