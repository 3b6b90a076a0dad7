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
  /// The part before the region or script, in lower case: "fr" of "fr-CA" and of "fr_CA".
  static func primary(of language: String) -> String {
    String(language.lowercased().prefix { $0 != "-" && $0 != "_" })
  }
}
