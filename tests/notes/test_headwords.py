"""Brief prompts whose answer changed as well: which are another word, form or formula, and which are put better."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

ANOTHER = """
der See | the lake | die See | the sea
das Band | ribbon | der Band | volume
der Kiefer | jaw | die Kiefer | pine
der Leiter | leader | die Leiter | ladder
der Tor | fool | das Tor | gate
sulfuric acid | H2SO4 | sulfurous acid | H2SO3
sodium sulfate | Na2SO4 | sodium sulfite | Na2SO3
ethane | C2H6 | ethene | C2H4
nucleotide | a base, a sugar and a phosphate | nucleoside | a base and a sugar
he reads | er liest | she reads | sie liest
ein Erbe | an heir | das Erbe | the inheritance
der Gehalt | content | das Gehalt | salary
die Steuer | tax | das Steuer | steering wheel
What does *der Heide* mean? | the heathen | What does *die Heide* mean? | the heath
he goes | il va | she goes | elle va
I walk | ich gehe | I walked | ich ging
the child | das Kind | the children | die Kinder
this book | dieses Buch | that book | jenes Buch
perineal nerve | branch of the pudendal nerve | peroneal nerve | branch of the sciatic nerve
nitrate | NO3- | nitrite | NO2-
chlorate | ClO3 | chlorite | ClO2
propane | C3H8 | propene | C3H6
phosphate | PO4 3- | phosphite | PO3 3-
hydrogen sulfate | HSO4- | hydrogen sulfite | HSO3-
sulfate | SO₄²⁻ | sulfite | SO₃²⁻
sort | sorts a list in place | sorted | returns a new sorted list
slice | copies a part of an array | splice | takes a part out of an array
substr | start and length | substring | start and end
foldl | folds from the left | foldr | folds from the right
strcpy | copies a string | strncpy | copies n characters of a string
newton | kg m/s2 | newton metre | kg m2/s2
megabit | 10^6 bits | megabyte | 10^6 bytes
he is | er ist | he was | er war
I have | ich habe | I had | ich hatte
they are | sie sind | they were | sie waren
es regnet | it rains | er regnet | he rains
it reads | es liest | he reads | er liest
die Mutter | mother | die Mütter | mothers
der Lehrer | the teacher | die Lehrer | the teachers
la mano | the hand | las manos | the hands
der Junge | the boy | das Junge | the young animal
der Schild | shield | das Schild | sign
der Verdienst | earnings | das Verdienst | merit
die Flur | field | der Flur | corridor
parlo | I speak | parli | you speak
I write | ich schreibe | I wrote | ich schrieb
übersetzen | to translate | übersetzt | translated
umfahren | to drive around | umfahrend | driving around
читать | to read | читал | he read
говорю | I speak | говорит | he speaks
benzene | C6H6 | benzine | C7H16
ethanol | C2H6O | ethanal | C2H4O
butane | C4H10 | butene | C4H8
ribonucleotide | a base, ribose and a phosphate | ribonucleoside | a base and ribose
metatarsals | bones of the foot | metacarpals | bones of the hand
What is the formula of sodium nitrate? | NaNO3 | What is the formula of sodium nitrite? | NaNO2
What does parse mean? | to read by a grammar | What does parsed mean? | read already
What is an isotope? | same protons, other neutrons | What is an isotone? | same neutrons, other protons
le livre | book | la livre | pound
o cabeça | the leader | a cabeça | the head
ich lese | I read | du liest | you read
he reads | er liest | he read | er las
schon | already | schön | beautiful
aufmachen | to open | zumachen | to close
look up | nachschlagen | look out | aufpassen
hombre | man | hambre | hunger
superior vena cava | drains the upper body | inferior vena cava | drains the lower body
medial meniscus | C-shaped, inner side of the knee | lateral meniscus | O-shaped, outer side of the knee
glucagon | raises blood sugar | glycogen | stores blood sugar
meiosis | four cells with half the chromosomes | mitosis | two cells with all the chromosomes
permutation | order counts | combination | order does not count
continuous | preimages of open sets are open | continued | goes on over a larger set
Louis XIV | the Sun King | Louis XV | the Well-Beloved
list.sort() | sorts in place | sorted() | returns a new list
malloc | memory that is not cleared | calloc | memory that is cleared
docker start | starts a stopped container | docker run | makes and starts a container
Slovakia | Bratislava | Slovenia | Ljubljana
effect | a result (noun) | affect | to have a result (verb)
astrology | a belief about stars | astronomy | the science of stars
look | schauen | look for | suchen
my friend | mein Freund | her friend | ihre Freundin
il capitale | capital (money) | la capitale | capital (city)
comió | he ate | comía | he was eating
sit | sitzen | set | setzen
gehören | to belong | gehorchen | to obey
quiet | ruhig | quite | ziemlich
ion | a charged atom | iron | a metal
hypochlorite | ClO- | chlorite | ClO2-
carbon monoxide | CO | carbon dioxide | CO2
centromere | joins two chromatids | centrosome | where spindle fibres start
superior mesenteric artery | feeds the midgut | inferior mesenteric artery | feeds the hindgut
Fermat's last theorem | no a^n + b^n = c^n for n > 2 | Fermat's little theorem | a^p = a mod p
monomorphism | left cancellable | monomorphic | of one type
Frederick I | Barbarossa | Frederick II | Stupor Mundi
find() | first match | findall() | all matches
index | position or error | rindex | last position or error
ls -l | long list | ls -a | hidden files too
volt | J/C | volt ampere | W
mile | 1.609 km | nautical mile | 1.852 km
Who is Hera? | wife of Zeus | Who is Hero? | priestess of Sestos
der Tau | dew | das Tau | rope
die Weise | manner | der Weise | wise man
**der** Bund | alliance | **das** Bund | bunch
der Hut - plural? | die Hüte | die Hut - plural? | none
What gender has der Pony? | a fringe | What gender has das Pony? | a small horse
I was reading | ich las gerade | I am reading | ich lese gerade
you would go | tu irais | you will go | tu iras
I speak to him | ich spreche mit ihm | I speak to her | ich spreche mit ihr
on Monday | am Montag | on Mondays | montags
molar mass of sulfate | 96 g/mol | molar mass of sulfite | 80 g/mol
oxidation state of iron in ferrate | +6 | oxidation state of iron in ferrite | +3
What is the formula of the ion called nitrate in water? | NO3- | What is that of the ion nitrite in water? | NO2-
boiling point of ethane | -89 C | boiling point of ethene | -104 C
in the house | im Haus | behind the house | hinter dem Haus
look for the keys | die Schlüssel suchen | look at the keys | die Schlüssel ansehen
Was ist der See? | ein stilles Gewässer | Was ist die See? | das Meer
advice | counsel | advise | to give counsel
breath | air | breathe | to take in air
practice | regular exercise | practise | to do regular exercise
cloth | fabric | clothe | to cover with fabric
moral | right | morale | right spirit of a team
trial | a test | trail | a path, a test
causal | of a cause | casual | by chance, of no cause
area of circle | pi r2 | area of circles | 2 pi r
change of a | a+b | change of ab | a-b1
a song for Anna | ein Lied für Anna | a song of Anna | ein Lied von Anna
for the children | para los niños | of the children | de los niños
"""
"""Prompt and answer, and those that stand in their place: another thing is asked."""
THE_SAME = """
mitochondrium | power house of the cell | mitochondrion | the power house of the cell
What is a heap? | a tree in an array | What's a heap? | a tree in an array, largest first
Define entropy | a measure of disorder | Define entropy. | a measure of disorder in a system
entropy | a measure of disorder | Entropy | a measure of the disorder of a system
photosynthsis | light to sugar | photosynthesis | light, water and CO2 to sugar
What is osmosis | water through a membrane | What is osmosis? | water through a membrane, not salt
What is the capital of France? | Paris | What's the capital of France? | Paris.
capital of Austrlia | Canberra | capital of Australia | Canberra
Congress of Vienna | 1815 | Congress of Vienna | 1814-1815
Treaty of Westfalia | 1648 | Treaty of Westphalia | 1648
der Tisch | table | Der Tisch | the table
das Tisch | the table | der Tisch | the table
die Butter | butter | der Butter | butter
die See | the see | die See | the sea
le maison | house | la maison | the house
de huis | the house | het huis | the house
Tisch | table | der Tisch | table
Tisch | table | der Tisch | the table
a house | ein Haus | the house | das Haus
to swim | schwimmen | swim | schwimmen
schwimmen | swim | schwimmen | to swim
to recieve | bekommen | to receive | bekommen, erhalten
recieve | get | receive | to get
perseption | awareness | perception | conscious awareness
perseption | becoming aware | perception | the process of becoming aware
defense | protection | defence | protection of a thing
practise | to train | practice | to train often
he reads | er lest | he reads | er liest
sulfuric acid | H2S04 | sulfuric acid | H2SO4
sulfuric acid | H2SO4 | sulfuric acid | H₂SO₄
sulfric acid | H2SO4 | sulfuric acid | H2SO4, a strong acid
nucleotid | a base, a sugar and a phosphate | nucleotide | a base, a sugar and a phosphate
nucleotid | a base and a sugar | nucleotide | a base, a sugar and a phosphate
nucleotides | a base, a sugar and a phosphate | nucleotide | one base, one sugar and one phosphate
eigen value | Ax = lambda x | eigenvalue | Ax = lambda x, x not zero
backpropogation | the chain rule, from the loss backwards | backpropagation | the chain rule, from the loss on backwards
overfiting | learns the noise | overfitting | learns the noise of the training set
gradient decent | steps down the slope | gradient descent | takes small steps down the slope of the loss
stack | last in, first out | Stack | last in, first out (LIFO)
TCP | reliable, in order | TCP? | reliable and in order, with handshakes
What does TCP do? | reliable, ordered bytes | What does TCP do? | a reliable, ordered stream of bytes
sort() | sorts in place | `sort()` | sorts a list in place
git rebase | puts commits on another base | `git rebase` | puts the commits on another base
Who was Kant | a philosopher | Who was Kant? | a German philosopher (1724-1804)
Kants imperative | a maxim that could be a law | Kant's imperative | only a maxim that could be a law
pythagorean theorem | a2 + b2 = c2 | Pythagorean theorem | a2 + b2 = c2 in a right triangle
neuton's first law | a body stays at rest | Newton's first law | a body stays at rest or in uniform motion
What is the purpose of a index? | faster reads | What is the purpose of an index? | faster reads, slower writes
What is polymorphism in Java? | one interface, many forms | What's polymorphism in Java? | one interface with many forms
Difference between list and tuple | lists are mutable | Difference between a list and a tuple? | only lists are mutable
left atrium | takes blood from the lungs | Left atrium | receives blood from the lungs
lefft atrium | receives blood from the lungs | left atrium | receives oxygenated blood from the lungs
Name the bones of the arm | humerus, radius, ulna | Name the bones of the arm. | humerus, radius and ulna
femur | thigh bone | femur | the thigh bone, the longest one
speed of light | 300000 km/s | speed of light | 299792 km/s
colour of copper flame | green | color of copper flame | green, blue-green
neighbor | der Nachbar | neighbour | der Nachbar
hablar | to speak | hablar | to speak, to talk
приветь | hello | привет | hello, hi
¿Qué tal | how are you | ¿Qué tal? | how are you?
nevertheles | dennoch | nevertheless | dennoch, trotzdem
it is raining | es regnet | it's raining | es regnet
Photon | particle of light | What is a photon? | a particle of light
What are the advantage of caching? | speed | What are the advantages of caching? | speed and less load
What is a monad | a monoid of endofunctors | What is a monad? | a monoid in the category of endofunctors
What is the use of a decorator? | it wraps a function | What is the purpose of a decorator? | it wraps a function
Why is the sky blue | Rayleigh scattering | Why is the sky blue? | because of Rayleigh scattering
Main organs of the UN | six | Main organs of the UN? | six: Assembly, Council, Court and three more
What is a trei? | a tree of letters | What is a trie? | a tree of letters, for prefixes
recursoin | a function that calls itself | recursion | a function that calls itself on a smaller case
Definition of a group | a set with an operation | Definition of a group: | a set with an operation and inverses
polymorfism | many forms | polymorphism | many forms
Whats a closure? | a function with its environment | What's a closure? | a function along with its environment
What is a closure | function with its scope | What is a closure? | a function with its scope, kept alive
What are closures? | functions with scope | What is a closure? | a function with its scope
normaliztion | no repeated data | normalization | no repeated data in tables
normalisation | no repeated data | normalization | no repeated data in tables
What is normalisation? | no repeated data | What is normalization? | tables without repeated data
hash table | keys to values | Hash table | keys to values in O(1)
hash-table | keys to values | hash table | maps keys to values
Name the noble gasses | He Ne Ar Kr Xe Rn | Name the noble gases | He, Ne, Ar, Kr, Xe, Rn
Battle of Hastngs | 1066 | Battle of Hastings | 1066
Battle of Hastings | 1066 | Battle of Hastings? | 14 October 1066
Battle of Hastngs | 1066 | Battle of Hastings | 14 October 1066
le fromge | cheese | le fromage | cheese
le fromge | cheese | le fromage | the cheese
der Hund | dog | der Hund | the dog; pl. die Hunde
die Hund | dog | der Hund | the dog; pl. die Hunde
das Auto | car | das Auto | the car
la problema | problem | el problema | problem
la problema | problem | el problema | the problem
ein Apfel | an apple | der Apfel | the apple
der Apfel | apple | der Apfel, die Äpfel | apple
she reads | sie lisst | she reads | sie liest
to eat | esen | to eat | essen
to eat | essen | eat | essen
we don't know | wir wissen nicht | we do not know | wir wissen es nicht
What is the derivative of sin x? | cos x | What's the derivative of sin x? | cos x
derivativ of sin x | cos x | derivative of sin x | cos x
Who wrote Hamlet? | Shakespeare | Who wrote *Hamlet*? | William Shakespeare
Who wrote Hamlet | Shakespeare | Who wrote Hamlet? | William Shakespeare, about 1600
author of Hamlet | Shakespeare | author of Hamlet? | Shakespeare
What is the powerhouse of the cell? | mitochondria | What is the powerhouse of the cell? | the mitochondrion
What does HTTP stand for? | hypertext transfer protocol | What does HTTP stand for | Hypertext Transfer Protocol
mutable defualt arguments | shared between calls | mutable default arguments | shared between calls; use None
decorators | wrap functions | Python decorators | wrap functions
seperable kernel | a product of two vectors | separable kernel | an outer product of two vectors
eigenvector | stays on its line | eigenvector | a vector that stays on its line
Fourier tranform | signal to frequencies | Fourier transform | a signal to its frequencies
What is Ohms law? | V = IR | What is Ohm's law? | V = IR
unit of force | N | unit of force | newton (N)
unit of forse | newton | unit of force | newton (N)
Glycolisis | glucose to pyruvate | Glycolysis | glucose to two pyruvate
What is glycolysis? | glucose to pyruvate | What's glycolysis? | breaks glucose down to pyruvate
Kreb cycle | acetyl-CoA to CO2 | Krebs cycle | acetyl-CoA to CO2
femorl artery | thigh | femoral artery | the artery of the thigh
What is the function of platelet? | clotting | What is the function of platelets? | blood clotting
Hypothalmus | controls the pituitary | Hypothalamus | controls the pituitary, thirst, hunger
What is the time complexity of merge sort? | O(n log n) | What's the time complexity of mergesort? | O(n log n)
binary search | halves the range | binary search | halves the range each step
List the SOLID principles | five | List the SOLID principles. | single, open, Liskov, interface, dependency
What is gradient clipping | caps the norm | What is gradient clipping? | it caps the norm of the gradient
learning rate | size of a step | learning rate | the size of a step of the optimizer
dropuot | switches off units | dropout | randomly switches off units in training
softmax | scores to probabilities | Softmax | turns scores into probabilities
batchnorm | normalizes a batch | batch norm | normalizes over a batch
Was ist der Virus? | ein Erreger ohne Stoffwechsel | Was ist das Virus? | Erreger, der keinen eigenen Stoffwechsel hat
Was ist die Laptop? | ein tragbarer Rechner | Was ist der Laptop? | tragbarer Computer
Cause for scurvy | lack of vitamin C | Cause of scurvy | vitamin C deficiency
Purpose of dropout | to reduce overfitting | Purpose for dropout | reduces overfitting of a network
Treatment for scurvy | fruits with vitamin C | Treatment of scurvy | vitamin C or fresh fruit
pythagoras theorem | a2+b2=c2 | Pythagorean theorem | a^2+b^2=c^2
Area of circle | pi r2 | Area of circles | $\\pi r^2$
Area of sphere | 4 pi r² | Area of spheres | $4 \\pi r^2$
"""
"""Prompt and answer, and those that stand in their place: letters were corrected, or the answer says more."""


def rows(told: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(" | ")) for line in told.strip().splitlines()]


def card(key: str, front: str, back: str, line: int = 5) -> Card:
    return Card(key, "basic", "qa", "explicit", front, back, "", Span("n.md", line), ())


STAYED = [card("above", "Who stays above?", "This one.", 1), card("below", "Who stays below?", "That one.", 99)]


def goes_on(before: tuple[str, str], after: tuple[str, str], stayed: list[Card]) -> bool:
    found = relink([known(card("-", *before))], [card("+", *after)], [(known(one), one) for one in stayed])
    return [(link.source, link.target) for link in found] == [("-", "+")]


@pytest.mark.parametrize("stayed", [[], STAYED], ids=["alone", "between others"])
def test_another_word_form_or_formula_with_another_answer_starts_anew(stayed: list[Card]) -> None:
    for front, back, other, told in rows(ANOTHER):
        assert not goes_on((front, back), (other, told), stayed)
        assert not goes_on((other, told), (front, back), stayed)


@pytest.mark.parametrize("stayed", [[], STAYED], ids=["alone", "between others"])
def test_a_brief_prompt_that_was_put_better_goes_on(stayed: list[Card]) -> None:
    for front, back, other, told in rows(THE_SAME):
        assert goes_on((front, back), (other, told), stayed)
        assert goes_on((other, told), (front, back), stayed)
