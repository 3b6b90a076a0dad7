import Console
import Foundation

/// How long translating takes, and the bar that a person sees who waits: where standard error is a terminal, and neither
/// is text typed in nor do results go there.
final class TranslationProgress: @unchecked Sendable {
  private let bar: ProgressBar?
  /// Seconds that all blocks took.
  private(set) var seconds = 0.0
  private let lock = NSLock()
  // Of the present block, under the lock.
  private var size = 0
  private var done = 0

  /// - Parameters:
  ///   - total: how much there is to do, where that is known; asked only if a bar is shown.
  ///   - unit: what is counted.
  init(input: String?, output: String?, quiet: Bool, unit: String, total: () -> Int? = { nil }) {
    let types = (input ?? "-") == "-" && StandardStreams.inputIsTerminal
    let reads = output == nil && StandardStreams.outputIsTerminal
    let isShown = StandardStreams.errorIsTerminal && !quiet && !types && !reads
    bar = isShown ? ProgressBar("translating", total: total(), unit: unit) : nil
  }

  /// Does a block of so many units.
  ///
  /// - Parameter work: is given what to call when some of them are done.
  func block<Result>(_ count: Int, _ work: (@escaping @Sendable (Int) -> Void) throws -> Result) rethrows
    -> Result
  {
    lock.withLock { (size, done) = (count, 0) }
    let started = Date()
    let result = try work { [self] in advance(by: $0) }
    seconds += Date().timeIntervalSince(started)
    advance(by: count)
    return result
  }

  /// Counts no more than the block has, for in the end what was not told of is counted too.
  private func advance(by count: Int) {
    let step = lock.withLock {
      let step = min(count, size - done)
      done += step
      return step
    }
    if step > 0 { bar?.advance(by: step) }
  }

  /// Prints a warning, above the bar where there is one.
  func warn(_ message: String, _ tool: Tool) {
    if let bar { bar.log("\(tool.name): warning: \(Tool.harmless(message))") } else { tool.warning(message) }
  }

  /// Ends the bar.
  func finish() { bar?.finish() }
}
