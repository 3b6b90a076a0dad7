import CICU

/// One pass over a sentence's UTF-8: finds the tokens of ``Tokenizer`` and writes them with their joiners.
struct TokenScanner {
  /// What a token is, as far as its neighbours' joiners ask.
  private enum Kind {
    case word
    /// A word that ends in an elision's apostrophe: `l'`.
    case elision
    case symbol
    /// What ``ProtectedScanner`` found: written like a symbol beside a word, like a word beside a symbol.
    case protected
  }

  /// A token whose right side is not yet known.
  private struct Span {
    var start: Int
    var end: Int
    var kind: Kind
    var joinsLeft = false
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let table: UnsafeBufferPointer<CharacterClass>
  private let apostrophe: ApostropheRule
  private let protected: [ProtectedScanner.Span]
  private let escapesBrackets: Bool
  /// Where the text that is being parted ends: at the next protected token.
  private var limit = 0
  private var tokens: [String] = []
  private var pending: Span?

  init(
    bytes: UnsafeBufferPointer<UInt8>, table: UnsafeBufferPointer<CharacterClass>,
    apostrophe: ApostropheRule, protected: [ProtectedScanner.Span] = [], escapesBrackets: Bool = false
  ) {
    self.bytes = bytes
    self.table = table
    self.apostrophe = apostrophe
    self.protected = protected
    self.escapesBrackets = escapesBrackets
  }

  /// The tokens of the whole text.
  mutating func scan() -> [String] {
    tokens.reserveCapacity(bytes.count / 4 + 1)
    var index = 0
    for span in protected {
      scan(from: index, to: span.range.lowerBound)
      add(Span(start: span.range.lowerBound, end: span.range.upperBound, kind: .protected))
      index = span.range.upperBound
    }
    scan(from: index, to: bytes.count)
    flush()
    return tokens
  }

  /// Adds the tokens of a part of the text that holds nothing protected.
  private mutating func scan(from start: Int, to end: Int) {
    limit = end
    var index = start
    while index < limit {
      let (kind, length, value) = look(at: index)
      switch kind {
      case .space:
        flush()
        index += length
      case .letter, .unspacedLetter, .digit, .mark:
        index = scanWord(from: index, length: length, kind: kind)
      case .apostrophe where beginsContraction(at: index, length: length):
        index = scanWord(from: index, length: length, kind: .mark)
      default:
        let end = symbolEnd(from: index, length: length, kind: kind, value: value)
        add(Span(start: index, end: end, kind: .symbol))
        index = end
      }
    }
  }
}

// MARK: - Finding the ends of tokens

extension TokenScanner {
  /// The scalar at an index: its class, its length in bytes and its value.
  @inline(__always)
  private func look(at index: Int) -> (kind: CharacterClass, length: Int, value: UInt32) {
    let (value, length) = ScalarReader.scalar(in: bytes, at: index)
    if value < 0x10000 { return (table[Int(value)], length, value) }
    return (CharacterClass.classify(Unicode.Scalar(value)!), length, value)
  }

  /// The class of the scalar at an index, white space behind the part's end.
  @inline(__always)
  private func kind(at index: Int) -> CharacterClass {
    index < limit ? look(at: index).kind : .space
  }

  /// Reads a word whose first scalar is known, adds its tokens, and returns where it ends.
  private mutating func scanWord(from start: Int, length: Int, kind first: CharacterClass) -> Int {
    var end = start + length
    var last = first  // the class of the last scalar
    var base = first  // the class of the last scalar that is no mark
    var hasUnspaced = first == .unspacedLetter
    var kind = Kind.word
    scan: while end < limit {
      let next = look(at: end)
      switch next.kind {
      case .letter, .digit:
        base = next.kind
      case .unspacedLetter:
        base = next.kind
        hasUnspaced = true
      case .mark:
        break
      case .numberSeparator:
        guard last == .digit, self.kind(at: end + next.length) == .digit else { break scan }
      case .apostrophe:
        guard apostrophe != .right, joins(base, self.kind(at: end + next.length)) else { break scan }
        if apostrophe == .left {
          end += next.length
          kind = .elision
          break scan
        }
      default:
        break scan
      }
      last = next.kind
      end += next.length
    }
    if hasUnspaced {
      addUnspaced(from: start, to: end, last: kind)
    } else {
      add(Span(start: start, end: end, kind: kind))
    }
    return end
  }

  /// Whether an apostrophe between two scalars of these classes is part of a word: between letters, or
  /// between a letter and a digit (`1990's`), but not in `5'10`.
  private func joins(_ before: CharacterClass, _ after: CharacterClass) -> Bool {
    before.isWord && after.isWord && !(before == .digit && after == .digit)
  }

  /// Whether the apostrophe at an index begins a token that goes on with letters: the `'t` of `don't`.
  private func beginsContraction(at index: Int, length: Int) -> Bool {
    guard apostrophe == .right, let pending, pending.kind == .word, pending.end == index else { return false }
    var before = index
    repeat {
      before -= 1
      while bytes[before] & 0xC0 == 0x80 { before -= 1 }
    } while before > pending.start && look(at: before).kind == .mark
    return joins(look(at: before).kind, kind(at: index + length))
  }

  /// Where the token of a character that makes no word ends.
  private func symbolEnd(from start: Int, length: Int, kind: CharacterClass, value: UInt32) -> Int {
    var end = start + length
    if kind == .noBreakSpace, end < limit {
      let next = look(at: end)
      if Self.takesNoBreakSpace(next.value) { end += next.length }
    } else if value == 0xAB, end < limit {  // «
      let next = look(at: end)
      if next.kind == .noBreakSpace { end += next.length }
    } else if kind == .regionalIndicator, end < limit {
      let next = look(at: end)
      if next.kind == .regionalIndicator { end += next.length }
    }
    var afterJoiner = false
    while end < limit {
      let next = look(at: end)
      // An emoji goes on after U+200D (rule GB11 of UAX #29).
      let goesOn = next.kind == .mark || (afterJoiner && cicu_is_extended_pictographic(next.value) != 0)
      guard goesOn else { break }
      afterJoiner = next.value == 0x200D
      end += next.length
    }
    return end
  }

  /// Whether French sets a no-break space before this punctuation: `; : ! ? »`.
  private static func takesNoBreakSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x3B, 0x3A, 0x21, 0x3F, 0xBB: true
    default: false
    }
  }

  /// Adds the tokens of a word some of whose scalars are of a script that parts no words.
  private mutating func addUnspaced(from start: Int, to end: Int, last kind: Kind) {
    var runStart = start
    while runStart < end {
      var isUnspaced: Bool?
      var runEnd = runStart
      while runEnd < end {
        let next = look(at: runEnd)
        if next.kind != .mark {
          let unspaced = next.kind == .unspacedLetter
          if let isUnspaced, isUnspaced != unspaced { break }
          isUnspaced = unspaced
        }
        runEnd += next.length
      }
      if isUnspaced == true {
        var pieceStart = runStart
        for offset in BreakIterator.words.ends(in: UnsafeBufferPointer(rebasing: bytes[runStart..<runEnd])) {
          let pieceEnd = runStart + offset
          add(Span(start: pieceStart, end: pieceEnd, kind: pieceEnd == end ? kind : .word))
          pieceStart = pieceEnd
        }
      } else {
        add(Span(start: runStart, end: runEnd, kind: runEnd == end ? kind : .word))
      }
      runStart = runEnd
    }
  }
}

// MARK: - Writing tokens

extension TokenScanner {
  /// Takes a token, and writes the one before it, whose right side is known now.
  private mutating func add(_ span: Span) {
    var span = span
    if let before = pending {
      // One joiner for each place without a space: on the symbol beside a word, on the elision before
      // one, else on the token that follows.
      let joinsRight =
        switch before.kind {
        case .elision: true
        case .symbol: span.kind != .symbol
        case .protected: span.kind == .word || span.kind == .elision
        case .word: false
        }
      span.joinsLeft = !joinsRight
      write(before, joinsRight: joinsRight)
    }
    pending = span
  }

  /// Writes the last token before a space or the end.
  private mutating func flush() {
    if let before = pending { write(before, joinsRight: false) }
    pending = nil
  }

  private mutating func write(_ span: Span, joinsRight: Bool) {
    let text = UnsafeBufferPointer(rebasing: bytes[span.start..<span.end])
    let isReserved =
      (span.kind == .symbol || span.kind == .protected)
      && Joiner.needsEscape(text, brackets: escapesBrackets)
    if !span.joinsLeft && !joinsRight && !isReserved {
      tokens.append(String(decoding: text, as: UTF8.self))
      return
    }
    if isReserved {
      var token: [UInt8] = []
      if span.joinsLeft { Joiner.appendMark(to: &token) }
      Joiner.appendEscaped(text, brackets: escapesBrackets, to: &token)
      if joinsRight { Joiner.appendMark(to: &token) }
      tokens.append(String(decoding: token, as: UTF8.self))
      return
    }
    let count = text.count + (span.joinsLeft ? 3 : 0) + (joinsRight ? 3 : 0)
    tokens.append(
      String(unsafeUninitializedCapacity: count) { output in
        var written = 0
        if span.joinsLeft { written = Self.writeMark(to: output, at: 0) }
        for byte in text {
          output[written] = byte
          written += 1
        }
        return joinsRight ? Self.writeMark(to: output, at: written) : written
      })
  }

  @inline(__always)
  private static func writeMark(to output: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
    output[index] = Joiner.markBytes.0
    output[index + 1] = Joiner.markBytes.1
    output[index + 2] = Joiner.markBytes.2
    return index + 3
  }
}
