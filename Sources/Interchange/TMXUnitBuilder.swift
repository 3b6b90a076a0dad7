/// Puts the events of an XML document together to translation units (TMX 1.1 and 1.4).
///
/// What stays of inline elements: the native code in `bpt`, `ept`, `it`, `ph` and `ut` is dropped, and with it the
/// text of a `sub` inside, which is a text of its own (a footnote, a picture's title) and no part of the sentence. The
/// text in `hi` stays, for `hi` only delimits a part of the sentence. Elements that TMX does not know are treated as
/// `hi`, lest text be lost.
struct TMXUnitBuilder {
  /// The most bytes of text that a segment may have: what is longer is no sentence but an attack or an accident.
  static let longestSegment = 1 << 24

  private static let codeElements: Set<String> = ["bpt", "ept", "it", "ph", "ut"]

  private let file: String
  private var path: [String] = []
  private var unit: TMXUnit?
  private var variant: TMXUnit.Variant?
  private var pieces: [TMXUnit.Piece] = []
  /// The text since the last of the pieces.
  private var text = ""
  private var segmentBytes = 0
  private var isInSegment = false
  /// How deep below an element whose content is dropped, and where that began.
  private var codeDepth = 0
  private var codeStart = 0
  /// Whether a unit has begun and not ended.
  var isInUnit: Bool { unit != nil }

  init(file: String) { self.file = file }

  /// Takes an event in and returns the unit that it completes, if it does.
  ///
  /// - Parameter place: where the tag is in the file, for those who need it.
  mutating func take(
    _ located: XMLPushParser.LocatedEvent, place: Range<Int> = 0..<0
  ) throws -> TMXUnit? {
    switch located.event {
    case .start(let name, let attributes):
      try begin(name, attributes, line: located.line, place: place)
      path.append(name)
    case .end(let name):
      path.removeLast()
      return end(name, place: place)
    case .text(let text):
      guard isInSegment, codeDepth == 0 else { return nil }
      segmentBytes += text.utf8.count
      guard segmentBytes <= Self.longestSegment else {
        throw invalid(
          "a segment holds more than \(Self.longestSegment >> 20) MiB of text", line: located.line,
          remedy: "Check the file: a segment is a sentence or a paragraph")
      }
      self.text += text
    }
    return nil
  }

  private mutating func begin(
    _ name: String, _ attributes: [String: String], line: Int, place: Range<Int>
  ) throws {
    if path.isEmpty {
      guard name == "tmx" else {
        throw invalid(
          "the root element is <\(name)>, not <tmx>", line: line,
          remedy: "Give a TMX file, version 1.1 to 1.4")
      }
      return
    }
    if isInSegment {
      beginInline(name, place)
    } else if name == "tu" {
      guard unit == nil else {
        throw invalid("a <tu> stands in another", line: line, remedy: "Close the first one")
      }
      unit = TMXUnit(line: line)
    } else if name == "tuv", unit != nil, variant == nil {
      var variant = TMXUnit.Variant()
      if let language = attributes["xml:lang"] {
        variant.language = language
      } else if let language = attributes["lang"] {
        variant.language = language
        variant.languageAttribute = "lang"
      }
      variant.place = place
      self.variant = variant
    } else if name == "seg", variant != nil {
      guard variant?.pieces == nil else {
        throw invalid(
          "a <tuv> has two <seg>", line: line, remedy: "Give each text a <tuv> of its own")
      }
      variant?.segmentStart = place
      isInSegment = true
      pieces = []
      segmentBytes = 0
    }
  }

  private mutating func beginInline(_ name: String, _ place: Range<Int>) {
    if codeDepth > 0 {
      codeDepth += 1
    } else if Self.codeElements.contains(name) {
      codeDepth = 1
      codeStart = place.lowerBound
    } else {
      appendCode(place)
    }
  }

  private mutating func end(_ name: String, place: Range<Int>) -> TMXUnit? {
    if codeDepth > 0 {
      codeDepth -= 1
      if codeDepth == 0 { appendCode(codeStart..<place.upperBound) }
    } else if isInSegment, name == "seg" {
      isInSegment = false
      closeText()
      variant?.pieces = pieces
      variant?.segmentEnd = place
    } else if isInSegment {
      appendCode(place)
    } else if name == "tuv", var variant {
      variant.place = variant.place.lowerBound..<place.upperBound
      variant.endTag = place
      unit?.variants.append(variant)
      self.variant = nil
    } else if name == "tu" {
      defer { unit = nil }
      return unit
    }
    return nil
  }

  private mutating func appendCode(_ place: Range<Int>) {
    closeText()
    pieces.append(.code(place))
  }

  private mutating func closeText() {
    if !text.isEmpty { pieces.append(.text(text)) }
    text = ""
  }

  private func invalid(_ reason: String, line: Int, remedy: String) -> InterchangeError {
    .invalid(file: file, line: line, reason: reason, remedy: remedy)
  }
}
