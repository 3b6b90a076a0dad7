The▁ f o o t bridge▁ o ver▁ the▁ ri ver▁ is▁ c l o s ed▁ un t il▁ the▁ en d▁ of▁ the▁ w e e k▁ .▁
A ▁ s m all▁ d o g▁ r un s▁ al on g▁ the▁ bridge▁ and▁ b ark s▁ a t▁ the▁ bo at s▁ b el o w ▁ .▁
T w o▁ ch ild r en▁ ar e▁ th ro w ing▁ st on es▁ f ro m▁ the▁ bridge▁ in to ▁ the▁ w at er▁ .▁
The▁ old er▁ ch il d▁ co un ts▁ the▁ c i r c les▁ w h il e▁ the▁ y o un g er▁ on e▁ l au gh s▁ .▁
S he▁ d on▁ ' t▁ k n o w ▁ w hi ch ▁ of▁ the▁ bridg es▁ is▁ the▁ old est▁ in▁ the▁ to w n▁ .▁
W e▁ w alk ed▁ ac ros s▁ the▁ old est▁ bridge▁ and▁ b ac k▁ ac ros s▁ the▁ ne w est▁ on e▁ .▁
The▁ ne w est▁ bridge▁ w as▁ o pen ed▁ b y▁ the▁ ma y or▁ in▁ the▁ s u mm er▁ of▁ 1 9 9 8 ▁ .▁
The▁ ma y or▁ s p o k e▁ f or▁ m or e▁ th an▁ t w o▁ h o ur s▁ ,▁ and▁ n o bo d y▁ li st en ed▁ .▁
N o bo d y▁ h a d▁ li st en ed▁ to ▁ the▁ en g in e ers▁ e i th er▁ ,▁ w h o▁ w an t ed▁ a▁ tunnel▁ .▁
A ▁ tunnel▁ w o u l d▁ h av e▁ be en▁ w ar m er▁ in▁ w int er▁ and▁ d ark er▁ in▁ s u mm er▁ .▁
I n▁ w int er▁ the▁ bo ar d s▁ f re e z e▁ ,▁ and▁ the▁ w alk ers▁ h ol d▁ the▁ h an d ra il▁ .▁
The▁ h an d ra il▁ w as▁ p a int ed▁ g re en▁ ,▁ th en▁ b l u e▁ ,▁ th en▁ g re en▁ a g a in▁ .▁
P a int ers▁ w or k▁ f as ter▁ th an▁ c arpen t ers▁ ,▁ bu t▁ c arpen t ers▁ l as t▁ lon g er▁ .▁
The▁ c arpen ter▁ ' s▁ d au gh ter▁ be c a m e▁ an▁ en g in e er▁ and▁ re bu il t▁ the▁ bridge▁ .▁
R e bu ild ing▁ to o k▁ lon g er▁ th an▁ bu ild ing▁ ,▁ as▁ it▁ o f t en▁ d o es▁ .▁
B u ild ers▁ ,▁ w alk ers▁ ,▁ s w i mm ers▁ and▁ bo at m en▁ all▁ u s e▁ the▁ c ros s ing▁ .▁
The▁ bo at m an▁ ' s▁ p ri c e▁ is▁ 3 . 5 0▁ in▁ the▁ m or n ing▁ and▁ 5 . 0 0▁ a t▁ ni gh t▁ .▁
A t▁ ni gh t▁ the▁ lamp s▁ al on g▁ the▁ ri ver▁ ar e▁ li gh t ed▁ on e▁ a f ter▁ an o th er▁ .▁
O ne▁ lamp ▁ ne ar ▁ the▁ m ark et▁ h as▁ be en▁ b ro k en▁ s in c e▁ the▁ l as t▁ st or m▁ .▁
The▁ st or m▁ c ar ri ed▁ o f f▁ h al f▁ of▁ the▁ m ark et▁ and▁ all▁ of▁ i ts▁ u mb r el l as▁ .▁
La▁ pass er elle▁ au - d ess us▁ de▁ la▁ ri vi è re▁ est▁ f er m ée▁ j u s qu '▁ à ▁ la▁ f in▁ de▁ la▁ s e ma in e▁ .▁
U n▁ pe ti t▁ ch ien▁ co ur t▁ le▁ lon g▁ du▁ p on t▁ et▁ a bo i e▁ a prè s▁ les▁ bat e au x▁ .▁
D e u x▁ en f an ts▁ j e t t ent▁ d es▁ p i er r es▁ d an s▁ l '▁ e au ▁ de puis▁ la▁ pass er elle▁ .▁
L '▁ a î n é▁ co mp te▁ les▁ c er c les▁ pen d an t▁ qu e▁ la▁ c a de t te▁ éc l at e▁ de▁ ri re▁ .▁
E l le▁ ne▁ s ai t▁ p as▁ l e qu el▁ d es▁ p on ts▁ est▁ le▁ plus▁ an c ien▁ de▁ la▁ v il le▁ .▁
N o us▁ av on s▁ trav ers é▁ le▁ plus▁ an c ien▁ ,▁ puis▁ le▁ plus▁ r éc ent▁ au ▁ re to ur ▁ .▁
L e▁ plus▁ r éc ent▁ f u t▁ in au g ur é▁ par ▁ la▁ mai r ess e▁ à ▁ l '▁ é té▁ 1 9 9 8 ▁ .▁
La▁ mai r ess e▁ par la▁ plus▁ de▁ de u x▁ h eur es▁ ,▁ et▁ p ers on ne▁ n '▁ é co u t a▁ .▁
P ers on ne▁ n '▁ av ai t▁ é co u té▁ n on▁ plus▁ les▁ in g é ni eur s▁ ,▁ q ui ▁ v o u l ai ent▁ un ▁ tunnel▁ .▁
U n▁ tunnel▁ au ra it▁ é té▁ plus▁ ch au d▁ en▁ hi ver▁ et▁ plus▁ s o mb re▁ en▁ é té▁ .▁
E n▁ hi ver▁ les▁ pl an ch es▁ g è l ent▁ ,▁ et▁ les▁ pass an ts▁ ti en n ent▁ la▁ ra mb ar de▁ .▁
La▁ ra mb ar de▁ f u t▁ pe int e▁ en▁ v er t▁ ,▁ puis▁ en▁ b l e u▁ ,▁ puis▁ en c or e▁ en▁ v er t▁ .▁
L es▁ pe int r es▁ trav a il l ent▁ vi te▁ ,▁ mai s▁ les▁ ch arpen ti ers▁ trav a il l ent▁ b ien▁ .▁
La▁ f il le▁ du▁ ch arpen ti er▁ de v in t▁ in g é ni eur e▁ et▁ re con str ui s it▁ la▁ pass er elle▁ .▁
La▁ re con str u c ti on▁ d ur a▁ plus▁ lon g t emp s▁ qu e▁ la▁ con str u c ti on▁ .▁
P ass an ts▁ ,▁ n a g eur s▁ et▁ bat el i ers▁ ,▁ to us▁ emp r un t ent▁ la▁ trav ers ée▁ .▁
L e▁ bat el i er▁ de m an de▁ 3 , 5 0▁ le▁ m at in▁ et▁ 5 , 0 0▁ la▁ n ui t▁ ￭▁ ! ▁
La▁ n ui t▁ ,▁ les▁ lamp es▁ le▁ lon g▁ de▁ la▁ ri vi è re▁ s '▁ all u m ent▁ l '▁ un e▁ a prè s▁ l '▁ au t re▁ .▁
« ▁ ￭▁ U ne▁ lamp e▁ prè s▁ du▁ m ar ch é▁ est▁ c ass ée▁ de puis▁ la▁ t emp ê te▁ ￭▁ » ▁ ,▁ d i t - elle▁ .▁
La▁ t emp ê te▁ emp or t a▁ la▁ m o i ti é▁ du▁ m ar ch é▁ et▁ to us▁ s es▁ par a pl ui es▁ ￭ ☂ ▁ .▁


t w o▁ s p ac es▁
A ▁ d o g r un s ,▁ 漢! ▁
漢字 ▁ d o g▁ ☂☃ ▁
c a f é▁ . . .▁ l ' o e u v re▁ ! ▁
▁ d o g▁
< s > ▁ </ s > ▁ < un k > ▁ < 0 x 4 1 > ▁
the▁ <ent> ▁ of▁ <ent> d o g s▁
ch a t▁ n o i r ch a t▁ n o i r ▁
À ▁ 🇫🇷 ▁
zzzzzzzz ▁
x▁
