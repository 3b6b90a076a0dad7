/// The forms of a French verb.
struct FrenchVerb {
  enum Auxiliary { case avoir, être }

  let infinitive: String
  /// je, tu, il, nous, vous, ils.
  let present: [String]
  /// Masculine singular.
  let participle: String
  /// What the endings of the future and the conditional are added to.
  let futureStem: String
  let auxiliary: Auxiliary

  private static let futureEndings = ["ai", "as", "a", "ons", "ez", "ont"]
  private static let imperfectEndings = ["ais", "ais", "ait", "ions", "iez", "aient"]

  func future(_ person: Int) -> String { futureStem + Self.futureEndings[person] }

  func conditional(_ person: Int) -> String { futureStem + Self.imperfectEndings[person] }

  func imperfect(_ person: Int) -> String {
    let ending = Self.imperfectEndings[person]
    if infinitive == "être" { return "ét" + ending }
    if infinitive == "falloir" { return "fall" + ending }
    if infinitive == "pleuvoir" { return "pleuv" + ending }
    var stem = String(present[3].dropLast(3))
    if ending.hasPrefix("i") {
      if infinitive.hasSuffix("ger") { stem.removeLast() }
      if infinitive.hasSuffix("cer") { stem = stem.dropLast() + "c" }
    }
    return stem + ending
  }

  /// The imperative of tu (1), nous (3) or vous (4).
  func imperative(_ person: Int) -> String {
    let irregular: [String: [Int: String]] = [
      "être": [1: "sois", 3: "soyons", 4: "soyez"], "avoir": [1: "aie", 3: "ayons", 4: "ayez"],
      "savoir": [1: "sache", 3: "sachons", 4: "sachez"],
    ]
    if let form = irregular[infinitive]?[person] { return form }
    let form = present[person]
    let dropsS = person == 1 && (form.hasSuffix("es") || form == "vas")
    return dropsS ? String(form.dropLast()) : form
  }

  /// The past participle, agreeing.
  func participle(_ gender: Gender, plural: Bool) -> String {
    var form = participle
    if form == "dû", gender == .feminine || plural { form = "du" }
    if gender == .feminine { form += "e" }
    if plural, !form.hasSuffix("s") { form += "s" }
    return form
  }
}

enum Gender { case masculine, feminine }

extension FrenchVerb {
  /// The verb of an infinitive: from the table of irregular verbs, or by rule from its ending.
  init(_ infinitive: String) {
    if let row = Self.irregular[infinitive] {
      self.init(
        infinitive: infinitive, present: row.present, participle: row.participle,
        futureStem: row.futureStem, auxiliary: Self.auxiliary(of: infinitive))
    } else if infinitive.hasSuffix("er") {
      self.init(firstGroup: infinitive)
    } else if infinitive.hasSuffix("ir") {
      let stem = String(infinitive.dropLast(2))
      self.init(
        infinitive: infinitive, present: ["is", "is", "it", "issons", "issez", "issent"].map { stem + $0 },
        participle: stem + "i", futureStem: infinitive, auxiliary: Self.auxiliary(of: infinitive))
    } else if infinitive.hasSuffix("re") {
      let stem = String(infinitive.dropLast(2))
      self.init(
        infinitive: infinitive, present: ["s", "s", "", "ons", "ez", "ent"].map { stem + $0 },
        participle: stem + "u", futureStem: stem + "r", auxiliary: Self.auxiliary(of: infinitive))
    } else {
      fatalError("no conjugation for “\(infinitive)”")
    }
  }

  private init(firstGroup infinitive: String) {
    let stem = String(infinitive.dropLast(2))
    // The stem before a mute e, and the stem before the o of "-ons".
    var mute = stem
    var beforeO = stem
    var futureStem: String?
    if stem.hasSuffix("g") { beforeO = stem + "e" }
    if stem.hasSuffix("c") { beforeO = stem.dropLast() + "ç" }
    if stem.hasSuffix("y") { mute = stem.dropLast() + "i" }
    if infinitive == "appeler" || infinitive == "rappeler" || infinitive == "jeter" {
      mute = stem + String(stem.last!)
    } else if let last = stem.last, "lnvst".contains(last), stem.dropLast().hasSuffix("e") {
      mute = stem.dropLast(2) + "è" + String(last)
    } else if let last = stem.last, "rlt".contains(last), stem.dropLast().hasSuffix("é") {
      mute = stem.dropLast(2) + "è" + String(last)
      futureStem = infinitive
    }
    if stem.hasSuffix("éch") {
      mute = stem.dropLast(3) + "èch"
      futureStem = infinitive
    }
    if infinitive == "envoyer" { futureStem = "enverr" }
    self.init(
      infinitive: infinitive,
      present: [mute + "e", mute + "es", mute + "e", beforeO + "ons", stem + "ez", mute + "ent"],
      participle: stem + "é", futureStem: futureStem ?? mute + "er",
      auxiliary: Self.auxiliary(of: infinitive))
  }

  private static func auxiliary(of infinitive: String) -> Auxiliary {
    verbsOfMovement.contains(infinitive) ? .être : .avoir
  }

  private static let verbsOfMovement: Set<String> = [
    "aller", "venir", "arriver", "partir", "rester", "rentrer", "sortir", "tomber", "descendre", "monter",
    "revenir", "devenir", "naître", "mourir", "retourner", "entrer",
  ]
}
