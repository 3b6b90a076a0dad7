import COneDNN
import Foundation

/// Threads that each do their share of a step, side by side.
///
/// Every worker computes with one thread of oneDNN: whole shares in parallel cost less than products cut in pieces.
public final class WorkerPool: @unchecked Sendable {
  /// The number of workers.
  public let count: Int
  private let starts: [DispatchSemaphore]
  private let finished = DispatchSemaphore(value: 0)
  private let lock = NSLock()
  private var work: (@Sendable (Int) -> Void)?

  /// Starts `count` threads.
  public init(count: Int) {
    precondition(count > 0, "a pool of \(count) workers")
    self.count = count
    starts = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    for (index, start) in starts.enumerated() {
      let thread = Thread { [finished, weak self] in
        onednn_use_one_thread()
        while true {
          start.wait()
          guard let work = self?.currentWork else { return }
          work(index)
          finished.signal()
        }
      }
      thread.name = "worker \(index)"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  deinit {
    for start in starts { start.signal() }
  }

  /// Calls `body` with each worker's index, on its thread, and returns when all are done.
  public func run(_ body: @escaping @Sendable (Int) -> Void) {
    lock.withLock { work = body }
    for start in starts { start.signal() }
    for _ in starts { finished.wait() }
    lock.withLock { work = nil }
  }

  private var currentWork: (@Sendable (Int) -> Void)? { lock.withLock { work } }

  /// Processors that are free to use.
  public static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
