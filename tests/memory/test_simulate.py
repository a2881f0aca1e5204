"""A simulated learner: FSRS-6 in arrays, what a day holds, and that the counts add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import fsrs, many
from studytool.memory.away import Away
from studytool.memory.fsrs import Model
from studytool.memory.habits import Habits
from studytool.memory.simulate import Deck, Plain, Table, new_deck, runs_for, simulate
from tests.memory.made import deck

MODEL = Model()
HABITS = Habits()
LONGEST = max(*HABITS.first_seconds, *HABITS.seconds)
NAN = float("nan")


def table(of: Deck) -> Table:
    return Table(MODEL, of.stability[None], of.difficulty[None], of.last[None], of.due[None])


@settings(max_examples=200)
@given(st.floats(0.01, 3_000), st.floats(1, 10), st.integers(1, 2_000), st.integers(1, 4))
def test_arrays_follow_the_same_formulas_as_one_card(s: float, d: float, days: int, grade: int) -> None:
    stability, difficulty = np.array([s]), np.array([d])
    recalled = many.recall(MODEL, stability, days)
    assert recalled[0] == pytest.approx(fsrs.retrievability(MODEL, s, days), rel=1e-12)
    expected = fsrs.step(MODEL, s, d, days, grade)
    if grade > 1:
        after = many.after_recall(MODEL, stability, difficulty, recalled, grade)
    else:
        after = many.after_forgetting(MODEL, stability, difficulty, recalled)
    assert after[0] == pytest.approx(expected[0], rel=1e-9)
    assert many.difficulty_after(MODEL, difficulty, grade)[0] == pytest.approx(expected[1], rel=1e-12)
    assert many.after_step(MODEL, stability)[0] == pytest.approx(fsrs.step(MODEL, s, d, 0, 3)[0], rel=1e-12)
    assert many.intervals(MODEL, stability, 0.9)[0] == max(round(fsrs.interval(MODEL, s, 0.9)), 1)


@pytest.mark.parametrize("minutes", [3, 10, 45])
def test_counts_add_up_and_days_keep_to_their_minutes(minutes: float) -> None:
    course = simulate(new_deck(200), Plain(8, 30), 25, minutes, runs=5, seed=3)
    seen = (~np.isnan(course.table.stability)).sum(1)
    assert course.new.sum(1).tolist() == seen.tolist()
    assert (course.new <= 8).all()
    assert (course.reviews <= 30).all()
    assert (course.recalled <= course.reviews).all()
    assert (course.seconds < minutes * 60 + LONGEST).all()
    assert (course.seconds.cumsum(1) <= minutes * 60 * np.arange(1, 26) + LONGEST).all()  # what was over comes off
    assert (course.table.last[~np.isnan(course.table.stability)] < 25).all()


def test_the_same_seed_gives_the_same_runs_and_another_gives_others() -> None:
    one, same, other = (simulate(new_deck(50), Plain(), 10, 10, runs=3, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.table.stability, same.table.stability, equal_nan=True)
    assert not np.array_equal(one.table.stability, other.table.stability, equal_nan=True)
    assert not np.array_equal(one.table.stability[0], one.table.stability[1], equal_nan=True)


def test_without_minutes_nothing_changes() -> None:
    before = deck((5.0, 5.0, -9, -4), (NAN, NAN, 0, 0))
    course = simulate(before, Plain(), 5, 0, runs=2)
    assert course.seconds.sum() == 0
    assert np.array_equal(course.table.stability, np.tile(before.stability, (2, 1)), equal_nan=True)


def test_a_new_card_is_at_the_end_of_its_day_where_its_steps_bring_it() -> None:
    always_good = Habits(first=(0, 0, 1, 0))
    course = simulate(new_deck(1), Plain(), 1, 10, habits=always_good, runs=1)
    stability, difficulty = fsrs.step(MODEL, *fsrs.first(MODEL, 3), 0, 3)
    assert course.table.stability[0, 0] == pytest.approx(stability)
    assert course.table.difficulty[0, 0] == pytest.approx(fsrs.first(MODEL, 3)[1])
    assert difficulty == pytest.approx(fsrs.first(MODEL, 3)[1], abs=0.01)
    assert course.table.due[0, 0] == round(stability)
    assert course.seconds[0, 0] == always_good.first_seconds[2]


def test_recall_comes_out_as_often_as_it_was_predicted() -> None:
    cards = deck(*[(10.0, 5.0, -10, 0)] * 2_000)
    course = simulate(cards, Plain(0, 2_000), 1, np.inf, runs=4)
    assert course.recalled.sum() / course.reviews.sum() == pytest.approx(0.9, abs=0.01)


def test_another_memory_than_the_assumed_one_forgets_by_itself() -> None:
    weights = list(fsrs.DEFAULT_WEIGHTS)
    weights[20] = 0.5
    cards = deck(*[(10.0, 5.0, -100, 0)] * 2_000)
    course = simulate(cards, Plain(0, 2_000), 1, np.inf, truth=Model(tuple(weights)), runs=2)
    expected = fsrs.retrievability(Model(tuple(weights)), 10.0, 100)
    assert course.recalled.sum() / course.reviews.sum() == pytest.approx(expected, abs=0.02)
    assert not np.array_equal(course.table.stability, course.truth.stability)


def test_the_everyday_queue_asks_the_least_certain_first_and_spreads_new_cards() -> None:
    cards = deck((NAN, NAN, 0, 0), (9.0, 5.0, -9, 0), (2.0, 5.0, -9, 0), (4.0, 5.0, -9, 0), (5.0, 5.0, -1, 4))
    score = Plain(1, 10)(table(cards), 0)[0]
    assert np.argsort(-score, kind="stable")[:4].tolist() == [2, 3, 1, 0]
    assert score[4] == -np.inf


def test_limits_below_one_a_day_add_up_over_the_days() -> None:
    course = simulate(new_deck(50), Plain(0.25, 0), 20, np.inf, runs=1)
    assert course.new.sum() == 5
    assert course.new.max() == 1


def test_each_run_may_aim_at_a_retention_of_its_own() -> None:
    cards = deck(*[(20.0, 5.0, -5, 15)] * 10)
    course = simulate(cards, Plain(), 1, 0, desired_retention=np.array([0.8, 0.9, 0.97]), runs=3, rescheduled=True)
    due = course.table.due[:, 0].tolist()
    assert due == [round(fsrs.interval(MODEL, 20.0, aim)) - 5 for aim in (0.8, 0.9, 0.97)]


def test_a_large_deck_is_sampled_evenly_in_its_order() -> None:
    chosen, share = new_deck(10_000).sample(100)
    assert share == 0.01
    assert len(set(chosen.tolist())) == 100
    assert np.diff(chosen).max() - np.diff(chosen).min() <= 1
    assert new_deck(100).sample(100)[1] == 1.0
    assert runs_for(10) > runs_for(1_000) >= runs_for(100_000) >= 8


def test_no_card_at_all_is_no_work() -> None:
    assert simulate(new_deck(0), Plain(), 3, 10).seconds.sum() == 0


def test_on_a_holiday_nothing_is_asked_and_what_waited_comes_back_a_little_at_a_time() -> None:
    cards = deck(*((10.0, 5.0, -5, due) for due in range(2, 12) for _ in range(6)))
    course = simulate(cards, Plain(0, 999, (Away(2, 12),)), 30, np.inf, runs=2)
    assert course.seconds[:, 2:12].sum() == 0
    assert (course.reviews[:, 12] == 6).all()
    assert (course.reviews[:, 12:22].sum(1) >= 60).all()
    at_once = simulate(cards, Plain(0, 999), 30, np.inf, runs=2)
    assert (at_once.reviews[:, 2] == 6).all()


def test_minutes_of_the_day_before_a_holiday_do_not_shorten_the_day_after_it() -> None:
    course = simulate(new_deck(100), Plain(50, 200, (Away(1, 3),)), 5, 2, runs=3, seed=1)
    assert course.seconds[:, 1:3].sum() == 0
    assert (course.seconds[:, [0, 3, 4]] > 0).all()
