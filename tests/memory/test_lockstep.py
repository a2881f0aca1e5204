"""Replay in lock-step: what one card after the other comes to, for many at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, Moment, Rules, replay
from studytool.memory.columns import Reviews, days_of, from_memory
from studytool.memory.due_dates import due_dates, fuzz_ranges
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model, retrievability
from studytool.memory.lockstep import PHASES, replayed, sorted_by, states
from studytool.memory.schedule import fuzz_range
from tests.memory.choices import several
from tests.memory.made import START, event, review

KEYS = ("a", "b", "c", "ä/d")
JUMPS = (0, 60_000, 700_000, DAY_MS, 3 * DAY_MS, 40 * DAY_MS, 900 * DAY_MS, -3_600_000, -2 * DAY_MS)
SCHEDULES = (
    {"due": "2024-02-03", "interval": 12, "ease": 230},
    {"due": "2024-01-20", "interval": 4, "stability": 5.5, "difficulty": 4.5},
    {"due": "never"},
)
VECTORS = (DEFAULT_WEIGHTS, tuple(w * (0.8 if n % 2 else 1.1) for n, w in enumerate(DEFAULT_WEIGHTS)))


@st.composite
def logs(draw: st.DrawFn, longest: int = 40) -> list[Event]:
    """Logs of two devices in two zones whose clocks jump, of all kinds of events over four keys."""
    found: list[Event] = []
    now = START
    kinds = ("review",) * 6 + ("undo", "relink", "suspend", "imported", "schedule", "note", "attempt", "later")
    for number, one in enumerate(several(draw, longest)):
        now += one.of(JUMPS)
        kind, card = one.of(kinds), one.of(KEYS)
        payload: dict = {}
        if kind in ("review", "imported"):
            payload = {"grade": one.of(range(1, 5)), "took_ms": one.of(range(10_000))}
            payload |= one.of(({}, {"days": one.of(range(1, 41))}))
        elif kind == "schedule":
            kind, payload = "imported", {"schedule": one.of(SCHEDULES)}
        elif kind == "undo":
            payload = {"event": one.of(found).id if found else "nothing"}
        elif kind == "relink":
            payload = {"from": one.of(KEYS)}
        made = event(number, kind, card, payload, ms=now, device=one.of("de"))
        found.append(replace(made, offset=one.of((0, 0, 330, -480, 840))))
    return found


def by_card(reviews: Reviews, rules: Rules) -> dict[str, tuple]:
    """What lock-step says of each card, as the scalar replay names it."""
    cards = replayed(reviews, rules.model, rules).cards
    due = due_dates(reviews, cards, rules)
    found = {}
    for number, key in enumerate(reviews.keys):
        row = cards.row[number]
        found[key] = (
            *(PHASES[cards.phase[number] - 1], cards.step[number], cards.reviews[number], cards.lapses[number]),
            *(reviews.ms[row], reviews.day[row], due.ms[number], due.day[number]),
            pytest.approx(cards.stability[number], rel=1e-12),
            pytest.approx(cards.difficulty[number], rel=1e-12),
        )
    return found


def one_by_one(memory: Memory) -> dict[str, tuple]:
    """The same from the states of a memory."""
    found = {key: memory.state(key) for key in memory.cards()}
    return {
        key: (s.phase, s.step, s.reviews, s.lapses, s.last, s.day, s.due, s.due_day, s.stability, s.difficulty)
        for key, s in found.items()
        if s is not None
    }


@given(logs(), st.sampled_from((0, 4, 23)), st.sampled_from(VECTORS), st.sampled_from((0.75, 0.9, 0.97)), st.booleans())
@settings(max_examples=300, deadline=None)
def test_lock_step_agrees_with_one_card_after_the_other(
    log: list[Event], rollover: int, weights: tuple[float, ...], retention: float, fuzz: bool
) -> None:
    model = Model(weights)
    memory = replay(log, rollover=rollover, model=model, desired_retention=retention, fuzz=fuzz)
    reviews = from_memory(memory)
    assert by_card(reviews, memory.rules) == one_by_one(memory)


@given(logs(), st.sampled_from(((60_000,), (60_000, 600_000), (1, 2, 3))), st.sampled_from(((), (5,), (5, 6))))
@settings(max_examples=100, deadline=None)
def test_lock_step_takes_the_learning_steps_that_are_set(log: list[Event], learning: tuple, relearning: tuple) -> None:
    rules = Rules(learning_steps=learning, relearning_steps=relearning)
    memory = Memory(rules)
    for item in sorted(log, key=lambda e: (e.ms, e.device, e.sequence)):
        memory.apply(item)
    assert by_card(from_memory(memory), rules) == one_by_one(memory)


def _random(cards: int, rows: int, seed: int = 0) -> Reviews:
    draw = np.random.default_rng(seed)
    ms = START + np.sort(draw.integers(0, 900 * DAY_MS, rows))
    offset = np.zeros(rows, np.int16)
    return Reviews(
        keys=[str(number) for number in range(cards)],
        card=draw.permutation(np.arange(rows) % cards).astype(np.int32),
        ms=ms,
        offset=offset,
        day=days_of(ms, offset, 4),
        grade=draw.integers(1, 5, rows).astype(np.int8),
        took=np.zeros(rows, np.int32),
        imported=np.zeros(rows, np.bool_),
        days=np.zeros(rows, np.int32),
    )


@pytest.mark.parametrize("cards", [1, 30, 70_000])
def test_what_was_predicted_is_what_there_was_before_each_answer(cards: int) -> None:
    reviews, model = _random(cards, max(300, 2 * cards)), Model()
    found = replayed(reviews, model)
    for card in range(min(cards, 40)):
        rows = np.flatnonzero(reviews.card == card)
        memory, before = Memory(Rules(fuzz=False)), None
        for number, row in enumerate(rows.tolist()):
            if before is None:
                assert np.isnan([found.stability[row], found.difficulty[row], found.recall[row]]).all()
                assert (found.elapsed[row], found.phase[row]) == (0, 0)
            else:
                days = int(reviews.day[row]) - before.day
                assert found.elapsed[row] == days
                assert found.stability[row] == pytest.approx(before.stability, rel=1e-12)
                assert found.difficulty[row] == pytest.approx(before.difficulty, rel=1e-12)
                expected = retrievability(model, before.stability, days) if days else np.nan
                assert found.recall[row] == pytest.approx(expected, rel=1e-12, nan_ok=True)
                assert PHASES[found.phase[row] - 1] == before.phase
            memory.apply(review(number, "x", int(reviews.grade[row]), ms=int(reviews.ms[row])))
            before = memory.state("x")


def test_states_are_those_that_a_full_replay_ends_in() -> None:
    reviews = _random(500, 9000)
    full, short = replayed(reviews, Model()).cards, states(reviews, Model())
    for name in full.__dataclass_fields__:
        assert np.array_equal(getattr(full, name), getattr(short, name), equal_nan=True)


def test_a_card_without_an_answer_has_no_state() -> None:
    reviews = replace(_random(3, 9), keys=["0", "1", "2", "never"])
    cards = states(reviews, Model())
    assert (cards.reviews[3], cards.row[3], cards.phase[3]) == (0, -1, 0)
    assert np.isnan(cards.stability[3])
    due = due_dates(reviews, cards, Rules())
    assert (due.ms[3], due.day[3]) == (0, 0)


def test_a_log_without_answers_is_no_problem() -> None:
    reviews = from_memory(replay([event(0, "suspend", "a", {}), event(1, "note", "b", {"text": "x"})]))
    assert len(reviews) == len(reviews.keys) == len(states(reviews, Model()).row) == 0
    assert replayed(reviews, Model()).recall.size == 0


def test_only_answers_that_stand_are_rows() -> None:
    log = [
        review(0, "old", 3),
        review(1, "old", 1),
        event(2, "imported", "x", {"grade": 2}),
        event(3, "undo", "old", {"event": review(1, "old", 1).id}),
        event(4, "relink", "new", {"from": "old"}),
        event(5, "imported", "y", {"schedule": SCHEDULES[0]}),
        event(6, "review", "new", {"grade": 4, "took_ms": 70, "days": 9}),
    ]
    reviews = from_memory(replay(log))
    assert [reviews.keys[card] for card in reviews.card] == ["new", "x", "y", "new"]
    assert reviews.grade.tolist() == [3, 2, 0, 4]
    assert reviews.imported.tolist() == [False, True, True, False]
    assert reviews.took.tolist() == [1000, 0, 0, 70]
    assert reviews.days.tolist() == [0, 0, 0, 9]
    assert reviews.schedules == {2: SCHEDULES[0]}
    assert reviews.seeds == {0: "old"}


def test_days_are_those_of_the_learners_calendar() -> None:
    reviews = _random(3, 50)
    for rollover in (0, 4, 23):
        moved = replace(reviews, offset=np.arange(50).astype(np.int16) * 30 - 720).at(rollover)
        expected = [Moment(int(m), int(o)).day(rollover) for m, o in zip(moved.ms, moved.offset, strict=True)]
        assert moved.day.tolist() == expected
    with pytest.raises(ValueError, match="turn at 23, not at 4"):
        due_dates(moved, states(moved, Model()), Rules())


def test_the_bounds_of_the_fuzz_are_the_same_in_arrays() -> None:
    days = np.arange(1, 2000)
    low, high = fuzz_ranges(days.astype(float), 1500)
    assert [(int(a), int(b)) for a, b in zip(low, high, strict=True)] == [fuzz_range(int(d), 1500) for d in days]


def test_cards_are_brought_together_in_their_order_whatever_their_number() -> None:
    card = np.random.default_rng(0).integers(0, 200_000, 5_000).astype(np.int32)
    for numbers in (card, card % 100):
        assert sorted_by(numbers).tolist() == np.argsort(numbers, kind="stable").tolist()
