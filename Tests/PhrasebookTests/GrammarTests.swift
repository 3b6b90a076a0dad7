import Foundation
import Testing

@Suite("The phrasebook's French")
struct GrammarTests {
  /// All sentences, in small letters.
  private static let french: [String] = ["train", "dev", "test"].flatMap { split in
    (try? Corpus.lines(split + ".fr"))?.map { $0.lowercased() } ?? []
  }

  private func expectNone(_ pattern: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let expression = try NSRegularExpression(pattern: pattern)
    #expect(Self.french.count == 26_000, sourceLocation: sourceLocation)
    for line in Self.french {
      let range = NSRange(line.startIndex..., in: line)
      let match = expression.firstMatch(in: line, range: range)
      #expect(match == nil, "\(line)", sourceLocation: sourceLocation)
    }
  }

  @Test("no vowel after a word that elides, unless it is onze, huit, oui or a foreign one")
  func elision() throws {
    try expectNone(#"(?<![\p{L}-])(le|la|je|me|te|se|ne|de|que) (?!onze|oui)[aeiouéèêâîœ]"#)
    try expectNone(#"(?<![\p{L}-])(le|la|je|ne|de|que) y(?!\p{L})"#)
    try expectNone(#"(?<![\p{L}-])(le|la|de) (homme|hôtel|hôpital|heure|histoire|horloge|huile|hiver)"#)
    try expectNone(#"['’] ?(hamster|hérisson|hibou|haricot|hamburger|huit|onze|oui)"#)
    try expectNone(
      #"(?<!\p{L})(ce|ma|ta|sa|beau|nouveau|vieux) (ami|arbre|enfant|hôtel|homme|écharpe|école)"#)
    try expectNone(#"(?<!\p{L})si ils?(?!\p{L})"#)
  }

  @Test("à and de contract with le and les, and no article follows de under a negation")
  func contraction() throws {
    try expectNone(#"(?<!\p{L})à les?(?!\p{L})"#)
    try expectNone(#"(?<!\p{L})de les? (\p{L}+s|cinéma|musée|train)(?!\p{L})"#)
    try expectNone(#"(n'ai|n'as|n'a|n'avons|n'avez|n'ont) pas (un|une|des|du) "#)
    try expectNone(
      #"(?<!\p{L})des (beaux|belles|jolis|jolies|petits|petites|vieux|vieilles|nouveaux|nouvelles) "#)
  }

  @Test("determiners and adjectives agree with some nouns of either gender")
  func agreement() throws {
    let feminine = "(maison|voiture|clé|valise|robe|lettre|gare|table|chaise|école|église|écharpe|orange)s?"
    let masculine = "(livre|stylo|train|manteau|chapeau|jardin|village|musée|hôtel|aéroport|imperméable)s?"
    let start = #"(?<!\p{L})"#
    let end = #"(?!\p{L})"#
    try expectNone(start + "(un|ce|cet|beau|bel|petit|vieux|nouveau|grand|petits|grands) " + feminine + end)
    try expectNone(
      start + "(une|cette|belle|petite|vieille|nouvelle|grande|petites|grandes) " + masculine + end)
    try expectNone(start + feminine + " (vert|noir|gris|intéressant|lourd|cher)s?" + end)
    try expectNone(start + masculine + " (verte|noire|grise|intéressante|lourde|chère)s?" + end)
  }

  @Test("inversion has its t between vowels")
  func inversion() throws {
    try expectNone(#"[ae]-(il|elle)s?(?!\p{L})"#)
    try expectNone(#"[dt]-t-"#)
  }
}
