"""Whether a prompt stands in a longer one as its first sentences, or its last, and the answer tells that both ask it.

A case that is told before a question leaves it as it is, whatever the case says; so does a question that follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.wording import Words

if TYPE_CHECKING:
    from studytool.notes.likeness import Likeness

_END = re.compile(r"[.!?:]['\")\]]?\s|\n|[。！？：]")
"""Where a sentence, or a line, ends before another."""
_FEW = 2
"""Words that a question has at least: "Why?" may follow any."""
_TYPED = 25
"""Letters and signs by which a question may be longer, or shorter, for how it is typed."""
_BRIEF, _LONG = 5, 8
"""Words that tell something in an answer that stayed, and in one that changed."""


def asked_whole(one: Words, other: Words, told: Likeness, bearing: int) -> bool:
    """Whether the longer of two prompts has all of the shorter one as sentences of its own, and the answers agree.

    `told` is how these compare, `bearing` how many of their words tell something.
    """
    if told.shared < 0.85 and (told.shared < 0.5 or told.contained < 0.95):
        return False
    if bearing < (_BRIEF if told.shared == 1.0 else _LONG):
        return False
    short, long = sorted((one, other), key=lambda words: len(words.form))
    length = len(short.form)
    if length < _FEW or length == len(long.form):
        return False
    text, least, most = long.text.strip(), len(short.text.strip()) - _TYPED, len(short.text.strip()) + _TYPED
    if long.form[-length:] == short.form:
        ends = (end.end() for end in _END.finditer(text, max(0, len(text) - most)))
        return any(len(text) - end >= least and Words(text[end:]).same(short) for end in ends)
    if long.form[:length] == short.form:
        ends = (end.end() for end in _END.finditer(text, max(0, least), most))
        return any(Words(text[:end]).same(short) for end in ends)
    return False
