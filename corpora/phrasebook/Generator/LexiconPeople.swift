extension Lexicon {
  static let nounTables = [people, foods, things, places, others]

  /// `english[:plural] | french[:plural] gender[; feminine] | kinds`; `*` marks h aspiré.
  private static let people = """
    father | père m | kin elder
    mother | mère f | kin elder
    brother | frère m | kin sibling
    sister | sœur f | kin sibling
    son | fils m | kin young sibling
    daughter | fille f | kin young sibling
    uncle | oncle m | kin elder
    aunt | tante f | kin elder
    cousin | cousin m | kin sibling
    grandfather | grand-père:grands-pères m | kin elder
    grandmother | grand-mère:grands-mères f | kin elder
    husband | mari m | spouse
    wife:wives | femme f | spouse
    nephew | neveu m | kin young
    niece | nièce f | kin young
    friend | ami m | kin adult
    neighbour | voisin m | kin adult person
    colleague | collègue m | kin adult
    boss | patron m | spouse
    girlfriend | petite amie:petites amies f | spouse
    man:men | homme m | person grown
    woman:women | femme f | person grown
    child:children | enfant m | person young
    boy | garçon m | person young
    girl | fille f | person young
    baby | bébé m | infant
    guest | invité m | person
    tourist | touriste m | person
    pupil | élève m | person
    customer | client m | person
    traveller | voyageur m | person
    passenger | passager m | person
    doctor | médecin m; médecin | pro
    teacher | professeur m; professeure | pro
    baker | boulanger m; boulangère | pro
    nurse | infirmier m; infirmière | pro
    lawyer | avocat m; avocate | pro
    engineer | ingénieur m; ingénieure | pro
    dentist | dentiste m; dentiste | pro
    farmer | agriculteur m; agricultrice | pro
    waiter | serveur m | waiter
    waitress | serveuse f | waiter
    cook | cuisinier m; cuisinière | pro
    driver | conducteur m; conductrice | pro
    singer | chanteur m; chanteuse | pro
    writer | écrivain m; écrivaine | pro
    musician | musicien m; musicienne | pro
    student | étudiant m; étudiante | pro
    hairdresser | coiffeur m; coiffeuse | pro
    butcher | boucher m; bouchère | pro
    pilot | pilote m; pilote | pro
    police officer | policier m; policière | pro
    journalist | journaliste m; journaliste | pro
    architect | architecte m; architecte | pro
    painter | peintre m; peintre | pro
    photographer | photographe m; photographe | pro
    gardener | jardinier m; jardinière | pro
    electrician | électricien m; électricienne | pro
    mechanic | mécanicien m; mécanicienne | pro
    secretary | secrétaire m; secrétaire | pro
    shop assistant | vendeur m; vendeuse | pro
    translator | traducteur m; traductrice | pro
    dancer | danseur m; danseuse | pro
    firefighter | pompier m; pompière | pro
    judge | juge m; juge | pro
    guide | guide m; guide | pro
    pharmacist | pharmacien m; pharmacienne | pro
    vet | vétérinaire m; vétérinaire | pro
    librarian | bibliothécaire m; bibliothécaire | pro
    dog | chien m | animal pet
    cat | chat m | animal pet
    horse | cheval m | animal
    cow | vache f | animal
    bird | oiseau m | animal pet
    rabbit | lapin m | animal pet
    duck | canard m | animal
    hen | poule f | animal
    sheep:sheep | mouton m | flock
    pig | cochon m | animal
    goat | chèvre f | animal
    donkey | âne m | animal
    lion | lion m | animal wild
    tiger | tigre m | animal wild
    bear | ours m | animal wild
    wolf:wolves | loup m | animal wild
    elephant | éléphant m | animal wild
    monkey | singe m | animal wild
    snake | serpent m | animal wild
    fox | renard m | animal wild
    owl | *hibou m | animal wild
    hedgehog | *hérisson m | animal wild
    hamster | *hamster m | animal pet
    turtle | tortue f | animal pet
    parrot | perroquet m | animal pet
    frog | grenouille f | animal wild
    mouse:mice | souris f | animal
    butterfly | papillon m | animal
    """
}
