"""A learner's way through the built-in course: simulated, from a seed, through the real queue and the real log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from studytool import desk
from studytool.demo.find import find_demo
from studytool.desk import Desk
from studytool.memory import Grade, Moment

EVENING = Moment(1_704_132_000_000, 0)  # 2024-01-01, 18:00
SECONDS = 8
DAY_MS = 86_400_000


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log is a real one, in a file system in memory where there is one: thousands of answers wait for no disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        monkeypatch.setenv("STUDYTOOL_DATA", folder)
        yield


@contextmanager
def opened() -> Iterator[Desk]:
    """The course as `studytool` alone opens it, with the settings as they are by default and an empty log."""
    table = desk.open_desk(desk.request([]))
    try:
        yield table
    finally:
        table.close()


def evening(table: Desk, begin: Moment, learner: Random) -> Iterator[tuple[str, bool, Moment]]:
    """The cards of one sitting as they are shown: key, whether new, when. A learner recalls as FSRS expects."""
    session, now = table.session(begin), begin
    while shown := session.shown(now):
        yield shown.key, shown.phase == "new", now
        now = Moment(now.ms + SECONDS * 1000, now.offset)
        state = table.memory.state(shown.key)
        known = learner.random() < (state.retrievability(now) if state and state.phase == "review" else 0.7)
        session.answer(Grade.GOOD if known else Grade.AGAIN, now, took_ms=SECONDS * 1000)


@pytest.mark.parametrize("seed", range(3))
def test_the_first_evening_meets_the_perceptron_and_its_demo_within_two_minutes(seed: int) -> None:
    with opened() as table:
        for key, _, now in evening(table, EVENING, Random(seed)):
            card = table.card(key)
            assert card is not None
            if card.topic == "Perceptron" and card.demo:
                assert find_demo(card.demo.name).topics
                assert now.ms - EVENING.ms <= 120_000
                return
    pytest.fail("the perceptron was never shown")


def test_a_learner_passes_through_the_course_in_its_order_with_the_planned_load() -> None:
    taken: list[str] = []
    new, answers = Counter[int](), Counter[int]()
    learner = Random(7)
    with opened() as table:
        every, limits = {candidate.key: candidate for candidate in table.candidates()}, table.limits
        days = len(every) // limits.new_per_day + 3
        for day in range(days):
            for key, is_new, _ in evening(table, Moment(EVENING.ms + day * DAY_MS, 0), learner):
                answers[day] += 1
                if is_new:
                    new[day] += 1
                    taken.append(key)
    a_day, full = limits.new_per_day, days - 3
    assert [new[day] for day in range(full)] == [a_day] * full, "the same number of new cards each evening"
    assert max(answers.values()) - a_day < limits.reviews_per_day, "no evening leaves a review for the next"
    topics = list(dict.fromkeys(candidate.topic for candidate in every.values()))
    assert list(dict.fromkeys(every[key].topic for key in taken)) == topics
    # Only cards made from a text of which another card came may wait, and at the end some of them still do.
    assert len(taken) == len(set(taken)) > 0.99 * len(every)
    assert all(every[key].siblings for key in every.keys() - set(taken))
    place = {key: at for at, key in enumerate(every)}
    late = [key for at, key in enumerate(taken) if at - place[key] > 10]
    assert all(every[key].siblings for key in late)
    minutes = [answers[day] * SECONDS / 60 for day in range(full)]
    assert sum(minutes) / full < 25
    assert max(minutes) < 40
