▁ T he ▁f o o t b r i d g e ▁ o ver ▁the ▁riv er ▁ is ▁ cl o s e d ▁un ti l ▁the ▁en d ▁of ▁the ▁ w e e k ▁.
▁ A ▁ s m a l l ▁do g ▁ run s ▁a long ▁the ▁bridge ▁ and ▁ bar k s ▁a t ▁the ▁ bo a t s ▁be l ow ▁.
▁ T wo ▁child re n ▁a re ▁th r ow ing ▁sto ne s ▁f r o m ▁the ▁bridge ▁in t o ▁the ▁wa ter ▁.
▁ T he ▁olde r ▁child ▁ c o u nt s ▁the ▁ c i r cl e s ▁whi l e ▁the ▁ yo u n g er ▁ one ▁la u g h s ▁.
▁ S he ▁do n ▁ ' t ▁ k n ow ▁whi ch ▁of ▁the ▁bridge s ▁ is ▁the ▁olde st ▁in ▁the ▁ t ow n ▁.
▁ W e ▁walke d ▁a cross ▁the ▁olde st ▁bridge ▁ and ▁ b a c k ▁a cross ▁the ▁ ne w e st ▁ one ▁.
▁ T he ▁ ne w e st ▁bridge ▁wa s ▁ o p en e d ▁ b y ▁the ▁ma yo r ▁in ▁the ▁ s u mmer ▁of ▁ 1 9 9 8 ▁.
▁ T he ▁ma yo r ▁ s p o k e ▁f o r ▁ m o re ▁th an ▁ t wo ▁ h our s ▁ , ▁ and ▁ n o bo d y ▁ l is te ne d ▁.
▁No bo d y ▁ha d ▁ l is te ne d ▁to ▁the ▁engineer s ▁ e it he r ▁ , ▁ w h o ▁wa nt e d ▁a ▁ t u nne l ▁.
▁ A ▁ t u nne l ▁ wo u l d ▁ha v e ▁be en ▁wa r m er ▁in ▁ w inter ▁ and ▁ d a r k er ▁in ▁ s u mmer ▁.
▁ I n ▁ w inter ▁the ▁ bo a r d s ▁f re e z e ▁ , ▁ and ▁the ▁walke r s ▁ h o l d ▁the ▁ha n d r ail ▁.
▁ T he ▁ha n d r ail ▁wa s ▁p a i nt e d ▁g re en ▁ , ▁the n ▁ b l u e ▁ , ▁the n ▁g re en ▁a g a i n ▁.
▁ P a inter s ▁ wo r k ▁f a s ter ▁th an ▁carpenter s ▁ , ▁ b ut ▁carpenter s ▁la st ▁long er ▁.
▁ T he ▁carpenter ▁ ' s ▁ d a u g h ter ▁be c a m e ▁ an ▁engineer ▁ and ▁ r ebuil t ▁the ▁bridge ▁.
▁ R ebuil d ing ▁to o k ▁long er ▁th an ▁ b uild ing ▁ , ▁a s ▁ it ▁of t en ▁do e s ▁.
▁ B uild ers ▁ , ▁walke r s ▁ , ▁ s w i mmer s ▁ and ▁ bo a t m en ▁all ▁ us e ▁the ▁ cross ing ▁.
▁ T he ▁ bo a t m an ▁ ' s ▁ pr i ce ▁ is ▁ 3 . 5 0 ▁in ▁the ▁ m o r n ing ▁ and ▁ 5 . 0 0 ▁a t ▁ n ight ▁.
▁ A t ▁ n ight ▁the ▁lamp s ▁a long ▁the ▁riv er ▁a re ▁ l ight e d ▁ one ▁a f ter ▁ an o t he r ▁.
▁ O ne ▁lamp ▁ ne a r ▁the ▁mar k et ▁ha s ▁be en ▁ b r o k en ▁ s i n ce ▁the ▁la st ▁sto r m ▁.
▁ T he ▁sto r m ▁ca r r i e d ▁of f ▁ha l f ▁of ▁the ▁mar k et ▁ and ▁all ▁of ▁ it s ▁ u m b re l la s ▁.
▁ L a ▁pass e re lle ▁au - de s s us ▁de ▁la ▁riv i è re ▁ e st ▁f er m é e ▁ j us q u ' ▁ à ▁la ▁f i n ▁de ▁la ▁ s e m a i ne ▁.
▁Un ▁p et it ▁ ch ien ▁ c our t ▁le ▁long ▁du ▁pont ▁ et ▁a bo i e ▁a pr è s ▁le s ▁ b a te a u x ▁.
▁ D e u x ▁en f ant s ▁ j et t ent ▁de s ▁p i er re s ▁ d an s ▁ l ' ▁ e a u ▁de p uis ▁la ▁pass e re lle ▁.
▁ L ' ▁a î n é ▁ c o m p te ▁le s ▁ c er cl e s ▁p en d ant ▁ que ▁la ▁ca d et te ▁ éc la te ▁de ▁ r i re ▁.
▁ E lle ▁ ne ▁ s a it ▁p a s ▁le que l ▁de s ▁pont s ▁ e st ▁le ▁pl us ▁ anc ien ▁de ▁la ▁vi lle ▁.
▁No us ▁a v on s ▁traversé ▁le ▁pl us ▁ anc ien ▁ , ▁p uis ▁le ▁pl us ▁ r éc ent ▁au ▁ re t our ▁.
▁ L e ▁pl us ▁ r éc ent ▁f ut ▁in a u g u r é ▁par ▁la ▁mai re s s e ▁ à ▁ l ' ▁ é t é ▁ 1 9 9 8 ▁.
▁ L a ▁mai re s s e ▁par la ▁pl us ▁de ▁de u x ▁ he u re s ▁ , ▁ et ▁p ers on ne ▁ n ' ▁écout a ▁.
▁ P ers on ne ▁ n ' ▁a v a it ▁écout é ▁ n on ▁pl us ▁le s ▁ingénieur s ▁ , ▁ q u i ▁ v o u la ien t ▁un ▁ t u nne l ▁.
▁Un ▁ t u nne l ▁au r a it ▁ é t é ▁pl us ▁ ch a u d ▁en ▁ h i ver ▁ et ▁pl us ▁ s o m b re ▁en ▁ é t é ▁.
▁ E n ▁ h i ver ▁le s ▁pl anc he s ▁g è l ent ▁ , ▁ et ▁le s ▁pass ant s ▁ t ien n ent ▁la ▁ r a m bar de ▁.
▁ L a ▁ r a m bar de ▁f ut ▁peint e ▁en ▁ ver t ▁ , ▁p uis ▁en ▁ b l e u ▁ , ▁p uis ▁en c o re ▁en ▁ ver t ▁.
▁ L e s ▁peint re s ▁trav ail l ent ▁vi te ▁ , ▁mai s ▁le s ▁charpentier s ▁trav ail l ent ▁ b ien ▁.
▁ L a ▁f i lle ▁du ▁charpentier ▁de v i nt ▁ingénieur e ▁ et ▁reconstru is it ▁la ▁pass e re lle ▁.
▁ L a ▁reconstru c ti on ▁du r a ▁pl us ▁long temp s ▁ que ▁la ▁ c on st r u c ti on ▁.
▁ P a s s ant s ▁ , ▁ n a g e u r s ▁ et ▁batelier s ▁ , ▁to us ▁emp run t ent ▁la ▁traversé e ▁.
▁ L e ▁batelier ▁de m and e ▁ 3 , 5 0 ▁le ▁ma ti n ▁ et ▁ 5 , 0 0 ▁la ▁ n u it ▁ ￭ ▁ !
▁ L a ▁ n u it ▁ , ▁le s ▁lamp e s ▁le ▁long ▁de ▁la ▁riv i è re ▁ s ' ▁all u m ent ▁ l ' ▁un e ▁a pr è s ▁ l ' ▁au t re ▁.
▁ « ▁ ￭ ▁Un e ▁lamp e ▁ pr è s ▁du ▁mar ch é ▁ e st ▁ca s s é e ▁de p uis ▁la ▁ temp ê te ▁ ￭ ▁ » ▁ , ▁ d it - e lle ▁.
▁ L a ▁ temp ê te ▁emp o r t a ▁la ▁ m o it i é ▁du ▁mar ch é ▁ et ▁to us ▁ s e s ▁par a plu i e s ▁ ￭ ☂ ▁.


▁ t wo ▁ s p a ce s
▁ A ▁do g run s , ▁ 漢!
▁ 漢字 ▁do g ▁ ☂☃
▁ca f é ▁. . . ▁ l ' o e u v re ▁ !
▁ ▁do g
▁ < s > ▁ </ s > ▁ < u n k > ▁ < 0 x 4 1 >
▁the ▁ <ent> ▁of ▁ <ent> d o g s
▁ ch a t ▁ n o i r ch a t ▁ n o i r
▁ À ▁ 🇫🇷
▁ zzzzzzzz
▁ x
