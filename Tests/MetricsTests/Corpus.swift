/// The corpus of the tests: one line each, and text that is easy to get wrong.
///
/// The golden values in these tests are sacreBLEU 2.6.0's, made in Python 3.11 with these three arrays as
/// `h`, `r` and `r2`:
///
/// ```python
/// from sacrebleu.metrics import BLEU, CHRF
/// metric = BLEU(tokenize="intl", lowercase=True)  # or whatever settings the test names
/// score = metric.corpus_score(h, [r, r2])
/// print(f"{score.score:.10f}", score._verbose, metric.get_signature())
/// ```
enum Corpus {
  static let hypotheses = [
    "Le chat noir dort sur le canapé.",
    "La gare est loin d’ici, prenez le bus.",
    "Il a payé 1,250.50 € le 3-4 mai.",
    "« Oui », dit-elle, « demain ! »",
    "Tom &amp; Jerry disent &quot;non&quot; &lt;b&gt;",
    "我今天在车站看见一只黑猫。",
    "رأيت قطة سوداء في المحطة.",
    "Bravo 👏🏽👏 pour le but ⚽!",
    "",
    "Cette ligne est de trop.",
    "",
    "un\tdeux  trois \t",
    "ΟΔΥΣΣΕΥΣ ΣΤΗΝ ΙΘΑΚΗ",
    "L'İSTANBUL ÉTÉ",
    "cafe\u{301} à l’e\u{301}cole",
    "½ tasse, 2² = 4 & Ⅳ + x_1 ~ 5%",
    "<skipped>Fin - ou presque - de l'histoire...",
    "𠀀𠀁 et 漢字",
    "Oui",
    "Pourquoi est-ce qu'elle ne vient pas avec nous au cinéma ce soir ?",
  ]

  static let references = [
    "Le chat noir dort sur le canapé.",
    "La gare est loin d’ici : prenez donc le bus.",
    "Il a payé 1 250,50 € les 3-4 mai.",
    "«\u{A0}Oui\u{A0}», dit-elle, «\u{A0}après-demain\u{202F}!\u{A0}»",
    "Tom & Jerry disent \"non\" <b>",
    "我今天早上在车站看见了一只黑猫。",
    "رأيت قطة سوداء في المحطة هذا الصباح.",
    "Bravo 👏🏽 pour ce but ⚽ !",
    "Cette ligne manque.",
    "",
    "",
    "un deux\ttrois",
    "Οδυσσεύς στην Ιθάκη",
    "l'i\u{307}stanbul été",
    "café à l’école",
    "½ tasse, 2² = 4 et Ⅳ + x_1 ≈ 5 %",
    "Fin – ou presque – de l'histoire…",
    "𠀀𠀂 et 漢 字",
    "Oui",
    "Pourquoi ne vient-elle pas au cinéma avec nous ce soir ?",
  ]

  static let otherReferences = [
    "Un chat noir est couché sur le canapé.",
    "Prenez le bus, la gare est loin.",
    "Il paya 1,250.50 € le 3-4 mai.",
    "“Oui”, répondit-elle, “demain!”",
    "Tom et Jerry : « non » &amp;lt;",
    "今天我在车站看到一只黑猫！",
    "في المحطة رأيت قطةً سوداء، اليوم.",
    "👏 pour le but!",
    "Rien.",
    "",
    "",
    "un deux trois quatre  ",
    "οδυσσευς στην ιθακη",
    "L’Istanbul d’été",
    "un café à l’école",
    "0.5 tasse; 2^2=4",
    "Fin (ou presque) de l'histoire.",
    "𠀀 漢字",
    "Oui.",
    "Pourquoi est-ce qu'elle ne vient pas au cinéma ce soir avec nous ?",
  ]
}
