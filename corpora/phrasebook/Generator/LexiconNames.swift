extension Lexicon {
  /// First names that neither start with h nor with y, so that elision before them is plain.
  static let men = [
    "Paul", "Pierre", "Thomas", "Lucas", "Antoine", "Marc", "Nicolas", "Julien", "Louis", "David",
    "Simon", "Victor", "Karim", "Omar", "Peter", "Jack", "Tom", "Olivier", "Adam", "Daniel",
  ]
  static let women = [
    "Marie", "Anna", "Julie", "Sophie", "Claire", "Léa", "Alice", "Emma", "Charlotte", "Sarah",
    "Nadia", "Fatima", "Isabelle", "Chloé", "Lucie", "Inès", "Jane", "Emily", "Louise", "Élodie",
  ]
  static let surnames = [
    "Martin", "Dubois", "Moreau", "Lefèvre", "Garcia", "Leroy", "Smith", "Brown", "Fontaine", "Girard",
  ]

  /// English | French.
  static let cities: [(english: String, french: String)] = [
    ("Paris", "Paris"), ("Lyon", "Lyon"), ("Marseille", "Marseille"), ("London", "Londres"),
    ("Rome", "Rome"), ("Berlin", "Berlin"), ("Madrid", "Madrid"), ("Brussels", "Bruxelles"),
    ("Geneva", "Genève"), ("Lisbon", "Lisbonne"), ("Vienna", "Vienne"), ("Barcelona", "Barcelone"),
    ("Athens", "Athènes"), ("Nice", "Nice"), ("Bordeaux", "Bordeaux"), ("Lille", "Lille"),
    ("Toulouse", "Toulouse"), ("Strasbourg", "Strasbourg"), ("Montreal", "Montréal"),
    ("New York", "New York"), ("Tokyo", "Tokyo"), ("Venice", "Venise"), ("Edinburgh", "Édimbourg"),
    ("Amsterdam", "Amsterdam"), ("Avignon", "Avignon"), ("Moscow", "Moscou"), ("Dublin", "Dublin"),
  ]

  /// English, French with its article, gender, whether it is plural.
  static let countries: [(english: String, french: String, gender: Gender, isPlural: Bool)] = [
    ("France", "France", .feminine, false), ("Italy", "Italie", .feminine, false),
    ("Spain", "Espagne", .feminine, false), ("Germany", "Allemagne", .feminine, false),
    ("Japan", "Japon", .masculine, false), ("Canada", "Canada", .masculine, false),
    ("Portugal", "Portugal", .masculine, false), ("Brazil", "Brésil", .masculine, false),
    ("Morocco", "Maroc", .masculine, false), ("England", "Angleterre", .feminine, false),
    ("Ireland", "Irlande", .feminine, false), ("Belgium", "Belgique", .feminine, false),
    ("Switzerland", "Suisse", .feminine, false), ("China", "Chine", .feminine, false),
    ("India", "Inde", .feminine, false), ("Greece", "Grèce", .feminine, false),
    ("Mexico", "Mexique", .masculine, false), ("Senegal", "Sénégal", .masculine, false),
    ("Scotland", "Écosse", .feminine, false), ("the United States", "États-Unis", .masculine, true),
    ("the Netherlands", "Pays-Bas", .masculine, true),
  ]

  /// English | masculine | feminine | plural of the masculine.
  static let nationalities: [(english: String, masculine: String, feminine: String)] = [
    ("French", "français", "française"), ("English", "anglais", "anglaise"),
    ("Italian", "italien", "italienne"), ("Spanish", "espagnol", "espagnole"),
    ("German", "allemand", "allemande"), ("Japanese", "japonais", "japonaise"),
    ("American", "américain", "américaine"), ("Canadian", "canadien", "canadienne"),
    ("Portuguese", "portugais", "portugaise"), ("Belgian", "belge", "belge"), ("Swiss", "suisse", "suisse"),
    ("Chinese", "chinois", "chinoise"), ("Greek", "grec", "grecque"), ("Russian", "russe", "russe"),
    ("Moroccan", "marocain", "marocaine"), ("Irish", "irlandais", "irlandaise"),
    ("Brazilian", "brésilien", "brésilienne"), ("Mexican", "mexicain", "mexicaine"),
    ("Scottish", "écossais", "écossaise"), ("Senegalese", "sénégalais", "sénégalaise"),
  ]
}
