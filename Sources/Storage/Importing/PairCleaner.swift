import Foundation
import Interchange
import Text

/// Holds pairs against the rules that need nothing but the pair.
struct PairCleaner {
  /// A rule that a pair breaks, and in what way.
  struct Verdict {
    let rule: RejectionRule
    let reason: String
  }

  private let cleaning: Cleaning
  private let source: Side
  private let target: Side
  private let placeholders = PlaceholderCheck()

  /// One side of the corpus.
  private struct Side {
    let name: String
    let tokenizer: Tokenizer
    let scripts: LanguageScripts?

    init(_ name: String, language: String) {
      self.name = name
      tokenizer = Tokenizer(language: language)
      scripts = LanguageScripts(language: language)
    }
  }

  init(_ cleaning: Cleaning, sourceLanguage: String, targetLanguage: String) {
    self.cleaning = cleaning
    source = Side("source", language: sourceLanguage)
    target = Side("target", language: targetLanguage)
  }

  /// The text as a corpus keeps it: in NFC and otherwise untouched.
  static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  /// What is wrong with a pair in NFC by any rule, whether that is on or off, the weightiest first.
  func verdicts(source text: String, target translation: String) -> [Verdict] {
    if text.utf8.contains(0) || translation.utf8.contains(0) {
      return [Verdict(rule: .nullCharacter, reason: "a side holds U+0000")]
    }
    switch (Self.isBlank(text), Self.isBlank(translation)) {
    case (true, true): return [Verdict(rule: .empty, reason: "both sides are empty")]
    case (true, false): return [Verdict(rule: .empty, reason: "the source is empty")]
    case (false, true): return [Verdict(rule: .empty, reason: "the target is empty")]
    case (false, false): break
    }
    if text == translation {
      // Of one length, and a name may be in any script.
      return [Verdict(rule: .identical, reason: "both sides are identical")]
        + tooLong(source.tokenizer.wordCount(text), source)
    }
    let (words, translated) = (source.tokenizer.wordCount(text), target.tokenizer.wordCount(translation))
    return tooLong(words, source) + tooLong(translated, target) + ratio(words, translated)
      + script(text, source) + script(translation, target) + placeholders(text, translation)
  }

  private func tooLong(_ words: Int, _ side: Side) -> [Verdict] {
    guard words > cleaning.maximumLength else { return [] }
    let reason = "the \(side.name) has \(words) words, the most is \(cleaning.maximumLength)"
    return [Verdict(rule: .tooLong, reason: reason)]
  }

  private func ratio(_ source: Int, _ target: Int) -> [Verdict] {
    let (shorter, longer) = (min(source, target), max(source, target))
    guard Double(longer) > cleaning.maximumRatio * Double(shorter) else { return [] }
    return [Verdict(rule: .lengthRatio, reason: "\(source) against \(target) words")]
  }

  private func script(_ text: String, _ side: Side) -> [Verdict] {
    guard let scripts = side.scripts, !scripts.accepts(text) else { return [] }
    let reason = "the \(side.name) is not in \(scripts.names.joined(separator: " or "))"
    return [Verdict(rule: .wrongScript, reason: reason)]
  }

  /// Line breaks at the ends are no concern of a corpus, whose tokens have none.
  private func placeholders(_ text: String, _ translation: String) -> [Verdict] {
    let problems = placeholders.problems(source: text, translation: translation).filter {
      $0 != .leadingNewline && $0 != .trailingNewline
    }
    guard let first = problems.first else { return [] }
    let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
    return [Verdict(rule: .placeholders, reason: "the target \(first)\(more)")]
  }

  /// Whether nothing of a text is left once it has been normalised.
  private static func isBlank(_ text: String) -> Bool {
    if text.utf8.contains(where: { 0x21...0x7E ~= $0 }) { return false }
    return Normalizer()(text).isEmpty
  }
}
