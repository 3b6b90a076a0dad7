import Foundation

/// Where the time of a step went, by operation.
///
/// Each worker's tape has a profile of its own; ``merge(_:)`` adds them up. A measurement costs two readings of a clock,
/// and nothing where there is no profile.
public final class Profile: @unchecked Sendable {
  /// What is told apart. The operations of a tape do not overlap, so their times add up.
  public enum Operation: String, CaseIterable, Sendable {
    /// `x W`, all but the output layer's.
    case product = "products forward"
    /// `dy Wᵀ`.
    case inputGradient = "products, gradient of inputs"
    /// `xᵀ dy`.
    case weightGradient = "products, gradient of weights"
    /// The products of the output layer with its gradients.
    case outputLayer = "products of the output layer"
    /// Recurrent cells forward and backward.
    case cell = "recurrent cells"
    /// Attention forward and backward, without its products.
    case attention = "attention"
    /// Softmax, loss and their gradient.
    case softmax = "softmax and loss"
    /// Word vectors and their gradients.
    case embedding = "word vectors"
    /// Biases, tanh, dropout, copies and additions.
    case elementwise = "elementwise"
    /// Rounding to bf16 and int8.
    case rounding = "rounding to 16 and 8 bits"
    /// Adding gradients up, clipping, the update, the weights' copies for products, and their moving average.
    case update = "clipping and update"
    /// Reading a batch from the corpus.
    case reading = "reading batches"
    /// Choosing hypotheses.
    case search = "search"
    /// Text to ids and back.
    case text = "text to ids and back"

    /// Whether it is made of matrix products.
    public var isProduct: Bool {
      switch self {
      case .product, .inputGradient, .weightGradient, .outputLayer: true
      default: false
      }
    }
  }

  /// The sums of one operation.
  public struct Entry: Hashable, Sendable {
    /// How often it ran.
    public var calls = 0
    /// Time in nanoseconds, summed over the threads.
    public var nanoseconds: UInt64 = 0
    /// Floating-point (or 8-bit) operations, a multiplication and an addition being two.
    public var operations = 0.0

    /// Nothing yet.
    public init() {}
  }

  private var entries = [Entry](repeating: Entry(), count: Operation.allCases.count)
  private static let places = Dictionary(
    uniqueKeysWithValues: Operation.allCases.enumerated().map { ($1, $0) })

  /// An empty profile.
  public init() {}

  /// The sums of an operation.
  public subscript(operation: Operation) -> Entry { entries[Self.places[operation]!] }

  /// Time of all operations in nanoseconds, summed over the threads.
  public var nanoseconds: UInt64 { entries.reduce(0) { $0 + $1.nanoseconds } }

  /// Runs `body` and adds its time.
  ///
  /// - Parameter operations: the arithmetic in it.
  public func measure<Result>(
    _ operation: Operation, operations: Double = 0, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = Self.now
    defer { add(operation, since: start, operations: operations) }
    return try body()
  }

  /// A clock, in nanoseconds.
  public static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

  /// Adds the time since `start`, which ``now`` gave.
  public func add(_ operation: Operation, since start: UInt64, operations: Double = 0) {
    let place = Self.places[operation]!
    entries[place].calls += 1
    entries[place].nanoseconds += Self.now - start
    entries[place].operations += operations
  }

  /// Adds another profile's sums.
  public func merge(_ other: Profile) {
    for place in entries.indices {
      entries[place].calls += other.entries[place].calls
      entries[place].nanoseconds += other.entries[place].nanoseconds
      entries[place].operations += other.entries[place].operations
    }
  }

  /// A table: time, share, calls, and GFLOP/s a thread for products.
  ///
  /// - Parameter threadSeconds: the time that passed, times the threads; what no operation accounts for gets a line of its own.
  public func table(threadSeconds: Double) -> [String] {
    func line(_ name: String, _ seconds: Double, _ calls: String, _ rate: String) -> String {
      let share = threadSeconds > 0 ? 100 * seconds / threadSeconds : 0
      let padded = name.padding(toLength: 30, withPad: " ", startingAt: 0)
      return padded + String(format: "%9.2f %6.1f%%", seconds, share)
        + String(repeating: " ", count: max(1, 11 - calls.count)) + calls
        + String(repeating: " ", count: max(1, 10 - rate.count)) + rate
    }
    var lines = ["operation                        seconds   share      calls  GFLOP/s"]
    var products = Entry()
    for operation in Operation.allCases.sorted(by: { self[$0].nanoseconds > self[$1].nanoseconds }) {
      let entry = self[operation]
      guard entry.calls > 0 else { continue }
      let rate = entry.operations > 0 ? entry.operations / Double(entry.nanoseconds) : 0
      lines.append(
        line(
          operation.rawValue, Double(entry.nanoseconds) / 1e9, "\(entry.calls)",
          rate > 0 ? String(format: "%.0f", rate) : ""))
      if operation.isProduct {
        products.nanoseconds += entry.nanoseconds
        products.calls += entry.calls
        products.operations += entry.operations
      }
    }
    let rest = threadSeconds - Double(nanoseconds) / 1e9
    lines.append(line("all else, and waiting", max(0, rest), "", ""))
    if products.nanoseconds > 0 {
      lines.append(
        line(
          "of this, matrix products", Double(products.nanoseconds) / 1e9, "\(products.calls)",
          String(format: "%.0f", products.operations / Double(products.nanoseconds))))
    }
    return lines
  }
}

/// A profile that several threads add to.
public final class SharedProfile: @unchecked Sendable {
  private let lock = NSLock()
  private let sum = Profile()

  /// An empty profile.
  public init() {}

  /// Adds a thread's sums.
  public func add(_ part: Profile) { lock.withLock { sum.merge(part) } }

  /// See ``Profile/table(threadSeconds:)``.
  public func table(threadSeconds: Double) -> [String] {
    lock.withLock { sum.table(threadSeconds: threadSeconds) }
  }
}

extension Tape {
  /// Runs `body`, timed when the tape has a profile.
  @inline(__always)
  func timed<Result>(
    _ operation: Profile.Operation, operations: Double = 0, _ body: () -> Result
  ) -> Result {
    guard let profile else { return body() }
    return profile.measure(operation, operations: operations, body)
  }
}
