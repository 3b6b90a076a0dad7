/// When: expressions of time, each with tenses that it goes with.
extension Author {
  static let days = [
    ("Monday", "lundi"), ("Tuesday", "mardi"), ("Wednesday", "mercredi"), ("Thursday", "jeudi"),
    ("Friday", "vendredi"), ("Saturday", "samedi"), ("Sunday", "dimanche"),
  ]
  static let months = [
    ("January", "janvier"), ("February", "février"), ("March", "mars"), ("April", "avril"),
    ("May", "mai"), ("June", "juin"), ("July", "juillet"), ("August", "août"),
    ("September", "septembre"), ("October", "octobre"), ("November", "novembre"),
    ("December", "décembre"),
  ]
  /// English, French singular, French plural.
  static let spans = [
    ("minute", "minute", "minutes"), ("hour", "heure", "heures"), ("day", "jour", "jours"),
    ("week", "semaine", "semaines"), ("month", "mois", "mois"), ("year", "an", "ans"),
  ]

  func pattern(_ pair: (String, String)) -> Phrase { frame(pair.0, pair.1) }

  func pickPattern(_ pairs: [(String, String)]) -> Phrase { pattern(random.pick(pairs)) }

  /// "two weeks", from `first` (0 minutes, 1 hours, 2 days, 3 weeks, 4 months, 5 years) to `last`.
  func duration(_ first: Int, _ last: Int) -> Phrase {
    let span = Self.spans[first + random.below(last - first + 1)]
    let number = span.0 == "minute" ? random.pick([5, 10, 15, 20]) : 1 + random.below(10)
    let isPlural = number > 1
    let isFeminine = ["minute", "heure", "semaine"].contains(span.1)
    let french = number == 1 && isFeminine ? "une" : Self.numbersFrench[number]
    return frame(
      "\(Self.numbersEnglish[number])/1 \(isPlural ? span.0 + "s" : span.0)/2",
      "\(french)/1 \(isPlural ? span.2 : span.1)/2")
  }

  /// "eight o'clock", "half past eight", "noon".
  func clockTime() -> Phrase {
    if random.chance(8) { return pickPattern([("noon/1", "midi/1"), ("midnight/1", "minuit/1")]) }
    let hour = 1 + random.below(12)
    let english = Self.numbersEnglish[hour]
    let french = hour == 1 ? "une" : Self.numbersFrench[hour]
    let hours = hour == 1 ? "heure" : "heures"
    switch random.below(10) {
    case 0..<5: return frame("\(english)/1 o'clock/2", "\(french)/1 \(hours)/2")
    case 5, 6: return frame("half/2 past/3 \(english)/1", "\(french)/1 \(hours)/3 et/2 demie/2")
    case 7: return frame("a/2 quarter/2 past/3 \(english)/1", "\(french)/1 \(hours)/3 et/2 quart/2")
    case 8:
      return frame(
        "a/4 quarter/2 to/3 \(english)/1", "\(french)/1 \(hours)/3 moins/3 le/4 quart/2")
    default:
      let minutes = random.pick([5, 10, 20])
      return frame(
        "\(Self.numbersEnglish[minutes])/2 past/3 \(english)/1",
        "\(french)/1 \(hours)/3 \(Self.numbersFrench[minutes])/2")
    }
  }

  func atClock() -> Phrase { frame("at/1 {0}", "à/1 {0}", clockTime()) }

  /// "14 July": "14 juillet", and "1er" for the first day.
  func dayOfMonth() -> Phrase {
    let day = random.pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 18, 20, 21, 24, 25, 30])
    let month = random.pick(Self.months)
    return frame("\(day)/1 \(month.0)/2", "\(day == 1 ? "1er" : String(day))/1 \(month.1)/2")
  }

  func habitTime() -> Phrase {
    let day = random.pick(Self.days)
    switch random.below(8) {
    case 0: return frame("on/1 \(day.0)s/2", "le/1 \(day.1)/2")
    case 1: return frame("every/1 \(day.0)/2", "tous/1 les/1 \(day.1)s/2")
    case 2: return atClock()
    default:
      return pickPattern([
        ("every/1 day/2", "tous/1 les/1 jours/2"), ("every/1 morning/2", "tous/1 les/1 matins/2"),
        ("every/1 evening/2", "tous/1 les/1 soirs/2"), ("every/1 week/2", "toutes/1 les/1 semaines/2"),
        ("in/1 the/1 morning/2", "le/1 matin/2"), ("in/1 the/1 evening/2", "le/1 soir/2"),
        ("in/1 the/1 afternoon/2", "l'/1 après-midi/2"), ("in/1 summer/2", "en/1 été/2"),
        ("in/1 winter/2", "en/1 hiver/2"), ("at/1 the/1 weekend/2", "le/1 week-end/2"),
        ("all/1 the/1 time/2", "tout/1 le/1 temps/2"),
        ("from/1 time/2 to/3 time/4", "de/1 temps/2 en/3 temps/4"),
      ])
    }
  }

  /// When one wakes up or goes to bed.
  func routineTime() -> Phrase {
    let day = random.pick(Self.days)
    switch random.below(5) {
    case 0, 1: return atClock()
    case 2:
      return pickPattern([("early/1", "tôt/1"), ("late/1", "tard/1"), ("very/1 early/2", "très/1 tôt/2")])
    case 3: return frame("on/1 \(day.0)s/2", "le/1 \(day.1)/2")
    default:
      return pickPattern([
        ("every/1 day/2", "tous/1 les/1 jours/2"), ("every/1 morning/2", "tous/1 les/1 matins/2"),
        ("in/1 the/1 morning/2", "le/1 matin/2"), ("at/1 the/1 weekend/2", "le/1 week-end/2"),
      ])
    }
  }

  /// How often one goes to another town.
  func seasonTime() -> Phrase {
    pickPattern([
      ("every/1 summer/2", "tous/1 les/1 étés/2"), ("every/1 year/2", "tous/1 les/1 ans/2"),
      ("every/1 month/2", "tous/1 les/1 mois/2"), ("in/1 summer/2", "en/1 été/2"),
      ("in/1 winter/2", "en/1 hiver/2"),
      ("in/1 autumn/2", "en/1 automne/2"), ("in/1 spring/2", "au/1 printemps/2"),
      ("from/1 time/2 to/3 time/4", "de/1 temps/2 en/3 temps/4"),
    ])
  }

  func pastTime() -> Phrase {
    let day = random.pick(Self.days)
    switch random.below(9) {
    case 0: return frame("last/1 \(day.0)/2", "\(day.1)/2 dernier/1")
    case 1: return frame("on/1 \(day.0)/1", "\(day.1)/1")
    case 2, 3: return frame("{0} ago/1", "il/1 y/1 a/1 {0}", duration(0, 5))
    case 4: return frame("on/1 {0}", "le/1 {0}", dayOfMonth())
    default:
      return pickPattern([
        ("yesterday/1", "hier/1"), ("yesterday/1 morning/2", "hier/1 matin/2"),
        ("yesterday/1 afternoon/2", "hier/1 après-midi/2"), ("last/1 night/2", "hier/1 soir/2"),
        ("last/1 week/2", "la/2 semaine/2 dernière/1"), ("last/1 month/2", "le/2 mois/2 dernier/1"),
        ("last/1 year/2", "l'/2 année/2 dernière/1"), ("this/1 morning/2", "ce/1 matin/2"),
        ("last/1 summer/2", "l'/2 été/2 dernier/1"), ("the/1 day/2 before/3 yesterday/3", "avant-hier/1,2,3"),
        ("last/1 winter/2", "l'/2 hiver/2 dernier/1"),
      ])
    }
  }

  func futureTime() -> Phrase {
    let day = random.pick(Self.days)
    switch random.below(9) {
    case 0: return frame("next/1 \(day.0)/2", "\(day.1)/2 prochain/1")
    case 1: return frame("on/1 \(day.0)/1", "\(day.1)/1")
    case 2: return frame("in/1 {0}", "dans/1 {0}", duration(0, 3))
    case 3: return frame("on/1 {0}", "le/1 {0}", dayOfMonth())
    case 4: return atClock()
    default:
      return pickPattern([
        ("tomorrow/1", "demain/1"), ("tomorrow/1 morning/2", "demain/1 matin/2"),
        ("tomorrow/1 evening/2", "demain/1 soir/2"), ("tonight/1", "ce/1 soir/1"),
        ("next/1 week/2", "la/2 semaine/2 prochaine/1"), ("next/1 month/2", "le/2 mois/2 prochain/1"),
        ("soon/1", "bientôt/1"),
        ("later/1", "plus/1 tard/1"), ("this/1 afternoon/2", "cet/1 après-midi/2"),
        ("this/1 weekend/2", "ce/1 week-end/2"), ("the/1 day/2 after/3 tomorrow/3", "après-demain/1,2,3"),
        ("this/1 evening/2", "ce/1 soir/2"),
      ])
    }
  }

  func nowTime() -> Phrase {
    pickPattern([
      ("now/1", "maintenant/1"), ("today/1", "aujourd'hui/1"), ("at/1 the/1 moment/2", "en/1 ce/1 moment/2"),
      ("this/1 morning/2", "ce/1 matin/2"), ("this/1 week/2", "cette/1 semaine/2"),
    ])
  }

  /// A time that goes with the tense, or nothing.
  func time(for tense: Tense, percent: Int) -> Phrase {
    guard random.chance(percent) else { return .empty }
    switch tense {
    case .present, .habitual: return habitTime()
    case .progressive: return nowTime()
    case .past: return pastTime()
    case .perfect, .just, .ongoing: return .empty
    case .future, .near, .wish, .modal: return futureTime()
    }
  }
}
