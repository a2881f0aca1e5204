"""Notes as plain tuples and as bytes, and back, for the index: every field of every noun but the path.

The path of a note is what the user would type, which only whoever reads the index knows.
"""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from studytool.notes.model import Card, DemoLink, Diagnostic, Note, Option, Question, Reference, Schedule, Span, Topic

Plain = tuple[Any, ...]
"""The fields of a noun in their order, nouns among them as plain too, and None for the path."""
_SUM = 4
"""Bytes of the checksum before a note: `marshal` does anything with bytes that it did not write."""
_FORMAT = 2
"""The last of marshal's formats that writes the same bytes for the same values, whoever else holds them."""

# What stands in fields that hold other nouns: one of them or None, or a tuple of them. All others are plain values.
_ONE: dict[type, dict[str, type]] = {
    Note: {"topic": Topic},
    Topic: {"demo": DemoLink},
    Card: {"span": Span, "demo": DemoLink, "schedule": Schedule},
    Question: {"span": Span, "demo": DemoLink},
    Diagnostic: {"span": Span},
}
_MANY: dict[type, dict[str, type]] = {
    Note: {"cards": Card, "questions": Question, "diagnostics": Diagnostic, "references": Reference},
    Question: {"options": Option, "partly": Option},
}
_FIELDS: dict[type, tuple[tuple[str, type | None, bool], ...]] = {
    noun: tuple(
        (field.name, _ONE.get(noun, {}).get(field.name) or many, many is not None)
        for field in fields(noun)
        for many in (_MANY.get(noun, {}).get(field.name),)
    )
    for noun in (Note, Topic, Card, Question, Option, Diagnostic, Span, DemoLink, Schedule, Reference)
}
_NESTED = {
    noun: tuple((at, inner, many) for at, (name, inner, many) in enumerate(names) if inner or name == "path")
    for noun, names in _FIELDS.items()
}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    noun: attrgetter(*(name for name, _, _ in names)) for noun, names in _FIELDS.items()
}
"""The values of all fields of a noun, in their order."""


_AT = {noun: {name: at for at, (name, _, _) in enumerate(names)} for noun, names in _FIELDS.items()}
_NOTE, _SCHEDULE = _AT[Note], _AT[Card]["schedule"]
_LINE, _COLUMN, _END = (_AT[Span][name] for name in ("line", "column", "end_line"))
CARD_FRONT, CARD_DEMO, CARD_SOURCE = (_AT[Card][name] for name in ("front", "demo", "source"))
QUESTION_DEMO, QUESTION_SOURCE = _AT[Question]["demo"], _AT[Question]["source"]


def _place_in(noun: type) -> Callable[[Plain], tuple[int, int]]:
    span = _AT[noun]["span"]
    return lambda told: (told[span][_LINE], told[span][_COLUMN])


def end_of(told: Plain, noun: type) -> int:
    """The last line of a plain card or question."""
    end: int = told[_AT[noun]["span"]][_END]
    return end


place_of_card = _place_in(Card)
place_of_question = _place_in(Question)
place_of_diagnostic = _place_in(Diagnostic)
"""The line and column of each, as a plain tuple."""


def _in_study(noun: type) -> Callable[[Plain], tuple[tuple[int, int], tuple[int, int, str], str]]:
    """What is known of a card in study: its place, the text it is made of, its key."""
    span, dialect, key = (_AT[noun][name] for name in ("span", "dialect", "key"))

    def told_by(told: Plain) -> tuple[tuple[int, int], tuple[int, int, str], str]:
        at = told[span]
        return (at[_LINE], at[_COLUMN]), (at[_LINE], at[_END], told[dialect]), told[key]

    return told_by


_studied_as = {noun: _in_study(noun) for noun in (Card, Question)}


def plain(value: Any) -> Plain:
    """A noun as a tuple of its fields, those that are nouns as tuples too; None for its path."""
    noun = type(value)
    told = _VALUES[noun](value)
    if not (nested := _NESTED[noun]):
        return told
    held = list(told)
    for at, inner, many in nested:
        if inner is None:
            held[at] = None
        elif many:
            held[at] = tuple(map(plain, held[at]))
        elif held[at] is not None:
            held[at] = plain(held[at])
    return tuple(held)


def note_of(told: Plain, path: str) -> Note:
    """The note of which `plain` made `told`, with `path` as its own."""
    note: Note = _unpacked(Note, told, path)
    return note


class Summary(NamedTuple):
    """What is known of a plain note without making it: its topic, and the keys and siblings of `Note.studied`.

    `keys` has 16 bytes a card, `siblings` 4, or none where no two cards share a text. `scheduled` says whether a card
    carries another program's schedule.
    """

    name: str
    topic: bytes
    keys: bytes
    scheduled: bool
    siblings: bytes


def summary(told: Plain) -> Summary:
    """The summary of a plain note."""
    topic = told[_NOTE["topic"]]
    studied = [*map(_studied_as[Card], told[_NOTE["cards"]]), *map(_studied_as[Question], told[_NOTE["questions"]])]
    if told[_NOTE["questions"]]:
        studied.sort(key=itemgetter(0))
    places = [one[1] for one in studied]
    numbers: dict[tuple[int, int, str], int] = {}
    if len(set(places)) < len(places):
        shared = [place for place, often in Counter(places).items() if often > 1]
        numbers = {place: number for number, place in enumerate(shared, start=1)}
    return Summary(
        name=topic[_AT[Topic]["name"]],
        topic=marshal.dumps(topic, _FORMAT),
        keys=bytes.fromhex("".join([one[2] for one in studied])),
        scheduled=any(one[_SCHEDULE] for one in told[_NOTE["cards"]]),
        siblings=array("I", [numbers.get(place, 0) for place in places]).tobytes() if numbers else b"",
    )


def pack(told: Plain) -> bytes:
    """A plain note as bytes that `unpack` reads; of this version of the program only."""
    packed = marshal.dumps(told, _FORMAT)
    return zlib.crc32(packed).to_bytes(_SUM, "big") + packed


def unpack(packed: bytes, path: str) -> Note:
    """The note that was packed, with `path` as its own; `ValueError` for bytes that are not as `pack` made them."""
    if zlib.crc32(packed[_SUM:]).to_bytes(_SUM, "big") != packed[:_SUM]:
        raise ValueError("These bytes were damaged.")
    return note_of(marshal.loads(packed[_SUM:]), path)


def unpack_topic(packed: bytes, path: str) -> Topic:
    """The topic of a `Summary`, with `path` as its own."""
    topic: Topic = _unpacked(Topic, marshal.loads(packed), path)
    return topic


def _unpacked(noun: type, plain: tuple[Any, ...], path: str) -> Any:
    held: list[object] = list(plain)
    for at, inner, many in _NESTED[noun]:
        if inner is None:
            held[at] = path
        elif many:
            held[at] = tuple([_unpacked(inner, one, path) for one in plain[at]])
        elif plain[at] is not None:
            held[at] = _unpacked(inner, plain[at], path)
    return noun(*held)
