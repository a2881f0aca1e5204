"""The fit to a learner's log: what it finds on simulated learners, what it adopts, and what it leaves alone."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from studytool.memory import Event, Moment, replay
from studytool.memory.columns import Reviews, from_memory
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.fit.fitting import FEWEST, Fitted, Log, fitted, log_of, pooled
from studytool.memory.fit.histories import Histories
from studytool.memory.fit.loss import losses
from studytool.memory.fit.prior import (
    HIGHEST,
    LOWEST,
    SPREAD,
    gradient_in_units,
    penalty,
    to_units,
    to_weights,
)
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model
from studytool.memory.imported import taken_over
from studytool.memory.pieces import finished
from studytool.memory.schedule import Rules
from tests.bench import learners

DEFAULTS = np.array(DEFAULT_WEIGHTS)


@cache
def learner(seed: int, buttons: int = 4) -> learners.Learner:
    return learners.Learner(learners.drawn(np.random.default_rng(seed)), buttons=buttons)


@cache
def simulated(seed: int, answers: int, buttons: int = 4) -> Log:
    return learners.log_of(learner(seed, buttons), answers, seed)


@cache
def fit_of(seed: int, answers: int) -> Fitted:
    """What is found from the published parameters; the same each time."""
    return finished(fitted(simulated(seed, answers)))


@cache
def fresh(seed: int) -> tuple[Histories, float]:
    """Fresh answers of a learner, and their log loss by the learner's own parameters."""
    answers = learners.log_of(learner(seed), 20_000, 5000 + seed).histories()
    return answers, float(losses(answers, learner(seed).weights).mean())


def above_the_best(seed: int, weights: np.ndarray) -> float:
    """The log loss of fresh answers of a learner, above that by the learner's own parameters."""
    answers, best = fresh(seed)
    return float(losses(answers, weights).mean()) - best


def counted(log: Log) -> np.ndarray:
    """The rows that count, in order."""
    at = log.histories()
    return np.sort(at.row[at.counted])


@pytest.mark.parametrize(("answers", "seeds", "most"), [(1_000, 6, 0.006), (10_000, 3, 0.0018)])
def test_fresh_answers_are_predicted_nearly_as_well_as_by_the_learners_own_parameters(
    answers: int, seeds: int, most: float
) -> None:
    lost, by_defaults = [], []
    for seed in range(seeds):
        found = fit_of(seed, answers)
        lost.append(above_the_best(seed, np.array(found.fit)))
        by_defaults.append(above_the_best(seed, DEFAULTS))
        assert found.weights == DEFAULT_WEIGHTS or above_the_best(seed, np.array(found.weights)) < by_defaults[-1]
    print(f"{answers} answers: +{np.mean(lost):.5f}, by the defaults +{np.mean(by_defaults):.5f}")
    assert np.mean(lost) <= most


@pytest.mark.parametrize("seed", range(3))
def test_a_learner_much_unlike_others_is_found_too(seed: int) -> None:
    own = learners.unlike(np.random.default_rng(seed))
    one = learners.Learner(own, buttons=2)
    fresh = learners.log_of(one, 20_000, 5000 + seed).histories()
    found = finished(fitted(learners.log_of(one, 5_000, seed)))
    whole, lost, by_defaults = (
        losses(fresh, np.array(w)).mean() - losses(fresh, own).mean() for w in (found.fit, found.weights, DEFAULTS)
    )
    assert found.adopted
    assert lost < 0.3 * by_defaults
    assert whole < 0.2 * by_defaults
    assert whole < 0.006


@pytest.mark.parametrize("seed", range(3))
def test_who_never_answers_hard_or_easy_keeps_the_published_parameters_of_both(seed: int) -> None:
    found = finished(fitted(simulated(seed, 5_000, buttons=2)))
    for weights in (found.weights, found.fit):
        assert [weights[at] for at in (1, 3, 15, 16)] == [DEFAULT_WEIGHTS[at] for at in (1, 3, 15, 16)]
    assert found.fit[2] != DEFAULT_WEIGHTS[2]


def test_parameters_stay_within_their_bounds() -> None:
    """Somebody who forgets everything, and somebody who forgets nothing."""
    card, day = np.repeat(np.arange(200), 10), np.tile(np.arange(10) * 7, 200)
    for grade in (1, 4):
        found = finished(fitted(Log(card, day, np.full(2000, grade))))
        for weights in (np.array(found.fit), np.array(found.weights)):
            assert ((weights >= LOWEST) & (weights <= HIGHEST)).all()


def test_too_few_answers_leave_the_present_parameters() -> None:
    log = simulated(0, 1_000)
    rows = counted(log)
    present = tuple(weight * 1.01 for weight in DEFAULT_WEIGHTS)
    short = Log(*(column[: rows[FEWEST - 1]] for column in (log.card, log.day, log.grade)))
    found = finished(fitted(short, present))
    assert found == Fitted(present, present, present, FEWEST - 1)
    assert not found.adopted
    enough = Log(*(column[: rows[FEWEST - 1] + 1] for column in (log.card, log.day, log.grade)))
    assert finished(fitted(enough, present)).tested > 0


def test_an_empty_log_is_too_short() -> None:
    nothing = np.zeros(0, np.int64)
    assert finished(fitted(Log(nothing, nothing, nothing))).reviews == 0
    assert finished(pooled(Log(nothing, nothing, nothing))).tested == 0


def test_against_the_learners_own_parameters_nothing_is_adopted() -> None:
    """Nothing is to be gained, so that what is adopted would be luck."""
    found = [finished(fitted(simulated(seed, 3_000), tuple(learner(seed).weights.tolist()))) for seed in range(4)]
    assert [one.adopted for one in found] == [False] * 4
    assert all(one.weights == one.before for one in found)


def test_parameters_are_adopted_where_they_predict_later_answers_better() -> None:
    found = fit_of(2, 10_000)
    assert found.adopted
    assert found.loss < found.was
    assert not found.against_published


def test_what_was_fitted_to_the_later_answers_is_not_tested_by_them() -> None:
    log, first = simulated(2, 10_000), fit_of(2, 10_000)
    other = tuple(weight * 1.001 for weight in first.weights)
    again = finished(fitted(log, other, seen=first.reviews))
    assert again.against_published
    assert (again.was, again.gain, again.weights, again.adopted) == (first.was, first.gain, first.weights, True)
    same = finished(fitted(log, first.weights, seen=first.reviews))
    assert (same.weights, same.adopted) == (first.weights, False)


def test_from_parameters_worse_than_the_published_ones_no_fit_goes_on() -> None:
    log, first = simulated(2, 10_000), fit_of(2, 10_000)
    worse = (*(weight / 5 for weight in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:])
    again = finished(fitted(log, worse))
    assert again.against_published
    assert (again.was, again.gain, again.weights, again.adopted) == (first.was, first.gain, first.weights, True)


def test_the_same_log_gives_the_same_parameters() -> None:
    assert finished(fitted(simulated(1, 3_000))) == fit_of(1, 3_000)


def test_nothing_later_is_known_when_later_answers_are_predicted() -> None:
    """Turning the last part's answers around changes how well they are predicted, not the fits before them."""
    log = simulated(1, 3_000)
    rows = counted(log)
    turned = log.grade.copy()
    turned[rows[len(rows) * 5 // 6] :] = 1
    steps, turned_steps = (list(fitted(Log(log.card, log.day, grade))) for grade in (log.grade, turned))
    assert [step for step in steps if step.part < 5] == [step for step in turned_steps if step.part < 5]
    assert steps[-1] != turned_steps[-1]


def test_a_fit_tells_how_far_it_is_and_can_be_given_up() -> None:
    steps = fitted(simulated(1, 3_000))
    first = next(steps)
    assert (first.part, first.parts, first.step) == (1, 5, 0)
    steps.close()
    rest = list(fitted(simulated(1, 3_000)))
    assert [step.part for step in rest] == sorted(step.part for step in rest)
    assert {step.part for step in rest} == {1, 2, 3, 4, 5}


def test_pooled_folds_are_those_of_a_time_series_split() -> None:
    """scikit-learn: parts of n // (folds + 1) at the end, each predicted from all that comes before it."""
    log, folds = simulated(1, 3_000), 5
    rows = counted(log)
    size = len(rows) // (folds + 1)
    found = finished(pooled(log, folds))
    assert (found.reviews, found.tested) == (len(rows), folds * size)
    assert found.loss < found.in_use <= found.was
    at = log.histories()
    tested = at.row[at.counted] >= rows[len(rows) - folds * size]
    assert found.was == pytest.approx(losses(at, DEFAULTS)[tested].mean())
    last = len(rows) - size
    alone = finished(fitted(log.before(rows[last])))
    assert alone.reviews == last
    assert np.array(alone.fit) == pytest.approx(np.array(found.weights), abs=0.2)  # the search began elsewhere


def test_a_learner_that_changes_is_predicted_by_who_they_are_now() -> None:
    """Of two halves by different parameters the later counts for more."""
    before, after = (learners.drawn(np.random.default_rng(seed)) for seed in (11, 12))
    halves = [learners.log_of(learners.Learner(own), 8_000, 3) for own in (before, after)]
    cards, days = halves[0].card.max() + 1, halves[0].day.max() + 1
    both = Log(
        np.concatenate((halves[0].card, halves[1].card + cards)),
        np.concatenate((halves[0].day, halves[1].day + days)),
        np.concatenate((halves[0].grade, halves[1].grade)),
    )
    weights = np.array(finished(fitted(both)).weights)
    turned = Log(
        np.concatenate((halves[1].card, halves[0].card + halves[1].card.max() + 1)),
        np.concatenate((halves[1].day, halves[0].day + halves[1].day.max() + 1)),
        np.concatenate((halves[1].grade, halves[0].grade)),
    )
    other = np.array(finished(fitted(turned)).weights)
    fresh = learners.log_of(learners.Learner(after), 8_000, 4).histories()
    assert losses(fresh, weights).mean() < losses(fresh, other).mean()


# -- the prior ------------------------------------------------------------------------------------------------------


def test_the_defaults_are_where_the_prior_takes_nothing_off() -> None:
    assert to_units(DEFAULTS) == pytest.approx(np.zeros(21))
    assert penalty(to_units(DEFAULTS))[0] == pytest.approx(0)
    assert ((LOWEST <= DEFAULTS) & (DEFAULTS <= HIGHEST)).all()


def test_the_prior_holds_firmly_near_the_defaults_and_lets_go_of_who_is_far_from_them() -> None:
    way = np.full(21, 21**-0.5)
    pulls = [float(penalty(distance * way)[1] @ way) for distance in (0.01, 0.5, 1.5, 3, 12)]
    assert pulls[0] == pytest.approx(0.04, rel=1e-3)  # as a normal distribution of half a spread
    assert pulls[0] < pulls[1] < pulls[2]
    assert pulls[2] > pulls[3] > pulls[4] > 0
    values = [penalty(distance * way)[0] for distance in (0, 0.5, 1.5, 3, 12)]
    assert values == sorted(values)


@pytest.mark.parametrize("seed", range(5))
def test_units_and_weights_are_two_ways_of_saying_the_same(seed: int) -> None:
    weights = np.random.default_rng(seed).uniform(LOWEST, HIGHEST)
    assert to_weights(to_units(weights)) == pytest.approx(weights)


def test_derivatives_by_units_are_those_of_differences() -> None:
    units, slope = np.linspace(-1, 1, 21), np.linspace(2, 3, 21)
    found = gradient_in_units(to_weights(units), slope)
    for at in range(21):
        nudge = np.zeros(21)
        nudge[at] = 1e-6
        difference = slope @ (to_weights(units + nudge) - to_weights(units - nudge)) / 2e-6
        assert found[at] == pytest.approx(difference, rel=1e-6)
        gained = (penalty(units + nudge)[0] - penalty(units - nudge)[0]) / 2e-6
        assert penalty(units)[1][at] == pytest.approx(gained, abs=1e-6)


def test_one_published_spread_is_one_unit() -> None:
    weights = DEFAULTS.copy()
    weights[8] += SPREAD[8]
    assert to_units(weights)[8] == pytest.approx(1)


# -- from the log ---------------------------------------------------------------------------------------------------


def test_a_log_of_reviews_has_their_cards_days_and_grades() -> None:
    start = 1_704_110_400_000  # 2024-01-01 12:00 UTC
    schedule = {"due": "2024-01-20", "interval": 4, "stability": 5.5, "difficulty": 4.5}
    told = [("a", "review", {"grade": 3}), ("b", "imported", {"schedule": schedule}), ("a", "review", {"grade": 1})]
    events = [
        Event(uuid7(start + at * DAY_MS, bytes(10)), start + at * DAY_MS, 0, "d", at, kind, card, payload)
        for at, (card, kind, payload) in enumerate(told)
    ]
    reviews = from_memory(replay(events))
    model = Model(tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS))
    log = log_of(reviews, model)
    assert log.card.tolist() == [0, 1, 0]
    assert log.grade.tolist() == [3, 0, 1]
    assert (log.day - log.day[0]).tolist() == [0, 1, 2]
    trail = taken_over(Rules(model=model), schedule, Moment(start + DAY_MS, 0), "")
    assert log.given is not None
    assert log.given[1].tolist() == [trail.stability, trail.difficulty]


def test_however_the_cards_are_numbered_a_fit_finds_the_same_to_the_last_bit() -> None:
    log = simulated(1, 3_000)
    found = []
    for draw in (None, np.random.default_rng(1)):
        many = int(log.card.max()) + 1
        number = np.arange(many) if draw is None else draw.permutation(many)
        none = np.zeros(len(log.card), np.int32)
        reviews = Reviews(
            keys=[str(key) for key in np.argsort(number)],
            card=number[log.card].astype(np.int32),
            ms=(log.day - 719_163) * DAY_MS,
            offset=none.astype(np.int16),
            day=log.day.astype(np.int32),
            grade=log.grade.astype(np.int8),
            took=none,
            imported=none.astype(np.bool_),
            days=none,
        )
        found.append(finished(fitted(log_of(reviews, Model()))))
    assert found[0] == found[1]
