import Foundation

/// A character encoding by its name, to and from UTF-8; the system's `iconv` does the work.
final class Charset {
  /// The name that the file gives it.
  let name: String
  /// Whether bytes need no conversion: UTF-8, or ASCII, which is a part of it.
  let isUTF8: Bool
  /// Whether it has no more than ASCII. A file that says so and holds UTF-8 is read all the same.
  private let isASCII: Bool
  private let decoder: iconv_t?
  private let encoder: iconv_t?

  /// UTF-8.
  static var utf8: Charset { Charset() }

  private init() {
    name = "UTF-8"
    isUTF8 = true
    isASCII = false
    decoder = nil
    encoder = nil
  }

  /// The encoding of a name, or nil if the system does not have it or it is no superset of ASCII.
  init?(named name: String) {
    self.name = name
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    isASCII = ["usascii", "ascii", "ansix341968"].contains(plain)
    isUTF8 = isASCII || plain == "utf8"
    guard !isUTF8 else {
      decoder = nil
      encoder = nil
      return
    }
    // A stateful or wide encoding has bytes that look like quotes and line ends and are none.
    let unsuitable = ["utf16", "utf32", "ucs", "utf7", "iso2022", "hz"]
    guard !unsuitable.contains(where: plain.hasPrefix) else { return nil }
    let (decoder, encoder) = (iconv_open("UTF-8", name), iconv_open(name, "UTF-8"))
    self.decoder = Self.isOpen(decoder) ? decoder : nil
    self.encoder = Self.isOpen(encoder) ? encoder : nil
    guard self.decoder != nil, self.encoder != nil else { return nil }
  }

  deinit {
    if let decoder { iconv_close(decoder) }
    if let encoder { iconv_close(encoder) }
  }

  /// The text of bytes, or nil if the encoding has no such bytes.
  func decode(_ bytes: [UInt8]) -> String? {
    guard !isUTF8 else { return String(validating: bytes, as: UTF8.self) }
    guard bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
    return Self.convert(bytes, decoder).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes of a text, or nil if the encoding lacks one of its characters.
  func encode(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    if isASCII { return bytes.allSatisfy { $0 < 0x80 } ? bytes : nil }
    guard !isUTF8, bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    return Self.convert(bytes, encoder)
  }

  /// Whether `iconv_open` did not answer with its `(iconv_t)-1`.
  private static func isOpen(_ handle: iconv_t?) -> Bool {
    handle.map { Int(bitPattern: $0) != -1 } ?? false
  }

  private static func convert(_ bytes: [UInt8], _ handle: iconv_t?) -> [UInt8]? {
    guard let handle else { return nil }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 4 * bytes.count + 16)
    let made: Int? = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        iconv(handle, nil, nil, nil, nil)
        var (from, to) = (input.baseAddress, output.baseAddress)
        var (left, room) = (input.count, output.count)
        // The count is that of irreversible conversions, and an error is (size_t)-1: neither will do.
        guard iconv(handle, &from, &left, &to, &room) == 0, left == 0 else { return nil }
        guard iconv(handle, nil, nil, &to, &room) == 0 else { return nil }
        return output.count - room
      }
    }
    return made.map { output[..<$0].map { UInt8(bitPattern: $0) } }
  }
}
