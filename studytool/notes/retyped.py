"""Whether two prompts differ in nothing but how they were typed: what edits of signs and blanks leave as it was."""

from __future__ import annotations

import re
from itertools import zip_longest

from studytool.notes.wording import Words

_SECTION = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[^\W\d_]{2})")
"""The number of a section before its title, as in "1.10 Why …"."""
_LIGATURES = re.compile("ff[il]?|f[il]")
"""Letters that are joined in print, and go lost where text is copied from a page."""
_SENTENCE = 6
"""Words from which a prompt is known by more than how each of them is typed."""


def retyped(one: Words, other: Words, answer: float, same_answer: bool) -> bool:
    """Whether two prompts of one note say the same, typed, or numbered as a part of a book, in another way.

    Blanks within numbers and words, and letters that a copied page lost, tell nothing where the answer is the same; the
    number of a section nothing where at least half of the answer is (`answer`, 0 to 1); a plural never does in a full
    sentence.
    """
    if answer >= 0.5 and _numbered(one.text, other.text):
        return True
    sentence = min(len(one.compared), len(other.compared)) >= _SENTENCE and one.negations == other.negations
    if same_answer and sentence and _joined(one) == _joined(other):
        return True
    brief = min(len(one.content), len(other.content)) < 3 or len(one.compared) < 5
    if brief or one.asking != other.asking or one.formulas or other.formulas:
        return False
    pairs = zip_longest(one.compared, other.compared, fillvalue="")
    return all(b in (a, f"{a}s") or a == f"{b}s" for a, b in pairs)


def _numbered(one: str, other: str) -> bool:
    """Whether one of two texts is the other with the number of a section before it."""
    bare, rest = (_SECTION.sub("", text, count=1) for text in (one, other))
    return (bare == one) != (rest == other) and Words(bare).same(Words(rest))


def _joined(words: Words) -> str:
    """The letters and signs of a text without what stands between them."""
    return _LIGATURES.sub("", "".join(words.compared).replace(".", ""))
