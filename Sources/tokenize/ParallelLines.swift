import Dispatch

/// Works on lines with several threads and gives the results in the lines' order.
enum ParallelLines {
  /// `transform` of each line.
  static func map(
    _ lines: [String], threads: Int, _ transform: @Sendable (String) -> String
  ) -> [String] {
    let share = (lines.count + threads - 1) / threads
    guard threads > 1, share >= 16 else { return lines.map(transform) }
    let shares = (lines.count + share - 1) / share
    return [String](unsafeUninitializedCapacity: lines.count) { results, count in
      // Each thread writes its own part of the results and nothing else.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: shares) { part in
        for index in part * share..<min((part + 1) * share, lines.count) {
          results.initializeElement(at: index, to: transform(lines[index]))
        }
      }
      count = lines.count
    }
  }
}
