import Console
import Foundation
import Seq2Seq

/// Shows a training run: a bar on a terminal, plain lines elsewhere, and samples after each validation.
final class TrainingDisplay {
  private let quiet: Bool
  private let limits: TrainingConfiguration
  private var bar: ProgressBar?
  private var epoch = 0
  private var batch = 0

  /// - Parameter limits: what ends the training, from which the time left is reckoned.
  init(quiet: Bool, limits: TrainingConfiguration) {
    self.quiet = quiet
    self.limits = limits
  }

  func show(_ event: TrainingEvent) {
    guard !quiet else { return }
    switch event {
    case .started(let start): say(opening(start))
    case .updated(let progress): update(progress)
    case .validated(let result): for line in lines(result) { say(line) }
    case .ranked(let tuned): say(line(tuned))
    case .saved: break
    case .finished(let reason, let state):
      bar?.finish()
      bar = nil
      // Of the best validation, whatever that goes by.
      let best =
        limits.metric == .bleu
        ? state.bestScore.map { String(format: ", best dev BLEU %.2f", $0) }
        : state.bestLoss.map { String(format: ", best dev perplexity %.2f", exp($0)) }
      say(
        "finished: \(reason); \(state.step) updates in \(ProgressState.duration(state.seconds)) of training\(best ?? ""); "
          + ProcessMemory.report
      )
    }
  }

  private func opening(_ start: TrainingStart) -> String {
    let parameters = String(format: "%.2f million parameters", Double(start.parameterCount) / 1e6)
    let place = start.resumed.map { ", going on after update \($0.step) (epoch \($0.epoch))" } ?? ""
    return "\(parameters), \(start.pairs) pairs, \(start.batchesPerEpoch) batches an epoch\(place)"
  }

  private func update(_ progress: TrainingProgress) {
    if bar == nil || epoch != progress.epoch {
      bar?.finish()
      epoch = progress.epoch
      // It begins after the epoch's first update of this run, whose time it does not know.
      batch = progress.batch
      bar = ProgressBar(
        label(progress), total: progress.batches, unit: "batches", doneBefore: batch, plainInterval: 20)
    }
    bar?.advance(
      by: progress.batch - batch,
      detail: String(
        format: "loss %.3f  rate %.5f  %.0f words/s", progress.loss, progress.learningRate,
        progress.wordsPerSecond))
    batch = progress.batch
  }

  /// `epoch 3/16, 4:10 to go`: the time until a limit ends the training, if it does not end by itself before.
  private func label(_ progress: TrainingProgress) -> String {
    let epochs = limits.afterEpochs
    var remaining: [Double] = []
    if limits.afterMinutes > 0 { remaining.append(limits.afterMinutes * 60 - progress.seconds) }
    let perUpdate = progress.seconds / Double(progress.step)
    if limits.afterBatches > 0 { remaining.append(perUpdate * Double(limits.afterBatches - progress.step)) }
    if epochs > 0 {
      let batches = (epochs - progress.epoch + 1) * progress.batches - progress.batch
      remaining.append(perUpdate * Double(batches) / Double(limits.accumulation))
    }
    // The first updates are slower than the rest and say little.
    let toGo = progress.step < 10 && limits.afterMinutes == 0 ? nil : remaining.min()
    return "epoch \(epoch)" + (epochs > 0 ? "/\(epochs)" : "")
      + (toGo.map { ", \(ProgressState.duration(max(0, $0))) to go" } ?? "")
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

  private func line(_ tuned: TunedRanking) -> String {
    let weights = [
      tuned.hasOrders ? String(format: "%.2f of the other order", tuned.ranking.orderWeight) : nil,
      tuned.hasDirections
        ? String(format: "%.2f of the source read back", tuned.ranking.directionWeight) : nil,
    ].compactMap(\.self)
    return String(
      format: "ranking with a weight of %@: dev BLEU %.2f by a beam of five, %.2f without  (%.1f s)",
      weights.joined(separator: " and "), tuned.score, tuned.scoreWithout, tuned.seconds)
  }

  private func say(_ line: String) {
    if let bar { bar.log(line) } else { StandardStreams.writeError(line + "\n") }
  }
}
