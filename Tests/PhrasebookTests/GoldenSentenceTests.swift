import Testing

/// Sentences of the corpus that a person has read: each shows a rule of French that the grammar must keep.
/// After a change of the grammar the corpus may hold others; then choose new ones and read them.
@Suite("The phrasebook's sentences")
struct GoldenSentenceTests {
  @Test("agreement, elision, pronouns, tenses, typography")
  func golden() throws {
    var translations: [String: String] = [:]
    for split in ["train", "dev", "test"] {
      for pair in try Corpus.pairs(split) { translations[pair.english] = pair.french }
    }
    for (english, french) in Self.sentences { #expect(translations[english] == french) }
  }

  private static let sentences: [(String, String)] = [
    ("The candles? I put them near the armchair.", "Les bougies\u{202F}? Je les ai mises près du fauteuil."),
    ("Lucie broke her arm.", "Lucie s'est cassé le bras."),
    ("What a beautiful bracelet!", "Quel beau bracelet\u{202F}!"),
    ("Don't you want any paper?", "Ne voulez-vous pas de papier\u{202F}?"),
    ("Anna, are you ready?", "Anna, es-tu prête\u{202F}?"),
    ("Does he come from the United States?", "Vient-il des États-Unis\u{202F}?"),
    (
      "Will the dentists go to the Netherlands by car?",
      "Est-ce que les dentistes iront aux Pays-Bas en voiture\u{202F}?"
    ),
    ("My birthday is on 1 July.", "Mon anniversaire est le 1er juillet."),
    (
      "Jack would like to have fun at a quarter to five.",
      "Jack voudrait s'amuser à cinq heures moins le quart."
    ),
    (
      "Everyone can show you some beautiful bracelets.", "Tout le monde peut vous montrer de beaux bracelets."
    ),
    (
      "These customers met a girl who speaks French.",
      "Ces clients ont rencontré une fille qui parle français."
    ),
    ("Which chair did he buy?", "Quelle chaise a-t-il achetée\u{202F}?"),
    ("The ring that I took yesterday morning is beautiful.", "La bague que j'ai prise hier matin est belle."),
    ("These films are more boring than those.", "Ces films sont plus ennuyeux que ceux-là."),
    ("Nobody helped me.", "Personne ne m'a aidé."),
    ("My niece sold nothing last Monday.", "Ma nièce n'a rien vendu lundi dernier."),
    ("She hasn't fallen asleep yet.", "Elle ne s'est pas encore endormie."),
    ("The guide is afraid of hedgehogs.", "Le guide a peur des hérissons."),
    (
      "When my brothers were young, they used to live in Dublin.",
      "Quand mes frères étaient jeunes, ils habitaient à Dublin."
    ),
    ("This notebook? We gave it to him.", "Ce cahier\u{202F}? Nous le lui avons donné."),
    ("The photographer has two of them.", "Le photographe en a deux."),
    ("His daughter promised to buy brown gloves.", "Sa fille a promis d'acheter des gants marron."),
    ("Emily is a dancer.", "Emily est danseuse."),
    ("If it rains, Marie will visit the church.", "S'il pleut, Marie visitera l'église."),
    (
      "Mrs Girard said: \"They can know the church.\"",
      "Madame Girard a dit\u{A0}: «\u{A0}Ils peuvent connaître l'église.\u{A0}»"
    ),
    ("I was nervous; I smoked.", "J'étais nerveux\u{202F}; j'ai fumé."),
    ("My friends, go straight on as far as the beach.", "Mes amis, allez tout droit jusqu'à la plage."),
    ("May I rent the house, please, Olivier?", "Puis-je louer la maison, s'il te plaît, Olivier\u{202F}?"),
    ("Julie's head hurts.", "Julie a mal à la tête."),
    ("Does she want a rose?", "Veut-elle une rose\u{202F}?"),
    ("Lucas doesn't have any blankets.", "Lucas n'a pas de couvertures."),
    ("All the women only speak Chinese.", "Toutes les femmes ne parlent que chinois."),
    ("Karim was cold, but he went out.", "Karim avait froid, mais il est sorti."),
    ("This is the most beautiful island in China.", "C'est la plus belle île de Chine."),
    ("Her father will no longer hide a new camera.", "Son père ne cachera plus de nouvel appareil photo."),
    (
      "The taxi from Strasbourg arrives at half past two.",
      "Le taxi de Strasbourg arrive à deux heures et demie."
    ),
    ("We are more talkative than her.", "Nous sommes plus bavards qu'elle."),
    ("Is Antoine thinking about the idea?", "Est-ce qu'Antoine pense à l'idée\u{202F}?"),
    ("The man will need a motorbike.", "L'homme aura besoin d'une moto."),
    ("Everyone plays the guitar from time to time.", "Tout le monde joue de la guitare de temps en temps."),
    ("These houses were built in 1975.", "Ces maisons ont été construites en 1975."),
    ("How old are you, Mr Girard?", "Quel âge avez-vous, monsieur Girard\u{202F}?"),
    (
      "There aren't any dictionaries in front of the shelf.",
      "Il n'y a pas de dictionnaires devant l'étagère."
    ),
    (
      "Are there any dirty towels behind the armchair?",
      "Y a-t-il des serviettes sales derrière le fauteuil\u{202F}?"
    ),
    ("Adam will live in Morocco.", "Adam habitera au Maroc."),
    ("The boy has just had fun.", "Le garçon vient de s'amuser."),
    ("The weather is nice in France.", "Il fait beau en France."),
  ]
}
