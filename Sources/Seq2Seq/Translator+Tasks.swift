import Foundation

/// Translating in tasks. What is searched for is searched on threads of the translator's own.
extension Translator {
  /// Translates a text of a line, without blocking the thread of the task.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before the end, ``Seq2SeqError/configuration(_:)`` for options
  ///   that no search can be made with.
  public func translate(_ text: String, _ options: SearchOptions = SearchOptions()) async throws
    -> Translation
  {
    try await translateAll([text], options)[0][0]
  }

  /// Translates texts of a line each, without blocking the thread of the task; the result has their order.
  ///
  /// - Throws: as for one text.
  public func translate(
    _ texts: [String], _ options: SearchOptions = SearchOptions()
  ) async throws -> [Translation] {
    try await translateAll(texts, options).map { $0[0] }
  }

  /// The best translations of each text, best first, without blocking the thread of the task.
  ///
  /// - Parameter progress: is told, from any thread, how many more texts are done, until all are.
  /// - Throws: as for one text.
  public func translateAll(
    _ texts: [String], _ options: SearchOptions, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [[Translation]] {
    try options.validate()
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Self.calls.async {
          let found = self.translateAll(
            texts, options, progress: progress, unless: { cancellation.isRequested })
          if let found {
            continuation.resume(returning: found)
          } else {
            continuation.resume(throwing: CancellationError())
          }
        }
      }
    } onCancel: {
      cancellation.request()
    }
  }

  /// Where the calls of tasks wait for their results.
  private static let calls = DispatchQueue(label: "translations", attributes: .concurrent)
}

/// Whether a task is cancelled, for threads that are not the task's.
private final class Cancellation: @unchecked Sendable {
  private let lock = NSLock()
  private var requested = false

  var isRequested: Bool { lock.withLock { requested } }
  func request() { lock.withLock { requested = true } }
}
