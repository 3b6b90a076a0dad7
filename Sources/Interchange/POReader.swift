/// Reads the pairs of a gettext catalogue, an entry at a time.
///
/// ```swift
/// let reader = try POReader(ByteSource(path: "fr.po"))
/// while let entry = try reader.next() { ... }
/// ```
///
/// - Fuzzy, obsolete and untranslated entries are told as skipped, with what they hold. The header is not told.
/// - An entry with plural forms gives the pair of its singular with `msgstr[0]` and that of its plural with the last
///   form: with two forms that is `msgstr[1]`, with more the one for large numbers. With one form alone, which then
///   stands for all numbers, there is one pair: the plural with it.
/// - The encoding is what the header says, else UTF-8. A byte order mark and `\r\n` do no harm.
/// - `msgctxt` tells entries apart and is not part of the text.
public final class POReader {
  private var scanner: POScanner
  private var waiting: InterchangeEntry?
  private var failure: InterchangeError?

  /// A reader of `source`.
  public init(_ source: ByteSource) throws {
    scanner = POScanner(source)
  }

  /// The next pair or skipped entry, or nil after the last.
  ///
  /// - Throws: ``InterchangeError``, naming file and line.
  public func next() throws -> InterchangeEntry? {
    if let failure { throw failure }
    if let entry = waiting {
      waiting = nil
      return entry
    }
    do {
      while let entry = try scanner.next() {
        if let found = read(entry) { return found }
      }
    } catch let error as InterchangeError {
      failure = error
      throw error
    }
    return nil
  }

  private func read(_ entry: POEntry) -> InterchangeEntry? {
    guard let id = entry.id?.text, !entry.isHeader else { return nil }
    let (first, last) = (entry.translations[0].text, entry.translations[entry.translations.count - 1].text)
    if let reason = reasonToSkip(entry) {
      return .skipped(
        InterchangeSkip(reason: reason, source: id, target: first.isEmpty ? nil : first, line: entry.line))
    }
    guard let plural = entry.pluralID?.text else {
      return .pair(InterchangePair(source: id, target: first, line: entry.line))
    }
    let pluralPair = InterchangeEntry.pair(InterchangePair(source: plural, target: last, line: entry.line))
    guard entry.translations.count > 1 else { return pluralPair }
    waiting = pluralPair
    return .pair(InterchangePair(source: id, target: first, line: entry.line))
  }

  private func reasonToSkip(_ entry: POEntry) -> InterchangeSkip.Reason? {
    if entry.isObsolete { return .obsolete }
    if entry.isUntranslated { return .untranslated }
    if entry.isFuzzy { return .fuzzy }
    if entry.translations.contains(where: \.text.isEmpty) { return .incompletePlural }
    return nil
  }
}
