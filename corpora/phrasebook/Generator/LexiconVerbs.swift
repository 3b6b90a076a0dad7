extension Lexicon {
  /// `english[:past[:participle]] [particle] | french | frame, kinds of objects`
  static let verbTable = """
    eat:ate:eaten | manger | trans fruit dish snack bake
    buy:bought | acheter | trans fruit dish goods item cloth wear present jewel furn reading mach
    sell:sold | vendre | trans veh furn home cycle mach jewel
    see:saw:seen | voir | trans person animal sight kin pro
    look for | chercher | trans item place wear lodging
    find:found | trouver | trans item lodging wear
    lose:lost | perdre | trans item jewel paperwork
    forget:forgot:forgotten | oublier | trans item paperwork
    bring:brought | apporter | trans snack present ware linen
    take:took:taken | prendre | trans ride item
    read:read | lire | trans reading
    write:wrote:written | écrire | trans writing
    open | ouvrir | trans openable
    close | fermer | trans openable
    clean | nettoyer | trans room furn wear outside
    wash | laver | trans ware cloth veh linen
    repair | réparer | trans mach veh cycle
    watch | regarder | trans watch
    listen to | écouter | trans sound hear
    visit | visiter | trans sight
    know:knew:known | connaître | trans person sight pro
    meet:met | rencontrer | trans person pro
    help | aider | trans person kin
    call | appeler | trans kin pro
    wait for | attendre | trans ride kin person
    invite | inviter | trans kin
    thank | remercier | trans person pro kin
    understand:understood | comprendre | trans talk
    learn:learned | apprendre | trans subject
    teach:taught | enseigner | trans subject
    study | étudier | trans subject
    wear:wore:worn | porter | trans cloth jewel
    cut:cut | couper | trans bake dish vegetable
    drive:drove:driven | conduire | trans veh
    rent | louer | trans home car cycle
    order | commander | trans course drink snack
    choose:chose:chosen | choisir | trans course cloth present
    finish | finir | trans task meal reading
    begin:began:begun | commencer | trans task
    break:broke:broken | casser | trans fragile
    cross | traverser | trans crossing
    use | utiliser | trans school mach
    draw:drew:drawn | dessiner | trans animal flower built
    paint | peindre | trans paintable room outside
    send:sent | envoyer | trans post present
    receive | recevoir | trans post present
    prepare | préparer | trans meal course
    drink:drank:drunk | boire | trans drink
    carry | porter | trans pack
    answer | répondre à | trans question
    need | avoir besoin de | trans item linen mach pro
    talk to | parler à | trans person kin pro
    think:thought about | penser à | trans event kin trouble
    remember | se souvenir de | trans event trip
    sing:sang:sung | chanter | trans song
    keep:kept | garder | trans reading item
    borrow | emprunter | trans item school cycle
    photograph | photographier | trans animal sight
    recommend | recommander | trans course reading lodging
    admire | admirer | trans sight flower
    touch | toucher | trans animal fragile
    look at | regarder | trans animal sight show
    follow | suivre | trans street
    hide:hid:hidden | cacher | trans present item
    throw:threw:thrown | lancer | trans ball
    love | adorer | trans kin
    turn:turned on | allumer | trans light
    turn:turned off | éteindre | trans light
    translate | traduire | trans talk reading
    sleep:slept | dormir | intrans
    work | travailler | intrans
    sing:sang:sung | chanter | intrans
    dance | danser | intrans
    run:ran:run | courir | intrans
    swim:swam:swum | nager | intrans
    cry | pleurer | intrans
    laugh | rire | intrans
    smile | sourire | intrans
    cough | tousser | intrans
    travel:travelled | voyager | intrans
    walk | marcher | intrans
    wait | attendre | intrans
    study | étudier | intrans
    play | jouer | intrans
    cook | cuisiner | intrans
    eat:ate:eaten | manger | intrans
    read:read | lire | intrans
    talk | parler | intrans
    smoke | fumer | intrans
    snore | ronfler | intrans
    rest | se reposer | intrans
    win:won | gagner | intrans
    shout | crier | intrans
    arrive | arriver | move
    leave:left | partir | move
    go:went:gone out | sortir | move
    come:came:come back | revenir | move
    stay | rester | stay
    fall:fell:fallen | tomber | accident
    come:came:come in | entrer | move
    get:got:got up | se lever | routine
    wake:woke:woken up | se réveiller | routine
    get:got:got dressed | s'habiller | routine
    go:went:gone to bed | se coucher | routine
    rest | se reposer | routine
    hurry | se dépêcher | routine
    have:had fun | s'amuser | routine
    get:got:got lost | se perdre | routine
    shave | se raser | routine
    fall:fell:fallen asleep | s'endormir | routine
    have:had | avoir | have
    go:went:gone | aller | go
    be:was:been | être | be
    live | habiter | live
    want | vouloir | want
    like | aimer | taste
    love | adorer | taste
    hate | détester | taste
    prefer:preferred | préférer | taste
    speak:spoke:spoken | parler | speak
    learn:learned | apprendre | speak
    give:gave:given | donner | give
    show:showed:shown | montrer | give
    send:sent | envoyer | give
    lend:lent | prêter | give
    offer | offrir | give
    sell:sold | vendre | give
    bring:brought | apporter | give
    can:could | pouvoir | modal
    be:was:been | avoir | beHave
    seem | sembler | seem
    look | avoir l'air | look
    become:became:become | devenir | become
    come:came:come | venir | from
    play | jouer à | sport
    play | jouer de | instrument
    wash | se laver | body
    dry:dried | se sécher | body
    brush | se brosser | body
    break:broke:broken | se casser | body
    like to | aimer | activity
    love to | adorer | activity
    hate to | détester | activity
    prefer to | préférer | activity
    put:put:put | mettre | put
    book | réserver | book
    drive:drove:driven | conduire | plain
    answer | répondre | plain
    live | vivre | plain
    forget:forgot:forgotten | oublier de | infinitive
    try | essayer de | infinitive
    begin:began:begun | commencer à | infinitive
    decide | décider de | infinitive
    refuse | refuser de | infinitive
    promise | promettre de | infinitive
    hope | espérer | infinitive
    manage | réussir à | infinitive
    continue | continuer à | infinitive
    need | avoir besoin | needIt
    see:saw:seen | voir | see
    know:knew:known | connaître | see
    meet:met | rencontrer | see
    help | aider | see
    call | appeler | see
    wait for | attendre | see
    invite | inviter | see
    thank | remercier | see
    look for | chercher | see
    understand:understood | comprendre | see
    hear:heard | entendre | see
    follow | suivre | see
    recognise | reconnaître | see
    find:found | trouver | see
    love | adorer | see
    take:took:taken | prendre | see
    buy:bought | acheter | see
    sell:sold | vendre | see
    lose:lost | perdre | see
    forget:forgot:forgotten | oublier | see
    break:broke:broken | casser | see
    keep:kept | garder | see
    bring:brought | apporter | see
    borrow | emprunter | see
    use | utiliser | see
    watch | regarder | see
    write:wrote:written to | écrire | dative
    talk to | parler | dative
    phone | téléphoner | dative
    answer | répondre | dative
    smile at | sourire | dative
    must:must | devoir | modal
    want | vouloir | modal
    have:had to | devoir | modal
    know:knew:known how | savoir | modal
    """
}
