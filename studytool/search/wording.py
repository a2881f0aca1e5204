"""A query in words: "cards of topic cnn due in less than 3 days, not suspended"."""

from __future__ import annotations

from studytool.search.query import (
    Compare,
    Date,
    Days,
    Flag,
    Name,
    Not,
    Number,
    Operator,
    Or,
    Query,
    Relative,
    Text,
    conjuncts,
)

_NAMES = {
    "topic": "of topic {}",
    "tag": "with the tag {}",
    "path": "in files whose path holds {}",
    "note": "of the note {}",
    "demo": "with the demo {}",
    "dialect": "written as {}",
}
_FLAGS = {
    "due": "due now",
    "leech": "leeches",
    "aside": "put aside",
    "question": "written as questions",
    "learning": "being learned",
    "relearning": "being learned again",
    "review": "learned",
    "demo": "with a demo",
    "history": "answered before",
    "tag": "with a tag",
    "image": "with an image",
    "answer": "with an answer",
    "code": "with code",
    "math": "with mathematics",
}
_SIGNS: dict[Operator, str] = {
    "<": "less than ",
    "<=": "at most ",
    "=": "",
    ">=": "at least ",
    ">": "more than ",
}
_DAYS: dict[Operator, str] = {"<": "before ", "<=": "by ", "=": "on ", ">=": "from ", ">": "after "}
_MEASURES = {
    "interval": "with an interval of {}",
    "stability": "with a stability of {}",
    "difficulty": "with a difficulty of {}",
    "recall": "with a recall of {}",
    "reviews": "with {} reviews",
    "lapses": "with {} lapses",
}
_VERBS = {"due": "due", "answered": "last answered", "introduced": "first answered"}


def describe(query: Query) -> str:
    """What a query finds, in words."""
    parts = conjuncts(query)
    told = ", ".join(_told(part) for part in parts)
    return f"cards {told}" if told else "all cards"


def _told(query: Query) -> str:
    match query:
        case Text(text, side):
            return f"with “{text}”{f' on the {side}' if side else ''}"
        case Name(field, pattern):
            return _NAMES[field].format(pattern)
        case Flag("graded", value):
            return f"last answered “{value}”"
        case Flag("kind" | "level", value):
            return f"of the {query.field} {value}"
        case Flag(_, value):
            return _FLAGS.get(value, value)
        case Compare():
            return _compared(query)
        case Not(part):
            return f"not {_grouped(part)}"
        case Or(parts):
            return " or ".join(map(_grouped, parts))
    return ", ".join(map(_told, conjuncts(query)))


def _grouped(query: Query) -> str:
    return f"({_told(query)})" if isinstance(query, Or) or len(conjuncts(query)) > 1 else _told(query)


def _compared(leaf: Compare) -> str:
    value = leaf.value
    if leaf.field not in _VERBS:
        said = f"{value.value:.0%}".replace("%", " %") if leaf.field == "recall" and isinstance(value, Number) else ""
        said = said or (_days(value.count) if isinstance(value, Days) else str(value))
        return _MEASURES[leaf.field].format(_SIGNS[leaf.operator] + said)
    verb = _VERBS[leaf.field]
    if isinstance(value, Days):
        away = _SIGNS[leaf.operator] + _days(abs(value.count))
        if leaf.field != "due":
            return f"{verb} {away} ago"
        return f"due in {away}" if value.count >= 0 else f"due {_turned(leaf.operator)}{_days(-value.count)} ago"
    day = str(value)
    if isinstance(value, Relative) and leaf.operator == "=":
        return f"{verb} {day}"
    assert isinstance(value, Date | Relative), "what is no length is a day"
    return f"{verb} {_DAYS[leaf.operator]}{day}"


def _turned(operator: Operator) -> str:
    """The words for a comparison of days that lie back: less than -2 is more than 2 ago."""
    turned: dict[Operator, Operator] = {"<": ">", "<=": ">=", "=": "=", ">=": "<=", ">": "<"}
    return _SIGNS[turned[operator]]


def _days(count: float) -> str:
    return f"{Number(count)} day{'s' * (count != 1)}"
