extension Lexicon {
  /// `english | masculine [feminine [plural [before a vowel]]] | position | kinds of nouns`;
  /// `=` marks an invariable adjective, kind `state` and `trait` those said of people.
  static let adjectiveTable = """
    big | grand | pre | room outside home built place animal furn veh pack water scenery lodging ride
    small | petit | pre | room outside home built place animal furn veh pack water scenery lodging ride item cloth ware
    new | nouveau nouvelle nouveaux nouvel | pre | item cloth wear mach veh furn reading cycle shop
    old | vieux vieille vieux vieil | pre | item cloth wear mach veh furn reading cycle built sight grown animal
    beautiful | beau belle beaux bel | pre | cloth jewel flower sight home nature scenery room watch hear animal
    pretty | joli | pre | cloth jewel flower sight home room present
    good | bon | pre | fruit dish drink reading watch hear pro course
    bad | mauvais | pre | watch reading
    young | jeune | pre | grown pro
    long | long longue | pre | reading talk street event
    short | court | post | talk reading garment
    red | rouge | post | tint
    blue | bleu | post | tint
    green | vert | post | tint
    white | blanc blanche | post | tint
    black | noir | post | tint
    yellow | jaune | post | tint
    grey | gris | post | tint
    brown | marron = | post | tint
    pink | rose | post | tint
    purple | violet violette | post | tint
    orange | orange = | post | tint
    expensive | cher | post | cloth wear jewel mach veh cycle lodging item furn
    easy | facile | post | task talk
    difficult | difficile | post | task talk
    interesting | intéressant | post | reading watch sight talk trouble show
    important | important | post | event trouble task paperwork
    boring | ennuyeux | post | reading watch event
    funny | drôle | post | watch
    useful | utile | post | school mach
    empty | vide | post | pack room fragile
    heavy | lourd | post | pack furn
    light | léger | post | pack meal
    clean | propre | post | room linen ware cloth
    dirty | sale | post | linen ware cloth wear veh
    modern | moderne | post | built sight mach home lodging
    round | rond | post | furn
    square | carré | post | furn
    hot | chaud | post | dish drink
    cold | froid | post | dish drink water
    fresh | frais fraîche | post | fruit
    delicious | délicieux | post | fruit dish meal course
    famous | célèbre | post | pro sight reading
    comfortable | confortable | post | furn wear home lodging ride
    dangerous | dangereux | post | wild crossing
    quiet | tranquille | post | home street place
    noisy | bruyant | post | street mach
    fast | rapide | post | veh ride cycle
    slow | lent | post | ride
    elegant | élégant | post | cloth
    strange | étrange | post | noise trouble talk
    simple | simple | post | task talk
    excellent | excellent | pre | reading watch meal course pro
    strong | fort | post | grown
    soft | doux douce | post | linen
    wooden | en_bois = | post | furn
    leather | en_cuir = | post | leathern
    tired | fatigué | post | state
    happy | heureux | post | state
    sad | triste | post | state
    ill | malade | post | state
    busy | occupé | post | state
    ready | prêt | post | state
    worried | inquiet | post | state
    nervous | nerveux | post | state
    surprised | surpris | post | state
    disappointed | déçu | post | state
    jealous | jaloux jalouse | post | state
    alone | seul | post | state
    lost | perdu | post | state
    satisfied | satisfait | post | state
    married | marié | post | state
    excited | enthousiaste | post | state
    late | en_retard = | post | state
    early | en_avance = | post | state
    angry | en_colère = | post | state
    kind | gentil gentille | post | trait
    friendly | aimable | post | trait
    polite | poli | post | trait
    intelligent | intelligent | post | trait
    serious | sérieux | post | trait
    lazy | paresseux | post | trait
    shy | timide | post | trait
    curious | curieux | post | trait
    patient | patient | post | trait
    generous | généreux | post | trait
    honest | honnête | post | trait
    brave | courageux | post | trait
    tall | grand | post | trait
    rich | riche | post | trait
    sporty | sportif | post | trait
    talkative | bavard | post | trait
    discreet | discret | post | trait
    creative | créatif | post | trait
    """
}
