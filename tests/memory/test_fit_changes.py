"""What other parameters do to a schedule, against the schedule of each card."""

from __future__ import annotations

import random
from statistics import median

from studytool.memory import Event, Rules, replay
from studytool.memory.columns import from_memory
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.fit.changes import changes
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model

START = 1_704_110_400_000  # 2024-01-01 12:00 UTC
OWN = tuple(weight * (1.5 if at < 4 else 1) for at, weight in enumerate(DEFAULT_WEIGHTS))


def events() -> list[Event]:
    draw = random.Random(5)
    found = []
    for card in range(60):
        ms = START + draw.randrange(20) * DAY_MS
        for _ in range(draw.randint(1, 5)):
            number = len(found)
            grade = draw.choice((1, 3, 3, 4))
            name = uuid7(ms, number.to_bytes(10, "big"))
            found.append(Event(name, ms, 0, "d", number, "review", f"card {card}", {"grade": grade}))
            ms += draw.choice((600_000, DAY_MS, 9 * DAY_MS))
    return found


def test_changes_are_those_between_the_schedules_of_the_cards() -> None:
    log = events()
    before, after = (replay(log, model=model) for model in (Model(), Model(OWN)))
    pairs = [(before.state(key), after.state(key)) for key in before.cards()]
    pairs = [(was, now) for was, now in pairs if was.phase == "review"]
    shifts = [now.due_day - was.due_day for was, now in pairs]
    today = max(was.day for was, _ in pairs)
    found = changes(from_memory(replay(log)), Rules(), Rules(model=Model(OWN)), today)
    assert found.cards == len(pairs)
    assert found.later == sum(shift > 0 for shift in shifts) > 0
    assert found.earlier == sum(shift < 0 for shift in shifts)
    assert found.days == median(abs(shift) for shift in shifts if shift)
    soon = [sum(pair[at].due_day < today + 30 for pair in pairs) for at in (0, 1)]
    assert found.soon == tuple(soon)
    assert found.load[1] < found.load[0]


def test_the_same_parameters_change_nothing() -> None:
    found = changes(from_memory(replay(events())), Rules(), Rules(), 738_900)
    assert (found.earlier, found.later, found.days) == (0, 0, 0.0)
    assert found.soon[0] == found.soon[1]
    assert found.load[0] == found.load[1]


def test_an_empty_log_has_nothing_to_change() -> None:
    found = changes(from_memory(replay([])), Rules(), Rules(model=Model(OWN)), 738_900)
    assert (found.cards, found.soon, found.load) == (0, (0, 0), (0.0, 0.0))
