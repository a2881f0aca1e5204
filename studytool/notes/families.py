"""Whether two words are of one family: one is the other bent, derived from it, or says the same.

What stands behind the letters that two words share has to be a known ending of their language on both sides, and two
nouns of one root are two things: a conductor, conduction and conductance.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from studytool.notes.irregular import FORMS
from studytool.notes.lexicon import NEGATIONS, is_glyph, is_hard, opposite
from studytool.notes.lookalikes import two_words
from studytool.notes.synonyms import alike
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST = 3
"""Letters of a root."""
_BENT = {
    "en": word_set("s es ed d ing ise ises ised ising ize izes ized izing ify ifies ified"),
    "de": word_set("s es e n en er ern em t te ten tet et est nd end ende enden"),
    "fr": word_set("s e x ent er ez ons ait é ée és ées ir it"),
    "es": word_set("s es a o e an en ar er ir ó ió yó ye aba ía ado ada ados adas ido ida idos idas ando iendo"),
}
"""Endings of a word that is bent, by language."""
_DERIVED = {
    "en": {
        "who": word_set("er ers or ors"),
        "doing": word_set("ion ions ation ations ition itions ization ification ment ments al als ing age"),
        "state": word_set("ance ances ence ences ancy ency"),
        "being": word_set("ity ities ness"),
        "like": word_set("ic ical al ar ous ive ative able ible ed ing ary"),
        "how": word_set("ly ally ically"),
    },
    "de": {
        "who": word_set("er ers ern erin"),
        "doing": word_set("ung ungen ion ionen ation ationen"),
        "being": word_set("keit heit ität"),
        "like": word_set("ig ige iger isch ische ischer lich liche licher bar"),
    },
    "fr": {
        "who": word_set("eur eurs euse teur teurs trice"),
        "doing": word_set("ion ions ation ations ement ements age"),
        "being": word_set("ité ités"),
        "like": word_set("ique iques al ale el elle eux euse if ive able"),
        "how": word_set("ement"),
    },
    "es": {
        "who": word_set("dor dora ador adora edor or ora"),
        "doing": word_set("ción ación ición miento amiento imiento ciones"),
        "being": word_set("dad idad"),
        "like": word_set("ico ica al oso osa ivo iva able ible"),
        "how": word_set("mente amente"),
    },
}
"""Endings of what is derived from a root, by language and by what they make of it."""
_THINGS = {"who", "doing", "state", "being"}
_TOGETHER = ({"bent"}, {"like", "how"}, {"like", "being"}, {"like", "bent"}, {"how", "bent"})
_NEEDS_A_VERB = ({"bent", "who"}, {"bent", "doing"}, {"bent", "state"}, {"bent", "being"})
_LATIN = (
    ("ission", "it"),
    ("ision", "id"),
    ("usion", "ud"),
    ("ersion", "ert"),
    ("orption", "orb"),
    ("ription", "rib"),
    ("uction", "uc"),
    ("oduct", "oduc"),
    ("eption", "eiv"),
    ("ension", "end"),
    ("olution", "olv"),
)
"""Endings of nouns of what is done, and what their verbs have in place of them."""


@lru_cache(maxsize=1 << 12)
def family(one: str, other: str, tongue: str, verb: bool) -> bool:
    """Whether two words of a language ("en", "de", "fr", "es") are of one family.

    `verb` tells whether one of them is a verb where it stands: only a verb is of one family with a noun of its root.
    """
    if is_hard(one) or is_hard(other) or is_glyph(one[0]) or is_glyph(other[0]) or opposite(one, other):
        return False
    if one in NEGATIONS or other in NEGATIONS or one[0] == "@" or other[0] == "@" or two_words(one, other):
        return False
    return one == other or alike(one, other) or same_root(one, other, tongue, verb)


@lru_cache(maxsize=1 << 12)
def same_root(one: str, other: str, tongue: str, verb: bool) -> bool:
    """Whether both words have one root, and endings that leave what they tell of as it is."""
    for (root, kind), (stem, sort) in product(_parts(one, tongue), _parts(other, tongue)):
        if root == stem or (not _IRREGULAR.get(root, _NONE).isdisjoint(_IRREGULAR.get(stem, _NONE))):
            kinds = {kind, sort}
            if kinds in _TOGETHER or (len(kinds) == 1 and one[-2:] == other[-2:]) or (verb and kinds in _NEEDS_A_VERB):
                return True
    return False


def two_of_a_root(one: str, other: str, tongue: str) -> bool:
    """Whether two words have one root, and endings that make two nouns of it."""
    pairs = product(_parts(one, tongue), _parts(other, tongue))
    return any(root == stem and kind != sort and {kind, sort} <= _THINGS for (root, kind), (stem, sort) in pairs)


@lru_cache(maxsize=1 << 12)
def adjective_of(one: str, other: str, tongue: str) -> bool:
    """Whether one of two words is the other with the ending of an adjective, and neither is a form of the other."""
    pairs = list(product(_parts(one, tongue), _parts(other, tongue)))
    kinds = [(kind, sort) for (root, kind), (stem, sort) in pairs if root == stem]
    return ("bent", "bent") not in kinds and any({*both} == {"bent", "like"} for both in kinds)


@lru_cache(maxsize=1 << 12)
def _parts(word: str, tongue: str) -> tuple[tuple[str, str], ...]:
    """The roots that a word may have, and what its ending makes of each."""
    return tuple(_split(word, tongue))


def _split(word: str, tongue: str) -> Iterator[tuple[str, str]]:
    word = word.replace("isation", "ization").replace("our", "or")
    if word.endswith("bility"):
        yield f"{word[:-6]}bl", "like"
    yield _bare(word), "bent"
    yield from _ended(word, _BENT[tongue], "bent")
    if tongue == "de" and word.startswith("ge") and len(word) > _SHORTEST + 2:
        yield from _ended(word[2:], _BENT[tongue], "bent")  # "gemessen" of "messen"
    for kind, endings in _DERIVED[tongue].items():
        yield from _ended(word, endings, kind)
    for ending, verb in _LATIN:
        if word.endswith(ending):
            yield word[: -len(ending)] + verb, "doing"


def _ended(word: str, endings: Iterable[str], kind: str) -> Iterator[tuple[str, str]]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield _bare(word[: -len(ending)]), kind


def _bare(root: str) -> str:
    """A root without what its ending puts in or takes away: "stopp", "produce", "carry", "studi"."""
    if len(root) > _SHORTEST and root[-1] == "e":
        root = root[:-1]
    if len(root) > _SHORTEST and root[-1] == root[-2]:
        root = root[:-1]
    return f"{root[:-1]}i" if root[-1:] == "y" else root


_IRREGULAR: dict[str, frozenset[int]] = {}
for _word, _numbers in FORMS.items():
    _IRREGULAR[_bare(_word)] = _IRREGULAR.get(_bare(_word), frozenset()) | _numbers
_NONE: frozenset[int] = frozenset()
