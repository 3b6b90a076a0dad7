extension Lexicon {
  static let places = """
    station | gare f | place
    airport | aéroport m | place
    hotel | hôtel m | place lodging open
    restaurant | restaurant m | place open
    bank | banque f | place open
    post office | poste f | place open
    pharmacy | pharmacie f | place shop open
    hospital | hôpital m | place
    school | école f | place open
    library | bibliothèque f | place open
    museum | musée m | place sight open
    theatre | théâtre m | place open
    cinema | cinéma m | place open
    market | marché m | place shop open
    supermarket | supermarché m | place shop open
    bakery | boulangerie f | place shop open
    butcher shop | boucherie f | place shop open
    bookshop | librairie f | place shop open
    shop | magasin m | place shop open
    church | église f | place sight
    castle | château m | place sight open
    cathedral | cathédrale f | place sight
    park | parc m | place
    beach | plage f | place
    swimming pool | piscine f | place open
    university | université f | place open
    factory | usine f | place
    farm | ferme f | place
    village | village m | sight
    town | ville f | sight
    square | place f | place
    port | port m | sight
    zoo | zoo m | place sight open
    stadium | stade m | place open
    town hall | mairie f | place open
    police station | commissariat m | place
    bus stop | arrêt de bus m | place
    campsite | camping m | place lodging
    bridge | pont m | crossing built
    street | rue f | crossing street
    road | route f | crossing street
    river | rivière f | water
    lake | lac m | water
    mountain | montagne f | scenery
    forest | forêt f | scenery
    island | île f | scenery sight
    countryside | campagne f | rural
    tower | tour f | sight built
    house | maison f | home built
    flat | appartement m | home
    kitchen | cuisine f | room
    bathroom | salle de bains f | room
    bedroom | chambre f | room
    living room | salon m | room
    dining room | salle à manger f | room
    garage | garage m | room
    cellar | cave f | room
    balcony | balcon m | outside
    garden | jardin m | room
    attic | grenier m | room
    office | bureau m | place open
    terrace | terrasse f | outside
    """
}
