import CICU

/// Brings text to the one form that the rest of the pipeline reads.
///
/// - Unicode normal form C (UAX #15), so that "é" is one scalar however it was typed.
/// - Control characters (category Cc) and byte order marks (U+FEFF) are removed.
/// - White space becomes one space between words and none around the line. The no-break spaces U+00A0 and
///   U+202F are not white space here: in French they belong to the punctuation beside them.
///
/// Applying it twice changes nothing more.
///
/// ```swift
/// Normalizer()("  un\tcafe\u{301} ")  // "un café"
/// ```
public struct Normalizer: Codable, Hashable, Sendable {
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

  /// A normaliser to normal form C.
  public init() { self.init(form: .nfc) }

  /// A normaliser to the given normal form.
  public init(form: Form) { self.form = form }

  /// The normalised text. Text that is in normal form already is returned without a copy.
  public func callAsFunction(_ text: String) -> String {
    var state = text.withUTF8Bytes { Self.inspect($0) }
    var result = text
    if state.needsCleaning { result = Self.cleaned(result) }
    switch form {
    case .nfc:
      if state.mayCompose { result = ICUText.normalized(result, form: CICU_NFC) }
    case .nfkc:
      if !state.isASCII {
        result = ICUText.normalized(result, form: CICU_NFKC)
        // Compatibility forms can hold spaces: U+00A8 becomes a space and U+0308.
        state = result.withUTF8Bytes { Self.inspect($0) }
        if state.needsCleaning { result = Self.cleaned(result) }
      }
    case .none:
      break
    }
    return result
  }
}

extension Normalizer {
  private struct Inspection {
    /// Something is to be removed, or white space is not single spaces between words.
    var needsCleaning = false
    /// A scalar stands there that normal form C may change or join to its neighbour.
    var mayCompose = false
    var isASCII = true
  }

  /// What must be done to the text: one pass, without a look into Unicode's tables.
  private static func inspect(_ bytes: UnsafeBufferPointer<UInt8>) -> Inspection {
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
      if action(on: value) != .keep { result.needsCleaning = true }
      if !isComposed(value) { result.mayCompose = true }
      index += length
    }
    if afterSpace && index > 0 { result.needsCleaning = true }
    return result
  }

  private enum Action { case keep, remove, space }

  @inline(__always)
  private static func action(on value: UInt32) -> Action {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x205F, 0x3000: .space
    case 0x00...0x1F, 0x7F...0x9F, 0xFEFF: .remove
    default: .keep
    }
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

  /// The text without control characters and with single spaces between words.
  private static func cleaned(_ text: String) -> String {
    text.withUTF8Bytes { bytes in
      String(unsafeUninitializedCapacity: bytes.count) { output in
        var written = 0
        var spaceWaits = false
        var index = 0
        while index < bytes.count {
          let (value, length) = ScalarReader.scalar(in: bytes, at: index)
          switch action(on: value) {
          case .remove:
            break
          case .space:
            spaceWaits = written > 0
          case .keep:
            if spaceWaits {
              output[written] = 0x20
              written += 1
              spaceWaits = false
            }
            for offset in 0..<length { output[written + offset] = bytes[index + offset] }
            written += length
          }
          index += length
        }
        return written
      }
    }
  }
}
