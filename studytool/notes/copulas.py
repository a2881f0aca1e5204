"""How a sentence says what its subject is: "is a", "refers to", "ist die", "désigne", "— это", "是指"."""

from __future__ import annotations

import re

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
    "bit lot must great good nice bad better best worst big huge reason problem same pain key crucial vital only "
    "first last next following most main goal idea question answer issue case overview topic"
)
"""What stands behind the article where something is praised or announced, and not said to be a thing."""
_OF_A_NOTE = word_set("page hub note section chapter vault")
"""What a note is itself, and its subject is not."""
_OWN = word_set("my our mein meine mon ma mes mi mis meu minha mio mia")
"""Whose thing it is where somebody speaks of himself: "one of my favourites"."""
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
    if predicate[len(told) : len(told) + 1] in ("?", "？") or not _enough(told):
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
        return _EMPTY.isdisjoint(thing[:1]) and _OF_A_NOTE.isdisjoint(thing) and _OWN.isdisjoint(thing)
    if being in _FREE or rest.startswith(_LINKED):
        return True
    if being in ("is", "was"):  # "is molten rock that …": a thing that has no article
        begun = [word.strip(",;:") for word in rest.split(maxsplit=5)[:5]]
        clause = next((at for at, word in enumerate(begun) if word in ("that", "which")), 0)
        return 0 < clause < len(begun) and _PLURAL_OTHERS.isdisjoint(begun[:clause])
    return being == "are" and first not in _PLURAL_OTHERS and not first.endswith(("ed", "ing", "ly"))


_THINGS = word_set(
    "act process practice ability tendency capacity study science branch state condition property set sum number "
    "amount rate ratio measure degree extent part point average logarithm probability difference minimum maximum "
    "smallest largest most least"
)
"""What follows "the" where a thing is named by what it is: "The ability of a metal to be drawn"."""
_CLAUSES = word_set("that which who whom whose where when whereby")
_FINITE = word_set(
    "is are was were has have had can could will would may might must should do does did am you i we they says said "
    "gives gave shows makes made contains remains involves depends experiences exists becomes"
)


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
    return _FINITE.isdisjoint(said[:clause])


def _enough(told: str) -> bool:
    return len(told.split()) > _WORDS or len(_UNSPACED.findall(told[:60])) >= _UNSPACED_SIGNS
