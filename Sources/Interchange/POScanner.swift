/// Cuts a PO file into entries (GNU gettext manual, "The Format of PO Files"), a line at a time.
///
/// What it can't make sense of is an error that names the line: an unfinished string, an unknown escape or keyword,
/// keywords out of order. Blank lines may stand anywhere, as for `msgfmt`. Bytes are kept, so that an entry can be
/// written again as it was.
struct POScanner {
  private let source: ByteSource
  private var charset = Charset.utf8
  private var entry = POEntry(firstLine: 1)
  private var lineNumber = 0
  private var isAtEnd = false
  private var hasEntries = false
  /// Lines that belong to the next entry, the first of them last.
  private var held: [[UInt8]] = []
  /// What the header said, once it was read.
  private(set) var header: POHeader?

  /// The encoding of the file, once the header was read.
  var encoding: Charset { charset }

  init(_ source: ByteSource) { self.source = source }

  /// The next entry, or nil after the last. What follows the last entry comes as one without `msgid`.
  mutating func next() throws -> POEntry? {
    guard !isAtEnd else { return nil }
    entry = POEntry(firstLine: lineNumber + 1)
    while let line = try takeLine() {
      let content = Content(line, isFirst: lineNumber == 1)
      if content.kind == .utf16 {
        throw InterchangeError.encoding(
          file: source.name, line: 1, encoding: "UTF-16", reason: "a PO file can't be in UTF-16")
      }
      if !entry.translations.isEmpty && content.beginsEntry {
        // So do the blank lines before it.
        let end = entry.translations[entry.translations.count - 1].lines.upperBound
        held = [line] + entry.lines[end...].reversed()
        entry.lines.removeSubrange(end...)
        lineNumber -= held.count
        return try finished()
      }
      entry.lines.append(line)
      try read(content)
    }
    isAtEnd = true
    return entry.lines.isEmpty ? nil : try finished()
  }

  private mutating func takeLine() throws -> [UInt8]? {
    guard let line = try held.popLast() ?? source.nextLine() else { return nil }
    lineNumber += 1
    return line
  }

  private mutating func finished() throws -> POEntry {
    guard entry.id != nil || entry.context != nil else { return entry }
    guard entry.id != nil else { throw invalid("msgctxt has no msgid", at: entry.line) }
    guard !entry.translations.isEmpty else { throw invalid("msgid has no msgstr", at: entry.line) }
    if !hasEntries && entry.isHeader {
      let header = POHeader(entry.translations[0].text)
      if let name = header.charset {
        guard let charset = Charset(named: name) else {
          throw InterchangeError.encoding(
            file: source.name, line: entry.line, encoding: name, reason: "this encoding can't be read")
        }
        self.charset = charset
      }
      self.header = header
    }
    hasEntries = true
    return entry
  }

  private mutating func read(_ content: Content) throws {
    let index = entry.lines.count - 1
    switch content.kind {
    case .blank, .comment, .utf16: return
    case .previous:
      if entry.bodyStart == nil { entry.bodyStart = index }
    case .flags:
      if entry.flagLine == nil { entry.flagLine = index }
      let words = content.bytes.split { $0 == 0x2C || $0 == 0x20 || $0 == 0x09 }
      entry.flags.formUnion(words.map { String(decoding: $0, as: UTF8.self) })
    case .text, .obsolete:
      if entry.bodyStart == nil { entry.bodyStart = index }
      try lex(content, index)
    }
  }

  // MARK: - Keywords and strings

  /// Where strings go that follow.
  private enum Place { case context, id, pluralID, translation }
  private var place: Place?

  private mutating func lex(_ content: Content, _ index: Int) throws {
    let bytes: [UInt8]
    if charset.isUTF8 {
      bytes = Array(content.bytes)
    } else if let text = charset.decode(Array(content.bytes)) {
      bytes = Array(text.utf8)
    } else {
      throw notInCharset()
    }
    var position = 0
    var keywords = 0
    while true {
      while position < bytes.count, Content.isSpace(bytes[position]) { position += 1 }
      guard position < bytes.count else { break }
      if bytes[position] == 0x22 {
        let text = try string(bytes, &position)
        try append(text, index)
      } else {
        let start = position
        while position < bytes.count, !Content.isSpace(bytes[position]), bytes[position] != 0x22 {
          position += 1
        }
        keywords += 1
        try begin(
          String(decoding: bytes[start..<position], as: UTF8.self), index,
          isObsolete: content.kind == .obsolete)
        // `msgid "a" msgstr "b"`: the line belongs to both.
        if keywords > 1 { markShared(index) }
      }
    }
  }

  private mutating func begin(_ keyword: String, _ index: Int, isObsolete: Bool) throws {
    let field = POEntry.Field(text: "", lines: index..<index + 1)
    switch keyword {
    case "msgctxt":
      guard entry.context == nil, entry.id == nil else { throw invalid("msgctxt is out of place") }
      entry.context = field
      entry.isObsolete = isObsolete
      place = .context
    case "msgid":
      guard entry.id == nil else { throw invalid("a second msgid before msgstr") }
      entry.id = field
      entry.isObsolete = isObsolete
      place = .id
    case "msgid_plural":
      guard entry.id != nil, entry.pluralID == nil, entry.translations.isEmpty else {
        throw invalid("msgid_plural is out of place")
      }
      entry.pluralID = field
      place = .pluralID
    case "msgstr":
      guard entry.id != nil, entry.pluralID == nil, entry.translations.isEmpty else {
        throw invalid("msgstr is out of place")
      }
      entry.translations.append(field)
      place = .translation
    default:
      guard keyword.hasPrefix("msgstr["), keyword.hasSuffix("]"),
        let form = Int(keyword.dropFirst(7).dropLast())
      else { throw invalid("the keyword \(keyword.prefix(40)) is unknown") }
      guard entry.pluralID != nil, form == entry.translations.count else {
        throw invalid("\(keyword) is out of place")
      }
      entry.translations.append(field)
      place = .translation
    }
  }

  private mutating func append(_ text: String, _ index: Int) throws {
    func extend(_ field: inout POEntry.Field) {
      field.text += text
      field.lines = field.lines.lowerBound..<index + 1
    }
    switch place {
    case .context? where entry.context != nil: extend(&entry.context!)
    case .id? where entry.id != nil: extend(&entry.id!)
    case .pluralID? where entry.pluralID != nil: extend(&entry.pluralID!)
    case .translation? where !entry.translations.isEmpty:
      extend(&entry.translations[entry.translations.count - 1])
    default: throw invalid("a string without a keyword")
    }
  }

  private mutating func markShared(_ index: Int) {
    for form in entry.translations.indices where entry.translations[form].lines.contains(index) {
      entry.translations[form].sharesLine = true
    }
  }

  /// Reads a string from its first quote to behind its last, with escapes resolved.
  private func string(_ bytes: [UInt8], _ position: inout Int) throws -> String {
    var text: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x22 {
        // The header's own bytes are read before its charset is known.
        if let valid = String(validating: text, as: UTF8.self) { return valid }
        if entry.isHeader, !hasEntries { return String(decoding: text, as: UTF8.self) }
        throw notInCharset()
      }
      if byte == 0x5C {
        try escape(bytes, &position, &text)
      } else {
        text.append(byte)
      }
    }
    throw invalid("the string has no closing quote on its line")
  }

  private static let escapes: [UInt8: UInt8] = [
    0x6E: 0x0A, 0x74: 0x09, 0x62: 0x08, 0x72: 0x0D, 0x66: 0x0C, 0x76: 0x0B, 0x61: 0x07, 0x5C: 0x5C,
    0x22: 0x22,
  ]

  /// Reads what follows a backslash. Numbers are bytes in the file's encoding.
  private func escape(_ bytes: [UInt8], _ position: inout Int, _ text: inout [UInt8]) throws {
    guard position < bytes.count else { throw invalid("the string has no closing quote on its line") }
    if let plain = Self.escapes[bytes[position]] {
      position += 1
      text.append(plain)
      return
    }
    position -= 1
    var raw: [UInt8] = []
    while let (byte, length) = numericEscape(bytes, position) {
      raw.append(byte)
      position += length
    }
    guard !raw.isEmpty else {
      let name = String(decoding: bytes[(position + 1)...].prefix(1), as: UTF8.self)
      throw invalid("\\\(name) is no escape sequence")
    }
    guard let decoded = charset.isUTF8 ? raw : charset.decode(raw).map({ Array($0.utf8) }) else {
      throw notInCharset()
    }
    text += decoded
  }

  /// The byte of `\123` or `\x4F` at a position, and how many characters it takes.
  private func numericEscape(_ bytes: [UInt8], _ position: Int) -> (UInt8, Int)? {
    guard position + 1 < bytes.count, bytes[position] == 0x5C else { return nil }
    let isHexadecimal = bytes[position + 1] == 0x78
    let start = position + (isHexadecimal ? 2 : 1)
    let radix = isHexadecimal ? 16 : 8
    let digits = bytes[start...].prefix(isHexadecimal ? 2 : 3)
      .prefix { Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } ?? false }
    guard let value = Int(String(decoding: digits, as: UTF8.self), radix: radix) else { return nil }
    return (UInt8(truncatingIfNeeded: value), start - position + digits.count)
  }

  // MARK: - Errors

  private func invalid(_ reason: String, at line: Int? = nil) -> InterchangeError {
    .invalid(
      file: source.name, line: line ?? max(1, lineNumber), reason: reason,
      remedy: "Repair the line; msgfmt --check names other faults of the file")
  }

  private func notInCharset() -> InterchangeError {
    .encoding(
      file: source.name, line: lineNumber, encoding: charset.name,
      reason: "a byte does not belong to the encoding")
  }
}

/// A line without its end, and what kind it is.
private struct Content {
  enum Kind { case blank, comment, flags, previous, obsolete, text, utf16 }
  let kind: Kind
  /// What there is behind the mark of its kind.
  let bytes: ArraySlice<UInt8>

  init(_ line: [UInt8], isFirst: Bool) {
    var bytes = line[...]
    if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.last == 0x0A { bytes.removeLast() }
    if bytes.last == 0x0D { bytes.removeLast() }
    if isFirst, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      (kind, self.bytes) = (.utf16, bytes)
      return
    }
    let trimmed = bytes.drop(while: Self.isSpace)
    guard trimmed.first == 0x23 else {
      (kind, self.bytes) = (trimmed.isEmpty ? .blank : .text, trimmed)
      return
    }
    let rest = trimmed.dropFirst(2)
    switch trimmed.dropFirst().first {
    case 0x2C: (kind, self.bytes) = (.flags, rest)
    case 0x7C: (kind, self.bytes) = (.previous, rest)
    case 0x7E:
      let isPrevious = rest.first == 0x7C
      let isEmpty = rest.allSatisfy(Self.isSpace)
      (kind, self.bytes) = (isPrevious ? .previous : isEmpty ? .comment : .obsolete, rest)
    default: (kind, self.bytes) = (.comment, rest)
    }
  }

  /// Whether an entry that has its `msgstr` ends before this line.
  var beginsEntry: Bool {
    switch kind {
    case .blank: false
    case .comment, .flags, .previous, .utf16: true
    case .text, .obsolete:
      // A string or a further plural form goes on with the entry.
      bytes.drop(while: Self.isSpace).first != 0x22
        && !bytes.drop(while: Self.isSpace).starts(with: Array("msgstr".utf8))
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
