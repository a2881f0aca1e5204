"""Brief prompts that one sign, one key or a question mark makes another of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.lexicon import EMPTY, is_glyph
from studytool.notes.wording import bears

if TYPE_CHECKING:
    from studytool.notes.likeness import Likeness
    from studytool.notes.side import Side
    from studytool.notes.wording import Words

_BRIEF = 25
"""Letters up to which a prompt stands and falls with each of its signs: "gu" and "gU", "<C-r>" and "<C-r>="."""
_KEY = re.compile(r"<[A-Z]-[^\s>]{1,12}>")
"""A key that is pressed with another: "<C-r>"."""
_CODE, _IDENTIFIER = re.compile(r"`+([^`]+)`+"), re.compile(r"[^\W\d]\w*")
_HALF, _KNOWN = 0.5, 3
_MARKUP = re.compile(r"[\s*_`~]+")


def another_form(old: Side, new: Side, asked: Likeness, answer: float) -> bool:
    """Whether two brief prompts, with other answers, differ in what makes another phrase, key or sign of them."""
    one, other = old.card.front, new.card.front
    if answer < 0.6 and max(len(one.split()), len(other.split())) <= 2 and one.endswith("?") != other.endswith("?"):
        return True  # a phrase to learn that asks, and one that tells
    if answer < 0.85 and (_another_sign(one, other) or another_glyph(old.prompt, asked)):
        return True
    return {*_KEY.findall(one)}.isdisjoint(keys) if (keys := _KEY.findall(other)) and _KEY.search(one) else False


def _another_sign(one: str, other: str) -> bool:
    """Whether two brief prompts differ in a sign, or in the case of a word of a letter or two."""
    if max(len(one), len(other)) > _BRIEF:
        return False
    words, others = (_MARKUP.split(text.strip(" \n*_`~.?:!")) for text in (one, other))
    if len(words) != len(others):
        return False
    pairs = [(a.strip("'"), b.strip("'")) for a, b in zip(words, others, strict=True)]
    changed = [(a, b) for a, b in pairs if a != b and not a.casefold() == b.casefold() in EMPTY]
    return any(max(len(a), len(b)) < 3 or not (a + b).replace("-", "").isalpha() for a, b in changed)


def another_code(old: Side, new: Side, answer: float) -> bool:
    """Whether the code in one prompt has another name than that in the other, and `answer` says they are unlike.

    Of an answer of a word or two, which may be that of many names, it is no help.
    """
    if "`" not in old.card.front or "`" not in new.card.front:
        return False
    one, other = (
        {name for code in _CODE.findall(side.prompt.text) for name in _IDENTIFIER.findall(code)} for side in (old, new)
    )
    gone, come = one - other, other - one
    if not gone or not come or answer < _HALF:
        return bool(gone and come)
    from rapidfuzz.distance import OSA

    if len(gone) > 1 or len(come) > 1 or bears(old.answer, new.answer) >= _KNOWN:
        return False
    return OSA.distance(*gone, *come, score_cutoff=1) > 1


def another_glyph(one: Words, asked: Likeness) -> bool:
    """Whether a prompt of a word or two, in a script without spaces, differs in one sign: 에게 and 에게서."""
    changed = asked.removed | asked.added
    few = len(asked.removed) <= 1 and len(asked.added) <= 1 and len(one.content) <= 6
    return few and bool(changed) and all(map(is_glyph, changed))
