extension Lexicon {
  static let places = """
    station | gare f | place
    airport | aéroport m | place
    hotel | hôtel m | place lodging
    restaurant | restaurant m | place
    bank | banque f | place
    post office | poste f | place
    pharmacy | pharmacie f | place shop
    hospital | hôpital m | place
    school | école f | place
    library | bibliothèque f | place
    museum | musée m | place sight
    theatre | théâtre m | place
    cinema | cinéma m | place
    market | marché m | place shop
    supermarket | supermarché m | place shop
    bakery | boulangerie f | place shop
    butcher shop | boucherie f | place shop
    bookshop | librairie f | place shop
    shop | magasin m | place shop
    church | église f | place sight
    castle | château m | place sight
    cathedral | cathédrale f | place sight
    park | parc m | place
    beach | plage f | place
    swimming pool | piscine f | place
    university | université f | place
    factory | usine f | place
    farm | ferme f | place
    village | village m | sight
    town | ville f | sight
    square | place f | place
    port | port m | sight
    zoo | zoo m | place sight
    stadium | stade m | place
    town hall | mairie f | place
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
    office | bureau m | place
    terrace | terrasse f | outside
    """
}
