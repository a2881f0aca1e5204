"""Words that look like a slip of each other and are not: another head, another number, two words of one subject."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Heads that turn a word into another one, often its opposite: (un)supervised, in- and decrease, over- and underfit.
_LISTED_HEADS = (
    "un in im ir il non dis de ex a an anti under over hyper hypo pre post intra inter micro macro max min mini sub "
    "super homo hetero en ab ad multi uni bi mono up down uber ueber unter vor nach nicht sobre infra sous sur hin her "
    "ub unt ueb ov und end endo exo co contra re equi extra auto self out on off suf semi poly iso trans cis"
)
_HEADS = {"", *_LISTED_HEADS.split()}
_COUNTING = {"mono", "uni", "bi", "di", "tri", "ter", "quad", "quadri", "tetra", "penta", "hexa", "octa", "deca"}
_LEAST = 3  # letters that two words with other heads share at their ends
_COUNT = re.compile(
    r"(?:first|second|third|(?:thir|four|fif|six|seven|eigh|nine|twen|for|e?leven|twelf|twelve|eight|ten|five|two|three)"
    r"(?:teen|ty|tie)?(?:th)?|hundred(?:th)?|thousand(?:th)?|(?:m|b|tr)illion(?:th)?)s?"
)
# No rule tells these from a slip of two letters. Each pair stands in one subject, and who types one means it.
_LISTED_CONFUSED = (
    "exploitation exploration, exploit explore, conduction convection, absorption adsorption, mitosis meiosis, "
    "affect effect, discreet discrete, complement compliment, evolution revolution, evolution involution, "
    "inference interference, austria australia, iceland ireland, iran iraq, gambia zambia, slovakia slovenia, "
    "niger nigeria, glycogen glucagon, stalactite stalagmite, perihelion aphelion"
)
_CONFUSED = {frozenset(pair.split()) for pair in _LISTED_CONFUSED.split(",")}


def are_other_words(word: str, other: str) -> bool:
    """Whether two words that differ by a letter or two are two words, each of them meant."""
    if frozenset((word, other)) in _CONFUSED or (_COUNT.fullmatch(word) and _COUNT.fullmatch(other)):
        return True
    return _have_other_heads(word, other)


def are_opposed(words: Sequence[str]) -> bool:
    """Whether two of the words differ by their heads alone, as `encoder` and `decoder`: their order tells."""
    return any(_have_other_heads(one, two) for one, two in combinations(dict.fromkeys(words), 2))


def _have_other_heads(word: str, other: str) -> bool:
    """Whether two words are one with heads that make two of it: `covariance` and `variance`, `bi-` and `tricycle`."""
    tail = 0
    while tail < min(len(word), len(other)) and word[-1 - tail] == other[-1 - tail]:
        tail += 1
    for kept in range(tail, _LEAST - 1, -1):
        heads = {word[: len(word) - kept], other[: len(other) - kept]}
        if kept == tail and (heads <= _HEADS or heads == {"e", "im"}) and (kept > _LEAST or "" not in heads):
            return True
        if heads <= _COUNTING:
            return True
    return False
