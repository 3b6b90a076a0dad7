import CICU

/// The few transformations that are ICU's: Unicode normal forms and the case mapping of a language.
enum ICUText {
  /// The text in normal form C or KC (UAX #15).
  static func normalized(_ text: String, form: cicu_normal_form) -> String {
    transformed(text) { source, target, error in
      cicu_normalize(
        form, source.baseAddress, Int32(source.count), target.baseAddress, Int32(target.count), &error)
    }
  }

  /// The text in lower case by the rules of a language, in normal form C.
  static func lowercased(_ text: String, language: String) -> String {
    let lower = transformed(text) { source, target, error in
      cicu_lowercase(
        language, source.baseAddress, Int32(source.count), target.baseAddress, Int32(target.count), &error)
    }
    // Lower case can compose where upper case could not: J + U+030C has no composed form, ǰ is one.
    return normalized(lower, form: CICU_NFC)
  }

  /// The text in upper case by the rules of a language, in normal form C.
  static func uppercased(_ text: String, language: String) -> String {
    let upper = transformed(text) { source, target, error in
      cicu_uppercase(
        language, source.baseAddress, Int32(source.count), target.baseAddress, Int32(target.count), &error)
    }
    return normalized(upper, form: CICU_NFC)
  }

  /// Stops the program with ICU's name for what went wrong: its data or memory is missing, so that no
  /// result would be right.
  static func stop(_ action: String, _ error: Int32) -> Never {
    fatalError("ICU could not \(action): \(String(cString: cicu_error_name(error))).")
  }

  private typealias Transform = (
    _ source: UnsafeBufferPointer<UInt16>, _ target: UnsafeMutableBufferPointer<UInt16>,
    _ error: inout Int32
  ) -> Int32

  private static func transformed(_ text: String, _ transform: Transform) -> String {
    let source = Array(text.utf16)
    if source.isEmpty { return "" }
    var capacity = source.count + source.count / 4 + 16
    while true {
      var needed = 0
      let result = withUnsafeTemporaryAllocation(of: UInt16.self, capacity: capacity) { target -> String? in
        var error: Int32 = 0
        needed = source.withUnsafeBufferPointer { Int(transform($0, target, &error)) }
        if error != 0 { stop("change \(source.count) code units of text", error) }
        return needed <= target.count ? String(decoding: target[..<needed], as: UTF16.self) : nil
      }
      if let result { return result }
      capacity = needed
    }
  }
}
