"""Whether two prompts are one, typed without the marks of letters, or with words cut short: Körper, Koerper, Korper."""

from __future__ import annotations

import re
import unicodedata

from studytool.notes.lexicon import EMPTY, NEGATIONS, WEAK
from studytool.notes.lookalikes import two_words
from studytool.notes.quantities import NUMERALS

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe"})
"""What stands for a letter where the keyboard has none."""
_MARK = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
"""Accents, umlauts and the like behind a Latin letter."""
_CUT = re.compile(r"(\W*)([^\W\d_]{2,6})\.(\W*)")
_WHOLE = re.compile(r"(\W*)([^\W\d_]{5,})(\W*)")
_SHORT = {"no": "number", "nos": "numbers", "eq": "equation", "eqn": "equation", "avg": "average", "nr": "nummer"}
"""Words that are cut short in another way than behind their first letters."""
_LETTERS = 3
"""Letters from which a word that is cut short is known by how it begins."""
_OPENING, _SIGNS = "¿¡", ".,;:!?()[]*_\"'“”«»"
_SENTENCE = 4
"""Words from which a prompt is known by the others of them."""
_MEANT = frozenset(word for word in {*NUMERALS, *NEGATIONS} if len(word) > 4)
"""Words that change what is asked, and that are long enough for a slip of the pen."""


def respelt(one: str, other: str) -> bool:
    """Whether two texts have the same words, some without the marks of their letters, or cut short before a point."""
    words, others = (unicodedata.normalize("NFC", text).casefold().split() for text in (one, other))
    if len(words) != len(others):
        return False
    pairs = [(a.lstrip(_OPENING), b.lstrip(_OPENING)) for a, b in zip(words, others, strict=True)]
    changed = [(a, b, at == len(pairs)) for at, (a, b) in enumerate(pairs, 1) if a != b]
    if len(changed) == 1 and two_words(*(word.strip(_SIGNS) for word in changed[0][:2])):
        return False  # "zahlen" and "zählen"
    return bool(changed) and all(
        _unmarked(a, b) or _unmarked(b, a) or _cut_short(a, b, ends) or _cut_short(b, a, ends) for a, b, ends in changed
    )


def slipped(one: str, other: str) -> str:
    """The one word that two texts differ in, where a letter of a number or a negation went wrong in it; else nothing.

    Its first letter is that of the word that was meant. Whether it is another word the notes tell.
    """
    words, others = (text.casefold().split() for text in (one, other))
    changed = [(a.strip(_SIGNS), b.strip(_SIGNS)) for a, b in zip(words, others, strict=False) if a != b]
    if len(words) != len(others) or len(words) < _SENTENCE or len(changed) != 1:
        return ""
    meant, slip = sorted(changed[0], key=lambda word: word not in _MEANT)
    if meant not in _MEANT or slip in _MEANT | EMPTY | WEAK or len(slip) < _LETTERS or meant[0] != slip[0]:
        return ""
    if two_words(meant, slip):
        return ""
    from rapidfuzz.distance import OSA

    return slip if slip.isalpha() and OSA.distance(meant, slip, score_cutoff=1) == 1 else ""


def _unmarked(plain: str, marked: str) -> bool:
    """Whether a word is another without the marks of its letters."""
    if _without_marks(plain) != plain or marked == plain:
        return False
    return plain in (_without_marks(marked), _without_marks(marked.translate(_TWO_LETTERS)))


def _without_marks(word: str) -> str:
    return unicodedata.normalize("NFC", _MARK.sub("", unicodedata.normalize("NFD", word)))


def _cut_short(short: str, long: str, ends: bool) -> bool:
    """Whether a word with a point is the beginning of another; the point of the last word `ends` a sentence as well."""
    cut, whole = _CUT.fullmatch(short), _WHOLE.fullmatch(long)
    if not cut or not whole or cut[1] != whole[1] or cut[3] != whole[3]:
        return False
    if _SHORT.get(cut[2]) == whole[2]:
        return True
    return not (ends and not cut[3]) and len(cut[2]) >= _LETTERS and whole[2].startswith(cut[2])
