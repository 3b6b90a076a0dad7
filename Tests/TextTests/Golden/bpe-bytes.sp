▁The ▁f o o t b ridge ▁o ver ▁the ▁ri ver ▁is ▁c l o s ed ▁ un t il ▁the ▁en d ▁of ▁the ▁w e e k ▁.
▁A ▁s m a ll ▁d o g ▁ r un s ▁a l ong ▁the ▁bridge ▁and ▁b ark s ▁a t ▁the ▁boa ts ▁be l o w ▁.
▁T w o ▁ch ild r en ▁a re ▁th ro w ing ▁st on es ▁f ro m ▁the ▁bridge ▁in t o ▁the ▁w a ter ▁.
▁The ▁old er ▁ch ild ▁c o un ts ▁the ▁c i r cl es ▁wh il e ▁the ▁ y o un g er ▁ one ▁la u gh s ▁.
▁ <0x53> he ▁d on ▁' t ▁ k n o w ▁wh i ch ▁of ▁the ▁b ridg es ▁is ▁the ▁old est ▁in ▁the ▁to w n ▁.
▁ <0x57> e ▁w alk ed ▁a c ross ▁the ▁old est ▁bridge ▁and ▁b a c k ▁a c ross ▁the ▁ne w est ▁ one ▁.
▁The ▁ne w est ▁bridge ▁w as ▁o p en ed ▁b y ▁the ▁ma y or ▁in ▁the ▁s u mm er ▁of ▁ 1 9 9 8 ▁.
▁The ▁ma y or ▁s p o k e ▁f or ▁m o re ▁th an ▁t w o ▁h ou rs ▁, ▁and ▁n o bo d y ▁l is ten ed ▁.
▁ N o bo d y ▁h a d ▁l is ten ed ▁to ▁the ▁en g in e ers ▁e it h er ▁, ▁wh o ▁w an ted ▁a ▁tunnel ▁.
▁A ▁tunnel ▁w ou ld ▁h a v e ▁be en ▁w ar m er ▁in ▁w in ter ▁and ▁d ark er ▁in ▁s u mm er ▁.
▁ <0x49> n ▁w in ter ▁the ▁bo ar d s ▁f re e <0x7A> e ▁, ▁and ▁the ▁w alk ers ▁h o ld ▁the ▁h an d ra il ▁.
▁The ▁h an d ra il ▁w as ▁p ain ted ▁g re en ▁, ▁th en ▁b l u e ▁, ▁th en ▁g re en ▁a g ain ▁.
▁P ain t ers ▁w or k ▁f as ter ▁th an ▁c arpent ers ▁, ▁b ut ▁c arpent ers ▁la st ▁long er ▁.
▁The ▁c arpent er ▁' s ▁d au gh ter ▁be c a m e ▁an ▁en g in e er ▁and ▁re b u il t ▁the ▁bridge ▁.
▁ <0x52> e b uild ing ▁to o k ▁long er ▁th an ▁b uild ing ▁, ▁a s ▁ it ▁of ten ▁d o es ▁.
▁ <0x42> uild ers ▁, ▁w alk ers ▁, ▁s w i mm ers ▁and ▁boa t m en ▁all ▁ us e ▁the ▁c ross ing ▁.
▁The ▁boa t m an ▁' s ▁p ri c e ▁is ▁ 3 . 5 0 ▁in ▁the ▁m or n ing ▁and ▁ 5 . 0 0 ▁a t ▁n igh t ▁.
▁A t ▁n igh t ▁the ▁lamp s ▁a l ong ▁the ▁ri ver ▁a re ▁l igh ted ▁ one ▁a f ter ▁an o t h er ▁.
▁ <0x4F> ne ▁lamp ▁ne ar ▁the ▁m ark et ▁h as ▁be en ▁b ro k en ▁s in c e ▁the ▁la st ▁st or m ▁.
▁The ▁st or m ▁c ar ri ed ▁of f ▁h al f ▁of ▁the ▁m ark et ▁and ▁all ▁of ▁ it s ▁ u mb re ll as ▁.
▁La ▁pass er elle ▁au - d es s us ▁de ▁la ▁ri vi è re ▁est ▁f er m ée ▁ j us qu ' ▁ à ▁la ▁f in ▁de ▁la ▁s e m ain e ▁.
▁U n ▁p et it ▁ch ien ▁c ou r t ▁le ▁long ▁du ▁p on t ▁et ▁a bo i e ▁a p rès ▁les ▁b ate au x ▁.
▁ <0x44> eu x ▁en f ants ▁ j et t ent ▁d es ▁p ier res ▁d an s ▁l ' ▁e au ▁de p uis ▁la ▁pass er elle ▁.
▁L ' ▁a <0xC3> <0xAE> n é ▁c o mp te ▁les ▁c er cl es ▁p en d an t ▁ que ▁la ▁c a d et te ▁é cl ate ▁de ▁ri re ▁.
▁ E lle ▁ne ▁s a it ▁p as ▁le que l ▁d es ▁p on ts ▁est ▁le ▁plus ▁an c ien ▁de ▁la ▁ v ill e ▁.
▁ N o us ▁a v on s ▁trav ers é ▁le ▁plus ▁an c ien ▁, ▁p uis ▁le ▁plus ▁ ré c ent ▁au ▁re t ou r ▁.
▁L e ▁plus ▁ ré c ent ▁f ut ▁in au g u ré ▁p ar ▁la ▁ma i res s e ▁ à ▁l ' ▁é té ▁ 1 9 9 8 ▁.
▁La ▁ma i res s e ▁p ar l a ▁plus ▁de ▁de u x ▁ he u res ▁, ▁et ▁p ers on ne ▁n ' ▁é c ou t a ▁.
▁P ers on ne ▁n ' ▁a v a it ▁é c ou té ▁n on ▁plus ▁les ▁in g é n i eu rs ▁, ▁ qu i ▁ v ou l a i ent ▁ un ▁tunnel ▁.
▁U n ▁tunnel ▁au ra it ▁é té ▁plus ▁ch au d ▁en ▁h i ver ▁et ▁plus ▁s o mb re ▁en ▁é té ▁.
▁ E n ▁h i ver ▁les ▁pl an c he s ▁g è l ent ▁, ▁et ▁les ▁pass ants ▁t ien n ent ▁la ▁ ra mb ar de ▁.
▁La ▁ ra mb ar de ▁f ut ▁p e in te ▁en ▁ ver t ▁, ▁p uis ▁en ▁b l eu ▁, ▁p uis ▁en c o re ▁en ▁ ver t ▁.
▁L es ▁p e in t res ▁trav a ill ent ▁ vi te ▁, ▁ma is ▁les ▁ch arpent i ers ▁trav a ill ent ▁b ien ▁.
▁La ▁f ill e ▁du ▁ch arpent ier ▁de v in t ▁in g é n i eu re ▁et ▁re c on str uis it ▁la ▁pass er elle ▁.
▁La ▁re c on str u c t i on ▁du ra ▁plus ▁long te mp s ▁ que ▁la ▁c on str u c t i on ▁.
▁P ass ants ▁, ▁n a g eu rs ▁et ▁b ate l i ers ▁, ▁to us ▁e mp r un t ent ▁la ▁trav ers ée ▁.
▁L e ▁b ate l ier ▁de m an de ▁ 3 , 5 0 ▁le ▁ma t in ▁et ▁ 5 , 0 0 ▁la ▁n u it ▁￭ ▁ <0x21>
▁La ▁n u it ▁, ▁les ▁lamp es ▁le ▁long ▁de ▁la ▁ri vi è re ▁s ' ▁all u m ent ▁l ' ▁ u ne ▁a p rès ▁l ' ▁a ut re ▁.
▁ <0xC2> <0xAB> ▁￭ ▁U ne ▁lamp e ▁p rès ▁du ▁m ar ch é ▁est ▁c ass ée ▁de p uis ▁la ▁t e mp ê te ▁￭ ▁ <0xC2> <0xBB> ▁, ▁d it - elle ▁.
▁La ▁t e mp ê te ▁e mp or t a ▁la ▁m o it i é ▁du ▁m ar ch é ▁et ▁to us ▁s es ▁p ar a p l u i es ▁￭ <0xE2> <0x98> <0x82> ▁.


▁t w o ▁s p a c es
▁A ▁d o g r un s , ▁ <0xE6> <0xBC> <0xA2> <0x21>
▁ <0xE6> <0xBC> <0xA2> <0xE5> <0xAD> <0x97> ▁d o g ▁ <0xE2> <0x98> <0x82> <0xE2> <0x98> <0x83>
▁c a f é ▁. . . ▁l ' o eu v re ▁ <0x21>
▁ ▁d o g
▁ <0x3C> s <0x3E> ▁ <0x3C> <0x2F> s <0x3E> ▁ <0x3C> un k <0x3E> ▁ <0x3C> 0 x <0x34> 1 <0x3E>
▁the ▁ <ent> ▁of ▁ <ent> d o g s
▁ch a t ▁n o i r ch a t ▁n o i r
▁ <0xC3> <0x80> ▁ <0xF0> <0x9F> <0x87> <0xAB> <0xF0> <0x9F> <0x87> <0xB7>
▁ <0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A>
▁ x
