"""The figures of the home screen, and intervals in words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studytool.memory import Candidate, Event, Limits, Moment, describe_interval, overview, replay, told_of
from studytool.memory.events import DAY_MS
from tests.memory import made
from tests.memory.listed import roster_of

NOON = 1_704_110_400_000
CANDIDATES = [
    Candidate("a1", "A"),
    Candidate("b1", "B"),
    Candidate("a2", "A"),
    Candidate("a3", "A"),
    Candidate("a1", "B"),
]
MANY = Limits(100, 100)


def event(number: int, kind: str, card: str, *, day: float = 0, **payload: object) -> Event:
    return made.event(number, kind, card, payload, ms=NOON + round(day * DAY_MS))


def at(day: float) -> Moment:
    return Moment(NOON + round(day * DAY_MS), 0)


def test_topics_count_their_cards_in_the_order_given() -> None:
    log = [event(1, "review", "a1", grade=4), event(2, "review", "a2", grade=1)]
    seen = overview(roster_of(CANDIDATES), replay(log, fuzz=False), at(0), MANY)
    assert [(t.topic, t.new, t.due, t.later, t.total, t.recall) for t in seen.topics] == [
        ("A", 1, 0, 1, 3, 1.0),
        ("B", 1, 0, 0, 1, None),
    ]
    assert (seen.new, seen.due, seen.later, seen.total, seen.streak, seen.today) == (2, 0, 1, 4, 1, 2)


def test_recall_is_the_mean_over_the_cards_that_were_answered() -> None:
    memory = replay([event(1, "review", "a1", grade=4), event(2, "review", "a2", grade=3)])
    states = [memory.state(key) for key in ("a1", "a2")]
    mean = sum(state.retrievability(at(9)) for state in states if state) / 2
    assert overview(roster_of(CANDIDATES), memory, at(9), MANY).topics[0].recall == pytest.approx(mean)
    assert mean < 1


def test_the_totals_keep_to_the_limits_and_the_topics_do_not() -> None:
    memory = replay([event(n, "review", key, grade=4) for n, key in enumerate(("a1", "a2", "b1"))])
    seen = overview(roster_of(CANDIDATES), memory, at(60), Limits(0, 2))
    assert (seen.new, seen.due) == (0, 2)
    assert [(t.new, t.due) for t in seen.topics] == [(1, 2), (0, 1)]
    assert told_of(seen.held)[0].startswith("1 more is due and waits")


def test_cards_that_are_out_are_neither_new_nor_due() -> None:
    log = [
        event(1, "suspend", "a1"),
        event(2, "reject", "a2"),
        event(3, "bury", "a3"),
        event(4, "review", "b1", grade=4),
    ]
    seen = overview(roster_of(CANDIDATES), replay(log), at(0), MANY)
    assert (seen.new, seen.due, seen.later, seen.total) == (0, 0, 0, 4)
    assert overview(roster_of(CANDIDATES), replay(log), at(1), MANY).new == 1  # the buried one is back


def test_the_forecast_has_today_with_what_is_overdue_and_thirteen_days_more() -> None:
    memory = replay([event(1, "review", "a1", grade=4), event(2, "review", "a2", grade=4, day=2)], fuzz=False)
    days = [state.due_day for key in ("a1", "a2") if (state := memory.state(key))]
    today = days[1] - 1  # the first fell due yesterday, the second does tomorrow
    seen = overview(roster_of(CANDIDATES), memory, at(today - at(0).day(4)), MANY)
    assert days[1] - days[0] == 2
    assert seen.forecast == (1, 1, *[0] * 12)
    far = overview(roster_of(CANDIDATES), memory, at(days[0] - 3 - at(0).day(4)), MANY)
    assert [day for day, count in enumerate(far.forecast) if count] == [3, 5]


def test_a_buried_card_is_forecast_for_tomorrow() -> None:
    memory = replay([event(1, "review", "a1", grade=4), event(2, "bury", "a1", day=60)])
    seen = overview(roster_of(CANDIDATES), memory, at(60), MANY)
    assert seen.due == 0
    assert seen.forecast[:2] == (0, 1)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 s"),
        (0.5, "30 s"),
        (1, "1 min"),
        (5.5, "6 min"),
        (10, "10 min"),
        (59.6, "1 h"),
        (60 * 5, "5 h"),
        (60 * 24, "1 d"),
        (60 * 24 * 3, "3 d"),
        (60 * 24 * 30, "30 d"),
        (60 * 24 * 31, "1 mo"),
        (60 * 24 * 64, "2.1 mo"),
        (60 * 24 * 365, "1 y"),
        (60 * 24 * 550, "1.5 y"),
        (-5, "0 s"),
    ],
)
def test_an_interval_is_said_in_a_word(minutes: float, words: str) -> None:
    assert describe_interval(round(minutes * 60_000)) == words


def test_neither_sqlite_nor_uuid_is_imported_before_a_log_is_opened() -> None:
    code = (
        "import sys, studytool.memory as m; m.replay, m.Session, m.overview, m.Grade; "
        "assert callable(m.replay) and callable(m.overview); "
        "print(sorted({'sqlite3', 'uuid', 'numpy', 'json', 'datetime'} & set(sys.modules)))"
    )
    from pathlib import Path

    import studytool

    root = Path(studytool.__file__).parents[1]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert ran.stdout == "[]\n"
