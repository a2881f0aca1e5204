"""`studytool forecast`: what the coming days will ask, and what to expect of the exam that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from studytool import clock, desk
from studytool.commands import at_desk
from studytool.commands.figures_text import bars, day
from studytool.errors import UsageError
from studytool.figures import figures
from studytool.memory.away import is_away
from studytool.memory.deadline import MINUTES, SAFE, Outlook, outlook
from studytool.memory.simulate import Plain
from studytool.memory.stats.cards import due_by_day
from studytool.memory.workload import Load, load_ahead
from studytool.progress import telling
from studytool.settings import place_of, tell
from studytool.syllabus import Exam, exam_of, members, minutes_until, plan
from studytool.text import as_json, cells, counted, one_line, padded, percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Sequence

    from studytool.figures import Figures
    from studytool.settings import Settings

_FARTHEST = 366
"""Days ahead: what lies beyond nobody plans for, and it would take long to simulate."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """An exam, and what to expect of it."""

    exam: Exam
    cards: int
    new: int
    minutes: float
    """A day, that the schedule counts on."""
    chances: tuple[Outlook, ...]
    everyday: tuple[Outlook, ...]
    """The same minutes by the everyday schedule."""
    topics: tuple[str, ...]
    next: tuple[tuple[str, float], ...]
    """The cards to ask today in order, and what each adds, in cards known an hour."""


def run(args: argparse.Namespace) -> int:
    """Print the load of the coming days, and the table of recall where there is an exam; always 0."""
    wanted = desk.request(args.paths, args.root)
    if args.days > _FARTHEST:
        raise UsageError(f"--days goes up to {_FARTHEST}.")
    table = at_desk.opened(wanted, to_read=True)
    settings, now = wanted.settings, clock.now()
    try:
        seen = figures(table, now)
        cards = [(candidate.key, candidate.topic) for candidate in table.candidates()]
        asked: set[str] = set()
        if settings.exam:
            missed: list[str] = []
            place = place_of("syllabus", wanted.exam_library)
            asked = members(settings.syllabus, cards, lambda query: table.search(query, now), missed, place)
            tell(missed)
    finally:
        table.close()
    ahead = _ahead(seen, settings, asked, args.minutes or MINUTES)
    load = load_ahead(
        seen.deck(),
        settings.new_per_day,
        settings.reviews_per_day,
        args.days,
        habits=seen.habits(),
        model=seen.rules.model,
        desired_retention=settings.desired_retention,
        away=seen.away,
    )
    if args.json:
        print(as_json(_as_json(seen, load, ahead)))
    else:
        print("\n".join([wanted.title, *_load_lines(seen, load), *_exam_lines(ahead)]))
    return 0


def _ahead(seen: Figures, settings: Settings, keys: Collection[str], minutes: Sequence[float]) -> _Ahead | None:
    """What to expect of the exam; None where none is set."""
    exam = exam_of(settings, seen.today)
    if exam is None:
        return None
    at = np.array([number for number, key in enumerate(seen.keys) if key in keys], np.int64)
    deck, topic = seen.deck().chosen(at), seen.topic[at]
    tried = sorted({float(each) for each in minutes}) if exam.left > 0 else []
    own, new = minutes_until(seen, settings), int(np.isnan(deck.stability).sum())
    if not len(deck) or exam.left > _FARTHEST:
        return _Ahead(exam, len(deck), new, own, (), (), seen.topics, ())
    expected = partial(outlook, deck, topic, exam.left, habits=seen.habits(), model=seen.rules.model, away=seen.away)
    usual = partial(expected, desired_retention=settings.desired_retention)
    limits = Plain(settings.new_per_day, settings.reviews_per_day)
    today = plan(seen, exam, keys, own)
    aimed, everyday = [expected(0.0)], []
    with telling() as tell:
        for each in tried:
            tell(f"Simulating the days until the exam, {each:g} minutes a day")
            aimed.append(expected(each))
            everyday.append(usual(each, everyday=limits))
    return _Ahead(
        exam,
        len(deck),
        new,
        own,
        tuple(aimed),
        tuple(everyday),
        seen.topics,
        tuple((key, today.gains[key] * 3600) for key in today.cards(own)),
    )


# -- as JSON ------------------------------------------------------------------------------------------------------


def _as_json(seen: Figures, load: Load, ahead: _Ahead | None) -> dict[str, object]:
    known = due_by_day(seen.cards, len(load.due)).tolist()
    told = zip(
        known, *(column.tolist() for column in (load.due, load.new, load.minutes, load.low, load.high)), strict=True
    )
    habits = seen.habits()
    return {
        "today": day(seen.today),
        "answers": habits.known,
        "seconds": {"new": habits.first_seconds, "review": habits.seconds},
        "days": [
            {
                "day": day(seen.today + at),
                "away": is_away(seen.away, at),
                "due": due,
                "reviews": reviews,
                "new": new,
                "minutes": minutes,
                "low": low,
                "high": high,
            }
            for at, (due, reviews, new, minutes, low, high) in enumerate(told)
        ],
        "exam": _exam_json(ahead) if ahead else None,
    }


def _exam_json(ahead: _Ahead) -> dict[str, object]:
    everyday = (None, *ahead.everyday)
    return {
        "name": ahead.exam.name,
        "date": ahead.exam.date,
        "days": ahead.exam.left,
        "cards": ahead.cards,
        "new": ahead.new,
        "minutes_per_day": ahead.minutes,
        "outlook": [
            {**_outlook_json(one, ahead.topics), "everyday": _outlook_json(other, ahead.topics) if other else None}
            for one, other in zip(ahead.chances, everyday, strict=False)
        ],
        "today": [{"card": key, "cards_known_an_hour": gain} for key, gain in ahead.next],
    }


def _outlook_json(one: Outlook, topics: Sequence[str]) -> dict[str, object]:
    return {
        "minutes": one.minutes,
        "spent": one.spent,
        "recall": {"mean": one.recall.mean, "low": one.recall.low, "high": one.recall.high},
        "safe": one.safe,
        "seen": one.seen,
        "topics": {name: value for name, value in zip(topics, one.topics, strict=False) if value is not None},
    }


# -- as lines -----------------------------------------------------------------------------------------------------


def _load_lines(seen: Figures, load: Load) -> list[str]:
    shown = min(len(load.due), 14)
    lines = ["", "minutes a day if every day is studied to its end, new cards included"]
    told = bars((day(seen.today + at)[5:], round(float(load.minutes[at]), 1)) for at in range(shown))
    lines += [f"{line}, away" if is_away(seen.away, at) else line for at, line in enumerate(told)]
    total, count = float(load.minutes.sum()), len(load.due)
    each = counted(round(total / count), "minute"), counted(round(float(load.due.mean())), "review")
    return [*lines, f"over {counted(count, 'day')}: {each[0]}, {each[1]} a day"]


def _exam_lines(ahead: _Ahead | None) -> list[str]:
    if ahead is None:
        return ["", "No exam is set. `exam = 2026-12-15` in the settings makes this a plan for it: docs/exam.md."]
    exam = ahead.exam
    lines = ["", f"{exam.name} on {exam.date}, {exam.when}: {counted(ahead.cards, 'card')}, {ahead.new:,} not seen yet"]
    if exam.left < 0:
        return [*lines, "It is over; the everyday schedule holds again."]
    if not ahead.cards:
        return [*lines, "There is no card to ask."]
    if exam.left > _FARTHEST:
        return [*lines, f"That is more than {_FARTHEST} days away: too far to foresee."]
    names = ("recall", "9 of 10 runs", f"over {percent(SAFE)}", "seen")
    lines.append(_row("minutes a day", names, "everyday schedule"))
    for one, other in zip(ahead.chances, (None, *ahead.everyday), strict=True):
        within = f"{percent(one.recall.low)} to {percent(one.recall.high)}" if one.minutes else ""
        usual = f"{percent(other.recall.mean)} in {other.spent:.0f} min" if other else ""
        label = f"{one.minutes:g}" if one.minutes else "nothing more"
        lines.append(_row(label, (percent(one.recall.mean), within, percent(one.safe), percent(one.seen)), usual))
    return lines + _topic_lines(ahead)


def _row(label: str, cells: Sequence[str], usual: str) -> str:
    told = "".join(f" {cell:>{width}}" for cell, width in zip(cells, (7, 16, 10, 7), strict=True))
    return f"{label:<14}{told}   {usual}".rstrip()


def _topic_lines(ahead: _Ahead) -> list[str]:
    names = [one_line(topic, 40) for topic in ahead.topics]
    rows = [
        (name, [one.topics[at] for one in ahead.chances])
        for at, name in enumerate(names)
        if at < len(ahead.chances[0].topics) and ahead.chances[0].topics[at] is not None
    ]
    width = max((cells(name) for name, _ in rows), default=5)
    head = "".join(f" {f'{one.minutes:g} min' if one.minutes else 'no more':>8}" for one in ahead.chances)
    told = [f"{padded(name, width)} " + "".join(f" {percent(value):>8}" for value in values) for name, values in rows]
    return ["", f"{'recall by topic':<{width}} {head}", *told]
