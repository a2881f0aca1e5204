"""The log loss of a log and its gradient: against the scalar formulas, and against differences."""

from __future__ import annotations

import random
from math import log

import numpy as np
import pytest

from studytool.memory import fsrs
from studytool.memory.fit.gradient import loss_and_gradient
from studytool.memory.fit.histories import FORGOTTEN, RECALLED, SAME_DAY, Histories, histories
from studytool.memory.fit.loss import forward, losses
from studytool.memory.fit.prior import HIGHEST, LOWEST

DEFAULTS = np.array(fsrs.DEFAULT_WEIGHTS)


def answers(seed: int, cards: int = 40, most: int = 20) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cards, days and grades of a log in the order of time: all grades, same days, gaps of days and of years."""
    draw = random.Random(seed)
    rows = []
    for card in range(cards):
        day = draw.randrange(30)
        for _ in range(draw.randint(1, most)):
            rows.append((day, card, draw.choices((1, 2, 3, 4), (5, 2, 10, 3))[0]))
            day += draw.choice((0, draw.randint(1, 6), draw.randint(1, 400)))
    rows.sort(key=lambda row: row[0])
    days, numbers, grades = (np.array(column) for column in zip(*rows, strict=True))
    return numbers, days, grades


def weights(seed: int) -> np.ndarray:
    """The defaults, vectors from anywhere within the bounds, and vectors half way between."""
    if seed == 0:
        return DEFAULTS
    anywhere = np.random.default_rng(seed).uniform(LOWEST, HIGHEST)
    return anywhere if seed % 2 else (DEFAULTS + anywhere) / 2


def one_by_one(w: np.ndarray, log_: tuple[np.ndarray, ...], given: np.ndarray | None = None) -> dict[int, float]:
    """The log loss of every row that counts, card after card by the scalar formulas."""
    model = fsrs.Model(tuple(w.tolist()))
    found: dict[int, float] = {}
    known: dict[int, tuple[float, float, int]] = {}
    for row, (card, day, grade) in enumerate(zip(*(column.tolist() for column in log_), strict=True)):
        if grade == 0:
            known[card] = (*given[row].tolist(), day)
        elif card not in known:
            known[card] = (*fsrs.first(model, grade), day)
        else:
            stability, difficulty, last = known[card]
            if day > last:
                recall = fsrs.retrievability(model, stability, day - last)
                found[row] = -log(recall if grade > 1 else 1 - recall)
            known[card] = (*fsrs.step(model, stability, difficulty, day - last, grade), day)
    return found


def by_row(at: Histories, w: np.ndarray) -> dict[int, float]:
    return dict(zip(at.row[at.counted].tolist(), losses(at, w).tolist(), strict=True))


@pytest.mark.parametrize("seed", range(8))
def test_losses_are_those_of_the_scalar_formulas(seed: int) -> None:
    log_ = answers(seed)
    w = weights(seed)
    assert by_row(histories(*log_), w) == pytest.approx(one_by_one(w, log_), rel=1e-9)


def differences(at: Histories, w: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The gradient by central differences."""
    found = np.zeros(len(w))
    for number in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[number] = 1e-6 * max(abs(w[number]), 0.1)
        found[number] = share @ (losses(at, w + nudge) - losses(at, w - nudge)) / (2 * nudge[number])
    return found


@pytest.mark.parametrize("seed", range(30))
def test_the_gradient_is_that_of_differences(seed: int) -> None:
    log_, w = answers(100 + seed), weights(seed)
    at = histories(*log_)
    share = np.random.default_rng(seed).uniform(0, 1, len(at.row[at.counted]))
    loss, gradient = loss_and_gradient(at, w, share)
    assert loss == pytest.approx(share @ losses(at, w))
    expected = differences(at, w, share)
    assert gradient == pytest.approx(expected, rel=1e-5, abs=1e-6 * np.abs(expected).max())


def test_the_logs_of_these_tests_reach_every_branch() -> None:
    """Difficulty at its bound, what forgetting leaves at most, same days that change nothing and that shorten."""
    missing = {"difficulty low", "capped", "not capped", "floored", "shortened"}
    for seed in range(30):
        w = weights(seed)
        at = histories(*answers(100 + seed))
        way = forward(at, w)
        forgotten, same_day = at.regions[FORGOTTEN], at.regions[SAME_DAY]
        capped = way.stability[forgotten] == way.was[forgotten] * np.exp(-w[17] * w[18])
        seen = {
            "difficulty low": (way.difficulty == 1).any(),
            "capped": capped.any(),
            "not capped": (~capped).any(),
            "floored": (way.stability[same_day] == way.was[same_day]).any(),
            "shortened": (way.stability[same_day] < way.was[same_day]).any(),
        }
        missing -= {name for name, is_seen in seen.items() if is_seen}
    assert not missing


@pytest.mark.parametrize("bound", [fsrs.STABILITY_MAX, fsrs.STABILITY_MIN])
def test_a_gradient_where_stability_is_at_its_bound_is_that_of_differences(bound: float) -> None:
    often, w = 14, DEFAULTS.copy()
    if bound == fsrs.STABILITY_MAX:
        day, grade = np.arange(often) * 40_000, np.full(often, 4)
        grade[-1] = 1
    else:
        day, grade = np.repeat(np.arange(often // 2), 2), np.full(often, 1)
        w[0] = 0.002
    at = histories(np.zeros(often, int), day, grade)
    assert (forward(at, w).stability == bound).any()
    share = np.ones(len(at.row[at.counted]))
    expected = differences(at, w, share)
    assert loss_and_gradient(at, w, share)[1] == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_first_and_same_day_answers_do_not_count() -> None:
    at = histories(np.array([0, 0, 1, 0, 1, 0]), np.array([5, 5, 5, 6, 6, 6]), np.array([3, 3, 1, 3, 1, 3]))
    assert sorted(at.row[at.counted].tolist()) == [3, 4]


def test_a_clock_that_was_set_back_counts_as_the_same_day() -> None:
    at = histories(np.array([0, 0, 0]), np.array([5, 3, 4]), np.array([3, 3, 3]))
    assert at.row[at.counted].tolist() == [2]
    assert at.days[at.counted].tolist() == [1]


def test_a_card_taken_over_begins_where_it_was() -> None:
    log_ = (np.array([0, 1, 0, 1, 0]), np.array([1, 1, 9, 4, 30]), np.array([0, 3, 3, 3, 1]))
    given = np.array([(12.0, 4.0), *[(0.0, 0.0)] * 4])
    at = histories(*log_, given)
    assert by_row(at, DEFAULTS) == pytest.approx(one_by_one(DEFAULTS, log_, given))
    share = np.ones(3)
    expected = differences(at, DEFAULTS, share)
    assert loss_and_gradient(at, DEFAULTS, share)[1] == pytest.approx(expected, rel=1e-5, abs=1e-8)


def test_a_log_up_to_a_row_is_that_of_its_beginning() -> None:
    log_ = answers(3)
    until = len(log_[0]) // 2
    assert by_row(histories(*log_, until=until), DEFAULTS) == by_row(
        histories(*(column[:until] for column in log_)), DEFAULTS
    )


def test_only_the_first_answers_of_a_card_without_end_are_looked_at() -> None:
    at = histories(np.zeros(500, int), np.arange(500), np.full(500, 3), longest=128)
    assert sorted(at.row.tolist()) == list(range(128))


@pytest.mark.parametrize("rows", [0, 1])
def test_a_log_without_anything_that_counts_has_no_loss(rows: int) -> None:
    at = histories(*(np.ones(rows, int) for _ in range(3)))
    assert len(losses(at, DEFAULTS)) == 0
    loss, gradient = loss_and_gradient(at, DEFAULTS, np.zeros(0))
    assert loss == 0
    assert not gradient.any()


def test_every_answer_but_the_last_that_say_nothing_has_one_place() -> None:
    card, day, grade = answers(4)
    at = histories(card, day, grade)
    assert len(set(at.row.tolist())) == len(at.row)
    parts = [part for step in at.steps for part in step]
    covered = sorted(place for part in parts for place in range(part.start, part.stop))
    assert covered == list(range(at.regions[RECALLED].start, len(at.row)))
    assert (card[at.row[at.after[at.after < len(at.row)]]] == card[at.row[at.after < len(at.row)]]).all()
