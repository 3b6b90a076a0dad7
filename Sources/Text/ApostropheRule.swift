import CICU

/// To which side an apostrophe between letters belongs.
enum ApostropheRule: Sendable {
  /// To the word before it, as in French elision: `l'￭ homme`.
  case left
  /// To what follows it, as in English contractions: `don ￭'t`.
  case right
  /// It is a letter of the word, as in Ukrainian: `п'ять`.
  case inside

  /// The rule of a language, by its code of ISO 639 ("fr", "fr-CA").
  init(language: String) {
    switch LanguageCode.primary(of: language) {
    case "fr", "fra", "fre", "it", "ita", "ca", "cat", "oc", "oci", "co", "cos", "fur", "frp", "lmo", "pms",
      "sc", "srd", "scn", "vec", "wa", "wln", "eo", "epo":
      self = .left
    case "uk", "ukr", "be", "bel", "br", "bre", "uz", "uzb", "haw":
      self = .inside
    default:
      self = .right
    }
  }
}

/// Codes of languages as people write them.
enum LanguageCode {
  /// The part before the region or script, in lower case, of two letters where there is such a code: "fr" of "fr-CA", of
  /// "fr_CA" and of "fra".
  static func primary(of language: String) -> String {
    let first = String(language.lowercased().prefix { $0 != "-" && $0 != "_" })
    var known = [CChar](repeating: 0, count: 16)
    let length = Int(cicu_language_of_locale(first, &known, Int32(known.count)))
    guard length > 0 else { return first }
    return String(decoding: known[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
