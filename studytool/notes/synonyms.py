"""Words of questions in four languages: those that only ask, and those of which one may be put for another.

They hold where an answer stayed, and the prompt with it: what else could be asked has another answer.
"""

from __future__ import annotations

from studytool.notes.lexicon import stem_of
from studytool.notes.words import word_set

FRAME = word_set(
    "define defined definition meaning mean means meant called known term stand stands short acronym "
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
    "state name named list mention exist make find found take takes taken took thing things command turn turns give "
    "call use work works function para but"
)
"""Words that ask in some prompts, and name a thing in others: nothing, where nothing else came for one."""
ASKED = word_set(
    "definition purpose function role job task goal aim work number amount count way kind sort type reason year "
    "date term word concept explanation name use"
)
"""Nouns that ask where "of" or the like stands behind them, or a word that asks before."""

_GROUPS = (
    "write wrote written author writer|paint painted painter|invent invented inventor|lack deficiency shortage|link "
    "connect relate|keep hold maintain retain|produce make form synthesize synthesise generate create yield|control "
    "regulate govern steer|carry transport convey|most greatest largest|break cleave split|emit release|send "
    "transmit|begin start commence|end finish terminate|convert transform turn|cause induce trigger|result "
    "consequence outcome effect|show display depict|earliest first initial|detect recognise recognize|protect defend "
    "shield guard|increase raise|decrease reduce lower|die dies died death dead|prove proved proof|win won victory "
    "victorious winner|tall high height|long length|deep depth|wide width|old age|heavy weight mass|big size|compose "
    "composed composer|print prints output|hoch höhe|lang länge|tief tiefe|breit breite|schwer gewicht|alt "
    "alter|schnell geschwindigkeit|bewirkt wirkung bewirken|komponierte stammt komponist komponiert|haut hauteur "
    "altitude|profond profondeur|alto altura|largo longitud|js javascript|ts typescript|db database|k8s kubernetes|py "
    "python|usa us|derivative differentiate differentiation|integral integrate integration|mistake error fault|speed "
    "fast|delete remove erase|fetch retrieve get|job task duty|method way technique|reside located|innervate "
    "control|schreiben schrieb geschrieben autor verfasser|herstellen hergestellt herstellt stellt produzieren "
    "produziert bilden bildet erzeugt erzeugen|entstehen entsteht verursacht verursachen entstehung ursache|fressen "
    "frisst ernähren essen|foto photo|fotosynthese photosynthese|beginnen begann anfangen begonnen|aussenden "
    "ausgesendet sendet ausgesandt abgibt abgegeben emittiert|entdeckt entdecker entdecken entdeckte|erfunden "
    "erfinder erfand|écrit auteur écrivain écrire|produit produire fabrique fabriqué|découvert découverte "
    "découvreur|commencer commencé début|tombé chute|escribió autor escritor escrito|descubrió descubierta "
    "descubierto descubridor|produce fabrica genera|cayó caída"
)
_LOOSE_GROUPS = "flow lie pass run|fließt liegt durchfließt|traverse coule passe|pasa atraviesa cruza|located lie"
"""Words that say the same in sentences that are made in other ways: a river flows through what lies on it."""
_NONE: frozenset[int] = frozenset()


def _by_word(groups: str) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(groups.split("|")):
        for word in group.casefold().split():
            for form in {word, stem_of(word)}:
                found[form] = found.get(form, _NONE) | {number}
    return found


_BY, _LOOSELY = _by_word(_GROUPS), _by_word(_LOOSE_GROUPS)


def alike(one: str, other: str) -> bool:
    """Whether two words say the same."""
    return _together(one, other, _BY)


def loosely_alike(one: str, other: str) -> bool:
    """Whether two words say the same where more than they was put otherwise."""
    return _together(one, other, _LOOSELY)


def _together(one: str, other: str, groups: dict[str, frozenset[int]]) -> bool:
    first, second = (groups.get(word) or groups.get(stem_of(word), _NONE) for word in (one, other))
    return not first.isdisjoint(second)
