"""What a long log amounted to, in files that can be deleted at any time: they are made again from the log.

Two files a log: what is needed at each start, and the answers as columns, which only other rules need. Each holds a
checksum over all of it, the log that it was made from and the last row that it knows. What is odd is not believed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from studytool.memory.base import Answered, Base, States, Told
from studytool.memory.events import Event
from studytool.memory.store.rows import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from studytool.memory.store.sqlite import Store

_MAGIC = b"studytool memory 3\n"
_HEAD = len(_MAGIC) + 4 + 8  # the checksum of all that follows it, and the length of the words
_PROBES = 32
_TOLD = ("flags", "buried_ms", "buried_offset", "text", "written", "schedule", "group", "begin", "end", "last", "rows")
_MEMORY = ("stability", "difficulty", "phase", "step", "reviews", "lapses")
_STATES = (*_MEMORY, "wait", "given", "last", "offset", "day", "chosen")
_REVIEWS = ("card", "ms", "offset", "day", "grade", "took", "imported", "days")
_SIZES = {"?": 1, "b": 1, "h": 2, "i": 4, "q": 8, "d": 8}


class Content(NamedTuple):
    """What a file holds: words as JSON has them, and columns of numbers by name."""

    words: dict[str, Any]
    columns: dict[str, memoryview]


def packed(content: Content) -> bytes:
    """The bytes of a file."""
    table = {name: (_code(column), len(column)) for name, column in content.columns.items()}
    told = {"order": sys.byteorder, "table": table, "words": content.words}
    words = json.dumps(told, separators=(",", ":")).encode()  # ASCII: a key may hold half a character
    words += b" " * (-(_HEAD + len(words)) % 8)
    parts = [len(words).to_bytes(8, "little"), words]
    for column in content.columns.values():
        parts += [column.tobytes(), bytes(-column.nbytes % 8)]
    rest = b"".join(parts)
    return _MAGIC + crc32(rest).to_bytes(4, "little") + rest


def _code(column: memoryview) -> str:
    """The format of a column by the size of its numbers: what numpy calls a long is not the same everywhere."""
    return column.format if column.format in "?d" else {1: "b", 2: "h", 4: "i", 8: "q"}[column.itemsize]


def unpacked(data: bytes) -> Content | None:
    """What the bytes hold; None where they are not whole or of another version or machine."""
    whole = memoryview(data)
    if len(data) < _HEAD or whole[: len(_MAGIC)] != _MAGIC:
        return None
    if crc32(whole[len(_MAGIC) + 4 :]) != int.from_bytes(whole[len(_MAGIC) : len(_MAGIC) + 4], "little"):
        return None
    end = _HEAD + int.from_bytes(whole[_HEAD - 8 : _HEAD], "little")
    told = json.loads(bytes(whole[_HEAD:end]))
    if told["order"] != sys.byteorder:
        return None
    columns = {}
    for name, (code, length) in told["table"].items():
        size = _SIZES[code] * length
        columns[name] = whole[end : end + size].cast(code)
        end += size + -size % 8
    return Content(told["words"], columns)


class Cache:
    """The files of one log in a folder."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._store = store
        self._reopened = store.reopened
        place = crc32(os.fsencode(os.path.realpath(store.path)))
        self._path = folder / f"{store.device[:32]}-{place:08x}.memory"
        self._answers = self._path.with_suffix(".reviews")

    def read(self) -> Base | None:
        """The base that was kept; None where there is none that can be believed."""
        content = self._read(self._path)
        if content is None:
            return None
        words, columns = content
        rows = Rows(self._store, words["log"]["rows"], self._reopened)
        try:
            if any(len(columns[name]) != len(words["keys"]) for name in columns if name != "told.rows"):
                return None
            return Base(
                rows=rows.last,
                keys=words["keys"],
                told=Told(**{name: columns[f"told.{name}"] for name in _TOLD}),
                states=States(
                    model=tuple(words["model"]),
                    rollover=words["rollover"],
                    steps=(tuple(words["steps"][0]), tuple(words["steps"][1])),
                    **{name: columns[f"states.{name}"] for name in _STATES},
                    seeds={int(number): seed for number, seed in words["seeds"].items()},
                    marks={int(mark): count for mark, count in words["marks"].items()},
                ),
                undos=[(id_, target) for id_, target in words["undos"]],
                relinks=[Event(*row) for row in words["relinks"]],
                loose=[Event(*row) for row in words["loose"]],
                source=rows,
                answers=lambda: self._answered(rows, words["keys"]),
            )
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, base: Base) -> None:
        """Write a base down. A folder that cannot be written does no harm."""
        words = {
            "log": self._sign(base.rows),
            "keys": base.keys,
            "model": base.states.model,
            "rollover": base.states.rollover,
            "steps": base.states.steps,
            "seeds": base.states.seeds,
            "marks": base.states.marks,
            "undos": base.undos,
            "relinks": [_row(event) for event in base.relinks],
            "loose": [_row(event) for event in base.loose],
        }
        columns = {f"told.{name}": getattr(base.told, name) for name in _TOLD}
        columns |= {f"states.{name}": getattr(base.states, name) for name in _STATES}
        _write(self._path, Content(words, columns))

    def keep_answers(self, rows: int, answers: Answered) -> None:
        """Write the answers of the first rows down as columns."""
        reviews, attempts = answers
        words = {
            "log": self._sign(rows),
            "rollover": reviews.rollover,
            "schedules": reviews.schedules,
            "seeds": reviews.seeds,
        }
        columns = {name: getattr(reviews, name).data for name in _REVIEWS}
        columns |= {"attempts.ms": attempts[0].data, "attempts.offset": attempts[1].data}
        _write(self._answers, Content(words, columns))

    def _answered(self, rows: Rows, keys: list[str]) -> Answered:
        """The answers as columns, from their file or else from the log."""
        import numpy as np

        from studytool.memory.columns import Reviews
        from studytool.memory.rebuild import rebuilt

        content = self._read(self._answers)
        if content is not None and content.words["log"]["rows"] == rows.last:
            with suppress(KeyError, TypeError, ValueError):
                words, columns = content
                arrays = {name: np.asarray(column) for name, column in columns.items()}
                found = Reviews(
                    keys=keys,
                    **{name: arrays[name] for name in _REVIEWS},
                    schedules={int(row): schedule for row, schedule in words["schedules"].items()},
                    seeds={int(row): seed for row, seed in words["seeds"].items()},
                    rollover=words["rollover"],
                )
                return Answered(found, (arrays["attempts.ms"], arrays["attempts.offset"]))
        again = rebuilt(rows)
        assert again is not None, "a base is made only of rows that are numbered one by one"
        self.keep_answers(rows.last, again.answers)
        return again.answers

    def _read(self, path: Path) -> Content | None:
        """What a file holds, if it was made from this log and the log still begins as it did then."""
        try:
            content = unpacked(path.read_bytes())
            if content is None:
                return None
            kept = content.words["log"]
            is_ours = type(kept["rows"]) is int and kept["rows"] > 0 and kept == self._sign(kept["rows"])
        except (OSError, KeyError, TypeError, ValueError, IndexError, RecursionError):
            return None
        return content if is_ours else None

    def _sign(self, last: int) -> dict[str, Any]:
        """What tells a log from another, and from what it was before: the ids of some rows up to the last one."""
        rows = sorted({max(1, last * step // _PROBES) for step in range(1, _PROBES + 1)})
        return {"rows": last, "ids": Rows(self._store, last, self._reopened).ids(rows)}


def _row(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in Event.__dataclass_fields__)


def _write(path: Path, content: Content) -> None:
    """Put a file in its place, whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_bytes(packed(content))
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
