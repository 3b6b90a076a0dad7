/// A kind of text that is one token and that a translation copies.
public enum ProtectedClass: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
  /// Addresses with a scheme (`https://example.org/a?b=c`), or that begin with `www.`.
  case url = "urls"
  /// Addresses of mail: `name@example.org`.
  case email = "emails"
  /// What a program fills in: `%s`, `%1$d`, `%(name)s`, `%{name}`, `%1` (Qt), `{0}`, `{name!r:>8}`,
  /// `{{name}}`, `${name}`.
  case placeholder = "placeholders"
  /// Tags of XML and HTML, attributes included: `<b>`, `</b>`, `<a href="x">`, `<br/>`.
  case tag = "tags"
  /// Entities and character references of XML and HTML: `&amp;`, `&#160;`.
  case entity = "entities"
  /// Numbers, those parted by no-break spaces (`10 000`) included.
  ///
  /// A number is copied if it is nothing but digits, or digits and colons (years, times, codes), and the
  /// vocabulary has no symbol for it: frequent numbers are words like others ("2", "deux"). Those with a
  /// comma, a dot or a space are spelt differently in other languages (3.14, 3,14), so they are
  /// translated piece by piece like any rare word.
  case number = "numbers"

  /// The symbol that stands for any token of the class: `⦅url⦆`.
  public var symbol: String { "⦅\(shortName)⦆" }

  private var shortName: String {
    switch self {
    case .url: "url"
    case .email: "mail"
    case .placeholder: "mark"
    case .tag: "tag"
    case .entity: "ent"
    case .number: "num"
    }
  }

  /// The order of the names, in which classes are stored.
  public static func < (left: ProtectedClass, right: ProtectedClass) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Set<ProtectedClass> {
  /// Every class.
  public static let all = Set(ProtectedClass.allCases)
}

extension ProtectedClass {
  /// The class of a token of ``Tokenizer``, joiners and all; `nil` if it is none of `classes` or a number
  /// that is not to be copied.
  init?(token: String, among classes: Set<ProtectedClass>) {
    guard !classes.isEmpty else { return nil }
    let found = token.withUTF8Bytes { bytes -> ProtectedClass? in
      guard Self.mayBeProtected(bytes) else { return nil }
      var surface: [UInt8] = []
      Joiner.appendSurface(of: bytes, to: &surface)
      return surface.withUnsafeBufferPointer { surface in
        if Self.isCopyableNumber(surface) { return classes.contains(.number) ? .number : nil }
        let spans = ProtectedScanner(bytes: surface, classes: classes).spans()
        guard let span = spans.first, span.range == 0..<surface.count else { return nil }
        return span.kind == .number ? nil : span.kind
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// A quick look that lets most words go.
  private static func mayBeProtected(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes {
      switch byte {
      case 0x25, 0x26, 0x2E, 0x3A, 0x3C, 0x40, 0x7B, 0x30...0x39: return true
      default: continue
      }
    }
    return false
  }

  /// Two or more digits, with colons between them or not.
  private static func isCopyableNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 1, bytes[0] != 0x3A else { return false }
    return bytes.allSatisfy { (0x30...0x3A).contains($0) }
  }
}

/// A protected token and its symbols in a vocabulary: one for each way it can be joined to its neighbours.
struct ProtectedSymbol {
  let kind: ProtectedClass
  let joinsLeft: Bool
  let joinsRight: Bool

  init(kind: ProtectedClass, joinsLeft: Bool, joinsRight: Bool) {
    self.kind = kind
    self.joinsLeft = joinsLeft
    self.joinsRight = joinsRight
  }

  /// The symbol for a token of a class, with the token's joiners.
  init(kind: ProtectedClass, token: String) {
    let (left, right) = token.withUTF8Bytes { bytes in
      (Joiner.isMark(bytes, at: 0), Joiner.isMark(bytes, at: bytes.count - 3))
    }
    self.init(kind: kind, joinsLeft: left, joinsRight: right)
  }

  /// All symbols of a class, the one without joiners first.
  static func all(of kind: ProtectedClass) -> [ProtectedSymbol] {
    [(false, false), (true, false), (false, true), (true, true)].map {
      ProtectedSymbol(kind: kind, joinsLeft: $0.0, joinsRight: $0.1)
    }
  }

  /// The symbol as it stands in a vocabulary: `￭⦅tag⦆`.
  var text: String { joined(kind.symbol) }

  /// A token's text with this symbol's joiners in place of its own.
  func rejoined(_ token: String) -> String {
    var core = Substring(token).unicodeScalars
    while core.first == Joiner.mark { core.removeFirst() }
    while core.last == Joiner.mark { core.removeLast() }
    return joined(String(core))
  }

  private func joined(_ text: String) -> String {
    let mark = String(Joiner.mark)
    return (joinsLeft ? mark : "") + text + (joinsRight ? mark : "")
  }
}
