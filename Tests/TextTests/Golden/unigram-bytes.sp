T he ▁f o o t b r i d g e ▁ o ver ▁the ▁riv er ▁ is ▁ cl o s e d ▁un ti l ▁the ▁en d ▁of ▁the ▁ we e k ▁.
A ▁ s m a l l ▁do g ▁r un s ▁a long ▁the ▁bridge ▁ and ▁ bar k s ▁a t ▁the ▁ bo a t s ▁be l ow ▁.
T wo ▁ ch i l d re n ▁a re ▁th r ow ing ▁sto ne s ▁f r o m ▁the ▁bridge ▁in t o ▁the ▁wa ter ▁.
T he ▁olde r ▁ ch i l d ▁c o un t s ▁the ▁c i r cl es ▁w h i l e ▁the ▁ yo un g er ▁ one ▁la u g h s ▁.
<0x53> he ▁do n ▁' t ▁ k n ow ▁w h i ch ▁of ▁the ▁bridge s ▁ is ▁the ▁olde st ▁in ▁the ▁t ow n ▁.
<0x57> e ▁walke d ▁a cross ▁the ▁olde st ▁bridge ▁ and ▁b a c k ▁a cross ▁the ▁ne we st ▁ one ▁.
T he ▁ne we st ▁bridge ▁wa s ▁ o p en e d ▁b y ▁the ▁ma yo r ▁in ▁the ▁ s u mmer ▁of ▁ 1 9 9 8 ▁.
T he ▁ma yo r ▁ s p o k e ▁f o r ▁ m o re ▁th an ▁t wo ▁h o u rs ▁ , ▁ and ▁n o bo d y ▁li s te ne d ▁.
N o bo d y ▁ha d ▁li s te ne d ▁to ▁the ▁en g i ne ers ▁e it he r ▁ , ▁w h o ▁wa nt e d ▁a ▁t u nne l ▁.
A ▁t u nne l ▁ wo u l d ▁ha v e ▁be en ▁wa rm er ▁in ▁w inter ▁ and ▁d a r k er ▁in ▁ s u mmer ▁.
<0x49> n ▁w inter ▁the ▁ bo a r d s ▁f re e <0x7A> e ▁ , ▁ and ▁the ▁walke rs ▁h o l d ▁the ▁h and r ail ▁.
T he ▁h and r ail ▁wa s ▁p a in te d ▁g re en ▁ , ▁the n ▁b l u e ▁ , ▁the n ▁g re en ▁a g a in ▁.
P a inter s ▁ wo r k ▁f a s ter ▁th an ▁carpenter s ▁ , ▁b ut ▁carpenter s ▁la st ▁long er ▁.
T he ▁carpenter ▁' s ▁d a u g h ter ▁be c am e ▁an ▁en g i ne er ▁ and ▁ re b u i l t ▁the ▁bridge ▁.
<0x52> e b u i l d ing ▁to o k ▁long er ▁th an ▁b u i l d ing ▁ , ▁a s ▁ it ▁of t en ▁do es ▁.
<0x42> u i l d ers ▁ , ▁walke rs ▁ , ▁ s w i mmer s ▁ and ▁ bo a t m en ▁all ▁ us e ▁the ▁ cross ing ▁.
T he ▁ bo a t m an ▁' s ▁ pr i c e ▁ is ▁ 3 . 5 0 ▁in ▁the ▁ m o r n ing ▁ and ▁ 5 . 0 0 ▁a t ▁n ight ▁.
A t ▁n ight ▁the ▁lamp s ▁a long ▁the ▁riv er ▁a re ▁l ight e d ▁ one ▁a f ter ▁an o t he r ▁.
<0x4F> ne ▁lamp ▁ne a r ▁the ▁mar k et ▁ha s ▁be en ▁b r o k en ▁ s in c e ▁the ▁la st ▁sto rm ▁.
T he ▁sto rm ▁c a r r i e d ▁of f ▁ha l f ▁of ▁the ▁mar k et ▁ and ▁all ▁of ▁ it s ▁ u m b re l la s ▁.
L a ▁pass e re lle ▁au - d es s us ▁de ▁la ▁riv i è re ▁e st ▁f e rm é e ▁ j us q u ' ▁ à ▁la ▁f in ▁de ▁la ▁ s e m a i ne ▁.
Un ▁p et it ▁ ch ien ▁c o u r t ▁le ▁long ▁du ▁p on t ▁ et ▁a bo i e ▁a pr è s ▁le s ▁b a te a u x ▁.
<0x44> eu x ▁en f ant s ▁ j et t ent ▁de s ▁p i er res ▁d an s ▁l ' ▁e a u ▁de p uis ▁la ▁pass e re lle ▁.
L ' ▁a <0xC3> <0xAE> n é ▁c o m p te ▁le s ▁c er cl es ▁p en d ant ▁ que ▁la ▁c a d et te ▁ éc la te ▁de ▁r i re ▁.
E lle ▁ne ▁ s a it ▁p a s ▁le que l ▁de s ▁p on t s ▁e st ▁le ▁pl us ▁ anc ien ▁de ▁la ▁ v ille ▁.
N o us ▁a v on s ▁t r a ver s é ▁le ▁pl us ▁ anc ien ▁ , ▁p uis ▁le ▁pl us ▁r éc ent ▁au ▁ re t o u r ▁.
Le ▁pl us ▁r éc ent ▁f ut ▁in a u g u r é ▁par ▁la ▁mai res s e ▁ à ▁l ' ▁é t é ▁ 1 9 9 8 ▁.
L a ▁mai res s e ▁par la ▁pl us ▁de ▁de u x ▁ he u res ▁ , ▁ et ▁p ers on ne ▁n ' ▁ éc o ut a ▁.
P ers on ne ▁n ' ▁a v a it ▁ éc o ut é ▁n on ▁pl us ▁le s ▁ ing é n i eu rs ▁ , ▁ q u i ▁ v o u la ien t ▁un ▁t u nne l ▁.
Un ▁t u nne l ▁au r a it ▁é t é ▁pl us ▁ ch a u d ▁en ▁h i ver ▁ et ▁pl us ▁ s o m b re ▁en ▁é t é ▁.
E n ▁h i ver ▁le s ▁pl anc he s ▁g è l ent ▁ , ▁ et ▁le s ▁pass ant s ▁t ien n ent ▁la ▁r am bar de ▁.
L a ▁r am bar de ▁f ut ▁p e in te ▁en ▁ ver t ▁ , ▁p uis ▁en ▁b l eu ▁ , ▁p uis ▁en c o re ▁en ▁ ver t ▁.
Le s ▁p e in t res ▁t r a v a ille nt ▁ v it e ▁ , ▁mai s ▁le s ▁ ch a r p ent i ers ▁t r a v a ille nt ▁b ien ▁.
L a ▁f ille ▁du ▁ ch a r p ent i er ▁de v in t ▁ ing é n i eu re ▁ et ▁ re c on st r uis it ▁la ▁pass e re lle ▁.
L a ▁ re c on st r u c ti on ▁du r a ▁pl us ▁long temp s ▁ que ▁la ▁c on st r u c ti on ▁.
P a s s ant s ▁ , ▁n a g eu rs ▁ et ▁b a te l i ers ▁ , ▁to us ▁e m pr un t ent ▁la ▁t r a ver s é e ▁.
Le ▁b a te l i er ▁de m and e ▁ 3 , 5 0 ▁le ▁ma ti n ▁ et ▁ 5 , 0 0 ▁la ▁n u it ▁ ￭ ▁ <0x21>
L a ▁n u it ▁ , ▁le s ▁lamp es ▁le ▁long ▁de ▁la ▁riv i è re ▁ s ' ▁all u m ent ▁l ' ▁un e ▁a pr è s ▁l ' ▁au t re ▁.
<0xC2> <0xAB> ▁ ￭ ▁ Un e ▁lamp e ▁ pr è s ▁du ▁mar ch é ▁e st ▁c a s s é e ▁de p uis ▁la ▁ temp ê te ▁ ￭ ▁ <0xC2> <0xBB> ▁ , ▁d it - e lle ▁.
L a ▁ temp ê te ▁e m p o r t a ▁la ▁ m o it i é ▁du ▁mar ch é ▁ et ▁to us ▁ s es ▁par a p l u i es ▁ ￭ <0xE2> <0x98> <0x82> ▁.

▁
▁ ▁t wo ▁ ▁ s p a c es ▁
A ▁do g r un s , ▁ <0xE6> <0xBC> <0xA2> <0x21>
<0xE6> <0xBC> <0xA2> <0xE5> <0xAD> <0x97> ▁do g ▁ <0xE2> <0x98> <0x82> <0xE2> <0x98> <0x83>
c a f é ▁. . . ▁l ' o eu v re ▁ <0x21>
▁do g ▁
<0x3C> s <0x3E> ▁ <0x3C> <0x2F> s <0x3E> ▁ <0x3C> un k <0x3E> ▁ <0x3C> 0 x <0x34> 1 <0x3E>
t he ▁ <ent> ▁of ▁ <ent> d o g s
ch a t ▁n o i r ch a t ▁n o i r
<0xC3> <0x80> ▁ <0xF0> <0x9F> <0x87> <0xAB> <0xF0> <0x9F> <0x87> <0xB7>
<0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A> <0x7A>
▁ ▁ x ▁
