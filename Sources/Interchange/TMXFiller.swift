/// Translates units of a TMX file that lack a text in the target language, and leaves all else as it is, byte for byte.
///
/// A unit without a `tuv` of the target language gets one behind its last, with the tool's name as `creationtool`
/// and the white space of the source's. One whose segment is empty has it filled, behind a `prop` of the type
/// `x-translated-by` with the tool's name; so have all such of a unit, where none of the language holds text. Codes at the beginning and at the end of the source's segment are
/// copied; a unit with codes within the text is left out, since their places in the translation are not known. A
/// translation that ``PlaceholderCheck`` finds fault with is left out, too.
///
/// The file is read and written a batch at a time, in its own encoding.
public final class TMXFiller {
  private let sourceName: String
  private let sourceLanguage: String
  private let targetLanguage: String
  private let toolName: String
  private let toolVersion: String
  private let batchSize: Int
  private var reader: TMXTagReader
  private var summary = FillSummary()
  /// The code by which the file calls the target language, once it has.
  private var codeInFile: String?

  /// - Parameters:
  ///   - tool: the name and version that new texts are signed with.
  ///   - targetCode: what the file calls the target language; `nil`: what the first text in it says, and until then
  ///     `targetLanguage`.
  ///   - batchSize: how many lines are handed out for translation at a time, at least.
  public init(
    _ source: ByteSource, sourceLanguage: String, targetLanguage: String,
    tool: (name: String, version: String), targetCode: String? = nil, batchSize: Int = 256
  ) {
    codeInFile = targetCode
    sourceName = source.name
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    (toolName, toolVersion) = tool
    self.batchSize = batchSize
    reader = TMXTagReader(source)
  }

  /// What a file calls the target language, by the first text in it, and the languages of the texts before that are not
  /// the source's either.
  ///
  /// - Throws: ``InterchangeError``.
  public static func code(
    of language: String, from sourceLanguage: String, in source: ByteSource
  ) throws -> (code: String?, others: Set<String>) {
    var reader = TMXTagReader(source)
    var others: Set<String> = []
    while let passage = try reader.next() {
      for found in passage.unit?.variants.compactMap(\.language) ?? [] {
        if LanguageMatch(requested: language, found: found) != nil { return (found, others) }
        if LanguageMatch(requested: sourceLanguage, found: found) == nil { others.insert(found) }
      }
    }
    return (nil, others)
  }

  /// What is to be written into a unit.
  private struct Work {
    let passage: TMXTagReader.Passage
    let unit: TMXUnit
    let source: TMXUnit.Variant
    /// The texts with empty segments, if there are such.
    let targets: [TMXUnit.Variant]
    let text: SegmentedText
    let codes: (leading: Range<Int>, text: String, trailing: Range<Int>)
    let language: String
  }

  private enum Item {
    case copy([UInt8])
    case work(Work)
  }

  /// Reads, translates and writes to the end.
  ///
  /// - Parameters:
  ///   - translate: translates lines.
  ///   - write: takes the bytes of the new file, in pieces.
  ///   - report: is told of each unit that is left without a translation.
  /// - Throws: ``InterchangeError``, and what the closures throw.
  public func run(
    translate: TextTranslation, write: ([UInt8]) throws -> Void, report: (FillNote) -> Void
  ) throws -> FillSummary {
    var batch: [Item] = []
    var (lineCount, byteCount) = (0, 0)
    while let passage = try reader.next() {
      if let work = plan(passage, report) {
        batch.append(.work(work))
        lineCount += work.text.segments.count
      } else {
        batch.append(.copy(passage.bytes))
      }
      byteCount += passage.bytes.count
      if lineCount >= batchSize || byteCount >= 1 << 20 {
        try finish(batch, translate, write, report)
        batch.removeAll()
        (lineCount, byteCount) = (0, 0)
      }
    }
    try finish(batch, translate, write, report)
    return summary
  }

  // MARK: - What is to be done

  private func plan(_ passage: TMXTagReader.Passage, _ report: (FillNote) -> Void) -> Work? {
    guard let unit = passage.unit else { return nil }
    summary.total += 1
    let (sourceIndex, targets) = unit.match(source: sourceLanguage, target: targetLanguage)
    if let code = targets.first.flatMap({ unit.variants[$0].language }) { codeInFile = codeInFile ?? code }
    guard let source = sourceIndex.map({ unit.variants[$0] }), !source.isBlank else {
      summary.withoutSource += 1
      return nil
    }
    let empty = targets.map { unit.variants[$0] }
    guard empty.allSatisfy(\.isEmpty) else {
      summary.kept += 1
      return nil
    }
    guard let codes = source.outerCodes else {
      leave(unit, source.text, nil, .codesInText, report)
      return nil
    }
    return Work(
      passage: passage, unit: unit, source: source, targets: empty, text: SegmentedText(codes.text),
      codes: codes,
      language: codeInFile ?? targetLanguage)
  }

  private func leave(
    _ unit: TMXUnit, _ text: String, _ translation: String?, _ reason: FillNote.Reason,
    _ report: (FillNote) -> Void
  ) {
    summary.leaveOut(reason)
    report(FillNote(line: unit.line, source: text, translation: translation, reason: reason))
  }

  // MARK: - Writing

  private func finish(
    _ batch: [Item], _ translate: TextTranslation, _ write: ([UInt8]) throws -> Void,
    _ report: (FillNote) -> Void
  ) throws {
    let lines = batch.flatMap { item -> [String] in
      if case .work(let work) = item { work.text.segments } else { [] }
    }
    let translations = lines.isEmpty ? [] : try translate(lines)
    precondition(
      translations.count == lines.count, "\(translations.count) translations of \(lines.count) lines")
    var rest = translations[...]
    for item in batch {
      switch item {
      case .copy(let bytes): try write(bytes)
      case .work(let work):
        let translation = work.text.filled(with: rest.prefix(work.text.segments.count))
        rest = rest.dropFirst(work.text.segments.count)
        try write(render(work, translation, report))
      }
    }
  }

  private func render(_ work: Work, _ translation: String, _ report: (FillNote) -> Void) -> [UInt8] {
    let bytes = work.passage.bytes
    let problems = PlaceholderCheck().problems(source: work.codes.text, translation: translation)
    guard problems.isEmpty else {
      leave(work.unit, work.source.text, translation, .placeholders(problems), report)
      return bytes
    }
    guard TMXEncoding.canHold(translation), let encoding = reader.encoding else {
      leave(work.unit, work.source.text, translation, .controlCharacter, report)
      return bytes
    }
    summary.filled += 1
    func raw(_ place: Range<Int>) -> ArraySlice<UInt8> {
      bytes[(place.lowerBound - work.passage.start)..<(place.upperBound - work.passage.start)]
    }
    let content =
      raw(work.codes.leading) + encoding.encode(TMXEncoding.escaped(translation)) + raw(work.codes.trailing)
    let edits =
      work.targets.isEmpty
      ? [adding(work, content, encoding, raw)]
      : work.targets.map { filling($0, with: content, encoding, raw) }
    var (result, end): ([UInt8], Int) = ([], 0)
    for (edited, new) in edits.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      result += bytes[end..<(edited.lowerBound - work.passage.start)] + new
      end = edited.upperBound - work.passage.start
    }
    return result + bytes[end...]
  }

  /// The text for a `tuv` whose segment is empty, and what of the file it replaces.
  private func filling(
    _ target: TMXUnit.Variant, with content: ArraySlice<UInt8>, _ encoding: TMXEncoding,
    _ raw: (Range<Int>) -> ArraySlice<UInt8>
  ) -> (Range<Int>, [UInt8]) {
    let signature = "<prop type=\"x-translated-by\">\(attribute("\(toolName) \(toolVersion)"))</prop>"
    let isOneTag = target.segmentStart == target.segmentEnd
    let opening = isOneTag ? encoding.encode("<seg>")[...] : raw(target.segmentStart)
    let closing = isOneTag ? encoding.encode("</seg>")[...] : raw(target.segmentEnd)
    let place = target.segmentStart.lowerBound..<target.segmentEnd.upperBound
    // White space makes way; comments and processing instructions stay.
    let inner = isOneTag ? [] : raw(target.segmentStart.upperBound..<target.segmentEnd.lowerBound)
    let kept = inner.contains(0x3C) ? inner : []
    return (place, encoding.encode(signature) + opening + content + kept + closing)
  }

  /// A new `tuv` behind the last one.
  private func adding(
    _ work: Work, _ content: ArraySlice<UInt8>, _ encoding: TMXEncoding,
    _ raw: (Range<Int>) -> ArraySlice<UInt8>
  ) -> (Range<Int>, [UInt8]) {
    let source = work.source
    let tag =
      "<tuv \(source.languageAttribute)=\"\(attribute(work.language))\" creationtool=\"\(attribute(toolName))\" "
      + "creationtoolversion=\"\(attribute(toolVersion))\">"
    func space(before place: Int) -> ArraySlice<UInt8> {
      let before = work.passage.bytes[..<(place - work.passage.start)]
      return before.suffix(spaceLength(at: before, encoding))
    }
    var new: [UInt8] = []
    new += space(before: source.place.lowerBound)
    new += encoding.encode(tag)
    new += space(before: source.segmentStart.lowerBound)
    new += encoding.encode("<seg>") + content + encoding.encode("</seg>")
    new += space(before: source.endTag.lowerBound)
    new += encoding.encode("</tuv>")
    let end = work.unit.variants[work.unit.variants.count - 1].place.upperBound
    return (end..<end, new)
  }

  /// How many bytes of white space end a passage.
  private func spaceLength(at bytes: ArraySlice<UInt8>, _ encoding: TMXEncoding) -> Int {
    var length = 0
    while length + encoding.unitSize <= bytes.count {
      let index = bytes.endIndex - length - encoding.unitSize
      guard [0x20, 0x09, 0x0A, 0x0D].contains(where: { encoding.has($0, in: bytes, at: index) }) else {
        break
      }
      length += encoding.unitSize
    }
    return length
  }

  private func attribute(_ text: String) -> String {
    // By scalars, for a mark that combines with a quotation mark is one character with it.
    TMXEncoding.escaped(text).unicodeScalars.reduce(into: "") { quoted, scalar in
      if scalar == "\"" { quoted += "&quot;" } else { quoted.unicodeScalars.append(scalar) }
    }
  }
}

extension TMXUnit.Variant {
  /// Whether its segment is there and holds nothing at all.
  fileprivate var isEmpty: Bool {
    (pieces ?? [.code(0..<0)]).allSatisfy { piece in
      if case .text(let text) = piece { text.allSatisfy(\.isWhitespace) } else { false }
    }
  }

  /// The text with the codes before and behind it, or nil if there are any within.
  fileprivate var outerCodes: (leading: Range<Int>, text: String, trailing: Range<Int>)? {
    let pieces = pieces ?? []
    func hasText(_ piece: TMXUnit.Piece) -> Bool {
      if case .text(let text) = piece { !text.allSatisfy(\.isWhitespace) } else { false }
    }
    guard let first = pieces.firstIndex(where: hasText), let last = pieces.lastIndex(where: hasText) else {
      return nil
    }
    func codes(_ range: Range<Int>) -> [Range<Int>] {
      pieces[range].compactMap { piece in
        if case .code(let place) = piece { place } else { nil }
      }
    }
    guard codes(first..<last).isEmpty else { return nil }
    let (before, behind) = (codes(0..<first), codes(last..<pieces.count))
    let leading =
      before.isEmpty
      ? segmentStart.upperBound..<segmentStart.upperBound
      : segmentStart.upperBound..<before[before.count - 1].upperBound
    let trailing =
      behind.isEmpty
      ? segmentEnd.lowerBound..<segmentEnd.lowerBound
      : behind[0].lowerBound..<segmentEnd.lowerBound
    let text = pieces[first...last].reduce(into: "") { text, piece in
      if case .text(let part) = piece { text += part }
    }
    return (leading, text, trailing)
  }
}
