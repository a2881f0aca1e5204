"""FSRS-6 against py-fsrs, the published Python implementation, as the oracle."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import fsrs as oracle
import numpy as np
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from studytool.memory import fsrs, replay
from studytool.memory.columns import from_memory
from studytool.memory.due_dates import due_dates
from studytool.memory.events import Event, Moment
from studytool.memory.lockstep import PHASES, states
from studytool.memory.schedule import Rules, State, answered, fuzz_range

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)  # py-fsrs counts whole 24 hours, we count days of a calendar
LONGEST = 36_500  # days of stability, where ours ends and the oracle's does not
SEQUENCES = 300  # for each of the six parameter vectors


def _weights(seed: int) -> tuple[float, ...]:
    """The defaults for seed 0, to 4 a vector half way between them and a random one within the published bounds.

    5 has memories that fade within minutes and difficulties at the upper end: the bounds of both hold.
    """
    if seed == 0:
        return fsrs.DEFAULT_WEIGHTS
    if seed == 5:
        found = [*fsrs.DEFAULT_WEIGHTS]
        low, high = LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
        found[:7] = *low[:3], 0.5, high[4], low[5], high[6]
        return tuple(found)
    draw = random.Random(seed)
    bounds = zip(fsrs.DEFAULT_WEIGHTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple((default + draw.uniform(low, high)) / 2 for default, low, high in bounds)


def _sequence(draw: random.Random) -> list[tuple[datetime, int]]:
    """Answers of all grades, some on the same day, some after months."""
    when, answers = NOON, []
    for _ in range(draw.randint(1, 30)):
        answers.append((when, draw.choices((1, 2, 3, 4), (2, 1, 5, 2))[0]))
        when += draw.choice((timedelta(0), timedelta(days=draw.randint(1, 6)), timedelta(days=draw.randint(1, 400))))
    return answers


def _both(weights: tuple[float, ...], retention: float, answers: list[tuple[datetime, int]]):
    """Our state and the oracle's card after each answer, until stability passes our bound, which the oracle has not."""
    scheduler = oracle.Scheduler(weights, retention, enable_fuzzing=False)
    rules = Rules(desired_retention=retention, rollover=4, model=fsrs.Model(weights), fuzz=False)
    card, state = oracle.Card(card_id=1), None
    for when, grade in answers:
        card, _ = scheduler.review_card(card, oracle.Rating(grade), when)
        state = answered(rules, state, grade, Moment.at(when), "card")
        if card.stability > LONGEST:
            assert state.stability == LONGEST
            return
        yield when, state, card


@pytest.mark.parametrize("seed", range(6))
def test_stability_and_difficulty_agree_with_the_oracle(seed: int) -> None:
    draw = random.Random(1000 + seed)
    worst, compared = 0.0, 0
    for _ in range(SEQUENCES):
        for _, state, card in _both(_weights(seed), 0.9, _sequence(draw)):
            worst = max(worst, abs(state.stability - card.stability), abs(state.difficulty - card.difficulty))
            compared += 1
    print(f"{compared} answers, largest difference {worst:.2e}")
    assert worst <= 1e-9
    assert compared > 1000


@pytest.mark.parametrize("seed", range(6))
def test_lock_step_agrees_with_the_oracle(seed: int) -> None:
    draw = random.Random(2000 + seed)
    model, scheduler = fsrs.Model(_weights(seed)), oracle.Scheduler(_weights(seed), 0.9, enable_fuzzing=False)
    rules = Rules(model=model, fuzz=False)
    expected, log = [], []
    for number in range(SEQUENCES):
        card, highest = oracle.Card(card_id=number), 0.0
        answers = _sequence(draw)
        for when, grade in answers:
            card, _ = scheduler.review_card(card, oracle.Rating(grade), when)
            highest = max(highest, card.stability)
        if highest <= LONGEST:
            expected.append(card)
            log += [
                Event(f"{len(log) + at:032x}", Moment.at(when).ms, 0, "d", at, "review", str(number), {"grade": grade})
                for at, (when, grade) in enumerate(answers)
            ]
    reviews = from_memory(replay(log))
    cards = states(reviews, model, rules)
    due = due_dates(reviews, cards, rules)
    at = [reviews.keys.index(str(card.card_id)) for card in expected]
    stability = np.abs(cards.stability[at] - [card.stability for card in expected])
    difficulty = np.abs(cards.difficulty[at] - [card.difficulty for card in expected])
    print(f"{len(expected)} cards, largest differences {stability.max():.2e} and {difficulty.max():.2e}")
    assert max(stability.max(), difficulty.max()) <= 1e-9
    assert len(expected) > 200
    assert due.ms[at].tolist() == [round(card.due.timestamp() * 1000) for card in expected]
    assert [PHASES[phase - 1] for phase in cards.phase[at]] == [card.state.name.lower() for card in expected]


@pytest.mark.parametrize("retention", [0.7, 0.9, 0.97])
def test_phase_step_and_due_date_agree_with_the_oracle(retention: float) -> None:
    draw = random.Random(7)
    for _ in range(SEQUENCES):
        for _, state, card in _both(fsrs.DEFAULT_WEIGHTS, retention, _sequence(draw)):
            assert state.phase == card.state.name.lower()
            assert state.step == (card.step or 0)
            assert state.due == round(card.due.timestamp() * 1000)


def test_recall_agrees_with_the_oracle() -> None:
    scheduler = oracle.Scheduler(enable_fuzzing=False)
    draw = random.Random(8)
    for _ in range(100):
        for when, state, card in _both(fsrs.DEFAULT_WEIGHTS, 0.9, _sequence(draw)):
            later = when + timedelta(days=draw.randint(0, 500))
            expected = scheduler.get_card_retrievability(card, later)
            assert state.retrievability(Moment.at(later)) == pytest.approx(expected, abs=1e-12)


def test_recall_is_ninety_percent_after_one_stability() -> None:
    for seed in range(5):
        assert fsrs.retrievability(fsrs.Model(_weights(seed)), 12.5, 12.5) == pytest.approx(0.9)


def test_the_interval_for_a_recall_is_when_that_recall_is_reached() -> None:
    model = fsrs.Model()
    for retention in (0.7, 0.8, 0.95):
        assert fsrs.retrievability(model, 20, fsrs.interval(model, 20, retention)) == pytest.approx(retention)


def test_stability_stays_within_its_bounds() -> None:
    model = fsrs.Model()
    high = low = fsrs.first(model, 3)
    for _ in range(60):
        high = fsrs.step(model, *high, 36_000, 4)
        low = fsrs.step(model, *low, 0, 1)
    assert high[0] == LONGEST
    assert 0.001 <= low[0] < 0.1


def test_a_wrong_number_of_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="21 parameters, not 19"):
        fsrs.Model(fsrs.DEFAULT_WEIGHTS[:19])


def _grown(answers: int) -> State:
    state = None
    for number in range(answers):
        state = answered(Rules(fuzz=False), state, 4, Moment.at(NOON + timedelta(days=40 * number)), "card")
    assert state is not None
    return state


def test_fuzz_stays_in_its_bounds_and_uses_all_of_them() -> None:
    exact = answered(Rules(fuzz=False), None, 4, Moment.at(NOON), "")
    low, high = fuzz_range(exact.due_day - exact.day)
    lengths = {
        state.due_day - state.day
        for state in (answered(Rules(), None, 4, Moment.at(NOON), f"card {number}") for number in range(300))
    }
    assert lengths == set(range(low, high + 1))


def test_fuzz_is_the_same_for_the_same_card_and_number_of_answers() -> None:
    before = _grown(3)
    once, again = (answered(Rules(), before, 3, Moment.at(NOON + timedelta(days=200)), "card") for _ in range(2))
    assert once == again


def test_fuzz_never_changes_what_is_remembered() -> None:
    plain, fuzzy = (
        answered(Rules(fuzz=fuzz), _grown(3), 3, Moment.at(NOON + timedelta(days=200)), "c") for fuzz in (0, 1)
    )
    assert (plain.stability, plain.difficulty) == (fuzzy.stability, fuzzy.difficulty)


def test_intervals_of_one_and_two_days_are_not_fuzzed() -> None:
    assert [fuzz_range(days) for days in (1, 2, 3, 10, 100)] == [(1, 1), (2, 2), (2, 4), (8, 12), (93, 107)]


def test_a_better_grade_never_gives_a_shorter_interval_in_days() -> None:
    for number in range(200):
        rated = [
            answered(Rules(), _grown(4), grade, Moment.at(NOON + timedelta(days=180)), str(number))
            for grade in (2, 3, 4)
        ]
        lengths = [state.due_day for state in rated]
        assert lengths == sorted(lengths)
