/// Reads the pairs of two languages from a TMX file, a unit at a time (Translation Memory eXchange, versions 1.1 to
/// 1.4 of LISA OSCAR).
///
/// ```swift
/// let reader = try TMXReader(ByteSource(path: "memory.tmx.gz"), sourceLanguage: "en", targetLanguage: "fr")
/// while let entry = try reader.next() { ... }
/// ```
///
/// - A text's language matches whatever its case, exactly before by region: `en` takes `en` before `en-US`, and
///   `en-GB` takes `en-GB` before `en`. Of several targets of equal rank each gives a pair.
/// - All texts of a unit are translations of one another, so `srclang` does not matter: `*all*` or any other.
/// - Text is given as it is in the file, without inline codes: see `TMXUnitBuilder` for what stays.
/// - The encoding is what the byte order mark or the XML declaration says, else UTF-8.
/// - Nothing is fetched. External entities and nested internal ones are refused.
/// - Memory depends on the longest unit, not on the file.
public final class TMXReader {
  private let source: ByteSource
  private let sourceLanguage: String
  private let targetLanguage: String
  private let parser: XMLPushParser
  private var builder: TMXUnitBuilder
  private var ready: [InterchangeEntry] = []
  private var position = 0
  private var hasBegun = false
  private var isAtEnd = false
  private var failure: InterchangeError?

  /// A reader of `source`, for pairs of two languages such as `en` and `fr-CA`.
  ///
  /// - Throws: ``InterchangeError`` when the input begins as no TMX file does.
  public init(_ source: ByteSource, sourceLanguage: String, targetLanguage: String) throws {
    self.source = source
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    parser = XMLPushParser(file: source.name, remedy: TMXFormat.remedy)
    builder = TMXUnitBuilder(file: source.name)
    try load()
  }

  /// The next pair or skipped unit, or nil after the last.
  ///
  /// - Throws: ``InterchangeError``, naming file and line. What came before was read without fault, and should not be
  ///   kept: the file is damaged.
  public func next() throws -> InterchangeEntry? {
    while position == ready.count {
      if let failure { throw failure }
      if isAtEnd { return nil }
      try load()
    }
    position += 1
    return ready[position - 1]
  }

  /// Reads one piece of the file.
  private func load() throws {
    ready.removeAll(keepingCapacity: true)
    position = 0
    do {
      let chunk = try source.nextChunk()
      if !hasBegun { try TMXFormat.check(chunk, file: source.name) }
      hasBegun = true
      isAtEnd = chunk == nil
      let events = try chunk.map { try parser.feed($0[...]) } ?? parser.finish()
      for event in events {
        if let unit = try builder.take(event) { add(unit) }
      }
    } catch let error as InterchangeError {
      failure = error
      throw error
    }
  }

  private func add(_ unit: TMXUnit) {
    let (sourceIndex, targetIndices) = unit.match(source: sourceLanguage, target: targetLanguage)
    let text = sourceIndex.map { unit.variants[$0].text }
    guard let sourceIndex, let text, !targetIndices.isEmpty else {
      let reason = sourceIndex == nil ? InterchangeSkip.Reason.missingSource : .missingTarget
      skip(reason, unit, text, targetIndices.first.map { unit.variants[$0].text })
      return
    }
    for index in targetIndices {
      let variant = unit.variants[index]
      if unit.variants[sourceIndex].isBlank || variant.isBlank {
        skip(.emptySegment, unit, text, variant.text)
      } else {
        ready.append(.pair(InterchangePair(source: text, target: variant.text, line: unit.line)))
      }
    }
  }

  private func skip(_ reason: InterchangeSkip.Reason, _ unit: TMXUnit, _ source: String?, _ target: String?) {
    ready.append(
      .skipped(InterchangeSkip(reason: reason, source: source, target: target, line: unit.line)))
  }
}

/// What is common to reading and filling TMX files.
enum TMXFormat {
  static let remedy = "Repair the file, or export it again from the tool that made it"

  /// Refuses what can be told from its first bytes to be something else.
  static func check(_ chunk: [UInt8]?, file: String) throws {
    guard let chunk, !chunk.isEmpty else {
      throw InterchangeError.invalid(
        file: file, line: 1, reason: "the file is empty", remedy: "Check that it was saved completely")
    }
    if chunk.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw InterchangeError.invalid(
        file: file, line: 1, reason: "the file is a ZIP archive, not TMX",
        remedy: "Unpack it first (unzip), or compress the TMX file with gzip instead")
    }
    let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
    let mark = marks.first { chunk.starts(with: $0) } ?? []
    let beginning = chunk.dropFirst(mark.count).first { ![0x00, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard beginning == nil || beginning == 0x3C else {
      throw InterchangeError.invalid(
        file: file, line: 1, reason: "the file does not begin as XML does, with <",
        remedy: "Give a TMX file, version 1.1 to 1.4")
    }
  }
}
