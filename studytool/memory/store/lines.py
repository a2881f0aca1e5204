"""One event as one line of JSON, as logs are exported, imported and passed between devices.

    {"id":"…","ms":1700000000000,"offset":60,"device":"…","sequence":7,"kind":"review","card":"…","version":1,"payload":{…}}

The payload stands last and is the text that was first written, byte for byte: a log that goes through lines and back
is the same log, whichever version of the program wrote its events.
"""

from __future__ import annotations

import json
from json import JSONDecodeError
from json.encoder import encode_basestring as _quoted  # as `json.dumps` writes a string, in a third of the time
from operator import itemgetter
from typing import Any, NamedTuple

_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "ms": int,
    "offset": int,
    "device": str,
    "sequence": int,
    "kind": str,
    "card": (str, type(None)),
    "version": int,
    "payload": dict,
}
_BOUNDS = {
    "ms": (-62_135_596_800_000, 253_402_300_799_999),  # the years 1 to 9999, which `datetime` knows
    "offset": (-1440, 1440),
    "sequence": (0, 2**63 - 1),
    "version": (1, 2**31 - 1),
}
_LONGEST = 200
"""Characters of an id, a device's name, a kind or a key; those of this program have 32 at most."""
_DEEPEST = 100
"""Levels of objects and lists in a payload. Those of this program have 3 at most; what reads JSON ends near 1000."""


class Row(NamedTuple):
    """An event as the table of events holds it: what an `Event` is, with the payload as text."""

    id: str
    ms: int
    offset: int
    device: str
    sequence: int
    kind: str
    card: str | None
    payload: str
    version: int


def to_line(row: Row) -> str:
    """The event as one line, without its end. `ValueError` if the payload is no JSON object."""
    payload = row.payload
    if not payload.startswith("{") or "\n" in payload or "\r" in payload:
        try:
            told = json.loads(payload)
        except RecursionError:
            raise ValueError(_TOO_DEEP) from None
        if not isinstance(told, dict):
            raise ValueError("the payload is not an object")
        payload = _compact(told)
    return f"{_head(row)}{payload}}}"


def from_line(text: str) -> Row:
    """The event that a line holds; `ValueError` saying what is wrong with it: "`ms` should be a whole number"."""
    text = text.strip(" \t\r\n")
    try:
        told = DECODER.decode(text)
    except RecursionError:
        raise ValueError(f"this is not JSON of an event: {_TOO_DEEP}") from None
    except JSONDecodeError as error:
        raise ValueError(f"this is not JSON: {error.msg}, at column {error.colno}") from None
    except ValueError as error:
        raise ValueError(f"this is not JSON: {error}") from None
    if not isinstance(told, dict):
        raise ValueError("an event should be an object")
    if not _is_plain(told):
        for name, kind in _FIELDS.items():
            if name not in told:
                raise ValueError(f"`{name}` is missing")
            _check(name, told[name], kind)
        if strange := told.keys() - _FIELDS.keys():
            raise ValueError(f"`{min(strange)}` is nothing that this version of studytool knows")
    id_, ms, offset, device, sequence, kind, card, version, payload = _in_order(told)
    if text.count("{") + text.count("[") > _DEEPEST and _is_deep(payload):
        raise ValueError(_TOO_DEEP)
    head = _head(Row(id_, ms, offset, device, sequence, kind, card, "", version))
    kept = text[len(head) : -1] if text.startswith(head) else ""
    return Row(id_, ms, offset, device, sequence, kind, card, kept or _compact(payload), version)


_in_order = itemgetter(*_FIELDS)


def _is_plain(told: dict[str, Any]) -> bool:
    """Whether an event is such as this program writes: true of nearly all, and then no more needs to be checked."""
    if told.keys() != _FIELDS.keys():
        return False
    id_, ms, offset, device, sequence, kind, card, version, payload = _in_order(told)
    return (
        type(id_) is type(device) is type(kind) is str
        and type(ms) is type(offset) is type(sequence) is type(version) is int
        and (card is None or (type(card) is str and card.isascii() and 0 < len(card) <= _LONGEST))
        and type(payload) is dict
        and (id_ + device + kind).isascii()
        and min(len(id_), len(device), len(kind)) > 0
        and max(len(id_), len(device), len(kind)) <= _LONGEST
        and 0 <= ms < 253_402_300_800_000
        and -1440 <= offset <= 1440
        and 0 <= sequence < 2**63
        and 1 <= version < 2**31
    )


_TOO_DEEP = f"`payload` should have at most {_DEEPEST} levels of objects and lists"


def _is_deep(value: object) -> bool:
    """Whether there are more levels than an event may have."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _refused(word: str) -> object:
    raise ValueError(f"{word} is no number")


DECODER = json.JSONDecoder(parse_constant=_refused)
"""Reads JSON, and refuses NaN and Infinity, which other programs would not read."""


def _check(name: str, value: Any, kind: type | tuple[type, ...]) -> None:
    if not isinstance(value, kind) or isinstance(value, bool):
        words = {str: "a string", int: "a whole number", dict: "an object"}
        raise ValueError(f"`{name}` should be {words.get(kind, 'a string or null')}")  # type: ignore[arg-type]
    if isinstance(value, int):
        low, high = _BOUNDS[name]
        if not low <= value <= high:
            raise ValueError(f"`{name}` should lie between {low} and {high}")
    if isinstance(value, str):
        if len(value) > _LONGEST or not value:
            raise ValueError(f"`{name}` should have 1 to {_LONGEST} characters")
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise ValueError(f"`{name}` holds half a character")


def _head(row: Row) -> str:
    """All of a line before its payload."""
    id_, ms, offset, device, sequence, kind, card, _, version = row
    on = "null" if card is None else _quoted(card)
    return (
        f'{{"id":{_quoted(id_)},"ms":{ms},"offset":{offset},"device":{_quoted(device)},"sequence":{sequence},'
        f'"kind":{_quoted(kind)},"card":{on},"version":{version},"payload":'
    )


def _compact(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can hold and UTF-8 cannot
        text = json.dumps(value, separators=(",", ":"))
    return text
