import Dispatch
import Foundation

/// Results for the numbers from 0, computed in shares side by side on all processors, in order.
///
/// - Parameters:
///   - count: how many results there are.
///   - smallest: shares are not cut smaller than this.
///   - body: the results of a share.
func inParallel<Result: Sendable>(
  _ count: Int, smallest: Int = 64, _ body: @Sendable (Range<Int>) -> [Result]
) -> [Result] {
  let processors = ProcessInfo.processInfo.activeProcessorCount
  // A few shares more than processors, for one share may take longer than another.
  let shares = min(4 * processors, count / max(1, smallest))
  guard processors > 1, shares > 1 else { return body(0..<count) }
  let results = Shares<Result>(count: shares)
  DispatchQueue.concurrentPerform(iterations: shares) { share in
    results[share] = body((count * share / shares)..<(count * (share + 1) / shares))
  }
  return results.joined
}

/// What each share gave; each is written once, by one thread.
private final class Shares<Element: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<[Element]>

  init(count: Int) {
    slots = .allocate(capacity: count)
    slots.initialize(repeating: [])
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
  }

  subscript(index: Int) -> [Element] {
    get { slots[index] }
    set { slots[index] = newValue }
  }

  var joined: [Element] { Array(slots.joined()) }
}
