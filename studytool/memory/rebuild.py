"""A long log as a base, by columns: what `Memory` makes of the events one by one, at a tenth of the time.

Events of one card, or of cards that relinks connect, are put together in the order of the log; each event that stands
belongs to the card that it counts for in the end (its owner). All that is rare (undos, relinks, notes, texts) is looked
at one by one, answers as columns.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studytool.memory.base import BURIED, REJECTED, SUSPENDED, TOLD_OF, Answered, Told
from studytool.memory.changes import Moves, stands
from studytool.memory.columns import Reviews, days_of, in_order
from studytool.memory.imported import schedule_of
from studytool.memory.lockstep import sorted_by
from studytool.memory.log_columns import Log, in_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from studytool.memory.events import Event
    from studytool.memory.store.rows import Rows

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """All that a `Base` is made of besides the states."""

    told: Told
    answers: Answered
    undos: list[tuple[str, str]]
    relinks: list[Event]
    loose: list[Event]


def rebuilt(rows: Rows) -> Rebuilt | None:
    """What the log amounts to up to a row, whatever the rules; None where its rows are not numbered one by one."""
    collecting = gc.isenabled()
    gc.disable()  # it would look through a million tuples again and again
    try:
        log = in_columns(rows)
    except ValueError:
        return None
    finally:
        if collecting:
            gc.enable()
    undos, undone = _undone(log)
    group = _groups(log)
    together = _together(log, group)
    owner = _owners(log, group, together, undone)
    told, schedules = _told(log, group, together, owner)
    attempts = log.of_kind("attempt") & (owner >= 0)
    return Rebuilt(
        told=told,
        answers=Answered(
            _reviews(log, together, owner, schedules), (log.ms[attempts], log.offset[attempts].astype(np.int64))
        ),
        undos=undos,
        relinks=rows.events([row + 1 for row in log.relinks]),
        loose=rows.events((np.flatnonzero(log.of_kind("parameters", "away")) + 1).tolist()),
    )


def _undone(log: Log) -> tuple[list[tuple[str, str]], set[int]]:
    """Each undo with the id that it names, and the rows of the other events that do not stand."""
    rows = np.flatnonzero(log.of_kind("undo")).tolist()
    named: dict[int, str] = {}
    for row in rows:
        told = log.others.get(row)
        target = told.get("event") if isinstance(told, dict) else None
        if isinstance(target, str):
            named[row] = target
    found = log.rows.find(list(set(named.values())))
    undoing: dict[int, list[int]] = defaultdict(list)
    for row, target in named.items():
        if target in found:
            undoing[found[target] - 1].append(row)

    is_undo = set(named)
    undone = {row for row in undoing if row not in is_undo and not stands(row, lambda one: undoing.get(one, ()))}
    ids = log.rows.ids([row + 1 for row in named])
    return [(str(id_), target) for id_, target in zip(ids, named.values(), strict=True)], undone


def _groups(log: Log) -> NDArray[np.int32]:
    """The group of each key: cards that relinks connect have that of the first one."""
    group = np.arange(len(log.keys), dtype=np.int32)
    root: dict[int, int] = {}

    def top(number: int) -> int:
        while number in root:
            number = root[number]
        return number

    for row, source in log.relinks.items():
        one, other = sorted((top(source), top(int(log.card[row]))))
        if one != other:
            root[other] = one
    for number in root:
        group[number] = top(number)
    return group


@dataclass(frozen=True, slots=True)
class _Together:
    """The rows of each group together, in the order of the log within it."""

    rows: Ints
    place: Ints
    """By row: where it stands in `rows`, if it does."""
    begin: Ints
    """By group; 0 for a number that is none."""
    end: Ints


def _together(log: Log, group: NDArray[np.int32]) -> _Together:
    ours = np.flatnonzero(log.card >= 0)
    of = group[log.card[ours]]
    ms = log.ms[ours]
    in_order = (ms[1:] >= ms[:-1]).all()
    order = sorted_by(of) if in_order else np.lexsort((ms, of))
    rows, of, ms = ours[order], of[order], ms[order]
    equal = np.flatnonzero((of[1:] == of[:-1]) & (ms[1:] == ms[:-1]))
    if equal.size:
        _settle_ties(log, rows, equal)
    place = np.empty(len(log.ms), np.int64)
    place[rows] = np.arange(len(rows))
    counts = np.bincount(of, minlength=len(group))
    end = np.cumsum(counts)
    return _Together(rows, place, end - counts, end)


def _settle_ties(log: Log, rows: Ints, equal: Ints) -> None:
    """Order the rows of one group that have the same time: each of `equal` has that of the place after it."""
    runs: list[list[int]] = []
    for place in equal.tolist():
        if runs and runs[-1][1] == place:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    tied = [row + 1 for first, last in runs for row in rows[first : last + 1].tolist()]
    places = log.rows.places(tied)
    for first, last in runs:
        rows[first : last + 1] = sorted(rows[first : last + 1].tolist(), key=lambda row: places[row + 1])


def _owners(log: Log, group: NDArray[np.int32], together: _Together, undone: set[int]) -> NDArray[np.int32]:
    """The key for which each row counts in the end, -1 where it counts for none."""
    owner = log.card.copy()
    owner[list(undone)] = -1
    for number in np.unique(group[list(log.relinks.values())]).tolist() if log.relinks else []:
        rows = together.rows[together.begin[number] : together.end[number]].tolist()
        standing = [(place, row) for place, row in enumerate(rows) if owner[row] >= 0]
        relinks = ((place, log.relinks[row], int(log.card[row])) for place, row in standing if row in log.relinks)
        moves = Moves(relinks)
        for place, row in standing:
            owner[row] = moves.owner(int(log.card[row]), place)
    return owner


def _told(
    log: Log, group: NDArray[np.int32], together: _Together, owner: NDArray[np.int32]
) -> tuple[Told, dict[int, Mapping[str, object]]]:
    """What is said of each card beside its answers; and the schedules that count, by row."""
    flags, columns, schedules = _said(log, together, owner)
    ms = log.ms[together.rows]
    last = np.where(together.end > together.begin, ms[np.maximum(together.end - 1, 0)], 0) if len(ms) else together.end
    arrays = {name: np.array(column, np.int64) for name, column in columns.items()}
    kept = {row: log.payload(row)["schedule"] for row in schedules.values()}
    return (
        Told(
            flags=flags.data,
            **{name: array.data for name, array in arrays.items()},
            group=group.data,
            begin=together.begin.data,
            end=together.end.data,
            last=last.data,
            rows=(together.rows + 1).astype(np.int32).data,
        ),
        kept,
    )


def _said(
    log: Log, together: _Together, owner: NDArray[np.int32]
) -> tuple[NDArray[np.int8], dict[str, list[int]], dict[int, int]]:
    """The flags of each card, the columns of rows and times by card, and the row of each schedule that counts."""
    size = len(log.keys)
    flags = np.zeros(size, np.int8)
    columns = {name: [0] * size for name in ("text", "written", "buried_ms", "buried_offset", "schedule")}
    answered = log.answered() & (owner >= 0)
    flags[owner[answered]] |= TOLD_OF
    first = np.full(size, len(owner), np.int64)
    np.minimum.at(first, owner[answered], together.place[answered])
    schedules: dict[int, int] = {}
    names = {code: kind for kind, code in log.kinds.items()}
    rare = np.zeros(len(owner), np.bool_)
    rare[list(log.others)] = True
    rare |= log.of_kind("suspend", "reject", "bury", "resume", "note", "attempt")
    for row in together.rows[rare[together.rows]].tolist():
        card = int(owner[row])
        if card < 0:
            continue
        told, kind = log.payload(row), names[int(log.kind[row])]
        _take(row, kind, told, card, log, flags, columns)
        is_schedule = kind == "imported" and told.get("grade") is None and schedule_of(told) is not None
        if is_schedule and together.place[row] < first[card]:
            schedules[card] = row
            flags[card] |= TOLD_OF
    for card, row in schedules.items():
        columns["schedule"][card] = row + 1
    return flags, columns, schedules


def _take(
    row: int,
    kind: str,
    told: Mapping[str, Any],
    card: int,
    log: Log,
    flags: NDArray[np.int8],
    columns: Mapping[str, list[int]],
) -> None:
    """What one event says of its card, as in `Memory`."""
    text = told.get("card_text") if kind == "note" else told.get("text")
    if isinstance(text, dict):
        columns["text"][card] = row + 1
        flags[card] |= TOLD_OF
    if kind == "note" and isinstance(told.get("text"), str):
        columns["written"][card] = row + 1
        flags[card] |= TOLD_OF
    elif kind == "attempt":
        flags[card] |= TOLD_OF
    elif kind == "suspend":
        flags[card] |= SUSPENDED
    elif kind == "reject":
        flags[card] |= REJECTED
    elif kind == "bury":
        flags[card] |= BURIED
        columns["buried_ms"][card], columns["buried_offset"][card] = log.ms[row], log.offset[row]
    elif kind == "resume":
        flags[card] &= ~(SUSPENDED | REJECTED | BURIED)


def _reviews(
    log: Log, together: _Together, owner: NDArray[np.int32], schedules: Mapping[int, Mapping[str, object]]
) -> Reviews:
    grade, took, days = log.answers
    counts = log.answered() & (owner >= 0)
    counts[list(schedules)] = True
    rows = np.flatnonzero(counts)
    rows = rows[in_order(log.ms[rows], owner[rows], log.keys, together.place[rows])]
    ms, offset = log.ms[rows], log.offset[rows]
    places = {row: place for place, row in enumerate(rows.tolist())} if schedules else {}
    moved = np.flatnonzero(owner[rows] != log.card[rows])
    cards: Sequence[str] = log.keys
    return Reviews(
        keys=log.keys,
        card=owner[rows],
        ms=ms,
        offset=offset,
        day=days_of(ms, offset, 4),
        grade=grade[rows],
        took=took[rows],
        imported=log.of_kind("imported")[rows],
        days=days[rows],
        schedules={places[row]: schedule for row, schedule in schedules.items()},
        seeds={place: cards[log.card[rows[place]]] for place in moved.tolist()},
    )
