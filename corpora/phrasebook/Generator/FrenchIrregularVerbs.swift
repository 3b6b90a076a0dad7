extension FrenchVerb {
  typealias Row = (present: [String], participle: String, futureStem: String)

  /// Infinitive | present | participle | future stem.
  static let irregular: [String: Row] = {
    var rows: [String: Row] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      require(fields.count == 4 && fields[1].count == 6, "bad verb: \(line)")
      rows[fields[0][0]] = (fields[1], fields[2][0], fields[3][0])
    }
    return rows
  }()

  private static let table = """
    être | suis es est sommes êtes sont | été | ser
    avoir | ai as a avons avez ont | eu | aur
    aller | vais vas va allons allez vont | allé | ir
    faire | fais fais fait faisons faites font | fait | fer
    venir | viens viens vient venons venez viennent | venu | viendr
    revenir | reviens reviens revient revenons revenez reviennent | revenu | reviendr
    devenir | deviens deviens devient devenons devenez deviennent | devenu | deviendr
    tenir | tiens tiens tient tenons tenez tiennent | tenu | tiendr
    souvenir | souviens souviens souvient souvenons souvenez souviennent | souvenu | souviendr
    prendre | prends prends prend prenons prenez prennent | pris | prendr
    apprendre | apprends apprends apprend apprenons apprenez apprennent | appris | apprendr
    comprendre | comprends comprends comprend comprenons comprenez comprennent | compris | comprendr
    mettre | mets mets met mettons mettez mettent | mis | mettr
    promettre | promets promets promet promettons promettez promettent | promis | promettr
    voir | vois vois voit voyons voyez voient | vu | verr
    savoir | sais sais sait savons savez savent | su | saur
    pouvoir | peux peux peut pouvons pouvez peuvent | pu | pourr
    vouloir | veux veux veut voulons voulez veulent | voulu | voudr
    devoir | dois dois doit devons devez doivent | dû | devr
    boire | bois bois boit buvons buvez boivent | bu | boir
    lire | lis lis lit lisons lisez lisent | lu | lir
    écrire | écris écris écrit écrivons écrivez écrivent | écrit | écrir
    dire | dis dis dit disons dites disent | dit | dir
    partir | pars pars part partons partez partent | parti | partir
    sortir | sors sors sort sortons sortez sortent | sorti | sortir
    dormir | dors dors dort dormons dormez dorment | dormi | dormir
    endormir | endors endors endort endormons endormez endorment | endormi | endormir
    sentir | sens sens sent sentons sentez sentent | senti | sentir
    servir | sers sers sert servons servez servent | servi | servir
    ouvrir | ouvre ouvres ouvre ouvrons ouvrez ouvrent | ouvert | ouvrir
    offrir | offre offres offre offrons offrez offrent | offert | offrir
    découvrir | découvre découvres découvre découvrons découvrez découvrent | découvert | découvrir
    connaître | connais connais connaît connaissons connaissez connaissent | connu | connaîtr
    reconnaître | reconnais reconnais reconnaît reconnaissons reconnaissez reconnaissent | reconnu | reconnaîtr
    courir | cours cours court courons courez courent | couru | courr
    vivre | vis vis vit vivons vivez vivent | vécu | vivr
    suivre | suis suis suit suivons suivez suivent | suivi | suivr
    croire | crois crois croit croyons croyez croient | cru | croir
    recevoir | reçois reçois reçoit recevons recevez reçoivent | reçu | recevr
    rire | ris ris rit rions riez rient | ri | rir
    sourire | souris souris sourit sourions souriez sourient | souri | sourir
    conduire | conduis conduis conduit conduisons conduisez conduisent | conduit | conduir
    traduire | traduis traduis traduit traduisons traduisez traduisent | traduit | traduir
    construire | construis construis construit construisons construisez construisent | construit | construir
    asseoir | assieds assieds assied asseyons asseyez asseyent | assis | assiér
    peindre | peins peins peint peignons peignez peignent | peint | peindr
    éteindre | éteins éteins éteint éteignons éteignez éteignent | éteint | éteindr
    mourir | meurs meurs meurt mourons mourez meurent | mort | mourr
    naître | nais nais naît naissons naissez naissent | né | naîtr
    pleuvoir | pleux pleux pleut pleuvons pleuvez pleuvent | plu | pleuvr
    falloir | faux faux faut fallons fallez fallent | fallu | faudr
    plaire | plais plais plaît plaisons plaisez plaisent | plu | plair
    """
}
