"""A log as the table that FSRS optimizers read: an answer a row, and back.

    card_id,review_time,review_rating,review_state,review_duration
    5f0c…,1700000000000,3,2,4100

The time is in milliseconds since 1970 (UTC), the rating 1 to 4, the state before the answer 0 new, 1 learning,
2 review or 3 relearning, the duration in milliseconds. Only answers that stand are rows: what was undone is not, and a
card that was edited has one id for its whole history, the present one.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.changes import Moves, stands
from studytool.memory.events import ANSWERS, EVENT_VERSION, Moment, uuid7
from studytool.memory.imported import schedule_of, taken_over
from studytool.memory.schedule import Rules, Trail, advance
from studytool.memory.store.lines import Row
from studytool.memory.store.transfer import Trouble, numbered
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

FIELDS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
NEEDED = FIELDS[:3]
"""The columns without which there is no answer."""
DEVICE = "csv"
"""The device of answers that come from a table: whoever imports it where, they are the same events."""
_STATES = {"learning": 1, "review": 2, "relearning": 3}
LATEST = 253_402_214_399_999
"""A day before the year 9999 ends, in milliseconds, so that it is that year everywhere."""
_ONE_DIGIT = ("review_rating", "review_state")
SECONDS = range(10**9, 10**10)
"""Times that look like seconds, from 2001 on; as milliseconds, that is before May 1970."""
_LONGEST = 200  # characters of a key, as in `lines`
_NAMED = 80  # characters of the names of columns
_MANY = 500


class Answer(NamedTuple):
    """A row of the table."""

    card_id: str
    review_time: int
    review_rating: int
    review_state: int
    review_duration: int


# -- out ------------------------------------------------------------------------------------------------------------


def changes_in(rows: Iterable[Row]) -> Changes:
    """What the undos and relinks of a log, given as rows in its order, do to its other events."""
    undos: dict[str, list[str]] = {}
    relinks = []
    for row in rows:
        payload = _payload(row)
        if row.kind == "undo" and isinstance(event := payload.get("event"), str):
            undos.setdefault(event, []).append(row.id)
        elif row.kind == "relink" and isinstance(source := payload.get("from"), str) and row.card not in (None, source):
            relinks.append((row, source))
    standing = ((row, source) for row, source in relinks if _stands(row.id, undos))
    return Changes(undos, Moves((place(row), source, str(row.card)) for row, source in standing))


class Changes(NamedTuple):
    """What counts no longer, and which card's history has become which other's."""

    undos: dict[str, list[str]]
    """The ids of the undos that name an event."""
    moves: Moves[str, tuple[int, str, int, str]]

    def stands(self, event: str) -> bool:
        """Whether no undo that itself stands names the event of this id."""
        return _stands(event, self.undos)

    def key_of(self, row: Row) -> str:
        """The key of the card that the event belongs to now."""
        return self.moves.owner(str(row.card), place(row))


def _stands(event: str, undos: Mapping[str, list[str]]) -> bool:
    return event not in undos or stands(event, lambda one: undos.get(one, ()))


def place(row: Row) -> tuple[int, str, int, str]:
    """Where an event stands in the order of the log."""
    return row.ms, row.device, row.sequence, row.id


def answers_in(rows: Iterable[Row], changes: Changes, rules: Rules | None = None) -> Iterator[Answer]:
    """The answers that stand among the events of a log in its order: by time, and by card where that is the same."""
    trails: dict[str, Trail] = {}
    found = _answers(rows, changes, trails, rules or Rules())
    for _, same in groupby(found, attrgetter("review_time")):
        yield from sorted(same, key=attrgetter("card_id"))


def _answers(rows: Iterable[Row], changes: Changes, trails: dict[str, Trail], rules: Rules) -> Iterator[Answer]:
    for row in rows:
        if row.kind not in ANSWERS or row.card is None or not changes.stands(row.id):
            continue
        payload, key, when = _payload(row), changes.key_of(row), Moment(row.ms, row.offset)
        grade, trail = _within(payload.get("grade"), 1, 4), trails.get(key)
        if row.kind == "imported" and payload.get("grade") is None:
            schedule = schedule_of(payload)
            if schedule is not None and (trail is None or trail.given is not None):
                trails[key] = taken_over(rules, schedule, when, key)
            continue
        if grade is None:
            continue
        state = _within(payload.get("state"), 0, 3) if row.kind == "imported" else None
        if state is None:
            state = 0 if trail is None else _STATES[trail.phase]
        yield Answer(key, row.ms, grade, state, _within(payload.get("took_ms"), 0, LATEST) or 0)
        if trail is None:
            trail = trails[key] = Trail()
        advance(rules, trail, grade, when, key)


def _payload(row: Row) -> Mapping[str, Any]:
    try:
        told = json.loads(row.payload)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def grade_of(row: Row) -> int | None:
    """The grade of an answer, None for what is no answer."""
    return _within(_payload(row).get("grade"), 1, 4)


def _within(value: object, low: int, high: int) -> int | None:
    """The value if it is a whole number within bounds."""
    return value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None


def answered(rows: Iterable[Row], changes: Changes) -> set[int]:
    """Which cards were answered when, whether that stands or not: a mark for each, see `mark`."""
    marks: set[int] = set()
    for row in rows:
        marks.update((mark(str(row.card), row.ms), mark(changes.key_of(row), row.ms)))
    return marks


def mark(card: str, ms: int) -> int:
    """A number for an answer to a card at a time; a set of them takes a third of what the pairs would."""
    return hash((card, ms))


def table_of(answers: Iterable[Answer]) -> Iterator[bytes]:
    """The text of the table, in pieces."""
    yield f"{','.join(FIELDS)}\n".encode()
    answers = iter(answers)
    while many := list(islice(answers, _MANY)):
        piece = io.StringIO(newline="")
        csv.writer(piece, lineterminator="\n").writerows(many)
        yield piece.getvalue().encode()


# -- in -------------------------------------------------------------------------------------------------------------


def rows_from_table(file: BinaryIO, name: str, trouble: Trouble, offset_of: Callable[[int], int]) -> Iterator[Row]:
    """The events of a table; what is wrong with a row goes to `trouble` with `name` and the number of its line.

    Columns may stand in any order, others among them; state and duration may be missing. `offset_of` tells the local
    time's distance from UTC, in minutes, at a time in milliseconds. The same answer, given at the same distance, always
    makes the same event, and an id stands for one content. Ratings of 0, which are changes by hand, are counted only.
    """
    from hashlib import blake2b

    last: tuple[str, int] | None = None
    nth = 0
    for answer in _read(file, name, trouble):
        if not answer.review_rating:
            trouble.by_hand += 1
            continue
        same = answer[:2]
        nth = nth + 1 if same == last else 0  # answers of one card at one time keep their order
        last = same
        payload = f'{{"grade":{answer[2]},"took_ms":{answer[4]},"state":{answer[3]}}}'
        if answer.review_state < 0:
            payload = f'{{"grade":{answer[2]},"took_ms":{answer[4]}}}'
        offset = offset_of(answer.review_time)
        told = "\x1f".join(map(str, (*answer[:2], nth, offset, payload))).encode("utf-8", "replace")
        yield Row(
            id=uuid7(answer.review_time, blake2b(told, digest_size=10).digest()),
            ms=answer.review_time,
            offset=offset,
            device=DEVICE,
            sequence=nth,
            kind="imported",
            card=answer.card_id,
            payload=payload,
            version=EVENT_VERSION,
        )


def _read(file: BinaryIO, name: str, trouble: Trouble) -> Iterator[Answer]:
    """The rows of a table, a line each: a quotation mark that is not closed costs its own line, and no other."""
    names: list[str] | None = None
    for number, text in numbered(file, name, trouble):
        try:
            cells = _cells(text)
            if names is None:
                names = _names(cells)
                continue
            if not text.endswith("\n") and not _is_whole(cells, names):
                raise ValueError(_TORN)
            yield _answer(dict(zip(names, cells, strict=False)))
        except (ValueError, csv.Error) as problem:
            trouble.add(f"{name}:{number}", problem)
            if names is None:
                return


_TORN = (
    "the last line has no end, so that its last column may be cut off: "
    "write the table again, or end the line if it is whole"
)


def _is_whole(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a line without an end is complete all the same: its last column is there, and one digit is all of it."""
    return len(cells) == len(names) and names[-1] in _ONE_DIGIT and cells[-1] != ""


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader((text,), strict=True))
    except csv.Error as problem:
        if "unexpected end" in str(problem):
            raise ValueError("a quotation mark is not closed") from None
        if "new-line" in str(problem):
            raise ValueError("its lines end in a carriage return alone: save it with usual line ends") from None
        raise


def _names(cells: list[str]) -> list[str]:
    """The names of the columns; `ValueError` where they do not tell which is which."""
    if len(cells) == 1:
        for mark, told in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if mark in cells[0]:
                raise ValueError(f"the columns should be separated by commas, and these are by {told}")
    names = [cell.strip().lower() for cell in cells]
    if missing := [column for column in NEEDED if column not in names]:
        there = one_line(", ".join(names), _NAMED)
        raise ValueError(f"the columns {', '.join(missing)} are needed, and the first line names {there}")
    for column in FIELDS:
        if names.count(column) > 1:
            raise ValueError(f"two columns are called {column}")
    return names


def _answer(cells: Mapping[str, str]) -> Answer:
    card = cells.get("card_id", "")
    if not 0 < len(card) <= _LONGEST:
        raise ValueError(f"`card_id` should have 1 to {_LONGEST} characters")
    rating = _number(cells, "review_rating", 0, 4)
    if not rating:  # a change by hand, whose other columns may hold anything
        return Answer(card, 0, 0, -1, 0)
    when = _number(cells, "review_time", 0, LATEST)
    if when in SECONDS:
        raise ValueError("`review_time` looks like seconds, and should be in milliseconds since 1970: 1000 times that")
    return Answer(
        card,
        when,
        rating,
        _number(cells, "review_state", 0, 3) if cells.get("review_state") else -1,
        _number(cells, "review_duration", 0, LATEST) if cells.get("review_duration") else 0,
    )


def _number(cells: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = cells.get(name, "")
    try:
        number = int(text)
    except ValueError:
        try:
            number = int(float(text)) if float(text).is_integer() else low - 1  # "3.0", as tables with gaps have it
        except (ValueError, OverflowError):
            raise ValueError(f"`{name}` should be a whole number") from None
    if not low <= number <= high:
        raise ValueError(f"`{name}` should lie between {low} and {high}")
    return number


def is_table(head: bytes, name: str) -> bool:
    """Whether a file of this name that begins so is such a table, and not lines of JSON."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    return not first.startswith(b"{") and (name.casefold().endswith(".csv") or b"card_id" in first.lower())
