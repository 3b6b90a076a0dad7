import CICU

/// Brings text to the one form that the rest of the pipeline reads.
///
/// - Unicode normal form C (UAX #15), so that "é" is one scalar however it was typed.
/// - Control characters (category Cc) and byte order marks (U+FEFF) are removed.
/// - White space becomes one space between words and none around the line. The no-break spaces U+00A0 and
///   U+202F are not white space here: in French they belong to the punctuation beside them.
/// - Quotes, dashes and French spaces are folded where a ``Rule`` asks for it.
///
/// Applying it twice changes nothing more.
///
/// ```swift
/// Normalizer()("  un\tcafe\u{301} ")  // "un café"
/// ```
public struct Normalizer: Hashable, Sendable {
  /// A normal form of Unicode (UAX #15).
  public enum Form: String, Codable, Hashable, Sendable, CaseIterable {
    /// Canonical composition: changes no character that looks different.
    case nfc
    /// Compatibility composition: also folds ligatures, full-width letters, superscripts and no-break
    /// spaces into plain ones.
    case nfkc
    /// The scalars as they came.
    case none
  }

  /// The normal form of the result.
  public var form: Form
  /// What else is folded.
  public var rules: Set<Rule>

  /// A normaliser to normal form C.
  public init() { self.init(form: .nfc) }

  /// A normaliser to the given normal form, with the given rules.
  public init(form: Form, rules: Set<Rule> = []) {
    self.form = form
    self.rules = rules
  }

  /// The normalised text. Text that is in normal form already is returned without a copy.
  public func callAsFunction(_ text: String) -> String {
    let rules = ScalarRules(rules)
    var state = text.withUTF8Bytes { Self.inspect($0, rules) }
    var result = text
    if state.needsCleaning { result = Self.cleaned(result, rules) }
    switch form {
    case .nfc:
      if state.mayCompose { result = ICUText.normalized(Self.ordered(result), form: CICU_NFC) }
    case .nfkc:
      if !state.isASCII {
        result = ICUText.normalized(Self.ordered(result), form: CICU_NFKC)
        // Compatibility forms can hold spaces (U+00A8 becomes a space and U+0308), quotes and dashes.
        state = result.withUTF8Bytes { Self.inspect($0, rules) }
        if state.needsCleaning { result = Self.cleaned(result, rules) }
      }
    case .none:
      break
    }
    return result
  }
}

extension Normalizer {
  /// Marks in a row that ICU may put in order by itself, for which it takes the square of their number.
  private static let longestRun = 64

  /// The text, long runs of combining marks in canonical order (UAX #15, D109), which changes no normal form.
  private static func ordered(_ text: String) -> String {
    guard text.utf8.count > longestRun else { return text }
    var (run, longest) = (0, 0)
    for scalar in text.unicodeScalars {
      run = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered ? run + 1 : 0
      longest = max(longest, run)
    }
    guard longest > longestRun else { return text }
    var result = String.UnicodeScalarView()
    var marks: [(order: UInt8, place: Int, scalar: Unicode.Scalar)] = []
    func flush() {
      marks.sort { ($0.order, $0.place) < ($1.order, $1.place) }
      result.append(contentsOf: marks.map(\.scalar))
      marks.removeAll()
    }
    for scalar in text.unicodeScalars {
      let order = scalar.properties.canonicalCombiningClass
      if order == .notReordered {
        flush()
        result.append(scalar)
      } else {
        marks.append((order.rawValue, marks.count, scalar))
      }
    }
    flush()
    return String(result)
  }

  private struct Inspection {
    /// Something is to be removed, or white space is not single spaces between words.
    var needsCleaning = false
    /// A scalar stands there that normal form C may change or join to its neighbour.
    var mayCompose = false
    var isASCII = true
  }

  /// What must be done to the text: one pass, without a look into Unicode's tables.
  private static func inspect(_ bytes: UnsafeBufferPointer<UInt8>, _ rules: ScalarRules) -> Inspection {
    var result = Inspection()
    var afterSpace = true  // so that a leading space counts as one too many
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let isSpace = byte == 0x20
        if byte < 0x20 || byte == 0x7F || (isSpace && afterSpace) { result.needsCleaning = true }
        afterSpace = isSpace
        index += 1
        continue
      }
      let (value, length) = ScalarReader.scalar(in: bytes, at: index)
      result.isASCII = false
      afterSpace = false
      if rules.replacement(of: value) != value { result.needsCleaning = true }
      if !isComposed(value) { result.mayCompose = true }
      index += length
    }
    if afterSpace && index > 0 { result.needsCleaning = true }
    return result
  }

  /// Whether a scalar stands in normal form C for certain, whatever is beside it (`NFC_Quick_Check=Yes`
  /// and combining class 0, for the ranges that most text is made of).
  @inline(__always)
  private static func isComposed(_ value: UInt32) -> Bool {
    switch value {
    case 0x00..<0x300, 0x400...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x621...0x64A: true
    case 0x2002...0x2070, 0x20A0...0x20C0, 0x3000...0x3029, 0x3041...0x3096, 0x30A1...0x30FF: true
    case 0x4E00...0x9FFF, 0xFF00...0xFFEF, 0x1F300...0x1FAFF: true
    default: false
    }
  }

  /// The text without control characters, with single spaces between words and scalars replaced by the
  /// rules. No replacement is longer than what it stands for.
  private static func cleaned(_ text: String, _ rules: ScalarRules) -> String {
    text.withUTF8Bytes { bytes in
      String(unsafeUninitializedCapacity: bytes.count) { output in
        var written = 0
        var spaceWaits = false
        var index = 0
        while index < bytes.count {
          let (value, length) = ScalarReader.scalar(in: bytes, at: index)
          let replacement = rules.replacement(of: value)
          if replacement == 0x20 {
            spaceWaits = written > 0
          } else if replacement != ScalarRules.removed {
            if spaceWaits {
              output[written] = 0x20
              written += 1
              spaceWaits = false
            }
            if replacement == value {
              for offset in 0..<length { output[written + offset] = bytes[index + offset] }
              written += length
            } else {
              output[written] = UInt8(replacement)
              written += 1
            }
          }
          index += length
        }
        return written
      }
    }
  }
}
