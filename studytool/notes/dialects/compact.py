"""How much a text says in a language that makes long words of several: German compounds, Korean endings."""

from __future__ import annotations

import re

_GERMAN = re.compile(
    r"\b(?:der|dem|eine?|eine[mnrs]|keine?|von|vom|für|über|mit|ohne|durch|auf|aus|bei|nach|zum|zur|im|und|oder"
    r"|ist|sind|wird|werden|nicht|als|zwischen)\b"
)
"""Small words that German has, and neither English nor French, in lower case."""
_LONG_WORD = re.compile(r"\w[\w-]{9,}")
_LETTERS = 6.5
"""So many letters of a long German word count as a word, for it is several in English."""
_HANGUL = re.compile("[\uac00-\ud7af]")
_SYLLABLES = 11
"""So many syllables of Korean say as much as five words."""
_FEWEST_WORDS = 3
"""Words that such a text has at least."""
_SENTENCE_END = re.compile("[가-힣]다\\.?\\Z")
"""How a Korean sentence ends: as a lead it makes a point."""
_SPOKEN = re.compile("[~…!][ \"”'’]*\\Z|\\A\\d")
"""How a text ends or begins that somebody says, or that counts."""
_WORDS = 5
"""So many words are what is counted in."""


def says_enough(term: str, text: str, least: int, missing: int) -> bool:
    """Whether a text, of which so many words are missing to `least`, says as much as they would of a term."""
    if missing > least - _FEWEST_WORDS:
        return False
    if syllables := len(_HANGUL.findall(text)):
        enough = syllables * _WORDS >= _SYLLABLES * least
        return enough and not _SENTENCE_END.search(term) and not _SPOKEN.search(text)
    if not _GERMAN.search(text):
        return False
    return sum(round(len(word) / _LETTERS) - 1 for word in _LONG_WORD.findall(text)) >= missing
