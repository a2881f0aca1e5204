"""How far a fit is taken: no farther than later answers are sure to gain by it."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory.fit.gate import STEPS, Gain, decided, stepped
from studytool.memory.fit.prior import HIGHEST, LOWEST
from studytool.memory.fsrs import DEFAULT_WEIGHTS

DEFAULTS = np.array(DEFAULT_WEIGHTS)


def gains(slope: float, bend: float, noise: float, seed: int = 0, n: int = 1_000) -> np.ndarray:
    """Those of n answers: slope * step - bend * step^2 on the mean, with noise that grows with the step."""
    steps = np.array(STEPS)[:, None]
    return slope * steps - bend * steps**2 + noise * steps * np.random.default_rng(seed).standard_normal(n)


def test_what_is_far_above_its_noise_is_taken_the_whole_way() -> None:
    found = decided(gains(0.1, 0.02, 0.1), np.arange(1_000), np.arange(1_000) // 20)
    assert (found.step, found.is_sure) == (1.0, True)
    assert found.mean == pytest.approx(0.08, abs=0.01)


def test_the_less_is_sure_the_shorter_is_the_step() -> None:
    card, day = np.arange(1_000), np.arange(1_000) // 20
    found = [decided(gains(0.1, 0.06, noise), card, day) for noise in (0.1, 0.3, 0.5, 3.0)]
    assert [one.is_sure for one in found] == [True, True, True, False]
    assert 1 > found[0].step > found[1].step > found[2].step > 0
    assert found[3].step == 1  # what the whole way would gain is told, and not taken


def test_of_steps_nearly_as_good_as_the_best_the_shortest_is_taken() -> None:
    of_answers = gains(0.1, 0.05, 0.2)
    found = decided(of_answers, np.arange(1_000), np.arange(1_000) // 20)
    steps, mean = np.array(STEPS), of_answers.mean(axis=1)
    error = found.error / found.step * steps  # the noise grows with the step
    best = int((mean - found.errors * error).argmax())
    enough = mean[best] - error[best]
    assert found.is_sure
    assert found.step == steps[np.flatnonzero(mean >= enough)[0]] < steps[best]


DAYS = {
    "of one size": np.arange(1_000) // 20,
    "few": np.arange(1_000) // 250,
    "one with most answers": np.maximum(np.arange(1_000) - 900, 0) // 2,
}


@pytest.mark.parametrize("layout", DAYS)
def test_chance_alone_is_hardly_ever_adopted(layout: str) -> None:
    """Good days and bad ones, by which a step seems to gain or to lose: what is sure was exceeded by chance."""
    day = DAYS[layout]
    many = int(day.max()) + 1
    of_days = (gains(0.0, 0.001, 0.3, seed, many)[:, day] for seed in range(300))
    assert sum(decided(one, np.arange(1_000), day).is_sure for one in of_days) <= 6


@pytest.mark.parametrize("layout", DAYS)
def test_the_error_is_how_far_the_mean_strays(layout: str) -> None:
    day = DAYS[layout]
    many = int(day.max()) + 1
    found = [decided(gains(0.1, 0.0, 0.3, seed, many)[:, day], np.arange(1_000), day) for seed in range(400)]
    strays = np.std([one.mean / one.step for one in found])
    told = np.mean([(one.error / one.step) ** 2 for one in found]) ** 0.5
    assert told == pytest.approx(strays, rel=0.1)


@pytest.mark.parametrize("by", ["card", "day"])
def test_answers_that_are_alike_count_as_one(by: str) -> None:
    """Each answer ten times over, those of a card or of a day: the error is that of a tenth of the answers."""
    once = gains(0.1, 0.02, 0.5)
    own = np.arange(1_000)
    alone = decided(once, own, own)
    among = {"card": own, "day": own, by: np.repeat(own, 10)}
    other = "day" if by == "card" else "card"
    among[other] = np.arange(10_000)
    tenfold = decided(np.repeat(once, 10, axis=1), among["card"], among["day"])
    assert tenfold.mean == pytest.approx(alone.mean)
    assert tenfold.error == pytest.approx(alone.error, rel=0.01)


def test_answers_of_one_single_day_are_sure_of_nothing() -> None:
    assert not decided(gains(0.1, 0.0, 0.1), np.arange(1_000), np.zeros(1_000, int)).is_sure


def test_steps_lead_from_the_present_parameters_to_the_fitted_ones_within_bounds() -> None:
    fit = np.random.default_rng(3).uniform(LOWEST, HIGHEST)
    assert stepped(DEFAULTS, fit, 1.0).tolist() == fit.tolist()
    assert stepped(DEFAULTS, fit, 0.0).tolist() == DEFAULTS.tolist()
    way = np.array([stepped(DEFAULTS, fit, step) for step in (0.0, *STEPS)])
    assert ((np.diff(way, axis=0) >= 0).all(axis=0) | (np.diff(way, axis=0) <= 0).all(axis=0)).all()
    half = stepped(DEFAULTS, fit, 0.5)
    assert half[0] == pytest.approx((DEFAULTS[0] * fit[0]) ** 0.5)  # stabilities by factors
    assert half[8] == pytest.approx((DEFAULTS[8] + fit[8]) / 2)


def test_the_fewer_the_clusters_the_more_errors_are_taken_off() -> None:
    card = np.arange(1_200)
    off = [decided(gains(0.1, 0.0, 0.1, n=1_200), card, card % days).errors for days in (2, 3, 9, 41, 1_200)]
    student = [np.inf, 8.889, 3.210, 2.617, 2.504]  # at the probability of 2.5 for a normal distribution
    assert off == [pytest.approx(one, rel=0.06) for one in student]
    one_large = np.maximum(card - 1_000, 0)
    assert decided(gains(0.1, 0.0, 0.1, n=1_200), card, one_large).errors == np.inf


def test_no_gain_is_not_sure() -> None:
    assert not Gain(1.0, 0.0, 0.0).is_sure
