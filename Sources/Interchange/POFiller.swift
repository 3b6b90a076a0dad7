/// Translates what has no translation in a PO file, and leaves all else as it is, byte for byte.
///
/// New translations are marked `fuzzy`, for a person to look at. A text of several lines is translated line by line. An
/// entry with plural forms gets the translation of its singular as the form of 1, by the formula of the header or else
/// `msgstr[0]`, and that of its plural as the others; a language with one form, which stands for all numbers, gets the
/// plural's. Obsolete entries, fuzzy ones with a translation and the header are not touched. A translation that
/// ``PlaceholderCheck`` finds fault with is left out.
///
/// The file is read and written a batch at a time.
public final class POFiller {
  private let source: ByteSource
  private let targetLanguage: String
  private let batchSize: Int
  private var scanner: POScanner
  private var summary = FillSummary()

  /// A filler of a catalogue.
  ///
  /// - Parameters:
  ///   - targetLanguage: the language that is written; a file whose header says another is refused.
  ///   - batchSize: how many lines are handed out for translation at a time, at least.
  public init(_ source: ByteSource, targetLanguage: String, batchSize: Int = 256) {
    self.source = source
    self.targetLanguage = targetLanguage
    self.batchSize = batchSize
    scanner = POScanner(source)
  }

  /// An entry with what is to be translated for it.
  private struct Work {
    let entry: POEntry
    /// The text for each form, cut into lines; empty for an entry that stays as it is.
    var texts: [SegmentedText] = []
  }

  /// Reads, translates and writes to the end.
  ///
  /// - Parameters:
  ///   - translate: translates lines.
  ///   - write: takes the bytes of the new file, in pieces.
  ///   - report: is told of each entry that is left without a translation.
  /// - Throws: ``InterchangeError``, and what the closures throw.
  public func run(
    translate: TextTranslation, write: ([UInt8]) throws -> Void, report: (FillNote) -> Void
  ) throws -> FillSummary {
    var batch: [Work] = []
    var lineCount = 0
    while let entry = try scanner.next() {
      if entry.isHeader { try checkLanguage(entry) }
      let work = Work(entry: entry, texts: textsToTranslate(entry, report))
      lineCount += work.texts.reduce(0) { $0 + $1.segments.count }
      batch.append(work)
      if lineCount >= batchSize || batch.count >= 16 * batchSize {
        try finish(batch, translate, write, report)
        batch.removeAll()
        lineCount = 0
      }
    }
    try finish(batch, translate, write, report)
    return summary
  }

  private func checkLanguage(_ entry: POEntry) throws {
    guard let found = scanner.header?.language else { return }
    guard LanguageMatch(requested: targetLanguage, found: found) != nil else {
      throw InterchangeError.languageMismatch(
        file: source.name, line: entry.line, expected: targetLanguage, found: found)
    }
  }

  /// Counts an entry and says what has to be translated for it.
  private func textsToTranslate(_ entry: POEntry, _ report: (FillNote) -> Void) -> [SegmentedText] {
    guard let id = entry.id?.text, !entry.isHeader, !entry.isObsolete else { return [] }
    summary.total += 1
    guard entry.translations.contains(where: \.text.isEmpty) else {
      if entry.isFuzzy { summary.fuzzy += 1 } else { summary.kept += 1 }
      return []
    }
    guard !id.allSatisfy(\.isWhitespace) else {
      summary.withoutSource += 1
      return []
    }
    func leaveOut(_ reason: FillNote.Reason) -> [SegmentedText] {
      leave(entry, nil, reason, report)
      return []
    }
    guard entry.isUntranslated else { return leaveOut(.incompletePlural) }
    guard !entry.translations.contains(where: \.sharesLine) else { return leaveOut(.sharedLine) }
    guard let plural = entry.pluralID?.text else { return [SegmentedText(id)] }
    let hasSingular = pluralForms(of: entry).singular != nil
    return hasSingular ? [SegmentedText(id), SegmentedText(plural)] : [SegmentedText(plural)]
  }

  /// The forms that an entry is to have: the header's, or else as many as there are.
  private func pluralForms(of entry: POEntry) -> PluralForms {
    scanner.header?.pluralForms ?? PluralForms(count: entry.translations.count)
  }

  private func leave(
    _ entry: POEntry, _ translation: String?, _ reason: FillNote.Reason, _ report: (FillNote) -> Void
  ) {
    summary.leaveOut(reason)
    report(
      FillNote(line: entry.line, source: entry.id?.text ?? "", translation: translation, reason: reason))
  }

  // MARK: - Writing

  private func finish(
    _ batch: [Work], _ translate: TextTranslation, _ write: ([UInt8]) throws -> Void,
    _ report: (FillNote) -> Void
  ) throws {
    let lines = batch.flatMap { $0.texts.flatMap(\.segments) }
    let translations = lines.isEmpty ? [] : try translate(lines)
    precondition(
      translations.count == lines.count, "\(translations.count) translations of \(lines.count) lines")
    var rest = translations[...]
    for work in batch {
      let filled = work.texts.map { text in
        defer { rest = rest.dropFirst(text.segments.count) }
        return text.filled(with: rest.prefix(text.segments.count))
      }
      try write(Array(render(work.entry, filled, report).joined()))
    }
  }

  /// The lines of an entry with its translations, or as it was where they can't be used.
  private func render(
    _ entry: POEntry, _ translations: [String], _ report: (FillNote) -> Void
  ) -> [[UInt8]] {
    guard !translations.isEmpty, let id = entry.id?.text else { return entry.lines }
    let check = PlaceholderCheck(flags: entry.flags)
    let plural = entry.pluralID?.text
    let sources = plural.map { translations.count == 1 ? [$0] : [id, $0] } ?? [id]
    var translations = translations
    var checked = Array(zip(sources, translations))
    if let plural, translations.count == 2, pluralForms(of: entry).singularIsOfMany,
      !check.problems(source: plural, translation: translations[0]).isEmpty
    {
      // 21 has the form of 1 in Russian, so what says "one" without a number would be wrong.
      translations[0] = translations[1]
      checked.removeFirst()
    }
    for (source, translation) in checked {
      let problems = check.problems(source: source, translation: translation)
      guard problems.isEmpty else {
        leave(entry, translation, .placeholders(problems), report)
        return entry.lines
      }
    }
    guard let lines = newLines(entry, translations) else {
      leave(entry, translations[0], .encoding(scanner.encoding.name), report)
      return entry.lines
    }
    summary.filled += 1
    return lines
  }

  /// The lines of an entry with translations, or nil if the file's encoding lacks a character of them.
  private func newLines(_ entry: POEntry, _ translations: [String]) -> [[UInt8]]? {
    let old =
      entry.translations[0].lines
      .lowerBound..<entry.translations[entry.translations.count - 1].lines.upperBound
    let model = entry.lines.first { $0.last == 0x0A }
    let end: [UInt8] = model?.dropLast().last == 0x0D ? [0x0D, 0x0A] : [0x0A]
    var written: [[UInt8]] = []
    for (form, (keyword, text)) in fields(entry, translations).enumerated() {
      if form > 0, form < entry.translations.count {
        // Blank lines between two forms stay.
        let (before, after) = (entry.translations[form - 1].lines, entry.translations[form].lines)
        written += entry.lines[before.upperBound..<after.lowerBound]
      }
      for line in POWriter().lines(keyword: keyword, text: text) {
        guard let bytes = scanner.encoding.encode(line) else { return nil }
        written.append(bytes + end)
      }
    }
    // A file may end without a line break, and goes on doing so.
    if entry.lines[old.upperBound - 1].last != 0x0A { written[written.count - 1].removeLast(end.count) }
    var lines = entry.lines
    lines.replaceSubrange(old, with: written)
    if !entry.isFuzzy { markFuzzy(&lines, entry, end) }
    return lines
  }

  private func fields(_ entry: POEntry, _ translations: [String]) -> [(keyword: String, text: String)] {
    guard entry.pluralID != nil else { return [("msgstr", translations[0])] }
    let forms = pluralForms(of: entry)
    return (0..<forms.count).map {
      ("msgstr[\($0)]", translations[$0 == forms.singular ? 0 : translations.count - 1])
    }
  }

  private func markFuzzy(_ lines: inout [[UInt8]], _ entry: POEntry, _ end: [UInt8]) {
    if let flagLine = entry.flagLine, let comma = lines[flagLine].firstIndex(of: 0x2C) {
      let hasOthers = !entry.flags.isEmpty
      lines[flagLine].insert(contentsOf: Array(hasOthers ? " fuzzy,".utf8 : " fuzzy".utf8), at: comma + 1)
    } else if let bodyStart = entry.bodyStart {
      var flag = Array("#, fuzzy".utf8) + end
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      if bodyStart == 0, lines[0].starts(with: mark) {
        // The byte order mark of the file, which stays in front.
        lines[0].removeFirst(mark.count)
        flag = mark + flag
      }
      lines.insert(flag, at: bodyStart)
    }
  }
}
