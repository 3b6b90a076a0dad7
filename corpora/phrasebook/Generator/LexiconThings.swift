extension Lexicon {
  static let things = """
    book | livre m | reading item school
    newspaper | journal m | reading
    magazine | magazine m | reading
    novel | roman m | reading writing
    poem | poème m | reading writing
    letter | lettre f | reading writing post
    message | message m | reading writing post
    postcard | carte postale:cartes postales f | reading writing post
    article | article m | reading writing
    parcel | colis m | post
    phone | téléphone m | item mach
    computer | ordinateur m | mach item
    camera | appareil photo:appareils photo m | mach item
    key | clé f | item
    bag | sac m | item tint pack leathern
    suitcase | valise f | item tint pack openable
    umbrella | parapluie m | item tint
    watch | montre f | item
    wallet | portefeuille m | item leathern
    passport | passeport m | item paperwork
    ticket | billet m | item paperwork
    map | carte f | item
    pen | stylo m | item school tint
    pencil | crayon m | item school
    notebook | cahier m | item school tint
    dictionary | dictionnaire m | item school
    ruler | règle f | item school
    eraser | gomme f | item school
    photo | photo f | item
    gift | cadeau m | present
    toy | jouet m | present
    ball | ballon m | item tint ball
    doll | poupée f | present
    bicycle | vélo m | mach cycle tint
    motorbike | moto f | mach cycle tint
    car | voiture f | veh car tint
    taxi | taxi m | ride
    bus | bus m | ride veh
    train | train m | ride
    plane | avion m | ride
    boat | bateau m | ride
    tram | tramway m | ride
    truck | camion m | veh tint
    van | camionnette f | veh tint
    tractor | tracteur m | veh tint
    lamp | lampe f | furn light
    chair | chaise f | furn surface
    table | table f | furn surface
    bed | lit m | furn surface
    sofa | canapé m | furn leathern surface
    armchair | fauteuil m | furn leathern surface
    desk | bureau m | furn surface
    wardrobe | armoire f | furn openable surface
    mirror | miroir m | furn
    carpet | tapis m | furn
    shelf:shelves | étagère f | furn surface
    clock | horloge f | furn mach
    television | télévision f | mach light
    fridge | réfrigérateur m | mach openable
    oven | four m | mach
    washing machine | machine à laver f | mach
    dishwasher | lave-vaisselle:lave-vaisselle m | mach
    heater | radiateur m | mach light
    printer | imprimante f | mach
    door | porte f | openable paintable
    window | fenêtre f | openable
    drawer | tiroir m | openable
    box | boîte f | openable pack
    cupboard | placard m | openable
    curtain | rideau m | curtain
    wall | mur m | paintable
    knife:knives | couteau m | ware
    fork | fourchette f | ware
    spoon | cuillère f | ware
    plate | assiette f | ware fragile
    glass | verre m | ware fragile
    cup | tasse f | ware fragile
    bowl | bol m | ware fragile
    vase | vase m | fragile
    bottle | bouteille f | fragile
    napkin | serviette f | ware
    blanket | couverture f | linen
    pillow | oreiller m | linen
    towel | serviette f | linen
    sheet | drap m | linen
    candle | bougie f | present
    flower | fleur f | present flower tint
    rose | rose f | present flower
    tulip | tulipe f | flower
    tree | arbre m | nature
    shirt | chemise f | cloth tint garment
    dress | robe f | cloth tint garment
    skirt | jupe f | cloth tint garment
    coat | manteau m | cloth tint garment
    hat | chapeau m | cloth tint
    shoe | chaussure f | wear tint
    sock | chaussette f | wear tint
    glove | gant m | wear tint leathern
    boot | botte f | wear tint leathern
    jacket | veste f | cloth tint leathern garment
    sweater | pull m | cloth tint
    tie | cravate f | cloth tint
    scarf:scarves | écharpe f | cloth tint
    belt | ceinture f | cloth tint leathern
    suit | costume m | cloth tint
    cap | casquette f | cloth tint
    swimsuit | maillot de bain m | cloth tint
    raincoat | imperméable m | cloth tint
    ring | bague f | jewel
    necklace | collier m | jewel
    bracelet | bracelet m | jewel
    earring | boucle d'oreille f | jewel
    """
}
