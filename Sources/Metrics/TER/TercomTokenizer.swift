/// Cuts text into words as Tercom's normaliser does (the `Normalizer` class of Tercom 0.10).
struct TercomTokenizer {
  private let lowercases: Bool
  private let normalizes: Bool
  private let dropsPunctuation: Bool
  private let knowsAsian: Bool

  init(_ metric: TER) {
    lowercases = !metric.caseSensitive
    normalizes = metric.normalized
    dropsPunctuation = metric.ignoresPunctuation
    knowsAsian = metric.asianSupport
  }

  /// A reference as sacreBLEU hands it to its tokeniser: where it normalises, it has done so once already, and what that
  /// makes of `'s` before a full stop, say, is something else when it is normalised again.
  func prepared(reference line: String) -> String {
    guard normalizes else { return line }
    let once = tokenize(line)
    return once.words.map { String(decoding: once.bytes[$0], as: UTF8.self) }.joined(separator: " ")
  }

  /// The words of a line.
  func tokenize(_ line: String) -> TokenizedLine {
    let text = lowercases ? lowercased(line) : line
    guard normalizes || dropsPunctuation else {
      let bytes = Array(text.utf8)
      return TokenizedLine(bytes: bytes, words: Whitespace.words(in: bytes))
    }
    var scalars = Array(Whitespace.trimmingEnd(of: text).unicodeScalars)
    if normalizes { scalars = normalized(scalars) }
    if dropsPunctuation { scalars.removeAll { isDropped($0) } }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let bytes = Array(String(view).utf8)
    return TokenizedLine(bytes: bytes, words: Whitespace.words(in: bytes))
  }

  private func normalized(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var scalars = replacing("\n-", by: "", in: text)
    scalars = replacing("\n", by: " ", in: scalars)
    for (entity, character) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
      scalars = replacing(entity, by: character, in: scalars)
    }
    scalars = separated([" "] + scalars + [" "]) { isSeparated($0) }
    scalars = replacing("'s ", by: " 's ", in: scalars)
    // Full stops and commas are cut off unless digits surround them, dashes after a digit.
    scalars = rewritingPairs(scalars) { first, second in
      !isDigit(first) && isPoint(second) ? [first, " ", second, " "] : nil
    }
    scalars = rewritingPairs(scalars) { first, second in
      isPoint(first) && !isDigit(second) ? [" ", first, " ", second] : nil
    }
    scalars = rewritingPairs(scalars) { first, second in
      isDigit(first) && second == "-" ? [first, " ", second, " "] : nil
    }
    guard knowsAsian else { return scalars }
    return separated(scalars) { isIdeograph($0) || isAsianPunctuation($0) }
  }

  // MARK: - Kinds of characters

  /// ASCII that is neither letter, digit, apostrophe, comma, hyphen nor full stop.
  private func isSeparated(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    default: return false
    }
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

  /// Ideographs, strokes, radicals, compatibility forms, and all from enclosed letters up to U+3F22.
  private func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2EFF, 0x31C0...0x31EF, 0x3200...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFE30...0xFE4F:
      return true
    default: return false
    }
  }

  private func isAsianPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3001, 0x3002, 0x3008...0x3011, 0x3014...0x301F, 0x30FB, 0xFF61...0xFF65: return true
    case 0xFF01, 0xFF02, 0xFF08, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F: return true
    default: return false
    }
  }

  private func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", "?", ":", ";", "!", "\"", "(", ")": return true
    default: return knowsAsian && isAsianPunctuation(scalar)
    }
  }

  // MARK: - Rewriting

  /// A space before and after each scalar that `test` is true of.
  private func separated(
    _ text: [Unicode.Scalar], _ test: (Unicode.Scalar) -> Bool
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count * 2)
    for scalar in text {
      if test(scalar) { result += [" ", scalar, " "] } else { result.append(scalar) }
    }
    return result
  }

  private func replacing(
    _ pattern: String, by replacement: String, in text: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    let pattern = Array(pattern.unicodeScalars)
    guard text.contains(pattern[0]) else { return text }
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count + 8)
    var index = 0
    while index < text.count {
      if text[index...].starts(with: pattern) {
        result.append(contentsOf: replacement.unicodeScalars)
        index += pattern.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// Rewrites pairs of neighbours from left to right; a scalar that was part of a pair starts no other one.
  private func rewritingPairs(
    _ text: [Unicode.Scalar], _ rewrite: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]?
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count + text.count / 4)
    var index = 0
    while index < text.count {
      if index + 1 < text.count, let pair = rewrite(text[index], text[index + 1]) {
        result += pair
        index += 2
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}
