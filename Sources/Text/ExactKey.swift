/// A string as a key of a dictionary that compares bytes; a literal is one, too.
///
/// `String` compares by canonical equivalence, so that "é" of one scalar and of two are one key; symbols
/// of a vocabulary are not to be confused like that, and bytes are several times faster to hash.
public struct ExactKey: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The string itself.
  public let string: String

  /// A key of a string.
  public init(_ string: String) { self.string = string }

  /// A key of a literal.
  public init(stringLiteral string: String) { self.string = string }

  /// Whether two strings are the same bytes.
  @inline(__always)
  public static func == (left: ExactKey, right: ExactKey) -> Bool {
    left.string.withUTF8Bytes { a in
      right.string.withUTF8Bytes { b in a.count == b.count && a.elementsEqual(b) }
    }
  }

  /// Hashes the bytes.
  @inline(__always)
  public func hash(into hasher: inout Hasher) {
    string.withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Whether the text's bytes come before another's, which is the order of code points.
  func precedesInCodePoints(_ other: String) -> Bool {
    withUTF8Bytes { a in other.withUTF8Bytes { b in a.lexicographicallyPrecedes(b) } }
  }
}

extension String {
  /// Whether two texts are the same bytes, which `==` does not ask.
  func isSame(as other: String) -> Bool { ExactKey(self) == ExactKey(other) }
}
