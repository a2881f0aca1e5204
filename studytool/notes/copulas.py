"""How a sentence says what its subject is: "is a", "refers to", "ist die", "désigne", "— это", "是指"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.notes.words import word_set

_BEING = word_set(
    "is are was were ist sind war waren est sont es son é são è sono is zijn er är je jsou jest są является являются"
)
_OPENINGS = word_set(
    # English
    "a an the any its their one two another how when where what some those that basically simply essentially "
    # German
    "ein eine einer eines der die das den dem jene jener jede jeder alle wenn "
    # French, Spanish, Portuguese, Italian
    "un une le la les des du lorsque quand una el lo los las unos unas aquel aquella cuando um uma o os as uns umas "
    "aquele aquela quando uno il gli i degli delle dei "
    # Dutch, Danish, Norwegian, Swedish
    "een de het en et ett den det"
)
"""What the thing that a subject is begins with; after the forms of "to be" of the Slavonic languages it may be any."""
_FREE = word_set("je jsou jest są является являются")
_ALL = word_set("tout toute tous toutes todo toda todos todas cualquier cada qualquer ogni qualsiasi qualunque ciò")
_LINKED = ("l'", "l’", "un'", "un’", "d'", "d’")
_EMPTY = word_set(
    "bit lot must great good nice bad better best worst big huge reason problem same pain crucial vital only "
    "last next following most main goal idea question answer issue case overview topic "
    "one ones success mess waste disaster shame pity surprise joke nightmare pleasure delight treat blocker yes no "
    "responsibility matter missing quick week graus voller ganze ganzen"
)
"""What stands behind the article where something is praised, told or announced, and not said to be a thing."""
_FULL = {("matter", "that"), ("matter", "which"), ("bit", "that"), ("bit", "which")}
"""What of these says what a thing is all the same: "Dark matter is the matter that …"."""
_KEY = word_set("that which whose of in on for used with to by from made field shared derived known generated stored")
"""What follows a key that is a thing, "is a key that identifies …", and none of the key parts of one."""
_FIRST = word_set("to of in and thing time step one part day person who that place")
"""What follows "first" where something happened, and where it is not the first derivative."""
_OF_A_NOTE = word_set("page hub note section chapter vault")
"""What a note is itself, and its subject is not."""
_OWN = word_set("my our mein meine mon ma mi mis meu minha mio mia")
"""Whose thing it is where somebody speaks of himself: "one of my favourites"."""
_WORK = word_set(
    "job task project effort chore undertaking meeting trip ride walk hike visit stay holiday vacation workshop slog "
    "arbeit aufgabe projekt termin travail tâche projet réunion trabajo tarea proyecto reunión trabalho tarefa projeto "
    "reunião lavoro compito progetto riunione klus taak"
)
_TIMES = word_set(
    "minute minutes hour hours day days week weeks month months quarter quarters sprint sprints "
    "minuten stunde stunden tag tage tagen woche wochen monat monate monaten heure heures jour jours semaine semaines "
    "mois hora horas día días semana semanas mes meses dia dias mês ora ore giorno giorni settimana settimane mese "
    "mesi uur dagen weken maanden"
)
_SIZES = word_set("big huge large small short long hard tough major minor quick full")
"""What a piece of work is told by: "is a two week job", "is a big task"."""
_TELLING_APART = word_set("that which who whose where when whereby der die das den dem qui que dont où che cui wat dat")
"""With what a sentence goes on where it tells what makes a piece of work one of its kind."""
_SPEAKING = re.compile(
    r"\bI(?:['’](?:m|ve|d|ll)| (?:am|was|have|had|did|will|would|can|could|should|must|think|thought|know|knew|"
    r"love|loved|like|liked|want|wanted|need|met|saw|found|read|wrote|feel|felt|never|always))\b"
    r"|\bwe (?:loved|liked|met|went|came|saw|had|did|bought|stayed|ate|wanted|were)\b"
)
"""What somebody says of himself."""
_LEADING_ON = word_set(
    "and but so when if as because since while what where how then that which who also now although though before "
    "after until once whether or yet whenever today yesterday maybe perhaps sometimes here this these "
    "it not only first last"
)
"""What stands before "I" where that is somebody: behind another word with a capital it is a number, "Charles I"."""
_PLURAL_OTHERS = word_set(
    "not also very more less most important essential useful necessary easy hard difficult common available possible "
    "both all only now then still already always never often sometimes usually well typically generally equal similar "
    "different identical pretty quite really rather super extremely highly "
    "to in on at of for from with by as here there too so just due responsible able unable likely "
    "good bad great better worse best ideal perfect critical crucial vital key such"
)
"""What a name in the plural does not begin with after "are"."""
_DEFINING = (
    # English
    "refers to |refer to |means |denotes |denote |stands for |stand for |describes |describe |is used to |is used for |"
    "are used to |are used for |is used when |is where |is when |is how |is what |is known as |are known as |"
    "occurs when |happens when |is defined as |are defined as |is defined by |are defined by |is defined to be |"
    "can be defined as |may be defined as |can be thought of as a|is formally defined as |is usually defined as |"
    "is commonly defined as |is generally defined as |is often defined as |"
    # German
    "bezeichnet |bezeichnen |beschreibt |beschreiben |bedeutet |bedeuten |steht für |stehen für |nennt man |"
    "versteht man |ist definiert als |sind definiert als |wird definiert als |werden definiert als |"
    "ist definiert durch |lässt sich definieren als |"
    # French
    "désigne |désignent |correspond à |correspondent à |signifie |se définit comme |est défini|consiste à |permet de |"
    "peut être défini comme |peut être définie comme |sont définis comme |sont définies comme |"
    # Spanish and Portuguese
    "se define como |se refiere a|se refieren a|significa |sirve para |designa |consiste en |se definen como |"
    "es definido como |es definida como |está definido como |está definida como |puede definirse como |"
    "se puede definir como |"
    "define-se como |refere-se a|referem-se a|serve para |consiste em |é definido como |é definida como |"
    "são definidos como |são definidas como |pode ser definido como |pode ser definida como |"
    # Italian, Dutch, Danish, Polish, Czech
    "si riferisce a|si definisce |si intende |indica |consiste nel|è definito come |è definita come |"
    "viene definito come |viene definita come |può essere definito come |può essere definita come |"
    "verwijst naar |betekent |is gedefinieerd als |wordt gedefinieerd als |betyder |er defineret som |defineres som |"
    "definieras som |oznacza |definiuje się jako |znamená |je definován jako |je definována jako |je definováno jako |"
    # Russian
    "— это|– это|- это|это |означает |обозначает |называется |называют |определяется как |определяют как |"
    # Chinese, Japanese, Korean
    "是指|指的是|是一|是由|是将|是把|是对|是用|就是|即为|被定义为|定义为|とは|란 |이란 |란, |이란, "
)
_VERBS = tuple(_DEFINING.split("|"))


class Frame(NamedTuple):
    """What opens a sentence that defines a name behind it, and with what this then goes on: where nothing is told, with
    what a thing begins with; where it `says`, as any sentence that has the name as its subject.
    """

    opening: str
    goes_on: tuple[str, ...] = ()
    says: bool = False


_FRAMES = {
    # English
    "we define |we can define |let us define |let's define |one defines ": "as |to be |by the |by a |= ",
    "by ": "we mean |one means |we understand |is meant ",
    # German
    "unter ": "versteht man |verstehen wir |verstehe ich ",
    "als ": "bezeichnet man |bezeichnen wir ",
    "mit ": "bezeichnet man |bezeichnen wir |meint man |meinen wir |ist gemeint ",
    "wir definieren |man definiert ": "als |durch ",
    # French
    "par ": "on entend |on désigne |nous entendons ",
    "on définit |nous définissons |définissons ": "comme |par ",
    "on appelle |on nomme |on entend par |on désigne par ": "",
    # Spanish and Portuguese
    "por ": "se entiende |entendemos |entende-se |se entende ",
    "se llama |llamamos |se denomina |denominamos |se conoce como |chama-se |chamamos |chamamos de |denomina-se ": (
        "a |al |ao |à |às |aos "
    ),
    "se define |definimos |define-se ": "como ",
    "se entiende por |entende-se por |entendemos por ": "",
    # Italian
    "per |con |con il termine ": "si intende |intendiamo |si indica |indichiamo ",
    "si definisce |si chiama |si dice |si definiscono |si chiamano |definiamo |chiamiamo |si intende per ": "",
    # Dutch, Danish, Swedish
    "onder ": "verstaan we |verstaan wij |verstaat men |wordt verstaan ",
    "met ": "bedoelen we |bedoelt men |wordt bedoeld ",
    "we definiëren |wij definiëren ": "als ",
    "ved ": "forstås |forstår man |forstår vi ",
    "vi definerer |vi definierar ": "som ",
    "med ": "menas |avses |menar man |menes |mener man ",
    # Polish, Czech, Russian
    "przez ": "rozumiemy |rozumie się ",
    "pod pojmem ": "rozumíme |se rozumí ",
    "под ": "понимают |понимается |понимаем |подразумевают |подразумевается ",
    # Chinese
    "所谓": "，是|是指|就是|指的是",
}
"""How a sentence opens that defines what is named behind that, and with what it goes on there."""
_OF_TERMS = (
    "the term |the word |the expression |der begriff |das wort |der ausdruck |die bezeichnung |le terme |le mot |"
    "l'expression |el término |la palabra |la expresión |o termo |a palavra |a expressão |il termine |la parola |"
    "l'espressione |de term |het begrip |begrebet |ordet |termen |begreppet |termin |pojęcie |pojem |термин |понятие "
)
"""What stands before a name that is told to be one."""
_OPENED = tuple(
    sorted(
        (
            *(
                Frame(opening, tuple(part for part in goes_on.split("|") if part))
                for openings, goes_on in _FRAMES.items()
                for opening in openings.split("|")
            ),
            *(Frame(opening, says=True) for opening in _OF_TERMS.split("|")),
        ),
        key=lambda frame: -len(frame.opening),
    )
)
_OPENINGS_OF_FRAMES = tuple(frame.opening for frame in _OPENED)
_DASHES = ("— ", "– ")
"""What Russian has in the place of "is"."""
_KNOWING = word_set(
    "sure aware unaware certain uncertain clear unclear true false possible impossible probable obvious evident "
    "apparent glad happy sad afraid angry proud sorry worried concerned convinced confident hopeful thankful grateful "
    "lucky known thought said told felt found held shown proven believed assumed agreed a an the his her their our my"
)
"""What stands between "is" and a clause that tells what somebody thinks, or is doing: "is sure that we …"."""
_WORDS = 4
"""Words that say what the subject is."""
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]")
_UNSPACED_SIGNS = 8
_END = re.compile(r"[.!?;](?:\s|\Z)|[。！？；\n]")
"""Where a sentence ends."""


def says_what_it_is(predicate: str, *, dashed: bool = False) -> bool:
    """Whether what follows the subject of a sentence says what that is: "is a …", but not "is fast".

    With `dashed`, a dash may stand for "is" in Russian, as it does in prose; behind a name in bold it leads a remark.
    """
    told = _told(predicate)
    if not told:
        return False
    if told.startswith(_VERBS):
        return True
    if told.startswith(_DASHES):
        return dashed and "а" <= told[2:3] <= "я"
    being, _, rest = told.partition(" ")
    if being not in _BEING:
        return False
    first, _, after = rest.partition(" ")
    first = first.strip(",;:")
    if first in _OPENINGS:
        if _is_planned(after):
            return False
        thing = [word.strip(",;:") for word in after.split(maxsplit=4)[:4]]
        return not _is_empty(thing) and _OF_A_NOTE.isdisjoint(thing) and _OWN.isdisjoint(thing)
    if rest.startswith(_LINKED):
        return True
    if being in _FREE:
        return _is_noun(being, first, after)
    if being in ("is", "was"):  # "is molten rock that …": a thing that has no article
        begun = [word.strip(",;:") for word in rest.split(maxsplit=5)[:5]]
        clause = next((at for at, word in enumerate(begun) if word in ("that", "which")), 0)
        between = begun[:clause]
        return bool(between) and _PLURAL_OTHERS.isdisjoint(between) and _KNOWING.isdisjoint(between)
    return being == "are" and first not in _PLURAL_OTHERS and not first.endswith(("ed", "ing", "ly"))


def frame_of(text: str) -> Frame | None:
    """The words that a sentence opens with which defines a name behind them: "We define", "Unter", "On appelle"."""
    folded = text[:40].casefold()
    if not folded.startswith(_OPENINGS_OF_FRAMES):
        return None
    return next(frame for frame in _OPENED if folded.startswith(frame.opening))


def says_in_frame(rest: str, frame: Frame) -> bool:
    """Whether what follows the name behind such words goes on to say what it is."""
    if frame.says:
        return says_what_it_is(rest)
    told = _told(rest)
    if frame.goes_on:
        return told.startswith(frame.goes_on)
    first = told.partition(" ")[0].strip(",;:")
    return first in _OPENINGS or first in _ALL or told.startswith(_LINKED)


_NO_DEFINITIONS = word_set("see todo tbd here siehe hier voir ver véase vedi zie i my this these above below")
"""How a text begins that stands in the place of a definition and is none."""
_MEANT = word_set("it they es er sie il elle ils elles ello él ella ele ela esso essa han den det hij zij оно он она")
"""What stands for the name above."""
_SUPPOSING = word_set("let if given suppose for when sei seien soit soient sea sean seja sejam sia siano пусть")
"""How a definition begins that first says of what it speaks: "Let V be a space"."""


def defines_alone(text: str) -> bool:
    """Whether a text below a heading "Definition" may be one: it neither asks nor points, nor is of another thing."""
    told = [word.strip(",;:") for word in _told(text).split(maxsplit=8)[:8]]
    if not told or told[0] in _NO_DEFINITIONS:
        return False
    verb = next((at for at, word in enumerate(told) if word in _BEING or word in _CLAUSES), 0)
    return told[verb] in _CLAUSES or not verb or told[0] in _MEANT or told[0] in _SUPPOSING


def _told(predicate: str) -> str:
    """A predicate in lower case up to its end; empty where it asks, tells of the author, or says too little."""
    told = predicate.casefold()
    end = _END.search(told)
    told = told[: end.start()] if end else told
    asks = predicate[len(told) : len(told) + 1] in ("?", "？")
    return "" if asks or not _enough(told) or _speaks(predicate[: len(told)]) else told


def _speaks(text: str) -> bool:
    """Whether somebody says something of himself in a text."""
    return any(not is_number(text[: found.start()]) for found in _SPEAKING.finditer(text))


def is_number(before: str) -> bool:
    """Whether "I" is a number behind this text, which ends in a name: "Charles I", "Photosystem I"."""
    name = before.rsplit(None, 1)[-1:]
    return bool(name) and name[0][:1].isupper() and name[0].isalpha() and name[0].casefold() not in _LEADING_ON


_CZECH_NOUNS = ("ení", "ání", "ění", "utí", "ytí", "ství", "ctví", "stí")
"""How nouns end in Czech where adjectives do not, which may end in "í" as well."""
_BESIDE = word_set("a i ale pro v na než od k u s z do ve za po")
"""What follows an adjective in Czech where no noun does."""


def _is_noun(being: str, first: str, after: str) -> bool:
    """Whether what follows "to be" in a Slavonic language is a thing: an adjective alone says how something is."""
    if being in ("jest", "są"):
        return first == "to" or first.endswith(("em", "ą", "ami", "ym", "im", "ymi", "imi"))
    if being in ("je", "jsou") and first.endswith(("ý", "á", "é", "í", "ější")) and not first.endswith(_CZECH_NOUNS):
        return after.partition(" ")[0].strip(",;:") not in _BESIDE
    return True


def _is_planned(thing: str) -> bool:
    """Whether a thing is a piece of work that takes so long, or is so big: "two week job for the team"."""
    said = [word.strip(",;:") for word in thing.replace("-", " ").split()]
    begun = said[:6]
    work = next((at for at, word in enumerate(begun) if word in _WORK), None)
    if work is None or not _TELLING_APART.isdisjoint(said):
        return False
    return not _TIMES.isdisjoint(begun) or not _SIZES.isdisjoint(said[:work])


def _is_empty(thing: Sequence[str]) -> bool:
    first, second = (*thing, "", "")[:2]
    return (
        (first in _EMPTY and (first, second) not in _FULL)
        or second == "one"
        or (first == "key" and second not in _KEY)
        or (first == "first" and second in _FIRST)
    )


_THINGS = word_set(
    "act process practice ability tendency capacity study science branch state condition property set sum number "
    "amount rate ratio measure degree extent part point average logarithm probability difference minimum maximum "
    "smallest largest most least"
)
"""What follows "the" where a thing is named by what it is: "The ability of a metal to be drawn"."""
_CLAUSES = word_set("that which who whom whose where when whereby")
_FINITE = word_set(
    "is are was were has have had can could will would may might must should do does did am you i we they says said "
    "gives gave shows makes made contains remains involves depends experiences exists becomes went came fell stood "
    "sat ran saw took got grew rose sank began wrote spoke broke knew chose blew felt left became looked"
)
_KINDS = _THINGS | word_set(
    "type kind sort form class family group category variant version subset extension generalisation "
    "generalization method technique procedure operation transformation algorithm strategy approach way model "
    "theory theorem law principle rule concept notion property characteristic feature attribute quality quantity "
    "value unit metric statistic function mapping relation structure element component device system mechanism "
    "phenomenon situation collection sequence representation description statement symbol term word name disease "
    "disorder infection"
)
"""What a thing that is told by a noun alone is: "An extension of a box plot"."""
_TELLING = word_set("that which whose whereby")
_MADE = word_set("used formed caused consisting containing composed designed produced characterised characterized")
"""How a thing is told apart from others of its kind."""
_PEOPLE = word_set("man woman boy girl guy lady stranger couple friend day night evening morning week year voice lot")
"""What a story or a day begins with: "A man that nobody knew …"."""


def names_what_it_is(text: str) -> bool:
    """Whether a text begins with what something is, and not with a sentence: "A process in which metal rusts."."""
    told = text.casefold()
    end = _END.search(told)
    if not end or told[end.start()] not in ".;":
        return False
    first, _, sentence = told[: end.start()].partition(" ")
    said = [word.strip(",;:()") for word in sentence.split()]
    if len(said) < _WORDS or not (first in ("a", "an") or (first == "the" and said[0] in _THINGS)):
        return False
    clause = next((at for at, word in enumerate(said) if word in _CLAUSES), len(said))
    if not (_FINITE.isdisjoint(said[:clause]) and _PEOPLE.isdisjoint(said[:_WORDS])) or said[:2] == ["bit", "of"]:
        return False
    begun = said[: 2 * _WORDS]
    return not (_KINDS.isdisjoint(said[:_WORDS]) and _TELLING.isdisjoint(begun) and _MADE.isdisjoint(begun))


def _enough(told: str) -> bool:
    return len(told.split()) > _WORDS or len(_UNSPACED.findall(told[:60])) >= _UNSPACED_SIGNS
