import Foundation

/// Shows how far a long task has come, on standard error.
///
/// On a terminal it is one line that is drawn again: a bar, the share done, the rate and the time left.
/// Elsewhere, as in a log file, it is a plain line every few seconds. When quiet it shows nothing. It may be
/// moved from several threads.
public final class ProgressBar: @unchecked Sendable {
  private let label: String
  private let unit: String
  private let total: Int?
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let interval: TimeInterval
  private let sink: @Sendable (String) -> Void
  private let clock: @Sendable () -> TimeInterval
  private let start: TimeInterval

  // All that changes is touched under the lock only.
  private let lock = NSLock()
  private var done: Int
  private let doneBefore: Int
  private var detail = ""
  private var lastShown: TimeInterval
  private var isFinished = false
  private var shownWidth = 0

  /// - Parameters:
  ///   - label: what is being done, as in `reading`.
  ///   - total: how many units there are, where that is known.
  ///   - unit: what is counted, as in `lines`.
  ///   - doneBefore: units that were done earlier, and took none of this bar's time.
  ///   - quiet: show nothing.
  ///   - isTerminal: draw a bar in place of plain lines; standard error is asked unless told.
  ///   - plainInterval: seconds between plain lines.
  ///   - sink: takes what is to be shown; standard error unless told.
  ///   - clock: gives the time in seconds; the system's steady clock unless told.
  public init(
    _ label: String, total: Int? = nil, unit: String, doneBefore: Int = 0, quiet: Bool = false,
    isTerminal: Bool? = nil,
    plainInterval: TimeInterval = 10, sink: (@Sendable (String) -> Void)? = nil,
    clock: (@Sendable () -> TimeInterval)? = nil
  ) {
    self.label = label
    self.total = total
    self.unit = unit
    self.doneBefore = doneBefore
    self.done = doneBefore
    self.isQuiet = quiet
    self.isTerminal = isTerminal ?? StandardStreams.errorIsTerminal
    self.interval = self.isTerminal ? 0.1 : plainInterval
    self.sink = sink ?? { StandardStreams.writeError($0) }
    self.clock = clock ?? { ProcessInfo.processInfo.systemUptime }
    self.start = self.clock()
    self.lastShown = self.start
  }

  /// Counts `units` more as done, and shows it when it is time to.
  ///
  /// - Parameter detail: words for the end of the line, as in `loss 3.21`; nil keeps the last ones.
  public func advance(by units: Int = 1, detail: String? = nil) {
    guard !isQuiet else { return }
    lock.withLock {
      done += units
      if let detail { self.detail = detail }
      let now = clock()
      guard !isFinished, now - lastShown >= interval else { return }
      lastShown = now
      show(at: now)
    }
  }

  /// Prints a line of its own above the bar, as a log does.
  public func log(_ line: String) {
    guard !isQuiet else { return }
    lock.withLock {
      erase()
      sink(line + "\n")
      if isTerminal && !isFinished { show(at: clock()) }
    }
  }

  /// Shows the end state and ends the line. Does nothing the second time.
  public func finish() {
    guard !isQuiet else { return }
    lock.withLock {
      guard !isFinished else { return }
      isFinished = true
      show(at: clock())
      if isTerminal { sink("\n") }
      shownWidth = 0
    }
  }

  private func show(at now: TimeInterval) {
    let state = ProgressState(
      label: label, unit: unit, done: done, doneBefore: doneBefore, total: total, elapsed: now - start,
      detail: detail, isFinished: isFinished)
    if isTerminal {
      let line = state.bar(width: StandardStreams.errorWidth - 1)
      erase()
      sink(line)
      shownWidth = line.count
    } else {
      sink(state.line + "\n")
    }
  }

  private func erase() {
    if isTerminal && shownWidth > 0 { sink("\r\u{1B}[K") }
    shownWidth = 0
  }
}

/// What a ``ProgressBar`` knows at one moment, and how it is worded.
public struct ProgressState: Sendable {
  /// What is being done.
  public var label: String
  /// What is counted.
  public var unit: String
  /// How many units are done.
  public var done: Int
  /// How many of these were done before it began.
  public var doneBefore: Int
  /// How many there are, where that is known.
  public var total: Int?
  /// Seconds since the beginning.
  public var elapsed: TimeInterval
  /// Words for the end of the line.
  public var detail: String
  /// Whether the task is over.
  public var isFinished: Bool

  /// A state from its parts.
  public init(
    label: String, unit: String, done: Int, doneBefore: Int = 0, total: Int?, elapsed: TimeInterval,
    detail: String = "",
    isFinished: Bool = false
  ) {
    self.label = label
    self.unit = unit
    self.done = done
    self.doneBefore = doneBefore
    self.total = total
    self.elapsed = elapsed
    self.detail = detail
    self.isFinished = isFinished
  }

  /// Units a second, or nil when no time has gone by.
  public var rate: Double? { elapsed > 0 ? Double(done - doneBefore) / elapsed : nil }

  /// Seconds left at this rate, where a total and a rate are known.
  public var remaining: TimeInterval? {
    guard let total, let rate, rate > 0, !isFinished else { return nil }
    return Double(max(total - done, 0)) / rate
  }

  /// The plain line: `label: 1200 of 5000 lines (24%), 300 lines/s, 0:12 left, detail`.
  public var line: String {
    var parts = [total.map { "\(done) of \($0) \(unit) (\(percent)%)" } ?? "\(done) \(unit)"]
    parts += timing
    return "\(label): " + parts.joined(separator: ", ")
  }

  /// The line of a terminal, `label [=====>    ]  24% 300 lines/s, 0:12 left, detail`, of at most `width`
  /// columns.
  public func bar(width: Int) -> String {
    guard let total, total > 0 else { return String(line.prefix(max(width, 1))) }
    let tail =
      String(repeating: " ", count: percent < 10 ? 2 : percent < 100 ? 1 : 0)
      + "\(percent)% " + timing.joined(separator: ", ")
    let room = width - label.count - tail.count - 4
    guard room >= 10 else { return String(line.prefix(max(width, 1))) }
    let length = min(room, 30)
    let filled = min(length, length * done / total)
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: length - filled)
    return "\(label) [\(bar)] \(tail)"
  }

  private var percent: Int { total.map { $0 > 0 ? min(100, 100 * done / $0) : 100 } ?? 0 }

  private var timing: [String] {
    var parts: [String] = []
    if let rate { parts.append("\(Self.short(rate)) \(unit)/s") }
    if isFinished {
      parts.append("\(Self.duration(elapsed)) in all")
    } else if let remaining {
      parts.append("\(Self.duration(remaining)) left")
    }
    if !detail.isEmpty { parts.append(detail) }
    return parts
  }

  /// `7`, `0.25` or `12345`: three digits that matter, or all whole ones.
  static func short(_ rate: Double) -> String {
    let decimals = rate >= 100 ? 0 : rate >= 10 ? 1 : 2
    return String(format: "%.\(decimals)f", rate)
  }

  /// `0:07`, `12:34` or `1:02:03`.
  public static func duration(_ seconds: TimeInterval) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
  }
}
