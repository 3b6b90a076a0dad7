import CICU
import Foundation

/// Finds words or sentences with ICU (UAX #29).
///
/// ICU's iterators are costly to open and belong to one thread at a time, so that those not in use are kept.
final class BreakIterator: @unchecked Sendable {
  /// Words in scripts that write none apart (Chinese, Japanese, Thai, Lao, Khmer, Burmese), with ICU's dictionaries.
  static let words = BreakIterator(CICU_WORDS, locale: "")

  private let kind: cicu_break
  private let locale: String
  private let lock = NSLock()
  private var idle: [OpaquePointer] = []

  /// An iterator over sentences of a language, which do not end with its abbreviations.
  static func sentences(language: String) -> BreakIterator {
    BreakIterator(CICU_SENTENCES, locale: "\(language)@ss=standard")
  }

  private init(_ kind: cicu_break, locale: String) {
    self.kind = kind
    self.locale = locale
  }

  /// The byte offsets at which words or sentences end, in rising order, the last of them `bytes.count`.
  func ends(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    if bytes.isEmpty { return [] }
    let iterator = lock.withLock { idle.popLast() } ?? open()
    defer { lock.withLock { idle.append(iterator) } }
    var error: Int32 = 0
    let ends = [Int32](unsafeUninitializedCapacity: bytes.count) { offsets, count in
      count = bytes.withMemoryRebound(to: CChar.self) { text in
        Int(
          cicu_breaker_find(
            iterator, text.baseAddress, Int32(text.count), offsets.baseAddress, Int32(offsets.count), &error))
      }
    }
    if error != 0 { ICUText.stop("part \(bytes.count) bytes of text", error) }
    return ends.map(Int.init)
  }

  private func open() -> OpaquePointer {
    var error: Int32 = 0
    guard let iterator = cicu_breaker_open(kind, locale, &error) else {
      ICUText.stop("open its rules for \(kind == CICU_WORDS ? "words" : "sentences")", error)
    }
    return iterator
  }

  deinit {
    for iterator in idle { cicu_breaker_close(iterator) }
  }
}
