"""Notes as bytes and back, for the index: every field of every noun but the path, which the reader knows."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from studytool.notes.model import Card, DemoLink, Diagnostic, Note, Option, Question, Reference, Schedule, Span, Topic

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
    Question: {"options": Option},
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


def pack(note: Note) -> bytes:
    """The note without its path, as bytes that `unpack` reads; of this version of the program only."""
    told = marshal.dumps(_packed(note), _FORMAT)
    return zlib.crc32(told).to_bytes(_SUM, "big") + told


def unpack(packed: bytes, path: str) -> Note:
    """The note that was packed, with `path` as its own; `ValueError` for bytes that are not as `pack` made them."""
    if zlib.crc32(packed[_SUM:]).to_bytes(_SUM, "big") != packed[:_SUM]:
        raise ValueError("These bytes were damaged.")
    note: Note = _unpacked(Note, marshal.loads(packed[_SUM:]), path)
    return note


def pack_topic(topic: Topic) -> bytes:
    """A topic without its path, as bytes that `unpack_topic` reads."""
    return marshal.dumps(_packed(topic), _FORMAT)


def unpack_topic(packed: bytes, path: str) -> Topic:
    """The topic that was packed."""
    topic: Topic = _unpacked(Topic, marshal.loads(packed), path)
    return topic


def _packed(value: Any) -> tuple[Any, ...]:
    noun = type(value)
    plain = _VALUES[noun](value)
    if not (nested := _NESTED[noun]):
        return plain
    held = list(plain)
    for at, inner, many in nested:
        if inner is None:
            held[at] = None
        elif many:
            held[at] = tuple(map(_packed, held[at]))
        elif held[at] is not None:
            held[at] = _packed(held[at])
    return tuple(held)


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
