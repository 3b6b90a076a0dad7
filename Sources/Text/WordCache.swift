import Foundation

/// Remembers what was computed for a word, for all threads; forgets everything when it is full.
final class WordCache<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private let limit: Int
  private var values: [ExactKey: Value] = [:]

  init(limit: Int = 1 << 17) { self.limit = limit }

  /// The value of a word, computed outside the lock when it is not known.
  func value(of word: String, compute: (String) -> Value) -> Value {
    let key = ExactKey(word)
    if let value = lock.withLock({ values[key] }) { return value }
    let value = compute(word)
    lock.withLock { insert(value, for: key) }
    return value
  }

  /// The values of the words of a sentence, in order, with one visit to the lock when all are known.
  func values(of words: [String], compute: (String) -> Value) -> [Value] {
    var missing: [Int] = []
    var found: [Value?] = lock.withLock {
      words.indices.map { index in
        let value = values[ExactKey(words[index])]
        if value == nil { missing.append(index) }
        return value
      }
    }
    if !missing.isEmpty {
      for index in missing { found[index] = compute(words[index]) }
      lock.withLock {
        for index in missing { insert(found[index]!, for: ExactKey(words[index])) }
      }
    }
    return found.map { $0! }
  }

  private func insert(_ value: Value, for key: ExactKey) {
    if values.count >= limit { values.removeAll(keepingCapacity: true) }
    values[key] = value
  }
}
