"""Whether two questions are one task: the same code and options in other words, or one that was given options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.plain import plain_words

if TYPE_CHECKING:
    from studytool.notes.relink import Known
    from studytool.notes.side import Side

_CODE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)^(?P=fence)", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"(?<!:)//[^\n]*")
_TYPED = re.compile(r"[\s;]+")
_LAST_COMMA = re.compile(r",(?=[\])}])")
_LEAST_CODE = 20
"""Signs of code, blanks aside, that tell a task."""
_LEAST_WORDS = 5
"""Words of a question that is known again with options below it."""
_OPTION = "- "


def same_task(old: Side, new: Side) -> bool:
    """Whether two cards of one note set the same task, however it is worded."""
    return _coded_alike(old.card, new.card) or _given_options(old, new) or _given_options(new, old)


def _coded_alike(one: Known, other: Known) -> bool:
    """Whether two questions have the same code, the same options, and of these the same right one."""
    told, retold = _options(one), _options(other)
    if one.kind != other.kind or not told or {_bare(each) for each in told} != {_bare(each) for each in retold}:
        return False
    code = _code(one)
    return len(code) >= _LEAST_CODE and code == _code(other) and _bare(_right(one)) == _bare(_right(other))


def _given_options(old: Side, new: Side) -> bool:
    """Whether a question that had its options, or the right one, in its answer became one that is chosen from."""
    options, asked = _options(new.card), old.prompt.form
    if old.card.kind != "basic" or len(options) < 2 or len(asked) < _LEAST_WORDS:
        return False
    if new.prompt.form[: len(asked)] != asked:
        return False
    answer = set(plain_words(old.card.back.casefold()))
    held = [bool(words) and answer.issuperset(words) for words in (plain_words(one.casefold()) for one in options)]
    right = plain_words(_right(new.card).casefold())
    return all(held) or (new.prompt.form == asked and bool(right) and answer == set(right))


def _options(card: Known) -> list[str]:
    """The options below the prompt of a choice, each as it is written."""
    _, mark, listed = card.front.rpartition(f"\n\n{_OPTION}")
    return listed.split(f"\n{_OPTION}") if mark and card.kind == "choice" else []


def _right(card: Known) -> str:
    """The right option of a choice, without the explanation."""
    return card.back.partition("\n\n")[0]


def _code(card: Known) -> str:
    """The code in the prompt of a card as it runs: blanks, comments and kinds of quotes say nothing."""
    return "".join(_bare(_COMMENT.sub("", found["code"])) for found in _CODE.finditer(card.front))


def _bare(text: str) -> str:
    """A piece of code without what may be typed or left out as one likes."""
    return _LAST_COMMA.sub("", _TYPED.sub("", text.replace("'", '"')))
