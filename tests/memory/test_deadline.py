"""An exam on a day: what an answer today is worth, what to expect, and that it beats the everyday schedule."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory import fsrs
from studytool.memory.away import Away
from studytool.memory.deadline import SAFE, Aim, Outlook, days_before, gains, outlook, started
from studytool.memory.fsrs import Model
from studytool.memory.habits import Habits
from studytool.memory.simulate import Deck, Plain, Table, new_deck, simulate
from tests.memory.made import deck

MODEL = Model()
HABITS = Habits()
NAN = float("nan")
EVERYDAY = Plain(20, 200)
FILLED = Plain(10_000, 10_000)
"""The everyday queue without limits: only the minutes end a day."""


def worth(of: Deck, left: int, minutes: float = 20) -> np.ndarray:
    return gains(MODEL, HABITS, of.stability, of.difficulty, -of.last, left, minutes)


def expect(of: Deck, exam: int, minutes: float, everyday: Plain | None = None, **more: object) -> Outlook:
    return outlook(of, np.zeros(len(of), np.int64), exam, minutes, everyday=everyday, **more)  # type: ignore[arg-type]


def test_on_the_eve_a_gain_is_what_todays_answer_adds_a_second() -> None:
    """Nothing comes between: recall tomorrow if it is asked now, less recall tomorrow if it is not."""
    s, d, days = 8.0, 5.0, 12
    recalled = fsrs.retrievability(MODEL, s, days)
    good, _ = fsrs.step(MODEL, s, d, days, 3)
    again, harder = fsrs.step(MODEL, s, d, days, 1)
    again, _ = fsrs.step(MODEL, again, harder, 0, 3)  # the relearning step
    asked = recalled * fsrs.retrievability(MODEL, good, 1) + (1 - recalled) * fsrs.retrievability(MODEL, again, 1)
    passed = sum(share * seconds for share, seconds in zip(HABITS.passed, HABITS.seconds, strict=True))
    seconds = recalled * passed + (1 - recalled) * HABITS.seconds[0]
    expected = (asked - fsrs.retrievability(MODEL, s, days + 1)) / seconds
    assert worth(deck((s, d, -days, 0)), 1)[0] == pytest.approx(expected)


def test_on_the_eve_a_new_card_is_worth_its_recall_after_a_day() -> None:
    recall = 0.0
    for grade in (1, 2, 3, 4):
        s, d = fsrs.first(MODEL, grade)
        for _ in range(HABITS.steps[grade - 1]):
            s, d = fsrs.step(MODEL, s, d, 0, 3)
        assert started(MODEL, HABITS)[0][grade - 1] == pytest.approx(s)
        recall += HABITS.first[grade - 1] * fsrs.retrievability(MODEL, s, 1)
    seconds = sum(share * each for share, each in zip(HABITS.first, HABITS.first_seconds, strict=True))
    assert worth(new_deck(1), 1)[0] == pytest.approx(recall / seconds)


def test_a_card_asked_today_is_not_asked_again_and_new_ones_keep_their_order() -> None:
    found = worth(deck((5.0, 5.0, 0, 3), (NAN, NAN, 0, 0), (NAN, NAN, 0, 0)), 10)
    assert found[0] == -np.inf
    assert found[1] > found[2] > found[1] - 1e-9


def test_on_the_eve_what_is_nearly_lost_comes_before_what_is_safe() -> None:
    found = worth(deck((3.0, 5.0, -20, -15), (300.0, 5.0, -20, 200)), 1)
    assert found[0] > 10 * found[1] > 0


def test_far_from_the_exam_it_pays_to_wait_until_an_answer_builds_stability() -> None:
    just_asked, due = worth(deck((20.0, 5.0, -1, 19), (20.0, 5.0, -20, 0)), 60, minutes=1)
    assert due > 3 * just_asked


def test_doing_nothing_more_leaves_what_is_not_forgotten_by_then() -> None:
    cards = deck((5.0, 5.0, -3, 2), (50.0, 4.0, -10, 40), (NAN, NAN, 0, 0))
    found = outlook(cards, np.array([0, 0, 1]), 30, 0)
    first, second = fsrs.retrievability(MODEL, 5.0, 33), fsrs.retrievability(MODEL, 50.0, 40)
    assert found.recall.mean == pytest.approx((first + second) / 3)
    assert (found.recall.low, found.recall.high) == (found.recall.mean, found.recall.mean)
    assert found.topics == (pytest.approx((first + second) / 2), 0.0)
    assert found.seen == pytest.approx(2 / 3)
    assert found.safe == pytest.approx((first >= SAFE) / 3 + (second >= SAFE) / 3)
    assert expect(cards, 30, 0, unseen=0.25).recall.mean == pytest.approx((first + second + 0.25) / 3)


def test_on_the_day_itself_and_after_it_there_is_nothing_left_to_do() -> None:
    cards = deck((5.0, 5.0, -3, 2), (NAN, NAN, 0, 0))
    today = fsrs.retrievability(MODEL, 5.0, 3) / 2
    assert expect(cards, 0, 20).recall.mean == pytest.approx(today)
    assert expect(cards, -4, 20).recall.mean == pytest.approx(today)


def test_an_empty_syllabus_expects_nothing() -> None:
    assert expect(new_deck(0), 10, 20).recall.mean == 0.0


@pytest.mark.parametrize(("cards", "days"), [(150, 20), (500, 25), (800, 40)])
def test_more_minutes_never_lower_what_is_expected(cards: int, days: int) -> None:
    found = [expect(new_deck(cards), days, minutes).recall.mean for minutes in (0, 5, 10, 20, 40)]
    assert found == sorted(found)
    assert found[-1] > found[1]


@pytest.mark.parametrize(
    ("cards", "days", "minutes", "least"),
    [
        (1_000, 60, 10, 0.05),  # more cards than minutes
        (500, 14, 20, 0.03),
        (300, 30, 10, 0.015),  # minutes to spare
        (1_000, 120, 10, 0.003),  # just enough of them
    ],
)
def test_it_beats_the_everyday_schedule_at_the_same_minutes(
    cards: int, days: int, minutes: float, least: float
) -> None:
    aimed, usual = expect(new_deck(cards), days, minutes), expect(new_deck(cards), days, minutes, FILLED)
    assert aimed.recall.mean > usual.recall.mean + least
    assert aimed.spent <= minutes + 0.5


def test_it_beats_it_for_a_memory_unlike_the_assumed_one() -> None:
    weights = list(fsrs.DEFAULT_WEIGHTS)
    weights[8] -= 0.4  # stability grows a third less at each answer
    weights[20] = 0.3  # and the forgetting curve falls steeper
    other = Model(tuple(weights))
    recall = [
        simulate(new_deck(500), policy, 45, 8, truth=other).truth.recall(45).mean() for policy in (Aim(45, 8), FILLED)
    ]
    assert recall[0] > recall[1] + 0.01


def test_after_the_exam_the_everyday_schedule_is_back() -> None:
    cards = deck((5.0, 5.0, -30, -25), (50.0, 4.0, -10, 40), (NAN, NAN, 0, 0))
    table = Table(MODEL, cards.stability[None], cards.difficulty[None], cards.last[None], cards.due[None])
    assert np.array_equal(Aim(3, 20)(table, 3), EVERYDAY(table, 3))
    assert not np.array_equal(Aim(3, 20)(table, 2), EVERYDAY(table, 2))


def test_a_sample_of_a_large_deck_expects_what_the_deck_does() -> None:
    large = outlook(new_deck(6_000), np.arange(6_000) // 3_000, 20, 60)
    third = outlook(new_deck(2_000), np.arange(2_000) // 1_000, 20, 20)
    assert large.recall.mean == pytest.approx(third.recall.mean, abs=0.01)
    assert large.spent == pytest.approx(60, abs=1)
    assert len(large.topics) == 2


def test_the_range_is_narrower_for_more_cards() -> None:
    few, many = expect(new_deck(20), 10, 2), expect(new_deck(2_000), 10, 200)
    assert few.recall.high - few.recall.low > many.recall.high - many.recall.low > 0
    assert few.recall.low < few.recall.mean < few.recall.high


def test_a_clock_that_was_ahead_leaves_a_card_for_a_later_day() -> None:
    cards = deck((5.0, 5.0, 3, 9), (5.0, 5.0, -9, -4))
    found = worth(cards, 6)
    assert found[0] == -np.inf
    assert np.isfinite(found[1])
    assert 0 < expect(cards, 6, 10).recall.mean <= 1
    assert 0 < expect(cards, 6, 10, EVERYDAY).recall.mean <= 1


def test_days_of_a_holiday_hold_no_answers_before_the_exam() -> None:
    assert days_before(5).tolist() == [1, 2, 3, 4]
    assert days_before(5, away=(Away(1, 3),)).tolist() == [1, 2]
    assert days_before(5, 1, (Away(4, 9),)).tolist() == [2, 3]
    assert days_before(5, away=(Away(1, 9),)).size == 0


def test_before_a_holiday_until_the_exam_today_is_the_eve() -> None:
    """No later answer comes: what one today is worth is what it leaves on the day."""
    cards = deck((8.0, 5.0, -12, 0), (40.0, 6.0, -3, 20), (NAN, NAN, 0, 0))
    at = MODEL, HABITS, cards.stability, cards.difficulty, -cards.last
    found = gains(*at, 10, 60, days_before(10, away=(Away(1, 10),)))
    assert found.tolist() == gains(*at, 10, 0, np.array([])).tolist()
    assert found.tolist() != gains(*at, 10, 60).tolist()


@pytest.mark.parametrize("everyday", [None, EVERYDAY])
def test_a_holiday_costs_recall_on_the_day_and_no_minutes_are_counted_on_it(everyday: Plain | None) -> None:
    usual = expect(new_deck(200), 20, 5, everyday)
    away = expect(new_deck(200), 20, 5, everyday, away=(Away(5, 17),))
    assert away.recall.mean < usual.recall.mean - 0.02
    assert away.spent == pytest.approx(5, abs=0.8)
    nothing = expect(new_deck(200), 20, 5, everyday, away=(Away(0, 20),))
    assert (nothing.seen, nothing.spent) == (0, 0)
