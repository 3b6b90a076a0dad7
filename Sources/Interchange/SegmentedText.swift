/// A text cut into lines that are translated one by one, so that line breaks and the spaces around lines stay.
struct SegmentedText {
  /// What is between the lines to translate: one more than ``segments``.
  private var between: [String] = [""]
  /// The lines that hold more than spaces, without the spaces around them.
  private(set) var segments: [String] = []

  init(_ text: String) {
    for line in Self.lines(text) {
      let core = line.trimmed
      guard !core.isEmpty else {
        between[between.count - 1] += String(line)
        continue
      }
      between[between.count - 1] += String(line[..<core.startIndex])
      segments.append(String(core))
      between.append(String(line[core.endIndex...]))
    }
  }

  /// The text with other lines in the place of its own.
  ///
  /// - Precondition: there are as many as ``segments``.
  func filled(with translations: some Collection<String>) -> String {
    precondition(
      translations.count == segments.count, "\(translations.count) translations of \(segments.count) lines")
    return zip(translations, between.dropFirst()).reduce(between[0]) { $0 + $1.0 + $1.1 }
  }

  /// Lines with their ends.
  private static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
    var lines: [Substring.UnicodeScalarView] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    while start < scalars.endIndex {
      let newline = scalars[start...].firstIndex(of: "\n").map(scalars.index(after:)) ?? scalars.endIndex
      lines.append(scalars[start..<newline])
      start = newline
    }
    return lines
  }
}

extension Substring.UnicodeScalarView {
  /// Without white space at both ends.
  fileprivate var trimmed: Substring.UnicodeScalarView {
    var rest = self
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return rest
  }
}
