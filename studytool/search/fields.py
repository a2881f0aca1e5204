"""The fields of the search language, and what may stand after each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from studytool.search.query import Date, Days, Number, Relative, Value

SIDES = ("front", "back")
"""Words on one side of a card."""
NAMES = ("topic", "tag", "path", "note", "demo", "dialect")
"""Fields that have a name; `*` stands for any text in it."""
FLAGS: dict[str, tuple[str, ...]] = {
    "is": (
        *("new", "learning", "relearning", "review", "due", "leech"),
        *("aside", "suspended", "buried", "rejected"),
        *("question", "basic", "cloze", "open", "choice"),
    ),
    "has": ("answer", "code", "demo", "history", "image", "math", "tag"),
    "graded": ("again", "hard", "good", "easy"),
    "kind": ("basic", "cloze", "open", "choice"),
    "level": ("explicit", "structured", "derived"),
}
"""Fields with few values, all of them known."""
MEASURES = ("due", "answered", "introduced", "interval", "stability", "difficulty", "recall", "reviews", "lapses")
"""Fields that can be compared."""
FIELDS = (*SIDES, *NAMES, *FLAGS, *MEASURES)

OTHER_NAMES = {
    **dict.fromkeys(("deck", "subject", "title"), "topic"),
    **dict.fromkeys(("tags", "label"), "tag"),
    **dict.fromkeys(("file", "folder", "dir", "filename"), "path"),
    **dict.fromkeys(("state", "card"), "is"),
    **dict.fromkeys(("type", "template"), "kind"),
    **dict.fromkeys(("rated", "grade", "rating"), "graded"),
    **dict.fromkeys(("last", "reviewed", "seen", "studied"), "answered"),
    **dict.fromkeys(("added", "created", "first"), "introduced"),
    **dict.fromkeys(("ivl", "days"), "interval"),
    **dict.fromkeys(("s", "stab"), "stability"),
    **dict.fromkeys(("d", "ease", "diff"), "difficulty"),
    **dict.fromkeys(("r", "retrievability", "retention"), "recall"),
    **dict.fromkeys(("reps", "count"), "reviews"),
    **dict.fromkeys(("lapse", "fails"), "lapses"),
    **dict.fromkeys(("question", "prompt", "q"), "front"),
    **dict.fromkeys(("answer", "a"), "back"),
}
"""What other programs, or a guess, call a field: only said in errors, so that every field has one name."""
OTHER_VALUES = {
    **dict.fromkeys(("learn", "steps"), "learning"),
    **dict.fromkeys(("unseen", "unstudied"), "new"),
    **dict.fromkeys(("overdue", "waiting"), "due"),
    "bury": "buried",
    **dict.fromkeys(("picture", "img"), "image"),
    **dict.fromkeys(("latex", "formula", "tex"), "math"),
    **dict.fromkeys(("1", "wrong", "forgotten"), "again"),
    **dict.fromkeys(("reviews", "answers"), "history"),
    **dict(zip(("2", "3", "4"), ("hard", "good", "easy"), strict=True)),
}

_LENGTH = re.compile(r"(-?)(\d{1,7}(?:\.\d{1,6})?)(d|w|mo|y|)")
_NUMBER = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)(%?)")
_DAYS_OF = {"": 1, "d": 1, "w": 7, "mo": 30, "y": 365}
_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}


class NoValue(ValueError):
    """What stands after a field is no value of it; the message is a sentence."""


def measured(field: str, text: str) -> Value:
    """The value of a measured field; raises `NoValue`, whose sentence says what it should be."""
    return _READERS[field](field, text.casefold())


def _day(field: str, text: str) -> Value:
    """A length of time from today, a day in a word, or a date."""
    if text in _WORDS:
        return Relative(_WORDS[text])
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return Date(date.fromisoformat(text).toordinal())
    except ValueError:
        raise NoValue(f"There is no day {text}.") from None
    if (found := _LENGTH.fullmatch(text)) and (field == "due" or not found[1]):
        return _days(found)
    raise NoValue(f"`{field}:` takes a time such as `3d`, a date such as `2026-12-01`, or `today`.")


def _length(field: str, text: str) -> Value:
    if (found := _LENGTH.fullmatch(text)) and not found[1]:
        return _days(found)
    raise NoValue(f"`{field}:` takes a number of days such as `30d`, `2w`, `3mo` or `1y`.")


def _days(found: re.Match[str]) -> Days:
    return Days(round(float(found[2]) * _DAYS_OF[found[3]] * (-1 if found[1] else 1), 6) + 0.0)


def _probability(field: str, text: str) -> Value:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NoValue(f"`{field}:` takes a probability such as `0.8` or `80%`.")
    value = round(float(found[1]) / (100 if found[2] else 1), 6)
    if value > 1:
        meant = f"; did you mean `{found[1]}%`?" if not found[2] and value <= 100 else "."
        raise NoValue(f"A probability is at most 1, or 100%{meant}")
    return Number(value)


def _count(field: str, text: str) -> Value:
    found = _NUMBER.fullmatch(text)
    if found is None or found[2]:
        raise NoValue(f"`{field}:` takes a number such as `5`.")
    return Number(float(found[1]))


_READERS: dict[str, Callable[[str, str], Value]] = {
    **dict.fromkeys(("due", "answered", "introduced"), _day),
    **dict.fromkeys(("interval", "stability"), _length),
    "recall": _probability,
    **dict.fromkeys(("difficulty", "reviews", "lapses"), _count),
}
