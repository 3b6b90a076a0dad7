/// Finds protected text in a sentence's UTF-8, from left to right, in one pass that stops only at the few
/// characters that such text has in it.
struct ProtectedScanner {
  /// A place in the text and what stands there.
  struct Span: Equatable {
    let range: Range<Int>
    let kind: ProtectedClass
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let classes: Set<ProtectedClass>

  init(bytes: UnsafeBufferPointer<UInt8>, classes: Set<ProtectedClass>) {
    self.bytes = bytes
    self.classes = classes
  }

  /// The spans in their order; none overlaps another.
  func spans() -> [Span] {
    var spans: [Span] = []
    var start = 0  // where the next span may begin
    var groups = 0  // where the last groups of digits end that were looked through
    var index = 0
    while index < bytes.count {
      let span: Span?
      switch bytes[index] {
      case UInt8(ascii: ":"): span = url(colon: index, from: start)
      case UInt8(ascii: "."): span = webAddress(dot: index, from: start)
      case UInt8(ascii: "@"): span = email(at: index, from: start)
      case UInt8(ascii: "%"): span = percent(index, from: start)
      case UInt8(ascii: "{"): span = brace(index, from: start)
      case UInt8(ascii: "<"): span = tag(index)
      case UInt8(ascii: "&"): span = entity(index)
      case 0xC2, 0xE2: span = number(index, from: start, &groups)
      default:
        index += 1
        continue
      }
      if let span {
        if classes.contains(span.kind) { spans.append(span) }
        index = span.range.upperBound
        start = index
      } else if bytes[index] == UInt8(ascii: "%"), byte(index + 1) == UInt8(ascii: "%") {
        index += 2  // "%%s" holds no placeholder
      } else {
        index += 1
      }
    }
    return spans
  }
}

// MARK: - Bytes

extension ProtectedScanner {
  /// The byte at an index, 0 outside the text.
  @inline(__always)
  private func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0 }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  private func isOne(of set: StaticString, _ byte: UInt8) -> Bool {
    byte != 0 && set.withUTF8Buffer { $0.contains(byte) }
  }

  /// Whether a word stands to the left of an index, in a script that parts words.
  private func followsWord(_ index: Int) -> Bool {
    var before = index - 1
    while before > 0, bytes[before] & 0xC0 == 0x80 { before -= 1 }
    guard before >= 0 else { return false }
    let (value, _) = ScalarReader.scalar(in: bytes, at: before)
    switch CharacterClass.classify(Unicode.Scalar(value)!) {
    case .letter, .digit, .mark: return true
    default: return false
    }
  }

  /// The first index from `start` whose byte is not as wanted.
  private func end(from start: Int, while isWanted: (UInt8) -> Bool) -> Int {
    var index = start
    while index < bytes.count, isWanted(bytes[index]) { index += 1 }
    return index
  }

  /// The lowest index from which on all bytes before `end` are as wanted.
  private func start(to end: Int, from limit: Int, while isWanted: (UInt8) -> Bool) -> Int {
    var index = end
    while index > limit, isWanted(bytes[index - 1]) { index -= 1 }
    return index
  }
}

// MARK: - Addresses

extension ProtectedScanner {
  /// An address whose `://` begins at `colon` (RFC 3986, and letters of other scripts as in RFC 3987).
  private func url(colon: Int, from limit: Int) -> Span? {
    guard byte(colon + 1) == UInt8(ascii: "/"), byte(colon + 2) == UInt8(ascii: "/") else { return nil }
    var first = start(to: colon, from: limit) { isAlphanumeric($0) || isOne(of: "+.-", $0) }
    while first < colon, !isLetter(bytes[first]) { first += 1 }
    guard first < colon, first == limit || !followsWord(first) else { return nil }
    return address(from: first, body: colon + 3)
  }

  /// An address that begins with `www.`, whose dot is at `dot`.
  private func webAddress(dot: Int, from limit: Int) -> Span? {
    let first = dot - 3
    guard first >= limit, isAlphanumeric(byte(dot + 1)) || byte(dot + 1) >= 0x80,
      first == limit || !followsWord(first)
    else {
      return nil
    }
    let isWeb = (first..<dot).allSatisfy { bytes[$0] | 0x20 == UInt8(ascii: "w") }
    return isWeb ? address(from: first, body: dot + 1) : nil
  }

  /// An address up to white space, a quote or an angle bracket, without the punctuation that ends it.
  private func address(from first: Int, body: Int) -> Span? {
    var index = body
    scan: while index < bytes.count {
      let (value, length) = ScalarReader.scalar(in: bytes, at: index)
      if value < 0x80 {
        if value <= 0x20 || isOne(of: "<>\"\\^`{|}", UInt8(value)) { break scan }
      } else {
        switch CharacterClass.classify(Unicode.Scalar(value)!) {
        case .letter, .digit, .mark: break
        default: break scan
        }
      }
      index += length
    }
    // A bracket that the address did not open belongs to the sentence.
    var round = excess(of: UInt8(ascii: ")"), over: UInt8(ascii: "("), in: body..<index)
    var square = excess(of: UInt8(ascii: "]"), over: UInt8(ascii: "["), in: body..<index)
    trim: while index > body {
      switch bytes[index - 1] {
      case UInt8(ascii: ")") where round > 0: round -= 1
      case UInt8(ascii: "]") where square > 0: square -= 1
      case let last where isOne(of: ".,;:!?'*@~-", last): break
      default: break trim
      }
      index -= 1
    }
    return index > body ? Span(range: first..<index, kind: .url) : nil
  }

  /// How many more of one byte than of another there are.
  private func excess(of byte: UInt8, over other: UInt8, in range: Range<Int>) -> Int {
    range.reduce(0) { $0 + (bytes[$1] == byte ? 1 : bytes[$1] == other ? -1 : 0) }
  }

  /// An address of mail around the `@` at an index: a dot-atom (RFC 5322) and a domain with a dot in it.
  private func email(at sign: Int, from limit: Int) -> Span? {
    var first = start(to: sign, from: limit) { isAlphanumeric($0) || isOne(of: "._%+-", $0) }
    while first < sign, !isAlphanumeric(bytes[first]) { first += 1 }
    guard first < sign, byte(sign - 1) != UInt8(ascii: "."), first == limit || !followsWord(first) else {
      return nil
    }
    var last = end(from: sign + 1) {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    while last > sign + 1, !isAlphanumeric(bytes[last - 1]) { last -= 1 }
    let labels = bytes[(sign + 1)..<last].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let top = labels.last, top.count > 1,
      top.allSatisfy(isLetter)
    else { return nil }
    return Span(range: first..<last, kind: .email)
  }
}

// MARK: - Placeholders

extension ProtectedScanner {
  /// A placeholder of printf, Python, Ruby or Qt that begins with the `%` at an index.
  private func percent(_ first: Int, from limit: Int) -> Span? {
    var index = first + 1
    if byte(index) == UInt8(ascii: "{") {
      return named(from: first, open: index, close: UInt8(ascii: "}"))
        .map { Span(range: first..<$0, kind: .placeholder) }
    }
    var isNamed = false
    if byte(index) == UInt8(ascii: "(") {
      guard let after = named(from: first, open: index, close: UInt8(ascii: ")")) else { return nil }
      index = after
      isNamed = true
    } else {
      let digits = end(from: index, while: isDigit)
      if digits > index, byte(digits) == UInt8(ascii: "$") {
        index = digits + 1
        isNamed = true
      }
    }
    index = end(from: index) { isOne(of: "-+0#'", $0) }
    index = byte(index) == UInt8(ascii: "*") ? index + 1 : end(from: index, while: isDigit)
    if byte(index) == UInt8(ascii: ".") {
      index += 1
      index = byte(index) == UInt8(ascii: "*") ? index + 1 : end(from: index, while: isDigit)
    }
    let length = end(from: index) { isOne(of: "hlLqjzt", $0) }
    if length - index <= 2, isOne(of: "diouxXeEfFgGaAcspn@r", byte(length)) {
      let last = length + 1
      // "50%de": a percentage, and the next word.
      let isPercentage =
        !isNamed && first > limit && isDigit(byte(first - 1)) && isAlphanumeric(byte(last))
      if !isPercentage { return Span(range: first..<last, kind: .placeholder) }
    }
    return qt(first, from: limit)
  }

  /// A placeholder of Qt: `%1`, `%L2`. A digit before it makes it a percentage, unless that is another placeholder's.
  private func qt(_ first: Int, from limit: Int) -> Span? {
    let isLocalized = byte(first + 1) == UInt8(ascii: "L")
    let digits = first + (isLocalized ? 2 : 1)
    let last = end(from: digits, while: isDigit)
    guard (1...2).contains(last - digits), bytes[digits] != UInt8(ascii: "0"),
      first == limit || !isDigit(byte(first - 1)), !isLetter(byte(last))
    else { return nil }
    return Span(range: first..<last, kind: .placeholder)
  }

  /// Where a name in brackets ends, if it is one: letters, digits and `_ . -`.
  private func named(from first: Int, open: Int, close: UInt8) -> Int? {
    let last = end(from: open + 1) { isAlphanumeric($0) || isOne(of: "_.-", $0) }
    return last > open + 1 && byte(last) == close ? last + 1 : nil
  }

  /// `{name}`, `{0}`, `{}`, `{name!r:>8}`, `{{name}}`, `${name}`, with the brace at an index.
  private func brace(_ open: Int, from limit: Int) -> Span? {
    let (left, right) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    let first = open > limit && byte(open - 1) == UInt8(ascii: "$") ? open - 1 : open
    if byte(open + 1) == left, let last = named(from: open, open: open + 1, close: right),
      byte(last) == right
    {
      return Span(range: first..<(last + 1), kind: .placeholder)
    }
    if byte(open + 1) == left, isOne(of: " ", byte(open + 2)) {
      // Templates: `{{ name }}`.
      let start = end(from: open + 2) { isOne(of: " ", $0) }
      let name = end(from: start) { isAlphanumeric($0) || isOne(of: "_.-[]", $0) }
      let close = end(from: name) { isOne(of: " ", $0) }
      guard name > start, byte(close) == right, byte(close + 1) == right else { return nil }
      return Span(range: first..<(close + 2), kind: .placeholder)
    }
    var index = end(from: open + 1) { isAlphanumeric($0) || isOne(of: "_.-[]", $0) }
    if byte(index) == UInt8(ascii: "!"), isOne(of: "rsa", byte(index + 1)) { index += 2 }
    if byte(index) == UInt8(ascii: ":") {
      index = end(from: index + 1) { isAlphanumeric($0) || isOne(of: "<>=^+-#_,.%", $0) }
    }
    guard byte(index) == right else { return nil }
    return Span(range: first..<(index + 1), kind: .placeholder)
  }
}

// MARK: - Markup

extension ProtectedScanner {
  private func isNameByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || isOne(of: "_:.-", byte) }

  /// A start, end or empty tag (XML 1.0, section 3.1) whose `<` is at an index. Attributes need a value,
  /// in quotes or not, so that "a <b and c> d" holds none. What a vocabulary has as a special symbol (`<s>`)
  /// is no tag, so that no token is mistaken for it.
  private func tag(_ first: Int) -> Span? {
    let slash = UInt8(ascii: "/")
    var index = first + 1
    let isEnd = byte(index) == slash
    if isEnd { index += 1 }
    guard isLetter(byte(index)) else { return nil }
    index = end(from: index, while: isNameByte)
    while byte(index) == 0x20 {
      index += 1
      if isEnd || !isLetter(byte(index)) { break }
      guard let after = attribute(index) else { return nil }
      index = after
    }
    if byte(index) == slash, !isEnd { index += 1 }
    guard byte(index) == UInt8(ascii: ">") else { return nil }
    let text = bytes[first...index]
    if Vocabulary.specialSymbols.contains(where: { text.elementsEqual($0.utf8) }) { return nil }
    return Span(range: first..<(index + 1), kind: .tag)
  }

  /// Where an attribute with its value ends.
  private func attribute(_ first: Int) -> Int? {
    let equals = end(from: first, while: isNameByte)
    guard byte(equals) == UInt8(ascii: "=") else { return nil }
    let quote = byte(equals + 1)
    if quote == 0x22 || quote == 0x27 {
      let last = end(from: equals + 2) { $0 != quote && $0 != UInt8(ascii: "<") }
      return byte(last) == quote ? last + 1 : nil
    }
    let last = end(from: equals + 1) { $0 > 0x20 && !isOne(of: "\"'=<>`", $0) }
    // The slash of an empty tag is not the value's.
    let value = byte(last) == UInt8(ascii: ">") && byte(last - 1) == UInt8(ascii: "/") ? last - 1 : last
    return value > equals + 1 ? value : nil
  }

  /// `&name;`, `&#160;`, `&#xA0;`, with the `&` at an index.
  private func entity(_ first: Int) -> Span? {
    var index = first + 1
    let last: Int
    if byte(index) == UInt8(ascii: "#") {
      index += 1
      if byte(index) | 0x20 == UInt8(ascii: "x") {
        index += 1
        last = end(from: index) { isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
      } else {
        last = end(from: index, while: isDigit)
      }
      guard last - index <= 7 else { return nil }
    } else {
      guard isLetter(byte(index)) else { return nil }
      last = end(from: index, while: isAlphanumeric)
      guard last - index > 1, last - index <= 32 else { return nil }
    }
    guard last > index, byte(last) == UInt8(ascii: ";") else { return nil }
    return Span(range: first..<(last + 1), kind: .entity)
  }
}

// MARK: - Numbers

extension ProtectedScanner {
  /// The length of a no-break space at an index.
  private func noBreakSpace(_ index: Int) -> Int? {
    if byte(index) == 0xC2, byte(index + 1) == 0xA0 { return 2 }
    return byte(index) == 0xE2 && byte(index + 1) == 0x80 && byte(index + 2) == 0xAF ? 3 : nil
  }

  /// A number in groups of three digits whose first no-break space is at an index, with what follows a
  /// decimal comma or dot. Numbers without such spaces are words, which the tokeniser keeps whole anyway.
  ///
  /// - Parameter groups: where the last groups end that were looked through: if they make no number, neither do
  ///   those of them that are left from a later space on.
  private func number(_ space: Int, from limit: Int, _ groups: inout Int) -> Span? {
    guard space >= groups, noBreakSpace(space) != nil else { return nil }
    let first = start(to: space, from: limit, while: isDigit)
    guard (1...3).contains(space - first), first == limit || !followsWord(first),
      !(isOne(of: ".,:", byte(first - 1)) && isDigit(byte(first - 2)))
    else { return nil }
    var last = space
    while let length = noBreakSpace(last) {
      let group = end(from: last + length, while: isDigit)
      guard group - last - length == 3 else { break }
      last = group
    }
    groups = last
    guard last > space, !isLetter(byte(last)) else { return nil }
    if isOne(of: ".,", byte(last)), isDigit(byte(last + 1)) { last = end(from: last + 1, while: isDigit) }
    // A word goes on where the digits end: "10 000e", or a digit of another script.
    return isLetter(byte(last)) || byte(last) >= 0x80 && noBreakSpace(last) == nil && !isPunctuation(last)
      ? nil : Span(range: first..<last, kind: .number)
  }

  private func isPunctuation(_ index: Int) -> Bool {
    let (value, _) = ScalarReader.scalar(in: bytes, at: index)
    switch CharacterClass.classify(Unicode.Scalar(value)!) {
    case .symbol, .apostrophe, .numberSeparator, .reserved: return true
    default: return false
    }
  }
}
