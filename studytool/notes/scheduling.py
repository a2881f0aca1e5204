"""What another program's notes say about when a card is due, read into `Schedule`; times themselves are not checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from studytool.notes.model import Schedule

SCHEDULE_COMMENT = "<!--SR:"
"""How a comment of Obsidian's spaced repetition plugin begins; it ends as any HTML comment does."""
_NEW = date(2000, 1, 1)
"""The date that the plugin writes for a sibling that was never reviewed."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 36525.0
_EASIEST = 10_000.0


class Told(NamedTuple):
    """What one part of a schedule comment says: a schedule, None for a card never reviewed, or a `problem`."""

    schedule: Schedule | None = None
    problem: str = ""


def read_schedules(comment: str) -> tuple[Told, ...]:
    """What a comment says of the cards above it, in their order.

    `comment` is what stands between `<!--SR:` and `-->`: parts that begin with `!`, each `date,interval,ease` or
    `fsrs,due,interval,stability,difficulty,state,…`.
    """
    return tuple(_one(part.strip()) for part in comment.split("!") if part.strip())


def note_schedule(fields: Mapping[str, object]) -> Schedule | None:
    """The schedule that front matter keeps for a note as a whole (`sr-due`, `sr-interval`, `sr-ease`), or None."""
    told = fields.get("sr-due")
    due = told if isinstance(told, date) else _date(str(told).strip()) if told is not None else None
    interval = _number(str(fields.get("sr-interval", "")).strip(), _LONGEST)
    ease = _number(str(fields.get("sr-ease", "")).strip(), _EASIEST)
    if due is None or interval is None:
        return None
    return Schedule(date(due.year, due.month, due.day).isoformat(), interval, ease)


def outline_schedule(lines: Sequence[str]) -> Schedule | None:
    """The schedule that Logseq keeps in the properties of a block, whose first line these follow; or None."""
    told = {name: value.strip() for name, mark, value in (line.strip().partition("::") for line in lines) if mark}
    due = _date(told.get("card-next-schedule", "").partition("T")[0])
    interval = _number(told.get("card-last-interval", ""), _LONGEST)
    ease = _number(told.get("card-ease-factor", ""), _EASIEST)
    if due is None or interval is None or ease is None:
        return None
    return Schedule(due.isoformat(), interval, ease * 100)


def _one(part: str) -> Told:
    values = [value.strip() for value in part.split(",")]
    return _fsrs(values) if values[0] == "fsrs" else _sm2(values)


def _sm2(values: Sequence[str]) -> Told:
    due = _date(values[0])
    if due is None:
        return Told(problem=f"“{values[0][:40]}” is not a date")
    if due == _NEW:
        return Told()
    if len(values) < 3:
        return Told(problem="an interval and an ease should follow the date")
    interval, ease = _number(values[1], _LONGEST), _number(values[2], _EASIEST)
    if interval is None or ease is None:
        wrong = values[1] if interval is None else values[2]
        return Told(problem=f"“{wrong[:40]}” is not a number of days or an ease")
    return Told(Schedule(due.isoformat(), interval, ease))


def _fsrs(values: Sequence[str]) -> Told:
    if len(values) < 5:
        return Told(problem="a date, an interval, a stability and a difficulty should follow `fsrs`")
    if values[1] == "-":
        return Told()
    due = _date(values[1].partition("T")[0])
    if due is None:
        return Told(problem=f"“{values[1][:40]}” is not a date")
    interval, stability = _number(values[2], _LONGEST), _number(values[3], _LONGEST)
    difficulty = _number(values[4], 10.0)
    if interval is None or stability is None or difficulty is None:
        return Told(problem="interval, stability and difficulty should be numbers")
    return Told(Schedule(due.isoformat(), interval, None, stability, difficulty))


def _date(text: str) -> date | None:
    """A date as the plugin has ever written it: `2024-01-31`, `31-01-2024`, `Wed Jan 31 2024`."""
    try:
        year, month, day = _parts(text)
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _parts(text: str) -> Iterator[str]:
    words = text.split()
    if len(words) == 4 and words[1].casefold() in _MONTHS:
        return iter((words[3], str(_MONTHS.index(words[1].casefold()) + 1), words[2]))
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(text)
    return iter(parts) if len(parts[0]) == 4 else reversed(parts)


def _number(text: str, largest: float) -> float | None:
    if not text or len(text) > 30 or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    value = float(text)
    return value if value <= largest else None
