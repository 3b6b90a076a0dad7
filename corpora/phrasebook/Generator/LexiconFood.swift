extension Lexicon {
  static let foods = """
    apple | pomme f | fruit
    orange | orange f | fruit
    banana | banane f | fruit
    pear | poire f | fruit
    peach | pêche f | fruit
    strawberry | fraise f | fruit
    cherry | cerise f | fruit
    lemon | citron m | fruit
    melon | melon m | fruit
    apricot | abricot m | fruit
    tomato:tomatoes | tomate f | fruit vegetable
    carrot | carotte f | fruit vegetable
    potato:potatoes | pomme de terre f | fruit vegetable
    onion | oignon m | fruit vegetable
    mushroom | champignon m | fruit vegetable
    bean | *haricot m | fruit vegetable
    aubergine | aubergine f | fruit vegetable
    leek | poireau m | fruit vegetable
    egg | œuf m | fruit
    cake | gâteau m | fruit bake
    sandwich | sandwich m | fruit snack
    croissant | croissant m | fruit snack bake
    pancake | crêpe f | fruit snack
    biscuit | biscuit m | fruit snack bake
    pizza | pizza f | fruit snack
    omelette | omelette f | fruit snack
    apple pie | tarte aux pommes f | pie bake
    ice cream | glace f | pie
    hamburger | *hamburger m | fruit snack
    bread | pain m | dish
    cheese | fromage m | dish
    butter | beurre m | dish
    meat | viande f | dish
    fish | poisson m | dish
    rice | riz m | dish
    soup | soupe f | dish
    salad | salade f | dish
    chicken | poulet m | dish
    ham | jambon m | dish
    chocolate | chocolat m | dish
    sugar | sucre m | dish spice
    salt | sel m | spice
    pepper | poivre m | spice
    jam | confiture f | dish
    honey | miel m | dish
    oil | huile f | spice
    garlic | ail m | spice
    mustard | moutarde f | spice
    beef | bœuf m | dish
    pork | porc m | dish
    cream | crème f | dish
    flour | farine f | spice
    vinegar | vinaigre m | spice
    water | eau f | drink
    coffee | café m | drink
    tea | thé m | drink
    milk | lait m | drink
    wine | vin m | drink
    beer | bière f | drink
    orange juice | jus d'orange m | drink
    apple juice | jus de pomme m | drink
    lemonade | limonade f | drink
    cider | cidre m | drink
    mineral water | eau minérale:eaux minérales f | drink
    champagne | champagne m | drink
    money | argent m | stuff
    time | temps m | stuff
    luck | chance f | stuff
    patience | patience f | stuff
    courage | courage m | stuff
    work | travail m | stuff
    paper | papier m | goods
    soap | savon m | goods
    toothpaste | dentifrice m | goods
    petrol | essence f | goods
    shampoo | shampoing m | goods
    breakfast | petit déjeuner m | meal
    lunch | déjeuner m | meal
    dinner | dîner m | meal
    dessert | dessert m | course
    starter | entrée f | course
    main course | plat principal:plats principaux m | course
    dish of the day:dishes of the day | plat du jour m | course
    """

  static let others = """
    question | question f | talk question
    answer | réponse f | talk
    word | mot m | talk
    sentence | phrase f | talk
    story | histoire f | talk hear
    joke | blague f | talk
    lesson | leçon f | talk task
    text | texte m | talk task
    exercise | exercice m | task
    report | rapport m | task writing
    project | projet m | task
    problem | problème m | trouble
    idea | idée f | trouble
    mistake | erreur f | trouble
    accident | accident m | trouble
    film | film m | watch show
    match | match m | watch show
    programme | émission f | watch
    documentary | documentaire m | watch
    play | pièce f | watch show
    song | chanson f | hear song
    concert | concert m | hear show
    music | musique f | sound
    radio | radio f | sound
    noise | bruit m | sound1
    party | fête f | event
    meeting | réunion f | event
    exam | examen m | event
    wedding | mariage m | event
    trip | voyage m | event trip
    holiday | jour férié:jours fériés m | holidayday
    game | jeu m | show
    exhibition | exposition f | show event
    head | tête f | ache
    arm | bras m | body limb
    leg | jambe f | body limb
    hand | main f | body
    foot:feet | pied m | body
    back | dos m | body
    stomach | ventre m | ache
    throat | gorge f | body
    knee | genou m | body
    finger | doigt m | limb body
    shoulder | épaule f | body
    ear | oreille f | body
    neck | cou m | body
    French | français m | tongue
    English | anglais m | tongue
    Spanish | espagnol m | tongue
    Italian | italien m | tongue
    German | allemand m | tongue
    Japanese | japonais m | tongue
    Chinese | chinois m | tongue
    Russian | russe m | tongue
    Arabic | arabe m | tongue
    Portuguese | portugais m | tongue
    history | histoire f | subject
    geography | géographie f | subject
    biology | biologie f | subject
    chemistry | chimie f | subject
    physics | physique f | subject
    philosophy | philosophie f | subject
    medicine | médecine f | subject
    law | droit m | subject
    art | art m | subject
    literature | littérature f | subject
    football | football m | sport
    tennis | tennis m | sport
    basketball | basket m | sport
    volleyball | volley m | sport
    rugby | rugby m | sport
    golf | golf m | sport
    piano | piano m | instrument
    guitar | guitare f | instrument
    violin | violon m | instrument
    flute | flûte f | instrument
    accordion | accordéon m | instrument
    drums:drums | batterie:batterie f | instrument
    """
}
