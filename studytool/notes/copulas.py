"""How a sentence says what its subject is: "is a", "refers to", "ist die", "désigne", "— это", "是指"."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_LINKED = ("l'", "l’", "un'", "un’", "d'", "d’")
_EMPTY = word_set(
    "bit lot must great good nice bad better best worst big huge reason problem same pain crucial vital only "
    "last next following most main goal idea question answer issue case overview topic "
    "one ones success mess waste disaster shame pity surprise joke nightmare pleasure delight treat blocker yes no "
    "responsibility matter missing quick week graus voller ganze ganzen"
)
"""What stands behind the article where something is praised, told or announced, and not said to be a thing."""
_KEY = word_set("that which whose of in on for used with to by from made")
"""What follows a key that is a thing, "is a key that identifies …", and none of the key parts of one."""
_FIRST = word_set("to of in and thing time step one part day person who that place")
"""What follows "first" where something happened, and where it is not the first derivative."""
_OF_A_NOTE = word_set("page hub note section chapter vault")
"""What a note is itself, and its subject is not."""
_OWN = word_set("my our mein meine mon ma mi mis meu minha mio mia")
"""Whose thing it is where somebody speaks of himself: "one of my favourites"."""
_SPEAKING = re.compile(
    r"\bI(?:['’](?:m|ve|d|ll)| (?:am|was|have|had|did|will|would|can|could|should|must|think|thought|know|knew|"
    r"love|loved|like|liked|want|wanted|need|met|saw|found|read|wrote|feel|felt|never|always))\b"
    r"|\bwe (?:loved|liked|met|went|came|saw|had|did|bought|stayed|ate|wanted|were)\b"
)
"""What somebody says of himself."""
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
    # German
    "bezeichnet |bezeichnen |beschreibt |beschreiben |bedeutet |bedeuten |steht für |stehen für |nennt man |"
    "versteht man |"
    # French
    "désigne |désignent |correspond à |correspondent à |signifie |se définit comme |est défini|consiste à |permet de |"
    # Spanish and Portuguese
    "se define como |se refiere a|se refieren a|significa |sirve para |designa |consiste en |"
    "define-se como |refere-se a|referem-se a|serve para |consiste em |"
    # Italian, Dutch, Danish, Polish, Czech
    "si riferisce a|si definisce |si intende |indica |consiste nel|verwijst naar |betekent |betyder |oznacza |znamená |"
    # Russian
    "— это|– это|- это|это |означает |обозначает |называется |называют |"
    # Chinese, Japanese, Korean
    "是指|指的是|是一|是由|是将|是把|是对|是用|就是|即为|とは|란 |이란 |란, |이란, "
)
_VERBS = tuple(_DEFINING.split("|"))
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
    told = predicate.casefold()
    end = _END.search(told)
    told = told[: end.start()] if end else told
    if (
        predicate[len(told) : len(told) + 1] in ("?", "？")
        or not _enough(told)
        or _SPEAKING.search(predicate[: len(told)])
    ):
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


_BESIDE = word_set("a i ale pro v na než od k u s z do ve za po")
"""What follows an adjective in Czech where no noun does."""


def _is_noun(being: str, first: str, after: str) -> bool:
    """Whether what follows "to be" in a Slavonic language is a thing: an adjective alone says how something is."""
    if being in ("jest", "są"):
        return first == "to" or first.endswith(("em", "ą", "ami", "ym", "im", "ymi", "imi"))
    if being in ("je", "jsou") and first.endswith(("ý", "á", "é", "í", "ější")):
        return after.partition(" ")[0].strip(",;:") not in _BESIDE
    return True


def _is_empty(thing: Sequence[str]) -> bool:
    first, second = (*thing, "", "")[:2]
    return (
        first in _EMPTY
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
_PEOPLE = word_set(
    "man woman boy girl guy lady stranger couple friend day night evening morning week year voice lot bit"
)
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
    if not (_FINITE.isdisjoint(said[:clause]) and _PEOPLE.isdisjoint(said[:_WORDS])):
        return False
    begun = said[: 2 * _WORDS]
    return not (_KINDS.isdisjoint(said[:_WORDS]) and _TELLING.isdisjoint(begun) and _MADE.isdisjoint(begun))


def _enough(told: str) -> bool:
    return len(told.split()) > _WORDS or len(_UNSPACED.findall(told[:60])) >= _UNSPACED_SIGNS
