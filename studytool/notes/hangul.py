"""Korean words parted into what they say and what shows only their part in the sentence, or how politely it is said."""

from __future__ import annotations

import re

_ENDING = re.compile(
    "(?:습니까|습니다|십니까|십시오|니까|니다|시나요|신가요|나요|가요|까요|는가|(?<=인)가|시오|세요|(?<=하)라)$"
)
"""How a verb ends that asks, tells or commands. What it stands behind loses its last consonant: 합니까, 하나요."""
_PARTICLE = re.compile("(?<=[가-힣])(?:은|는|이|가|을|를|의|에|와|과|로|으로)$")
_COPULA = "이"
_FIRST, _LAST, _CONSONANTS = 0xAC00, 0xD7A3, 28
_DROPPED = (4, 8, 17)
"""The last consonants that endings begin with, by their place in the order of Unicode: ㄴ, ㄹ and ㅂ."""


def parted(word: str) -> tuple[str, str]:
    """A word without its polite or asking ending, or its particle, and that; a word that has none, and nothing."""
    if not _FIRST <= ord(word[-1]) <= _LAST:
        return word, ""
    if found := _ENDING.search(word):
        stem = word[: found.start()]
        if stem and _FIRST <= ord(stem[-1]) <= _LAST:
            bare = stem[:-1] + _opened(stem[-1])
            return bare.removesuffix(_COPULA) or bare, found[0]
    elif found := _PARTICLE.search(word):
        return word[: found.start()], found[0]
    return word, ""


def _opened(syllable: str) -> str:
    """A syllable without the last consonant that an ending may have put there."""
    last = (ord(syllable) - _FIRST) % _CONSONANTS
    return chr(ord(syllable) - last) if last in _DROPPED else syllable
