/// Something in a text that is not language.
struct Placeholder: Hashable {
  /// What must be the same in a translation.
  let text: String
  /// Whether its argument is found by counting, so that the order matters.
  var isCounted = false
}

/// Finds placeholders and markup, from left to right.
///
/// - `%s`, `%-5.2f`, `%1$s`, `%(name)d`, `%%`, as C, Python and their kin write them.
/// - `%1`, `%L2`, as Qt and KDE write them. (`%n` and `%Ln` are theirs and C's.)
/// - `{{ name }}` and `{% if x %}` of templates.
/// - `{}`, `{0}`, `{name:>10}`, and with a `%`, `$` or `#` before it. Braces around spaces are text, but for
///   `{count, plural, one {# file} other {# files}}` and its like of ICU, which is one placeholder as a whole.
/// - `<b>`, `</b>`, `<img src="x">`, `<0>`, `</0>`, `<0/>`, `&nbsp;`, `&#160;`.
/// - reStructuredText: ``` ``literal`` ```, `` :role:`target` ``, `` `text`_ ``, `|substitution|`, `[#]_`. Of a role or
///   a link with a title, `` :ref:`title <target>` ``, only the target has to stay, since a title is language: it is the
///   same as `` :ref:`target` ``. Of `` :dfn:`text` `` and others whose text is language, only the role has to.
/// - URLs and e-mail addresses.
struct PlaceholderScanner: Sendable {
  /// Whether a flag says that the text is a format string; then `% d` is a directive, too.
  private let isPrintf: Bool
  /// Whether a flag says that `$NAME` is a variable.
  private let isShell: Bool

  init(flags: Set<String>) {
    isPrintf = flags.contains { $0.hasSuffix("-format") && !$0.hasPrefix("no-") && !$0.contains("brace") }
    isShell = flags.contains("sh-format")
  }

  private static let marks: [Bool] = (0..<256).map { "`:%$#{<&|[@".utf8.contains(UInt8($0)) }

  /// The placeholders of a text in their order.
  func placeholders(in text: String) -> [Placeholder] {
    // Most of a memory is prose: a placeholder begins with one of these, or holds one.
    guard text.utf8.contains(where: { Self.marks[Int($0)] }) else { return [] }
    var found: [Placeholder] = []
    let bytes = Array(text.utf8)
    var seen = Seen(bytes)
    var position = 0
    while position < bytes.count {
      if let (placeholder, length) = match(
        bytes[position...], before: position > 0 ? bytes[position - 1] : nil, &seen)
      {
        found.append(placeholder)
        position += length
        seen.end = position
      } else if isAddressPart(bytes[position]) {
        // A whole word at once, so that no address is found in the middle of one.
        let word = bytes[position...].prefix(while: isAddressPart)
        if let length = address(word) { found.append(Placeholder(text: string(word.prefix(length)))) }
        position += word.count
      } else {
        position += 1
      }
    }
    return found
  }

  /// What was seen of a text, so that nothing is looked through a second time in vain.
  private struct Seen {
    /// Where the last placeholder ends.
    var end = 0
    /// The last `)` that was taken for the end of a name. All names that begin before it end there, too.
    var parenthesis = 0
    /// The end of the last word that might have been a role.
    var role = 0
    /// Where the brace that opens at an index is closed in the same word.
    let braces: [Int: Int]
    /// Where it is closed, wherever that is.
    let blocks: [Int: Int]

    init(_ bytes: [UInt8]) {
      var (braces, blocks): ([Int: Int], [Int: Int]) = ([:], [:])
      var (open, openBlocks): ([Int], [Int]) = ([], [])
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0...0x20: open.removeAll()
        case UInt8(ascii: "{"):
          open.append(index)
          openBlocks.append(index)
        case UInt8(ascii: "}"):
          if let first = open.popLast() { braces[first] = index }
          if let first = openBlocks.popLast() { blocks[first] = index }
        default: break
        }
      }
      (self.braces, self.blocks) = (braces, blocks)
    }
  }

  private func match(_ rest: ArraySlice<UInt8>, before: UInt8?, _ seen: inout Seen) -> (Placeholder, Int)? {
    switch rest.first {
    case ascii("`"): return literal(rest) ?? quoted(rest, role: "")
    case ascii(":"): return role(rest, &seen)
    case ascii("%"):
      return directive(rest, &seen) ?? braces(rest, from: 1, seen) ?? numbered(rest, before: before, seen)
    case ascii("$"), ascii("#"): return braces(rest, from: 1, seen) ?? variable(rest)
    case ascii("{"): return template(rest) ?? braces(rest, from: 0, seen) ?? choice(rest, seen)
    case ascii("<"): return tag(rest)
    case ascii("&"): return entity(rest)
    case ascii("|"): return before.map(isWordByte) == true ? nil : substitution(rest)
    case ascii("["): return footnote(rest)
    case let byte? where isLetter(byte) && before.map(isLetter) != true: return url(rest)
    default: return nil
    }
  }

  // MARK: - Programs

  /// `{{ name }}` and `{% if x %}` of templates (Jinja, Django, Angular, Vue), on one line and not endless.
  private func template(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let open = rest.dropFirst().first
    guard open == ascii("{") || open == ascii("%") else { return nil }
    let close = open == ascii("{") ? ascii("}") : ascii("%")
    let inside = rest.dropFirst(2).prefix(200).prefix { $0 != 0x0A }
    guard
      let end = inside.indices.dropLast().first(where: { inside[$0] == close && inside[$0 + 1] == ascii("}") }
      ),
      !inside[..<end].contains(ascii("{"))
    else { return nil }
    let words = inside[..<end].split(whereSeparator: { $0 <= 0x20 }).map(string)
    guard !words.isEmpty else { return nil }
    let (left, right) = open == ascii("{") ? ("{{", "}}") : ("{%", "%}")
    let spaced = inside.first.map { $0 <= 0x20 } == true ? " " : ""
    return (
      Placeholder(text: left + spaced + words.joined(separator: " ") + spaced + right),
      end + 2 - rest.startIndex
    )
  }

  /// A directive of `printf` (C11, 7.21.6.1) or of Python's `%`.
  private func directive(_ rest: ArraySlice<UInt8>, _ seen: inout Seen) -> (Placeholder, Int)? {
    var end = rest.startIndex + 1
    func peek() -> UInt8? { end < rest.endIndex ? rest[end] : nil }
    func skip(_ set: String) { while let byte = peek(), set.utf8.contains(byte) { end += 1 } }
    if peek() == ascii("%") { return (Placeholder(text: "%%"), 2) }
    var isCounted = true
    if peek() == ascii("(") {
      guard end > seen.parenthesis else { return nil }
      seen.parenthesis = rest[end...].firstIndex(of: ascii(")")) ?? rest.endIndex
      guard seen.parenthesis < rest.endIndex else { return nil }
      end = seen.parenthesis + 1
      isCounted = false
    } else {
      let start = end
      skip("0123456789")
      if end > start, peek() == ascii("$") {
        end += 1
        isCounted = false
      } else {
        end = start
      }
    }
    skip(isPrintf ? "-+ #0'" : "-+#0'")
    skip("0123456789*")
    if peek() == ascii(".") {
      end += 1
      skip("0123456789*")
    }
    skip("hlqLjzt")
    guard let conversion = peek(), "diouxXeEfFgGaAcCsSprn@".utf8.contains(conversion) else { return nil }
    end += 1
    return (Placeholder(text: string(rest[..<end]), isCounted: isCounted), end - rest.startIndex)
  }

  /// `%1`, `%L2` of Qt (`QString::arg`), from 1 to 99. With a digit of the text before it or a letter behind it is a
  /// percentage or part of an address, and no placeholder for the tokeniser either.
  private func numbered(_ rest: ArraySlice<UInt8>, before: UInt8?, _ seen: Seen) -> (Placeholder, Int)? {
    if let before, isDigit(before), rest.startIndex != seen.end { return nil }
    let inside = rest.dropFirst()
    let digits = (inside.first == ascii("L") ? inside.dropFirst() : inside).prefix(while: isDigit)
    let end = digits.endIndex
    guard (1...2).contains(digits.count), digits.first != ascii("0") else { return nil }
    guard end == rest.endIndex || !isLetter(rest[end]) else { return nil }
    return (Placeholder(text: string(rest[..<end])), end - rest.startIndex)
  }

  /// `{name}`, with so many bytes before the brace.
  private func braces(_ rest: ArraySlice<UInt8>, from offset: Int, _ seen: Seen) -> (Placeholder, Int)? {
    guard let close = seen.braces[rest.startIndex + offset] else { return nil }
    return (Placeholder(text: string(rest[...close])), close + 1 - rest.startIndex)
  }

  /// `{count, plural, …}`, `{who, select, …}` (ICU's `MessageFormat`).
  private func choice(_ rest: ArraySlice<UInt8>, _ seen: Seen) -> (Placeholder, Int)? {
    guard let close = seen.blocks[rest.startIndex] else { return nil }
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let name = rest.dropFirst().drop(while: isSpace).prefix(while: isWordByte)
    let comma = rest[name.endIndex...].drop(while: isSpace)
    guard !name.isEmpty, comma.first == ascii(",") else { return nil }
    let kind = comma.dropFirst().drop(while: isSpace).prefix(while: isWordByte)
    guard ["plural", "select", "selectordinal", "choice"].contains(string(kind)),
      rest[kind.endIndex...].drop(while: isSpace).first == ascii(",")
    else { return nil }
    return (Placeholder(text: string(rest[...close])), close + 1 - rest.startIndex)
  }

  /// `$NAME`, in texts for a shell.
  private func variable(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    guard isShell, rest.first == ascii("$") else { return nil }
    let name = rest.dropFirst().prefix(while: isWordByte)
    guard !name.isEmpty else { return nil }
    return (Placeholder(text: string(rest[..<name.endIndex])), name.count + 1)
  }

  // MARK: - Markup

  private func tag(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let inside = rest.dropFirst()
    let name = inside.first == ascii("/") ? inside.dropFirst() : inside
    guard let first = name.first else { return nil }
    if isDigit(first) {
      // Of a library that numbers its elements. `<3` alone is a heart, or less than three.
      let behind = name.drop(while: isDigit)
      let end = behind.first == ascii("/") ? behind.dropFirst() : behind
      guard end.first == ascii(">") else { return nil }
      return (Placeholder(text: string(rest[...end.startIndex])), end.startIndex + 1 - rest.startIndex)
    }
    guard isLetter(first) else { return nil }
    guard let end = inside.firstIndex(where: { $0 == ascii("<") || $0 == ascii(">") }),
      rest[end] == ascii(">")
    else { return nil }
    return (Placeholder(text: string(rest[...end])), end + 1 - rest.startIndex)
  }

  private func entity(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let name = rest.dropFirst().prefix { isWordByte($0) || $0 == ascii("#") }
    guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == ascii(";") else { return nil }
    return (Placeholder(text: string(rest[...name.endIndex])), name.count + 2)
  }

  /// ``` ``literal`` ```.
  private func literal(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let quote = ascii("`")
    guard rest.dropFirst().first == quote else { return nil }
    var end = rest.startIndex + 3
    while end + 1 < rest.endIndex, !(rest[end] == quote && rest[end + 1] == quote) { end += 1 }
    guard end + 1 < rest.endIndex else { return nil }
    while end + 2 < rest.endIndex, rest[end + 2] == quote { end += 1 }
    return (Placeholder(text: string(rest[..<(end + 2)])), end + 2 - rest.startIndex)
  }

  /// `` :role:`...` ``.
  private func role(_ rest: ArraySlice<UInt8>, _ seen: inout Seen) -> (Placeholder, Int)? {
    guard rest.startIndex >= seen.role else { return nil }
    let name = rest.dropFirst().prefix {
      isWordByte($0) || $0 == ascii(":") || $0 == ascii("-") || $0 == ascii("+") || $0 == ascii(".")
    }
    seen.role = name.endIndex
    guard name.count > 1, name.last == ascii(":"), name.endIndex < rest.endIndex,
      rest[name.endIndex] == ascii("`"),
      let (placeholder, length) = quoted(rest[name.endIndex...], role: string(rest[..<name.endIndex]))
    else { return nil }
    return (placeholder, name.count + 1 + length)
  }

  /// Roles whose text is language: the markup has to stay, what stands in it not.
  private static let proseRoles: Set<String> = Set(
    [
      "abbr", "dfn", "emphasis", "guilabel", "menuselection", "strong", "sub", "subscript", "sup",
      "superscript",
      "title", "title-reference",
    ].map { ":\($0):" })

  /// `` `text` ``, with what follows its end: `_`, `__` or nothing.
  private func quoted(_ rest: ArraySlice<UInt8>, role: String) -> (Placeholder, Int)? {
    let inside = rest.dropFirst().prefix { $0 != ascii("`") }
    guard !inside.isEmpty, inside.endIndex < rest.endIndex else { return nil }
    let mark = rest[(inside.endIndex + 1)...].prefix { $0 == ascii("_") }
    var target = inside
    if Self.proseRoles.contains(role) {
      target = []
    } else if target.last == ascii(">"), let open = target.lastIndex(of: ascii("<")), open > target.startIndex
    {
      // Of a role, the same as the target alone. A link without a target is another link.
      target = role.isEmpty ? target[open...] : target[(open + 1)...].dropLast()
    }
    return (Placeholder(text: "\(role)`\(string(target))`\(string(mark))"), inside.count + 2 + mark.count)
  }

  /// `|name|`.
  private func substitution(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let name = rest.dropFirst().prefix { isWordByte($0) || $0 == ascii("-") || $0 == ascii(".") }
    guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == ascii("|") else { return nil }
    return (Placeholder(text: string(rest[...name.endIndex])), name.count + 2)
  }

  /// `[1]_`, `[#name]_`, `[Name]_`.
  private func footnote(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let name = rest.dropFirst().prefix {
      isWordByte($0) || $0 == ascii("#") || $0 == ascii("*") || $0 == ascii("-")
    }
    let end = name.endIndex
    guard !name.isEmpty, rest[end...].starts(with: [ascii("]"), ascii("_")]) else { return nil }
    return (Placeholder(text: string(rest[...(end + 1)])), name.count + 3)
  }

  // MARK: - Addresses

  private func url(_ rest: ArraySlice<UInt8>) -> (Placeholder, Int)? {
    let scheme = rest.prefix { isWordByte($0) || $0 == ascii("+") || $0 == ascii("-") || $0 == ascii(".") }
    guard rest[scheme.endIndex...].starts(with: Array("://".utf8)) else { return nil }
    var whole = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"<>\"`".utf8.contains($0) }
    while let last = whole.last, ".,;:!?)]}'".utf8.contains(last) { whole.removeLast() }
    guard whole.count > scheme.count + 3 else { return nil }
    return (Placeholder(text: string(whole)), whole.count)
  }

  /// How much of a word is an e-mail address.
  private func address(_ word: ArraySlice<UInt8>) -> Int? {
    guard let at = word.firstIndex(of: ascii("@")), at > word.startIndex else { return nil }
    var domain = word[(at + 1)...].prefix { $0 != ascii("@") }
    while let last = domain.last, !isWordByte(last) { domain.removeLast() }
    guard domain.contains(ascii(".")), let first = domain.first, isWordByte(first) else { return nil }
    return domain.endIndex - word.startIndex
  }

  private func isAddressPart(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == ascii(".") || byte == ascii("+") || byte == ascii("-") || byte == ascii("@")
  }

  // MARK: - Bytes

  private func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(ascii: character) }
  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private func isWordByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == ascii("_") }
  private func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
