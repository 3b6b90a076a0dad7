import CICU
import Foundation

/// Finds words in scripts that write none apart (Chinese, Japanese, Thai, Lao, Khmer, Burmese), with
/// ICU's dictionaries. Iterators are costly to open and belong to one thread at a time, so that those
/// not in use are kept.
final class WordBreaker: @unchecked Sendable {
  static let shared = WordBreaker()

  private let lock = NSLock()
  private var idle: [OpaquePointer] = []

  /// The byte offsets at which words end, in rising order, the last of them `bytes.count`.
  func ends(in bytes: UnsafeBufferPointer<UInt8>) -> [Int32] {
    if bytes.isEmpty { return [] }
    let breaker = lock.withLock { idle.popLast() } ?? Self.open()
    defer { lock.withLock { idle.append(breaker) } }
    var error: Int32 = 0
    let ends = [Int32](unsafeUninitializedCapacity: bytes.count) { offsets, count in
      count = bytes.withMemoryRebound(to: CChar.self) { text in
        Int(
          cicu_word_breaker_find(
            breaker, text.baseAddress, Int32(text.count), offsets.baseAddress, Int32(offsets.count), &error))
      }
    }
    if error != 0 { ICUText.stop("find the words of \(bytes.count) bytes of text", error) }
    return ends
  }

  private static func open() -> OpaquePointer {
    var error: Int32 = 0
    guard let breaker = cicu_word_breaker_open(&error) else {
      ICUText.stop("open its dictionaries of words", error)
    }
    return breaker
  }

  deinit {
    for breaker in idle { cicu_word_breaker_close(breaker) }
  }
}
