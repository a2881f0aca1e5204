"""Words of questions in four languages: those that only ask, and those of which one may be put for another.

They hold where an answer stayed, and the prompt with it: what else could be asked has another answer.
"""

from __future__ import annotations

from studytool.notes.lexicon import stem_of
from studytool.notes.words import word_set

FRAME = word_set(
    "define defined definition meaning mean means meant called named known term stand stands short acronym "
    "abbreviation abbreviated explain describe described tell say says refer refers identify exists happen happens "
    "occur occurs many much used uses using done there place one credited during within when why where who whose "
    "whom definiere definieren definition versteht verstehen bedeutet bedeutung heißt heißen nennt nenne nennen "
    "genannt man steht abkürzung kürzel begriff erkläre beschreibe lautet gib anzahl viel viele zahl jahr wann wo "
    "weshalb wieso wodurch wofür womit wovon woraus worin woran wozu grund zweck aufgabe funktion rolle dient wird "
    "werden wurde wurden war waren passiert geschieht gibt hat haben hatte sich nur unter an am im ins beim zum zur "
    "vom durch wem wen welche welcher welches welchem welchen während innerhalb définir définissez définition "
    "signifie veut dire appelle nomme nommez donnez donner combien nombre année quand où raison sert rôle fonction "
    "abréviation sigle a été elle il on t se fait quelles quels par ce definición significa quiere decir llama "
    "nombra nombre número cuántos cuántas año cuándo dónde razón sirve función papel siglas sigla fue ha sido se "
    "quién cuáles"
)
"""Words that ask, or say what the question word says as well."""
PERHAPS = word_set(
    "state name list mention exist make find found take takes taken took thing things command turn turns give call "
    "use work works function para but"
)
"""Words that ask in some prompts, and name a thing in others: nothing, where nothing else came for one."""
ASKED = word_set(
    "definition purpose function role job task goal aim work number amount count way kind sort type reason year "
    "date term word concept explanation name use"
)
"""Nouns that ask where "of" or the like stands behind them, or a word that asks before."""

_GROUPS = (
    "write wrote written author writer|paint painted painter|invent invented inventor|lack deficiency shortage|link "
    "connect relate|keep hold maintain retain|produce make form synthesize synthesise generate create secrete yield|"
    "control regulate govern steer|carry transport convey|point temperature|most greatest largest|break cleave split "
    "digest|emit release|send transmit|begin start commence|end finish terminate|convert "
    "transform turn|cause induce trigger lead|result consequence outcome effect|show display depict|earliest first "
    "initial|detect recognise recognize|protect defend shield guard|increase raise|decrease reduce lower|die dies "
    "died death dead|prove proved proof|win won victory victorious winner|tall high height|long length|deep depth|"
    "wide width|old age|heavy weight|big size|compose composed composer|print prints output return returns|hoch höhe|"
    "lang länge|tief tiefe|breit breite|schwer gewicht|alt alter|schnell geschwindigkeit|bewirkt wirkung bewirken|"
    "komponierte stammt komponist komponiert|haut hauteur|profond profondeur|alto altura|largo longitud|js "
    "javascript|ts typescript|db database|k8s kubernetes|py python|usa us|derivative differentiate differentiation|"
    "integral integrate integration|region area|human body person|mistake error fault|flow pass cross run lie|speed "
    "fast velocity|delete remove erase|fetch retrieve get|default standard|job task duty|method way technique|reside "
    "located lie|innervate supply control|schreiben schrieb geschrieben autor verfasser|herstellen hergestellt "
    "herstellt stellt produzieren produziert bilden bildet erzeugt erzeugen|entstehen entsteht verursacht "
    "verursachen entstehung ursache|fließt liegt durchfließt|fressen frisst ernähren essen|foto photo|fotosynthese "
    "photosynthese|beginnen begann anfangen begonnen|aussenden ausgesendet sendet ausgesandt abgibt abgegeben "
    "emittiert|entdeckt entdecker entdecken entdeckte|erfunden erfinder erfand|écrit auteur écrivain écrire|produit "
    "produire fabrique fabriqué|traverse coule passe|découvert découverte découvreur|commencer commencé début|tombé "
    "chute|escribió autor escritor escrito|descubrió descubierta descubierto descubridor|pasa atraviesa cruza|"
    "produce fabrica genera|cayó caída"
)
_BY: dict[str, set[int]] = {}
for _number, _group in enumerate(_GROUPS.split("|")):
    for _word in _group.split():
        for _form in (_word, stem_of(_word)):
            _BY.setdefault(_form, set()).add(_number)
_NONE: set[int] = set()


def alike(one: str, other: str) -> bool:
    """Whether two words are of one group."""
    first, second = (_BY.get(word) or _BY.get(stem_of(word), _NONE) for word in (one, other))
    return not first.isdisjoint(second)
