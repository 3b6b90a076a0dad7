import CICU

/// The scripts that a language is written in, as Unicode's CLDR knows them through ICU.
///
/// ```swift
/// let russian = LanguageScripts(language: "ru")
/// russian?.accepts("Где библиотека?")   // true
/// russian?.accepts("Where is the library?")   // false
/// ```
///
/// A language of several scripts has them all: Serbian has Cyrillic and Latin, Japanese has Han, Hiragana and
/// Katakana. A tag with a script, as `sr-Latn`, has that one alone; a region, as in `sr-RS`, takes none away.
public struct LanguageScripts: Sendable, Hashable {
  /// The language's tag.
  public let language: String
  private let scripts: [Int32]

  /// The scripts of a language, or nil where none is known of it.
  public init?(language: String) {
    let tags = language.split { $0 == "-" || $0 == "_" }.map(String.init)
    let locale = ([LanguageCode.primary(of: language)] + tags.dropFirst()).joined(separator: "_")
    var scripts = Self.scripts(ofLocale: locale)
    guard !language.isEmpty, !scripts.isEmpty else { return nil }
    // Locales that are the language and a script, as uz_Cyrl, name the others that it is written in.
    // Romanised Hindi is English's neighbour in CLDR, not a way in which Hindi is commonly written.
    let subtags = locale.split(separator: "_")
    if subtags.count < 2 || subtags[1].count != 4 {
      for index in 0..<cicu_locale_count() {
        guard let name = cicu_locale(index).map(String.init(cString:)) else { continue }
        let parts = name.split(separator: "_")
        guard parts.count == 2, parts[0] == subtags.first, parts[1].count == 4, name != "hi_Latn" else {
          continue
        }
        for script in Self.scripts(ofLocale: name) where !scripts.contains(script) { scripts.append(script) }
      }
    }
    self.language = language
    self.scripts = scripts
  }

  /// The scripts' English names: `["Latin"]`.
  public var names: [String] {
    scripts.map { cicu_script_name($0).map(String.init(cString:)) ?? "script \($0)" }
  }

  /// How the letters of a text are spread over scripts. Letters that all scripts share count nowhere.
  public struct LetterCounts: Sendable, Hashable {
    /// Letters of the language's scripts.
    public let expected: Int
    /// Latin letters, where the language is not written in Latin.
    public let latin: Int
    /// Letters of any other script.
    public let other: Int
  }

  /// Counts the letters of a text by their scripts (UAX #24).
  public func letterCounts(_ text: String) -> LetterCounts {
    var text = text
    var counts = cicu_letter_counts(expected: 0, latin: 0, other: 0)
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        cicu_count_letters(
          characters.baseAddress, Int32(characters.count), scripts, Int32(scripts.count), &counts)
      }
    }
    return LetterCounts(expected: Int(counts.expected), latin: Int(counts.latin), other: Int(counts.other))
  }

  /// Whether a text may be of this language by its letters: most are of its scripts, or there are none.
  ///
  /// Latin letters inside a text of another script are names and code, so they count only when nothing else
  /// is there.
  public func accepts(_ text: String) -> Bool {
    let letters = letterCounts(text)
    if letters.expected == 0 { return letters.latin + letters.other == 0 }
    return letters.expected >= letters.other
  }

  /// ICU takes a name without an underscore for that of a script, if there is one: Yi, where Yiddish is meant.
  private static func scripts(ofLocale locale: String) -> [Int32] {
    let locale = locale.contains("_") ? locale : locale + "_"
    var scripts = [Int32](repeating: 0, count: 16)
    var error: Int32 = 0
    let count = cicu_scripts_of_locale(locale, &scripts, Int32(scripts.count), &error)
    return error == 0 ? Array(scripts.prefix(Int(count))) : []
  }
}
