import Interchange

/// The entries of a file of another tool as candidates.
struct InterchangeReader: PairReader {
  let origin: String
  private let nextEntry: () throws -> InterchangeEntry?

  init(_ reader: TMXReader, origin: String) {
    self.origin = origin
    nextEntry = reader.next
  }

  init(_ reader: POReader, origin: String) {
    self.origin = origin
    nextEntry = reader.next
  }

  func next() throws -> CandidatePair? {
    switch try nextEntry() {
    case nil: nil
    case .pair(let pair): CandidatePair(line: pair.line, source: pair.source, target: pair.target)
    case .skipped(let skip):
      CandidatePair(
        line: skip.line, source: skip.source ?? "", target: skip.target ?? "", flaw: Self.flaw(skip.reason))
    }
  }

  /// A segment without text is an empty side like any other, which cleaning decides about.
  private static func flaw(_ reason: InterchangeSkip.Reason) -> PairCleaner.Verdict? {
    switch reason {
    case .fuzzy: PairCleaner.Verdict(rule: .fuzzy, reason: "the entry is marked fuzzy")
    case .obsolete: PairCleaner.Verdict(rule: .obsolete, reason: "the entry is obsolete")
    case .untranslated: PairCleaner.Verdict(rule: .untranslated, reason: "the entry has no translation")
    case .incompletePlural:
      PairCleaner.Verdict(rule: .incompletePlural, reason: "some plural forms have no translation")
    case .missingSource:
      PairCleaner.Verdict(rule: .missingSource, reason: "the unit has no text in the source language")
    case .missingTarget:
      PairCleaner.Verdict(rule: .missingTarget, reason: "the unit has no text in the target language")
    case .emptySegment: nil
    }
  }
}
