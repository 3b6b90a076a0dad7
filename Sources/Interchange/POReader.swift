/// Reads the pairs of a gettext catalogue, an entry at a time.
///
/// ```swift
/// let reader = POReader(try ByteSource(path: "fr.po"))
/// while let entry = try reader.next() { ... }
/// ```
///
/// - Fuzzy, obsolete and untranslated entries are told as skipped, with what they hold. The header is not told.
/// - An entry with plural forms gives the pair of its singular with the form of 1 and that of its plural with the form
///   that most other numbers have, by the formula of the header. Without a formula that makes sense they are the first
///   and the last. Where one form stands for all numbers, there is one pair: the plural with it.
/// - The encoding is what the header says, else UTF-8. A byte order mark and `\r\n` do no harm.
/// - `msgctxt` tells entries apart and is not part of the text.
public final class POReader {
  private var scanner: POScanner
  private var waiting: InterchangeEntry?
  private var failure: InterchangeError?

  /// A reader of `source`.
  public init(_ source: ByteSource) {
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
    let forms = pluralForms(of: entry)
    let plural = entry.translations[forms.plural].text
    let singular = forms.singular.map { entry.translations[$0].text }
    if let reason = reasonToSkip(entry) {
      let target = singular ?? plural
      return .skipped(
        InterchangeSkip(reason: reason, source: id, target: target.isEmpty ? nil : target, line: entry.line))
    }
    guard let pluralID = entry.pluralID?.text else {
      return .pair(InterchangePair(source: id, target: plural, line: entry.line))
    }
    let pluralPair = InterchangeEntry.pair(
      InterchangePair(source: pluralID, target: plural, line: entry.line))
    guard let singular else { return pluralPair }
    waiting = pluralPair
    return .pair(InterchangePair(source: id, target: singular, line: entry.line))
  }

  /// The header's forms, unless the entry has more or fewer.
  private func pluralForms(of entry: POEntry) -> PluralForms {
    if let forms = scanner.header?.pluralForms, forms.count == entry.translations.count { return forms }
    return PluralForms(count: entry.translations.count)
  }

  private func reasonToSkip(_ entry: POEntry) -> InterchangeSkip.Reason? {
    if entry.isObsolete { return .obsolete }
    if entry.isUntranslated { return .untranslated }
    if entry.isFuzzy { return .fuzzy }
    if entry.translations.contains(where: \.text.isEmpty) { return .incompletePlural }
    return nil
  }
}
