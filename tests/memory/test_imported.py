"""Where another program had got to: a schedule in a note begins a card's history, and never outweighs an answer."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from studytool.memory import Event, Memory, Moment, Rules, replay
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import Model, from_sm2, step
from studytool.memory.imported import import_id, last_review
from studytool.memory.schedule import answered
from tests.memory import made

SM2 = {"due": "2026-11-25", "interval": 10, "ease": 250}
FSRS = {"due": "2026-11-25", "interval": 10.4, "stability": 12.5, "difficulty": 6.25}
DUE = date(2026, 11, 25).toordinal()


def imported(card: str, schedule: dict, **more: object) -> Event:
    moment = last_review(schedule)
    assert moment is not None
    name = import_id(card, schedule, moment)
    return Event(name, moment.ms, moment.offset, "d", 1, "imported", card, {"schedule": schedule, **more})


def on(day: int, number: int = 0) -> Moment:
    """Noon of a day, and so many minutes."""
    return Moment((day - date(1970, 1, 1).toordinal()) * DAY_MS + DAY_MS // 2 + number * 60_000, 0)


def event(number: int, kind: str, card: str, payload: dict, day: int) -> Event:
    return made.event(number, kind, card, payload, ms=on(day, number).ms)


def review(number: int, card: str, grade: int, day: int = DUE) -> Event:
    return event(number, "review", card, {"grade": grade, "took_ms": 900}, day)


@pytest.mark.parametrize("schedule", [SM2, FSRS], ids=["SM-2", "FSRS"])
def test_a_card_falls_due_on_the_day_the_note_says(schedule: dict) -> None:
    state = replay([imported("a", schedule)]).state("a")
    assert state is not None
    assert (state.phase, state.due_day, state.reviews, state.lapses) == ("review", DUE, 1, 0)
    assert state.day == DUE - 10


def test_the_schedule_of_fsrs_is_taken_as_it_is() -> None:
    state = replay([imported("a", FSRS)]).state("a")
    assert state is not None
    assert (state.stability, state.difficulty) == (12.5, 6.25)


def test_the_conversion_from_sm2_makes_good_lengthen_the_interval_by_the_ease() -> None:
    """What the published formula is made for: recalled at 90 %, stability grows by the factor of SM-2."""
    for ease, interval in itertools.product((1.5, 2.0, 2.5), (2, 10, 100)):
        stability, difficulty = from_sm2(Model(), ease, interval)
        assert stability == interval
        if 1 < difficulty < 10:
            grown, _ = step(Model(), stability, difficulty, interval, 3)
            assert grown / stability == pytest.approx(ease, rel=1e-9)


def test_good_on_the_day_it_is_due_gives_a_longer_interval_than_the_note_had() -> None:
    state = replay([imported("a", SM2)]).state("a")
    later = answered(Rules(), state, 3, on(DUE), "a")
    assert later.phase == "review"
    assert later.due_day - DUE > 10


def test_the_due_date_is_as_given_whatever_the_fuzz_and_only_until_the_first_answer() -> None:
    dues = {replay([imported(key, SM2)]).state(key).due_day for key in map(str, range(50))}  # type: ignore[union-attr]
    assert dues == {DUE}
    after = {replay([imported(k, SM2), review(1, k, 3)]).state(k).due_day for k in map(str, range(50))}  # type: ignore[union-attr]
    assert len(after) > 1


def test_an_imported_schedule_is_no_answer_of_any_day() -> None:
    memory = replay([imported("a", SM2)])
    assert memory.introduced(DUE - 10) == memory.answered(DUE - 10) == memory.streak(DUE - 10) == 0
    memory.apply(review(1, "a", 3))
    assert (memory.introduced(DUE), memory.reviewed(DUE)) == (0, 1)


def test_an_import_with_a_grade_is_a_review_as_before() -> None:
    graded = event(1, "imported", "a", {"grade": 3}, DUE)
    state = replay([graded]).state("a")
    assert state is not None
    assert (state.phase, state.reviews) == ("learning", 1)


def test_an_imported_answer_is_study_of_its_day_but_takes_nothing_of_the_days_limits() -> None:
    memory = replay([event(number, "imported", "a", {"grade": 3}, DUE + number) for number in (0, 1)])
    assert [memory.answered(DUE + number) for number in (-1, 0, 1)] == [0, 1, 1]
    assert memory.streak(DUE + 1) == 2
    assert (memory.introduced(DUE), memory.reviewed(DUE + 1)) == (0, 0)


def test_an_answer_given_here_outweighs_the_note() -> None:
    early = review(1, "a", 3, DUE - 100)
    assert replay([early, imported("a", SM2)]).state("a") == replay([early]).state("a")


def test_a_newer_schedule_of_the_note_replaces_the_older_while_nothing_was_answered() -> None:
    newer = {"due": "2027-01-04", "interval": 40, "ease": 270}
    memory = replay([imported("a", SM2), imported("a", newer)])
    assert memory.imported("a") == newer
    assert memory.state("a").due_day == date(2027, 1, 4).toordinal()  # type: ignore[union-attr]
    memory.apply(review(1, "a", 3))
    assert memory.imported("a") is None


def test_order_of_arrival_does_not_matter() -> None:
    log = [
        imported("a", SM2),
        review(1, "a", 3),
        event(2, "relink", "b", {"from": "a"}, DUE),
        imported("b", FSRS),
        review(3, "b", 1, DUE + 9),
    ]
    expected = replay(log)
    for order in itertools.permutations(log):
        grown = Memory(Rules())
        for item in order:
            grown.apply(item)
        assert (grown.state("a"), grown.state("b")) == (expected.state("a"), expected.state("b"))


def test_an_import_can_be_undone() -> None:
    first = imported("a", SM2)
    memory = replay([first, review(1, "a", 3)])
    memory.apply(event(2, "undo", "a", {"event": first.id}, DUE))
    assert memory.state("a") == replay([review(1, "a", 3)]).state("a")
    assert memory.knows(first.id)
    gone = replay([first, event(2, "undo", "a", {"event": first.id}, DUE)])
    assert gone.state("a") is None


def test_a_relink_takes_the_import_along() -> None:
    memory = replay([imported("a", SM2, text={"front": "q"}), event(1, "relink", "b", {"from": "a"}, DUE - 3)])
    assert memory.state("a") is None
    assert memory.state("b").due_day == DUE  # type: ignore[union-attr]
    assert memory.imported("b") == SM2


def test_two_devices_and_two_openings_give_one_event() -> None:
    one, other = imported("a", dict(SM2)), imported("a", dict(reversed(SM2.items())))
    assert one.id == other.id
    assert len({one.id, imported("b", SM2).id, imported("a", FSRS).id}) == 3
    assert one.id[12] == "7"
    assert one.id[16] in "89ab"
    assert int(one.id[:12], 16) == one.ms
    assert one.ms == on(DUE - 10).ms


@pytest.mark.parametrize(
    "schedule",
    [
        {"due": "2026-11-25", "interval": 0, "ease": 250},
        {"due": "2026-11-25", "interval": -5, "ease": 250},
        {"due": "2026-11-25", "interval": 10, "ease": 0},
        {"due": "2026-11-25", "interval": 10, "ease": -100},
        {"due": "2026-11-25", "interval": 10},
        {"due": "2026-11-25", "interval": 1e308, "ease": 1e308},
        {"due": "1970-01-02", "interval": 30_000, "ease": 130},
        {"due": "2026-11-25", "interval": "ten", "ease": [250]},
        {"due": "2026-11-25", "interval": 3, "stability": 0, "difficulty": 99},
        {"due": "2026-11-25", "interval": 3, "stability": 1e11, "difficulty": -3},
        {"due": "2026-11-25", "interval": 3, "stability": True, "difficulty": None},
        {"due": "2199-12-31", "interval": 1, "ease": 250},
    ],
    ids=str,
)
def test_an_odd_schedule_gives_a_state_that_can_be_used(schedule: dict) -> None:
    state = replay([imported("a", schedule)]).state("a")
    assert state is not None
    assert 0.001 <= state.stability <= 36_500
    assert 1 <= state.difficulty <= 10
    assert state.due_day == date.fromisoformat(schedule["due"]).toordinal()
    assert state.due_day > state.day
    for grade in (1, 2, 3, 4):
        assert answered(Rules(), state, grade, on(DUE), "a").due > 0


@pytest.mark.parametrize("due", ["9999-12-31", "0001-01-01", "2026-02-30", "soon", "", 20261125, None, "2300-01-01"])
def test_a_schedule_without_a_day_that_can_be_meant_is_not_taken(due: object) -> None:
    schedule = {"due": due, "interval": 10, "ease": 250}
    assert last_review(schedule) is None
    when = on(DUE)
    event_ = Event("e" * 32, when.ms, 0, "d", 1, "imported", "a", {"schedule": schedule})
    assert replay([event_]).state("a") is None


@pytest.mark.parametrize("schedule", [None, 3, "x", [], {}], ids=str)
def test_a_payload_that_holds_no_schedule_changes_nothing(schedule: object) -> None:
    when = on(DUE)
    event_ = Event("e" * 32, when.ms, 0, "d", 1, "imported", "a", {"schedule": schedule})
    assert replay([event_]).state("a") is None
